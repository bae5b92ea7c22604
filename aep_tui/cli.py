"""The command line."""

from __future__ import annotations

from aep_tui import commands
from aep_tui.commands.first_paint import show_first_page
from aep_tui.commands.quiet_terminal import forget_unwritten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code.

    Everything is imported by the first use of `run_command`, so that Ctrl+C is answered from the first moment on, and
    the first page is shown as soon as the interpreter runs.
    """
    terminal = None
    try:
        terminal = show_first_page(arguments)
        return commands.run_command(arguments, terminal)
    except KeyboardInterrupt:
        # As in `exit_codes`, whose import may be what was interrupted.
        return 130
    finally:
        if terminal is not None:
            terminal.__exit__()
        forget_unwritten()
