"""What a person sees of the start: the first page, before anything is loaded that could paint it.

It is loaded before everything else; see `quiet_terminal`.
"""

from __future__ import annotations

import os
import sys

from aep_tui.commands.quiet_terminal import QuietTerminal
from aep_tui.state.first_page import first_page

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_PRACTICE = "--practice"
_CHANGE_NOTHING_ON_THE_PAGE = frozenset({_PRACTICE, "--no-mouse", "--no-reveal"})


def show_first_page(arguments: Sequence[str] | None) -> QuietTerminal | None:
    """Show the first page as it was the last time, and return what gives the terminal back.

    A wizard that speaks line by line has no page, and a terminal without echo all the same: what is typed before its
    first question may be a secret. Returns None and does nothing where another page may come first: in live mode, whose
    values have to be read, with an option that is not known here, and where no copy of the page fits.

    Args:
        arguments: those of the process when left out.
    """
    given = sys.argv[1:] if arguments is None else arguments
    if _speaks_line_by_line(given):
        return QuietTerminal().__enter__()
    if _PRACTICE not in given or not _CHANGE_NOTHING_ON_THE_PAGE.issuperset(given) or not _is_terminal():
        return None
    terminal = QuietTerminal()
    show_kept_page(terminal)
    return terminal if terminal.page is not None else None


def show_kept_page(terminal: QuietTerminal) -> None:
    """Show the first page of a rehearsal on `terminal`, when there is a copy that fits."""
    try:
        columns, rows = os.get_terminal_size(sys.__stderr__.fileno() if sys.__stderr__ else 2)
    except (OSError, ValueError):
        return
    page = first_page(os.environ, columns, rows, (sys.__stderr__ and sys.__stderr__.encoding) or "")
    if page is not None:
        terminal.__enter__()
        terminal.show(*page)


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
