"""What each widget shows in glyphs and words, and what keys do to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot
from textual.widget import Widget

from aep_tui.domain.finding import Finding, error, warning
from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.pages.choice_row import ChoiceRow
from aep_tui.pages.field_words import FieldWords
from aep_tui.pages.review_view import AnswerRow
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.answer_list import AnswerList
from aep_tui.tui.widgets.choice_list import ChoiceList
from aep_tui.tui.widgets.field import Field
from aep_tui.tui.widgets.frame_lines import StepLine, target_text
from aep_tui.tui.widgets.plain_text import PlainText
from aep_tui.tui.widgets.theme import DARK, dress
from aep_tui.tui.widgets.tick_box import TickBox
from tests.kit.canary import CANARY
from tests.kit.pilot import piloted
from tests.kit.screen_text import screen_text

pytestmark = pytest.mark.anyio


class Bench(App[None]):
    """Widgets and nothing else."""

    def __init__(self, widgets: Sequence[Widget]) -> None:
        super().__init__()
        dress(self, DARK.name)
        self._widgets = widgets

    def compose(self) -> ComposeResult:
        yield from self._widgets


@asynccontextmanager
async def bench(*widgets: Widget) -> AsyncIterator[Pilot[None]]:
    async with piloted(Bench(widgets), (60, 12)) as pilot:
        await pilot.pause()
        yield pilot


def lines(pilot: Pilot[None]) -> list[str]:
    return [line for line in screen_text(pilot.app).splitlines() if line]


CHOICES = (
    ChoiceRow("one", "One", badge="new", detail="the first"),
    ChoiceRow("two", "Two", reason_disabled="Two is not offered here."),
    ChoiceRow("three", "[/three] [bold]"),
)


async def test_a_list_marks_its_choice_and_jumps_over_what_cannot_be_chosen() -> None:
    choices = ChoiceList(CHOICES, id="list")
    async with bench(choices) as pilot:
        choices.focus()
        await pilot.pause()
        assert lines(pilot) == [
            "> (•) One  [new]",
            "      the first",
            "   -  Two",
            "      Two is not offered here.",
            "  ( ) [/three] [bold]",
        ]
        await pilot.press("down")
        assert choices.chosen == "three"
        assert lines(pilot)[0] == "  ( ) One  [new]"
        assert lines(pilot)[-1] == "> (•) [/three] [bold]"


async def test_a_list_begins_with_what_is_chosen_already_unless_that_is_disabled() -> None:
    three, two = ChoiceList(CHOICES, chosen="three"), ChoiceList(CHOICES, chosen="two")
    async with bench(three, two):
        assert three.chosen == "three"
        assert two.chosen == "one"


async def test_a_tick_box_shows_its_state_in_glyphs() -> None:
    box = TickBox("I have read [/this]", id="box")
    async with bench(box) as pilot:
        box.focus()
        await pilot.pause()
        assert lines(pilot) == ["> [ ] I have read [/this]"]
        await pilot.press("space")
        assert lines(pilot) == ["> [x] I have read [/this]"]
        await pilot.press("enter")
        assert lines(pilot) == ["> [x] I have read [/this]"], "Enter goes on and leaves the tick"
        await pilot.press("space")
        assert lines(pilot) == ["> [ ] I have read [/this]"]


async def test_a_button_has_brackets_and_a_mark() -> None:
    next_button, back = ActionButton("Next", list, id="next"), ActionButton("[/x]", list, id="back")
    async with bench(next_button, back) as pilot:
        next_button.focus()
        await pilot.pause()
        assert lines(pilot) == [">[ Next ]", " [ [/x] ]"]


async def test_answers_stand_under_each_other_and_steer_nothing() -> None:
    answers = AnswerList([AnswerRow("a", "Name", "[/x]\x1b[2J"), AnswerRow("b", "Organization", "ACME")], id="answers")
    async with bench(answers) as pilot:
        answers.focus()
        await pilot.pause()
        assert lines(pilot) == ["> Name          [/x]�[2J", "  Organization  ACME"]


async def test_text_is_shown_as_it_is() -> None:
    async with bench(PlainText("[bold]x[/bold] [/foo]\n\x1b]0;title\x07")) as pilot:
        assert lines(pilot) == ["[bold]x[/bold] [/foo]", "�]0;title�"]


def judge(text: str) -> tuple[Finding, ...]:
    if not text:
        return (error("Enter it."),)
    return (warning("Looks odd.", "better"),) if text == "odd" else ()


async def test_a_field_says_what_is_wrong_and_offers_the_correction() -> None:
    field = Field("name", FieldWords("Name", "Of you", "Ann"), judge, is_required=True)
    async with bench(field) as pilot:
        assert lines(pilot)[0] == "  Name (required)  Of you"
        assert "for example Ann" in lines(pilot)[1]
        assert not field.judge()
        await pilot.pause()
        assert "Error: Enter it." in lines(pilot)[2]
        field.input.focus()
        await pilot.press("o", "d", "d")
        assert "Error" not in screen_text(pilot.app)
        assert field.judge()
        await pilot.pause()
        assert [line.strip() for line in lines(pilot)[2:]] == ["Warning: Looks odd.", "F4 puts in better"]
        await pilot.press("f4")
        assert field.answer == "better"
        assert field.findings == ()


async def test_a_field_that_is_being_closed_can_still_be_judged() -> None:
    """A file that is read in the background is told about when the person has left, part by part of the page."""
    field = Field("a", FieldWords("Address", "", ""), judge, is_required=True)
    async with bench(field):
        await field.remove_children()
        field.show_findings((error("It is no address."),))
        field.input.focus()
        await field.remove()
        field.show_findings((error("It is no address."),))
        field.input.focus()
    assert field.has_error


async def test_a_kept_secret_stays_until_another_is_typed() -> None:
    words = FieldWords("Password")
    field = Field("p", words, judge, is_required=True, secrets=Secrets(), answer=Secret(CANARY))
    async with bench(field) as pilot:
        assert "set, not shown; type to replace it" in screen_text(pilot.app)
        assert field.judge()
        assert field.answer == Secret(CANARY)
        field.input.focus()
        await pilot.press("x")
        assert field.answer == Secret("x")
        assert CANARY not in screen_text(pilot.app)
        await pilot.press("backspace")
        assert field.answer == Secret(CANARY)


@given(
    parts=st.lists(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=30), min_size=4),
    width=st.integers(20, 200),
)
async def test_the_target_line_shortens_the_organization_and_then_leaves_details_out(
    parts: list[str], width: int
) -> None:
    text = target_text(tuple(parts), width)
    for index in (0, 1, 3):
        assert parts[index] in text
    whole = " | ".join(part for part in parts if part)
    assert text == whole or (cell_len(whole) > width and cell_len(text) < cell_len(whole) + 1)
    least = " | ".join(part for part in (*parts[:2], "1234567890", parts[3]) if part)
    assert cell_len(text) <= max(width, cell_len(least))


async def test_a_title_that_does_not_fit_says_that_it_is_cut() -> None:
    line = StepLine("Replace credentials · ACME · OAuth 2 JWT Token Credential of the north")
    async with bench(line) as pilot:
        await pilot.pause()
        shown = screen_text(pilot.app).rstrip()
        assert shown.lstrip().startswith("Replace credentials · ")
        assert shown.endswith("…")


async def test_a_list_that_is_cut_says_how_many_rows_it_hides() -> None:
    rows = ChoiceList([ChoiceRow(f"row-{number}", f"Row {number}") for number in range(9)], id="list")
    rows.styles.max_height = 4
    async with bench(rows) as pilot:
        rows.focus()
        await pilot.pause()
        assert "Row 3" in (shown := screen_text(pilot.app))
        assert "↓ 5 more" in shown
        assert "↑" not in shown
        await pilot.press(*["down"] * 5)
        await pilot.pause()
        assert "↑ 2 more" in (shown := screen_text(pilot.app))
        assert "↓ 3 more" in shown
        await pilot.press("end")
        await pilot.pause()
        assert "↓" not in screen_text(pilot.app)
        for height in (3, 2, 4):
            rows.styles.max_height = height
            await pilot.resize_terminal(50 + height, 12)
            await pilot.pause()
            assert "> (•) Row 8" in screen_text(pilot.app)


async def test_a_table_aligns_its_cells_under_their_names_and_leaves_the_details_out() -> None:
    rows = (
        ChoiceRow("a", "acme", "default", "in a sentence", cells=("dev", "EMEA")),
        ChoiceRow("b", "a longer name", detail="in a sentence", cells=("prod", "")),
    )
    choices = ChoiceList(rows, columns=("Name", "", "Sandbox", "Title"), id="list")
    async with bench(choices) as pilot:
        choices.focus()
        await pilot.pause()
        assert choices.head.rstrip() == "      Name                      Sandbox  Title"
        assert lines(pilot) == [
            "> (•) acme           [default]  dev      EMEA",
            "  ( ) a longer name             prod",
        ]


async def test_a_key_in_a_long_list_draws_two_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    choices = ChoiceList([ChoiceRow(f"row-{number}", f"Row {number}") for number in range(1_000)], id="list")
    async with bench(choices) as pilot:
        choices.focus()
        await pilot.pause()
        drawn: list[int] = []
        draw = choices.face

        def face(index: int, *, has_mark: bool) -> Content:
            drawn.append(index)
            return draw(index, has_mark=has_mark)

        monkeypatch.setattr(choices, "face", face)
        await pilot.press("down")
        assert sorted(drawn) == [0, 1]
        await pilot.press("end", "home")
        assert lines(pilot)[0].startswith("> (•) Row 0")
        assert sum("(•)" in line or ">" in line for line in lines(pilot)) == 1


async def test_of_a_long_table_what_is_seen_is_what_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made: set[int] = set()
    face = ChoiceList.face

    def counted(self: ChoiceList, index: int, *, has_mark: bool) -> Content:
        made.add(index)
        return face(self, index, has_mark=has_mark)

    monkeypatch.setattr(ChoiceList, "face", counted)
    rows = [ChoiceRow(f"row-{number}", f"Row {number}", cells=(f"title {number}",)) for number in range(1_000)]
    choices = ChoiceList(rows, columns=("Name", "", "Title"), id="list")
    choices.styles.max_height = 10
    async with bench(choices) as pilot:
        choices.focus()
        await pilot.pause()
        assert made == set(range(10))
        assert "( ) Row 9" in screen_text(pilot.app)
        await pilot.press("end")
        await pilot.pause()
        assert "> (•) Row 999    title 999" in (shown := screen_text(pilot.app))
        assert "( ) Row 990" in shown
        assert "↑ 990 more" in shown
        await pilot.press("up", "home", "down")
        await pilot.pause()
        assert "> (•) Row 1 " in (shown := screen_text(pilot.app))
        assert "( ) Row 0 " in shown
        await pilot.resize_terminal(60, 12)
        await pilot.pause()
        assert "> (•) Row 1 " in screen_text(pilot.app)
        assert len(made) < 50
