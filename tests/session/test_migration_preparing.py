"""Before a migration runs: the platform is the plan's, the road was said by a person, production is named."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from aep_tui.domain.migration_plan import MigrationPlan, Road
from aep_tui.domain.migration_record import MigrationRecord, RowRecord, Stage
from aep_tui.domain.migration_text import PlanUnusable
from aep_tui.domain.sandbox import Sandbox
from aep_tui.flow_service.client import FlowService
from aep_tui.practice.organization import practice_target
from aep_tui.session.migration_preparing import is_road_unsaid, ordered, refuse_another_platform
from aep_tui.session.open_sandboxes import OpenedSandbox
from tests.kit.clock import START
from tests.session.migrating import SECRETS
from tests.session.migration_in_memory import ROW

TARGET = practice_target(SECRETS)
ROWS = tuple(
    replace(ROW, connection_id=f"in-{name}", sandbox_name=name, sandbox_type="development")
    for name in ("prod", "other", "dev", "over")
)
PLAN = MigrationPlan(TARGET.base_url, TARGET.organization_id, START, "s", "a", "b", rows=ROWS)


def test_a_plan_of_this_platform_is_taken_and_one_of_another_is_not() -> None:
    refuse_another_platform(PLAN, TARGET)
    with pytest.raises(PlanUnusable, match="Its address is https://elsewhere, and yours is "):
        refuse_another_platform(replace(PLAN, base_url="https://elsewhere"), TARGET)
    with pytest.raises(PlanUnusable, match="Its organization is other@AdobeOrg, and yours is "):
        refuse_another_platform(replace(PLAN, organization_id="other@AdobeOrg"), TARGET)


def test_a_file_alone_sends_nobody_in_place() -> None:
    in_place = replace(PLAN, road=Road.IN_PLACE)
    assert is_road_unsaid(in_place, MigrationRecord(), None) is True
    assert is_road_unsaid(in_place, MigrationRecord(), Road.IN_PLACE) is False
    assert is_road_unsaid(in_place, MigrationRecord(road=Road.IN_PLACE), None) is False
    assert is_road_unsaid(PLAN, MigrationRecord(), None) is False, "beside nothing is touched"


@pytest.mark.anyio
async def test_what_the_platform_does_not_call_development_is_production_whatever_the_plan_says() -> None:
    class Listing:
        async def sandboxes(self) -> tuple[Sandbox, ...]:
            return Sandbox("prod", type="production"), Sandbox("dev", type="development"), Sandbox("over")

    listing = OpenedSandbox("dev", cast(FlowService, Listing()))
    record = MigrationRecord({"in-over": RowRecord(Stage.DONE), "in-other": RowRecord(Stage.SENDING)})
    found = await ordered(PLAN, record, {"dev": listing})
    assert found.production == ("other", "prod"), "nothing is changed any more where all is done"
    assert [(row.sandbox_name, row.sandbox_type) for row in found.plan.rows] == [
        ("dev", "development"),
        ("other", ""),
        ("over", ""),
        ("prod", "production"),
    ]
    assert (await ordered(replace(PLAN, rows=()), record, {})).production == ()
