"""Checks of the terminal, and quiet on it while the program starts."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import termios
import threading
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Any, Final, Self

from aep_tui.commands.wrapping import is_terminal, width_of, wrapped
from aep_tui.domain.translation import _

if TYPE_CHECKING:
    from aep_tui.tui.terminal.screen_output import ScreenOutput

LEAVE_SCREEN: Final = (
    b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # the mouse
    b"\x1b[?2004l\x1b[?2048l\x1b[?1004l\x1b[?7h"  # pastes, sizes, focus, line wrap
    b"\x1b[<u\x1b[?1049l\x1b[?25h"  # keys, alternate screen, cursor
)
"""What undoes everything that Textual switches on in a terminal."""

_LOCAL_MODES: Final = 3
"""Where echo and line editing stand in what `termios.tcgetattr` returns."""


def why_no_terminal() -> str:
    """Return why the wizard cannot be shown here, "" when it can."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty()):
        return _("aep-tui: this is not a terminal. The wizard needs one for its input and for its screen (stderr).")
    return ""


class QuietTerminal:
    """Keeps keys that are typed during the start off the main screen, and gives the terminal back as it was.

    As long as the app does not look after signals itself, SIGTERM and Ctrl+C end the program at once and quietly:
    nothing has been done yet, and modules that are half imported are no place for an exception.
    """

    def __enter__(self) -> Self:
        """Switch echo off, and look after the signals."""
        self._saved = _terminal_modes()
        self._output: ScreenOutput | None = None
        self._set_echo_off()
        self._handlers: dict[signal.Signals, Any] = {}
        self._handle(signal.SIGTERM, self._end)
        self._handle(signal.SIGINT, self._end)
        if hasattr(signal, "SIGTSTP"):
            self._handle(signal.SIGTSTP, self._stop)
        return self

    def hand_over(self, output: ScreenOutput) -> None:
        """Let the app take the terminal by `output`; echo stays off until then.

        The app keeps the modes from before, to have them again when it is suspended; it has no use for SIGINT, which
        no key sends while it runs.
        """
        self._output = output
        output.modes_before = self._saved
        for number in self._handlers.keys() - {signal.SIGTERM}:
            signal.signal(number, self._handlers.pop(number))

    def __exit__(self, *_unused: object) -> None:
        """Leave everything as it was."""
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        if self._saved is not None:
            # Textual leaves the mouse's pixel mode on.
            sys.stderr.write("\x1b[?1016l")
            sys.stderr.flush()
            self._restore_modes()

    def _handle(self, number: signal.Signals, handler: Callable[[int, FrameType | None], None]) -> None:
        before = signal.getsignal(number)
        if before is not signal.SIG_IGN and threading.current_thread() is threading.main_thread():
            self._handlers[number] = before
            signal.signal(number, handler)

    def _end(self, number: int, _frame: FrameType | None) -> None:
        """End the program; whatever it was amid, nothing of Python's runs any more."""
        if self._output is not None:
            # The writing thread may be amid switching things on.
            self._output.close()
        if self._output is not None and self._output.has_written:
            with contextlib.suppress(OSError):
                os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, LEAVE_SCREEN)
            # What the terminal answered to Textual's questions is not meant for the shell.
            with contextlib.suppress(OSError, termios.error):
                termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)
        self._restore_modes()
        os._exit(128 + number)

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        """Stop as Ctrl+Z asks for, with echo on for the shell meanwhile."""
        self._restore_modes()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, self._stop)
        self._set_echo_off()

    def _set_echo_off(self) -> None:
        if self._saved is not None:
            quiet = [*self._saved]
            quiet[_LOCAL_MODES] &= ~termios.ECHO
            _set_terminal_modes(quiet)

    def _restore_modes(self) -> None:
        if self._saved is not None:
            _set_terminal_modes(self._saved)


def _terminal_modes() -> list[Any] | None:
    try:
        return termios.tcgetattr(sys.stdin.fileno())
    except (OSError, ValueError, termios.error):
        return None


def _set_terminal_modes(modes: list[Any]) -> None:
    with contextlib.suppress(OSError, ValueError, termios.error):
        termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, modes)


def say(words: str) -> None:
    """Write words to stderr, which is where people read, wrapped to their terminal; stdout is for results."""
    lines = wrapped(words, width_of(sys.stderr)) if is_terminal(sys.stderr) else [words]
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write("".join(f"{line}\n" for line in lines))
