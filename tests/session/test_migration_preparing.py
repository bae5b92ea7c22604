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
from aep_tui.session.migration_preparing import ordered, refuse_another_platform
from aep_tui.session.migration_road import is_road_unsaid, road_of
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


@pytest.mark.parametrize(
    ("planned", "recorded", "said", "road"),
    [
        (Road.BESIDE, None, None, Road.BESIDE),
        (Road.IN_PLACE, None, None, None),
        (Road.IN_PLACE, Road.IN_PLACE, None, None),
        (Road.BESIDE, Road.IN_PLACE, None, None),
        (Road.IN_PLACE, Road.BESIDE, None, Road.BESIDE),
        (Road.IN_PLACE, None, Road.IN_PLACE, Road.IN_PLACE),
        (Road.BESIDE, None, Road.IN_PLACE, Road.IN_PLACE),
        (Road.IN_PLACE, Road.IN_PLACE, Road.BESIDE, Road.BESIDE),
    ],
)
def test_files_alone_send_nobody_in_place(planned: Road, recorded: Road | None, said: Road | None, road: Road) -> None:
    assert road_of(planned, recorded, said) is road
    record = MigrationRecord(road=recorded)
    assert is_road_unsaid(replace(PLAN, road=planned), record, said) is (road is None)
    over = replace(record, rows={row.connection_id: RowRecord(Stage.MADE) for row in ROWS})
    assert is_road_unsaid(replace(PLAN, road=planned), over, said) is False, "nothing is to be sent any more"


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
    made = MigrationRecord(
        {
            "in-over": RowRecord(Stage.MADE, Road.IN_PLACE),
            "in-other": RowRecord(Stage.MADE, Road.BESIDE),
            "in-prod": RowRecord(Stage.PUTTING_BACK, Road.IN_PLACE),
        }
    )
    assert (await ordered(PLAN, made, {"dev": listing})).production == ()
    assert (await ordered(PLAN, made, {"dev": listing}, puts_back=True)).production == ("over", "prod")
