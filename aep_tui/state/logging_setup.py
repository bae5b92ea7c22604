"""A log for those who look for an error: off by default, redacted where it is written."""

from __future__ import annotations

import logging
import logging.handlers
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TextIO

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.safe_text import without_control_characters
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.translation import _
from aep_tui.state.crash_report import message_of, places_in
from aep_tui.state.paths import state_directory
from aep_tui.state.private_file import open_private_for_append

LEVEL_VARIABLE = "AEP_LOG_LEVEL"
"""The variable that switches the log on: debug, info, warning or error."""

FILE_NAME = "aep-tui.log"
_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
_CHATTY = ("httpx", "httpcore", "asyncio", "hpack")
"""Libraries whose debug lines carry query strings, headers or bodies."""


def start_logging(level_name: str, secrets: Secrets) -> Path | None:
    """Write a log to a rotating file of mode 0600, and return its path; without a level there is no log.

    Call it once, before the app starts.

    Args:
        level_name: the value of `AEP_LOG_LEVEL`; "" or "off" for no log.
        secrets: of this run; none of them gets into a line, also when it is learned later.

    Raises:
        SettingsProblem: the level is not known, or the file cannot be used.
    """
    name = level_name.strip().lower()
    if name in {"", "off"}:
        return None
    if name not in _LEVELS:
        raise SettingsProblem(
            _("The log level is not known"),
            _("{variable} is none of: {levels}.").format(variable=LEVEL_VARIABLE, levels=", ".join(_LEVELS)),
            _("Correct or unset {variable}.").format(variable=LEVEL_VARIABLE),
        )
    path = state_directory() / FILE_NAME
    handler = PrivateRotatingFileHandler(path)
    handler.setFormatter(RedactingFormatter(secrets))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(_LEVELS[name])
    for library in _CHATTY:
        logging.getLogger(library).setLevel(logging.WARNING)
    # A log that cannot be written must not print a traceback, with locals of ours, over the screen.
    logging.raiseExceptions = False
    return path


def stop_logging() -> None:
    """Close the log file; the counterpart of `start_logging`, for the end of the session."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, PrivateRotatingFileHandler)]:
        root.removeHandler(handler)
        # A full disk speaks up at the last flush; the log is lost then, and what the program was asked for is not.
        with suppress(OSError):
            handler.close()
    root.setLevel(logging.WARNING)


class PrivateRotatingFileHandler(logging.handlers.RotatingFileHandler):
    """Three files of at most 1 MB, each created with mode 0600, symbolic links refused."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            SettingsProblem: the file is not ours alone or cannot be opened.
        """
        super().__init__(path, maxBytes=1024 * 1024, backupCount=2, encoding="utf-8", errors="replace")

    def _open(self) -> TextIO:  # type: ignore[override]  # a TextIOWrapper in the standard library's stub

        return os.fdopen(open_private_for_append(Path(self.baseFilename)), "a", encoding="utf-8", errors="replace")


class RedactingFormatter(logging.Formatter):
    """One line for each record: time, level, logger, redacted message; of an error its type, message and places."""

    def __init__(self, secrets: Secrets) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError):
            message = "(a message that does not fit its values)"
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {message}"
        if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
            line += " | " + _told(record.exc_info[1], record.exc_info[2])
        return without_control_characters(self._secrets.clean(line))


def _told(error: BaseException, traceback: TracebackType | None) -> str:
    return f"{type(error).__qualname__}: {message_of(error)} | " + " < ".join(places_in(traceback))
