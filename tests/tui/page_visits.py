"""The pages that `test_snapshots` looks at, and how a person comes to them: a wizard for those that lead to each other.

A new page gets its snapshots by one more `Scene`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import Mode
from aep_tui.domain.wizard import Step
from aep_tui.settings.layer import FoundValue
from aep_tui.settings.resolved import ResolvedSettings
from aep_tui.settings.setting import SettingName
from aep_tui.tui.dialogs.modals import QuestionModal, TextModal
from aep_tui.tui.dialogs.new_token import NewTokenModal
from tests.kit.canary import CANARY
from tests.kit.journeys import AWS_JWT, BASIC, JOURNEYS, OAUTH2, ORACLE, ZOHO, Journey
from tests.kit.person import Person
from tests.kit.short_ways import go_to, push
from tests.screenshots import samples
from tests.tui import changing, existing, other_source
from tests.tui.connections import walks
from tests.tui.migration import made_up as migration
from tests.tui.page_rules import SIZES

LIVED_IN = "lived-in-organization"

Walk = Callable[[Person], Awaitable[object]]


@dataclass(frozen=True)
class Scene:
    """One page, how to come to it, and the sizes of terminal in which a person sees all that is needed.

    Attributes:
        name: that of its snapshots.
        walk: shows it.
        sizes: the terminal has the first one after the walk.
        goes_on: the walk begins on the page before, as that was left; otherwise on the first page.
    """

    name: str
    walk: Walk
    sizes: tuple[tuple[int, int], ...] = SIZES
    goes_on: bool = False


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


def further(name: str, walk: Walk, **more: Any) -> Scene:  # noqa: ANN401 - the sizes of a scene
    return Scene(name, walk, goes_on=True, **more)


def page(step: Step, journey: Journey) -> Walk:
    return lambda person: person.stand_on(step, journey)


def press(*keys: str, then: str = "") -> Walk:
    async def walk(person: Person) -> None:
        await person.press(*keys)
        if then:
            await person.see(then)

    return walk


def button(widget_id: str) -> Walk:
    return lambda person: push(person, widget_id)


def after(*walks: Walk) -> Walk:
    async def walk(person: Person) -> None:
        for each in walks:
            await each(person)

    return walk


async def nothing(person: Person) -> None:
    await person.at(Step.WELCOME)


async def left_open(person: Person) -> None:
    person.app.current.now = replace(person.app.state, left_open="Look for ACME CRM; Watch ACME Oracle")
    await person.stand_on(Step.TASK, OAUTH2)


async def cloud_aws(person: Person) -> None:
    await person.stand_on(Step.CLOUD, AWS_JWT)
    await person.choose("aws")


async def method_basic(person: Person) -> None:
    await person.stand_on(Step.AUTH_METHOD, OAUTH2)
    await person.choose("basic-authentication")


async def wrong_form(person: Person) -> None:
    await person.stand_on(Step.CREDENTIALS, OAUTH2)
    await person.paste("https://acme.lightning.force.com")
    await go_to(person, "apiVersion")
    await person.paste("52")
    await push(person, "next")


async def submitted(person: Person, words: str) -> None:
    await person.to_review(OAUTH2)
    await push(person, "submit")
    await person.see(words)


async def status_aws(person: Person) -> None:
    await person.to_review(AWS_JWT)
    await push(person, "submit")
    await person.see("OK: the connection is enabled.")


async def status_waiting(person: Person) -> None:
    person.clock.hold()
    await submitted(person, "Created. Waiting until it is enabled")


async def status_enabled(person: Person) -> None:
    await person.press("escape")
    person.clock.release()
    await person.see("OK: the connection is enabled.")


async def given_up(person: Person) -> None:
    await submitted(person, "Watching has ended")


async def failed_test(person: Person) -> None:
    await submitted(person, "test: failed")


async def done(person: Person) -> None:
    await push(person, "next")
    await person.at(Step.DONE)


async def refused(person: Person) -> None:
    await submitted(person, "Error:")
    await person.at(Step.REVIEW)


async def suggestions(person: Person) -> None:
    await person.stand_on(Step.CREDENTIALS, ZOHO)
    await go_to(person, "accountsUrl")
    await person.press("down")


async def new_token(person: Person) -> None:
    await submitted(person, "A new access token is needed")
    assert isinstance(person.app.screen, NewTokenModal)


async def quit_question(person: Person) -> None:
    await person.press("ctrl+q")
    await person.see("Quit?")
    assert isinstance(person.app.screen, QuestionModal)


async def help_of_a_field(person: Person) -> None:
    await person.stand_on(Step.CREDENTIALS, OAUTH2)
    await person.press("f1")
    assert isinstance(person.app.screen, TextModal)


async def load_secret(person: Person) -> None:
    await person.press("escape")
    await go_to(person, "clientSecret")
    await person.press("f8")
    await person.see("Load a secret")


KNOWN = ResolvedSettings(
    {
        SettingName.ORGANIZATION_ID: FoundValue("1A2B3C4D@AdobeOrg", "AEP_ORG_ID"),
        SettingName.SANDBOX_NAME: FoundValue("dev", ""),
        SettingName.API_KEY: FoundValue("0a1b2c", ""),
        SettingName.ACCESS_TOKEN: FoundValue(Secrets().hold(CANARY, "access_token"), "AEP_ACCESS_TOKEN"),
    }
)

VISITS = (
    Visit(
        "choices",
        (
            Scene("welcome-practice", nothing),
            further("sandboxes", press("f3", then="Choose a sandbox")),
            Scene("task", page(Step.TASK, OAUTH2)),
            Scene("cloud-azure", page(Step.CLOUD, OAUTH2)),
            further("help-of-a-step", press("f1")),
            Scene("cloud-aws", cloud_aws),
            Scene("source-azure", page(Step.SOURCE, OAUTH2)),
            Scene("source-aws", page(Step.SOURCE, AWS_JWT)),
        ),
    ),
    Visit(
        "live",
        (Scene("welcome-live", nothing), Scene("task-left-open", left_open)),
        launch={"mode": Mode.LIVE},
    ),
    Visit(
        "live with settings",
        (Scene("welcome-live-known", nothing),),
        launch={"mode": Mode.LIVE, "settings": KNOWN},
    ),
    Visit(
        "methods and notices",
        (
            Scene("auth-method-azure", page(Step.AUTH_METHOD, OAUTH2)),
            Scene("auth-method-deprecated", method_basic),
            Scene("auth-method-aws", page(Step.AUTH_METHOD, AWS_JWT)),
            Scene("auth-method-zoho-crm", page(Step.AUTH_METHOD, ZOHO)),
            Scene("notices-salesforce-basic", page(Step.NOTICES, BASIC)),
            Scene("notices-zoho-crm", page(Step.NOTICES, ZOHO)),
            Scene("notices-oracle-service-cloud", page(Step.NOTICES, ORACLE)),
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
    *(
        Visit(
            f"form of {journey.id}",
            (
                Scene(f"credentials-{journey.id}", page(Step.CREDENTIALS, journey)),
                further(f"credentials-{journey.id}-empty-next", button("next")),
            ),
        )
        for journey in JOURNEYS
    ),
    Visit(
        "helpers of the form",
        (
            Scene("help-of-a-field", help_of_a_field),
            further("question-quit", after(press("escape"), quit_question)),
            further("commands", press("escape", "f2")),
            further("checklist", press("escape", "f3", then="set up beforehand")),
            further("fill", press("escape", "f7", then="Fill the form")),
            further("load-secret", load_secret),
            Scene("credentials-wrong", wrong_form),
            Scene("suggestions", suggestions),
            Scene("too-small", page(Step.CREDENTIALS, OAUTH2), sizes=((79, 21), (40, 10))),
        ),
    ),
    Visit(
        "key and token",
        (
            Scene("make-token", after(page(Step.CREDENTIALS, AWS_JWT), press("f9", then="Make the JWT token"))),
            further("make-key-pair", press("f9", then="Make a key pair")),
        ),
    ),
    Visit(
        "name and review",
        (
            Scene("name", page(Step.NAME, OAUTH2)),
            Scene("review-notice", page(Step.REVIEW, ZOHO)),
            Scene("review", page(Step.REVIEW, OAUTH2)),
            further("review-curl", press("f6")),
            further("review-end", press("escape", *["pagedown"] * 4), sizes=((80, 24), (80, 22))),
        ),
    ),
    Visit("refused", (Scene("review-refused", refused),), "wrong-credentials"),
    Visit(
        "status",
        (
            Scene("status-waiting", status_waiting),
            further("question-stop-watching", press("escape", then="Stop watching?")),
            further("status-enabled", status_enabled),
            further("done", done),
        ),
    ),
    Visit("status on AWS", (Scene("status-enabled-aws", status_aws),)),
    Visit("given up", (Scene("status-given-up", given_up), further("done-not-enabled", done)), "never-enabled"),
    Visit("failed test", (Scene("status-test-failed", failed_test),), "test-fails"),
    Visit("new token", (Scene("new-token", new_token),), "expired-token"),
    Visit(
        "questions",
        (
            Scene("check-set-up", samples.over(samples.preflight, "Done:")),
            *(Scene(f"question-{name}", action) for name, action in samples.QUESTIONS.items()),
        ),
    ),
    Visit(
        "change of credentials",
        (
            Scene("change-credentials", changing.credentials_form),
            further("change-review", changing.on_to_review),
            further("change-done", changing.submit),
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
            Scene("delete-used", changing.delete_used),
            further("delete-unused", after(press("escape"), changing.delete_unused)),
            further("change-name", after(press("escape"), changing.name_form)),
        ),
        LIVED_IN,
    ),
    Visit("change meanwhile", (Scene("change-meanwhile", changing.changed_meanwhile),), "busy-organization"),
    Visit(
        "connections",
        (
            Scene("connections", walks.whole_list),
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
            Scene("connection", existing.connection),
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
            Scene("migration-run", migration.run),
            further("migration-pausing", press("escape")),
        ),
    ),
)
