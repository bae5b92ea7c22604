"""Textual's driver for terminals, with a keyboard that nothing can break."""

from __future__ import annotations

import asyncio
import os
import select
import selectors
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from aep_tui.tui.terminal.input_reader import BackgroundTold, InputReader
from aep_tui.tui.terminal.screen_output import ScreenOutput
from aep_tui.tui.terminal.window_size import WindowChanged

if TYPE_CHECKING:
    from textual.app import App

KEYBOARD_POLL_SECONDS: Final = 0.1
UNFINISHED_KEY_POLL_SECONDS: Final = 0.02
LARGEST_READ: Final = 4096
SECONDS_FOR_A_LATE_ANSWER = 0.1
"""What comes after these seconds at the end goes to the shell, which would take it for typed."""
ASK_FOR_BACKGROUND: Final = "\x1b]11;?\x1b\\"
"""The answer comes whenever it comes, as `BackgroundTold`; many terminals give none."""
_SIGNALS_OF_A_STOP: Final = (signal.SIGTSTP, signal.SIGCONT)


@runtime_checkable
class HasScreenOutput(Protocol):
    """An app that says where its screen goes."""

    screen_output: ScreenOutput


@runtime_checkable
class AsksBackground(Protocol):
    """An app that says whether it wants to know the terminal's background."""

    asks_background: bool


class TerminalDriver(LinuxDriver):
    """Reads the keyboard by `InputReader`, and writes by the app's `ScreenOutput`."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        before = {number: signal.getsignal(number) for number in _SIGNALS_OF_A_STOP}
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        # Until the terminal is taken, who has it answers Ctrl+Z, and paints its page again afterwards.
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
        self._asks_background = isinstance(app, AsksBackground) and app.asks_background
        self._reader = InputReader(monotonic=time.monotonic)
        self._no_answer_is_due = threading.Event()
        self._no_answer_is_due.set()
        self._holds_terminal = False
        if isinstance(app, HasScreenOutput):
            self._output: ScreenOutput | None = app.screen_output
            self._file = app.screen_output  # type: ignore[assignment]
        else:
            self._output = None

    def _get_terminal_size(self) -> tuple[int, int]:
        """Return columns and rows of the terminal drawn on; Textual asks standard output, which may be a file."""
        try:
            columns, rows = os.get_terminal_size(sys.__stderr__.fileno() if sys.__stderr__ else 2)
        except (OSError, ValueError):
            columns = rows = 0
        return (columns, rows) if columns and rows else super()._get_terminal_size()

    def start_application_mode(self) -> None:
        """Take the terminal; its modes are kept as they were before the program, which has switched echo off."""
        self._holds_terminal = True
        signal.signal(signal.SIGTSTP, self._sigtstp_application)
        signal.signal(signal.SIGCONT, self._sigcont_application)
        # A change of the window that comes meanwhile is told by who has the terminal then.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGWINCH})
        try:
            super().start_application_mode()  # type: ignore[no-untyped-call]
            self._tell_changes_of_the_window()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGWINCH})
        if self._output is not None and self._output.modes_before is not None:
            self.attrs_before = self._output.modes_before
        if self._asks_background:
            self._no_answer_is_due.clear()
            self.write(ASK_FOR_BACKGROUND)

    def _tell_changes_of_the_window(self) -> None:
        """Tell the app of every change, before Textual tells it of another size.

        Two that cancel each other out may be one signal, and the terminal has lost a part of the page all the same. A
        signal that comes while the one before is answered would tell its size first, and the old one would stay.
        """
        tell_size = signal.getsignal(signal.SIGWINCH)
        loop = asyncio.get_running_loop()

        def tell() -> None:
            self.send_message(WindowChanged(Size(*self._get_terminal_size())))
            if callable(tell_size):
                tell_size(signal.SIGWINCH, None)

        signal.signal(signal.SIGWINCH, lambda _number, _frame: loop.call_soon_threadsafe(tell))

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self._holds_terminal = False
        super().stop_application_mode()

    def _sigcont_application(self, *_unused: object) -> None:
        """Take the terminal again after a stop: one thread reads, one writes, and the page is painted anew.

        A hang-up sends this signal too, and it may come while the program leaves: then there is nothing to take, and
        nobody would end the threads that are started.
        """
        is_held = self._holds_terminal and not self._is_gone()
        if is_held:
            self.suspend_application_mode()
        if is_held or self._must_signal_resume:
            self._must_signal_resume = True
            super()._sigcont_application()

    def _is_gone(self) -> bool:
        """Return whether the terminal has hung up."""
        poll = select.poll()
        poll.register(self.fileno, 0)
        return any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _fd, event in poll.poll(0))

    def disable_input(self) -> None:
        """Stop reading and drop what was not read; an answer that is on its way is given a moment to come."""
        self._no_answer_is_due.wait(SECONDS_FOR_A_LATE_ANSWER)
        self._no_answer_is_due.set()  # Textual comes here twice; one wait is enough
        super().disable_input()

    def run_input_thread(self) -> None:
        """Read until the program leaves the terminal. Whatever comes, and whatever fails, reading goes on."""
        self._reader.cut()
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                try:
                    self._read(selector)
                except OSError:
                    # The terminal is gone or not there for the moment; the app looks whether it comes back.
                    self.exit_event.wait(KEYBOARD_POLL_SECONDS)
                except Exception:  # no bytes end the program
                    self._reader = InputReader(monotonic=time.monotonic)

    def _read(self, selector: selectors.BaseSelector) -> None:
        timeout = UNFINISHED_KEY_POLL_SECONDS if self._reader.is_waiting else KEYBOARD_POLL_SECONDS
        if selector.select(timeout):
            data = os.read(self.fileno, LARGEST_READ)
            if not data:
                self.exit_event.wait(KEYBOARD_POLL_SECONDS)
            messages = self._reader.feed(data)
        else:
            messages = self._reader.tick()
        for message in messages:
            if isinstance(message, BackgroundTold):
                self._no_answer_is_due.set()
            self.process_message(message)
