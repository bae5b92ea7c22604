"""One submitter at a time: two operators, or one operator in two windows, cannot submit side by side."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.state.file_lock import is_locked_by_us
from aep_tui.state.paths import state_directory
from aep_tui.state.private_file import disk_problem, open_private_for_append

FILE_NAME = "submit.lock"


class SubmitLockTaken(Problem):
    """Another process of this person is submitting.

    Attributes:
        holder: its process id, or None when it is not known.
    """

    def __init__(self, holder: int | None) -> None:
        super().__init__(
            _("Another window is submitting"),
            _("Another aep-tui is submitting a connection right now (process {holder}).").format(
                holder=holder if holder is not None else _("unknown")
            ),
            _("Wait until it is done, look at its result, and submit again only if it is still needed."),
        )
        self.holder = holder


class SubmitLock:
    """A lock on a file that ends with its process, however the process ends.

    Use it as a context manager around journal, request and reconciliation.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Take the file; the one in the state directory when left out."""
        if path is None:
            path = state_directory() / FILE_NAME
        self._path = path
        self._descriptor: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether this object holds the lock."""
        return self._descriptor is not None

    def acquire(self) -> None:
        """Take the lock; nothing happens when this object holds it already.

        Raises:
            SubmitLockTaken: another process, or another lock of this process, holds it.
            SettingsProblem: the file cannot be used or locked, or the disk is full.
        """
        if self._descriptor is not None:
            return
        descriptor = open_private_for_append(self._path)
        try:
            if not is_locked_by_us(descriptor, self._path, waits=False):
                raise SubmitLockTaken(_process_id(descriptor))
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode())
        except OSError as error:
            os.close(descriptor)
            raise disk_problem(self._path, error) from None
        except BaseException:
            os.close(descriptor)
            raise
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back; the file stays, since removing it would let two processes lock two files."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> SubmitLock:
        """Take the lock."""
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Give the lock back."""
        self.release()


def _process_id(descriptor: int) -> int | None:
    text = os.pread(descriptor, 32, 0).strip()
    return int(text) if text.isdigit() else None
