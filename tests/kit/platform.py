"""A person at the wizard in live mode, whose platform is a practice server on loopback."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aep_tui.commands.argument_parser import read_arguments
from aep_tui.commands.launch_options import launch_from
from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.wizard import Step, Wizard
from aep_tui.practice.organization import API_KEY, ORGANIZATION_ID
from aep_tui.practice.scenarios import EVERYTHING_FINE, Scenario
from aep_tui.tui.app import WizardApp
from aep_tui.tui.steps.checks import PreflightScreen
from aep_tui.tui.steps.welcome import WelcomeScreen
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.kit.person import Person
from tests.kit.pilot import piloted
from tests.kit.practice_server import PracticeServer
from tests.kit.short_ways import push, replace_text


class Platform:
    """A practice server that plays platform and identity service, and the directory of the person's own files."""

    def __init__(
        self, server: PracticeServer, clock: FakeClock, outside: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.server = server
        self.clock = clock
        self.outside = outside
        self.monkeypatch = monkeypatch

    def set(self, **variables: str) -> None:
        """Set variables of the environment; the addresses point to the server."""
        for name, text in variables.items():
            self.monkeypatch.setenv(name, text)

    def set_target(self, **variables: str) -> None:
        """Set all plain values of a target on the server, and `variables`."""
        self.set(
            AEP_BASE_URL=self.server.base_url,
            AEP_IMS_HOST=self.server.base_url,
            AEP_ORG_ID=ORGANIZATION_ID,
            AEP_SANDBOX_NAME="rehearsal",
            AEP_API_KEY=API_KEY,
            **variables,
        )

    def write(self, name: str, content: object) -> Path:
        """Write a private file that is the person's own, JSON unless `content` is text."""
        path = self.outside / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        path.chmod(0o600)
        return path

    @asynccontextmanager
    async def wizard(self, *arguments: str, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Person]:
        """The wizard, started with these arguments; at the end no secret may have been shown."""
        launch = replace(launch_from(read_arguments(arguments), asks_for_hosts=True), clock=self.clock)
        app = WizardApp(launch, Wizard(load_catalog(), self.clock.today()))
        try:
            async with piloted(app, size) as pilot:
                person = Person(app, pilot, self.clock, self.server.store)
                await pilot.pause()
                person.read()
                yield person
                person.read()
                command_line = Path("/proc/self/cmdline")
                assert not command_line.exists() or CANARY.encode() not in command_line.read_bytes()
            person.assert_no_secret_was_shown()
        finally:
            await app.session.close()


@contextmanager
def platform_of(
    outside: Path, monkeypatch: pytest.MonkeyPatch, scenario: Scenario = EVERYTHING_FINE
) -> Iterator[Platform]:
    """A platform; `outside` is a directory where the person's own files, secrets too, may stand."""
    clock = FakeClock()
    with PracticeServer(clock=clock, scenario=scenario) as server:
        yield Platform(server, clock, outside, monkeypatch)


def welcome(person: Person) -> WelcomeScreen:
    """The welcome page, which has to be on top."""
    screen = person.app.screen
    assert isinstance(screen, WelcomeScreen)
    return screen


async def see_form(person: Person) -> str:
    """Wait for the fields of live mode."""
    return await person.wait_until(lambda: bool(person.app.screen.query("#client-secret")), "the fields of live mode")


async def enter(person: Person, field_id: str, text: str) -> None:
    """Paste `text` into a field, in the place of what stands there."""
    await replace_text(person, field_id, text)


def postman_environment(**values: str) -> dict[str, Any]:
    """A Postman environment export."""
    pairs = [{"key": key, "value": value, "enabled": True} for key, value in values.items()]
    return {"id": "1", "name": "acme", "values": pairs, "_postman_variable_scope": "environment"}


async def go_on_to_clouds(person: Person, *, after_checks: bool = False) -> str:
    """Press Start, go on at the checks of the set-up, and wait for the clouds; return the screen."""
    await push(person, "next")
    await person.wait_until(lambda: isinstance(person.app.screen, PreflightScreen), "the checks")
    if after_checks:
        await person.see("Done:")
    await person.press("enter")
    await person.at(Step.TASK)
    await person.press("enter")
    return await person.at(Step.CLOUD)


async def start(person: Person) -> str:
    """Go on to the clouds, and wait for what the platform says about the sandbox; return the screen."""
    await go_on_to_clouds(person)
    return await person.wait_until(
        lambda: person.app.state.sandbox is not None, "what the platform says about the sandbox"
    )
