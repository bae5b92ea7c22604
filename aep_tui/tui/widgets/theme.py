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

from aep_tui.tui.widgets.colors import COLORS, STYLES_BESIDE_COLORS


def _painted(name: str, *, is_dark: bool, error: str, warning: str, success: str, **colors: str) -> Theme:
    """Return a theme of colours of its own; it paints the background too. Names are written with `_` for `-`."""
    background, badge_ink = colors["background"], colors["badge_ink"]
    variables = {
        **{name.replace("_", "-"): value for name, value in (STYLES_BESIDE_COLORS | colors).items()},
        **{f"{kind}-ink": badge_ink for kind in ("error-badge", "warning-badge", "good-badge", "commit")},
        **{f"scrollbar-{part}": background for part in ("background", "background-hover", "background-active")},
        "error-badge": error,
        "warning-badge": warning,
        "good-badge": success,
        "scrollbar": colors["quiet"],
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


DARK: Final = _painted("dark", is_dark=True, **COLORS["dark"])
LIGHT: Final = _painted("light", is_dark=False, **COLORS["light"])
HIGH_CONTRAST: Final = _painted("high-contrast", is_dark=True, **COLORS["high-contrast"])
TERMINAL: Final = _native("terminal", **COLORS["terminal"])
COLORLESS: Final = _native("colorless", **COLORS["colorless"])
"""What `NO_COLOR` asks for."""

THEMES: Final = (DARK, LIGHT, HIGH_CONTRAST, TERMINAL, COLORLESS)


def dress(app: App[Any], name: str) -> None:
    """Give `app` the themes, and let it wear the one with this name. Call it when the app is made."""
    for theme in THEMES:
        app.register_theme(theme)
    app.theme = name
