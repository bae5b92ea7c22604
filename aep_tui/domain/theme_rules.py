"""Which theme is painted. It is asked before anything is loaded, so names are plain text here; see `theme_name`."""

from __future__ import annotations

TYPE_CHECKING = False  # from `typing` it would cost as much as all else up to the first paint
if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = "AEP_THEME"
NO_COLOR = "NO_COLOR"
AUTOMATIC, DARK, LIGHT, HIGH_CONTRAST, TERMINAL = "automatic", "dark", "light", "high-contrast", "terminal"
NAMES = (AUTOMATIC, DARK, LIGHT, HIGH_CONTRAST, TERMINAL)
"""What a person can choose."""
COLORLESS = "colorless"
"""The look that NO_COLOR asks for; nobody chooses it by name."""


def theme_of_the_start(environment: Mapping[str, str], chosen: str, seen: str) -> str | None:
    """Return the name of the theme that a start without options shows, None when the variable names no theme.

    Args:
        environment: AEP_THEME, NO_COLOR, TERM and COLORTERM are read.
        chosen: as `choice_of` says.
        seen: as `choice_of` says.
    """
    wanted = environment.get(VARIABLE, "")
    if wanted and wanted not in NAMES:
        return None
    name, fitting = choice_of(wanted, chosen, seen)
    return painted_theme(
        name, fitting, has_colors=NO_COLOR not in environment, has_many_colors=has_many_colors(environment)
    )


def choice_of(wanted: str, chosen: str, seen: str) -> tuple[str, str]:
    """Return what was chosen, and what fits the background of the terminal, "" when that is not known.

    Args:
        wanted: by an option or a variable, "" when neither says anything.
        chosen: as it was kept, which may be no name.
        seen: as it was kept, which may be no name.
    """
    name = next((each for each in (wanted, chosen) if each in NAMES), AUTOMATIC)
    return name, seen if seen in NAMES else ""


def has_many_colors(environment: Mapping[str, str]) -> bool:
    """Return whether the terminal says that it has 256 colours or more."""
    is_said = environment.get("COLORTERM", "") in {"truecolor", "24bit"}
    return is_said or environment.get("TERM", "").endswith(("256color", "kitty"))


def painted_theme(name: str, seen: str, *, has_colors: bool, has_many_colors: bool) -> str:
    """Return the name of the theme that is shown.

    Args:
        name: what was chosen.
        seen: what fits the background that the terminal told, "" when it has not.
        has_colors: False under NO_COLOR.
        has_many_colors: see there.
    """
    if not has_colors:
        return COLORLESS
    if name != AUTOMATIC:
        return name
    return seen if seen and has_many_colors else TERMINAL
