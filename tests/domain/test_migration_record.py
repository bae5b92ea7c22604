"""What a migration has done, out of its entries: what is over, what nobody knows, and what a person has decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.migration_plan import Road
from aep_tui.domain.migration_record import Entry, MigrationRecord, RecordedStep, RowRecord, Stage, after, read_together

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
LATER = AT + timedelta(minutes=5)
CHANGE = ChangeIntent("c-1", AT, "https://p", "o@AdobeOrg", "dev", "old-1", ChangeKind.CHANGE, "ACME", '"1"')
SENDING = Entry(RecordedStep.SENDING, AT, "old-1", Road.IN_PLACE, change=CHANGE, parameters=(("username", "somebody"),))
MADE = Entry(RecordedStep.MADE, AT, "old-1", new_id="new-1", etag='"2"', words="found by looking")


def of(*entries: Entry) -> RowRecord:
    return read_together(entries).of("old-1")


def test_of_a_connection_without_an_entry_nothing_was_done() -> None:
    assert read_together([SENDING]).of("old-2") == RowRecord()
    assert not RowRecord().is_over
    assert not RowRecord().is_enabled
    assert not RowRecord().is_unknown


def test_a_request_that_is_about_to_leave_is_unknown_until_somebody_knows() -> None:
    known = of(SENDING)
    assert (known.stage, known.is_unknown, known.is_over) == (Stage.SENDING, True, False)
    assert (known.road, known.change) == (Road.IN_PLACE, CHANGE)
    assert known.parameters == (("username", "somebody"),)
    unknown = of(SENDING, Entry(RecordedStep.UNKNOWN, LATER, "old-1", words="nobody knows"))
    assert (unknown.is_unknown, unknown.stopped, unknown.ended_at) == (True, "nobody knows", LATER)


def test_a_request_that_is_sent_again_keeps_the_first_beginning_and_forgets_the_stop() -> None:
    stopped = Entry(RecordedStep.STOPPED, AT, "old-1", words="it stopped")
    known = of(SENDING, stopped, Entry(RecordedStep.NOT_MADE, AT, "old-1", words="refused"), replace(SENDING, at=LATER))
    assert (known.began_at, known.ended_at, known.stopped) == (AT, None, "")


def test_what_was_made_began_when_it_was_sent_or_when_a_person_named_it() -> None:
    assert of(SENDING, replace(MADE, at=LATER)).began_at == AT
    assert of(replace(MADE, at=LATER)).began_at == LATER


def test_the_words_of_the_file_stay_what_earlier_versions_have_written() -> None:
    assert " ".join(RecordedStep) == (
        "plan road road-refused sending made answered not-made unknown enabled tested explored done stopped left-out "
        "putting-back put-back not-put-back"
    )


def test_what_was_made_is_watched_anew_and_its_words_are_kept() -> None:
    enabled = Entry(RecordedStep.ENABLED, AT, "old-1", etag='"3"', parameters=(("apiVersion", "60.0"),))
    known = of(SENDING, MADE, enabled)
    assert (known.stage, known.new_id, known.etag, known.is_enabled) == (Stage.MADE, "new-1", '"3"', True)
    assert (known.made_words, known.new_parameters) == ("found by looking", (("apiVersion", "60.0"),))
    assert of(SENDING, MADE, replace(enabled, etag="")).etag == '"2"'
    assert of(SENDING, MADE, enabled, MADE).is_enabled is False
    assert of(SENDING, MADE, Entry(RecordedStep.ANSWERED, AT, "old-1")).made_words == "found by looking"
    assert of(SENDING, MADE, Entry(RecordedStep.ANSWERED, AT, "old-1", words="otherwise")).made_words == "otherwise"


@pytest.mark.parametrize("event", [RecordedStep.NOT_MADE, RecordedStep.ROAD_REFUSED])
def test_what_was_not_made_waits_again_on_no_road(event: RecordedStep) -> None:
    known = of(SENDING, Entry(event, AT, "old-1", words="refused"))
    assert (known.stage, known.road, known.stopped, known.is_unknown) == (Stage.WAITING, None, "refused", False)


def test_the_last_test_counts() -> None:
    assert of(SENDING, MADE).test is None
    failed = Entry(RecordedStep.TESTED, AT, "old-1", passed=False)
    assert of(SENDING, MADE, failed).test is False
    assert of(SENDING, MADE, failed, replace(failed, passed=True)).test is True


def test_what_was_explored_is_told() -> None:
    known = of(SENDING, MADE, Entry(RecordedStep.EXPLORED, AT, "old-1", tables=3, table="Account", columns=5))
    assert (known.tables, known.table, known.columns) == (3, "Account", 5)


@pytest.mark.parametrize(
    ("event", "stage"),
    [(RecordedStep.DONE, Stage.DONE), (RecordedStep.LEFT_OUT, Stage.LEFT_OUT), (RecordedStep.PUT_BACK, Stage.PUT_BACK)],
)
def test_what_is_over_is_over(event: RecordedStep, stage: Stage) -> None:
    known = of(SENDING, MADE, Entry(event, LATER, "old-1", words="its end"))
    assert (known.stage, known.is_over, known.ended_at, known.stopped) == (stage, True, LATER, "its end")


def test_old_credentials_on_their_way_back_are_unknown_and_may_not_have_arrived() -> None:
    back = replace(CHANGE, id="c-2")
    stopped = Entry(RecordedStep.STOPPED, AT, "old-1", words="the test failed")
    putting = Entry(RecordedStep.PUTTING_BACK, LATER, "old-1", change=back)
    known = of(SENDING, MADE, stopped, putting)
    assert (known.stage, known.is_unknown, known.is_over) == (Stage.PUTTING_BACK, True, False)
    assert (known.change, known.stopped) == (back, "")
    not_back = of(SENDING, MADE, stopped, putting, Entry(RecordedStep.NOT_PUT_BACK, LATER, "old-1", words="refused"))
    assert (not_back.stage, not_back.stopped) == (Stage.MADE, "refused")


def test_the_ids_of_all_requests_are_kept_in_order() -> None:
    known = of(SENDING, replace(MADE, request_id="r-1"), Entry(RecordedStep.ANSWERED, AT, "old-1", request_id="r-2"))
    assert known.request_ids == ("r-1", "r-2")
    assert after(RowRecord(), SENDING).request_ids == ()


def test_the_first_plan_counts() -> None:
    whole = read_together(
        [Entry(RecordedStep.PLAN, AT, digest="first"), Entry(RecordedStep.PLAN, LATER, digest="second")]
    )
    assert (whole.digest, whole.began_at) == ("first", AT)
    assert whole.rows == {}


def test_whoever_decides_anew_has_read_the_refusal() -> None:
    refused = Entry(RecordedStep.ROAD_REFUSED, AT, "old-1", words="not in place")
    decided = Entry(RecordedStep.ROAD, AT, road=Road.BESIDE)
    assert read_together([refused]).refused == "not in place"
    assert read_together([SENDING, MADE]).refused == "", "nothing else is a refusal"
    assert read_together([replace(refused, words="")]).refused, "a refusal without words is one as well"
    whole = read_together([refused, decided])
    assert (whole.road, whole.refused) == (Road.BESIDE, "")
    assert read_together([decided, refused]).road is Road.BESIDE


def test_lines_that_cannot_be_read_are_counted() -> None:
    assert read_together([], 2).unreadable == 2
    assert read_together([]) == MigrationRecord()
    assert MigrationRecord().unreadable == 0
