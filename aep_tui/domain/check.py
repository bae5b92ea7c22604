"""What a check of the set-up found: one result a check, and the report of them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from types import MappingProxyType

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.problem import Problem
from aep_tui.domain.translation import _


class CheckState(StrEnum):
    """How a check ended; the value is what scripts read."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    SKIPPED = "skipped"

    @property
    def label(self) -> str:
        """The word that people read."""
        return {
            CheckState.OK: _("OK"),
            CheckState.WARNING: _("Warning"),
            CheckState.FAILED: _("Failed"),
            CheckState.SKIPPED: _("Skipped"),
        }[self]


@dataclass(frozen=True, slots=True)
class PlannedCheck:
    """A check that will be made.

    Attributes:
        id: stable, for scripts, for example "sandbox" or "connection-spec.salesforce".
        name: for people.
    """

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found.

    Attributes:
        id: stable, for scripts, for example "sandbox" or "connection-spec.salesforce".
        name: for people.
        state: ok, warning, failed or skipped.
        seconds: how long the check took; of checks that share a request, how long that took.
        reason: what was found, in sentences, without secrets and control characters.
        what_to_do: in a sentence; "" when there is nothing to do.
        who_can_do_it: for example "your Platform administrator"; "" when there is nothing to do.
        problem: the failure behind it; None where the check itself found what is wrong.
    """

    id: str
    name: str
    state: CheckState
    seconds: float
    reason: str
    what_to_do: str = ""
    who_can_do_it: str = ""
    problem: Problem | None = field(default=None, compare=False, repr=False)

    def as_json(self) -> dict[str, object]:
        """Return it with the keys that scripts rely on; seconds have three digits."""
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state.value,
            "seconds": round(self.seconds, 3),
            "reason": self.reason,
            "what_to_do": self.what_to_do,
            "who_can_do_it": self.who_can_do_it,
        }


@dataclass(frozen=True, slots=True)
class PreflightReport:
    """What all checks found.

    Attributes:
        results: in the order of the plan; the checks that have an answer yet when it was left early.
        offered_auth_spec_names: the `authSpec[].name` that the platform offers now, by `connectionSpec.id`; a source
            whose specification could not be read, or names none, is not in it, and nothing follows from that.
    """

    results: tuple[CheckResult, ...] = ()
    offered_auth_spec_names: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def count(self, state: CheckState) -> int:
        """Return how many checks ended in `state`."""
        return sum(result.state is state for result in self.results)

    def result(self, check_id: str) -> CheckResult | None:
        """Return the result with this id, or None."""
        return next((result for result in self.results if result.id == check_id), None)

    def summary(self) -> str:
        """Return the counts in a line."""
        return _("{ok} OK, {warnings} with a warning, {failed} failed, {skipped} skipped.").format(
            ok=self.count(CheckState.OK),
            warnings=self.count(CheckState.WARNING),
            failed=self.count(CheckState.FAILED),
            skipped=self.count(CheckState.SKIPPED),
        )
