"""The key line says what the keys do now, with what has the focus, on every page."""

from __future__ import annotations

import pytest

from aep_tui.domain.target import Mode
from aep_tui.domain.wizard import Step
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.key_line import Hint, KeyLine, line_text
from tests.tui.journeys import AWS_JWT, OAUTH2, ORACLE, ZOHO
from tests.tui.support import Person, flat, wizard
from tests.tui.test_snapshots import SCENES, Scene, suggestions

pytestmark = pytest.mark.anyio


def line(person: Person) -> str:
    return person.app.screen.query_one(KeyLine).text


@pytest.mark.parametrize("scene", [scene for scene in SCENES if scene.size == (80, 24)], ids=lambda scene: scene.name)
async def test_every_page_has_a_line_that_fits_and_names_the_button_that_has_the_focus(scene: Scene) -> None:
    async with wizard(scene.scenario_id, **scene.launch) as person:
        await scene.walk(person)
        for _stop in person.app.screen.focus_chain:
            await person.press("tab")
            assert line(person) in person.read()
            if isinstance(person.app.focused, ActionButton):
                first = line(person).partition("  ")[0]
                assert first.startswith("Enter")
                assert first.endswith(f" {person.app.focused.label}")


async def test_the_status_says_what_enter_and_esc_do_while_it_waits_and_afterwards() -> None:
    async with wizard() as person:
        await person.to_review(OAUTH2)
        person.clock.hold()
        await person.submit()
        await person.see("Created. Waiting until it is enabled")
        assert line(person).startswith("Enter, Esc Stop watching")
        assert "F5 Copy id" in line(person)
        person.clock.release()
        await person.see("OK: the connection is enabled.")
        assert line(person).startswith("Enter, Esc Next")


async def test_a_secret_that_is_made_elsewhere_names_the_keys_that_bring_it() -> None:
    async with wizard() as person:
        await person.to_credentials(AWS_JWT)
        assert person.focus == "jwtToken"
        assert "F8 Load" in line(person)
        assert "F9 Make" in line(person)
        await person.tab_to("clientId")
        assert "F8" not in line(person)
        await person.tab_to("instanceUrl")
        await person.type("http://acme.my.salesforce.com")
        assert "F4" not in line(person)
        await person.press("tab")
        assert "F4 Correct" in line(person)
        await person.press("f4")
        assert "F4" not in line(person)


async def test_a_field_with_documented_values_says_that_down_offers_them() -> None:
    async with wizard() as person:
        await person.to_credentials(ZOHO)
        assert "Down Choose" not in line(person)
        await person.tab_to("accountsUrl")
        assert "Down Choose" in line(person)


async def test_a_tick_box_says_what_space_does_next() -> None:
    async with wizard() as person:
        await person.stand_on(Step.NOTICES, ORACLE)
        assert "Space Tick" in line(person)
        await person.press("space")
        assert "Space Untick" in line(person)


async def test_a_question_says_what_enter_and_esc_do() -> None:
    async with wizard() as person:
        await suggestions(person)
        assert line(person) == "Enter Take   Up, Down Choose   Esc Close   Ctrl+Q Quit"
        await person.press("escape", "ctrl+q")
        await person.see("Quit?")
        assert line(person).startswith("Enter, Esc Stay")
        await person.press("right")
        assert "Enter Quit" in line(person)
        assert "Ctrl+Q" not in line(person)


async def test_practice_names_no_key_of_live_mode() -> None:
    async with wizard() as person:
        assert not [key for key in ("F7", "F8", "F9", "Esc") if key in line(person)]
        assert "Enter Start" in line(person)
        await person.press("f1")
        text = person.read()
        await person.press("pagedown")
        assert not [key for key in ("F7", "F8", "F9") if key in text + person.read()]


async def test_live_mode_names_its_keys() -> None:
    async with wizard(mode=Mode.LIVE) as person:
        await person.see("Organization ID")
        assert "F7 Profiles" in line(person)
        assert "F8 File" in line(person)
        assert "Enter Next field" in line(person)


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
        await person.tab_to("base-url")
        await person.clear_field()
        await person.type("htps://platform.adobe.io")
        await person.press("enter")
        assert person.focus == "next"
        assert "F4 puts in https://platform.adobe.io" in flat(person.read())
        assert "F4 Correct" in line(person)
        await person.press("f4")
        assert "htps" not in person.read()
        assert "Error" not in person.read()
        assert "F4" not in line(person)
