"""When a program counts as idle, by a clock that moves only when somebody looks at the program."""

from __future__ import annotations

from collections.abc import Callable, Container
from types import SimpleNamespace
from typing import Any, Final

import pytest

from tests.tui.terminal import pty_process
from tests.tui.terminal.pty_process import PtyProcess

LOOK: Final = 0.25
"""Seconds between two looks; sums of it are exact."""
NEVER: Final = range(0)
ALWAYS: Final = range(1, 1000)


class Program:
    """Stands for a process: what it does at which look, the first of which is 1, is known beforehand."""

    pid = 0

    def __init__(
        self,
        *,
        works: Container[int],
        writes: Container[int],
        unsent: Container[int],
        unread: Container[int],
        ends: int,
    ) -> None:
        self.looks = 0
        self.chunks: list[bytes] = []
        self.changed = self._unread = self
        self._works, self._writes, self._ends = works, writes, ends
        self._unsent, self._is_unread = unsent, unread

    def __enter__(self) -> None: ...

    def __exit__(self, *_unused: object) -> None: ...

    @property
    def has_ended(self) -> bool:
        return self.looks == self._ends

    def wait_for(self, _is_there: Callable[[], bool], _seconds: float) -> None:
        self.looks += 1
        if self.looks in self._writes:
            self.chunks.append(b"words")

    @property
    def _outbox(self) -> bool:
        return self.looks in self._unsent

    def is_over(self, _pid: int) -> bool:
        return self.looks not in self._is_unread

    def _is_asleep(self) -> bool:
        return self.looks not in self._works

    def now(self) -> float:
        return self.looks * LOOK


def waited(
    monkeypatch: pytest.MonkeyPatch,
    quiet: float,
    *,
    works: Container[int] = NEVER,
    writes: Container[int] = NEVER,
    unsent: Container[int] = NEVER,
    unread: Container[int] = NEVER,
    ends: int = -1,
) -> tuple[bool, int]:
    """Return whether a program became idle within ten seconds, and at which look."""
    program: Any = Program(works=works, writes=writes, unsent=unsent, unread=unread, ends=ends)
    monkeypatch.setattr(pty_process, "time", SimpleNamespace(monotonic=program.now))
    return PtyProcess.wait_until_idle(program, 10, quiet), program.looks


def test_three_looks_in_a_row_find_it_asleep_with_all_sent_and_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert waited(monkeypatch, 0) == (True, 3)
    assert waited(monkeypatch, 0, works={3}) == (True, 6)
    assert waited(monkeypatch, 0, unsent={2}) == (True, 5)
    assert waited(monkeypatch, 0, unread={1, 2}) == (True, 5)
    assert waited(monkeypatch, 0, writes=ALWAYS) == (True, 3), "it may write unless silence is asked for"


def test_a_silence_is_counted_from_the_last_look_that_found_it_at_work_or_writing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert waited(monkeypatch, 8 * LOOK) == (True, 1 + 8)
    assert waited(monkeypatch, 8 * LOOK, writes={6}) == (True, 7 + 8)
    assert waited(monkeypatch, 8 * LOOK, works={6}) == (True, 7 + 8)
    assert waited(monkeypatch, 8 * LOOK, unsent={6}) == (True, 7 + 8)
    assert waited(monkeypatch, 8 * LOOK, unread={6}) == (True, 7 + 8)


def test_nobody_waits_longer_than_was_said_or_for_what_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = int(10 / LOOK) + 1
    assert waited(monkeypatch, 0, works=ALWAYS) == (False, looks)
    assert waited(monkeypatch, 8 * LOOK, writes=range(4, 1000, 4)) == (False, looks)
    assert waited(monkeypatch, 8 * LOOK, works=ALWAYS, ends=5) == (True, 5)
