"""Which colours hold at the start, and what is kept of them."""

from __future__ import annotations

import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.theme_name import ThemeName
from aep_tui.domain.theme_rules import COLORLESS
from aep_tui.settings.theme_choice import theme_choice
from aep_tui.state.kept_theme import KeptTheme, kept_theme
from aep_tui.state.paths import state_directory

MANY = {"TERM": "xterm-256color"}


@pytest.mark.parametrize(
    ("option", "environment", "kept", "painted"),
    [
        ("", MANY, KeptTheme(), "terminal"),
        ("", MANY, KeptTheme(seen="light"), "light"),
        ("", {"TERM": "xterm"}, KeptTheme(seen="light"), "terminal"),
        ("", {"TERM": "xterm", "COLORTERM": "truecolor"}, KeptTheme(seen="dark"), "dark"),
        ("", MANY, KeptTheme("high-contrast", "light"), "high-contrast"),
        ("", MANY | {"AEP_THEME": "dark"}, KeptTheme("light"), "dark"),
        ("automatic", MANY | {"AEP_THEME": "dark"}, KeptTheme("light", "light"), "light"),
        ("light", MANY | {"AEP_THEME": "nonsense"}, KeptTheme(), "light"),
        ("light", MANY | {"NO_COLOR": "1"}, KeptTheme(), COLORLESS),
        ("", MANY, KeptTheme("of another version", "too"), "terminal"),
    ],
)
def test_the_option_goes_before_the_variable_and_the_variable_before_what_was_kept(
    option: str, environment: dict[str, str], kept: KeptTheme, painted: str
) -> None:
    assert theme_choice(option, environment, kept).painted == painted


def test_a_variable_that_names_no_theme_is_told_without_its_value() -> None:
    with pytest.raises(SettingsProblem) as problem:
        theme_choice("", {"AEP_THEME": "solarized"}, KeptTheme())
    assert "solarized" not in str(vars(problem.value))
    assert "high-contrast" in problem.value.next_step


def test_what_a_person_chose_is_kept_and_what_the_terminal_told_too() -> None:
    choice = theme_choice("", MANY, kept_theme())
    assert choice.asks_terminal
    assert choice.with_background(1.0).painted == "light"
    assert kept_theme() == KeptTheme("automatic", "light")
    chosen = theme_choice("", MANY, kept_theme()).with_name(ThemeName.DARK)
    assert not chosen.asks_terminal
    assert theme_choice("", MANY, kept_theme()).painted == "dark"


@pytest.mark.parametrize("environment", [MANY | {"NO_COLOR": "1"}, {"TERM": "xterm"}])
def test_a_terminal_whose_colours_are_not_used_is_not_asked_for_its_background(environment: dict[str, str]) -> None:
    assert not theme_choice("automatic", environment, KeptTheme()).asks_terminal


def test_what_cannot_be_read_stops_nothing() -> None:
    (state_directory() / "theme.txt").write_bytes(b"\xff\xfe\x00 [1, 2")
    assert theme_choice("", MANY, kept_theme()).painted == "terminal"
    (state_directory() / "theme.txt").unlink()
    (state_directory() / "theme.txt").mkdir()
    assert kept_theme() == KeptTheme()
    assert theme_choice("", MANY, kept_theme()).with_name(ThemeName.LIGHT).painted == "light"
