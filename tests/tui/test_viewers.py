"""Who sees the terminal: what tmux says, what the person says, and how the pages say it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from aep_tui.domain.sandbox import PRODUCTION, Sandbox
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.wizard import Step
from aep_tui.pages.field_words import reveal_question
from aep_tui.tui.terminal.viewers import Viewers, clients_of_tmux
from tests.kit.journeys import OAUTH2
from tests.kit.person import Person, flat, wizard
from tests.kit.short_ways import go_to, push

pytestmark = pytest.mark.anyio

IN_TMUX = {"TMUX": "/tmp/tmux-1/default,1,0", "TMUX_PANE": "%3"}


def with_tmux(folder: Path, script: str, patch: pytest.MonkeyPatch) -> None:
    program = folder / "tmux"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    patch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@pytest.mark.parametrize(
    ("script", "count"),
    [
        ("printf '@1\\n@1\\n'", 1),
        ("printf '@1\\n@1\\n@2\\n@1\\n'", 2),
        ("printf '@1\\n@2\\n'", 0),
        ("echo 'no server running' >&2; exit 1", None),
        ("true", 0),
    ],
)
def test_clients_count_that_show_our_window(
    script: str, count: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_tmux(tmp_path, script, monkeypatch)
    assert clients_of_tmux(IN_TMUX) == count


def test_tmux_is_asked_about_our_pane_and_only_inside_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_tmux(tmp_path, f'echo "$*" >> {tmp_path}/asked', monkeypatch)
    assert clients_of_tmux({}) is None
    assert clients_of_tmux({"TMUX": "x"}) is None
    assert not (tmp_path / "asked").exists()
    clients_of_tmux(IN_TMUX)
    assert "-t %3" in (tmp_path / "asked").read_text()


def test_without_tmux_nobody_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert clients_of_tmux(IN_TMUX) is None


async def test_a_change_is_told_once_and_what_is_not_known_changes_nothing() -> None:
    counts = iter((1, 2, 2, None, 1))
    told: list[bool] = []
    viewers = Viewers({}, is_said=False, count=lambda _environment: next(counts), changed=told.append)
    seen = []
    for _look in range(5):
        await viewers.look()
        seen.append(viewers.are_others)
    assert seen == [False, True, True, True, False]
    assert told == [True, False]


async def test_nobody_is_asked_when_the_person_says_it() -> None:
    viewers = Viewers({}, is_said=True, count=lambda _environment: 1 // 0, changed=lambda _others: None)
    await viewers.look()
    assert viewers.are_others


def production(person: Person) -> None:
    target = Target(Mode.LIVE, organization_id="1A2B3C4D5E6F@AdobeOrg", sandbox_name="prod", is_read_only=True)
    sandbox = Sandbox("prod", "Production", PRODUCTION, "VA7", "active", is_default=True)
    person.app.current.now = replace(person.app.state, target=target, sandbox=sandbox)


async def test_production_read_only_and_pairing_stand_on_one_line_of_80_columns() -> None:
    async with wizard(is_pairing=True) as person:
        production(person)
        await person.stand_on(Step.CREDENTIALS, OAUTH2)
        line = person.read().splitlines()[1]
        assert line == " LIVE READ-ONLY | PAIRING | 1A2B…beOrg | PRODUCTION sandbox prod | Azure"


async def test_who_comes_is_told_on_the_open_page_without_losing_its_words() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        person.app.screen.say("Nothing is lost.")  # type: ignore[attr-defined]
        viewers = person.app.viewers
        viewers._count = lambda _environment: 2
        await viewers.look()
        await person.pilot.pause()
        assert " PRACTICE | PAIRING | " in person.read()
        assert "Nothing is lost." in person.read()
        viewers._count = lambda _environment: 1
        await viewers.look()
        await person.pilot.pause()
        assert "PAIRING" not in person.read()


async def test_the_question_before_a_secret_is_shown_looks_who_is_there_use_10() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await go_to(person, "clientSecret")
        await person.paste("shown-on-request")
        person.app.viewers._count = lambda _environment: 2
        await push(person, "reveal")
        assert reveal_question("Client secret", is_pairing=True) in flat(await person.see("Others see this terminal"))
        assert person.focus == "no"
