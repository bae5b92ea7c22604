"""The pages that `test_snapshots` looks at: a running wizard for those that lead to each other.

A new page gets its snapshots by one more `Scene`, and its picture by the name of that. How a person comes to a page
stands in `page_walks`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aep_tui.domain.target import Mode
from aep_tui.domain.wizard import Step
from tests.kit.journeys import AWS_JWT, BASIC, JOURNEYS, OAUTH2, ORACLE, ZOHO, Journey
from tests.kit.person import Person, wizard
from tests.screenshots import samples
from tests.screenshots.stage import fixed_ids
from tests.tui import changing, existing, other_source
from tests.tui import page_walks as to
from tests.tui.connections import walks
from tests.tui.migration import made_up as migration
from tests.tui.page_rules import SIZES
from tests.tui.page_walks import Walk, after, button, page, press

LIVED_IN = "lived-in-organization"


@dataclass(frozen=True)
class Scene:
    """One page, how to come to it, and the sizes of terminal in which a person sees all that is needed.

    Attributes:
        name: that of its snapshots.
        walk: shows it.
        sizes: the terminal has the first one after the walk.
        goes_on: the walk begins on the page before, as that was left; otherwise on the first page.
        picture: the name of its pictures in `screenshots/`, without size; "" for a page that has none.
        in_each_theme: it is one of the pages that show every look together: each is read in all themes.
    """

    name: str
    walk: Walk
    sizes: tuple[tuple[int, int], ...] = SIZES
    goes_on: bool = False
    picture: str = ""
    in_each_theme: bool = False


@dataclass(frozen=True)
class Visit:
    """Pages that one running wizard shows, one after the other.

    Attributes:
        name: what they are about.
        scenes: the pages.
        scenario_id: what the practice service plays.
        launch: attributes of the launch that differ.
    """

    name: str
    scenes: tuple[Scene, ...]
    scenario_id: str = "everything-fine"
    launch: dict[str, Any] = field(default_factory=dict)


class Visitor:
    """A person at a wizard of their own, who comes to the pages of a visit one after the other."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self._below, self._first = len(person.app.screen_stack), person.app.state

    async def go_to(self, scene: Scene) -> None:
        """Show the page of a scene."""
        if not scene.goes_on:
            while len(self.person.app.screen_stack) > self._below:
                await self.person.app.pop_screen()
            self.person.app.current.now = self._first
        await scene.walk(self.person)


@asynccontextmanager
async def visiting(visit: Visit) -> AsyncIterator[Visitor]:
    """Begin a visit; its ids are the same each time."""
    with fixed_ids():
        async with wizard(visit.scenario_id, **visit.launch) as person:
            yield Visitor(person)


def further(name: str, walk: Walk, **more: Any) -> Scene:  # noqa: ANN401 - the other attributes of a scene
    return Scene(name, walk, goes_on=True, **more)


PICTURES_OF_FORMS = {
    OAUTH2: "06-credentials",
    BASIC: "06-credentials-basic",
    AWS_JWT: "06-credentials-aws",
    ORACLE: "06-credentials-oracle",
    ZOHO: "06-credentials-zoho",
}


def forms_of(journey: Journey) -> tuple[Scene, Scene]:
    name = f"credentials-{journey.id}"
    return (
        Scene(
            name,
            page(Step.CREDENTIALS, journey),
            picture=PICTURES_OF_FORMS[journey],
            in_each_theme=journey is OAUTH2,
        ),
        further(f"{name}-empty-next", button("next")),
    )


VISITS = (
    Visit(
        "choices",
        (
            Scene("welcome-practice", to.nothing, picture="01-welcome", in_each_theme=True),
            further(
                "sandboxes", press("f3", then="Choose a sandbox"), picture="01-welcome-sandboxes", in_each_theme=True
            ),
            Scene("task", page(Step.TASK, OAUTH2), in_each_theme=True),
            Scene("cloud-azure", page(Step.CLOUD, OAUTH2), in_each_theme=True),
            further("help-of-a-step", press("f1"), in_each_theme=True),
            Scene("cloud-aws", to.cloud_aws, picture="02-cloud-aws"),
            Scene("source-azure", page(Step.SOURCE, OAUTH2), in_each_theme=True),
            Scene("source-aws", page(Step.SOURCE, AWS_JWT), picture="03-source-aws"),
        ),
    ),
    Visit(
        "live",
        (Scene("welcome-live", to.nothing), Scene("task-left-open", to.left_open)),
        launch={"mode": Mode.LIVE},
    ),
    Visit(
        "live with settings",
        (Scene("welcome-live-known", to.nothing),),
        launch={"mode": Mode.LIVE, "settings": to.KNOWN},
    ),
    Visit(
        "methods and notices",
        (
            Scene("auth-method-azure", page(Step.AUTH_METHOD, OAUTH2), picture="04-auth-method", in_each_theme=True),
            Scene("auth-method-deprecated", to.method_basic),
            Scene("auth-method-aws", page(Step.AUTH_METHOD, AWS_JWT)),
            Scene("auth-method-zoho-crm", page(Step.AUTH_METHOD, ZOHO)),
            Scene("notices-salesforce-basic", page(Step.NOTICES, BASIC), picture="05-notices"),
            Scene("notices-zoho-crm", page(Step.NOTICES, ZOHO)),
            Scene("notices-oracle-service-cloud", page(Step.NOTICES, ORACLE), picture="05-notices-retired"),
            further("notices-not-ticked", button("next")),
        ),
    ),
    Visit(
        "another source",
        (
            Scene("other-source", other_source.to_list),
            further("other-source-auth-method", other_source.choose_warehouse),
            further("other-source-credentials", other_source.on_to_form),
        ),
    ),
    Visit("forms", tuple(scene for journey in JOURNEYS for scene in forms_of(journey))),
    Visit(
        "helpers of the form",
        (
            Scene("help-of-a-field", to.help_of_a_field, picture="06-credentials-help", in_each_theme=True),
            further("question-quit", after(press("escape"), to.quit_question), picture="quit", in_each_theme=True),
            further("commands", press("escape", "f2"), in_each_theme=True),
            further("checklist", press("escape", "f3", then="set up beforehand"), picture="06-credentials-checklist"),
            further("fill", press("escape", "f7", then="Fill the form"), picture="06-credentials-fill"),
            further("load-secret", to.load_secret, picture="06-credentials-load"),
            Scene("credentials-wrong", to.wrong_form, in_each_theme=True),
            Scene("suggestions", to.suggestions, picture="06-credentials-zoho-data-centre"),
            Scene("too-small", page(Step.CREDENTIALS, OAUTH2), sizes=((79, 21), (40, 10))),
        ),
    ),
    Visit(
        "key and token",
        (
            Scene(
                "make-token",
                after(page(Step.CREDENTIALS, AWS_JWT), press("f9", then="Make the JWT token")),
                picture="06-credentials-aws-make-token",
            ),
            further("make-key-pair", press("f9", then="Make a key pair"), picture="06-credentials-aws-key-pair"),
        ),
    ),
    Visit(
        "name and review",
        (
            Scene("name", page(Step.NAME, OAUTH2), picture="07-name", in_each_theme=True),
            Scene("review-notice", page(Step.REVIEW, ZOHO)),
            Scene("review", page(Step.REVIEW, OAUTH2), picture="08-review", in_each_theme=True),
            further("review-curl", press("f6"), picture="08-review-curl", in_each_theme=True),
            further("review-end", press("escape", *["pagedown"] * 4), sizes=((80, 24), (80, 22)), in_each_theme=True),
        ),
    ),
    Visit("refused", (Scene("review-refused", to.refused, picture="08-review-refused"),), "wrong-credentials"),
    Visit(
        "status",
        (
            Scene("status-waiting", to.status_waiting, in_each_theme=True),
            further(
                "question-stop-watching",
                press("escape", then="Stop watching?"),
                picture="09-status-stop",
                in_each_theme=True,
            ),
            further("status-enabled", to.status_enabled, picture="09-status-enabled", in_each_theme=True),
            further("done", to.done, picture="10-done", in_each_theme=True),
        ),
    ),
    Visit("status on AWS", (Scene("status-enabled-aws", to.status_aws),)),
    Visit("given up", (Scene("status-given-up", to.given_up), further("done-not-enabled", to.done)), "never-enabled"),
    Visit("failed test", (Scene("status-test-failed", to.failed_test),), "test-fails"),
    Visit("new token", (Scene("new-token", to.new_token, picture="11-new-token"),), "expired-token"),
    Visit(
        "questions",
        (
            Scene("check-set-up", samples.over(samples.preflight, "Done:"), picture="11-check-this-set-up"),
            *(Scene(f"question-{name}", show, picture=f"11-{name}") for name, show in samples.QUESTIONS.items()),
        ),
    ),
    Visit(
        "change of credentials",
        (
            Scene("change-credentials", changing.credentials_form),
            further("change-review", changing.on_to_review, picture="12-change-review"),
            further("change-done", changing.submit, picture="12-change-done"),
        ),
        LIVED_IN,
    ),
    Visit(
        "change of a secret",
        (
            Scene("change-secret", changing.secret_form),
            further("change-secret-refused", changing.on_to_refusal),
        ),
        LIVED_IN,
    ),
    Visit(
        "delete and name",
        (
            Scene("delete-used", changing.delete_used, picture="12-delete-used"),
            further("delete-unused", after(press("escape"), changing.delete_unused)),
            further("change-name", after(press("escape"), changing.name_form)),
        ),
        LIVED_IN,
    ),
    Visit(
        "change meanwhile",
        (Scene("change-meanwhile", changing.changed_meanwhile, picture="12-change-meanwhile"),),
        "busy-organization",
    ),
    Visit(
        "connections",
        (
            Scene("connections", walks.whole_list, picture="12-connections"),
            further("connections-filters", walks.to_filters),
            further("connections-sandboxes", press("escape", "f3", then="Which sandboxes?")),
            further("connections-basic", after(press("escape"), walks.two_basic_ones)),
        ),
        LIVED_IN,
    ),
    Visit(
        "connections of sandboxes",
        (Scene("connections-one-closed", walks.several_sandboxes),),
        "some-sandboxes-closed",
    ),
    Visit(
        "connection",
        (
            Scene("connection-test-failed", existing.failed_test),
            Scene("connection", existing.connection, picture="12-connection"),
            further("connection-tables", press("f3", then="9 tables.")),
            further("connection-columns", press("enter", then="Columns of Account")),
            further("connection-end", press("escape", "escape", "pagedown", "pagedown", "pagedown")),
        ),
        LIVED_IN,
    ),
    Visit(
        "migration",
        (
            Scene("migration-road", migration.road),
            Scene("migration-plan", migration.plan),
            Scene("migration-begin", migration.begin),
            Scene("migration-what-now", migration.what_now),
            Scene("migration-report", migration.report),
            Scene("migration-check", migration.check),
            Scene("migration-stopped", migration.stopped),
            Scene("migration-run", migration.run, picture="13-migration-run"),
            further("migration-pausing", press("escape")),
        ),
    ),
)
