"""Everything that the program knows while it runs: one frozen value, and its only holder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from aep_tui.domain.correction import Correction
from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.target import Target
from aep_tui.domain.translation import _
from aep_tui.domain.wizard import Wizard

if TYPE_CHECKING:
    from aep_tui.domain.change_result import ChangeResult
    from aep_tui.domain.intent import Intent
    from aep_tui.domain.problem import Problem
    from aep_tui.domain.result import ConnectionResult
    from aep_tui.domain.sandbox import Sandbox
    from aep_tui.domain.step_answer import Task


class LastChange(StrEnum):
    """What became of the last change of an existing connection: the exit code says it."""

    NONE = "none"
    DONE = "done"
    NOT_GOOD = "not-good"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class AppState:
    """What the pages show and the flows decide on.

    Attributes:
        wizard: the answers so far.
        target: where the request will go.
        scenario_id: what the practice service plays.
        sandbox: what the platform says about the target's sandbox, or None while nobody knows.
        offered_auth_spec_names: what the platform was seen to offer now, by `connectionSpec.id`.
        correction: the connection whose credentials Submit would replace, or None when it would create one.
        unclear_intent: a create of this run of which nobody knows whether it made a connection, or None.
        failure: why the last thing that was asked of the platform did not work, or None.
        result: of a create: what the program prints when it ends, or None.
        changes: of existing connections that were sent, the oldest first: printed when the program ends.
        last_change: what became of the last change of an existing connection.
        is_editing: whether the person came from the review to change one answer.
        asks_about_set_up: whether the checks of the set-up are still to come.
        left_open: what earlier runs left open here, in a few words; "" for nothing.
        task: what the person has chosen to do last, None before that.
        migration: the file of the plan that was worked on last, as a person reads it; "" for none.
    """

    wizard: Wizard
    target: Target
    scenario_id: str = ""
    sandbox: Sandbox | None = None
    offered_auth_spec_names: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    correction: Correction | None = None
    unclear_intent: Intent | None = None
    failure: Problem | None = None
    result: ConnectionResult | None = None
    changes: tuple[ChangeResult, ...] = ()
    last_change: LastChange = LastChange.NONE
    is_editing: bool = False
    asks_about_set_up: bool = True
    left_open: str = ""
    task: Task | None = None
    migration: str = ""

    def correction_of(self, connection_id: str, etag: str = "") -> Correction:
        """Return what a correction of `connection_id`, seen as `etag`, with the present choice and target would be."""
        source, method = self.wizard.source, self.wizard.auth_method
        return Correction(
            connection_id,
            source.connection_spec_id if source else "",
            method.spec_name if method else "",
            self.target.place,
            etag,
        )

    @property
    def holding_correction(self) -> Correction | None:
        """The correction, unless another source, auth method or target was chosen since."""
        correction = self.correction
        return correction if correction and correction == self.correction_of(correction.connection_id) else None

    @property
    def correction_words(self) -> str:
        """What the review says while Submit would replace the credentials of an existing connection."""
        if self.correction is None:
            return ""
        return _("Submit replaces the credentials of connection {id}; no second one is made.").format(
            id=self.correction.connection_id
        )


@dataclass(slots=True)
class CurrentState:
    """Holds the present state; the flows share it, and a change replaces the frozen value.

    Attributes:
        now: the state.
    """

    now: AppState
