from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot

import aep_tui
from aep_tui.domain.check import CheckResult, CheckState, PlannedCheck, PreflightReport
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.target import Mode, Target
from aep_tui.pages.set_up_check import PreflightDecision, PreflightWork
from aep_tui.tui.steps.checks import PreflightScreen
from aep_tui.tui.widgets.theme import DARK, dress
from tests.kit.canary import CANARY
from tests.kit.person import LONGEST_WAIT
from tests.kit.pilot import piloted
from tests.kit.screen_text import screen_text
from tests.preflight.helpers import a_preflight, live_target, silence

pytestmark = pytest.mark.anyio

NAMES = ("Terminal", "Network", "Access token", "Sandbox")
PLANNED = tuple(PlannedCheck(name.lower(), name) for name in NAMES)
HOSTILE = "[bold]not markup[/bold] \x1b[2J\u202e end"


def result(name: str, state: CheckState = CheckState.OK, reason: str = "All in order.") -> CheckResult:
    what_to_do = "" if state is CheckState.OK else "Ask for access."
    return CheckResult(name.lower(), name, state, 0.25, reason, what_to_do, "your Platform administrator")


class Work:
    """Makes the checks that it was given, one each time it is let go on."""

    def __init__(self, *results: CheckResult | SettingsProblem) -> None:
        self.planned = PLANNED
        self.was_cancelled = False
        self.runs = 0
        self.go_on = asyncio.Semaphore(0)
        self._results = results
        self._found: list[CheckResult] = []

    async def run(self, on_result: Callable[[CheckResult], None] | None = None) -> PreflightReport:
        self.runs += 1
        self._found = []
        try:
            for each in self._results:
                await self.go_on.acquire()
                if isinstance(each, SettingsProblem):
                    raise each
                self._found.append(each)
                if on_result is not None:
                    on_result(each)
        except asyncio.CancelledError:
            self.was_cancelled = True
            raise
        return self.report()

    def report(self) -> PreflightReport:
        return PreflightReport(tuple(self._found))

    def let_all_go_on(self) -> None:
        for _each in self._results:
            self.go_on.release()


class Page(App[None]):
    CSS_PATH = Path(aep_tui.__file__).parent / "tui" / "app.tcss"

    def __init__(self) -> None:
        super().__init__()
        dress(self, DARK.name)


Decisions = list[PreflightDecision | None]


@asynccontextmanager
async def shown(work: PreflightWork, target: Target | None = None) -> AsyncIterator[tuple[Pilot[None], Decisions]]:
    app, decisions = Page(), Decisions()
    async with piloted(app) as pilot:
        target = target or Target(Mode.LIVE, organization_id="ACME@AdobeOrg", sandbox_name="dev")
        await app.push_screen(PreflightScreen(target, work), decisions.append)
        await pilot.pause()
        yield pilot, decisions


async def wait_for(pilot: Pilot[Any], words: str) -> str:
    deadline = time.monotonic() + LONGEST_WAIT
    await pilot.pause()
    while words not in (text := screen_text(pilot.app)):
        assert time.monotonic() < deadline, f"{words!r} did not appear in\n{text}"
        await asyncio.sleep(0.01)
        await pilot.pause()
    return text


async def test_each_result_stands_on_its_line_as_soon_as_it_is_there() -> None:
    work = Work(result("Network"), result("Terminal"), result("Access token"), result("Sandbox"))
    async with shown(work) as (pilot, _decisions):
        text = await wait_for(pilot, "Checking: 0 of 4")
        assert "LIVE | ACME@AdobeOrg | MAYBE PRODUCTION sandbox dev | platform.adobe.io" in text
        assert text.count("...  ") == 4
        work.go_on.release()
        text = await wait_for(pilot, "Checking: 1 of 4")
        assert "OK       Network        0.25 s  All in order." in text
        assert text.count("...  ") == 3
        work.let_all_go_on()
        assert "Done: 4 OK, 0 with a warning, 0 failed, 0 skipped." in await wait_for(pilot, "Done:")


async def test_at_the_end_the_cursor_stands_on_what_failed_and_says_who_has_to_do_what() -> None:
    work = Work(result("Terminal", CheckState.WARNING), result("Sandbox", CheckState.FAILED, "It is not there."))
    async with shown(work) as (pilot, _decisions):
        work.let_all_go_on()
        text = await wait_for(pilot, "Failed: Sandbox")
    assert "> Failed   Sandbox" in text
    assert "What to do: Ask for access." in text
    assert "Who can do it: your Platform administrator" in text


async def test_a_move_in_a_page_that_is_being_closed_is_no_failure() -> None:
    work = Work(result("Terminal"), result("Sandbox"))
    async with shown(work) as (pilot, _decisions):
        await pilot.app.screen.query("#check-details").remove()
        await pilot.press("down")
        assert pilot.app.is_running
        work.let_all_go_on()


async def test_the_cursor_stays_where_the_person_has_put_it() -> None:
    work = Work(result("Terminal"), result("Sandbox", CheckState.FAILED))
    async with shown(work) as (pilot, _decisions):
        await pilot.press("down")
        work.let_all_go_on()
        assert ">" in await wait_for(pilot, "Done:")
        assert "> ...      Network" in screen_text(pilot.app)
        assert "There is no answer yet." in screen_text(pilot.app)


@pytest.mark.parametrize(("key", "goes_on"), [("enter", True), ("escape", False)])
async def test_enter_goes_on_at_any_time_and_esc_goes_back(key: str, goes_on: bool) -> None:
    work = Work(result("Terminal"), result("Sandbox"))
    async with shown(work) as (pilot, decisions):
        work.go_on.release()
        await wait_for(pilot, "Checking: 1 of 4")
        await pilot.press(key)
        await pilot.pause()
        assert decisions == [PreflightDecision(goes_on, PreflightReport((result("Terminal"),)))]
        assert work.was_cancelled


async def test_the_buttons_do_the_same() -> None:
    async with shown(Work()) as (pilot, decisions):
        await pilot.press("tab", "tab", "enter")
        await pilot.pause()
        assert decisions[0] is not None
        assert decisions[0].goes_on


async def test_checks_that_wait_for_a_silent_platform_end_long_before_their_time_limit() -> None:
    with silence() as port:
        target = live_target(f"http://127.0.0.1:{port}")
        async with shown(a_preflight(target), target) as (pilot, decisions):
            await wait_for(pilot, "takes con")
            started = time.monotonic()
            pilot.app.screen.query_one("#checks").focus()
            await pilot.press("enter")
            while not decisions:
                await asyncio.sleep(0)
            while pilot.app.workers:
                await asyncio.sleep(0)
            assert time.monotonic() - started < 3.0
            assert CANARY not in screen_text(pilot.app)


async def test_f5_checks_again_and_an_older_run_says_nothing_any_more() -> None:
    work = Work(result("Terminal"), result("Sandbox"))
    async with shown(work) as (pilot, _decisions):
        work.go_on.release()
        await wait_for(pilot, "Checking: 1 of 4")
        await pilot.press("f12")
        await wait_for(pilot, "Checking: 0 of 4")
        work.let_all_go_on()
        await wait_for(pilot, "Done: 2 OK")
        assert work.runs == 2


async def test_a_set_up_that_cannot_be_checked_says_why() -> None:
    work = Work(SettingsProblem("The network cannot be set up", "A variable is wrong.", "Correct it."))
    async with shown(work) as (pilot, _decisions):
        work.let_all_go_on()
        text = await wait_for(pilot, "The network cannot be set up")
        assert "A variable is wrong." in text
        assert "Correct it." in text


async def test_text_of_the_platform_is_neither_markup_nor_escape_sequence() -> None:
    work = Work(result("Terminal", CheckState.FAILED, HOSTILE))
    async with shown(work) as (pilot, _decisions):
        work.let_all_go_on()
        text = await wait_for(pilot, "Done:")
        assert "[bold]not markup[/bold]" in text
        assert "\x1b" not in text
        assert "\u202e" not in text
