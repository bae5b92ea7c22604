from __future__ import annotations

import pytest

from aep_tui.domain.theme_rules import COLORLESS, theme_of_the_start


@pytest.mark.parametrize(
    ("environment", "chosen", "seen", "theme"),
    [
        ({}, "", "", "terminal"),
        ({"TERM": "xterm-256color"}, "", "light", "light"),
        ({"TERM": "xterm"}, "", "light", "terminal"),
        ({"TERM": "xterm"}, "dark", "light", "dark"),
        ({"TERM": "xterm", "AEP_THEME": "light"}, "dark", "", "light"),
        ({"TERM": "xterm-kitty"}, "of another version", "dark", "dark"),
        ({"TERM": "xterm-256color"}, "", "of another version", "terminal"),
        ({"AEP_THEME": "solarized"}, "dark", "dark", None),
        ({"AEP_THEME": "dark", "NO_COLOR": ""}, "", "", COLORLESS),
    ],
)
def test_the_first_paint_wears_what_was_named_kept_or_fits(
    environment: dict[str, str], chosen: str, seen: str, theme: str | None
) -> None:
    assert theme_of_the_start(environment, chosen, seen) == theme
