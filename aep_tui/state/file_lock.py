"""A lock on an open file, which ends with its process, however the process ends."""

from __future__ import annotations

import errno
import fcntl
import time
from pathlib import Path
from typing import Final

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.translation import _
from aep_tui.state.text_file import shown_path

_TAKEN = frozenset({errno.EWOULDBLOCK, errno.EAGAIN})
_SECONDS_BETWEEN: Final = 0.02


def is_locked_by_us(descriptor: int, path: Path, *, within: float = 0.0) -> bool:
    """Take the lock and return True, or return False when another process holds it.

    Args:
        descriptor: of the file; the lock ends when it is closed.
        path: the file, for the message.
        within: how many seconds the other process has to give it back; one that is stopped or hangs never does.

    Raises:
        SettingsProblem: the file system cannot lock, as some network drives cannot.
    """
    for _rest in range(round(within / _SECONDS_BETWEEN)):
        if _is_locked_now(descriptor, path):
            return True
        time.sleep(_SECONDS_BETWEEN)
    return _is_locked_now(descriptor, path)


def _is_locked_now(descriptor: int, path: Path) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        raise SettingsProblem(
            _("This place cannot lock files"),
            _("{path} cannot be locked: {reason}. Without a lock two windows could create the same connection.").format(
                path=shown_path(path), reason=error.strerror or type(error).__name__
            ),
            _("Set XDG_STATE_HOME to a directory on a local disk."),
        ) from None
    return True
