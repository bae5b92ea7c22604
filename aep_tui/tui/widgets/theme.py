"""The colours of the product, in one place. Each is a help and never the only sign.

A theme gives the same names to its colours. Besides Textual's own (`foreground`, `background`, `accent`, `error`...):

- `quiet`: hints, examples, what the keys do. `selected`: behind the marked row. `field`: behind what is typed.
- `practice`, `development`, `production`: behind the target line, each with its `-ink`.
- `read-only`, `pairing`: behind the marks on that line, each with its `-ink`.
- `error-badge`, `warning-badge`, `good-badge`: behind the word that says what a line is, each with its `-ink`.
- `commit`: behind Submit, with its `-ink`.
- `field-style`, `selected-style`, `badge-style`: what stands in for a colour where there is none;
  `mark-style`: the same for the marks on the target line.
"""

from __future__ import annotations

from typing import Any, Final

from textual.app import App
from textual.theme import Theme


def _painted(name: str, *, is_dark: bool, error: str, warning: str, success: str, **colors: str) -> Theme:
    """Return a theme of colours of its own; it paints the background too. Names are written with `_` for `-`."""
    background, badge_ink = colors["background"], colors["badge_ink"]
    variables = {
        **{color.replace("_", "-"): value for color, value in colors.items()},
        **{f"{kind}-ink": badge_ink for kind in ("error-badge", "warning-badge", "good-badge", "commit")},
        **{f"scrollbar-{part}": background for part in ("background", "background-hover", "background-active")},
        "error-badge": error,
        "warning-badge": warning,
        "good-badge": success,
        "scrollbar": colors["quiet"],
        "field-style": "none",
        "selected-style": "bold",
        "badge-style": "bold",
        "mark-style": "bold",
    }
    return Theme(
        name=name,
        primary=colors["accent"],
        accent=colors["accent"],
        foreground=colors["foreground"],
        background=background,
        surface=colors["field"],
        panel=colors["field"],
        warning=warning,
        error=error,
        success=success,
        dark=is_dark,
        variables=variables,
    )


_PARTS_OF_A_SCROLL_BAR: Final = (
    *("", "-hover", "-active", "-corner-color"),
    *("-background", "-background-hover", "-background-active"),
)
"""What Textual paints blue in a terminal's own colours. The bar itself is drawn reversed."""


def _native(
    name: str, *, field_style: str, selected_style: str, badge_style: str, mark_style: str, **badges: str
) -> Theme:
    """Return a theme for a terminal whose background is not known: words in its own colour on its own background.

    No other colour of the sixteen can be read on black and on white. So colours only stand behind words, with black
    or white for the words; `badges` names them, written with `_` for `-`.
    """
    default = "ansi_default"
    targets, marks = ("practice", "development", "production"), ("read-only", "pairing")
    kinds = (*targets, *marks, "error-badge", "warning-badge", "good-badge", "commit")
    variables = {
        **dict.fromkeys((*kinds, *(f"{kind}-ink" for kind in kinds), "quiet", "selected", "field"), default),
        **dict.fromkeys((f"scrollbar{part}" for part in _PARTS_OF_A_SCROLL_BAR), default),
        "ansi-background": default,
        "ansi-foreground": default,
        "field-style": field_style,
        "selected-style": selected_style,
        "badge-style": badge_style,
        "mark-style": mark_style,
        **{badge.replace("_", "-"): color for badge, color in badges.items()},
    }
    return Theme(
        name=name,
        primary=default,
        accent=default,
        foreground=default,
        background=default,
        surface=default,
        panel=default,
        warning=default,
        error=default,
        success=default,
        ansi=True,
        variables=variables,
    )


DARK: Final = _painted(
    "dark",
    is_dark=True,
    background="#101418",
    foreground="#e6e6e6",
    quiet="#adb9c4",
    accent="#7fc8f8",
    field="#1f2830",
    selected="#152e4a",
    error="#ff8f8f",
    warning="#ffd166",
    success="#8bd17c",
    badge_ink="#101418",
    commit="#7fc8f8",
    practice="#1d4b5c",
    practice_ink="#eaf6fb",
    development="#1e5632",
    development_ink="#eaf8ee",
    production="#a81f2b",
    production_ink="#ffffff",
    read_only="#e6e6e6",
    read_only_ink="#101418",
    pairing="#d9b3ff",
    pairing_ink="#101418",
)
LIGHT: Final = _painted(
    "light",
    is_dark=False,
    background="#fafafa",
    foreground="#1b2025",
    quiet="#4c5761",
    accent="#0b57a4",
    field="#e8edf2",
    selected="#cfe3f7",
    error="#a8201a",
    warning="#6f4a00",
    success="#1a6329",
    badge_ink="#ffffff",
    commit="#0b57a4",
    practice="#c9e6ef",
    practice_ink="#0b3946",
    development="#cdebd3",
    development_ink="#0d3d18",
    production="#a81f2b",
    production_ink="#ffffff",
    read_only="#1b2025",
    read_only_ink="#ffffff",
    pairing="#5a1e96",
    pairing_ink="#ffffff",
)
HIGH_CONTRAST: Final = _painted(
    "high-contrast",
    is_dark=True,
    background="#000000",
    foreground="#ffffff",
    quiet="#dddddd",
    accent="#ffe34d",
    field="#1a1a1a",
    selected="#002b66",
    error="#ffa3a3",
    warning="#ffcf5c",
    success="#7dff8a",
    badge_ink="#000000",
    commit="#ffe34d",
    practice="#9fe8ff",
    practice_ink="#000000",
    development="#7dff8a",
    development_ink="#000000",
    production="#ff7070",
    production_ink="#000000",
    read_only="#ffffff",
    read_only_ink="#000000",
    pairing="#e0b3ff",
    pairing_ink="#000000",
)
TERMINAL: Final = _native(
    "terminal",
    field_style="underline",
    selected_style="bold reverse",
    badge_style="not bold",  # bold black is grey on many terminals
    mark_style="not bold",
    practice="ansi_bright_cyan",
    practice_ink="ansi_black",
    development="ansi_bright_green",
    development_ink="ansi_black",
    production="ansi_red",
    production_ink="ansi_bright_white",
    error_badge="ansi_red",
    error_badge_ink="ansi_bright_white",
    warning_badge="ansi_bright_yellow",
    warning_badge_ink="ansi_black",
    good_badge="ansi_bright_green",
    good_badge_ink="ansi_black",
    read_only="ansi_bright_white",
    read_only_ink="ansi_black",
    pairing="ansi_bright_yellow",
    pairing_ink="ansi_black",
    commit="ansi_bright_cyan",
    commit_ink="ansi_black",
)
COLORLESS: Final = _native(
    "colorless",
    field_style="underline",
    selected_style="bold reverse",
    badge_style="bold reverse",
    mark_style="bold underline not reverse",
)
"""What `NO_COLOR` asks for."""

THEMES: Final = (DARK, LIGHT, HIGH_CONTRAST, TERMINAL, COLORLESS)


def dress(app: App[Any], name: str) -> None:
    """Give `app` the themes, and let it wear the one with this name. Call it when the app is made."""
    for theme in THEMES:
        app.register_theme(theme)
    app.theme = name
