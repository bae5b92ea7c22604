"""In place is a person's word, said for this very run; no file says it for them."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from aep_tui.domain.dataflow import Dataflow
from aep_tui.domain.migration_plan import MigrationPlan, Road
from aep_tui.domain.migration_record import MigrationRecord, RowRecord, Stage
from aep_tui.domain.problem import Problem
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.errors import PermissionRefused
from aep_tui.session.connection_details import UsedBy
from aep_tui.session.migration_events import StopHere, StopReason
from aep_tui.session.migration_road import (
    is_road_tried,
    is_road_unsaid,
    refuse_unsaid_road,
    refuse_used_probe,
    road_of,
)
from aep_tui.session.open_sandboxes import OpenedSandbox
from tests.kit.clock import START
from tests.session.migration_in_memory import BROKEN, NEW, OLD, ROW, Service, work_on

pytestmark = pytest.mark.anyio

BESIDE, IN_PLACE = Road.BESIDE, Road.IN_PLACE
DENIED = PermissionRefused("Refused", "You may not see dataflows.", status=403)


@pytest.mark.parametrize(
    ("planned", "recorded", "said", "road"),
    [
        (BESIDE, None, None, BESIDE),
        (IN_PLACE, None, None, None),
        (BESIDE, IN_PLACE, None, None),
        (IN_PLACE, BESIDE, None, BESIDE),
        (BESIDE, None, IN_PLACE, IN_PLACE),
        (IN_PLACE, IN_PLACE, BESIDE, BESIDE),
    ],
)
def test_only_a_person_opens_the_road_in_place(
    planned: Road, recorded: Road | None, said: Road | None, road: Road | None
) -> None:
    assert road_of(planned, recorded, said) is road


@pytest.mark.parametrize(
    ("stage", "is_to_be_sent"),
    [(Stage.WAITING, True), (Stage.SENDING, True), (Stage.MADE, False), (Stage.DONE, False)],
)
def test_whoever_has_nothing_to_send_is_not_asked(stage: Stage, is_to_be_sent: bool) -> None:
    plan = MigrationPlan("https://p", "o@AdobeOrg", START, "s", "a", "b", IN_PLACE, (ROW,))
    record = MigrationRecord({"old-1": RowRecord(stage)})
    assert is_road_unsaid(plan, record, None) is is_to_be_sent
    assert not is_road_unsaid(plan, record, BESIDE)
    assert not is_road_unsaid(replace(plan, road=BESIDE), record, None)


def test_a_road_that_nobody_has_said_stops() -> None:
    with pytest.raises(StopHere) as stop:
        refuse_unsaid_road()
    assert stop.value.reason is StopReason.NEEDS_A_WORD
    assert "--try-in-place" in stop.value.problem.next_step


async def test_the_road_is_tried_when_the_platform_shows_it() -> None:
    assert not await is_road_tried([])
    for states, is_tried, looks in (([OLD], False, 2), ([OLD, NEW], True, 2), ([NEW], True, 1)):
        service = Service(list(states))
        works = [work_on(service, row=replace(ROW, connection_id=each))[0] for each in ("a", "b")]
        assert await is_road_tried(works) is is_tried
        assert service.asked == ["a", "b"][:looks]
    with pytest.raises(StopHere):
        await is_road_tried([work_on(Service([BROKEN]))[0]])


@pytest.mark.parametrize(
    ("used", "reason"),
    [
        (UsedBy(), None),
        (UsedBy(dataflows=(Dataflow("f-1"),)), StopReason.NEEDS_A_WORD),
        (UsedBy(problem=DENIED), StopReason.NEEDS_A_WORD),
        (UsedBy(problem=Problem("Unread", "Nobody can tell.", "")), StopReason.NEEDS_A_WORD),
        (UsedBy(problem=BROKEN), StopReason.FAILED),
    ],
)
async def test_the_first_one_in_place_feeds_nothing_or_a_person_says_so(
    monkeypatch: pytest.MonkeyPatch, used: UsedBy, reason: StopReason | None
) -> None:
    sandbox = OpenedSandbox("dev", cast(FlowService, None))

    async def used_by_dataflows(where: OpenedSandbox, connection_id: str) -> UsedBy:
        assert (where, connection_id) == (sandbox, "old-1")
        return used

    monkeypatch.setattr("aep_tui.session.migration_road.used_by_dataflows", used_by_dataflows)
    if reason is None:
        await refuse_used_probe(ROW, sandbox)
        return
    with pytest.raises(StopHere) as stop:
        await refuse_used_probe(ROW, sandbox)
    assert stop.value.reason is reason
    assert (stop.value.problem is BROKEN) is (reason is StopReason.FAILED)
    assert ("--probe-may-feed" in stop.value.problem.next_step) is (reason is StopReason.NEEDS_A_WORD)
