"""A copy of the first page of a rehearsal as it was painted the last time, to be shown before anything is loaded.

There is one for each size of a terminal, because people have several windows.

It is read before everything else, so it imports only what the interpreter has at hand; see `commands.quiet_terminal`.
The page is taken from the screen itself, and so cannot differ from it; it is shown only where all is as it was when it
was taken. It holds nothing of the person's: practice mode takes nothing from the settings, and nothing was typed yet.
"""

from __future__ import annotations

import os
import stat
import sys

from aep_tui import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "first-page"
_THEME = "theme.txt"
_LARGEST = 1 << 20
_VARIABLES = (
    *("TERM", "COLORTERM", "NO_COLOR", "AEP_THEME", "AEP_PAIRING", "TMUX", "STY", "TERM_PROGRAM", "FORCE_COLOR"),
    *("LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANG", "TEXTUAL", "TEXTUAL_COLOR_SYSTEM", "COLUMNS", "LINES"),
)
"""What decides how a page is painted, besides the size of the terminal and the colours that were chosen."""


def file_of(columns: int, rows: int) -> str:
    """Return the name of the file with the copy for a terminal of this size."""
    return f"{NAME}-{columns}x{rows}.txt"


def state_path(environment: Mapping[str, str], name: str) -> str:
    """Return where a file of ours lies, as `paths.state_directory` says; "" where there is no home."""
    home = environment.get("HOME", "")
    if sys.platform == "darwin":
        directory = f"{home}/Library/Application Support" if home else ""
    else:
        directory = environment.get("XDG_STATE_HOME", "").strip() or (f"{home}/.local/state" if home else "")
    return f"{directory}/aep-tui/{name}" if directory.startswith("/") else ""


def circumstances(environment: Mapping[str, str], columns: int, rows: int, encoding: str) -> str:
    """Return in one line all that has to be the same for a page to be painted in the same way.

    Args:
        environment: of the process.
        columns: of the terminal.
        rows: of the terminal.
        encoding: of the screen's file.
    """
    variables = [environment.get(name) for name in _VARIABLES]
    theme = _text_of(state_path(environment, _THEME))
    return repr((__version__, columns, rows, encoding, theme, variables))


def first_page(environment: Mapping[str, str], columns: int, rows: int, encoding: str) -> tuple[str, str] | None:
    """Return the page as sequences and as cells, or None when there is no copy that fits; for the rest see above."""
    text = _text_of(state_path(environment, file_of(columns, rows)))
    taken_in, _end, page = text.partition("\n")
    if not page or taken_in != circumstances(environment, columns, rows, encoding):
        return None
    sequence, _end, cells = page.rstrip("\n").partition("\n")
    return sequence, cells


def _text_of(path: str) -> str:
    """Return the text of a file of ours, "" when there is none or somebody else may have written it."""
    if not path:
        return ""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            status = os.fstat(descriptor)
            is_ours = stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o022
            return os.read(descriptor, _LARGEST).decode() if is_ours else ""
        finally:
            os.close(descriptor)
    except (OSError, ValueError):
        return ""
