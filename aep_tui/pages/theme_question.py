"""The question which colours the wizard wears."""

from __future__ import annotations

from aep_tui.domain.theme_name import ThemeName
from aep_tui.domain.translation import _
from aep_tui.pages.question import Choice, Question
from aep_tui.settings.theme_choice import ThemeChoice


def theme_question(choice: ThemeChoice) -> Question[ThemeName]:
    """Ask which theme is wanted; the present one is marked."""
    words = {
        ThemeName.AUTOMATIC: (_("Automatic"), _("Dark or light, as the terminal's background is, when it tells.")),
        ThemeName.DARK: (_("Dark"), _("Light words on a dark page.")),
        ThemeName.LIGHT: (_("Light"), _("Dark words on a light page.")),
        ThemeName.HIGH_CONTRAST: (_("High contrast"), _("White on black, for bright rooms and tired eyes.")),
        ThemeName.TERMINAL: (_("Terminal"), _("The terminal's own sixteen colours on its own background.")),
    }
    return Question(
        _("Colours"),
        tuple(Choice(name.value, title, name, detail=detail) for name, (title, detail) in words.items()),
        text="" if choice.has_colors else _("NO_COLOR is set: the choice is kept and shows when it is not."),
        marked_id=choice.name.value,
        list_id="themes",
        leaving=_("Keep"),
    )
