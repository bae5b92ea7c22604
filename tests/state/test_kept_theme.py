"""What is kept of the colours: two words, and nothing that could stop a start."""

from __future__ import annotations

from pathlib import Path

import pytest

from aep_tui.state.kept_theme import KeptTheme, keep_theme, kept_theme


@pytest.mark.parametrize("theme", [KeptTheme("dark", "light"), KeptTheme("dark"), KeptTheme(seen="light"), KeptTheme()])
@pytest.mark.usefixtures("home")
def test_what_was_kept_is_there_at_the_next_start(theme: KeptTheme) -> None:
    keep_theme(theme)
    assert kept_theme() == theme


def test_to_look_makes_no_directory(home: Path) -> None:
    assert kept_theme() == KeptTheme()
    assert list(home.iterdir()) == []


def test_what_cannot_be_read_or_written_is_no_reason_to_stop(home: Path) -> None:
    keep_theme(KeptTheme("dark"))
    next(home.rglob("theme.txt")).chmod(0o666)
    assert kept_theme() == KeptTheme()
    keep_theme(KeptTheme("light"))
    assert kept_theme() == KeptTheme()
