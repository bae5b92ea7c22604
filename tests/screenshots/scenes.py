"""The scenes: one line a picture, in the order of a walk through the wizard.

A new page gets its picture by one more line in a walk: `Scene("NN-name", how to get there from the line before)`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from aep_tui.practice.organization import ORGANIZATION_ID
from aep_tui.practice.scenarios import EVERYTHING_FINE
from tests.screens.support import AWS_JWT, BASIC, OAUTH2, ORACLE, ZOHO, Person
from tests.screenshots.stage import StoppingClock

Action: TypeAlias = Callable[[Person], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture.

    Attributes:
        name: the file's name without size; "" walks on without a picture.
        action: leads there from the scene before.
    """

    name: str
    action: Action


@dataclass(frozen=True, slots=True)
class Walk:
    """Scenes that one run of the wizard passes, one after the other.

    Attributes:
        name: what the walk is about.
        scenes: in their order.
        scenario_id: what the practice service plays.
        changes: attributes of the launch that differ.
    """

    name: str
    scenes: tuple[Scene, ...]
    scenario_id: str = EVERYTHING_FINE.id
    changes: dict[str, object] = field(default_factory=dict)


# --- how to get there -------------------------------------------------------------------------------------------------


def see(words: str) -> Action:
    """Wait until the words stand on the screen."""
    return lambda person: person.see(words)


def press(*keys: str, then: str) -> Action:
    """Press keys, and wait until the words stand on the screen."""

    async def action(person: Person) -> None:
        await person.press(*keys)
        await person.see(then)

    return action


def button(widget_id: str, then: str) -> Action:
    """Go to a button and press it, and wait until the words stand on the screen."""

    async def action(person: Person) -> None:
        await person.button(widget_id)
        await person.see(then)

    return action


def until(seconds: float, then: str) -> Action:
    """Let the clock run until `seconds` after the start, and wait until the words stand on the screen."""

    async def action(person: Person) -> None:
        stop_at(person, seconds)
        await person.see(then)

    return action


def stop_at(person: Person, seconds: float) -> None:
    """Let no sleep end later than `seconds` after the start."""
    assert isinstance(person.clock, StoppingClock)
    person.clock.stop_at(seconds)


async def submit_and_wait(person: Person) -> None:
    """Submit the review and stop while the connection is initializing."""
    stop_at(person, 1.0)
    await person.submit()
    await person.see("initializing")


async def wrong_values(person: Person) -> None:
    """Fill the form of Salesforce in with what people paste, and press Next."""
    for api_name, text in (("environmentUrl", "https://acme.lightning.force.com/lightning/page/home"), ("apiVersion", "60")):
        await person.tab_to(api_name)
        await person.paste(text)
    await person.button("next")
    await person.see("Error")


async def choose_aws(person: Person) -> None:
    """Choose the cloud with its notice, and one source."""
    await person.start()
    await person.choose("aws")


async def live_mode(person: Person) -> None:
    """Choose live mode on the welcome page."""
    await person.press("down")
    await person.see("Organization ID")


async def watch(person: Person) -> None:
    """Submit for a second time what exists already."""
    await person.to_review(OAUTH2)
    await person.submit()
    await person.see("exists already")


# --- the walks --------------------------------------------------------------------------------------------------------

WALKS: Final = (
    Walk(
        "the whole way",
        (
            Scene("01-welcome", see("Where should")),
            Scene("01-welcome-help", press("f1", then="Close")),
            Scene("02-cloud", press("escape", "enter", then="Which cloud")),
            Scene("03-source", press("enter", then="[retired]")),
            Scene("04-auth-method", press("enter", then="recommended")),
            Scene("06-credentials", press("enter", then="Client secret")),
            Scene("06-credentials-help", press("f1", then="Name in the request")),
            Scene("", press("escape", then="(required)")),
            Scene("06-credentials-errors", wrong_values),
        ),
    ),
    Walk(
        "submit",
        (
            Scene("07-name", lambda person: person.to_name(OAUTH2)),
            Scene("08-review", button("next", then="[ Submit ]")),
            Scene("08-review-request", press("pagedown", then='"specName"')),
            Scene("08-review-curl", press("f6", then="read -rs")),
            Scene("", press("escape", then="[ Submit ]")),
            Scene("09-status-initializing", submit_and_wait),
            Scene("09-status-enabled", until(60.0, then="OK: the connection is enabled.")),
            Scene("10-done", button("next", then="What to do next")),
        ),
    ),
    Walk(
        "notices",
        (
            Scene("05-notices", lambda person: person.to_notices_or_credentials(BASIC)),
            Scene("06-credentials-basic", lambda person: person.acknowledge()),
        ),
    ),
)
