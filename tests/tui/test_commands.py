"""F2 offers only what works on the page, and everything that it offers does something or says why not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest
from textual.screen import Screen

from aep_tui.domain.wizard import Step
from aep_tui.pages.app_state import AppState
from aep_tui.pages.change_pages import Sheet
from aep_tui.pages.question import Choice
from aep_tui.settings.answers_file import read_answers_file
from aep_tui.settings.resolved import ResolvedSettings
from aep_tui.tui.changes.sheet import SheetScreen
from aep_tui.tui.dialogs.commands import Command, commands_of
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.terminal.input_reader import Unreadable
from tests.kit.canary import CANARY
from tests.kit.journeys import AWS_JWT, BASIC, OAUTH2
from tests.kit.person import Person, flat, shown_step, wizard
from tests.kit.short_ways import go_to, push

pytestmark = pytest.mark.anyio

Way: TypeAlias = Callable[[Person], Awaitable[object]]


async def _submit(person: Person) -> None:
    await person.to_review(OAUTH2)
    await push(person, "submit")


async def _status(person: Person) -> None:
    person.clock.hold()
    await _submit(person)
    await person.see("Created. Waiting")


async def _ended(person: Person) -> None:
    await _submit(person)
    await person.see("OK: the connection is enabled.")


async def _given_up(person: Person) -> None:
    await _status(person)
    await person.press("escape")
    await person.see("Stop watching?")
    await push(person, "yes")
    await person.see("Watching has ended")


async def _done(person: Person) -> None:
    await _ended(person)
    await push(person, "next")
    await person.at(Step.DONE)


async def _welcome(person: Person) -> None:
    await person.at(Step.WELCOME)


PAGES: Final[dict[str, Way]] = {
    "welcome": _welcome,
    "cloud": lambda person: person.stand_on(Step.CLOUD, OAUTH2),
    "source": lambda person: person.stand_on(Step.SOURCE, OAUTH2),
    "auth-method": lambda person: person.stand_on(Step.AUTH_METHOD, OAUTH2),
    "notices": lambda person: person.stand_on(Step.NOTICES, BASIC),
    "credentials": lambda person: person.stand_on(Step.CREDENTIALS, OAUTH2),
    "credentials-aws": lambda person: person.stand_on(Step.CREDENTIALS, AWS_JWT),
    "name": lambda person: person.stand_on(Step.NAME, OAUTH2),
    "review": lambda person: person.stand_on(Step.REVIEW, OAUTH2),
    "status": _status,
    "status-ended": _ended,
    "status-given-up": _given_up,
    "done": _done,
}


def _commands(person: Person) -> tuple[Choice[Command], ...]:
    assert isinstance(person.app.screen, StepScreen)
    return commands_of(person.app.screen, person.app.wardrobe.choose).choices


def _titles(person: Person) -> list[str]:
    return [command.title for command in _commands(person)]


async def _run(person: Person, title: str) -> None:
    """Run a command, and wait for what it does: another text, another page, or the end."""
    before, step = person.read(), shown_step(person.app)
    await next(each.answer for each in _commands(person) if each.title == title)()
    await person.pilot.pause()
    if person.app.is_running and (person.read(), shown_step(person.app)) == (before, step):
        await person.wait_until(
            lambda: not person.app.is_running or (person.read(), shown_step(person.app)) != (before, step),
            f"an effect of {title}",
        )
    assert person.app._exception is None


async def _begin_again(person: Person, state: AppState) -> None:
    """Close everything over the welcome page, and forget what was answered and created."""
    while shown_step(person.app) is not Step.WELCOME:
        await person.app.pop_screen()
    person.store.clear()
    person.app.current.now = state
    await person.pilot.pause()


async def _offers_as_before(person: Person, pages: list[Screen[Any]], titles: list[str], state: AppState) -> bool:
    """Close what a command has opened over the pages, forget its answers, and tell whether the page offers the same."""
    while len(person.app.screen_stack) > len(pages):
        await person.app.pop_screen()
    person.app.current.now = state
    await person.pilot.pause()
    return person.app.screen_stack == pages and _titles(person) == titles


BUTTONS: Final = {
    "welcome": {"Next"},
    "name": {"Next", "Back"},
    "review": {"Back"},
    "status": set[str](),
    "status-ended": {"Next"},
    "done": set[str](),
}
"""What is offered of Next and Back, where the page has them."""
STOPS: Final = {"status": True, "status-ended": False, "name": False}
"""Whether to stop watching is offered: while it is watched."""
ONLY_BUTTONS: Final = {
    "notices": "Switch to OAuth 2 Client Credential",
    "status-given-up": "Watch again",
    "done": "New connection",
}
"""What has a button and no key."""
NEVER: Final = {"status": "Watch again", "status-ended": "Watch again"}
"""What is not offered: to look again where that changes nothing."""


@pytest.mark.parametrize("page", PAGES)
async def test_what_a_page_offers_is_what_it_has_and_every_command_can_be_run(
    page: str, subtests: pytest.Subtests
) -> None:
    async with wizard(read_settings=ResolvedSettings) as person:
        first = person.app.state
        await PAGES[page](person)
        titles = _titles(person)
        with subtests.test("from help to quit, each once"):
            assert titles[0] == "Help"
            assert titles[-1] == "Quit"
            assert len(set(titles)) == len(titles)
        with subtests.test("next and back where the page has them"):
            assert page not in BUTTONS or {"Next", "Back"}.intersection(titles) == BUTTONS[page]
        with subtests.test("to stop watching while it is watched"):
            assert page not in STOPS or ("Stop watching" in titles) is STOPS[page]
        with subtests.test("what has a button and no key"):
            assert page not in ONLY_BUTTONS or titles.count(ONLY_BUTTONS[page]) == 1
        with subtests.test("to watch again only where a look may change something"):
            assert NEVER.get(page) not in titles
        for title in titles:
            pages, state = list(person.app.screen_stack), person.app.state
            await _run(person, title)
            if title != "Quit" and not await _offers_as_before(person, pages, titles, state):
                await _begin_again(person, first)
                await PAGES[page](person)
                await person.pilot.pause()


@pytest.mark.parametrize(("is_commit", "is_offered"), [(False, True), (True, False)])
async def test_where_a_page_to_read_leads_is_offered_unless_it_cannot_be_undone(
    is_commit: bool, is_offered: bool
) -> None:
    answers: list[bool] = []
    async with wizard() as person:
        sheet = Sheet(("Read this.",), (), yes="Check again", is_commit=is_commit)
        await person.app.push_screen(SheetScreen(person.app.frame(), sheet, answers.append))
        offered = [each for each in _commands(person) if each.title == "Check again"]
        assert bool(offered) is is_offered
        for each in offered:
            await each.answer()
        assert answers == [True] * is_offered


async def test_the_list_of_commands_names_their_keys_and_is_seen_whole_at_80x22() -> None:
    async with wizard(size=(80, 22)) as person:
        await PAGES["credentials"](person)
        text = await person.press("f2")
        for words in ("Help  [F1]", "Back  [Esc]", "Fill from a file or a snippet  [F7]", "Quit  [Ctrl+Q]"):
            assert words in text
        assert " more" not in text


async def test_quit_promises_no_print_of_what_stands_in_a_record() -> None:
    async with wizard() as person:
        leave = _commands(person)[-1]
        assert leave.detail == "End the program; what was done is printed, or where its record is"


async def test_messages_stand_in_the_page_and_never_over_its_buttons() -> None:
    async with wizard() as person:
        await _done(person)
        text = await person.press("escape", "escape", "escape", "f5")
        assert not person.app._notifications
        assert ">[ Quit ]" in text
        assert text.count("Sent to your terminal's clipboard.") == 1


async def test_that_a_secret_is_not_copied_stands_under_its_field() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await go_to(person, "clientSecret")
        await person.paste(CANARY)
        await person.press("shift+home", "ctrl+c")
        await person.see("Note: A secret is never copied to the clipboard.")
        await person.press("ctrl+x")
        await person.see("Delete removes it.")
        assert person.app.clipboard == ""
        assert not person.app._notifications


async def test_a_question_says_in_its_key_line_what_has_no_other_place() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await person.press("ctrl+q")
        await person.see("Quit?")
        person.app.post_message(Unreadable())
        await person.see("A character was passed over: it did not come as UTF-8.")
        assert not person.app._notifications
        await person.press("right")
        assert "UTF-8" not in person.read()


async def test_the_review_shows_error_and_request_id_as_text() -> None:
    async with wizard("wrong-credentials", at=(Step.REVIEW, OAUTH2)) as person:
        await person.submit()
        await person.see("request id")
        text = await person.press("f6")
        assert "Error:" in text
        assert "request id" in text
        assert "x-sandbox-name" not in text
        assert "x-sandbox-name" in await person.press("end")


@pytest.mark.parametrize("page", ["review", "done"])
async def test_the_command_that_does_the_same_is_shown_without_a_secret(page: str) -> None:
    async with wizard(size=(100, 40)) as person:
        await PAGES[page](person)
        await _run(person, "Show the command that does the same without a question")
        text = await person.see("aep-tui create")
        assert "--source salesforce" in text
        assert "--secret-file clientSecret=client-secret.txt" in text
        person.assert_no_secret_was_shown()


@pytest.mark.parametrize("page", ["review", "done"])
async def test_the_answers_are_saved_once_and_the_command_names_the_file(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    there = tmp_path / "answers.toml"
    there.write_text("theirs", encoding="utf-8")
    async with wizard(size=(80, 22)) as person:
        await PAGES[page](person)
        await _run(person, "Save the answers for aep-tui create")
        assert "--answers FILE. It holds no secret" in flat(person.read())
        await person.press("enter")
        assert "There is a file of this name already, and it stays as it is." in flat(person.read())
        await person.press("ctrl+u")
        await person.type("mine.toml\n")
        await person.see("Saved in mine.toml, without secrets.")
        await _run(person, "Show the command that does the same without a question")
        text = await person.see("aep-tui create")
        assert "--answers mine.toml" in text
        assert "--secret-file clientSecret=client-secret.txt" in text
        person.assert_no_secret_was_shown()
    assert there.read_text(encoding="utf-8") == "theirs"
    assert CANARY not in (tmp_path / "mine.toml").read_text(encoding="utf-8")
    assert read_answers_file(tmp_path / "mine.toml").source == "salesforce"
