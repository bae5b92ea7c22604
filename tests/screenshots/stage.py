"""A wizard that looks the same in every run: its clock, its ids and its environment are fixed."""

from __future__ import annotations

import asyncio
import os
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, chdir, contextmanager
from itertools import count
from typing import Any, Final
from unittest.mock import patch

from textual.app import App

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.wizard import Wizard
from aep_tui.practice.application import create_practice_application
from aep_tui.practice.scenarios import EVERYTHING_FINE, scenario_by_id
from aep_tui.practice.store import PracticeStore
from aep_tui.session import creation
from aep_tui.settings.resolution import resolve
from aep_tui.tui.app import WizardApp
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.kit.person import Person, launch_for
from tests.kit.pilot import piloted

SIZES: Final = ((80, 24), (120, 40))
_NAMESPACE: Final = uuid.UUID("6f1c0a52-77f4-4b0e-9d57-3a2b5e1c8d90")
_OUR_VARIABLES: Final = ("AEP_", "TEXTUAL", "NO_COLOR", "IMS_OAUTH_", "COLORTERM", "TERM", "TMUX", "XDG_", "SSL_")

LIVE_VARIABLES: Final = {
    "AEP_ORG_ID": "ACME5C1328435BF324E9@AdobeOrg",
    "AEP_SANDBOX_NAME": "dev",
    "AEP_API_KEY": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    "AEP_CLIENT_SECRET": CANARY,
}
"""What the live pages show; nothing of it exists."""


class StoppingClock(FakeClock):
    """Sleeps jump as far as `stop_at`, and each jump waits until the page shows what happened before it."""

    def __init__(self) -> None:
        super().__init__()
        self._stop_at: float | None = None
        self._seconds = 0.0
        self._moved = asyncio.Event()
        self.app: App[Any] | None = None

    def stop_at(self, seconds: float | None) -> None:
        """Let no sleep end later than `seconds` after the start; None lets all end."""
        self._stop_at = seconds
        self._moved.set()

    async def sleep(self, seconds: float) -> None:
        await self._settled()
        while self._stop_at is not None and self._seconds + seconds > self._stop_at:
            self._moved.clear()
            await self._moved.wait()
        self._seconds += seconds
        await super().sleep(seconds)

    async def _settled(self) -> None:
        """Wait until the page has handled what was posted to it."""
        if self.app is not None and self.app.is_running:
            for pump in (self.app.screen, self.app, self.app.screen):
                is_handled = asyncio.Event()
                if pump.call_later(is_handled.set):
                    await is_handled.wait()


@asynccontextmanager
async def stage(scenario_id: str = EVERYTHING_FINE.id, **changes: Any) -> AsyncIterator[Person]:  # noqa: ANN401 - any attribute of a launch
    """Return a person in front of a wizard; `changes` replace attributes of its launch."""
    clock, store = StoppingClock(), PracticeStore()
    launch = launch_for(
        clock,
        lambda name: create_practice_application(
            scenario=scenario_by_id(name) or EVERYTHING_FINE, store=store, clock=clock
        ),
        scenario_id=scenario_id,
        read_settings=lambda: resolve(clock=clock, secrets=Secrets(), environment=LIVE_VARIABLES),
        **changes,
    )
    app = WizardApp(launch, Wizard(load_catalog(), clock.today()))
    clock.app = app
    try:
        async with piloted(app, SIZES[0]) as pilot:
            await pilot.pause()
            yield Person(app, pilot, clock, store)
            clock.stop_at(None)
    finally:
        await app.session.close()
        store.close()


@contextmanager
def fixed_ids() -> Iterator[None]:
    """Make every id the same in each run."""
    numbers = count(1)

    def next_id() -> uuid.UUID:
        return uuid.UUID(bytes=uuid.uuid5(_NAMESPACE, str(next(numbers))).bytes, version=4)

    # The second has a name of its own for the function, real or patched, depending on who imported it first.
    with patch("uuid.uuid4", next_id), patch.object(creation, "uuid4", next_id):
        yield


@contextmanager
def fixed_surroundings() -> Iterator[None]:
    """Take the person's own settings away, of which one may be a file where the program is started."""
    with tempfile.TemporaryDirectory() as home, chdir(home), patch.dict(os.environ):
        for name in [name for name in os.environ if name.startswith(_OUR_VARIABLES)]:
            del os.environ[name]
        os.environ.update(HOME=home, TERM="xterm-256color", COLORTERM="truecolor", TZ="UTC")
        yield
