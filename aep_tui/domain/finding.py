"""What a rule says about a value."""

from __future__ import annotations

from enum import StrEnum

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.problem import Problem


class Severity(StrEnum):
    """An error blocks Next; a warning is shown and lets the person go on."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule found.

    Attributes:
        severity: error or warning.
        message: what is wrong and what to do, in a sentence; never the value of a secret.
        suggested_value: a certain correction that the person may take on a key press, or "".
    """

    severity: Severity
    message: str
    suggested_value: str = ""

    @property
    def is_error(self) -> bool:
        """Whether the value cannot be used."""
        return self.severity is Severity.ERROR


def error(message: str, suggested_value: str = "") -> Finding:
    """Return a finding that blocks Next."""
    return Finding(Severity.ERROR, message, suggested_value)


def error_of(problem: Problem, suggested_value: str = "") -> Finding:
    """Return a problem with a value as it stands beside its field."""
    return error(problem.advice, suggested_value)


def warning(message: str, suggested_value: str = "") -> Finding:
    """Return a finding that is shown without blocking."""
    return Finding(Severity.WARNING, message, suggested_value)
