"""An existing connection of the practice organization, and its page over whatever is shown."""

from __future__ import annotations

from typing import Final

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.existing import ExistingConnection, existing_connection
from aep_tui.tui.connections import ConnectionScreen
from tests.kit.clock import START
from tests.kit.person import Person

BASIC: Final = "41d7b993-fa3c-4c60-bd0b-a03a76cd2008"
DRAFT: Final = "81bccb31-64e2-4f4a-97c2-f76df3dd29eb"
OF_DEV: Final = "59a250c7-92bb-4d36-b4c2-3bd484c0a1a8"


def listed(
    connection_id: str, name: str, state: str = "enabled", *, sandbox_name: str = "rehearsal"
) -> ExistingConnection:
    """A connection as a list knows it, which is less than its page asks for."""
    status = ConnectionStatus(connection_id, state, name, connection_spec_id="cfc0fee1-7dc0-40ef-b73e-d8b134c436f5")
    return existing_connection(status, sandbox_name, catalog=load_catalog(), specs={}, now=START)


async def open_page(person: Person, row: ExistingConnection) -> None:
    """Open the page of a connection."""
    flow = person.app.flows.connections
    await person.app.push_screen(ConnectionScreen(person.app.frame(), flow.opened(row), flow))


async def connection(person: Person) -> None:
    """Show the page of one that has much to say."""
    await open_page(person, listed(BASIC, "ACME Salesforce"))
    await person.see("2 dataflows that you can see")


async def connection_end(person: Person) -> None:
    """Show its end."""
    await connection(person)
    await person.press("pagedown", "pagedown", "pagedown")


async def failed_test(person: Person) -> None:
    """Show one that cannot be tested."""
    await open_page(person, listed(DRAFT, "ACME Salesforce on AWS, sandbox", "draft"))
    await person.see("no dataflow that you can see")
    await person.press("f12")
    await person.see("has failed")


async def tables(person: Person) -> None:
    """Show its tables."""
    await connection(person)
    await person.press("f3")
    await person.see("9 tables.")


async def columns(person: Person) -> None:
    """Show the columns of the first table."""
    await tables(person)
    await person.press("enter")
    await person.see("Columns of Account")
