"""Every page at 80x24, 80x22 and 120x40 as a person reads it, and what has to stand on it in terminals of every size.

A page is opened once, and the terminal gets one size after the other.

`pytest --update-screens` writes the texts anew.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

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
from tests.kit.person import Person, masked, wizard
from tests.kit.screen_text import assert_matches_snapshot
from tests.screenshots import samples
from tests.tui import changing, existing, other_source
from tests.tui.connections import walks
from tests.tui.migration import made_up as migration
from tests.tui.page_rules import SIZES, hold_key_line, is_bold_all_over, unseen

pytestmark = pytest.mark.anyio

SHOWN = ((80, 24), (80, 22), (120, 40))
"""The sizes whose pages are compared word for word."""

LIVED_IN = "lived-in-organization"

Walk = Callable[[Person], Awaitable[object]]


@dataclass(frozen=True)
class Scene:
    """One page, how to come to it, and the sizes of terminal in which a person sees all that is needed.

    The first size is the one that it is opened in.
    """

    name: str
    walk: Walk
    scenario_id: str = "everything-fine"
    launch: dict[str, Any] = field(default_factory=dict)
    sizes: tuple[tuple[int, int], ...] = SIZES


def page(step: Step, journey: Journey) -> Walk:
    return lambda person: person.stand_on(step, journey)


def pressed(walk: Walk, *keys: str) -> Walk:
    async def and_then(person: Person) -> None:
        await walk(person)
        await person.press(*keys)

    return and_then


def empty_next(journey: Journey) -> Walk:
    async def walk(person: Person) -> None:
        await person.stand_on(Step.CREDENTIALS, journey)
        await person.button("next")

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
    await person.tab_to("apiVersion")
    await person.type("52")
    await person.button("next")


async def review_end(person: Person) -> None:
    await person.stand_on(Step.REVIEW, OAUTH2)
    await person.press(*["pagedown"] * 4)


async def status(person: Person) -> None:
    await person.to_status(OAUTH2)
    await person.see("OK: the connection is enabled.")


async def status_aws(person: Person) -> None:
    await person.to_status(AWS_JWT)
    await person.see("OK: the connection is enabled.")


async def status_waiting(person: Person) -> None:
    await person.to_review(OAUTH2)
    person.clock.hold()
    await person.submit()
    await person.see("Created. Waiting until it is enabled")


async def given_up(person: Person) -> None:
    await person.to_status(OAUTH2)
    await person.see("Watching has ended")


async def failed_test(person: Person) -> None:
    await person.to_status(OAUTH2)
    await person.see("test: failed")


async def done_not_enabled(person: Person) -> None:
    await given_up(person)
    await person.button("next")
    await person.at(Step.DONE)


async def done(person: Person) -> None:
    await status(person)
    await person.button("next")
    await person.at(Step.DONE)


async def stop_question(person: Person) -> None:
    await status_waiting(person)
    await person.press("escape")
    await person.see("Stop watching?")


async def refused(person: Person) -> None:
    await person.to_status(OAUTH2)
    await person.at(Step.REVIEW)
    await person.see("Error:")


async def suggestions(person: Person) -> None:
    await person.stand_on(Step.CREDENTIALS, ZOHO)
    await person.tab_to("accountsUrl")
    await person.press("down")


async def new_token(person: Person) -> None:
    await person.to_status(OAUTH2)
    await person.see("A new access token is needed")
    assert isinstance(person.app.screen, NewTokenModal)


async def quit_question(person: Person) -> None:
    await person.stand_on(Step.CREDENTIALS, OAUTH2)
    await person.press("ctrl+q")
    await person.see("Quit?")
    assert isinstance(person.app.screen, QuestionModal)


async def help_of_a_field(person: Person) -> None:
    await person.stand_on(Step.CREDENTIALS, OAUTH2)
    await person.press("f1")
    assert isinstance(person.app.screen, TextModal)


def then_see(walk: Walk, *keys: str, words: str) -> Walk:
    async def and_then(person: Person) -> None:
        await pressed(walk, *keys)(person)
        await person.see(words)

    return and_then


async def key_pair(person: Person) -> None:
    await person.stand_on(Step.CREDENTIALS, AWS_JWT)
    await person.press("f9")
    await person.see("Make the JWT token")
    await person.press("f9")
    await person.see("Make a key pair")


async def load_secret(person: Person) -> None:
    await person.stand_on(Step.CREDENTIALS, OAUTH2)
    await person.tab_to("clientSecret")
    await person.press("f8")
    await person.see("Load a secret")


async def retired_notice_twice(person: Person) -> None:
    await person.stand_on(Step.NOTICES, ORACLE)
    await person.button("next")


SCENES = (
    Scene("welcome-practice", nothing),
    Scene("welcome-live", nothing, launch={"mode": Mode.LIVE}),
    Scene(
        "welcome-live-known",
        nothing,
        launch={
            "mode": Mode.LIVE,
            "settings": ResolvedSettings(
                {
                    SettingName.ORGANIZATION_ID: FoundValue("1A2B3C4D@AdobeOrg", "AEP_ORG_ID"),
                    SettingName.SANDBOX_NAME: FoundValue("dev", ""),
                    SettingName.API_KEY: FoundValue("0a1b2c", ""),
                    SettingName.ACCESS_TOKEN: FoundValue(Secrets().hold(CANARY, "access_token"), "AEP_ACCESS_TOKEN"),
                }
            ),
        },
    ),
    Scene("task", page(Step.TASK, OAUTH2)),
    Scene("task-left-open", left_open, launch={"mode": Mode.LIVE}),
    Scene("cloud-azure", page(Step.CLOUD, OAUTH2)),
    Scene("cloud-aws", cloud_aws),
    Scene("source-azure", page(Step.SOURCE, OAUTH2)),
    Scene("source-aws", page(Step.SOURCE, AWS_JWT)),
    Scene("auth-method-azure", page(Step.AUTH_METHOD, OAUTH2)),
    Scene("auth-method-deprecated", method_basic),
    Scene("auth-method-aws", page(Step.AUTH_METHOD, AWS_JWT)),
    Scene("auth-method-zoho-crm", page(Step.AUTH_METHOD, ZOHO)),
    Scene("notices-salesforce-basic", page(Step.NOTICES, BASIC)),
    Scene("notices-oracle-service-cloud", page(Step.NOTICES, ORACLE)),
    Scene("notices-zoho-crm", page(Step.NOTICES, ZOHO)),
    Scene("notices-not-ticked", retired_notice_twice),
    Scene("other-source", other_source.to_list),
    Scene("other-source-auth-method", other_source.to_auth_method),
    Scene("other-source-credentials", other_source.to_form),
    *(Scene(f"credentials-{journey.id}", page(Step.CREDENTIALS, journey)) for journey in JOURNEYS),
    *(Scene(f"credentials-{journey.id}-empty-next", empty_next(journey)) for journey in JOURNEYS),
    Scene("credentials-wrong", wrong_form),
    Scene("name", page(Step.NAME, OAUTH2)),
    Scene("review", page(Step.REVIEW, OAUTH2)),
    Scene("review-end", review_end, sizes=((80, 24), (80, 22))),
    Scene("review-notice", page(Step.REVIEW, ZOHO)),
    Scene("review-refused", refused, scenario_id="wrong-credentials"),
    Scene("review-curl", pressed(page(Step.REVIEW, OAUTH2), "f6")),
    Scene("status-waiting", status_waiting),
    Scene("status-enabled", status),
    Scene("status-enabled-aws", status_aws),
    Scene("status-given-up", given_up, scenario_id="never-enabled"),
    Scene("status-test-failed", failed_test, scenario_id="test-fails"),
    Scene("done", done),
    Scene("done-not-enabled", done_not_enabled, scenario_id="never-enabled"),
    Scene("question-stop-watching", stop_question),
    Scene("question-quit", quit_question),
    Scene("help-of-a-field", help_of_a_field),
    Scene("help-of-a-step", pressed(page(Step.CLOUD, OAUTH2), "f1")),
    Scene("suggestions", suggestions),
    Scene("new-token", new_token, scenario_id="expired-token"),
    Scene("sandboxes", then_see(nothing, "f3", words="Choose a sandbox")),
    Scene("commands", pressed(page(Step.CREDENTIALS, OAUTH2), "f2")),
    Scene("checklist", then_see(page(Step.CREDENTIALS, OAUTH2), "f3", words="set up beforehand")),
    Scene("fill", then_see(page(Step.CREDENTIALS, OAUTH2), "f7", words="Fill the form")),
    Scene("load-secret", load_secret),
    Scene("make-token", then_see(page(Step.CREDENTIALS, AWS_JWT), "f9", words="Make the JWT token")),
    Scene("make-key-pair", key_pair),
    Scene("check-set-up", samples.over(samples.preflight, "Done:")),
    *(Scene(f"question-{name}", action) for name, action in samples.QUESTIONS.items()),
    Scene("change-name", changing.name_form, scenario_id=LIVED_IN),
    Scene("change-secret", changing.secret_form, scenario_id=LIVED_IN),
    Scene("change-credentials", changing.credentials_form, scenario_id=LIVED_IN),
    Scene("change-review", changing.review, scenario_id=LIVED_IN),
    Scene("change-secret-refused", changing.refused_path, scenario_id=LIVED_IN),
    Scene("change-meanwhile", changing.changed_meanwhile, scenario_id="busy-organization"),
    Scene("change-done", changing.done, scenario_id=LIVED_IN),
    Scene("delete-used", changing.delete_used, scenario_id=LIVED_IN),
    Scene("delete-unused", changing.delete_unused, scenario_id=LIVED_IN),
    Scene("connections", walks.whole_list, scenario_id=LIVED_IN),
    Scene("connections-basic", walks.basic_ones, scenario_id=LIVED_IN),
    Scene("connections-filters", walks.filters, scenario_id=LIVED_IN),
    Scene("connections-sandboxes", walks.sandboxes, scenario_id=LIVED_IN),
    Scene("connections-one-closed", walks.several_sandboxes, scenario_id="some-sandboxes-closed"),
    Scene("connection", existing.connection, scenario_id=LIVED_IN),
    Scene("connection-end", existing.connection_end, scenario_id=LIVED_IN),
    Scene("connection-test-failed", existing.failed_test, scenario_id=LIVED_IN),
    Scene("connection-tables", existing.tables, scenario_id=LIVED_IN),
    Scene("connection-columns", existing.columns, scenario_id=LIVED_IN),
    Scene("migration-road", migration.road),
    Scene("migration-plan", migration.plan),
    Scene("migration-begin", migration.begin),
    Scene("migration-run", migration.run),
    Scene("migration-pausing", migration.pausing),
    Scene("migration-stopped", migration.stopped),
    Scene("migration-what-now", migration.what_now),
    Scene("migration-report", migration.report),
    Scene("migration-check", migration.check),
    Scene("too-small", page(Step.CREDENTIALS, OAUTH2), sizes=((79, 21), (40, 10))),
)


def snapshot_name(scene: Scene, size: tuple[int, int]) -> str:
    columns, rows = size
    return f"screen-{scene.name}" + ("" if size == scene.sizes[0] else f"-{columns}x{rows}")


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
async def test_a_page_reads_as_before_fits_every_size_and_names_its_keys(scene: Scene) -> None:
    async with wizard(scene.scenario_id, size=scene.sizes[0], **scene.launch) as person:
        await scene.walk(person)
        for size in scene.sizes:
            if size != person.app.size:
                await person.pilot.resize_terminal(*size)
            await person.pilot.pause()
            text = person.read()
            if size in SHOWN or len(scene.sizes) < len(SIZES):
                assert_matches_snapshot(masked(text), snapshot_name(scene, size))
            if scene.sizes is SIZES:
                assert "aep-tui needs" not in text
                assert unseen(person) == [], size
                assert not is_bold_all_over(person), size
        if scene.sizes is SIZES:
            await person.pilot.resize_terminal(80, 24)
            await hold_key_line(person)
