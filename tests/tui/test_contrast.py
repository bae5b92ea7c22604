"""Every colour of a word can be read on the colour behind it: computed from the composed pages, in each theme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeAlias
from unittest.mock import patch

import pytest
from rich.color import Color, ColorSystem, ColorType
from rich.style import Style
from textual.app import App, ComposeResult
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.screen import Screen

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
from tests.screenshots.scenes import WALKS, Walk
from tests.screenshots.stage import fixed_surroundings, stage

pytestmark = pytest.mark.anyio

Triplet: TypeAlias = tuple[int, ...]
Pair: TypeAlias = tuple[Color, Color]

LEAST: Final = {DARK.name: 4.5, LIGHT.name: 4.5, HIGH_CONTRAST.name: 7.0, TERMINAL.name: 4.5, COLORLESS.name: 4.5}
BLOCKS: Final = "".join(map(chr, range(0x2580, 0x25A0)))
"""Scroll bars are drawn with them; they are no words."""
PALETTES: Final = {
    "xterm": (
        "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 "
        "7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"
    ),
    "VGA": (
        "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa "
        "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"
    ),
    "Windows": (
        "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc "
        "767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2"
    ),
    "GNOME": (
        "171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc "
        "5e5c64 f66151 33d17a e9ad0c 2a7bde c061cb 33c7de ffffff"
    ),
}
"""The sixteen colours of usual terminals."""
_update: Final = Stylesheet.update
WALKS_THAT_SHOW_MOST: Final = ("choices", "submit")


def luminance(color: Triplet) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [value / 255 for value in color]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Triplet, other: Triplet) -> float:
    """Return the contrast ratio of WCAG 2, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def pairs_on_screen(app: App[Any]) -> Iterator[tuple[Pair, str]]:
    """Yield the two colours of every stretch of words that is shown, and the words."""
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            style = segment.style or Style()
            words = segment.text.strip(f" {BLOCKS}")
            if words:
                color = style.color or Color.default()
                behind = style.bgcolor or Color.default()
                pairs = [(color, behind)]
                if style.bold and color.number is not None and color.number < 8:
                    pairs.append((Color.from_ansi(color.number + 8), behind))  # bold is bright on many terminals
                for one, other in pairs:
                    yield ((other, one) if style.reverse else (one, other)), words


def triplet(color: Color) -> Triplet:
    """Return the colour as it was painted; an error for one that depends on the terminal."""
    assert color.type is ColorType.TRUECOLOR, color
    return tuple(color.get_truecolor())


def in_256_colors(color: Color) -> Triplet:
    """Return what a terminal of 256 colours makes of it."""
    return tuple(color.downgrade(ColorSystem.EIGHT_BIT).get_truecolor())


def weakest_in_palettes(pair: Pair) -> float:
    """Return the contrast in the worst palette; 1 where it depends on a background that nobody knows."""
    color, behind = pair
    if color.is_default and behind.is_default:
        return 21.0
    if color.is_default or behind.is_default or color.number is None or behind.number is None:
        return 1.0
    palettes = [[bytes.fromhex(each) for each in palette.split()] for palette in PALETTES.values()]
    return min(contrast(tuple(each[color.number]), tuple(each[behind.number])) for each in palettes)


def weakest(theme_name: str, pair: Pair) -> float:
    """Return the least contrast that a pair has on any terminal that the theme is for."""
    if theme_name in {TERMINAL.name, COLORLESS.name}:
        return weakest_in_palettes(pair)
    return min(contrast(*map(of, pair)) for of in (triplet, in_256_colors))


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
    sheet = re.sub(r"/\*.*?\*/", "", Looks.CSS_PATH.read_text(encoding="utf-8"), flags=re.DOTALL)
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


class Looks(App[None]):
    """What the walks below do not show, or not in every state."""

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


async def add_pairs(pilot: Pilot[Any], where: str, seen: dict[tuple[str, Pair], str]) -> None:
    """Add what is shown now to `seen`, in each theme.

    Pages below keep the looks that they had: whoever comes back to one sees it in each theme here, too.
    """
    shown = {pilot.app.screen, *pilot.app._background_screens}

    def update(sheet: Stylesheet, root: DOMNode, animate: bool = False) -> None:
        if not isinstance(root, Screen) or root in shown:
            _update(sheet, root, animate)

    with patch.object(Stylesheet, "update", update):
        for theme in THEMES:
            pilot.app.theme = theme.name
            await pilot.pause()
            for pair, words in pairs_on_screen(pilot.app):
                seen.setdefault((theme.name, pair), f"{words} ({where})")


def too_weak(seen: dict[tuple[str, Pair], str]) -> dict[str, float]:
    """Return what stays under the limit of its theme."""
    return {
        f"{name}: {pair[0].name} on {pair[1].name}: {words}": round(ratio, 2)
        for (name, pair), words in seen.items()
        if (ratio := weakest(name, pair)) < LEAST[name]
    }


async def test_every_look_can_be_read() -> None:
    seen: dict[tuple[str, Pair], str] = {}
    async with Looks().run_test() as pilot:
        for widget in pilot.app.query("ChoiceList, #submit"):
            widget.focus()
            await add_pairs(pilot, "focus", seen)
        for row in range(len(Tone)):
            pilot.app.query_one(ChoiceList).focus().highlighted = row
            await add_pairs(pilot, f"row {row}", seen)
    assert len(seen) > 50
    for mark in ("READ-ONLY", "PAIRING"):
        assert sum(words.startswith(f"{mark} (") for words in seen.values()) > 1, f"{mark} has no look of its own"
    assert too_weak(seen) == {}


@pytest.mark.parametrize(
    "walk", [walk for walk in WALKS if walk.name in WALKS_THAT_SHOW_MOST], ids=lambda walk: walk.name
)
async def test_every_word_of_every_page_can_be_read(walk: Walk) -> None:
    seen: dict[tuple[str, Pair], str] = {}
    with fixed_surroundings():
        async with stage(walk.scenario_id, **walk.changes) as person:
            for scene in walk.scenes:
                await scene.action(person)
                await add_pairs(person.pilot, scene.name, seen)
    assert too_weak(seen) == {}
