"""The road in place: a change that the record does not hold, and what nobody knows, stop the run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.migration_plan import Road
from aep_tui.domain.migration_record import Entry, RecordedStep, Stage
from aep_tui.domain.problem import Problem
from aep_tui.flow_service.errors import AuthenticationRequired, OutcomeUnknown
from aep_tui.session.change_outcome import Changed, ChangeOutcome, ChangeUnknown, NotChanged
from aep_tui.session.migration_events import StopHere, StopReason
from aep_tui.session.migration_in_place import change_in_place, credentials_gone, put_back, road_refused, settle_change
from aep_tui.session.migration_planning import Methods
from aep_tui.session.migration_requests import GroupCredentials, new_request
from aep_tui.session.migration_row import RowWork
from tests.kit.clock import START
from tests.session.migrating import CREDENTIALS, ENDED, METHODS, WITH_TOKEN
from tests.session.migration_in_memory import IN_PLACE, NEW, OLD, ROW, Service, work_on

pytestmark = pytest.mark.anyio

REQUEST = new_request(ROW, OLD.parameters, "", METHODS, CREDENTIALS, START)
INTENT = ChangeIntent("c-1", START, "https://p", "o@AdobeOrg", "dev", "old-1", ChangeKind.CHANGE, "ACME", '"1"')
SENDING = Entry(RecordedStep.SENDING, START, "old-1", Road.IN_PLACE, change=INTENT)
PUTTING_BACK = Entry(RecordedStep.PUTTING_BACK, START, "old-1", change=INTENT)
UNKNOWN = ChangeUnknown(OutcomeUnknown("Unknown", "Nothing came back.", "Look at it."))
UNCHANGED = NotChanged(Problem("Refused", "Not in this state.", ""))
SETTLE = "Look at it. If you have found out, say so: --settle old-1=yes or --settle old-1=no."


def told(monkeypatch: pytest.MonkeyPatch, outcome: ChangeOutcome) -> None:
    """Let a change and a look end so; neither writes anything down."""

    async def ended(*_each: object, **_more: object) -> ChangeOutcome:
        return outcome

    for name in ("change_once", "look_into"):
        monkeypatch.setattr(f"aep_tui.session.migration_in_place.{name}", ended)


async def stop_of(work: RowWork, what: str) -> StopHere:
    begun = {
        "change": lambda: change_in_place(work, OLD, REQUEST),
        "settle": lambda: settle_change(work),
        "put back": lambda: put_back(work, "INVALID_LOGIN"),
    }
    with pytest.raises(StopHere) as stop:
        await begun[what]()
    return stop.value


async def test_a_change_that_the_disk_did_not_take_is_told_with_its_id(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, Changed('"2"'))
    stop = await stop_of(work_on(Service())[0], "change")
    assert stop.reason is StopReason.UNKNOWN
    assert stop.problem.message == (
        "Connection old-1 was changed, and the record does not say so. The next run looks at it."
    )


@pytest.mark.parametrize("what", ["change", "settle", "settle put-back", "put back"])
async def test_what_nobody_knows_asks_the_person(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    told(monkeypatch, UNKNOWN)
    entries = {"change": (), "settle": (SENDING,), "settle put-back": (SENDING, PUTTING_BACK), "put back": IN_PLACE}
    in_new_method = Service([NEW])
    work, _notes, _said = work_on(in_new_method, *entries[what])
    stop = await stop_of(work, what.partition(" put-")[0])
    assert stop.reason is StopReason.UNKNOWN
    assert (stop.problem.title, stop.problem.message, stop.problem.next_step) == (
        "Unknown",
        "Nothing came back.",
        SETTLE,
    )


async def test_an_earlier_change_that_was_made_is_written_down_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, Changed('"2"', "found by looking"))
    work, notes, _said = work_on(Service(), SENDING)
    await settle_change(work)
    assert (notes.entries[-1].event, notes.entries[-1].words) == (RecordedStep.MADE, "found by looking")
    assert work.keeper.of(ROW).stage is Stage.MADE
    work, notes, _said = work_on(Service(), SENDING, PUTTING_BACK)
    stop = await stop_of(work, "settle")
    assert stop.reason is StopReason.PUT_BACK
    assert stop.problem.message == "The connection has its old auth method again; test it."
    assert notes.entries[-1].event is RecordedStep.PUT_BACK


async def test_without_a_token_an_earlier_change_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = AuthenticationRequired("Token", "It has ended.", status=401)

    async def look_into(*_each: object, **_more: object) -> ChangeOutcome:
        raise ended

    monkeypatch.setattr("aep_tui.session.migration_in_place.look_into", look_into)
    work, notes, _said = work_on(Service(), SENDING)
    stop = await stop_of(work, "settle")
    assert (stop.reason, stop.problem) == (StopReason.FAILED, ended)
    assert notes.entries == [SENDING]


async def test_old_credentials_that_could_not_be_put_back_are_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, UNCHANGED)
    work, _notes, _said = work_on(Service([NEW]), *IN_PLACE)
    stop = await stop_of(work, "put back")
    assert stop.reason is StopReason.TEST_FAILED
    assert stop.problem.message == (
        "Not in this state. The old credentials are gone from the platform: it gives none back."
    )


async def test_old_credentials_that_have_ended_today_are_not_put_back() -> None:
    service = Service([NEW])
    work, _notes, _said = work_on(service, *IN_PLACE, given=GroupCredentials(old=ENDED))
    methods = Methods(METHODS.source, WITH_TOKEN.new, METHODS.new)
    stop = await stop_of(replace(work, methods=methods), "put back")
    assert stop.problem.message.startswith("jwtToken: The token ended on 2026-11-22 at 11:00 UTC.")
    assert service.changes == []


def test_what_the_platform_did_not_explain_is_told_so() -> None:
    assert credentials_gone("").message.startswith("The platform gives no reason. The old credentials are gone")
    assert road_refused("No.").message == "No."
    assert "--beside" in road_refused("No.").next_step
