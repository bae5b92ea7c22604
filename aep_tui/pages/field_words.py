"""The words around a question with a text for an answer, without a face."""

from __future__ import annotations

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.translation import _


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What is said about an answer that is typed.

    Attributes:
        label: its name.
        help: one line.
        example: of an answer.
        where_to_find: the longer help.
        paste_refused: what to do instead when a paste of several lines was refused.
    """

    label: str
    help: str = ""
    example: str = ""
    where_to_find: str = ""
    paste_refused: str = ""


def reveal_question(label: str, *, is_pairing: bool) -> str:
    """Return what is asked before a typed secret is shown for some seconds.

    Args:
        label: of its field.
        is_pairing: others are known to see this terminal now.
    """
    if is_pairing:
        words = _(
            "Show what you typed as {label} for 5 seconds? Others see this terminal now: they see it too, and a "
            "recording (script, asciinema) keeps it."
        )
    else:
        words = _(
            "Show what you typed as {label} for 5 seconds? Whoever shares this terminal (tmux, screen, a video call) "
            "sees it too, and a recording (script, asciinema) keeps it."
        )
    return words.format(label=label)
