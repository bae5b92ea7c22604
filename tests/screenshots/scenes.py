"""The scenes: one line a picture, in the order of a walk through the wizard.

A new page gets its picture by one more line in a walk: `Scene("NN-name", how to get there from the line before)`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from aep_tui.domain.wizard import Step
from aep_tui.practice.organization import NO_RUN_AS_USER_CLIENT_ID
from aep_tui.practice.scenarios import EVERYTHING_FINE
from tests.kit.journeys import AWS_JWT, BASIC, OAUTH2, ORACLE, ZOHO, Journey
from tests.kit.person import Person
from tests.kit.short_ways import go_to, push
from tests.screenshots import samples
from tests.screenshots.stage import StoppingClock
from tests.tui import changing
from tests.tui.connections import walks
from tests.tui.migration import made_up as migration

BROKEN_REQUEST: Final = """{
    "name": "ACME Salesforce account",
    "auth": {
        "specName": "OAuth2 Client Credential",
        "params":
            "environmentUrl": "https://acme.my.salesforce.com",
            "clientId": "3MVG9acme",
            "clientSecret": "xxxx",
            "apiVersion": "60.0",
        }
    }
}"""
"""As the tutorials print it: the brace after params is missing."""

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


LIVED_IN: Final = "lived-in-organization"

# --- how to get there -------------------------------------------------------------------------------------------------


def on(step: Step, journey: Journey) -> Action:
    """Show the page of a step as if everything before it had been answered."""
    return lambda person: person.stand_on(step, journey)


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
        await push(person, widget_id)
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


async def submit(person: Person) -> None:
    """Submit the review."""
    await person.to_review(OAUTH2)
    await push(person, "submit")


async def submit_and_wait(person: Person) -> None:
    """Press Submit and stop while the connection is initializing."""
    stop_at(person, 1.0)
    await push(person, "submit")
    await person.see("initializing")
    await person.see(" 1 s\n")


async def wrong_values(person: Person) -> None:
    """Fill the form of Salesforce in with what people paste, and press Next."""
    for api_name, text in (
        ("environmentUrl", "https://acme.lightning.force.com/lightning/page/home"),
        ("apiVersion", "60"),
    ):
        await go_to(person, api_name)
        await person.paste(text)
    await push(person, "next")
    await person.see("Error")


def on_then_press(journey: Journey, *keys: str, then: str) -> Action:
    """Show the empty form of a connection, press keys, and wait until the words stand on the screen."""

    async def action(person: Person) -> None:
        await person.stand_on(Step.CREDENTIALS, journey)
        await press(*keys, then=then)(person)

    return action


async def paste_snippet(person: Person) -> None:
    """Paste the request of a tutorial, broken as it is there, and have it read."""
    await go_to(person, "snippet-text")
    await person.paste(BROKEN_REQUEST)
    await push(person, "read")
    await person.see("Recognised")


async def load_secret(person: Person) -> None:
    """Open the page that loads the client secret."""
    await person.press("escape")
    await go_to(person, "clientSecret")
    await person.press("f8")
    await person.see("Load a secret")


async def check_login(person: Person) -> None:
    """Fill in an app that has no Run As user, and open the page that asks Salesforce."""
    await person.press("escape")
    for api_name, text in (*OAUTH2.values, ("clientId", NO_RUN_AS_USER_CLIENT_ID)):
        await go_to(person, api_name)
        await person.pilot.press("end", "ctrl+u")
        await person.paste(text)
    await person.press("f12")
    await person.see("Check the login at Salesforce")


async def zoho_accounts_url(person: Person) -> None:
    """Open the list of the documented data centres."""
    await go_to(person, "accountsUrl")
    await person.press("down")
    await person.see("United States")


async def refused_create(person: Person) -> None:
    """Submit wrong credentials, and come back to the review."""
    await submit(person)
    await person.at(Step.REVIEW)
    await person.see("Error")


async def live_mode(person: Person) -> None:
    """Choose live mode on the welcome page; all its values come from the environment."""
    await person.press("f6")
    await person.see("environment variable")
    await person.press("escape", "down")
    await person.see("Organization ID")


async def save_profile(person: Person) -> None:
    """Save the target as a profile, and open the list."""
    await go_to(person, "profile-name")
    await person.type("acme-dev")
    await push(person, "save-target")
    await person.see("Saved as acme-dev")
    await person.press("f7")
    await person.see("Choose a profile")


async def to_token_question(person: Person) -> None:
    """Submit with a token that expires right afterwards."""
    await submit(person)
    await person.see("A new access token is needed")


# --- the walks --------------------------------------------------------------------------------------------------------

WALKS: Final = (
    Walk(
        "choices",
        (
            Scene("01-welcome", see("Where should")),
            Scene("01-welcome-help", press("f1", then="Close")),
            Scene("01-welcome-sandboxes", press("escape", "f3", then="Choose a sandbox")),
            Scene("", press("escape", then="Where should")),
            Scene("01-what-to-do", press("enter", then="What do you want to do")),
            Scene("02-cloud", press("enter", then="Which cloud")),
            Scene("03-source", press("enter", then="[deprecation date passed]")),
            Scene("04-auth-method", press("enter", then="recommended")),
            Scene("06-credentials", press("enter", then="Client secret")),
            Scene("06-credentials-help", press("f1", then="Name in the request")),
            Scene("", press("escape", then="(required)")),
            Scene("06-credentials-errors", wrong_values),
            Scene("commands", press("f2", then="Quit")),
            Scene("quit", press("escape", "ctrl+q", then="Quit?")),
        ),
    ),
    Walk(
        "submit",
        (
            Scene("07-name", on(Step.NAME, OAUTH2)),
            Scene("08-review", on(Step.REVIEW, OAUTH2)),
            Scene("08-review-request", press("pagedown", then='"specName"')),
            Scene("08-review-curl", press("f6", then="read -rs")),
            Scene("", press("escape", then="[ Submit ]")),
            Scene("09-status-initializing", submit_and_wait),
            Scene("09-status-stop", press("escape", then="Stop watching?")),
            Scene("", press("escape", then="initializing")),
            Scene("09-status-enabled", until(60.0, then="OK: the connection is enabled.")),
            Scene("10-done", button("next", then="What to do next")),
        ),
    ),
    Walk(
        "aws",
        (
            Scene("02-cloud-aws", on(Step.CLOUD, AWS_JWT)),
            Scene("03-source-aws", on(Step.SOURCE, AWS_JWT)),
            Scene("06-credentials-aws", on(Step.CREDENTIALS, AWS_JWT)),
            Scene("06-credentials-aws-make-token", press("f9", then="Make the JWT token")),
            Scene("06-credentials-aws-key-pair", press("f9", then="Make a key pair for Salesforce")),
        ),
    ),
    Walk(
        "ways to values",
        (
            Scene("06-credentials-checklist", on_then_press(OAUTH2, "f3", then="set up beforehand")),
            Scene("06-credentials-fill", press("escape", "f7", then="Fill the form")),
            Scene("06-credentials-fill-found", paste_snippet),
            Scene("06-credentials-load", load_secret),
            Scene("06-credentials-check-login", check_login),
            Scene("06-credentials-check-login-refused", button("ask", then="refused the login")),
        ),
    ),
    Walk(
        "other connections",
        (
            Scene("05-notices", on(Step.NOTICES, BASIC)),
            Scene("06-credentials-basic", on(Step.CREDENTIALS, BASIC)),
            Scene("05-notices-retired", on(Step.NOTICES, ORACLE)),
            Scene("06-credentials-oracle", on(Step.CREDENTIALS, ORACLE)),
            Scene("06-credentials-zoho", on(Step.CREDENTIALS, ZOHO)),
            Scene("06-credentials-zoho-data-centre", zoho_accounts_url),
        ),
    ),
    Walk(
        "existing connections",
        (
            Scene("12-connections", walks.whole_list),
            Scene("12-connections-basic", walks.filter_basic),
            Scene("12-connection", press("enter", then="dataflows that you can see")),
        ),
        "lived-in-organization",
    ),
    Walk("refused", (Scene("08-review-refused", refused_create),), "wrong-credentials"),
    Walk(
        "questions",
        (
            Scene("11-check-this-set-up", samples.over(samples.preflight, "Done:")),
            *(Scene(f"11-{name}", action) for name, action in samples.QUESTIONS.items()),
        ),
    ),
    Walk("migration", (Scene("13-migration-run", migration.run),)),
    Walk("delete", (Scene("12-delete-used", changing.delete_used),), LIVED_IN),
    Walk("change", (Scene("12-change-review", changing.review), Scene("12-change-done", changing.submit)), LIVED_IN),
    Walk("meanwhile", (Scene("12-change-meanwhile", changing.changed_meanwhile),), "busy-organization"),
    Walk(
        "a token that expires",
        (Scene("11-new-token", to_token_question),),
        "expired-token",
    ),
    Walk(
        "live",
        (
            Scene("01-welcome-live", live_mode),
            Scene("01-welcome-live-settings", press("f6", then="environment variable")),
            Scene("01-welcome-live-file", press("escape", "f8", then="Load a credential file")),
            Scene("01-welcome-live-save", press("escape", "f9", then="Save this target")),
            Scene("01-welcome-live-profiles", save_profile),
        ),
    ),
)
