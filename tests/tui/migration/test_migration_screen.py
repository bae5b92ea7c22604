"""The page of a running migration alone, by keys, with a run that goes on when the test says so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.migration_plan import MigrationPlan, MigrationRow
from aep_tui.domain.migration_record import MigrationRecord, RowRecord, Stage
from aep_tui.domain.problem import Problem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.wizard import Wizard
from aep_tui.pages.frame import Frame
from aep_tui.pages.migration_view import Happening, MigrationEnd
from aep_tui.pages.migration_work import MigrationWork
from aep_tui.session.migration_events import RowBegan, RowChanged, RowSays, RunEnded, StopReason
from aep_tui.tui.dialogs.commands import commands_of
from aep_tui.tui.migration.migration_screen import MigrationScreen
from aep_tui.tui.migration.run_rows import MigrationRows
from tests.kit.clock import START, FakeClock
from tests.kit.pilot import piloted
from tests.kit.screen_text import screen_text
from tests.tui.connections.host import Host
from tests.tui.migration.made_up import MadeUpWork

pytestmark = pytest.mark.anyio
ROWS = tuple(MigrationRow(f"id-{number}", f"Accounts {number}", "dev", "1") for number in range(40))
PLAN = MigrationPlan("https://example.com", "org", START, "s", "o", "n", rows=ROWS)
DONE = RowRecord(stage=Stage.DONE, new_id="new-id")
LAST = [("Colours", ""), ("Quit", "Ctrl+Q")]
RECORD = MigrationRecord({"id-0": DONE})


class Watcher:
    """Who presses keys and reads the page."""

    def __init__(self, host: Host, pilot: Any, work: MadeUpWork, screen: MigrationScreen) -> None:  # noqa: ANN401
        self.host, self.pilot, self.work, self.screen = host, pilot, work, screen
        self.answers: list[MigrationEnd] = []

    async def press(self, *keys: str) -> str:
        await self.pilot.press(*keys)
        await self.pilot.pause()
        return screen_text(self.host)

    async def happens(self, *events: Happening) -> str:
        for event in events:
            self.work.arriving.put_nowait(event)
        await self.pilot.pause()
        await self.pilot.pause()
        return screen_text(self.host)


@asynccontextmanager
async def running() -> AsyncIterator[Watcher]:
    host, clock, work, answers = Host(), FakeClock(), MadeUpWork(PLAN, RECORD), list[MigrationEnd]()
    target = Target(Mode.LIVE, organization_id="ACME@AdobeOrg", sandbox_name="dev")
    frame = Frame(Wizard(load_catalog(), clock.today()), target, clock, Secrets())
    screen = MigrationScreen(frame, cast(MigrationWork, work), answers.append)
    async with piloted(host, (80, 22)) as pilot:
        await host.push_screen(screen)
        await pilot.pause()
        watcher = Watcher(host, pilot, work, screen)
        watcher.answers = answers
        yield watcher


async def test_a_row_a_connection_its_state_in_words_what_happens_now_and_the_pace() -> None:
    async with running() as watcher:
        text = await watcher.happens(
            RowBegan(ROWS[1], 2, 40, 39, None),
            RowChanged(ROWS[1], DONE),
            RowBegan(ROWS[2], 3, 40, 38, 60.0),
            RowSays(ROWS[2], "Watching until the connection is enabled."),
        )
        assert "2 connections are done, 38 left. About 38 minutes are left at this pace." in text
        assert "Accounts 2: Watching until the connection is enabled." in text
        assert "> Accounts 2" in text  # the mark follows
        assert "at work" in text
        assert "id-2" in text.splitlines()[-4]
        text = await watcher.press("up", "up")
        assert "Accounts 0 · id-0 → new-id" in text
        text = await watcher.happens(RowChanged(ROWS[2], DONE), RowBegan(ROWS[3], 4, 40, 37, 60.0))
        assert "> Accounts 0" in text  # where the person has put it
        assert screen_text(watcher.host) == text  # nothing moves by itself


async def test_escape_pauses_after_the_present_row_once_and_says_so_and_the_page_stays_until_then() -> None:
    async with running() as watcher:
        await watcher.happens(RowBegan(ROWS[1], 2, 40, 39, None), RowSays(ROWS[1], "Letting the platform test it."))
        text = await watcher.press("escape")
        assert "It pauses after this connection: nothing more begins then." in " ".join(text.split())
        assert "Pause" not in text.splitlines()[-1]
        await watcher.press("escape", "enter")
        assert (watcher.work.pauses, watcher.answers) == (1, [])
        assert watcher.screen.is_under_way
        end = MigrationEnd(RunEnded(2, 38, StopReason.PAUSED, ROWS[2]))
        text = await watcher.happens(RowChanged(ROWS[1], DONE), end)
        assert "Paused: 2 connections are done, 38 left." in text
        assert not watcher.screen.is_under_way
        await watcher.press("enter")
        assert watcher.answers == [end]


async def test_a_stop_is_said_above_the_list_and_left_with_escape_too() -> None:
    async with running() as watcher:
        problem = Problem("The new connection fails its test", "invalid_client.", "Mend it, or --leave id-1.")
        end = MigrationEnd(RunEnded(1, 39, StopReason.TEST_FAILED, ROWS[1], problem))
        text = " ".join((await watcher.happens(RowBegan(ROWS[1], 2, 40, 39, None), end)).split())
        assert "Stopped at Accounts 1, sandbox dev: The new connection fails its test. invalid_client." in text
        assert "--leave" not in text
        await watcher.press("escape")
        assert watcher.answers == [end]


async def test_the_list_of_commands_has_what_the_button_of_the_page_does_now() -> None:
    async with running() as watcher:

        def offered() -> list[tuple[str, str]]:
            commands = commands_of(watcher.screen, watcher.pilot.pause).choices
            return [(each.title, each.badge) for each in commands]

        await watcher.happens(RowBegan(ROWS[1], 2, 40, 39, None))
        first, *others = offered()
        assert (first, others) == (("Help", "F1"), [("Pause after this connection", "Esc"), *LAST])
        await watcher.press("escape")
        assert offered() == [("Help", "F1"), *LAST]
        end = MigrationEnd(RunEnded(2, 38, StopReason.PAUSED, ROWS[2]))
        await watcher.happens(end)
        assert offered() == [("Help", "F1"), ("Next", "Esc"), *LAST]
        await commands_of(watcher.screen, watcher.pilot.pause).choices[1].answer()
        assert watcher.answers == [end]


async def test_a_problem_before_the_first_connection_stands_there_whole() -> None:
    async with running() as watcher:
        text = await watcher.happens(MigrationEnd(problem=Problem("Refused", "invalid_client", "Correct the secret.")))
        assert "Error: Refused" in text
        assert "What to do: Correct the secret." in text


async def test_an_event_paints_the_rows_that_it_is_about_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running() as watcher:
        await watcher.happens(RowBegan(ROWS[1], 2, 40, 39, None))
        painted: list[int] = []
        face = MigrationRows.face

        def counted(self: MigrationRows, index: int, *, has_mark: bool) -> Any:  # noqa: ANN401 - as there
            painted.append(index)
            return face(self, index, has_mark=has_mark)

        monkeypatch.setattr(MigrationRows, "face", counted)
        await watcher.happens(RowSays(ROWS[1], "Reading the connection again."), RowChanged(ROWS[1], DONE))
        text = await watcher.happens(RowBegan(ROWS[2], 3, 40, 38, None))
        assert set(painted) == {1, 2}
        assert "done: new connection new-id" in next(line for line in text.splitlines() if "Accounts 1 " in line)
        assert "> Accounts 2" in text
        painted.clear()
        text = await watcher.press("up", "up")
        assert set(painted) == {0, 1, 2}
        assert text.count(">") == 1
