"""A lock on an open file, which ends with its process, however the process ends."""

from __future__ import annotations

import errno
import fcntl
from pathlib import Path

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.translation import _
from aep_tui.state.text_file import shown_path

_TAKEN = frozenset({errno.EWOULDBLOCK, errno.EAGAIN})


def is_locked_by_us(descriptor: int, path: Path, *, waits: bool) -> bool:
    """Take the lock and return True, or return False when another process holds it.

    Args:
        descriptor: of the file; the lock ends when it is closed.
        path: the file, for the message.
        waits: wait until the other process gives the lock back; then the answer is always True.

    Raises:
        SettingsProblem: the file system cannot lock, as some network drives cannot.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
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
