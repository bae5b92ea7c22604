"""What the page of one connection asks the platform: one part at a time, and never more than was asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.session.connection_look import ConnectionLook
from aep_tui.session.watch import StateSeen
from tests.session.existing import Organization, listed

pytestmark = pytest.mark.anyio


@dataclass
class Looking:
    organization: Organization
    look: ConnectionLook
    status: ConnectionStatus

    @property
    def asked(self) -> list[str]:
        """What was asked since the last question about it, as it follows the address of the Flow Service."""
        found = [
            f"{method} {path.partition('/flowservice/')[2]}" for method, _sandbox, path in self.organization.requests
        ]
        self.organization.requests.clear()
        return found


@pytest.fixture
async def orders() -> AsyncIterator[Looking]:
    """Look at a connection to MySQL, which the catalog does not know."""
    organization = Organization()
    found = await listed(organization, "rehearsal")
    (row,) = (row for row in found.rows["rehearsal"] if row.status.name == "ACME orders")
    organization.requests.clear()
    async with organization.opened("rehearsal") as (sandbox,):
        look = ConnectionLook(sandbox, row.status.connection_id, load_catalog(), organization.clock)
        yield Looking(organization, look, row.status)


async def test_its_source_is_called_as_the_platform_calls_it(orders: Looking) -> None:
    specs = await orders.look.specs(orders.status)
    assert list(specs) == [orders.status.connection_spec_id]
    assert orders.asked == ["GET connectionSpecs"]
    row = orders.look.row(orders.status, specs)
    assert (row.status, row.source, row.sandbox_name) == (orders.status, "MySQL", "rehearsal")
    assert orders.look.row(orders.status, {}).source == ""
    assert orders.asked == [], "a row is made of what is known"


async def test_it_is_tested_and_explored_when_that_is_asked_for(orders: Looking) -> None:
    path = f"GET connections/{orders.look.connection_id}"
    assert await orders.look.test(orders.status.connection_spec_id) is True
    assert orders.asked == [f"{path}/test"]
    tables = await orders.look.tables(orders.status.connection_spec_id)
    assert tables
    assert orders.asked == [f"{path}/explore"]
    columns = await orders.look.columns(tables[0].path, orders.status.connection_spec_id)
    assert [each.name for each in columns][:2] == ["Id", "Name"]
    assert orders.asked == [f"{path}/explore"]


async def test_what_rides_on_it_is_found(orders: Looking) -> None:
    used = await orders.look.used_by()
    assert [flow.state for flow in used.dataflows] == ["enabled"]
    assert used.problem is None


async def test_it_is_watched_until_its_state_is_known(orders: Looking) -> None:
    states = [event.status.state async for event in orders.look.watch() if isinstance(event, StateSeen)]
    assert states == ["enabled"]
    assert orders.asked == [f"GET connections/{orders.look.connection_id}"]
