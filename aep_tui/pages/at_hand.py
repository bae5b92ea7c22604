"""What a change begins with and ends with; light, because the pages before it name these."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from aep_tui.domain.connection import ConnectionStatus
    from aep_tui.domain.connection_change import ConnectionChange
    from aep_tui.domain.connection_form import ConnectionForm
    from aep_tui.domain.sandbox import Sandbox
    from aep_tui.domain.step_answer import NameAnswer, StepAnswer
    from aep_tui.domain.target import Target
    from aep_tui.session.connection_details import UsedBy
    from aep_tui.session.status_session import StatusSession


class ConnectionWork(Protocol):
    """What a change needs of a session with the sandbox of the connection."""

    async def read(self, connection_id: str) -> ConnectionStatus:
        """Return what the platform says about the connection now."""

    async def used_by(self, connection_id: str) -> UsedBy:
        """Return what rides on it; what could not be read is said there."""

    def for_change(self, seen: ConnectionStatus, change: ConnectionChange) -> StatusSession:
        """Return what the status page needs to send a change, once, and to watch and test the connection."""

    def for_delete(self, seen: ConnectionStatus) -> StatusSession:
        """Return what the status page needs to delete the connection, once."""


@dataclass(frozen=True, slots=True)
class ConnectionAtHand:
    """The connection that a person looks at.

    Attributes:
        status: in the version that the person sees.
        target: where it is, and on whose behalf requests go.
        sandbox: what the platform says about its sandbox, None while nobody knows.
        form: its form, None when it is not known.
    """

    status: ConnectionStatus
    target: Target
    sandbox: Sandbox | None = None
    form: ConnectionForm | None = None


class AfterChange(StrEnum):
    """What the page of the connection has to know when it is shown again."""

    SAME = "same"
    LOOK_AGAIN = "look-again"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class LeftName:
    """A form of name and description that was left.

    Attributes:
        answer: what stood in it.
        shown: what the platform said when it was filled; what is the same in both was not typed.
    """

    answer: NameAnswer
    shown: NameAnswer


Typed: TypeAlias = "dict[tuple[str, str], StepAnswer | LeftName | None]"
"""What stood in a form that was left, by the id of the connection and the form."""
