"""Text on the main screen, where the terminal's own selection and copying work."""

from __future__ import annotations

import os
import signal
import sys
import termios
import tty
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from textual.app import SuspendNotSupported

from aep_tui.domain.safe_text import without_control_characters
from aep_tui.domain.translation import _
from aep_tui.tui.dialogs.modals import TextModal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.screen import Screen

_LOCAL_MODES: Final = 3
"""Where they stand in what `termios.tcgetattr` returns."""
_ERASED_LINE: Final = "\r\x1b[2K"


def show_plain_text(screen: Screen[None], title: str, text: str) -> None:
    """Leave the wizard's screen, print `text` unwrapped and without frames, and come back on any key.

    Where the app cannot be suspended the text is shown on a page instead. `text` never holds a secret.
    """
    try:
        with screen.app.suspend(), _default_signals():
            sys.stderr.write(f"{title}\n\n{without_control_characters(text, keep_newlines=True)}\n\n")
            sys.stderr.write(_("Press any key to go back to the wizard."))
            sys.stderr.flush()
            _wait_for_a_key()
            # The text stays in the scrollback, where people look for it; the prompt would ask for ever.
            sys.stderr.write(_ERASED_LINE)
            sys.stderr.flush()
    except SuspendNotSupported:
        screen.app.push_screen(TextModal(title, text))


def _wait_for_a_key() -> None:
    """Wait for any key, which is not echoed; what belongs to the same key, for example an arrow, is taken away too."""
    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    try:
        tty.setcbreak(keyboard)
        # Ctrl+C is a key too: who copies by habit comes back, and does not end the program behind the text.
        modes = termios.tcgetattr(keyboard)
        modes[_LOCAL_MODES] &= ~termios.ISIG
        termios.tcsetattr(keyboard, termios.TCSANOW, modes)
        os.read(keyboard, 1024)
    finally:
        termios.tcsetattr(keyboard, termios.TCSAFLUSH, before)


@contextmanager
def _default_signals() -> Iterator[None]:
    """Let a signal end the program at once while it waits for Enter; the terminal is in order then."""
    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
    handlers = [signal.getsignal(number) for number in numbers]
    for number in numbers:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        for number, handler in zip(numbers, handlers, strict=True):
            signal.signal(number, handler)
