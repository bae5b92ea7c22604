"""The smallest terminal that the wizard works in, and what to say in a smaller one."""

from __future__ import annotations

from aep_tui.domain.translation import _

TYPE_CHECKING = False  # from `typing` it would cost as much as all else up to the first paint
if TYPE_CHECKING:
    from collections.abc import Mapping

SMALLEST_WIDTH = 80
SMALLEST_HEIGHT = 22
"""A terminal of 24 rows of which tmux or screen takes one or two."""


def is_too_small(width: int, height: int) -> bool:
    """Return whether a terminal of so many columns and rows cannot show the wizard."""
    return width < SMALLEST_WIDTH or height < SMALLEST_HEIGHT


def too_small_words(width: int, height: int, environment: Mapping[str, str]) -> str:
    """Return what to do in a terminal that is too small, that nothing is lost, and how to quit."""
    lines = [
        _("aep-tui needs {width}x{height}; this terminal has {actual_width}x{actual_height}.").format(
            width=SMALLEST_WIDTH, height=SMALLEST_HEIGHT, actual_width=width, actual_height=height
        ),
        _("Make the window larger, or its letters smaller. Nothing is lost: the page comes back as it was."),
    ]
    if width >= SMALLEST_WIDTH and environment.get("TMUX"):
        lines.append(_("tmux's status line takes a row: tmux set status off"))
    elif width >= SMALLEST_WIDTH and environment.get("STY"):
        lines.append(_("screen's status line takes a row: Ctrl+A, then : hardstatus ignore"))
    lines.append(_("Ctrl+Q quits."))
    return "\n".join(lines)
