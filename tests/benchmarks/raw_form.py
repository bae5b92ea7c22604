"""The limit of the benchmark: a form painted by plain escape sequences, with no library; run as a script."""

from __future__ import annotations

import os
import termios
import tty

LABELS = ("Account", "Host", "Client", "Secret", "Version", "Remark")


def page() -> str:
    """Return the sequences of the form."""
    rows = [f"\x1b[{2 * row + 2};2H\x1b[1m{label}\x1b[m  {'_' * 40}" for row, label in enumerate(LABELS)]
    return "\x1b[?1049h\x1b[2J" + "".join(rows) + "\x1b[22;2H[ Back ]  [ Next ]\x1b[24;2HEnter Next   Ctrl+Q Quit"


def main() -> None:
    """Show the form until Ctrl+Q."""
    modes = termios.tcgetattr(0)
    tty.setraw(0)
    try:
        os.write(2, page().encode())
        while b"\x11" not in (typed := os.read(0, 100)) and typed:
            os.write(2, b"\x1b[4;12H" + typed[:1])
    finally:
        os.write(2, b"\x1b[?1049l")
        termios.tcsetattr(0, termios.TCSANOW, modes)


if __name__ == "__main__":
    main()
