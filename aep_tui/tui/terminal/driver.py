"""Textual's driver for terminals, with a keyboard that nothing can break."""

from __future__ import annotations

import os
import select
import selectors
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from textual.drivers.linux_driver import LinuxDriver

from aep_tui.tui.terminal.input_reader import BackgroundTold, InputReader
from aep_tui.tui.terminal.screen_output import ScreenOutput

if TYPE_CHECKING:
    from textual.app import App

SECONDS_BETWEEN_LOOKS: Final = 0.1
SECONDS_BETWEEN_LOOKS_WHILE_UNFINISHED: Final = 0.02
LARGEST_READ: Final = 4096
SECONDS_FOR_A_LATE_ANSWER = 0.1
"""What comes after these seconds at the end goes to the shell, which would take it for typed."""
ASK_FOR_BACKGROUND: Final = "\x1b]11;?\x1b\\"
"""The answer comes whenever it comes, as `BackgroundTold`; many terminals give none."""


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
        stops = signal.getsignal(signal.SIGTSTP)
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        # Until the terminal is taken, who has it answers Ctrl+Z.
        signal.signal(signal.SIGTSTP, stops or signal.SIG_DFL)
        self._asks_background = isinstance(app, AsksBackground) and app.asks_background
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
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._output is not None and self._output.modes_before is not None:
            self.attrs_before = self._output.modes_before
        if self._asks_background:
            self._no_answer_is_due.clear()
            self.write(ASK_FOR_BACKGROUND)

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
        reader = InputReader(monotonic=time.monotonic)
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                try:
                    self._read(reader, selector)
                except OSError:
                    # The terminal is gone or not there for the moment; the app looks whether it comes back.
                    self.exit_event.wait(SECONDS_BETWEEN_LOOKS)
                except Exception:  # no bytes end the program
                    reader = InputReader(monotonic=time.monotonic)

    def _read(self, reader: InputReader, selector: selectors.BaseSelector) -> None:
        timeout = SECONDS_BETWEEN_LOOKS_WHILE_UNFINISHED if reader.is_waiting else SECONDS_BETWEEN_LOOKS
        if selector.select(timeout):
            data = os.read(self.fileno, LARGEST_READ)
            if not data:
                self.exit_event.wait(SECONDS_BETWEEN_LOOKS)
            messages = reader.feed(data)
        else:
            messages = reader.tick()
        for message in messages:
            if isinstance(message, BackgroundTold):
                self._no_answer_is_due.set()
            self.process_message(message)
