"""A person at one existing connection of the practice organization, without the way to it."""

from __future__ import annotations

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.pages.at_hand import AfterChange
from aep_tui.pages.change_offers import ConnectionAction
from tests.kit.canary import CANARY
from tests.kit.person import Person
from tests.kit.short_ways import go_to, push

OAUTH = "ACME Salesforce, OAuth"
BASIC = "ACME Salesforce (old)"
USED = "ACME Salesforce"
HIDDEN = "ACME loyalty"


class AtConnection:
    """What is done to a connection, and what its page would be told afterwards."""

    def __init__(self, person: Person, name: str, sandbox_name: str = "rehearsal") -> None:
        """Take the connection with this name in this sandbox."""
        self.person = person
        self.sandbox_name = sandbox_name
        self._name = name
        self.after: AfterChange | None = None
        person.app.session.open()  # the service fills its organization when it is made

    @property
    def connection_id(self) -> str:
        """Its id."""
        [record] = [
            each
            for each in self.person.store.connections()
            if each.name == self._name and each.sandbox_name == self.sandbox_name
        ]
        return record.id

    async def seen(self) -> ConnectionStatus:
        """The connection as the platform shows it now."""
        session = self.person.app.session.in_sandbox(self.sandbox_name)
        return await session.here.service.connection_status(self.connection_id)

    async def begin(self, action: ConnectionAction, status: ConnectionStatus | None = None) -> None:
        """Start it; the page of the connection would do that."""
        seen = status or await self.seen()
        flow = self.person.app.flows.changes

        async def run() -> None:
            self.after = await flow.run(action, seen, self.sandbox_name)

        self.person.app.run_worker(run())
        await self.person.pilot.pause()

    async def ended(self) -> AfterChange:
        """Wait until the work is over."""
        await self.person.wait_until(lambda: self.after is not None, "the end of the change")
        assert self.after is not None
        return self.after


# --- one page each, for the comparison of the pages -------------------------------------------------------------------


async def name_form(person: Person) -> None:
    """The form for name and description."""
    await AtConnection(person, OAUTH).begin(ConnectionAction.NAME)
    await person.see("What should the connection be called?")


async def secret_form(person: Person) -> None:
    """The form for one secret."""
    await AtConnection(person, OAUTH).begin(ConnectionAction.SECRET)
    await person.see("Only this secret is asked for")


async def credentials_form(person: Person) -> None:
    """The form for all credentials."""
    await AtConnection(person, BASIC).begin(ConnectionAction.CREDENTIALS)
    await person.see("every secret is asked for anew")


async def review(person: Person) -> None:
    """The review of new credentials."""
    await credentials_form(person)
    await on_to_review(person)


async def on_to_review(person: Person) -> None:
    """On to it from the form."""
    for field_id in ("password", "securityToken"):
        await go_to(person, field_id)
        await person.paste(CANARY)
    await push(person, "next")
    await person.see("Before → after")


async def refused_path(person: Person) -> None:
    """The question after the platform did not take one secret."""
    await secret_form(person)
    await on_to_refusal(person)


async def on_to_refusal(person: Person) -> None:
    """On to it from the form."""
    await person.paste(CANARY)
    await push(person, "next")
    await person.see("Before → after")
    await push(person, "submit")
    await person.see("The secret was not taken")


async def changed_meanwhile(person: Person) -> None:
    """The question after somebody else was there first."""
    await name_form(person)
    await person.paste(", EMEA")
    await push(person, "next")
    await person.see("Before → after")
    await push(person, "submit")
    await person.see("has changed since you saw it")


async def done(person: Person) -> None:
    """The page for the ticket."""
    await review(person)
    await submit(person)


async def submit(person: Person) -> None:
    """On to the page for the ticket."""
    await push(person, "submit")
    await person.see("test: OK")
    await person.press("enter")
    await person.see("OK: the connection was changed")


async def delete_used(person: Person) -> None:
    """A connection in use before a delete."""
    await AtConnection(person, USED).begin(ConnectionAction.DELETE)
    await person.see("2 dataflows use this connection")


async def delete_unused(person: Person) -> None:
    """A connection that nothing uses before a delete."""
    await AtConnection(person, BASIC).begin(ConnectionAction.DELETE)
    await person.see("No dataflow that you can see")
