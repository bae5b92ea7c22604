"""Keeps on this machine which colours were chosen, and what background a terminal told the last time."""

from __future__ import annotations

from contextlib import suppress

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.problem import SettingsProblem
from aep_tui.state.early_theme import NAME, names_in
from aep_tui.state.paths import state_directory
from aep_tui.state.private_file import read_private_file, write_private_file


@dataclass(frozen=True, slots=True)
class KeptTheme:
    """Names of themes as they were written; whoever reads them knows which ones there are.

    Attributes:
        chosen: by a person, "" when nobody has.
        seen: what fits the background that was told the last time, "" when none was.
    """

    chosen: str = ""
    seen: str = ""


def kept_theme() -> KeptTheme:
    """Return what was kept; nothing when it cannot be read: colours are no reason to stop."""
    with suppress(SettingsProblem, OSError):
        text = read_private_file(state_directory(create=False) / NAME)
        return KeptTheme(*names_in(text or ""))
    return KeptTheme()


def keep_theme(theme: KeptTheme) -> None:
    """Keep `theme` for the next start; where nothing can be written it holds for this run."""
    with suppress(SettingsProblem):
        write_private_file(state_directory() / NAME, f"{theme.chosen} {theme.seen}\n")
