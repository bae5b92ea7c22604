"""The rules of a migration one by one: what is sent, what stops a run and in which words, what is written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.intent import Intent, IntentOutcome, OutcomeKind
from aep_tui.domain.migration_plan import MigrationPlan, MigrationRow, PlannedDataflow, Road
from aep_tui.domain.migration_record import Entry, MigrationRecord, RecordedStep, RowRecord, Stage, read_together
from aep_tui.domain.problem import Problem, SettingsProblem
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import Cloud
from aep_tui.flow_service.errors import NotFound, PermissionRefused, RequestRefused
from aep_tui.session.migration_checking import CheckedRow
from aep_tui.session.migration_events import MigrationEvent, RowChanged, StopHere, StopReason
from aep_tui.session.migration_keeper import Keeper, RowJournal
from aep_tui.session.migration_planning import Methods
from aep_tui.session.migration_requests import (
    GroupCredentials,
    is_refusal_of_the_road,
    new_request,
    old_request,
    refuse_changed,
    request_id_of,
)
from aep_tui.session.migration_run import needs_credentials
from tests.domain.tokens import CLIENT_ID, token
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.session.migrating import CREDENTIALS, METHODS

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
GROUP = "https://acme.my.salesforce.com"
ROW = MigrationRow(
    "old-1", "ACME", "dev", '"1"', parameters=(("username", "somebody"),), group=GROUP, new_name="ACME (OAuth2)"
)
KEPT = {"environmentUrl": GROUP, "username": "somebody", "apiVersion": "59.0"}
NOW = ConnectionStatus(
    "old-1",
    "enabled",
    name="ACME",
    etag='"1"',
    connection_spec_id=METHODS.source.connection_spec_id,
    auth_spec_name=METHODS.old.spec_name,
    parameters=KEPT,
    updated_at=AT,
    updated_by="a.colleague",
)


def sent(kept: dict[str, str], given: GroupCredentials = CREDENTIALS) -> dict[str, object]:
    request = new_request(ROW, kept, "Its description", METHODS, given, AT)
    assert (request.name, request.description) == ("ACME (OAuth2)", "Its description")
    return {parameter.api_name: answer for parameter, answer in request.parameters}


# --- what is sent -----------------------------------------------------------------------------------------------------


def test_no_secret_of_one_organization_goes_to_the_address_of_another() -> None:
    elsewhere = GroupCredentials(new={**CREDENTIALS.new, "environmentUrl": "https://other.my.salesforce.com"})
    assert sent(KEPT, elsewhere)["environmentUrl"] == GROUP


def test_what_is_given_counts_and_what_is_not_given_is_kept() -> None:
    assert sent(KEPT)["apiVersion"] == "60.0"
    without = {name: value for name, value in CREDENTIALS.new.items() if name != "apiVersion"}
    assert sent(KEPT, GroupCredentials(new=without))["apiVersion"] == "59.0"
    assert sent(KEPT, GroupCredentials(new={**without, "apiVersion": "61.0"}))["apiVersion"] == "61.0"
    assert sent(KEPT)["clientSecret"] is CREDENTIALS.new["clientSecret"]


@pytest.mark.parametrize(("told", "is_sent"), [("true", True), ("false", False)])
def test_a_switch_is_kept_as_a_switch(told: str, is_sent: bool) -> None:
    assert (sent({**KEPT, "includeDeletedObjects": told}).get("includeDeletedObjects") is True) is is_sent


def test_what_the_platform_shows_of_a_secret_is_never_sent_back() -> None:
    """It shows a mark in its place."""
    without = {name: value for name, value in CREDENTIALS.new.items() if name != "clientSecret"}
    with pytest.raises(StopHere) as stop:
        sent({**KEPT, "clientSecret": "*****"}, GroupCredentials(new=without))
    assert stop.value.reason is StopReason.NOT_READY
    assert stop.value.problem.message.startswith("clientSecret: ")
    assert "Nothing was sent" in stop.value.problem.message


@pytest.mark.parametrize("missing", ["clientId", "clientSecret"])
@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_value_is_named_and_nothing_is_sent(missing: str, value: str | None) -> None:
    given = {name: answer for name, answer in CREDENTIALS.new.items() if name != missing}
    with pytest.raises(StopHere) as stop:
        sent(KEPT, GroupCredentials(new=given if value is None else {**given, missing: value}))
    assert stop.value.reason is StopReason.NOT_READY
    assert missing in stop.value.problem.message


def test_the_old_credentials_are_put_back_only_when_all_their_secrets_were_given() -> None:
    request = old_request(ROW, KEPT, METHODS, CREDENTIALS, AT)
    assert request is not None
    assert request.name == "ACME"
    answers = {parameter.api_name: answer for parameter, answer in request.parameters}
    assert (answers["username"], answers["password"]) == ("somebody", CREDENTIALS.old["password"])
    only = {name: value for name, value in CREDENTIALS.old.items() if name == "username"}
    assert old_request(ROW, KEPT, METHODS, GroupCredentials(old=only), AT) is None
    assert old_request(ROW, KEPT, METHODS, GroupCredentials(), AT) is None
    more = {**CREDENTIALS.old, "apiVersion": "58.0"}
    assert old_request(ROW, KEPT, METHODS, GroupCredentials(old=more), AT) is not None


@pytest.mark.parametrize("minutes_left", [-60, 60])
def test_a_token_that_has_ended_today_is_not_sent(minutes_left: int) -> None:
    signed = METHODS.source.auth_method(Cloud.AWS, "oauth2-jwt-token-credential")
    assert signed is not None
    ends_at = int(AT.timestamp()) + 60 * minutes_left
    given = GroupCredentials(
        new={"clientId": CLIENT_ID, "clientSecret": Secret(CANARY), "jwtToken": Secret(token(exp=ends_at))}
    )
    methods = Methods(METHODS.source, METHODS.old, signed)
    kept = {**KEPT, "instanceUrl": GROUP}
    if minutes_left > 0:
        assert "jwtToken" in new_request(ROW, kept, "", methods, given, AT).secret_names
        return
    with pytest.raises(StopHere) as stop:
        new_request(ROW, kept, "", methods, given, AT)
    assert "The token ended on 2026-11-28 at 11:00 UTC." in stop.value.problem.message


# --- what stops a run before anything is sent -------------------------------------------------------------------------


def test_a_connection_that_is_as_it_was_planned_stops_nothing() -> None:
    refuse_changed(ROW, NOW, METHODS)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": "Other"}, "Now, and in the plan: name: Other (ACME). Nothing"),
        ({"etag": '"2"'}, 'Now, and in the plan: version: "2" ("1"). Nothing'),
        ({"etag": ""}, 'Now, and in the plan: version: - ("1"). Nothing'),
        ({"auth_spec_name": "Another"}, "auth method: Another (Basic Authentication). Nothing"),
        ({"parameters": {**KEPT, "username": "else"}}, "in the plan: username: else (somebody). Nothing"),
        ({"parameters": {"environmentUrl": GROUP}}, "in the plan: username: - (somebody). Nothing"),
        ({"parameters": {**KEPT, "environmentUrl": "https://x"}}, f"environmentUrl: https://x ({GROUP}). Nothing"),
        ({"connection_spec_id": "another"}, "Now, and in the plan: it is of another source. Nothing"),
        ({"name": "Other", "etag": '"2"'}, 'name: Other (ACME); version: "2" ("1"). Nothing'),
    ],
)
def test_what_somebody_has_changed_is_told_and_stops_the_run(changed: dict[str, object], words: str) -> None:
    with pytest.raises(StopHere) as stop:
        refuse_changed(ROW, replace(NOW, **changed), METHODS)  # type: ignore[arg-type]  # names of its fields
    assert stop.value.reason is StopReason.CHANGED
    assert words in stop.value.problem.message
    assert "Changed last by a.colleague, 2026-11-28 12:00 UTC." in stop.value.problem.message
    assert "--leave old-1" in stop.value.problem.next_step


def test_a_change_of_which_nobody_knows_the_author_or_the_time_is_told_so() -> None:
    with pytest.raises(StopHere) as stop:
        refuse_changed(ROW, replace(NOW, etag='"2"', updated_by="", updated_at=None), METHODS)
    assert "Changed last by somebody. Now" in stop.value.problem.message
    with pytest.raises(StopHere) as stop:
        refuse_changed(replace(ROW, etag=""), NOW, METHODS)
    assert 'version: "1" (-)' in stop.value.problem.message


def refused(code: str, status: int = 400, *, proves: bool = True) -> RequestRefused:
    error = RequestRefused("Refused", "No.", status=status, code=code, request_id="r-1")
    error.proves_refusal = proves
    return error


@pytest.mark.parametrize("code", ["1414-400", "1415-400", "1445-400", "1300-400", "1301-400", "FLOW-1455-400", "", "9"])
def test_what_speaks_of_the_auth_method_closes_the_road(code: str) -> None:
    assert is_refusal_of_the_road(refused(code)) is True
    assert is_refusal_of_the_road(refused(code, 422)) is True
    assert is_refusal_of_the_road(refused(code, proves=False)) is False, "a proxy may have said it"


@pytest.mark.parametrize(
    ("code", "status"),
    [
        *((f"{code}-400", 400) for code in ("1404", "1416", "1417", "1420", "1421", "1422", "1403")),
        *(("", status) for status in (408, 409, 412)),
    ],
)
def test_what_speaks_of_the_state_or_the_version_closes_no_road(code: str, status: int) -> None:
    assert is_refusal_of_the_road(refused(code, status)) is False


def test_other_refusals_close_no_road() -> None:
    for error in (NotFound("n", "m"), PermissionRefused("p", "m")):
        error.proves_refusal = True
        assert is_refusal_of_the_road(error) is False
    assert is_refusal_of_the_road(Problem("t", "m")) is False


def test_the_platforms_id_of_a_request_is_kept_where_there_is_one() -> None:
    assert request_id_of(refused("1414-400")) == "r-1"
    assert request_id_of(Problem("t", "m")) == ""


# --- what is written down ---------------------------------------------------------------------------------------------

INTENT = Intent("i-1", AT, "https://p", "o@AdobeOrg", "dev", "key", "s", "m", "spec", "ACME", "0" * 64, AT)
CHANGE = ChangeIntent("c-1", AT, "https://p", "o@AdobeOrg", "dev", "old-1", ChangeKind.CHANGE, "ACME", '"1"')


class Notes:
    """A record in memory, which may be full."""

    def __init__(self, *entries: Entry) -> None:
        self.entries = list(entries)
        self.is_full = False

    def add(self, entry: Entry) -> None:
        if self.is_full:
            raise SettingsProblem("full", "No space left on device", "")
        self.entries.append(entry)

    def read(self) -> MigrationRecord:
        return read_together(self.entries, 3)


def kept(*entries: Entry) -> tuple[Keeper, Notes, list[MigrationEvent]]:
    notes, told = Notes(*entries), list[MigrationEvent]()
    return Keeper(notes, FakeClock(AT), told.append), notes, told


MADE = Entry(RecordedStep.MADE, AT, "old-1", new_id="new-1")
SENDING = Entry(RecordedStep.SENDING, AT, "old-1", Road.BESIDE, intent=INTENT)


def test_what_is_noted_is_on_the_disk_known_and_told() -> None:
    keeper, notes, told = kept()
    assert keeper.of(ROW) == RowRecord()
    keeper.note(ROW, RecordedStep.MADE, new_id="new-1")
    assert notes.entries == [MADE]
    assert keeper.of(ROW).new_id == "new-1"
    assert told == [RowChanged(ROW, keeper.of(ROW))]
    assert keeper.refused == "", "nothing was refused"


def test_what_the_disk_does_not_take_is_neither_known_nor_told() -> None:
    keeper, notes, told = kept()
    notes.is_full = True
    with pytest.raises(SettingsProblem):
        keeper.note(ROW, RecordedStep.MADE, new_id="new-1")
    with pytest.raises(SettingsProblem):
        keeper.note_whole(RecordedStep.ROAD, road=Road.BESIDE)
    assert (keeper.of(ROW), keeper.road, told) == (RowRecord(), None, [])


def test_a_decision_about_the_whole_is_known_at_once_and_after_a_kill() -> None:
    keeper, notes, _told = kept()
    keeper.note_whole(RecordedStep.PLAN, digest="abc")
    assert (keeper.digest, keeper.road, keeper.refused) == ("abc", None, "")
    keeper.note(ROW, RecordedStep.ROAD_REFUSED, words="not in place")
    assert keeper.refused == "not in place"
    again = Keeper(notes, FakeClock(AT), lambda _event: None)
    assert (again.digest, again.refused, again.unreadable) == ("abc", "not in place", 3)
    keeper.note_whole(RecordedStep.ROAD, road=Road.BESIDE)
    assert (keeper.road, keeper.refused, keeper.digest) == (Road.BESIDE, "", "abc")
    assert Keeper(notes, FakeClock(AT), lambda _event: None).road is Road.BESIDE
    keeper.note(ROW, RecordedStep.ROAD_REFUSED)
    assert keeper.refused, "a refusal without words is one as well"
    keeper.note_whole(RecordedStep.PLAN, digest="def")
    assert (keeper.road, keeper.digest) == (Road.BESIDE, "def")
    assert keeper.refused, "a plan says nothing about the road"


def test_what_was_begun_and_is_not_over_is_known() -> None:
    keeper, _notes, _told = kept(
        SENDING,
        replace(MADE, connection_id="old-2", new_id="new-2"),
        Entry(RecordedStep.DONE, AT, "old-3"),
        Entry(RecordedStep.LEFT_OUT, AT, "old-4"),
        Entry(RecordedStep.NOT_MADE, AT, "old-5"),
    )
    assert keeper.begun == {"old-1", "old-2"}
    assert keeper.new_ids == {"new-2"}


def test_an_intent_is_written_with_its_road_before_it_leaves() -> None:
    keeper, notes, _told = kept(replace(MADE, connection_id="old-2", new_id="new-2"))
    RowJournal(keeper, ROW).begin(INTENT)
    assert notes.entries[-1] == SENDING
    assert RowJournal(keeper, ROW).others(INTENT).taken_ids == {"new-2"}
    RowJournal(keeper, ROW, parameters=(("username", "somebody"),)).begin_change(CHANGE)
    assert notes.entries[-1] == Entry(
        RecordedStep.SENDING, AT, "old-1", Road.IN_PLACE, change=CHANGE, parameters=(("username", "somebody"),)
    )
    RowJournal(keeper, ROW, puts_back=True).begin_change(CHANGE)
    assert notes.entries[-1] == Entry(RecordedStep.PUTTING_BACK, AT, "old-1", change=CHANGE)


@pytest.mark.parametrize(
    ("kind", "event", "event_of_putting_back"),
    [
        (OutcomeKind.CREATED, RecordedStep.MADE, RecordedStep.MADE),
        (OutcomeKind.CHANGED, RecordedStep.MADE, RecordedStep.PUT_BACK),
        (OutcomeKind.NOT_CREATED, RecordedStep.NOT_MADE, RecordedStep.NOT_PUT_BACK),
        (OutcomeKind.NOT_CHANGED, RecordedStep.NOT_MADE, RecordedStep.NOT_PUT_BACK),
        (OutcomeKind.CANNOT_TELL, RecordedStep.UNKNOWN, RecordedStep.UNKNOWN),
    ],
)
def test_each_outcome_is_written_as_what_it_is(
    kind: OutcomeKind, event: RecordedStep, event_of_putting_back: RecordedStep
) -> None:
    for puts_back, written in ((False, event), (True, event_of_putting_back)):
        keeper, notes, _told = kept(SENDING)
        RowJournal(keeper, ROW, puts_back=puts_back).finish("i-1", IntentOutcome(kind, "new-1", "words"))
        entry = notes.entries[-1]
        assert (entry.event, entry.words) == (written, "words")
        assert entry.new_id == ("new-1" if kind is OutcomeKind.CREATED else "")


# --- which credentials are asked for, and what could go ---------------------------------------------------------------


def test_credentials_are_asked_for_the_groups_of_which_something_has_to_be_sent() -> None:
    stages = [Stage.WAITING, Stage.SENDING, Stage.PUTTING_BACK, Stage.MADE, Stage.DONE, Stage.LEFT_OUT, Stage.PUT_BACK]
    rows = tuple(replace(ROW, connection_id=stage.value, group=f"https://{stage.value}") for stage in stages)
    plan = MigrationPlan("https://p", "o@AdobeOrg", AT, "s", "a", "b", rows=(*rows, replace(rows[4], group=GROUP)))
    record = MigrationRecord({stage.value: RowRecord(stage) for stage in stages})
    assert needs_credentials(plan, record) == ("https://waiting", "https://sending", "https://putting-back")
    assert plan.sandbox_names == ("dev",)


FLOW = PlannedDataflow("f-1", state="enabled")
REPLACED = CheckedRow(
    replace(ROW, dataflows=(FLOW,)), RowRecord(Stage.DONE, Road.BESIDE, new_id="new-1"), True, (), True, (FLOW,)
)


def test_an_old_connection_could_go_when_all_that_it_fed_is_fed_by_the_new_one() -> None:
    assert REPLACED.could_go
    assert replace(REPLACED, row=ROW, new_flows=()).could_go, "it fed nothing"
    assert not replace(REPLACED, row=ROW, new_flows=(), new_is_there=False).could_go, "nothing would be left"


@pytest.mark.parametrize(
    "changed",
    [
        {"record": RowRecord(Stage.MADE, Road.BESIDE, new_id="new-1")},
        {"record": RowRecord(Stage.DONE, Road.IN_PLACE), "new_is_there": None},
        {"old_is_there": None},
        {"new_is_there": None},
        {"new_is_there": False},
        {"old_is_there": False},
        {"old_flows": (FLOW,)},
        {"old_flows": (replace(FLOW, state="disabled"),)},
        {"new_flows": ()},
        {"problem": "It could not be read."},
    ],
)
def test_one_thing_that_speaks_against_it_is_enough(changed: dict[str, object]) -> None:
    assert not replace(REPLACED, **changed).could_go  # type: ignore[arg-type]  # names of its fields


def test_a_dataflow_runs_unless_it_is_disabled() -> None:
    flows = tuple(PlannedDataflow(state, state=state) for state in ("enabled", "disabled", "", "draft"))
    assert [flow.flow_id for flow in replace(REPLACED, old_flows=flows).running_old_flows] == ["enabled", "", "draft"]
