"""Which colours the wizard wears: an option, AEP_THEME, what was chosen the last time, or what fits the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.theme_name import ThemeName
from aep_tui.domain.theme_rules import NO_COLOR, VARIABLE, choice_of, has_many_colors, painted_theme
from aep_tui.domain.translation import _
from aep_tui.state.kept_theme import KeptTheme, keep_theme

_BRIGHTEST_DARK: Final = 0.5
"""Of a background, from 0 (black) to 1 (white)."""


@dataclass(frozen=True, slots=True)
class ThemeChoice:
    """What was chosen, and what is known of the terminal.

    Attributes:
        name: what was chosen.
        seen: `DARK` or `LIGHT` when this terminal, or the last one, has told its background; None while none has.
        has_colors: False under NO_COLOR.
        has_many_colors: whether the terminal says that it has 256 colours or more.
    """

    name: ThemeName = ThemeName.DARK
    seen: ThemeName | None = None
    has_colors: bool = True
    has_many_colors: bool = True

    @property
    def painted(self) -> str:
        """The name of the theme that is shown now."""
        return painted_theme(
            self.name.value, self.seen or "", has_colors=self.has_colors, has_many_colors=self.has_many_colors
        )

    @property
    def asks_terminal(self) -> bool:
        """Whether it depends on the terminal's background, which the terminal may tell."""
        return self.name is ThemeName.AUTOMATIC and self.has_colors and self.has_many_colors

    def with_background(self, brightness: float) -> ThemeChoice:
        """Return the choice once the terminal has told how bright its background is, from 0 to 1; it is kept."""
        seen = ThemeName.DARK if brightness <= _BRIGHTEST_DARK else ThemeName.LIGHT
        return self._kept(replace(self, seen=seen)) if seen is not self.seen else self

    def with_name(self, name: ThemeName) -> ThemeChoice:
        """Return another choice; it is kept for the next starts on this machine."""
        return self._kept(replace(self, name=name))

    @staticmethod
    def _kept(choice: ThemeChoice) -> ThemeChoice:
        keep_theme(KeptTheme(choice.name.value, choice.seen.value if choice.seen else ""))
        return choice


def theme_choice(option: str, environment: Mapping[str, str], kept: KeptTheme) -> ThemeChoice:
    """Return what holds at the start.

    Args:
        option: of the command line, "" when it was not given.
        environment: AEP_THEME, NO_COLOR, TERM and COLORTERM are read.
        kept: what was kept on this machine.

    Raises:
        SettingsProblem: AEP_THEME names no theme.
    """
    wanted = option or environment.get(VARIABLE, "")
    if wanted and wanted not in set(ThemeName):
        raise SettingsProblem(
            _("Unknown theme"),
            _("{variable} names no theme.").format(variable=VARIABLE),
            _("Choose one of: {names}.").format(names=", ".join(ThemeName)),
        )
    name, seen = choice_of(wanted, kept.chosen, kept.seen)
    return ThemeChoice(
        name=ThemeName(name),
        seen=ThemeName(seen) if seen else None,
        has_colors=NO_COLOR not in environment,
        has_many_colors=has_many_colors(environment),
    )
