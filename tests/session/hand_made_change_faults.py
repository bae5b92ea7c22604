"""Faults that are put into the product by hand, to see whether the campaign of `change_schedules` notices them.

Each changes one rule of a change or a delete and nothing else. `python -m tests.session.hand_made_change_faults` prints
at which seed each is noticed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any, Final

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.errors import ConnectionFailed, NotFound, PlatformError, RateLimited
from aep_tui.session import change_look, change_once
from aep_tui.session.change_outcome import Changed, ChangeOutcome, ChangeUnknown, NotChanged
from aep_tui.state import journal_lines
from tests.kit.canary import CANARY
from tests.session.change_schedules import outcome_of
from tests.session.hand_made_faults import repeat_after

Patch = pytest.MonkeyPatch


def a_read_time_out_repeats_the_request(patch: Patch) -> None:
    repeat_after(patch, ConnectionFailed)


def every_429_repeats_the_request(patch: Patch) -> None:
    repeat_after(patch, RateLimited)


def the_next_start_sends_again(patch: Patch) -> None:
    look_into = change_look.look_into

    async def sends(service: Any, intent: ChangeIntent, clock: Any, **more: Any) -> ChangeOutcome:  # noqa: ANN401
        if "failure" not in more and intent.kind is ChangeKind.DELETE:
            with suppress(PlatformError):
                await service.delete_connection(intent.connection_id, intent.etag)
        return await look_into(service, intent, clock, **more)

    patch.setattr(change_look, "look_into", sends)


def the_version_of_now_is_changed_and_not_the_one_that_was_seen(patch: Patch) -> None:
    change, delete = FlowService.change_connection, FlowService.delete_connection

    async def change_now(service: FlowService, seen: ConnectionStatus, wanted: ConnectionChange) -> Any:  # noqa: ANN401
        return await change(service, replace(seen, etag="*"), wanted)

    patch.setattr(FlowService, "change_connection", change_now)
    patch.setattr(
        FlowService, "delete_connection", lambda service, connection_id, _etag: delete(service, connection_id, "*")
    )


def the_journal_is_left_out(patch: Patch) -> None:
    class Nothing:
        def __init__(self, journal: Any) -> None:  # noqa: ANN401
            self._journal = journal

        def begin_change(self, intent: ChangeIntent) -> None:
            pass

        def finish(self, intent_id: str, outcome: Any) -> None:  # noqa: ANN401
            self._journal.finish(intent_id, outcome)

    _journalled_by(patch, Nothing)


def the_journal_is_written_after_the_request(patch: Patch) -> None:
    class Late:
        def __init__(self, journal: Any) -> None:  # noqa: ANN401
            self._journal = journal

        def begin_change(self, intent: ChangeIntent) -> None:
            self._intent = intent

        def finish(self, intent_id: str, outcome: Any) -> None:  # noqa: ANN401
            self._journal.begin_change(self._intent)
            self._journal.finish(intent_id, outcome)

    _journalled_by(patch, Late)


def _journalled_by(patch: Patch, journal: Callable[[Any], Any]) -> None:
    once = change_once._once

    async def other(service: Any, seen: Any, intent: Any, send: Any, kept: Any, *more: Any) -> ChangeOutcome:  # noqa: ANN401
        return await once(service, seen, intent, send, journal(kept), *more)

    patch.setattr(change_once, "_once", other)


def the_secret_stands_in_the_journal(patch: Patch) -> None:
    def with_values(intent: ChangeIntent) -> dict[str, object]:
        return {
            "event": "begin-change",
            "change": {**asdict(intent), "secrets": CANARY, "started_at": "", "not_before": ""},
        }

    patch.setattr(journal_lines, "begin_change_record", with_values)


def any_4xx_counts_as_not_carried_out(patch: Patch) -> None:
    def trusts(error: PlatformError) -> bool:
        return not error.request_left or 400 <= (error.status or 0) < 500

    patch.setattr(change_once, "is_certainly_not_carried_out", trusts)


def a_408_counts_as_not_carried_out(patch: Patch) -> None:
    def trusts(error: PlatformError) -> bool:
        return not error.request_left or error.proves_refusal

    patch.setattr(change_once, "is_certainly_not_carried_out", trusts)


def one_404_means_gone(patch: Patch) -> None:
    patch.setattr(change_look, "_LOOKS_FOR_GONE", 1)


def a_proxys_404_means_gone(patch: Patch) -> None:
    look = FlowService.connection_status

    async def trusting(service: FlowService, connection_id: str, **more: bool) -> ConnectionStatus:
        try:
            return await look(service, connection_id, **more)
        except NotFound as error:
            error.proves_refusal = True
            raise

    patch.setattr(FlowService, "connection_status", trusting)


def accepted_counts_as_gone(patch: Patch) -> None:
    async def at_once(*_arguments: object) -> ChangeOutcome:
        return Changed()

    patch.setattr(change_once, "_seen_gone", at_once)


def gives_up_at_once(patch: Patch) -> None:
    patch.setattr(change_look, "LOOKS_FOR", 0.0)


def the_next_start_looks_only_once(patch: Patch) -> None:
    patch.setattr(change_look, "_LONG_AGO", -change_look._LONG_AGO)


def every_new_version_counts_as_changed(patch: Patch) -> None:
    patch.setattr(ChangeIntent, "is_proved_by", lambda _intent, _now: True)


def what_was_shown_before_counts_as_proof(patch: Patch) -> None:
    patch.setattr(ChangeIntent, "is_proved_by", lambda intent, now: intent.is_shown_by(now))


def a_version_from_before_the_request_counts_as_proof(patch: Patch) -> None:
    patch.setattr(
        ChangeIntent, "is_proved_by", lambda intent, now: intent.is_seen_in_result and intent.is_shown_by(now)
    )


def a_part_of_the_change_counts_as_proof(patch: Patch) -> None:
    patch.setattr(ChangeIntent, "is_shown_by", lambda intent, now: not intent.digests or now.name == intent.name)


def unknown_is_told_as_not_changed(patch: Patch) -> None:
    look_into = change_look.look_into

    async def sure(*arguments: Any, **more: Any) -> ChangeOutcome:  # noqa: ANN401
        outcome = await look_into(*arguments, **more)
        return NotChanged(outcome.error, outcome.now) if isinstance(outcome, ChangeUnknown) else outcome

    patch.setattr(change_once, "look_into", sure)
    patch.setattr(change_look, "look_into", sure)


def not_changed_is_told_as_unknown(patch: Patch) -> None:
    look_into = change_look.look_into

    async def unsure(service: Any, intent: ChangeIntent, clock: Any, **more: Any) -> ChangeOutcome:  # noqa: ANN401
        outcome = await look_into(service, intent, clock, **more)
        if isinstance(outcome, NotChanged):
            return ChangeUnknown(change_look.unknown_outcome(intent, "", ""), outcome.now)
        return outcome

    patch.setattr(change_once, "look_into", unsure)


def a_lost_answer_counts_as_changed(patch: Patch) -> None:
    async def sure(*_arguments: object, **_more: object) -> ChangeOutcome:
        return Changed()

    patch.setattr(change_once, "look_into", sure)


def the_end_is_not_written_down(patch: Patch) -> None:
    patch.setattr(change_once, "finish_change", lambda *_arguments: None)


def being_deleted_counts_as_not_deleted(patch: Patch) -> None:
    patch.setattr(change_look, "_IS_BEING_DELETED", "never")


_ALL: Final = (
    a_read_time_out_repeats_the_request,
    every_429_repeats_the_request,
    the_next_start_sends_again,
    the_version_of_now_is_changed_and_not_the_one_that_was_seen,
    the_journal_is_left_out,
    the_journal_is_written_after_the_request,
    the_secret_stands_in_the_journal,
    any_4xx_counts_as_not_carried_out,
    a_408_counts_as_not_carried_out,
    one_404_means_gone,
    a_proxys_404_means_gone,
    accepted_counts_as_gone,
    gives_up_at_once,
    the_next_start_looks_only_once,
    every_new_version_counts_as_changed,
    what_was_shown_before_counts_as_proof,
    a_version_from_before_the_request_counts_as_proof,
    a_part_of_the_change_counts_as_proof,
    unknown_is_told_as_not_changed,
    not_changed_is_told_as_unknown,
    a_lost_answer_counts_as_changed,
    the_end_is_not_written_down,
    being_deleted_counts_as_not_deleted,
)
HAND_MADE_FAULTS: Final[Mapping[str, Callable[[Patch], None]]] = {fault.__name__: fault for fault in _ALL}

_TELLING: Final = (0, 29, 4, 171, 6, 53, 2, 22, 33, 49, 86, 98, 141, 236, 292)
"""Seeds whose schedules notice one fault or another, to be tried before all others."""


async def first_notice(fault: str, schedules: int) -> str:
    """Return what the campaign says first about the product with `fault` in it, "" when it notices nothing."""
    with pytest.MonkeyPatch.context() as patch:
        HAND_MADE_FAULTS[fault](patch)
        for seed in (*_TELLING, *range(schedules)):
            try:
                await outcome_of(seed)
            except AssertionError as error:
                return str(error).partition("\n")[0] or f"seed {seed}"
    return ""


if __name__ == "__main__":
    for name in HAND_MADE_FAULTS:
        print(f"{name}: {asyncio.run(first_notice(name, 2_000)) or 'NOT NOTICED'}")
