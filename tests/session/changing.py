"""A journal of changes for tests that remembers in the order of the calls, and a service that takes them."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from aep_tui.domain.change_intent import ChangeIntent
from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.intent import IntentOutcome
from aep_tui.flow_service.errors import NotFound, PlatformError
from aep_tui.session.change_once import delete_once
from aep_tui.session.change_outcome import ChangeOutcome
from tests.flow_service.helpers import a_target
from tests.kit.clock import FakeClock

SEEN: Final = ConnectionStatus("id-1", "enabled", name="Old", etag='"1"')


class ChangeNotes:
    """Remembers intents and outcomes; `log` may be shared with a platform, so that the order shows."""

    def __init__(self, log: list[str] | None = None) -> None:
        self.log = log if log is not None else []
        self.intents: list[ChangeIntent] = []
        self.outcomes: dict[str, IntentOutcome] = {}

    def begin_change(self, intent: ChangeIntent) -> None:
        self.log.append("begin")
        self.intents.append(intent)

    def finish(self, intent_id: str, outcome: IntentOutcome) -> None:
        self.log.append("finish")
        self.outcomes[intent_id] = outcome


class Deleting:
    """Accepts a delete; looks are answered one after the other, the last answer again and again."""

    server_time_offset: timedelta | None = None

    def __init__(self, *answers: ConnectionStatus | PlatformError) -> None:
        self.answers = list(answers)
        self.clock = FakeClock()
        self.told: list[str] = []
        self.notes = ChangeNotes()
        self.asked: list[bool] = []

    async def change_connection(self, seen: ConnectionStatus, change: ConnectionChange) -> CreatedConnection:
        return CreatedConnection(seen.connection_id, '"2"')

    async def delete_connection(self, connection_id: str, etag: str) -> None:
        assert (connection_id, etag) == ("id-1", '"1"')

    async def connection_status(self, connection_id: str, *, with_retries: bool = True) -> ConnectionStatus:
        self.asked.append(with_retries)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, PlatformError):
            raise answer
        return answer

    async def delete(self) -> ChangeOutcome:
        return await delete_once(
            self, SEEN, self.notes, self.clock, place=a_target().place, on_progress=self.told.append
        )


def not_found(*, proves: bool) -> NotFound:
    error = NotFound("Not found", "Not here.", status=404)
    error.proves_refusal = proves
    return error
