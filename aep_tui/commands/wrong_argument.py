"""What a command says of an argument that it cannot use."""

from __future__ import annotations

from aep_tui.domain.problem import Problem


class WrongArgument(Problem):
    """An argument has a value that cannot be used: the exit code is that of wrong use."""
