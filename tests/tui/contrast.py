"""How well words can be read: the contrast of each colour on the screen with the one behind it, in each theme."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from functools import cache
from typing import Any, Final, TypeAlias
from unittest.mock import patch

from rich.color import Color, ColorSystem, ColorType
from rich.style import Style
from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.screen import Screen

from aep_tui.tui.widgets.theme import COLORLESS, DARK, HIGH_CONTRAST, LIGHT, TERMINAL, THEMES

Triplet: TypeAlias = tuple[int, ...]
Pair: TypeAlias = tuple[Color, Color]
Looks: TypeAlias = dict[tuple[str, Pair], str]
"""Words that have a pair of colours in a theme, by both."""

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


@cache
def weakest(theme_name: str, pair: Pair) -> float:
    """Return the least contrast that a pair has on any terminal that the theme is for."""
    if theme_name in {TERMINAL.name, COLORLESS.name}:
        return weakest_in_palettes(pair)
    return min(contrast(*map(of, pair)) for of in (triplet, in_256_colors))


async def each_theme(pilot: Pilot[Any]) -> AsyncIterator[str]:
    """Show a page in one theme after the other, and yield their names; afterwards it is in its own again."""
    own = pilot.app.theme
    for theme in THEMES:
        await _dress_page(pilot, theme.name)
        yield theme.name
    await _dress_page(pilot, own)


async def _dress_page(pilot: Pilot[Any], theme_name: str) -> None:
    """Change the theme of what is shown; pages that are covered keep the looks that they had."""

    def update(sheet: Stylesheet, root: DOMNode, animate: bool = False) -> None:
        if not isinstance(root, Screen) or root is pilot.app.screen:
            _update(sheet, root, animate)

    with patch.object(Stylesheet, "update", update):
        pilot.app.theme = theme_name
        await pilot.pause()


def shown_looks(app: App[Any], where: str) -> Looks:
    """Return what is shown now."""
    return {(app.theme, pair): f"{words} ({where})" for pair, words in pairs_on_screen(app)}


def too_weak(seen: Looks) -> dict[str, float]:
    """Return what stays under the limit of its theme."""
    return {
        f"{name}: {pair[0].name} on {pair[1].name}: {words}": round(ratio, 2)
        for (name, pair), words in seen.items()
        if (ratio := weakest(name, pair)) < LEAST[name]
    }
