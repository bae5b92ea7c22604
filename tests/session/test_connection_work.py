"""What is done with the connections of one sandbox goes over the session of that sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.secrets import Secrets
from aep_tui.practice.organization import practice_target
from aep_tui.session.change_outcome import Changed
from aep_tui.session.connection_work import SandboxWork, session_in
from aep_tui.session.platform_session import PlatformSession
from aep_tui.session.status_session import WorkKind
from tests.kit.wire import a_wire
from tests.session.existing import Organization, listed

pytestmark = pytest.mark.anyio


@pytest.fixture
def organization() -> Organization:
    return Organization()


@pytest.fixture
async def session(organization: Organization) -> AsyncIterator[PlatformSession]:
    wire = a_wire(clock=organization.clock, application=organization)
    session = PlatformSession(practice_target(Secrets()), wire)
    yield session
    await session.close()


async def test_another_sandbox_of_the_target_is_reached_over_the_same_wire(
    organization: Organization, session: PlatformSession
) -> None:
    other = session_in(session, "dev")
    assert (other.target.sandbox_name, other.here.sandbox_name) == ("dev", "dev")
    assert (other.wire, other.sign_ins) == (session.wire, session.sign_ins)
    assert organization.requests == [], "nothing is sent yet"
    await other.close()


async def test_a_connection_is_read_changed_and_deleted_where_it_is(
    organization: Organization, session: PlatformSession
) -> None:
    rows = (await listed(organization, "dev")).rows["dev"]
    (connection_id,) = (row.status.connection_id for row in rows if row.status.name == "Salesforce full copy")
    here = session_in(session, "dev")
    work = SandboxWork(here)
    seen = await work.read(connection_id)
    assert seen.name == "Salesforce full copy"
    used = await work.used_by(connection_id)
    assert {flow.state for flow in used.dataflows} == {"disabled"}

    change = work.for_change(seen, ConnectionChange(name="Renamed"))
    assert (change.kind, change.connection_id) == (WorkKind.CHANGE, connection_id)
    assert change.create is not None
    assert isinstance(await change.create(lambda _words: None), Changed)
    assert (await work.read(connection_id)).name == "Renamed"

    delete = work.for_delete(await work.read(connection_id))
    assert (delete.kind, delete.connection_id) == (WorkKind.DELETE, connection_id)
    await here.close()
    assert {sandbox for _method, sandbox, _path in organization.requests} == {"dev"}
