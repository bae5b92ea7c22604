"""Every colour of a word can be read on the colour behind it, in each theme; `test_snapshots` looks at whole pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.style import Style
from textual.app import App, ComposeResult

import aep_tui
from aep_tui.domain.theme_name import ThemeName
from aep_tui.domain.wizard import Step
from aep_tui.pages.choice_row import ChoiceRow, Tone
from aep_tui.pages.target_words import Care
from aep_tui.settings.theme_choice import ThemeChoice
from aep_tui.tui.widgets.action_button import ActionButton
from aep_tui.tui.widgets.choice_list import ChoiceList
from aep_tui.tui.widgets.form_input import FormInput
from aep_tui.tui.widgets.frame_lines import TargetLine
from aep_tui.tui.widgets.looks import painted_statements
from aep_tui.tui.widgets.plain_text import PlainText
from aep_tui.tui.widgets.theme import COLORLESS, DARK, HIGH_CONTRAST, LIGHT, TERMINAL, THEMES, dress
from tests.kit.journeys import OAUTH2
from tests.kit.person import Person, wizard
from tests.screenshots import samples
from tests.tui.contrast import LEAST, Looks, contrast, each_theme, shown_looks, too_weak

pytestmark = pytest.mark.anyio


def test_black_and_white_have_the_greatest_contrast() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


def test_every_theme_has_its_limit_and_the_same_names() -> None:
    assert set(LEAST) == {theme.name for theme in THEMES}
    names = [set(theme.variables) for theme in (DARK, LIGHT, HIGH_CONTRAST)]
    assert names[0] == names[1] == names[2]
    assert set(TERMINAL.variables) == set(COLORLESS.variables)
    assert names[0] - {"scrollbar", "badge-ink", "foreground", "background", "accent"} <= set(TERMINAL.variables)


def test_looks_belong_to_classes_and_widgets_and_never_to_one_place() -> None:
    sheet = re.sub(r"/\*.*?\*/", "", AllLooks.CSS_PATH.read_text(encoding="utf-8"), flags=re.DOTALL)
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", sheet)
    assert len(rules) > 40
    looks = re.compile(r"(?<![\w-])(color|background|text-style|border(-\w+)?):")
    of_one_place = [
        selector.strip() for selector, body in rules if looks.search(body) and re.search(r"#|Screen [#.]", selector)
    ]
    assert of_one_place == []
    assert re.findall(r"(?<=: )[^;}]*#[0-9a-f]{3,6}", sheet) == [], "colours are named in the themes"
    painted = [rule for rule in rules if looks.search(rule[1])]
    assert all("$" in body or "text-style" in body for _selector, body in painted)


class AllLooks(App[None]):
    """What the pages do not show, or not in every state."""

    CSS_PATH = Path(aep_tui.__file__).parent / "tui" / "app.tcss"

    def __init__(self) -> None:
        super().__init__()
        dress(self, DARK.name)

    def compose(self) -> ComposeResult:
        yield from (TargetLine(id=each.value) for each in Care)
        yield TargetLine(id="marked")
        yield ChoiceList([ChoiceRow(each.value, "title", "badge", "detail", tone=each) for each in Tone])
        yield PlainText("Error: a\nWarning: b\nNote: c\nOK: d\nF4 puts in e", painter=painted_statements)
        yield PlainText("what is good", classes="-good")
        yield ActionButton("Submit", list, id="submit", classes="-commit")

    def on_mount(self) -> None:
        for each in Care:
            self.query_one(f"#{each.value}", TargetLine).show_target(each.value, each)
        self.query_one("#marked", TargetLine).show_target("LIVE READ-ONLY | PAIRING | sandbox", Care.PRODUCTION)


def colors_of(person: Person) -> set[str]:
    """Return the names of all colours on the screen, those of blanks and scroll bars too."""
    styles = [segment.style or Style() for strip in person.app.screen._compositor.render_strips() for segment in strip]
    return {color.name for style in styles for color in (style.color, style.bgcolor) if color and not color.is_default}


async def test_without_colours_nothing_is_coloured_and_a_mark_goes_from_side_to_side() -> None:
    colorless = ThemeChoice(ThemeName.AUTOMATIC, has_colors=False)
    async with wizard(theme=colorless, size=(80, 22), at=(Step.REVIEW, OAUTH2)) as person:
        assert person.app.screen.query_one("#body").show_vertical_scrollbar
        assert colors_of(person) == set()
        await person.app.push_screen(samples.production_sandbox())
        await person.see("This is a production sandbox.")
        assert colors_of(person) == set()
        title = person.app.screen.query_one(".modal-title")
        [line] = title.render_lines(title.size.region)
        assert all(segment.style and segment.style.reverse for segment in line)
        field = person.app.screen.query_one(FormInput)
        assert all(segment.style and segment.style.underline for segment in field.render_line(0))
        assert field.render_line(0).cell_length >= field.size.width


async def test_of_the_theme_before_no_colour_stays() -> None:
    async with wizard(theme=ThemeChoice(ThemeName.TERMINAL)) as person:
        await person.stand_on(Step.AUTH_METHOD, OAUTH2)
        before = colors_of(person)
        assert len(before) > 1
        person.app.theme = COLORLESS.name
        await person.pilot.pause()
        assert colors_of(person) == set()
        person.app.theme = TERMINAL.name
        await person.pilot.pause()
        assert colors_of(person) == before


async def test_in_the_terminal_s_own_colours_a_scroll_bar_has_the_colour_of_words() -> None:
    async with wizard(theme=ThemeChoice(ThemeName.TERMINAL), size=(80, 22), at=(Step.REVIEW, OAUTH2)) as person:
        assert colors_of(person) == {"color(0)", "color(14)"}  # target line and Submit


async def test_every_look_can_be_read() -> None:
    seen: Looks = {}
    async with AllLooks().run_test() as pilot:
        rows = pilot.app.query_one(ChoiceList)
        async for _theme in each_theme(pilot):
            for widget in pilot.app.query("ChoiceList, #submit"):
                widget.focus()
                await pilot.pause()
                seen |= shown_looks(pilot.app, "focus")
            for row in range(len(Tone)):
                rows.focus().highlighted = row
                await pilot.pause()
                seen |= shown_looks(pilot.app, f"row {row}")
    assert len(seen) > 50
    for mark in ("READ-ONLY", "PAIRING"):
        assert sum(words.startswith(f"{mark} (") for words in seen.values()) > 1, f"{mark} has no look of its own"
    assert too_weak(seen) == {}
