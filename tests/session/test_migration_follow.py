"""What follows a change that is not what was wanted: another auth method, or credentials that fail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.migration_record import RecordedStep
from aep_tui.session.migration_events import StopHere, StopReason
from aep_tui.session.migration_follow import follow
from tests.session.migrating import METHODS
from tests.session.migration_in_memory import BESIDE, IN_PLACE, NEW, Service, refused, work_on

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(("name", "shown"), [(METHODS.old.spec_name, METHODS.old.spec_name), ("", "-")])
async def test_a_connection_that_has_another_auth_method_by_then_is_not_tested(name: str, shown: str) -> None:
    service = Service([replace(NEW, auth_spec_name=name)])
    work, notes, _said = work_on(service, *BESIDE)
    with pytest.raises(StopHere) as stop:
        await follow(work, puts_back=True)
    assert stop.value.reason is StopReason.CHANGED
    assert stop.value.problem.message == f"Connection new-1 has the auth method {shown}."
    assert "--leave old-1" in stop.value.problem.next_step
    assert (service.asked, notes.entries) == (["new-1"], list(BESIDE))


@pytest.mark.parametrize(
    ("puts_back", "reason", "changes"), [(True, StopReason.PUT_BACK, 1), (False, StopReason.TEST_FAILED, 0)]
)
async def test_old_credentials_are_put_back_only_when_a_person_says_so(
    puts_back: bool, reason: StopReason, changes: int
) -> None:
    service = Service([replace(NEW, connection_id="old-1")], test=refused(said="INVALID_LOGIN"))
    work, notes, _said = work_on(service, *IN_PLACE)
    with pytest.raises(StopHere) as stop:
        await follow(work, puts_back=puts_back)
    assert stop.value.reason is reason
    assert stop.value.problem.message.startswith("INVALID_LOGIN ")
    assert service.asked.count("change old-1") == changes
    tested = [(entry.passed, entry.words) for entry in notes.entries if entry.event is RecordedStep.TESTED]
    assert tested == [(False, "INVALID_LOGIN")]
