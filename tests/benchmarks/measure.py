"""What one run of a program in a terminal costs: time, bytes, processor time, memory."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.tui.terminal.journeys import Page
from tests.tui.terminal.pty_process import Chunk
from tests.tui.terminal.terminal import Terminal

KEY_LIMIT = 0.4
"""Seconds after which a key counts as unanswered."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program and what to press in it.

    Attributes:
        command: program and arguments.
        pages: from the first to the last; the step from each to the next is measured.
        keys_page: name of the page on which single keys are measured.
    """

    command: Sequence[str]
    pages: Sequence[Page]
    keys_page: str


@dataclass(frozen=True, slots=True)
class Start:
    """A start up to the settled first page: the last output before a silence, not before something was painted.

    Attributes:
        seconds: from spawn to the last output.
        written_bytes: what was written until then.
        processor_seconds: of the process and its children.
        rss, pss: memory in bytes when settled; PSS counts a shared page by its share.
    """

    seconds: float
    written_bytes: int
    processor_seconds: float
    rss: int
    pss: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a key or a step brought.

    Attributes:
        name: of the key or step.
        seconds: from the last byte sent to the last output before a silence; 0 when nothing came.
        written_bytes: the output.
    """

    name: str
    seconds: float
    written_bytes: int


@dataclass(frozen=True, slots=True)
class Idle:
    """A time in which nobody touches anything.

    Attributes:
        name: of the page.
        written_bytes: the output.
        processor_seconds: of the process and its children.
    """

    name: str
    written_bytes: int
    processor_seconds: float


def settle(terminal: Terminal, quiet: float) -> Start:
    """Wait until the first page is painted and silent for `quiet` seconds; return what that took."""
    process = terminal.process
    terminal.wait_until_quiet(quiet)
    # The screen is replayed in the silence only; a replay beside the program would slow it down.
    while not terminal.has_painted():
        count = len(process.chunks)
        process.wait_for_news(count, terminal.timeout)
        if process.has_ended or len(process.chunks) == count:
            raise SystemExit(f"the program paints nothing; it wrote:\n{terminal.text()}")
        terminal.wait_until_quiet(quiet)
    chunks = list(process.chunks)
    rss, pss = memory(terminal.pid)
    return Start(
        seconds=chunks[-1].at - process.started_at,
        written_bytes=total(chunks),
        processor_seconds=processor_time(terminal.pid),
        rss=rss,
        pss=pss,
    )


def press(terminal: Terminal, name: str, keys: Sequence[str], quiet: float) -> Answer:
    """Press `keys` and wait for a silence; return what the last of them brought."""
    if keys[:-1]:
        terminal.send_keys(*keys[:-1])
        terminal.wait_until_quiet(quiet)
    process = terminal.process
    before = len(process.chunks)
    sent_at = terminal.send_keys(keys[-1])
    process.wait_for_news(before, KEY_LIMIT)
    terminal.wait_until_quiet(quiet)
    chunks = process.chunks[before:]
    return Answer(name, chunks[-1].at - sent_at if chunks else 0.0, total(chunks))


def stay_idle(terminal: Terminal, name: str, seconds: float) -> Idle:
    """Touch nothing for `seconds`; return what the program did all the same."""
    process = terminal.process
    before, processor_before = len(process.chunks), processor_time(terminal.pid)
    deadline = time.perf_counter() + seconds
    while (left := deadline - time.perf_counter()) > 0:
        process.wait_for_news(len(process.chunks), left)
    return Idle(name, total(process.chunks[before:]), processor_time(terminal.pid) - processor_before)


def total(chunks: Iterable[Chunk]) -> int:
    """Return the number of bytes in `chunks`."""
    return sum(len(chunk.data) for chunk in chunks)


def processor_time(pid: int) -> float:
    """Return user and system seconds of a process and its children, in nanosecond steps (from /proc, schedstat)."""
    seconds = 0.0
    for process in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True)):
        for task in Path(f"/proc/{process.pid}/task").iterdir():
            seconds += int((task / "schedstat").read_text().split()[0]) / 1e9
    return seconds


def memory(pid: int) -> tuple[int, int]:
    """Return RSS and PSS in bytes of a process and its children."""
    rss = pss = 0
    for process in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True)):
        for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines():
            match line.split():
                case ["Rss:", kilobytes, "kB"]:
                    rss += int(kilobytes) * 1024
                case ["Pss:", kilobytes, "kB"]:
                    pss += int(kilobytes) * 1024
    return rss, pss


def wall_time(command: Sequence[str], environment: dict[str, str]) -> float:
    """Return the seconds from the start to the end of a command whose output nobody reads."""
    silence = [(os.POSIX_SPAWN_OPEN, descriptor, os.devnull, os.O_RDWR, 0) for descriptor in (0, 1, 2)]
    started_at = time.perf_counter()
    pid = os.posix_spawnp(command[0], list(command), environment, file_actions=silence)
    _, status = os.waitpid(pid, 0)
    seconds = time.perf_counter() - started_at
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return seconds
