"""One submitter at a time for each place: two windows cannot create, change or delete something there side by side.

A long piece of work at one place blocks no other.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from types import TracebackType
from typing import Final

from aep_tui.domain.place import Place
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _
from aep_tui.state.file_lock import is_locked_by_us
from aep_tui.state.paths import state_directory
from aep_tui.state.private_file import disk_problem, open_private_for_append

_LONGEST_SHOWN_DIGEST: Final = 16


class SubmitLockTaken(Problem):
    """Another process of this person is creating, changing or deleting something at the same place.

    Attributes:
        holder: its process id, or None when it is not known.
    """

    def __init__(self, place: Place, holder: int | None) -> None:
        super().__init__(
            _("Another window is submitting"),
            _(
                "Another aep-tui is creating, changing or deleting a connection in sandbox {sandbox} of {organization} "
                "right now (process {holder})."
            ).format(
                sandbox=place.sandbox_name,
                organization=place.organization_id,
                holder=holder if holder is not None else _("unknown"),
            ),
            _("Wait until it is done, look at its result, and submit again only if it is still needed."),
        )
        self.holder = holder


def lock_file_name(place: Place) -> str:
    """Return the name of the file that is locked for a place; no two places share one."""
    text = json.dumps([place.base_url, place.organization_id, place.sandbox_name])
    return f"submit-{hashlib.sha256(text.encode()).hexdigest()[:_LONGEST_SHOWN_DIGEST]}.lock"


class SubmitLock:
    """A lock on a file that ends with its process, however the process ends; each place has its own.

    Use it as a context manager around journal, request and reconciliation.
    """

    def __init__(self, place: Place, directory: Path | None = None) -> None:
        """Take the place; its file is in the state directory when `directory` is left out."""
        self._place = place
        self._path = (state_directory() if directory is None else directory) / lock_file_name(place)
        self._descriptor: int | None = None

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
            if not is_locked_by_us(descriptor, self._path):
                raise SubmitLockTaken(self._place, _process_id(descriptor))
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
