"""Quiet on the terminal while the program starts, and its first page as soon as there is one.

It is loaded before everything else, so it imports only what the interpreter has at hand; `typing` alone would hold the
first page back for 10 ms, as long as the interpreter takes to start.
"""

from __future__ import annotations

import os
import sys
import termios

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal
    from collections.abc import Callable
    from types import FrameType
    from typing import Any, Self

    from aep_tui.commands.welcome_painter import Painted
    from aep_tui.tui.terminal.screen_output import ScreenOutput
else:
    try:
        import _signal as signal  # what `signal` stands on; the names that it gives the numbers cost as much as a page
    except ImportError:
        import signal

ENTER_SCREEN = "\x1b[?1049h"
LEAVE_SCREEN = (
    b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # the mouse
    b"\x1b[?2004l\x1b[?2048l\x1b[?1004l\x1b[?7h"  # pastes, sizes, focus, line wrap
    b"\x1b[<u\x1b[?1049l\x1b[?25h"  # keys, alternate screen, cursor
)
"""What undoes everything that Textual switches on in a terminal."""
_LEAVE_FIRST_PAGE = b"\x1b[m\x1b[?7h\x1b[?1049l\x1b[?25h"
_SHOW_FIRST_PAGE = f"{ENTER_SCREEN}\x1b[m\x1b[?25l\x1b[?7l".encode()  # a prompt may have left a colour on
_INPUT_MODES, _LOCAL_MODES = 0, 3
"""Where they stand in what `termios.tcgetattr` returns: what becomes of Enter and Ctrl+Q, echo and line editing."""


class QuietTerminal:
    """Keeps keys that are typed during the start off the screen, and gives the terminal back as it was.

    As long as the app does not look after signals itself, they end the program at once and quietly: nothing has been
    done yet, and modules that are half imported are no place for an exception.

    Attributes:
        painted: the first page as it is shown, None when none is.
    """

    def __init__(self) -> None:
        self.painted: Painted | None = None
        self._saved: list[Any] | None = None
        self._output: ScreenOutput | None = None
        self._handlers: dict[int, Any] = {}
        self._has_begun = False

    def __enter__(self) -> Self:
        """Switch echo off, and look after the signals; nothing changes where that was done before."""
        if not self._has_begun:
            self._has_begun = True
            self._saved = _terminal_modes()
            self._set_echo_off()
            for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"):
                self._handle(name, self._end)
            self._handle("SIGTSTP", self._stop)
            self._handle("SIGCONT", self._show_again)
        return self

    def show(self, painted: Painted) -> None:
        """Show a page at once, which the app will find on the screen."""
        self.painted = painted
        # What is typed now is for the page: Enter and Ctrl+Q arrive as they are, and Backspace edits no line.
        self._set_echo_off()
        self._handle("SIGWINCH", self._show_again)
        self._show_page(painted)

    def hand_over(self, output: ScreenOutput) -> None:
        """Let the app take the terminal by `output`; echo stays off until then.

        The app keeps the modes from before, to have them again when it is suspended, and looks after Ctrl+Z by itself
        as soon as it has the terminal; it has no use for SIGINT, which no key sends while it runs.
        """
        self._output = output
        output.modes_before = self._saved
        output.is_on_its_screen = self.painted is not None
        if signal.SIGINT in self._handlers:
            signal.signal(signal.SIGINT, self._handlers.pop(signal.SIGINT))

    def hand_over_lines(self) -> list[Any] | None:
        """Let a conversation have the terminal, which looks after signals itself; return the modes from before."""
        for number in list(self._handlers):
            signal.signal(number, self._handlers.pop(number))
        return self._saved

    def __exit__(self, *_unused: object) -> None:
        """Leave everything as it was."""
        if not self._has_begun:
            return
        self._has_begun = False
        if self.painted is not None and not (self._output is not None and self._output.has_written):
            self._write(_LEAVE_FIRST_PAGE)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        if self._output is not None and self._saved is not None:
            # Textual leaves the mouse's pixel mode on, and reports of sizes when the terminal offers them late.
            self._write(b"\x1b[?1016l\x1b[?2048l")
        self._restore_modes()

    def _handle(self, name: str, handler: Callable[[int, FrameType | None], None]) -> None:
        number = getattr(signal, name, None)
        if number is None or signal.getsignal(number) == signal.SIG_IGN:
            return
        try:
            self._handlers[number] = signal.signal(number, handler)
        except ValueError:  # not in the main thread
            return

    def _end(self, number: int, _frame: FrameType | None) -> None:
        """End the program; whatever it was amid, nothing of Python's runs any more."""
        if self._output is not None:
            # The writing thread may be amid switching things on.
            self._output.close()
        if self._output is not None and self._output.has_written:
            self._write(LEAVE_SCREEN)
            # What the terminal answered to Textual's questions is not meant for the shell.
            _forget_what_was_typed()
        elif self.painted is not None:
            self._write(_LEAVE_FIRST_PAGE)
        self._restore_modes()
        os._exit(128 + number)

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        """Stop as Ctrl+Z asks for, with echo on for the shell meanwhile."""
        if self.painted is not None:
            self._write(_LEAVE_FIRST_PAGE)
        self._restore_modes()
        signal.signal(number, signal.SIG_DFL)
        goes_on = signal.signal(signal.SIGCONT, signal.SIG_DFL)  # once is enough
        os.kill(os.getpid(), number)
        signal.signal(signal.SIGCONT, goes_on or signal.SIG_DFL)
        signal.signal(number, self._stop)
        self._set_echo_off()
        if self.painted is not None:
            self._show_page(self.painted)

    def _show_again(self, _number: int, _frame: FrameType | None) -> None:
        """Show the page again, and echo nothing, after the shell had the terminal or the window was smaller.

        The app would find its page there and paint nothing. At another size it paints another page.
        """
        self._set_echo_off()
        if self.painted is not None and self._has_size_of(self.painted):
            self._write(_LEAVE_FIRST_PAGE)
            self._show_page(self.painted)

    @staticmethod
    def _has_size_of(painted: Painted) -> bool:
        try:
            columns, rows = os.get_terminal_size(sys.__stderr__.fileno() if sys.__stderr__ else 2)
        except (OSError, ValueError):
            return False
        return rows == len(painted.rows) and columns == sum(len(text) for text, _style in painted.rows[0])

    def _show_page(self, painted: Painted) -> None:
        self._write(_SHOW_FIRST_PAGE + painted.sequence.encode())

    def _set_echo_off(self) -> None:
        if self._saved is not None:
            quiet = [*self._saved]
            quiet[_LOCAL_MODES] &= ~termios.ECHO
            if self.painted is not None:
                quiet[_LOCAL_MODES] &= ~termios.ICANON
                quiet[_INPUT_MODES] &= ~(termios.ICRNL | termios.IXON)
            _set_terminal_modes(quiet)

    def _restore_modes(self) -> None:
        if self._saved is not None:
            _set_terminal_modes(self._saved)

    @staticmethod
    def _write(data: bytes) -> None:
        try:
            os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, data)
        except OSError:
            return  # the terminal is gone


def forget_unwritten() -> None:
    """Forget words that nobody takes, because the terminal is gone, who reads them has left, or the disk is full.

    The interpreter would try once more at its end, fail again, and end with 120 whatever the exit code was.
    """
    for name in ("stdout", "stderr"):
        try:
            if stream := getattr(sys, name):
                stream.flush()
        except (OSError, ValueError):
            setattr(sys, name, None)


def _terminal_modes() -> list[Any] | None:
    try:
        return termios.tcgetattr(sys.stdin.fileno())
    except (OSError, ValueError, termios.error):
        return None


def _forget_what_was_typed() -> None:
    try:
        termios.tcflush(sys.stdin.fileno(), termios.TCIFLUSH)
    except (OSError, termios.error):
        return


def _set_terminal_modes(modes: list[Any]) -> None:
    try:
        termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, modes)
    except (OSError, ValueError, termios.error):
        return
