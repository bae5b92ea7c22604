"""The checks before the first question: what makes them, and how a person leaves them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from aep_tui.domain.check import CheckResult, PlannedCheck, PreflightReport


class PreflightWork(Protocol):
    """What makes the checks: `preflight.run.Preflight`."""

    planned: tuple[PlannedCheck, ...]

    async def run(self, on_result: Callable[[CheckResult], None] | None = None) -> PreflightReport:
        """Make the checks; cancelling the task ends it at once."""

    def report(self) -> PreflightReport:
        """Return what is known so far."""


@dataclass(frozen=True, slots=True)
class PreflightDecision:
    """How the person left the page.

    Attributes:
        goes_on: to the next step; False is back.
        report: what was known at that moment.
    """

    goes_on: bool
    report: PreflightReport
