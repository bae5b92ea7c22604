"""Textual's driver for terminals, with a keyboard that nothing can break."""

from __future__ import annotations

import os
import selectors
import time
from typing import Final

from textual.drivers.linux_driver import LinuxDriver

from aep_tui.tui.terminal.input_reader import InputReader

SECONDS_BETWEEN_LOOKS: Final = 0.1
SECONDS_BETWEEN_LOOKS_WHILE_UNFINISHED: Final = 0.02
LARGEST_READ: Final = 4096


class TerminalDriver(LinuxDriver):
    """Reads the keyboard by `InputReader`."""

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
            self.process_message(message)
