"""The command line."""

from __future__ import annotations

from collections.abc import Sequence

from aep_tui import commands


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code.

    Everything is imported by the first use of `run_command`, so that Ctrl+C is answered from the first moment on.
    """
    try:
        return commands.run_command(arguments)
    except KeyboardInterrupt:
        # As in `exit_codes`, whose import may be what was interrupted.
        return 130
