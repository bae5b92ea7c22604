"""Echo and line editing of a terminal: off while the program talks, as they were while its shell does."""

from __future__ import annotations

import os
import signal
import termios
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any, Final

_LOCAL_MODES: Final = 3
_CONTROL_CHARACTERS: Final = 6
"""Where they stand in what `termios.tcgetattr` returns."""


class KeyboardModes:
    """Keeps echo and line editing of a terminal off, also when the program was stopped and goes on.

    A shell takes the terminal back when the program stops, and many switch echo on for themselves. What is typed after
    "fg" may be a secret, so the modes are set again before anything is read.
    """

    def __init__(self, keyboard: int, on_return: Callable[[], None], before: list[Any] | None = None) -> None:
        """Change nothing yet.

        Args:
            keyboard: the file descriptor of the terminal.
            on_return: is called when the program goes on in the foreground after it was stopped.
            before: the modes that it gets back; the present ones when left out.
        """
        self._keyboard = keyboard
        self._on_return = on_return
        self._before = before
        self._handlers: dict[signal.Signals, Any] = {}

    def take(self) -> None:
        """Switch echo and line editing off; keys still send signals. Nothing happens where this is no terminal."""
        if self._before is None:
            with suppress(OSError, termios.error):
                self._before = termios.tcgetattr(self._keyboard)
        if self._before is None:
            return
        self._handle(signal.SIGTSTP, self._stop)
        self._handle(signal.SIGCONT, self._go_on)
        self._switch_off()

    def give_back(self) -> None:
        """Set the modes from before."""
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._handlers.clear()
        self._set(self._before, termios.TCSADRAIN)

    def _handle(self, number: signal.Signals, handler: Callable[[int, FrameType | None], None]) -> None:
        if signal.getsignal(number) is not signal.SIG_IGN:
            with suppress(ValueError):  # not in the main thread
                self._handlers[number] = signal.signal(number, handler)

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        """Stop as Ctrl+Z asks for, with the modes of the shell meanwhile."""
        self._set(self._before, termios.TCSANOW)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, self._stop)
        self._switch_off()

    def _go_on(self, _number: int, _frame: FrameType | None) -> None:
        """Take the terminal from the shell again, whoever has stopped the program."""
        self._switch_off()
        if self._is_in_the_foreground():
            self._on_return()

    def _switch_off(self) -> None:
        if self._before is None:
            return
        modes = [*self._before]
        modes[_LOCAL_MODES] &= ~(termios.ECHO | termios.ICANON)
        modes[_CONTROL_CHARACTERS] = [*modes[_CONTROL_CHARACTERS]]
        modes[_CONTROL_CHARACTERS][termios.VMIN] = 1
        modes[_CONTROL_CHARACTERS][termios.VTIME] = 0
        self._set(modes, termios.TCSANOW)

    def _set(self, modes: list[Any] | None, when: int) -> None:
        if modes is not None and self._is_in_the_foreground():
            with suppress(OSError, termios.error):
                termios.tcsetattr(self._keyboard, when, modes)

    def _is_in_the_foreground(self) -> bool:
        """Return whether the terminal is the program's; in the background, to set modes would stop it at once."""
        try:
            return os.tcgetpgrp(self._keyboard) == os.getpgrp()
        except OSError:  # it is nobody's: no shell looks after it
            return True
