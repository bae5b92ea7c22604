"""A person at the wizard: the app with a practice service of its own, driven by keys, and every screen looked at."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from aep_tui.domain.catalog.catalog import Catalog, load_catalog
from aep_tui.domain.connection_request import CONNECTIONS_PATH
from aep_tui.domain.result import ConnectionResult
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.source import Cloud
from aep_tui.domain.target import Mode
from aep_tui.domain.wizard import Step, Wizard
from aep_tui.practice.application import create_practice_application
from aep_tui.practice.organization import practice_target
from aep_tui.practice.scenarios import EVERYTHING_FINE, SCENARIOS, scenario_by_id
from aep_tui.practice.store import PracticeStore
from aep_tui.settings.launch import Launch, ScenarioChoice
from aep_tui.settings.resolved import ResolvedSettings
from aep_tui.tui.app import WizardApp
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.steps.step_screens import step_screen
from tests.kit.canary import CANARY
from tests.kit.clock import START, FakeClock
from tests.kit.journeys import AWS_JWT, BASIC, JWT, OAUTH2, ORACLE, ZOHO, Journey
from tests.kit.pilot import piloted
from tests.kit.screen_text import screen_text

__all__ = [
    "AWS_JWT",
    "BASIC",
    "OAUTH2",
    "ORACLE",
    "ZOHO",
    "Journey",
    "Person",
    "flat",
    "launch_for",
    "masked",
    "wizard",
]

TODAY: Final = date(2026, 11, 22)
LONGEST_WAIT: Final = 60.0

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NO_UUID: Final = "00000000-0000-4000-8000-000000000000"
_TIME = re.compile(r"\d\d:\d\d:\d\d UTC  \+ *\d+\.\d s")
_ELAPSED = re.compile(r"(?<=   )(\d+ min )?\d+ s(?= *$|  *│)", re.MULTILINE)


class CountedApplication:
    """The practice service behind a counter of the creates that it was sent."""

    def __init__(self, application: Any) -> None:  # noqa: ANN401 - an ASGI application
        self._application = application
        self.creates = 0
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - the ASGI signature
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"] == CONNECTIONS_PATH:
            self.creates += 1
        await self.may_answer.wait()
        await self._application(scope, receive, send)


class Person:
    """Presses keys and reads the screen; remembers every screen that was shown between two keys."""

    def __init__(self, app: WizardApp, pilot: Pilot[ConnectionResult], clock: FakeClock, store: PracticeStore) -> None:
        self.app = app
        self.pilot = pilot
        self.clock = clock
        self.store = store
        self.applications: list[CountedApplication] = []
        self.screens: list[str] = []
        self.notifications: list[str] = []

    @property
    def creates(self) -> int:
        """How many creates the service was sent."""
        return sum(application.creates for application in self.applications)

    @property
    def focus(self) -> str:
        """The id of what has the focus, "" for nothing."""
        return (self.app.focused.id or "") if self.app.focused is not None else ""

    def read(self) -> str:
        """What the screen shows now."""
        text = screen_text(self.app)
        self.screens.append(text)
        self.notifications += [notification.message for notification in self.app._notifications]
        return text

    async def press(self, *keys: str) -> str:
        """Press keys; return the screen afterwards."""
        for key in keys:
            await self.pilot.press(key)
        await self.pilot.pause()  # what a key has made due for the next turn stands on the screen as well
        return self.read()

    async def type(self, text: str) -> str:
        """Type `text` where the focus is."""
        names = {"\n": "enter", " ": "space"}
        await self.pilot.press(*(names.get(character, character) for character in text))
        return self.read()

    async def paste(self, text: str) -> str:
        """Paste `text` where the focus is, as a terminal with bracketed paste does."""
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()
        return self.read()

    async def see(self, words: str) -> str:
        """Wait until the screen shows `words`; return the whole screen."""
        await self._wait(lambda: words in self.read() or words in flat(self.screens[-1]), words)
        return self.screens[-1]

    async def wait_until(self, is_true: Callable[[], bool], what: str) -> str:
        """Wait until a condition holds; return the screen."""
        await self._wait(is_true, what)
        return self.read()

    async def _wait(self, is_true: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + LONGEST_WAIT
        await self.pilot.pause()
        while not is_true():
            assert self.app._exception is None, f"the app failed before {what!r}: {self.app._exception!r}"
            assert time.monotonic() < deadline, f"{what!r} did not come; the last screen:\n{self.read()}"
            await asyncio.sleep(0.01)
            await self.pilot.pause()  # what a thread has brought is on the page as a whole before somebody reads it

    async def at(self, step: Step) -> str:
        """Wait until the page of `step` is shown; return the screen."""
        return await self.wait_until(lambda: shown_step(self.app) is step, step.label)

    async def tab_to(self, widget_id: str, key: str = "tab") -> str:
        """Press Tab until `widget_id` has the focus."""
        for _press in range(40):
            if self.focus == widget_id:
                return self.read()
            await self.pilot.press(key)
        raise AssertionError(f"Tab never reaches {widget_id}:\n{self.read()}")

    async def button(self, widget_id: str) -> str:
        """Go to a button with Tab and press it with Enter."""
        await self.tab_to(widget_id)
        return await self.press("enter")

    async def choose(self, option_id: str) -> str:
        """Move with the arrow keys to an option of the list that has the focus."""
        focused = self.app.focused
        for _press in range(20):
            if getattr(focused, "chosen", "") == option_id:
                return self.read()
            await self.pilot.press("down")
        raise AssertionError(f"the arrow keys never reach {option_id}:\n{self.read()}")

    async def clear_field(self) -> None:
        """Empty the field that has the focus."""
        await self.press("end", "ctrl+u")

    # --- stretches of the way, by keys from the welcome page ----------------------------------------------------------

    async def walk_to_auth_method(self, journey: Journey) -> str:
        """From the welcome page to the auth methods."""
        await self.press("enter")
        await self.at(Step.TASK)
        await self.press("enter")
        await self.at(Step.CLOUD)
        await self.choose(journey.cloud)
        await self.press("enter")
        await self.at(Step.SOURCE)
        await self.choose(journey.source)
        await self.press("enter")
        return await self.at(Step.AUTH_METHOD)

    async def walk_to_credentials(self, journey: Journey) -> str:
        """From the welcome page to the empty form."""
        await self.walk_to_auth_method(journey)
        await self.choose(journey.auth_method)
        await self.press("enter")
        if journey.has_notice:
            await self.at(Step.NOTICES)
            await self.acknowledge()
        return await self.at(Step.CREDENTIALS)

    async def walk_to_review(self, journey: Journey) -> str:
        """From the welcome page to the review, with a description."""
        await self.walk_to_credentials(journey)
        await self.fill_in(journey)
        await self.button("next")
        await self.at(Step.NAME)
        await self.tab_to("description")
        await self.paste("EMEA sales")
        await self.button("next")
        return await self.at(Step.REVIEW)

    async def acknowledge(self) -> str:
        """Tick the notice and go on."""
        await self.tab_to(f"acknowledge-{self.app.state.wizard.notices[0].id}")
        await self.press("space")
        await self.button("next")
        return await self.at(Step.CREDENTIALS)

    async def fill_in(self, journey: Journey) -> str:
        """Fill the form in, each value as a paste."""
        for api_name, value in journey.values:
            await self.tab_to(api_name)
            await self.paste(value)
        return self.read()

    async def submit(self) -> None:
        """Press Submit on the review."""
        await self.button("submit")

    # --- the same without the keys, for tests that begin later on the way -----------------------------------------

    async def stand_on(self, step: Step, journey: Journey, *, with_pages_below: bool = False) -> str:
        """Show the page of `step` as if everything before it had been answered."""
        wizard = self.app.state.wizard.with_cloud(Cloud(journey.cloud)).wizard.with_source(journey.source).wizard
        steps = list(Step)
        if steps.index(step) > steps.index(Step.AUTH_METHOD):
            wizard = wizard.with_auth_method(journey.auth_method).wizard
        if steps.index(step) > steps.index(Step.NOTICES):
            wizard = wizard.with_acknowledged(frozenset(notice.id for notice in wizard.notices))
        if steps.index(step) > steps.index(Step.CREDENTIALS):
            wizard = wizard.with_answers(journey.answers())
        if steps.index(step) > steps.index(Step.NAME):
            wizard = wizard.with_name(wizard.source.default_name if wizard.source else "", "EMEA sales")
        self.app.current.now = replace(self.app.state, wizard=wizard)
        way = [each for each in wizard.steps() if Step.WELCOME is not each and steps.index(each) <= steps.index(step)]
        for each in way if with_pages_below else way[-1:]:
            await self.app.push_screen(step_screen(each, self.app.frame()))
        await self.pilot.pause()
        return await self.at(step)

    async def to_credentials(self, journey: Journey) -> str:
        """Show the empty form, over the pages before it."""
        return await self.stand_on(Step.CREDENTIALS, journey)

    async def to_review(self, journey: Journey) -> str:
        """Show the review."""
        return await self.stand_on(Step.REVIEW, journey)

    async def to_status(self, journey: Journey) -> None:
        """Show the review and press Submit."""
        await self.to_review(journey)
        await self.submit()

    # --- what must never have happened ---------------------------------------------------------------------------

    def assert_no_secret_was_shown(self) -> None:
        """No screen, notification, clipboard or result of this walk has a secret."""
        places = [*self.screens, *self.notifications, self.app.clipboard]
        places += [self.app.state.result.to_json()] if self.app.state.result is not None else []
        for record in self.store.connections():
            places.append(repr(record))
        for secret in (CANARY, JWT, *JWT.split(".")[1:]):
            assert not [place for place in places if secret in place]


def launch_for(
    clock: FakeClock,
    application: Callable[[str], Any],
    *,
    scenario_id: str = EVERYTHING_FINE.id,
    **changes: Any,  # noqa: ANN401 - any attribute of a launch
) -> Launch:
    """A launch in practice mode; `changes` replace attributes."""
    secrets = Secrets()
    launch = Launch(
        mode=Mode.PRACTICE,
        practice_target=practice_target(secrets),
        scenarios=tuple(ScenarioChoice(scenario.id, scenario.label, scenario.summary) for scenario in SCENARIOS),
        scenario_id=scenario_id,
        practice_application=application,
        clock=clock,
        secrets=secrets,
        read_settings=ResolvedSettings,
    )
    return replace(launch, **changes)


@asynccontextmanager
async def wizard(
    scenario_id: str = EVERYTHING_FINE.id,
    *,
    size: tuple[int, int] = (80, 24),
    today: date = TODAY,
    earlier: PracticeStore | None = None,
    catalog: Catalog | None = None,
    at: tuple[Step, Journey] | None = None,
    **changes: Any,  # noqa: ANN401 - any attribute of a launch
) -> AsyncIterator[Person]:
    """The running wizard and the person in front of it; at the end no secret may have been shown.

    Args:
        scenario_id: what the practice service plays.
        at: the page to begin with, see `Person.stand_on`; what lies below it is empty. The welcome page when left out.
        size: columns and rows.
        today: the first day of the clock.
        catalog: the sources; those of the package when left out.
        earlier: what the service remembers from before; whoever hands it in closes it.
        changes: other attributes of the launch.
    """
    clock, store = FakeClock(datetime.combine(today, START.timetz())), earlier or PracticeStore()
    applications: list[CountedApplication] = []

    def application(name: str) -> CountedApplication:
        scenario = scenario_by_id(name) or EVERYTHING_FINE
        applications.append(
            CountedApplication(
                create_practice_application(scenario=scenario, store=store, clock=clock, catalog=catalog)
            )
        )
        return applications[-1]

    launch = launch_for(clock, application, scenario_id=scenario_id, **changes)
    app = WizardApp(launch, Wizard(catalog or load_catalog(), clock.today()))
    if at is not None:
        app.get_default_screen = Screen  # type: ignore[method-assign]
    try:
        async with piloted(app, size) as pilot:
            person = Person(app, pilot, clock, store)
            person.applications = applications
            if at is None:
                await pilot.pause()
                person.read()
            else:
                await person.stand_on(*at)
            yield person
            person.read()
            clock.release()
        person.assert_no_secret_was_shown()
    finally:
        await app.session.close()
        if earlier is None:
            store.close()


_FRAMES = str.maketrans(dict.fromkeys("|│┃", " "))


def flat(text: str) -> str:
    """A screen as one line, frames and line breaks taken out, to look for a sentence that is wrapped."""
    return " ".join(text.translate(_FRAMES).split())


def masked(text: str) -> str:
    """A screen with all ids and times made equal, so that it is the same in every run; the catalog's ids stay."""
    documented = {source.connection_spec_id for source in load_catalog().sources}
    text = _UUID.sub(lambda found: found[0] if found[0] in documented else _NO_UUID, text)
    text = _TIME.sub("12:00:00 UTC  +  0.0 s", text)
    return _ELAPSED.sub(lambda found: "0 s".rjust(len(found[0])), text)


def shown_step(app: WizardApp) -> Step | None:
    """The step of the page on top, None while a question stands over it."""
    return app.screen.step if isinstance(app.screen, StepScreen) else None
