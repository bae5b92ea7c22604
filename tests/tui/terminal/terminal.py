"""A real terminal for tests: start a command, press keys, read the screen, wait for what should appear.

with Terminal(["aep-tui", "--practice"], environment=user_environment(home=tmp_path)) as terminal:
    terminal.wait_for_text("Welcome")
    terminal.send_keys("tab", "enter", "hello", "ctrl+q")
    assert terminal.wait_exit() == 0
    assert terminal.restoration_problems() == []
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.tui.terminal.keyboard import encode_key, encode_text, is_key
from tests.tui.terminal.protocol import Profile, Protocol
from tests.tui.terminal.pty_process import Chunk, PtyProcess, user_environment
from tests.tui.terminal.screen import Screen

QUIET_AFTER_START = 0.3
"""Seconds without a byte after which a program has started: it looks about while its first page is there."""
QUIET_AFTER_KEY = 0.1
"""Seconds of sleep without a byte after which a key has worked: Textual paints thirty times a second at least."""
_SETTINGS_CHANGED = "echo and line editing are not as before"
_SHELL_SCRIPT = f"""
before=$(stty -g)
"$@"
code=$?
[ "$(stty -g)" = "$before" ] || echo "{_SETTINGS_CHANGED}" >&2
exit $code
"""
_FROM_SHELL = ("sh", "-c", _SHELL_SCRIPT, "sh")


class TerminalError(AssertionError):
    """What was waited for did not come; the message shows the last screen."""


class Terminal:
    """A program in a terminal.

    To start a program with SIGHUP ignored, as nohup and some supervisors do, start it by
    `["sh", "-c", "trap '' HUP; exec PROGRAM"]`.

    Args:
        command: program and arguments.
        columns, rows: the size in cells.
        environment: all variables of the program; `user_environment()` when None.
        directory: where it runs; here when None.
        stdout: a file that takes standard output instead of the terminal.
        from_shell: starts the command from a shell, as people do, which looks whether echo and line editing are as
            before when the program has ended; `pid` and `kill` are the shell's then. Without a shell nobody can tell,
            because the kernel resets the terminal when the first program of a session ends.
        is_warm: whether it may be a program that has its imports behind it, see `tests.kit.warm_start`.
        profile: what the terminal understands.
        timeout: seconds that every wait has unless it says otherwise.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environment: Mapping[str, str] | None = None,
        directory: Path | None = None,
        stdout: Path | None = None,
        from_shell: bool = False,
        is_warm: bool = False,
        profile: Profile = Profile.KITTY,
        timeout: float = 60.0,
    ) -> None:
        self.timeout = timeout
        self._protocol = Protocol(columns, rows, profile)
        self._screen = Screen(columns, rows)
        self._shown_chunks = 0
        self._has_open_key = False
        self._screen_lock = threading.RLock()
        self.process = PtyProcess(
            command,
            columns=columns,
            rows=rows,
            environment=user_environment() if environment is None else environment,
            directory=directory,
            stdout=stdout,
            react=lambda data: self._protocol.feed(data, self._cursor),
            is_warm=is_warm,
            shell=_FROM_SHELL if from_shell else (),
            settings_changed=_SETTINGS_CHANGED,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The program's process id."""
        return self.process.pid

    @property
    def raw_output(self) -> bytes:
        """Every byte that the program wrote to the terminal."""
        return self.process.raw_output

    @property
    def chunks(self) -> Sequence[Chunk]:
        """What the program wrote, read by read, with its times."""
        return self.process.chunks

    @property
    def clipboard(self) -> list[str]:
        """The texts that the program copied through the terminal, in order."""
        return list(self._protocol.clipboard)

    @property
    def is_alternate_screen(self) -> bool:
        """Whether the program holds the alternate screen at this moment."""
        return bool(self._protocol.modes.get(1049))

    # -- the keyboard ----------------------------------------------------------------------------------------------

    def send_keys(self, *keys: str) -> float:
        """Press keys ("tab", "shift+tab", "ctrl+q", "f1") or type texts: what is no key's name is typed.

        What follows a key is sent when the program has dealt with that key, as a person looks before going on: Textual
        runs the actions of keys later than it inserts characters, so that "tab", "hello" in one go would type into the
        old field.

        Returns:
            When the last byte was handed over (`time.perf_counter()`).
        """
        sent_at = 0.0
        for key in keys:
            self._wait_for_the_last_key()
            self._has_open_key = is_key(key)
            flags = self._protocol.kitty_flags
            sent_at = self.process.send(encode_key(key, flags) if self._has_open_key else encode_text(key, flags))
        return sent_at

    def type_text(self, text: str) -> float:
        """Type `text` even when it is the name of a key."""
        self._wait_for_the_last_key()
        return self.process.send(encode_text(text, self._protocol.kitty_flags))

    def paste(self, text: str) -> float:
        """Paste `text`: bracketed when the program asked for that, and with carriage returns, as terminals do."""
        self._wait_for_the_last_key()
        data = text.replace("\n", "\r").encode()
        return self.process.send(b"\x1b[200~" + data + b"\x1b[201~" if self._protocol.modes.get(2004) else data)

    # -- the screen ------------------------------------------------------------------------------------------------

    def text(self) -> str:
        """Return what the screen shows now, line by line without trailing blanks."""
        with self._screen_lock:
            self._show()
            return self._screen.text()

    def has_painted(self) -> bool:
        """Return whether the alternate screen shows something and no update is half done."""
        with self._screen_lock:
            self._show()
            return self._screen.is_alternate and self._screen.has_glyphs and not self._screen.is_updating

    def wait_for_text(self, text: str, timeout: float | None = None) -> str:
        """Wait until the screen shows `text` on one line; return the whole screen.

        Raises:
            TerminalError: the time was over, or the program ended before.
        """
        return self.wait_until(lambda screen: text in screen, timeout, what=f"the text {text!r}")

    def wait_until(
        self, predicate: Callable[[str], bool], timeout: float | None = None, what: str = "the condition"
    ) -> str:
        """Wait until `predicate` holds for the screen's text; return that text.

        Raises:
            TerminalError: the time was over, or the program ended before.
        """
        process = self.process
        limit = self.timeout if timeout is None else timeout
        deadline = time.monotonic() + limit
        while True:
            with process.changed:
                count, has_ended = len(process.chunks), process.has_ended
            text = self.text()
            if not self._screen.is_updating and predicate(text):
                return text
            if has_ended:
                raise self._error(f"the program ended with {process.exit_code} before {what} came")
            has_news = process.wait_for_news(count, deadline - time.monotonic())
            if not has_news:
                raise self._error(f"{what} did not come within {limit:g} s")

    def wait_until_quiet(self, quiet: float, timeout: float | None = None) -> None:
        """Wait until the program has written nothing for `quiet` seconds, counted from now, or has ended.

        Raises:
            TerminalError: it never was quiet for so long.
        """
        process = self.process
        limit = self.timeout if timeout is None else timeout
        deadline = time.monotonic() + limit
        while True:
            if process.has_ended or not process.wait_for_news(len(process.chunks), quiet):
                return
            if time.monotonic() > deadline:
                raise self._error(f"the program was never quiet for {quiet:g} s within {limit:g} s")

    def settle(self) -> None:
        """Wait until the program has started: it has had nothing to do, and says nothing for a while.

        It may load what is needed next meanwhile.

        Raises:
            TerminalError: it never came to rest.
        """
        if not self.process.wait_until_idle(self.timeout):
            raise self._error(f"the program is never idle within {self.timeout:g} s")
        self.wait_until_quiet(QUIET_AFTER_START)

    def settle_after_key(self) -> None:
        """Wait until a key has worked: the program sleeps, and says nothing, for a while.

        Raises:
            TerminalError: it never came to rest.
        """
        if not self.process.wait_until_idle(self.timeout, QUIET_AFTER_KEY):
            raise self._error(f"the program never slept for {QUIET_AFTER_KEY:g} s within {self.timeout:g} s")

    # -- the window and the end ------------------------------------------------------------------------------------

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        with self._screen_lock:
            self._show()
            self._screen.resize(columns, rows)
        self.process.resize(columns, rows)
        self.process.send(self._protocol.resize(columns, rows))

    def kill(self, signal_number: signal.Signals = signal.SIGTERM) -> None:
        """Send a signal to the program."""
        self.process.kill(signal_number)

    def stall(self) -> None:
        """Take nothing any more that the program writes, as a frozen window does."""
        self.process.stall()

    def hang_up(self) -> None:
        """Take the terminal away, as a dropped SSH connection does."""
        self.process.hang_up()

    def wait_exit(self, timeout: float | None = None) -> int:
        """Return the exit code; negative is the number of the signal that ended the program.

        Raises:
            TerminalError: it still runs when the time is over.
        """
        try:
            return self.process.wait_exit(self.timeout if timeout is None else timeout)
        except TimeoutError as error:
            raise self._error(str(error)) from None

    def close(self) -> None:
        """End the program, if it still runs, and free the terminal."""
        self.process.close()

    def restoration_problems(self) -> list[str]:
        """Return in words what the program has left behind in the terminal; empty when all is as it was.

        Echo and line editing are looked at only when the program was started `from_shell`.
        """
        has_changed_settings = _SETTINGS_CHANGED.encode() in self.raw_output
        return self._protocol.restoration_problems() + ([_SETTINGS_CHANGED] if has_changed_settings else [])

    def terminal_is_restored(self) -> bool:
        """Return whether the terminal is as it was before the program."""
        return not self.restoration_problems()

    # -- inside ----------------------------------------------------------------------------------------------------

    def _wait_for_the_last_key(self) -> None:
        if self._has_open_key and not self.process.wait_until_idle(self.timeout):
            raise self._error(f"the program was still busy {self.timeout:g} s after a key")
        self._has_open_key = False

    def _show(self) -> None:
        """Bring the screen up to date; replaying is slow, so it is done only when somebody looks."""
        chunks = self.process.chunks
        end = len(chunks)
        for chunk in chunks[self._shown_chunks : end]:
            self._screen.feed(chunk.data)
        self._shown_chunks = end

    def _cursor(self) -> tuple[int, int]:
        with self._screen_lock:
            self._show()
            return self._screen.cursor

    def _error(self, words: str) -> TerminalError:
        return TerminalError(f"{words}; the last screen:\n{self.text()}")
