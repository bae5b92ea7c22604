"""What became of a change, in the words of the journal and of the status page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.intent import IntentOutcome, OutcomeKind
from aep_tui.domain.problem import Problem
from aep_tui.flow_service.errors import OutcomeUnknown
from aep_tui.session.change_outcome import (
    Changed,
    ChangeOutcome,
    ChangeUnknown,
    NotChanged,
    as_creation,
    change_outcome_for_journal,
)
from aep_tui.session.outcome import CannotTell, Created

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
INTENT = ChangeIntent("c-1", AT, "https://p", "o@AdobeOrg", "dev", "id-1", ChangeKind.CHANGE, "ACME", '"1"')
UNCHANGED = NotChanged(Problem("Refused", "Not in this state.", "Wait."))
UNKNOWN = ChangeUnknown(OutcomeUnknown("Unknown", "Nothing came back.", "Look at it."))


@pytest.mark.parametrize(
    ("outcome", "written"),
    [
        (Changed('"2"', "found by looking"), IntentOutcome(OutcomeKind.CHANGED, "id-1", "found by looking")),
        (UNCHANGED, IntentOutcome(OutcomeKind.NOT_CHANGED, "id-1", "Not in this state.")),
        (UNKNOWN, IntentOutcome(OutcomeKind.CANNOT_TELL, "id-1", "Nothing came back.")),
    ],
)
def test_each_outcome_is_written_as_what_it_is(outcome: ChangeOutcome, written: IntentOutcome) -> None:
    assert change_outcome_for_journal(INTENT, outcome) == written


def test_a_correction_ends_like_a_create_of_the_same_connection() -> None:
    created = as_creation("id-1", Changed('"2"', "found by looking"))
    assert isinstance(created, Created)
    assert (created.connection.connection_id, created.connection.etag) == ("id-1", '"2"')
    assert (created.connection.status, created.found_words) == (200, "found by looking")
    unknown = as_creation("id-1", UNKNOWN)
    assert unknown == CannotTell(UNKNOWN.error, "Look at it.", ("id-1",))
    with pytest.raises(Problem) as refused:
        as_creation("id-1", UNCHANGED)
    assert refused.value is UNCHANGED.error
