"""Enter does what the key line says, and a tick leads on to Next."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from aep_tui.domain.wizard import Step
from aep_tui.tui.widgets.key_line import KeyLine
from tests.kit.journeys import BASIC, OAUTH2, ORACLE
from tests.kit.person import Person, wizard

pytestmark = pytest.mark.anyio


def key_line(person: Person) -> str:
    return person.app.screen.query_one(KeyLine).text


def focus(person: Person) -> str | None:
    return person.app.focused.id if person.app.focused else None


async def test_after_a_tick_enter_goes_to_next_and_not_to_another_auth_method() -> None:
    async with wizard(at=(Step.NOTICES, BASIC)) as person:
        assert focus(person) == "switch"
        await person.press("shift+tab", "space", "enter")
        assert focus(person) == "next"
        await person.press("enter")
        await person.at(Step.CREDENTIALS)
        assert person.app.state.wizard.draft.auth_method_id == BASIC.auth_method


async def test_a_switch_of_the_auth_method_says_so() -> None:
    async with wizard(at=(Step.NOTICES, BASIC)) as person:
        await person.press("enter")
        await person.see("Auth method is now OAuth 2 Client Credential.")


async def test_on_a_retired_source_the_focus_is_on_the_tick() -> None:
    async with wizard(at=(Step.NOTICES, ORACLE)) as person:
        assert str(focus(person)).startswith("acknowledge-")
        assert "Space Tick" in key_line(person)
        await person.press("enter")
        await person.see("tick the box with Space")
        await person.press("space", "enter", "enter")
        await person.at(Step.CREDENTIALS)


@pytest.mark.parametrize(
    ("row", "field"), [("name", "name"), ("description", "description"), ("parameter-clientId", "clientId")]
)
async def test_a_row_of_the_review_puts_the_cursor_into_its_field(row: str, field: str) -> None:
    async with wizard() as person:
        await person.to_review(OAUTH2)
        rows = person.app.screen.query_one("#answers", OptionList)
        rows.highlighted = rows.get_option_index(row)
        await person.press("enter")
        await person.wait_until(lambda: focus(person) == field, "the cursor in the field")


async def test_the_key_line_of_the_review_follows_the_focus() -> None:
    async with wizard(at=(Step.REVIEW, OAUTH2)) as person:
        assert "Enter Change" in key_line(person)
        await person.tab_to("submit")
        assert "Enter Submit" in key_line(person)
        for words in ("Esc Back", "F1 Help", "F2 Commands", "Ctrl+Q Quit"):
            assert words in key_line(person)


async def test_ctrl_c_says_in_the_page_how_to_leave() -> None:
    async with wizard(at=(Step.CLOUD, OAUTH2)) as person:
        await person.press("ctrl+c")
        await person.see("Ctrl+Q quits. Ctrl+C only copies what is selected.")
