"""Faults that are put into the product by hand, to see whether the campaign of `fault_schedules` notices them.

Each changes one rule of the create and nothing else. `python -m tests.session.hand_made_faults` prints at which seed
each is noticed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest
from pydantic import Field

from aep_tui.domain import candidates
from aep_tui.domain.candidates import Likeness
from aep_tui.domain.clock import Clock
from aep_tui.domain.connection import ConnectionList, ConnectionStatus, CreatedConnection
from aep_tui.domain.intent import Intent, IntentJournal, IntentOutcome, OtherIntents
from aep_tui.flow_service import client, readings, wire_values
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.errors import AuthenticationRequired, ConnectionFailed, PlatformError, RateLimited
from aep_tui.session import creation, search
from aep_tui.session.outcome import CannotTell, Created
from aep_tui.session.progress import TokenRefusal
from aep_tui.session.search import Search
from tests.flow_service.helpers import a_request
from tests.session.fault_schedules import PLATFORMS

Patch = pytest.MonkeyPatch
_likeness = candidates.likeness


def gives_up_at_once(patch: Patch) -> None:
    patch.setattr(creation, "LOOKS_FOR", 0.0)
    patch.setattr(Search, "note", lambda *_arguments: False)


def _judged(patch: Patch, change: Callable[[ConnectionStatus, Intent], tuple[ConnectionStatus, Intent]]) -> None:
    patch.setattr(search, "likeness", lambda status, intent: _likeness(*change(status, intent)))


def created_at_is_not_compared(patch: Patch) -> None:
    patch.setattr(candidates, "_is_in_time", lambda _status, _intent: True)


def created_client_is_not_compared(patch: Patch) -> None:
    _judged(patch, lambda status, intent: (replace(status, created_client=intent.api_key), intent))


def auth_specification_and_sandbox_are_not_compared(patch: Patch) -> None:
    _judged(patch, lambda status, intent: (replace(status, auth_spec_name="", sandbox_name=""), intent))


def the_name_is_not_compared(patch: Patch) -> None:
    patch.setattr(client, "is_meant", lambda status, spec_id, _name: readings.is_meant(status, spec_id, ""))


def other_intents_are_ignored(patch: Patch) -> None:
    patch.setattr(creation, "Search", lambda intent, _others, cause: Search(intent, OtherIntents(), cause))


def the_servers_clock_is_ignored(patch: Patch) -> None:
    patch.setattr(FlowService, "server_time_offset", property(lambda _service: None))


def created_at_and_date_are_taken_for_one_clock(patch: Patch) -> None:
    patch.setattr(search, "is_still_to_come", lambda _status, _now: False)
    patch.setattr(candidates, "_LONGEST_DELAY", timedelta(minutes=15))


def the_journal_is_written_after_the_post(patch: Patch) -> None:
    create_once = creation.create_once

    class Late:
        def __init__(self, journal: IntentJournal) -> None:
            self._journal = journal
            self._intents: list[Intent] = []

        def begin(self, intent: Intent) -> None:
            self._intents.append(intent)

        def finish(self, intent_id: str, outcome: IntentOutcome) -> None:
            self._journal.begin(self._intents[-1])
            self._journal.finish(intent_id, outcome)

    patch.setattr(
        creation,
        "create_once",
        lambda service, request, journal, clock, **more: create_once(service, request, Late(journal), clock, **more),
    )


def repeat_after(patch: Patch, kind: type[PlatformError]) -> None:
    """Repeat a request that has left after this kind of failure."""
    patch.setattr(client, "change_may_be_repeated", lambda error: not error.request_left or isinstance(error, kind))


def every_429_repeats_the_post(patch: Patch) -> None:
    repeat_after(patch, RateLimited)


def a_read_time_out_repeats_the_post(patch: Patch) -> None:
    repeat_after(patch, ConnectionFailed)


def a_new_token_sends_the_create_again(patch: Patch) -> None:
    reconcile = creation.reconcile

    async def send_again(
        service: FlowService,
        intent: Intent,
        clock: Clock,
        *,
        on_token_refused: TokenRefusal | None = None,
        **more: Any,  # noqa: ANN401 - as they are
    ) -> Created | CannotTell:
        async def give_and_send(error: AuthenticationRequired) -> bool:
            is_given = on_token_refused is not None and await on_token_refused(error)
            if is_given:
                with suppress(PlatformError):
                    await service.create(a_request())
            return is_given

        return await reconcile(service, intent, clock, on_token_refused=give_and_send, **more)

    patch.setattr(creation, "reconcile", send_again)


def only_the_first_page_is_read(patch: Patch) -> None:
    patch.setattr(client, "next_query", lambda _answer: "")


def of_two_candidates_the_first_is_taken(patch: Patch) -> None:
    conclusion = Search.conclusion

    def take_the_first(self: Search) -> Created | CannotTell:
        for status in self.candidates.values():
            if self._is_certainly_ours(status):
                return Created(CreatedConnection(status.connection_id))
        if len(self.candidates) > 1:
            return Created(CreatedConnection(next(iter(self.candidates))))
        return conclusion(self)

    patch.setattr(Search, "conclusion", take_the_first)


def any_4xx_counts_as_not_created(patch: Patch) -> None:
    patch.setattr(
        creation,
        "is_certainly_not_carried_out",
        lambda error: not error.request_left or 400 <= (error.status or 0) < 500,
    )


def ids_known_before_are_ignored(patch: Patch) -> None:
    _judged(patch, lambda status, intent: (status, replace(intent, known_connection_ids=())))


def parameters_are_not_compared(patch: Patch) -> None:
    _judged(patch, lambda status, intent: (replace(status, parameters={}, description=""), intent))
    patch.setattr(Search, "_is_certainly_ours", lambda _search, _status: True)


def one_look_is_enough(patch: Patch) -> None:
    note = Search.note

    def settle_at_once(self: Search, listed: ConnectionList) -> bool:
        note(self, listed)
        return bool(self.candidates)

    patch.setattr(Search, "note", settle_at_once)


def what_is_no_list_is_an_empty_list(patch: Patch) -> None:
    class Lenient(wire_values.WireModel):
        items: wire_values.JsonObjects = Field(default_factory=list)
        next_page: str = ""

    patch.setattr(readings, "ItemsAnswer", Lenient)


def a_row_with_another_time_is_thrown_away(patch: Patch) -> None:
    def strict(status: ConnectionStatus, intent: Intent) -> Likeness:
        return _likeness(status, intent) if candidates._is_in_time(status, intent) else Likeness.FOREIGN

    patch.setattr(search, "likeness", strict)


_ALL: Final = (
    gives_up_at_once,
    created_at_is_not_compared,
    created_client_is_not_compared,
    auth_specification_and_sandbox_are_not_compared,
    the_name_is_not_compared,
    other_intents_are_ignored,
    the_servers_clock_is_ignored,
    created_at_and_date_are_taken_for_one_clock,
    the_journal_is_written_after_the_post,
    every_429_repeats_the_post,
    a_new_token_sends_the_create_again,
    only_the_first_page_is_read,
    of_two_candidates_the_first_is_taken,
    a_read_time_out_repeats_the_post,
    any_4xx_counts_as_not_created,
    ids_known_before_are_ignored,
    parameters_are_not_compared,
    one_look_is_enough,
    what_is_no_list_is_an_empty_list,
    a_row_with_another_time_is_thrown_away,
)
HAND_MADE_FAULTS: Final[Mapping[str, Callable[[Patch], None]]] = {fault.__name__: fault for fault in _ALL}

_SELDOM: Final = {created_at_and_date_are_taken_for_one_clock.__name__: 2_300}
"""Seeds to begin with for what needs several things to come together."""
_TELLING: Final = (3, 5, 89, 96, 4, 9, 10, 45, 212, 320, 2_408)
"""Seeds whose schedules notice one fault or another, to be tried before all others."""


async def first_notice(fault: str, schedules: int, platform: str = "made-up") -> str:
    """Return what the campaign says first about the product with `fault` in it, "" when it notices nothing."""
    first = _SELDOM.get(fault, 0)
    with pytest.MonkeyPatch.context() as patch:
        HAND_MADE_FAULTS[fault](patch)
        for seed in (*_TELLING, *range(first, first + schedules)):
            try:
                await PLATFORMS[platform](seed)
            except AssertionError as error:
                return str(error).partition("\n")[0] or f"seed {seed}"
    return ""


if __name__ == "__main__":
    for name in HAND_MADE_FAULTS:
        print(f"{name}: {asyncio.run(first_notice(name, 2_000)) or 'NOT NOTICED'}")
