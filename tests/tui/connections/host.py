"""The list of existing connections alone on a screen, with a flow whose pages arrive when the test says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, cast

from textual.app import App
from textual.pilot import Pilot

import aep_tui
from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.dataflow import ConnectionSpec
from aep_tui.domain.existing import ConnectionFilter, ExistingConnection, existing_connection
from aep_tui.domain.problem import Problem
from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import Mode, Target
from aep_tui.domain.wizard import Wizard
from aep_tui.flow_service.retry import RetryWait
from aep_tui.pages.connection_rows import ListState
from aep_tui.pages.connections_flow import ConnectionsFlow
from aep_tui.pages.frame import Frame
from aep_tui.session.connection_listing import ListingEvent, RowsArrived, SandboxDone
from aep_tui.tui.connections.list_page import ConnectionListScreen
from aep_tui.tui.widgets.theme import DARK, dress
from tests.kit.clock import START, FakeClock
from tests.kit.pilot import piloted
from tests.kit.screen_text import screen_text

SPECS: Final = {
    "salesforce": "cfc0fee1-7dc0-40ef-b73e-d8b134c436f5",
    "oracle": "ba5126ec-c9ac-11eb-b8bc-0242ac130003",
}
CLOSED: Final = Problem("Not allowed", "Your permissions do not suffice.", "Ask for them.")
BASIC: Final = "Basic Authentication"
OAUTH2: Final = "OAuth2 Client Credential"


def row(
    name: str,
    *,
    number: int = 0,
    source: str = "salesforce",
    method: str = OAUTH2,
    state: str = "enabled",
    sandbox_name: str = "dev",
    days_old: int = 10,
) -> ExistingConnection:
    """One connection; of a source that is no key of `SPECS` only the specification knows the name."""
    at = START - timedelta(days=days_old)
    status = ConnectionStatus(
        f"00000000-0000-4000-8000-{number:012}",
        state,
        name=name,
        created_at=at,
        updated_at=at,
        connection_spec_id=SPECS.get(source, source),
        auth_spec_name=method,
        parameters={"environmentUrl": "https://acme.my.salesforce.com"},
    )
    specs = {source: ConnectionSpec(source, source, source.title())} if source not in SPECS else {}
    return existing_connection(status, sandbox_name, catalog=load_catalog(), specs=specs, now=START)


FORTY_TWO: Final = tuple(
    row(f"ACME {number}", number=number, method=BASIC if number % 6 == 0 else OAUTH2, days_old=number + 1)
    for number in range(42)
)


class Tokens:
    """Always has another access token, and counts how often one was asked for."""

    asked = 0

    async def is_given(self, _problem: Problem) -> bool:
        self.asked += 1
        return True


class Types:
    """Knows nothing of any sandbox until it is asked to learn."""

    def __init__(self, *known: Sandbox) -> None:
        self.to_learn = {each.name: each for each in known}
        self.asked = 0
        self._known: dict[str, Sandbox] = {}

    def of(self, name: str) -> Sandbox | None:
        return self._known.get(name)

    def all_of(self, names: Sequence[str]) -> tuple[Sandbox, ...]:
        return tuple(self.of(name) or Sandbox(name) for name in names)

    async def learn(self, _names: Sequence[str]) -> bool:
        self.asked += 1
        self._known = self.to_learn
        return bool(self._known)


class MadeUpFlow:
    """What the page asks: rows come as they are put into the queue of this flow."""

    def __init__(self, *events: ListingEvent | Problem, sandbox_names: Sequence[str] = ("dev",)) -> None:
        self.clock = FakeClock()
        self.sandbox_names = tuple(sandbox_names)
        self.asked: list[tuple[str, ...]] = []
        self.opened: list[str] = []
        self.learnt: dict[str, ExistingConnection | None] = {}
        self.arriving: asyncio.Queue[ListingEvent | Problem] = asyncio.Queue()
        for event in events:
            self.arriving.put_nowait(event)
        self.tokens = Tokens()
        self.left_list = ListState()
        self.sandbox_types = Types()
        self.wait: RetryWait | None = None
        """What the sandboxes are waited for, without an end."""
        self.offered: tuple[Sandbox, ...] | Problem = (Sandbox("dev"), Sandbox("prod", type="production"))

    async def rows(
        self, names: Sequence[str], wanted: ConnectionFilter | None = None, on_retry: Callable[..., None] | None = None
    ) -> AsyncGenerator[ListingEvent, None]:
        self.asked.append(tuple(names))
        left = len(names)
        while left:
            event = await self.arriving.get()
            if isinstance(event, Problem):
                raise event
            left -= isinstance(event, SandboxDone)
            yield event

    def latest(self, row: ExistingConnection) -> ExistingConnection | None:
        return self.learnt.get(row.status.connection_id, row)

    async def open(self, opened: ExistingConnection) -> None:
        self.opened.append(opened.status.name)

    async def offered_sandboxes(self, on_retry: Callable[[RetryWait], None] | None = None) -> tuple[Sandbox, ...]:
        if self.wait is not None:
            assert on_retry is not None
            on_retry(self.wait)
            await asyncio.Event().wait()
        if isinstance(self.offered, Problem):
            raise self.offered
        return self.offered


class Host(App[None]):
    """Nothing but the page; what is copied is remembered."""

    CSS_PATH = Path(aep_tui.__file__).parent / "tui" / "app.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.copied: list[str] = []
        dress(self, DARK.name)

    def copy_to_clipboard(self, text: str) -> None:
        self.copied.append(text)


class Reader:
    """Who presses keys and reads the list."""

    def __init__(self, host: Host, pilot: Pilot[Any], page: ConnectionListScreen, flow: MadeUpFlow) -> None:
        self.host, self.pilot, self.page, self.flow = host, pilot, page, flow

    def read(self) -> str:
        return screen_text(self.host)

    async def press(self, *keys: str) -> str:
        await self.pilot.press(*keys)
        await self.pilot.pause()
        return self.read()

    async def arrives(self, *events: ListingEvent | Problem) -> str:
        for event in events:
            self.flow.arriving.put_nowait(event)
        await self.pilot.pause()
        return self.read()

    @property
    def marked(self) -> str:
        """The name in the marked row."""
        lines = [line for line in self.read().splitlines() if line.startswith(" >") and "[" not in line]
        return lines[0][5:].split("  ")[0].strip() if lines else ""


def all_of(rows: Sequence[ExistingConnection], sandbox_name: str = "dev") -> tuple[ListingEvent, ...]:
    """A sandbox that has these rows, read to its end."""
    return RowsArrived(sandbox_name, tuple(rows), len(rows)), SandboxDone(sandbox_name, len(rows))


@asynccontextmanager
async def listed(flow: MadeUpFlow, size: tuple[int, int] = (80, 22)) -> AsyncIterator[Reader]:
    """Show the page of `flow`."""
    host, clock = Host(), FakeClock()
    frame = Frame(
        Wizard(load_catalog(), clock.today()),
        Target(Mode.LIVE, organization_id="ACME@AdobeOrg", sandbox_name="dev"),
        clock,
        Secrets(),
    )
    page = ConnectionListScreen(frame, cast(ConnectionsFlow, flow))
    async with piloted(host, size) as pilot:
        await host.push_screen(page)
        await pilot.pause()
        yield Reader(host, pilot, page, flow)
