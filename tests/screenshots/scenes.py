"""Pictures of pages in a state that no text snapshot shows: one line a picture, in the order of a walk.

A page that has a text snapshot gets its picture there, see `tests.tui.page_visits`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from aep_tui.domain.wizard import Step
from aep_tui.practice.organization import NO_RUN_AS_USER_CLIENT_ID
from aep_tui.practice.scenarios import EVERYTHING_FINE
from tests.kit.journeys import OAUTH2
from tests.kit.person import Person
from tests.kit.short_ways import go_to, push
from tests.screenshots.stage import StoppingClock
from tests.tui.connections import walks
from tests.tui.page_walks import Walk as Action
from tests.tui.page_walks import button, page, press

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


async def submit_and_wait(person: Person) -> None:
    """Press Submit and stop while the connection is initializing."""
    assert isinstance(person.clock, StoppingClock)
    person.clock.stop_at(1.0)
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


async def paste_snippet(person: Person) -> None:
    """Paste the request of a tutorial, broken as it is there, and have it read."""
    await go_to(person, "snippet-text")
    await person.paste(BROKEN_REQUEST)
    await push(person, "read")
    await person.see("Recognised")


async def check_login(person: Person) -> None:
    """Fill in an app that has no Run As user, and open the page that asks Salesforce."""
    await person.press("escape")
    for api_name, text in (*OAUTH2.values, ("clientId", NO_RUN_AS_USER_CLIENT_ID)):
        await go_to(person, api_name)
        await person.pilot.press("end", "ctrl+u")
        await person.paste(text)
    await person.press("f12")
    await person.see("Check the login at Salesforce")


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


# --- the walks --------------------------------------------------------------------------------------------------------

WALKS: Final = (
    Walk(
        "by keys from the first page",
        (
            Scene("01-welcome-help", press("f1", then="Close")),
            Scene("", press("escape", then="Where should")),
            Scene("01-what-to-do", press("enter", then="What do you want to do")),
            Scene("02-cloud", press("enter", then="Which cloud")),
            Scene("03-source", press("enter", then="[deprecation date passed]")),
            Scene("", press("enter", then="recommended")),
            Scene("", press("enter", then="Client secret")),
            Scene("06-credentials-errors", wrong_values),
            Scene("commands", press("f2", then="Quit")),
        ),
    ),
    Walk(
        "submit",
        (
            Scene("", page(Step.REVIEW, OAUTH2)),
            Scene("08-review-request", press("pagedown", then='"specName"')),
            Scene("09-status-initializing", submit_and_wait),
        ),
    ),
    Walk(
        "ways to values",
        (
            Scene("", page(Step.CREDENTIALS, OAUTH2)),
            Scene("", press("f7", then="Fill the form")),
            Scene("06-credentials-fill-found", paste_snippet),
            Scene("06-credentials-check-login", check_login),
            Scene("06-credentials-check-login-refused", button("ask", then="refused the login")),
        ),
    ),
    Walk(
        "existing connections",
        (Scene("", walks.whole_list), Scene("12-connections-basic", walks.filter_basic)),
        "lived-in-organization",
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
