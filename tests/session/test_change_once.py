"""A change or a delete is sent once, and told as it is, whatever the network does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.intent import IntentOutcome, OutcomeKind
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secret import Secret
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.errors import AuthenticationRequired, ConnectionFailed, PlatformError
from aep_tui.practice.request_kind import RequestKind
from aep_tui.session.change_look import look_into
from aep_tui.session.change_once import change_once, delete_once
from aep_tui.session.change_outcome import Changed, ChangeOutcome, ChangeUnknown, NotChanged
from aep_tui.session.changes import ConnectionChanged
from tests.flow_service.helpers import a_request, a_target
from tests.flow_service.in_process import InProcess
from tests.kit.canary import CANARY
from tests.kit.clock import START
from tests.kit.faults import FAULTS
from tests.session.changing import SEEN, ChangeNotes, Deleting, not_found

pytestmark = pytest.mark.anyio

HERE = a_target().place
RENAME = ConnectionChange(name="New")
ROTATE = ConnectionChange(credentials=a_request())
"""The same parameters as before but for the secret, of which the platform shows nothing."""
MOVE = ConnectionChange(
    credentials=replace(
        a_request(),
        parameters=tuple(
            (parameter, "61.0" if parameter.api_name == "apiVersion" else answer)
            for parameter, answer in a_request().parameters
        ),
    )
)

COMMITTED = ["reset-after-commit", "cut-off-after-commit", "silence-after-commit", "502-after-commit", "invalid-json"]
NOT_COMMITTED = ["reset-before-headers", "silence", "503-before-commit", "504-before-commit", "html-error-page"]


@pytest.fixture
def platform() -> Iterator[InProcess]:
    with InProcess() as running:
        yield running


async def made(service: FlowService) -> ConnectionStatus:
    created = await service.create(a_request())
    return await service.connection_status(created.connection_id)


async def tried(
    platform: InProcess,
    act: Callable[[FlowService, ConnectionStatus], Awaitable[ChangeOutcome]],
    kind: RequestKind,
    fault: str = "",
    meanwhile: Callable[[ConnectionStatus], None] | None = None,
) -> tuple[ChangeOutcome, ConnectionStatus]:
    async with platform.service() as service:
        seen = await made(service)
        if meanwhile is not None:
            meanwhile(seen)
        if fault:
            platform.faults.put(kind, FAULTS[fault])
        outcome = await act(service, seen)
    assert CANARY not in repr(outcome)
    return outcome, seen


def changing(
    platform: InProcess, change: ConnectionChange
) -> Callable[[FlowService, ConnectionStatus], Awaitable[ChangeOutcome]]:
    return lambda service, seen: change_once(service, seen, change, ChangeNotes(), platform.clock, place=HERE)


def deleting(platform: InProcess) -> Callable[[FlowService, ConnectionStatus], Awaitable[ChangeOutcome]]:
    return lambda service, seen: delete_once(service, seen, ChangeNotes(), platform.clock, place=HERE)


def changed_by_a_colleague(platform: InProcess) -> Callable[[ConnectionStatus], None]:
    def change(seen: ConnectionStatus) -> None:
        (record,) = platform.store.connections()
        assert record.id == seen.connection_id
        other = replace(record, description="By a colleague", etag='"another"', finished_by="a.colleague")
        assert platform.store.replace(other, record.etag)

    return change


@pytest.mark.parametrize("change", [RENAME, ROTATE, MOVE, ConnectionChange(description="Now")])
async def test_a_change_that_is_answered_is_changed(platform: InProcess, change: ConnectionChange) -> None:
    outcome, seen = await tried(platform, changing(platform, change), RequestKind.UPDATE)
    assert isinstance(outcome, Changed)
    (record,) = platform.store.connections()
    assert outcome.etag == record.etag != seen.etag
    assert not outcome.found_words


@pytest.mark.parametrize("change", [RENAME, MOVE])
@pytest.mark.parametrize("fault", COMMITTED)
async def test_a_lost_answer_is_looked_into_and_the_change_is_found(
    platform: InProcess, change: ConnectionChange, fault: str
) -> None:
    outcome, _seen = await tried(platform, changing(platform, change), RequestKind.UPDATE, fault)
    assert isinstance(outcome, Changed)
    assert outcome.etag == platform.store.connections()[0].etag
    assert "found by looking" in outcome.found_words


@pytest.mark.parametrize("fault", COMMITTED)
async def test_a_new_secret_alone_cannot_be_seen_and_nothing_is_claimed(platform: InProcess, fault: str) -> None:
    outcome, _seen = await tried(platform, changing(platform, ROTATE), RequestKind.UPDATE, fault)
    assert isinstance(outcome, ChangeUnknown)
    assert outcome.now is not None
    assert "does not tell whether that was your change" in outcome.error.next_step


@pytest.mark.parametrize("fault", NOT_COMMITTED)
async def test_what_never_arrived_is_not_changed_a_minute_later_and_is_not_sent_again(
    platform: InProcess, fault: str
) -> None:
    outcome, seen = await tried(platform, changing(platform, RENAME), RequestKind.UPDATE, fault)
    assert isinstance(outcome, NotChanged)
    assert platform.store.connections()[0].etag == seen.etag
    assert sum(platform.clock.slept) >= 60
    assert "A minute later it still is the version that you saw" in outcome.error.message


async def test_a_version_that_is_not_there_any_more_is_not_changed_and_the_new_one_is_shown(
    platform: InProcess,
) -> None:
    for act, kind in (
        (changing(platform, RENAME), RequestKind.UPDATE),
        (deleting(platform), RequestKind.DELETE),
    ):
        platform.store.clear()
        outcome, _seen = await tried(platform, act, kind, meanwhile=changed_by_a_colleague(platform))
        assert isinstance(outcome, NotChanged)
        assert outcome.now is not None
        assert (outcome.now.description, outcome.now.updated_by) == ("By a colleague", "a.colleague")
        assert platform.store.connections()[0].name == "ACME Salesforce"


async def test_a_version_of_somebody_else_after_a_lost_answer_is_not_claimed(platform: InProcess) -> None:
    outcome, _seen = await tried(
        platform,
        changing(platform, RENAME),
        RequestKind.UPDATE,
        "502-before-commit",
        meanwhile=changed_by_a_colleague(platform),
    )
    assert isinstance(outcome, ChangeUnknown)
    assert "a.colleague" in outcome.error.next_step


async def test_a_refusal_is_not_changed_at_once(platform: InProcess) -> None:
    one_secret = ConnectionChange(secret=("clientSecret", Secret(CANARY)))
    outcome, seen = await tried(platform, changing(platform, one_secret), RequestKind.UPDATE)
    assert isinstance(outcome, NotChanged)
    assert "1455" in str(vars(outcome.error))
    assert platform.clock.slept == []
    assert platform.store.connections()[0].etag == seen.etag


async def test_nobody_can_tell_while_the_connection_cannot_be_looked_at(platform: InProcess) -> None:
    async with platform.service() as service:
        seen = await made(service)
        platform.faults.put(RequestKind.UPDATE, FAULTS["502-after-commit"])
        platform.faults.put(RequestKind.READ, *[FAULTS["503-before-commit"]] * 100)
        outcome = await change_once(service, seen, RENAME, ChangeNotes(), platform.clock, place=HERE)
    assert isinstance(outcome, ChangeUnknown)
    assert outcome.now is None
    assert "could not be looked at" in outcome.error.next_step


@pytest.mark.parametrize("fault", ["", *COMMITTED[:-1]])
async def test_a_delete_is_told_when_the_connection_is_gone(platform: InProcess, fault: str) -> None:
    outcome, _seen = await tried(platform, deleting(platform), RequestKind.DELETE, fault)
    assert isinstance(outcome, Changed)
    assert platform.store.count() == 0
    assert bool(outcome.found_words) == bool(fault)


@pytest.mark.parametrize("fault", NOT_COMMITTED)
async def test_a_delete_that_never_arrived_leaves_the_connection(platform: InProcess, fault: str) -> None:
    outcome, _seen = await tried(platform, deleting(platform), RequestKind.DELETE, fault)
    assert isinstance(outcome, NotChanged)
    assert platform.store.count() == 1


LOOKING = "Accepted. Looking whether it is gone."


async def test_a_delete_that_was_accepted_is_looked_at_until_it_is_gone() -> None:
    at_once = Deleting(not_found(proves=True))
    assert await at_once.delete() == Changed()
    assert (at_once.told, at_once.clock.slept, at_once.asked) == ([], [], [False])
    later = Deleting(SEEN, SEEN, not_found(proves=True))
    assert await later.delete() == Changed()
    assert (later.told, later.clock.slept) == ([LOOKING] * 2, [2.0] * 2)


@pytest.mark.parametrize("answer", [not_found(proves=False), ConnectionFailed("No network", "Nothing came back.")])
async def test_where_nobody_can_look_the_answer_to_the_delete_counts(answer: PlatformError) -> None:
    blind = Deleting(answer)
    assert await blind.delete() == Changed()
    assert (blind.told, sum(blind.clock.slept)) == ([LOOKING] * 30, 60.0)
    last_but_one = Deleting(SEEN, answer)
    assert isinstance(await last_but_one.delete(), ChangeUnknown), "it was seen after the delete"


@pytest.mark.parametrize("goes_on", [True, False])
async def test_a_token_that_ends_amid_the_looks_is_asked_for_once(goes_on: bool) -> None:
    ended = AuthenticationRequired("Token", "It has ended.", status=401)
    service, refusals = Deleting(ended, ended, not_found(proves=True)), list[AuthenticationRequired]()

    async def asked(refusal: AuthenticationRequired) -> bool:
        refusals.append(refusal)
        return goes_on

    outcome = await delete_once(service, SEEN, service.notes, service.clock, place=HERE, on_token_refused=asked)
    assert outcome == Changed()
    assert len(refusals) == (2 if goes_on else 1), "who has no other token is not asked again"
    assert service.clock.slept == ([] if goes_on else [2.0, 2.0])


@pytest.mark.parametrize(("state", "shown"), [("deleting", "(deleting)"), ("", "(-)")])
async def test_a_deleted_connection_that_is_still_shown_is_told_with_its_state(state: str, shown: str) -> None:
    still = replace(SEEN, state=state)
    outcome = await Deleting(still).delete()
    assert isinstance(outcome, ChangeUnknown)
    assert outcome.now == still
    assert outcome.error.title == "It is not known whether the connection was deleted"
    assert outcome.error.message.endswith(f"a minute later it still shows the connection {shown}.")
    assert "not sent twice" in outcome.error.next_step


async def test_an_outcome_that_the_disk_does_not_take_reaches_the_person() -> None:
    class Full(ChangeNotes):
        trouble: Exception = OSError("No space left on device")

        def finish(self, intent_id: str, outcome: IntentOutcome) -> None:
            raise self.trouble

    for trouble in (SettingsProblem("full", "No space left on device", ""), Full.trouble):
        service = Deleting(not_found(proves=True))
        service.notes = notes = Full()
        notes.trouble = trouble
        assert await service.delete() == Changed()
        assert service.told == ["The outcome could not be written into the journal; the next start will look again."]
        assert await delete_once(service, SEEN, service.notes, service.clock, place=HERE) == Changed()


@pytest.mark.parametrize(
    ("offset", "not_before"),
    [(None, None), (timedelta(0), timedelta(seconds=-2)), (timedelta(minutes=5), timedelta(minutes=5, seconds=-2))],
)
async def test_when_a_request_left_is_kept_by_the_clock_of_the_server(
    offset: timedelta | None, not_before: timedelta | None
) -> None:
    service = Deleting(not_found(proves=True))
    service.server_time_offset = offset
    await service.delete()
    (intent,) = service.notes.intents
    assert intent.not_before == (None if not_before is None else START + not_before)
    assert (intent.started_at, intent.place, intent.name) == (START, HERE, "Old")
    assert not intent.is_seen_in_result


@pytest.mark.parametrize(
    ("seen", "is_seen_in_result"),
    [(SEEN, True), (replace(SEEN, name="New"), False), (replace(SEEN, state=""), False)],
)
async def test_only_a_version_that_is_known_and_shows_less_can_prove_a_change(
    seen: ConnectionStatus, is_seen_in_result: bool
) -> None:
    service = Deleting(SEEN)
    outcome = await change_once(service, seen, RENAME, service.notes, service.clock, place=HERE)
    assert outcome == Changed('"2"')
    assert service.notes.intents[0].is_seen_in_result is is_seen_in_result


async def test_nothing_is_sent_without_a_version(platform: InProcess) -> None:
    async with platform.service() as service:
        seen = replace(await made(service), etag="")
        for act in (changing(platform, RENAME), deleting(platform)):
            with pytest.raises(ConnectionChanged):
                await act(service, seen)
    assert platform.store.count() == 1


# --- what is written down, and the next start -----------------------------------------------------------------------


@pytest.mark.parametrize("change", [RENAME, ROTATE])
async def test_the_intent_is_written_down_before_and_the_outcome_after(
    platform: InProcess, change: ConnectionChange
) -> None:
    notes = ChangeNotes()
    async with platform.service() as service:
        seen = await made(service)
        outcome = await change_once(service, seen, change, notes, platform.clock, place=HERE)
    assert isinstance(outcome, Changed)
    assert notes.log == ["begin", "finish"]
    (intent,) = notes.intents
    assert (intent.connection_id, intent.etag, intent.kind) == (seen.connection_id, seen.etag, ChangeKind.CHANGE)
    assert intent.is_seen_in_result is (change is RENAME)
    assert intent.secret_names == (("clientSecret",) if change is ROTATE else ())
    assert notes.outcomes[intent.id].kind is OutcomeKind.CHANGED
    assert CANARY not in repr(intent)


async def test_without_a_journal_nothing_is_sent(platform: InProcess) -> None:
    class Full(ChangeNotes):
        def begin_change(self, intent: ChangeIntent) -> None:
            raise SettingsProblem("full", "No space left on device", "")

    async with platform.service() as service:
        seen = await made(service)
        for act in (
            change_once(service, seen, RENAME, Full(), platform.clock, place=HERE),
            delete_once(service, seen, Full(), platform.clock, place=HERE),
        ):
            with pytest.raises(SettingsProblem, match="No space left"):
                await act
    (record,) = platform.store.connections()
    assert record.etag == seen.etag


@pytest.mark.parametrize(("age", "waits"), [(5.0, True), (3_600.0, False)])
async def test_the_next_start_looks_and_sends_nothing(platform: InProcess, age: float, waits: bool) -> None:
    notes = ChangeNotes()
    platform.faults.put(RequestKind.UPDATE, FAULTS["502-before-commit"])
    async with platform.service() as service:
        seen = await made(service)
        platform.faults.put(RequestKind.READ, *[FAULTS["503-before-commit"]] * 14)
        assert isinstance(await change_once(service, seen, RENAME, notes, platform.clock, place=HERE), ChangeUnknown)
        (intent,) = notes.intents
        slept = len(platform.clock.slept)
        platform.clock.advance(age - 65)
        later = await look_into(
            service, replace(intent, started_at=platform.clock.now()) if waits else intent, platform.clock
        )
    assert isinstance(later, NotChanged)
    assert (len(platform.clock.slept) > slept) is waits, "a request that left an hour ago is not under way any more"
    assert platform.store.connections()[0].name == "ACME Salesforce"


async def test_one_404_is_not_yet_gone(platform: InProcess) -> None:
    """One machine behind the address may not know a connection that the others know."""
    async with platform.service() as service:
        seen = await made(service)
        platform.faults.put(RequestKind.DELETE, FAULTS["502-before-commit"])
        look = service.connection_status
        looks = 0

        async def once_lost(connection_id: str, *, with_retries: bool = True) -> ConnectionStatus:
            nonlocal looks
            looks += 1
            return await look("0" * 8 if looks == 2 else connection_id, with_retries=with_retries)

        service.connection_status = once_lost  # type: ignore[method-assign]  # this one service is ours
        outcome = await delete_once(service, seen, ChangeNotes(), platform.clock, place=HERE)
    assert isinstance(outcome, NotChanged)
