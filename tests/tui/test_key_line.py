"""The key line says what the keys do now, with what has the focus; what holds on every page is in `page_rules`."""

from __future__ import annotations

from typing import Any

import pytest
from textual.screen import Screen

from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import Mode
from aep_tui.domain.wizard import Step
from aep_tui.pages.question import TypedConfirmation
from aep_tui.tui.dialogs.asking import TypedConfirmationModal
from aep_tui.tui.dialogs.load_credential_file import CredentialFileModal
from aep_tui.tui.dialogs.modals import QuestionModal, TextModal
from aep_tui.tui.dialogs.new_token import NewTokenModal
from aep_tui.tui.dialogs.save_target import SaveTargetModal
from aep_tui.tui.signs import Hint, line_text
from tests.kit.journeys import AWS_JWT, OAUTH2, ORACLE, ZOHO
from tests.kit.person import flat, wizard
from tests.kit.short_ways import go_to, push, put_in
from tests.tui.page_rules import key_line
from tests.tui.page_walks import suggestions

pytestmark = pytest.mark.anyio


async def test_the_status_says_what_enter_and_esc_do_while_it_waits_and_afterwards() -> None:
    async with wizard(at=(Step.REVIEW, OAUTH2)) as person:
        person.clock.hold()
        await push(person, "submit")
        await person.see("Created. Waiting until it is enabled")
        assert key_line(person).startswith("Enter, Esc Stop watching")
        assert "F5 Copy id" in key_line(person)
        person.clock.release()
        await person.see("OK: the connection is enabled.")
        assert key_line(person).startswith("Enter, Esc Next")


async def test_a_secret_that_is_made_elsewhere_names_the_keys_that_bring_it() -> None:
    async with wizard(at=(Step.CREDENTIALS, AWS_JWT)) as person:
        assert person.focus == "jwtToken"
        assert "F8 Load" in key_line(person)
        assert "F9 Make" in key_line(person)
        await go_to(person, "clientId")
        assert "F8" not in key_line(person)
        await go_to(person, "instanceUrl")
        await put_in(person, "http://acme.my.salesforce.com")
        assert "F4" not in key_line(person)
        await person.press("tab")
        assert "F4 Correct" in key_line(person)
        await person.press("f4")
        assert "F4" not in key_line(person)


async def test_a_field_with_documented_values_says_that_down_offers_them() -> None:
    async with wizard(at=(Step.CREDENTIALS, ZOHO)) as person:
        assert "Down Choose" not in key_line(person)
        await go_to(person, "accountsUrl")
        assert "Down Choose" in key_line(person)


async def test_a_tick_box_says_what_space_does_next() -> None:
    async with wizard(at=(Step.NOTICES, ORACLE)) as person:
        assert "Space Tick" in key_line(person)
        await person.press("space")
        assert "Space Untick" in key_line(person)


async def test_a_question_says_what_enter_and_esc_do() -> None:
    async with wizard() as person:
        await suggestions(person)
        assert key_line(person) == "Enter Take   Up, Down Choose   Esc Close   F1 Help   Ctrl+Q Quit"
        await person.press("escape", "ctrl+q")
        await person.see("Quit?")
        assert key_line(person).startswith("Enter, Esc Stay")
        await person.press("right")
        assert "Enter Quit" in key_line(person)
        assert "Ctrl+Q" not in key_line(person)


async def test_practice_names_no_key_of_live_mode() -> None:
    async with wizard() as person:
        assert not [key for key in ("F7", "F8", "F9", "Esc") if key in key_line(person)]
        assert "Enter Start" in key_line(person)
        await person.press("f1")
        text = person.read()
        await person.press("pagedown")
        assert not [key for key in ("F7", "F8", "F9") if key in text + person.read()]


async def test_live_mode_names_its_keys() -> None:
    async with wizard(mode=Mode.LIVE) as person:
        await person.see("Organization ID")
        assert "F7 Profiles" in key_line(person)
        assert "F8 File" in key_line(person)
        assert "Enter Next field" in key_line(person)


def test_a_narrow_line_keeps_enter_esc_help_and_commands() -> None:
    hints = [
        Hint("enter", "Enter", "Next"),
        Hint("list.up", "Up", "Choose"),
        Hint("list.down", "Down", "Choose"),
        Hint("credentials.load", "F8", "Load"),
        Hint("credentials.check", "F12", "Check"),
        Hint("wizard.back", "Esc", "Back"),
        Hint("app.help", "F1", "Help"),
        Hint("app.commands", "F2", "Commands"),
        Hint("app.quit", "Ctrl+Q", "Quit"),
    ]
    whole = "Enter Next  Up, Down Choose  F8 Load  F12 Check  Esc Back  F1 Help  F2 Commands  Ctrl+Q Quit"
    assert line_text(hints, len(whole)) == whole
    assert "Choose" not in line_text(hints, len(whole) - 1)
    assert line_text(hints, 62) == "Enter Next  F8 Load  F12 Check  Esc Back  F1 Help  F2 Commands"
    assert line_text(hints, 61) == "Enter Next   F8 Load   Esc Back   F1 Help   F2 Commands"
    assert line_text(hints, 42) == "Enter Next  Esc Back  F1 Help  F2 Commands"
    assert line_text(hints, 5) == ""


async def test_f4_mends_a_field_of_live_mode_from_the_button_that_enter_went_on_to() -> None:
    async with wizard(mode=Mode.LIVE) as person:
        await person.see("Organization ID")
        await go_to(person, "base-url")
        await person.clear_field()
        await put_in(person, "htps://platform.adobe.io")
        await person.press("enter")
        assert person.focus == "next"
        assert "F4 puts in https://platform.adobe.io" in flat(person.read())
        assert "F4 Correct" in key_line(person)
        await person.press("f4")
        assert "htps" not in person.read()
        assert "Error" not in person.read()
        assert "F4" not in key_line(person)


def test_of_up_and_down_neither_stands_alone_where_the_line_is_narrow() -> None:
    hints = [
        Hint("enter", "Enter", "Back"),
        Hint("connection.up", "Up", "Scroll"),
        Hint("connection.down", "Down", "Scroll"),
        Hint("app.help", "F1", "Help"),
    ]
    whole = "Enter Back   Up, Down Scroll   F1 Help"
    assert line_text(hints, len(whole)) == whole
    assert line_text(hints, len(whole) - 5) == "Enter Back   F1 Help"


async def test_scrolling_is_named_where_there_is_something_to_scroll() -> None:
    async with wizard(size=(100, 22), at=(Step.CREDENTIALS, OAUTH2)) as person:
        await person.press("f1")
        await person.see("Environment URL")
        assert key_line(person) == "Esc Close   Ctrl+Q Quit"
        await person.press("escape", "f7")
        await person.see("Fill the form")
        assert "Page Down" not in key_line(person)
        await person.press("escape", "f3")
        await person.see("set up beforehand")
        assert "Page Down Scroll" in key_line(person)
        await person.pilot.resize_terminal(100, 60)
        await person.pilot.pause()
        assert "Page Down" not in key_line(person)
        await person.press("escape")
        await person.stand_on(Step.REVIEW, OAUTH2)
        await person.press("f6")
        await person.see("The request as curl")
        assert "Scroll" not in key_line(person)
        await person.pilot.resize_terminal(100, 22)
        await person.pilot.pause()
        assert "Up, Down Scroll" in key_line(person)
        rows = person.read().splitlines()
        assert ("┌" in rows[0], "└" in rows[21]) == (True, True)
        assert "Scroll" in rows[20]  # the text takes all rows that there are


async def test_f1_explains_a_question_and_closes_again_and_page_keys_go_through_the_commands() -> None:
    async with wizard(size=(80, 22)) as person:
        assert "F1 Help" in await person.press("f2")
        text = await person.press("f1")
        assert "Page Up and Page Down go on by a page" in flat(text)
        await person.press("f1")
        before = await person.see("Commands")
        after = await person.press("pagedown")
        assert after != before
        assert "> (•) Help" not in after
        assert "> (•) Help" in await person.press("pageup", "pageup", "pageup")


async def test_f1_works_in_every_kind_of_dialog() -> None:
    asked = TypedConfirmation("Delete it?", "It cannot be brought back.", "ACME", "Type its name", "Delete")
    pages: tuple[tuple[Screen[Any], str], ...] = (
        (TypedConfirmationModal(asked), "so that nobody says yes by habit: ACME"),
        (QuestionModal("Quit?", yes="Quit", no="Stay"), "Esc is: Stay"),
        (NewTokenModal("It has ended.", Secrets()), "Generate access token"),
        (CredentialFileModal(Secrets()), "~ is your home directory"),
        (SaveTargetModal({}), "letters, digits, dots and hyphens Example: acme-dev"),
    )
    async with wizard(size=(80, 22)) as person:
        for page, words in pages:
            await person.app.push_screen(page)
            await person.pilot.pause()
            assert words in flat(await person.press("f1"))
            assert isinstance(person.app.screen, TextModal)
            await person.press("f1")
            assert person.app.screen is page
            await person.press("escape")


async def test_new_words_in_the_line_lay_no_page_out() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        layouts: list[object] = []
        person.app.screen.screen_layout_refresh_signal.subscribe(person.app.screen, layouts.append)
        before = key_line(person)
        await go_to(person, "clientSecret")
        assert key_line(person) != before
        assert key_line(person) in person.read()
        assert layouts == []
