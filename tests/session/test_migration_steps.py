"""The steps of one connection of a migration: what each says, writes down and stops at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.migration_plan import Road
from aep_tui.domain.migration_record import Entry, RecordedStep, Stage
from aep_tui.flow_service.errors import (
    AuthenticationRequired,
    ConnectionFailed,
    NotFound,
    PlatformError,
    RequestRefused,
)
from aep_tui.session.migration_beside import adopt, settle_create
from aep_tui.session.migration_events import StopHere, StopReason
from aep_tui.session.migration_follow import follow
from aep_tui.session.migration_in_place import change_in_place, put_back, settle_change
from aep_tui.session.migration_requests import GroupCredentials, new_request
from tests.kit.clock import START
from tests.pages.support import INTENT
from tests.session.migrating import CREDENTIALS, METHODS
from tests.session.migration_in_memory import (
    BESIDE,
    BROKEN,
    GROUP,
    IN_PLACE,
    NEW,
    OLD,
    ROW,
    Service,
    refused,
    work_on,
)

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class Table:
    path: str


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> list[Table]:
    """The tables that a connection shows; a test may change them."""
    shown, explored = [Table("Account"), Table("Contact")], "aep_tui.session.migration_follow.explored_{}"

    async def explored_tables(_service: object, _id: str, _spec: str) -> tuple[Table, ...]:
        return tuple(shown)

    async def explored_columns(_service: object, _id: str, path: str, _spec: str) -> Sequence[str]:
        return {"Account": ["Id", "Name", "Phone"]}.get(path, [])

    monkeypatch.setattr(explored.format("tables"), explored_tables)
    monkeypatch.setattr(explored.format("columns"), explored_columns)
    return shown


# --- what follows a create or a change --------------------------------------------------------------------------------


async def test_what_was_made_is_watched_tested_and_explored_and_each_is_said_and_kept(tables: list[Table]) -> None:
    assert tables
    service = Service([replace(NEW, state="initializing"), NEW])
    work, notes, said = work_on(service, *BESIDE)
    await follow(work, puts_back=False)
    assert service.asked == ["new-1", "new-1", "test new-1"]
    assert said == [
        "Watching until the connection is enabled.",
        "The connection is initializing.",
        "The connection is enabled.",
        "Letting the platform test the connection.",
        "Exploring one table of the connection.",
    ]
    enabled, tested, explored, done = notes.entries[2:]
    assert (enabled.event, enabled.etag) == (RecordedStep.ENABLED, '"9"')
    assert enabled.parameters == (("clientId", "3MVG9acme"), ("environmentUrl", GROUP)), "no secret, nothing foreign"
    assert (tested.event, tested.passed, tested.words) == (RecordedStep.TESTED, True, "")
    assert (explored.event, explored.tables, explored.table, explored.columns) == (
        RecordedStep.EXPLORED,
        2,
        "Account",
        3,
    )
    assert done.event is RecordedStep.DONE


async def test_a_state_is_said_when_it_changes_and_a_new_connection_may_come_late(tables: list[Table]) -> None:
    assert tables
    initializing = replace(NEW, state="initializing")
    for entries, words in (
        (BESIDE, "The platform does not show the connection yet"),
        (IN_PLACE, "The source says no."),
    ):
        work, _notes, said = work_on(Service([refused(NotFound), initializing, initializing, NEW]), *entries)
        await follow(work, puts_back=False)
        assert said[1].startswith(words)
        assert said[2:4] == ["The connection is initializing.", "The connection is enabled."]


async def test_what_an_earlier_run_has_seen_is_not_asked_again(tables: list[Table]) -> None:
    assert tables
    service = Service()
    enabled = Entry(RecordedStep.ENABLED, START, "old-1", etag='"9"')
    work, _notes, said = work_on(service, *BESIDE, enabled, Entry(RecordedStep.TESTED, START, "old-1", passed=True))
    await follow(work, puts_back=False)
    assert service.asked == []
    assert said == ["Exploring one table of the connection."]
    work, _notes, _said = work_on(service, *BESIDE, enabled, Entry(RecordedStep.TESTED, START, "old-1", passed=False))
    await follow(work, puts_back=False)
    assert service.asked == ["test new-1"], "what has failed is tested again"


async def test_in_place_the_connection_itself_is_followed(tables: list[Table]) -> None:
    assert tables
    service = Service()
    work, _notes, _said = work_on(service, *IN_PLACE)
    await follow(work, puts_back=False)
    assert service.asked == ["old-1", "test old-1"]


@pytest.mark.parametrize(("state", "shown"), [("failed", "failed"), ("", "-")])
async def test_what_is_not_enabled_stops_with_its_state(state: str, shown: str) -> None:
    work, notes, _said = work_on(Service([replace(NEW, state=state)]), *BESIDE)
    with pytest.raises(StopHere) as stop:
        await follow(work, puts_back=False)
    assert stop.value.reason is StopReason.NOT_ENABLED
    assert f"Connection new-1 is {shown}." in stop.value.problem.message
    assert "--leave old-1" in stop.value.problem.next_step
    assert notes.entries == list(BESIDE), "nothing was seen enabled"


async def test_a_look_that_fails_is_said_and_what_was_never_seen_is_told_so() -> None:
    work, _notes, said = work_on(Service([BROKEN]), *BESIDE)
    with pytest.raises(StopHere) as stop:
        await follow(work, puts_back=False)
    assert stop.value.reason is StopReason.NOT_ENABLED
    assert "is not seen." in stop.value.problem.message
    assert "Nothing came back." in said


@pytest.mark.parametrize(
    ("test", "words"),
    [
        (False, "The platform gives no reason."),
        (refused(), "The source says no."),
        (refused(said="INVALID_LOGIN"), "INVALID_LOGIN"),
    ],
)
async def test_a_failed_test_is_told_with_the_sources_words(test: bool | PlatformError, words: str) -> None:
    work, notes, _said = work_on(Service(test=test), *BESIDE)
    with pytest.raises(StopHere) as stop:
        await follow(work, puts_back=False)
    assert stop.value.reason is StopReason.TEST_FAILED
    assert (
        stop.value.problem.message == f"{words} The old connection was not touched and goes on feeding its dataflows."
    )
    assert "Mend connection new-1" in stop.value.problem.next_step
    assert (notes.entries[-1].event, notes.entries[-1].passed) == (RecordedStep.TESTED, False)
    work, _notes, _said = work_on(Service(test=test), *IN_PLACE)
    with pytest.raises(StopHere) as stop:
        await follow(work, puts_back=False)
    assert stop.value.problem.message.startswith(f"{words} The old credentials are gone from the platform")


async def test_a_test_that_was_not_answered_has_not_failed() -> None:
    for error in (BROKEN, refused(proves=False)):
        work, notes, _said = work_on(Service(test=error), *BESIDE)
        with pytest.raises(StopHere) as stop:
            await follow(work, puts_back=True)
        assert (stop.value.reason, stop.value.problem) == (StopReason.FAILED, error)
        assert notes.entries[-1].event is RecordedStep.ENABLED


async def test_a_connection_without_a_table_is_not_done(tables: list[Table]) -> None:
    tables.clear()
    work, notes, _said = work_on(Service(), *BESIDE)
    with pytest.raises(StopHere) as stop:
        await follow(work, puts_back=False)
    assert stop.value.reason is StopReason.NOT_EXPLORED
    assert "Connection new-1 passes its test, but shows no table" in stop.value.problem.message
    assert notes.entries[-1].event is RecordedStep.TESTED


@pytest.mark.parametrize(("proves", "reason"), [(True, StopReason.NOT_EXPLORED), (False, StopReason.FAILED)])
async def test_tables_that_cannot_be_read_stop(
    monkeypatch: pytest.MonkeyPatch, proves: bool, reason: StopReason
) -> None:
    async def fails(*_each: object) -> None:
        raise refused(proves=proves)

    monkeypatch.setattr("aep_tui.session.migration_follow.explored_tables", fails)
    work, _notes, _said = work_on(Service(), *BESIDE)
    with pytest.raises(StopHere) as stop:
        await follow(work, puts_back=False)
    assert stop.value.reason is reason


# --- putting back -----------------------------------------------------------------------------------------------------


async def test_old_credentials_are_put_back_once_and_said() -> None:
    service = Service([replace(NEW, connection_id="old-1")])
    work, notes, said = work_on(service, *IN_PLACE)
    with pytest.raises(StopHere) as stop:
        await put_back(work, "INVALID_LOGIN")
    assert stop.value.reason is StopReason.PUT_BACK
    assert stop.value.problem.message == "INVALID_LOGIN The connection has its old auth method again; test it."
    assert service.asked.count("change old-1") == 1
    assert "The test has failed. Putting the old credentials back." in said
    assert [entry.event for entry in notes.entries[2:]] == [RecordedStep.PUTTING_BACK, RecordedStep.PUT_BACK]


async def test_a_token_that_ends_while_something_is_put_back_or_looked_for_says_so_and_nothing_else() -> None:
    refusal = AuthenticationRequired("Not accepted", "It has ended.", status=401)
    refusal.proves_refusal = True
    work, notes, _said = work_on(Service([replace(NEW, connection_id="old-1")], change=refusal), *IN_PLACE)
    with pytest.raises(StopHere) as stop:
        await put_back(work, "INVALID_LOGIN")
    assert (stop.value.reason, stop.value.problem) == (StopReason.FAILED, refusal)
    assert notes.entries[-1].event is RecordedStep.NOT_PUT_BACK
    work, notes, _said = work_on(Service(listed=refusal), replace(BESIDE[0], intent=INTENT))
    with pytest.raises(StopHere) as stop:
        await settle_create(work)
    assert (stop.value.reason, stop.value.problem) == (StopReason.FAILED, refusal)
    assert work.keeper.of(ROW).is_unknown


async def test_old_secrets_go_to_the_address_that_the_platform_shows_and_to_none_that_a_record_names() -> None:
    told = (("environmentUrl", "https://thief.my.salesforce.com"), ("username", "somebody"))
    forged = replace(IN_PLACE[0], parameters=told)
    service = Service([replace(NEW, connection_id="old-1")])
    work, _notes, _said = work_on(service, forged, IN_PLACE[1])
    with pytest.raises(StopHere):
        await put_back(work, "")
    [change] = service.changes
    assert change.auth is not None
    assert dict(change.auth.shown_parameters())["environmentUrl"] == GROUP
    moved = replace(NEW, connection_id="old-1", parameters={"environmentUrl": "https://thief.my.salesforce.com"})
    service = Service([moved])
    work, _notes, _said = work_on(service, *IN_PLACE)
    with pytest.raises(StopHere) as stop:
        await put_back(work, "")
    assert stop.value.reason is StopReason.CHANGED
    assert service.changes == []


async def test_nothing_is_put_back_without_the_old_secrets_or_over_another_auth_method() -> None:
    service = Service([replace(NEW, connection_id="old-1")])
    work, notes, _said = work_on(service, *IN_PLACE, given=GroupCredentials(new=CREDENTIALS.new))
    await put_back(work, "")
    another = Service([OLD])
    other, other_notes, _said = work_on(another, *IN_PLACE)
    await put_back(other, "")
    for asked, written in ((service.asked, notes.entries), (another.asked, other_notes.entries)):
        assert asked == ["old-1"]
        assert written == list(IN_PLACE)


# --- the change in place ----------------------------------------------------------------------------------------------


def refused_with(code: str) -> PlatformError:
    error = RequestRefused("Refused", "Not in this state.", status=400, code=code, request_id="r-1")
    error.proves_refusal = True
    return error


@pytest.mark.parametrize(
    ("change", "reason", "written"),
    [
        (refused_with("1417-400"), StopReason.REFUSED, RecordedStep.NOT_MADE),
        (
            ConnectionFailed("No network", "It never left.", request_left=False),
            StopReason.FAILED,
            RecordedStep.NOT_MADE,
        ),
        (refused_with("1414-400"), StopReason.ROAD_REFUSED, RecordedStep.ROAD_REFUSED),
    ],
)
async def test_a_change_that_was_not_made_stops_with_its_reason(
    change: PlatformError, reason: StopReason, written: RecordedStep
) -> None:
    service = Service([OLD], change=change)
    work, notes, said = work_on(service)
    request = new_request(ROW, OLD.parameters, "", METHODS, CREDENTIALS, START)
    with pytest.raises(StopHere) as stop:
        await change_in_place(work, OLD, request)
    assert stop.value.reason is reason
    assert service.asked == ["change old-1"]
    assert said == ["Changing the auth method of the connection in place."]
    assert (notes.entries[0].event, notes.entries[0].road) == (RecordedStep.SENDING, Road.IN_PLACE)
    assert notes.entries[0].parameters == (("environmentUrl", GROUP), ("username", "somebody")), "no secret"
    assert notes.entries[-1].event is written


async def test_without_a_version_nothing_is_changed() -> None:
    service = Service([OLD])
    work, notes, _said = work_on(service)
    request = new_request(ROW, OLD.parameters, "", METHODS, CREDENTIALS, START)
    with pytest.raises(StopHere) as stop:
        await change_in_place(work, replace(OLD, etag=""), request)
    assert stop.value.reason is StopReason.FAILED
    assert (service.asked, notes.entries) == ([], [])


async def test_an_earlier_change_that_was_not_made_waits_again_and_what_is_another_now_stops() -> None:
    intent = ChangeIntent("c-1", START, "https://p", "o@AdobeOrg", "dev", "old-1", ChangeKind.CHANGE, "ACME", '"1"')
    sending = Entry(RecordedStep.SENDING, START, "old-1", Road.IN_PLACE, change=intent)
    work, notes, _said = work_on(Service([OLD]), sending)
    await settle_change(work)
    assert notes.entries[-1].event is RecordedStep.NOT_MADE
    assert work.keeper.of(ROW).stage is Stage.WAITING
    work, notes, _said = work_on(Service([replace(OLD, name="Other")]), sending)
    with pytest.raises(StopHere) as stop:
        await settle_change(work)
    assert stop.value.reason is StopReason.CHANGED
    work, notes, _said = work_on(Service([OLD]), replace(sending, event=RecordedStep.PUTTING_BACK))
    with pytest.raises(StopHere) as stop:
        await settle_change(work)
    assert stop.value.reason is StopReason.TEST_FAILED, "the new credentials are still there"
    assert notes.entries[-1].event is RecordedStep.NOT_PUT_BACK
    work, notes, _said = work_on(Service([OLD]))
    await settle_change(work)
    assert notes.entries == []


# --- a connection that a person names ---------------------------------------------------------------------------------


async def test_a_connection_that_can_be_the_one_is_taken() -> None:
    for row in (ROW, replace(ROW, group="")):
        work, notes, _said = work_on(Service(), row=row)
        await adopt(work, "new-1")
        entry = notes.entries[-1]
        assert (entry.event, entry.new_id, entry.words) == (RecordedStep.MADE, "new-1", "named by a person")


async def test_a_connection_that_a_person_has_named_stands_beside_the_old_one() -> None:
    work, _notes, _said = work_on(Service(test=False))
    await adopt(work, "new-1")
    known = work.keeper.of(ROW)
    assert (known.road, known.began_at) == (Road.BESIDE, START)
    with pytest.raises(StopHere) as stop:
        await follow(work, puts_back=True)
    assert "The old connection was not touched" in stop.value.problem.message


@pytest.mark.parametrize(
    "found",
    [
        replace(NEW, auth_spec_name=METHODS.old.spec_name),
        replace(NEW, connection_spec_id="another"),
        replace(NEW, parameters={"environmentUrl": "https://other.my.salesforce.com"}),
        replace(NEW, parameters={}),
        replace(NEW, connection_id="old-1"),
        replace(NEW, connection_id="new-2"),
    ],
)
async def test_a_connection_that_cannot_be_the_one_is_not_taken(found: ConnectionStatus) -> None:
    others = Entry(RecordedStep.MADE, START, "old-2", new_id="new-2")
    work, notes, _said = work_on(Service([found]), others)
    with pytest.raises(StopHere) as stop:
        await adopt(work, "new-1")
    assert stop.value.reason is StopReason.UNKNOWN
    assert "Connection new-1 has another auth method, source or address" in stop.value.problem.message
    assert "--leave old-1" in stop.value.problem.next_step
    assert notes.entries == [others]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (refused(NotFound), StopReason.CHANGED),
        (refused(NotFound, proves=False), StopReason.FAILED),
        (BROKEN, StopReason.FAILED),
    ],
)
async def test_only_the_platforms_own_word_tells_that_a_connection_is_gone(
    error: PlatformError, reason: StopReason
) -> None:
    work, _notes, _said = work_on(Service([error]))
    with pytest.raises(StopHere) as stop:
        await work.read("old-1")
    assert (stop.value.reason, stop.value.problem) == (reason, error)
    assert work.place.sandbox_name == "dev"
