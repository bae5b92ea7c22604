"""How a person comes to the pages of `page_visits`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from aep_tui.domain.secrets import Secrets
from aep_tui.domain.wizard import Step
from aep_tui.settings.layer import FoundValue
from aep_tui.settings.resolved import ResolvedSettings
from aep_tui.settings.setting import SettingName
from aep_tui.tui.dialogs.modals import QuestionModal, TextModal
from aep_tui.tui.dialogs.new_token import NewTokenModal
from tests.kit.canary import CANARY
from tests.kit.journeys import AWS_JWT, OAUTH2, ZOHO, Journey
from tests.kit.person import Person
from tests.kit.short_ways import go_to, push

Walk = Callable[[Person], Awaitable[object]]


def page(step: Step, journey: Journey) -> Walk:
    return lambda person: person.stand_on(step, journey)


def press(*keys: str, then: str = "") -> Walk:
    async def walk(person: Person) -> None:
        await person.press(*keys)
        if then:
            await person.see(then)

    return walk


def button(widget_id: str, then: str = "") -> Walk:
    async def walk(person: Person) -> None:
        await push(person, widget_id)
        if then:
            await person.see(then)

    return walk


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
