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
from tests.tui.terminal.screen import Screen
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
        first_paint_seconds: from spawn to the first character that is shown.
    """

    seconds: float
    written_bytes: int
    processor_seconds: float
    rss: int
    pss: int
    first_paint_seconds: float


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


TAKEN_OVER = b"\x1b[?1000h"
"""What Textual writes first; before it the page may stand there without anybody behind it."""


def settle(terminal: Terminal, quiet: float, until: bytes = TAKEN_OVER) -> Start:
    """Wait until the first page is painted, `until` was written and all is silent; return what that took.

    Args:
        terminal: in which the program was started just now.
        quiet: seconds without output that count as silence.
        until: what has to be written before it counts.
    """
    process = terminal.process
    processor, count = 0.0, 0
    # The screen is replayed in the silence only; a replay beside the program would slow it down.
    while True:
        if process.wait_for_news(count, quiet if count else terminal.timeout):
            # Read at each output, so that what is done in the silence behind the last one is not counted.
            count, processor = len(process.chunks), processor_time(terminal.pid)
        elif not count or process.has_ended:
            raise SystemExit(f"the program paints nothing; it wrote:\n{terminal.text()}")
        elif until in process.raw_output and terminal.has_painted():
            break
    chunks = list(process.chunks)[:count]
    rss, pss = memory(terminal.pid)
    return Start(
        seconds=chunks[-1].at - process.started_at,
        written_bytes=total(chunks),
        processor_seconds=processor,
        rss=rss,
        pss=pss,
        first_paint_seconds=first_paint(chunks) - process.started_at,
    )


def first_paint(chunks: Sequence[Chunk], columns: int = 80, rows: int = 24) -> float:
    """Return when a character was shown for the first time (`time.perf_counter()`)."""
    screen = Screen(columns, rows)
    for chunk in chunks:
        screen.feed(chunk.data)
        if screen.has_glyphs and not screen.is_updating:
            return chunk.at
    return chunks[-1].at


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
    return _time_of(command, environment)[0]


def processor_time_of(command: Sequence[str], environment: dict[str, str]) -> float:
    """Return the processor seconds of a command whose output nobody reads; a busy machine does not add to them."""
    return _time_of(command, environment)[1]


def _time_of(command: Sequence[str], environment: dict[str, str]) -> tuple[float, float]:
    silence = [(os.POSIX_SPAWN_OPEN, descriptor, os.devnull, os.O_RDWR, 0) for descriptor in (0, 1, 2)]
    started_at = time.perf_counter()
    pid = os.posix_spawnp(command[0], list(command), environment, file_actions=silence)
    _, status, used = os.wait4(pid, 0)
    seconds = time.perf_counter() - started_at
    if status:
        raise SystemExit(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return seconds, used.ru_utime + used.ru_stime
