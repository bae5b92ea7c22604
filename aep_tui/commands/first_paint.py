"""What a person sees of the start: the first page, before anything is loaded that could paint it.

It is loaded before everything else; see `quiet_terminal`.
"""

from __future__ import annotations

import os
import sys

from aep_tui import commands
from aep_tui.commands.quiet_terminal import QuietTerminal
from aep_tui.domain.first_words import PAIRING_VARIABLE
from aep_tui.domain.theme_rules import theme_of_the_start
from aep_tui.state.early_settings import is_nothing_set
from aep_tui.state.early_theme import early_theme

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_PRACTICE = "--practice"
_CHANGE_NOTHING_ON_THE_PAGE = frozenset({_PRACTICE, "--no-mouse", "--no-reveal"})


def show_first_page(arguments: Sequence[str] | None) -> QuietTerminal | None:
    """Show the first page of a rehearsal, and return what gives the terminal back; None where nothing was done.

    A wizard that speaks line by line has no page, and a terminal without echo all the same: what is typed before its
    first question may be a secret. Nothing is done where another page may come first: with an option that is not known
    here, and where settings have to be read that may say that this is live mode.

    Args:
        arguments: those of the process when left out.
    """
    given = sys.argv[1:] if arguments is None else arguments
    if _speaks_line_by_line(given):
        return QuietTerminal().__enter__()
    if not _CHANGE_NOTHING_ON_THE_PAGE.issuperset(given) or not _is_terminal():
        return None
    if _PRACTICE not in given and not is_nothing_set(os.environ):
        return None
    terminal = QuietTerminal().__enter__()
    theme = theme_of_the_start(os.environ, *early_theme(os.environ))
    if theme is not None:
        show_welcome(terminal, theme, knows_target=PAIRING_VARIABLE not in os.environ)
    return terminal


def show_welcome(terminal: QuietTerminal, theme: str, *, knows_target: bool) -> None:
    """Show the first page of a rehearsal on `terminal`, when it is known how it looks.

    Args:
        terminal: which gets the page, entered already.
        theme: the name of the one that is shown.
        knows_target: whether the target line says nothing else than always.
    """
    screen = sys.__stderr__
    if screen is None or screen.encoding.lower() != "utf-8":
        return
    try:
        columns, rows = os.get_terminal_size(screen.fileno())
    except (OSError, ValueError):
        return
    painted = commands.paint_welcome(columns, rows, theme, os.environ, knows_target=knows_target)
    if painted is not None:
        terminal.show(painted)


def _speaks_line_by_line(given: Sequence[str]) -> bool:
    """Return whether the wizard is called, and probably without pages; `plain_choice` has the last word."""
    if "--plain" not in given and (not _has_no_pages() or not all(each.startswith("-") for each in given)):
        return False
    return sys.stdin is not None and sys.stdin.isatty()


def _has_no_pages() -> bool:
    return bool(os.environ.get("ACCESSIBLE")) or os.environ.get("TERM", "") in {"", "dumb"}


def _is_terminal() -> bool:
    if _has_no_pages():
        return False
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))
