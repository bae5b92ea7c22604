"""A program in a pseudo-terminal: bytes in, bytes out, signals and hang-up.

Needs Linux (pidfd, eventfd). Everything that touches the pty happens in one thread; it only stamps and stores what the
program writes, so that reading is never slower than a real terminal's.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import termios
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tests.kit.warm_start import start_warm

# A test runner started by nohup or in the background would hand its ignored signals down.
_DEFAULT_SIGNALS = (
    signal.SIGHUP,
    signal.SIGINT,
    signal.SIGQUIT,
    signal.SIGTERM,
    signal.SIGPIPE,
    signal.SIGTSTP,
    signal.SIGTTIN,
    signal.SIGTTOU,
)

_LOOK_PERIOD = 0.005
_USUAL_LOOKS = 3
_LONGEST_DELIVERY = 1.0
"""Seconds after which nobody waits any more for what was typed to be read: a program may leave it unread."""
_KEYS_OF_THE_TERMINAL = b"\x03\x1a\x1c"
"""Ctrl+C, Ctrl+Z and Ctrl+\\: a terminal may make signals of them, which nobody reads."""


class Chunk(NamedTuple):
    """One read from the program.

    Attributes:
        at: `time.perf_counter()` of the read.
        data: the bytes.
    """

    at: float
    data: bytes


def user_environment(home: Path | None = None, **extra: str) -> dict[str, str]:
    """Return the environment of a person at a capable terminal, without anything of the developer's own.

    Args:
        home: the home directory, where configuration and state go; the present one when None.
        extra: more variables.
    """
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    fixed = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "TZ": "UTC"}
    return kept | fixed | ({"HOME": str(home)} if home else {}) | extra


@dataclass(frozen=True, slots=True)
class _Unread:
    """What was typed and may still lie in the kernel, which hands it over when it finds the time.

    Attributes:
        bytes: how many were typed since the last time that all was read.
        read_before: how many bytes of any kind the program had read by then.
        until: `time.monotonic()` after which it counts as never read.
    """

    bytes: int = 0
    read_before: int = 0
    until: float = 0.0

    def with_more(self, count: int, read_before: int) -> _Unread:
        """Return it with so many bytes more; `read_before` is what the program had read before they were typed."""
        until = time.monotonic() + _LONGEST_DELIVERY
        is_all_read = read_before - self.read_before >= self.bytes
        return (
            _Unread(count, read_before, until) if is_all_read else _Unread(self.bytes + count, self.read_before, until)
        )

    def is_over(self, pid: int) -> bool:
        """Whether the program has read that much since, or leaves it unread, or nobody can tell."""
        read = _bytes_read_by(pid)
        return not read or read - self.read_before >= self.bytes or time.monotonic() > self.until


class PtyProcess:
    """Starts a command in a pseudo-terminal of its own, as the leader of a session whose terminal it is.

    Args:
        command: program and arguments; the program is looked up in the PATH of this process.
        columns, rows: the size in cells.
        environment: all variables of the program.
        directory: where it runs; here when None.
        stdout: a file that takes standard output instead of the terminal, as `> FILE` does.
        react: called in the reading thread with each chunk; what it returns is sent back to the program.
        is_warm: whether it may be a program that has its imports behind it, see `tests.kit.warm_start`.
        shell: what starts the command, and is told the command as its last arguments.
        settings_changed: what the shell says when the terminal's settings have changed.

    Attributes:
        chunks: what the program wrote to the terminal so far; only ever appended to.
        started_at, ended_at: `time.perf_counter()` before the start and after the end (None while it runs).
        exit_code: None while it runs; the number of the signal, negative, when a signal ended it.
        changed: notified whenever one of these changed.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int,
        rows: int,
        environment: Mapping[str, str],
        directory: Path | None = None,
        stdout: Path | None = None,
        react: Callable[[bytes], bytes] = lambda data: b"",
        is_warm: bool = False,
        shell: Sequence[str] = (),
        settings_changed: str = "",
    ) -> None:
        self.chunks: list[Chunk] = []
        self.ended_at: float | None = None
        self.exit_code: int | None = None
        self.changed = threading.Condition()
        self._react = react
        self._outbox = b""
        self._unread = _Unread()
        self._is_stalled = False
        self._is_hanging_up = False
        self._is_hung_up = False
        self._master, slave = os.openpty()
        os.set_blocking(self._master, False)
        self._name = os.ttyname(slave)
        self._set_size(columns, rows)
        self.started_at = time.perf_counter()
        warm = (
            start_warm(
                command,
                terminal=self._name,
                stdout=stdout,
                environment=environment,
                directory=directory,
                default_signals=_DEFAULT_SIGNALS,
                settings_changed=settings_changed if shell else "",
            )
            if is_warm
            else None
        )
        self.pid = _start([*shell, *command], self._name, stdout, environment, directory) if warm is None else warm
        os.close(slave)
        self._wake_up = os.eventfd(0, os.EFD_NONBLOCK)
        self._pidfd = os.pidfd_open(self.pid)
        self._thread = threading.Thread(target=self._run, name=f"pty of {self.pid}", daemon=True)
        self._thread.start()

    @property
    def raw_output(self) -> bytes:
        """All that the program wrote to the terminal."""
        return b"".join(chunk.data for chunk in list(self.chunks))

    @property
    def has_ended(self) -> bool:
        """Whether the program has ended."""
        return self.exit_code is not None

    def send(self, data: bytes) -> float:
        """Send bytes to the program, as if typed; return when (`time.perf_counter()`)."""
        read_before = _bytes_read_by(self.pid)
        with self.changed:
            self._outbox += data
            self._unread = self._unread.with_more(len(data.translate(None, _KEYS_OF_THE_TERMINAL)), read_before)
        sent_at = time.perf_counter()
        self._wake()
        return sent_at

    def resize(self, columns: int, rows: int) -> None:
        """Change the size; the kernel tells the program by SIGWINCH."""
        self._set_size(columns, rows)

    def kill(self, signal_number: signal.Signals) -> None:
        """Send a signal to the program; nothing happens when it has ended."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal_number)

    def stall(self) -> None:
        """Read nothing any more that the program writes, as a frozen window does, until it has ended."""
        with self.changed:
            self._is_stalled = True
        self._wake()

    def has_room(self) -> bool:
        """Return whether the terminal takes what the program writes."""
        terminal = os.open(self._name, os.O_WRONLY | os.O_NOCTTY)
        try:
            poll = select.poll()
            poll.register(terminal, select.POLLOUT)
            return bool(poll.poll(0))
        finally:
            os.close(terminal)

    def hang_up(self) -> None:
        """Take the terminal away, as a dropped SSH connection does; return when it is gone."""
        with self.changed:
            self._is_hanging_up = True
        self._wake()
        with self.changed:
            self.changed.wait_for(lambda: self._is_hung_up or self.has_ended)

    def wait_for_news(self, count: int, timeout: float) -> bool:
        """Wait until there are more than `count` chunks or the program has ended; return whether that came."""
        with self.changed:
            return self.changed.wait_for(lambda: len(self.chunks) != count or self.has_ended, max(0.0, timeout))

    def wait_until_idle(self, timeout: float, quiet: float = 0.0) -> bool:
        """Wait until the program has taken all input and it and its children sleep; return whether that came.

        A thread that waits for a processor counts as awake, and what the kernel has not handed over yet as not taken,
        so that this holds on a busy machine too. The state is looked at three times, because a thread falls asleep for
        an instant when it hands work to another.

        Args:
            timeout: seconds after which nobody waits any more.
            quiet: seconds for which it also has to sleep and write nothing; how long it waits for a processor is none
                of them.
        """
        deadline = time.monotonic() + timeout
        looks_asleep, asleep_since, written = 0, 0.0, len(self.chunks)
        while not self.has_ended and (looks_asleep < _USUAL_LOOKS or time.monotonic() - asleep_since < quiet):
            if time.monotonic() > deadline:
                return False
            with self.changed:
                self.changed.wait_for(lambda: self.has_ended, _LOOK_PERIOD)
            has_taken_all = not self._outbox and self._unread.is_over(self.pid)
            is_quiet = not quiet or written == len(self.chunks)
            looks_asleep = looks_asleep + 1 if has_taken_all and is_quiet and self._is_asleep() else 0
            if looks_asleep <= 1:
                asleep_since, written = time.monotonic(), len(self.chunks)
        return True

    def wait_exit(self, timeout: float) -> int:
        """Return the exit code (negative: a signal's number).

        Raises:
            TimeoutError: it still runs after `timeout` seconds.
        """
        with self.changed:
            if not self.changed.wait_for(lambda: self.has_ended, timeout):
                raise TimeoutError(f"still running after {timeout} s")
        assert self.exit_code is not None
        return self.exit_code

    def close(self) -> None:
        """End the program and everything in its session's foreground, and free the terminal; may be called twice."""
        if not self._thread.is_alive() and self._pidfd < 0:
            return
        if not self.has_ended:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            self.kill(signal.SIGKILL)
        self._thread.join()
        if not self._is_hung_up:
            os.close(self._master)
            self._is_hung_up = True
        os.close(self._pidfd)
        os.close(self._wake_up)
        self._pidfd = -1

    def _is_asleep(self) -> bool:
        try:
            return all(state == "S" for state in _thread_states(self.pid))
        except OSError:  # a thread, or a program, has just ended
            return False

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _wake(self) -> None:
        with suppress(OSError):  # after the end nobody listens
            os.eventfd_write(self._wake_up, 1)

    def _run(self) -> None:
        poll = select.poll()
        poll.register(self._pidfd, select.POLLIN)
        poll.register(self._wake_up, select.POLLIN)
        while not self.has_ended:
            if self._is_hanging_up and not self._is_hung_up:
                self._drop_terminal(poll)
            if not self._is_hung_up:
                reading = 0 if self._is_stalled else select.POLLIN
                poll.register(self._master, reading | (select.POLLOUT if self._outbox else 0))
            for descriptor, events in poll.poll():
                if descriptor == self._wake_up:
                    os.eventfd_read(self._wake_up)
                elif descriptor == self._pidfd:
                    self._reap()
                elif descriptor == self._master:
                    if events & select.POLLOUT:
                        self._write()
                    if events & ~select.POLLOUT and not self._read():
                        # Everybody has closed the terminal; only the end of the program is left to come.
                        self._drop_terminal(poll)

    def _drop_terminal(self, poll: select.poll) -> None:
        with suppress(KeyError):
            poll.unregister(self._master)
        os.close(self._master)
        with self.changed:
            self._is_hung_up = True
            self.changed.notify_all()

    def _read(self) -> bool:
        """Take what is there; return False when the other side of the terminal is closed."""
        try:
            data = os.read(self._master, 65536)
        except BlockingIOError:
            return True
        except OSError:
            return False
        read_at = time.perf_counter()
        with self.changed:
            self.chunks.append(Chunk(read_at, data))
            self._outbox += self._react(data)
            self.changed.notify_all()
        return True

    def _write(self) -> None:
        with self.changed, suppress(BlockingIOError):
            self._outbox = self._outbox[os.write(self._master, self._outbox) :]

    def _reap(self) -> None:
        _, status = os.waitpid(self.pid, 0)
        ended_at = time.perf_counter()
        count = -1
        while not self._is_hung_up and count != len(self.chunks):
            count = len(self.chunks)
            self._read()
        with self.changed:
            self.ended_at = ended_at
            self.exit_code = os.waitstatus_to_exitcode(status)
            self.changed.notify_all()


def _start(
    command: Sequence[str], terminal: str, stdout: Path | None, environment: Mapping[str, str], directory: Path | None
) -> int:
    # The first terminal that the leader of a new session opens becomes its controlling terminal.
    actions: list[tuple[object, ...]] = [(os.POSIX_SPAWN_OPEN, 0, terminal, os.O_RDWR, 0)]
    if stdout is None:
        actions.append((os.POSIX_SPAWN_DUP2, 0, 1))
    else:
        actions.append((os.POSIX_SPAWN_OPEN, 1, str(stdout), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    actions.append((os.POSIX_SPAWN_DUP2, 0, 2))
    arguments = [*(["env", f"--chdir={directory}"] if directory else []), *command]
    return os.posix_spawnp(
        arguments[0],
        arguments,
        dict(environment),
        file_actions=actions,
        setsid=True,
        setsigdef=_DEFAULT_SIGNALS,
    )


def _bytes_read_by(pid: int) -> int:
    """Return how many bytes a process and its children have read from anywhere; 0 where nobody counts them."""
    count = 0
    with suppress(OSError, ValueError):  # it has ended, or the kernel does not count
        count = int(Path(f"/proc/{pid}/io").read_text().split()[1])
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                count += _bytes_read_by(int(child))
    return count


def _thread_states(pid: int) -> Iterator[str]:
    """Yield the state (R running or ready, S asleep, D at the disk...) of each thread of a process and its children."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        yield (task / "stat").read_text().rpartition(")")[2].split()[0]
        for child in (task / "children").read_text().split():
            yield from _thread_states(int(child))
