"""Every dialog shows title, buttons, keys and what has the focus, at each stop, in the smallest terminal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from aep_tui.domain.sandbox import Sandbox
from aep_tui.domain.target import LIVE_BASE_URL, Mode, Target
from aep_tui.domain.wizard import Step
from aep_tui.pages.question import Choice, Question
from aep_tui.pages.submit_questions import production_confirmation
from aep_tui.pages.target_questions import host_confirmation
from aep_tui.settings.foreign_host import HostUnconfirmed
from aep_tui.tui.dialogs.asking import ChoiceModal, TypedConfirmationModal
from aep_tui.tui.dialogs.modals import TextModal
from aep_tui.tui.dialogs.new_token import NewTokenModal
from aep_tui.tui.dialogs.save_answers import SaveAnswersModal
from tests.kit.journeys import AWS_JWT, BASIC, OAUTH2
from tests.kit.person import Person, wizard
from tests.kit.short_ways import go_to, push
from tests.tui.page_rules import unseen

pytestmark = pytest.mark.anyio

Open = Callable[[Person], Awaitable[object]]
LONG = "The platform refused the access token, and it says so in many words. " * 12


def key(*keys: str, on: str = "jwtToken") -> Open:
    async def press(person: Person) -> None:
        await go_to(person, on)
        await person.press(*keys)

    return press


async def nothing(person: Person) -> None:
    await person.at(Step.WELCOME)


async def form(person: Person) -> None:
    await person.to_credentials(AWS_JWT)


async def token(person: Person) -> None:
    await person.app.push_screen(NewTokenModal(LONG, person.app.secrets))


async def confirmation(person: Person) -> None:
    target = Target(Mode.LIVE, LIVE_BASE_URL, "1A2B3C4D5E6F7A8B9C0D@AdobeOrg", "a" * 120, "0a1b2c")
    asked = production_confirmation(target, Sandbox("prod", type="production"))
    assert asked is not None
    await person.app.push_screen(TypedConfirmationModal(asked))


async def many_choices(person: Person) -> None:
    choices = tuple(Choice(str(n), f"Choice {n}", n, detail="With a second line of words.") for n in range(30))
    await person.app.push_screen(ChoiceModal(Question("Which one?", choices, LONG[:280])))


async def long_text(person: Person) -> None:
    await person.app.push_screen(TextModal("A title", LONG * 5))


async def commands_of_review(person: Person) -> None:
    await person.stand_on(Step.REVIEW, BASIC)
    await person.press("f2")


async def reveal(person: Person) -> None:
    await person.to_credentials(OAUTH2)
    await go_to(person, "clientSecret")
    await person.type("x")
    await push(person, "reveal")


async def wrong_token(person: Person) -> None:
    await token(person)
    await person.press("enter")


async def unasked_host(person: Person) -> None:
    host = "platform.customer-with-a-long-name.example:8443"
    words = f"AEP_BASE_URL in .env in the working directory names the host {host}, but the client secret comes from "
    asked = host_confirmation(HostUnconfirmed(f"{words}another place: profile acme.", "", host))
    await person.app.push_screen(TypedConfirmationModal(asked))


async def unasked_host_typed_wrong(person: Person) -> None:
    await unasked_host(person)
    await person.press("x", "enter")


async def save_answers_in_vain(person: Person) -> None:
    await person.stand_on(Step.REVIEW, BASIC)
    await person.app.push_screen(SaveAnswersModal(person.app.state.wizard))
    await person.press("end")
    await person.paste("/" + "no-such-folder/" * 8)
    await person.press("enter")


OVER_ANY_PAGE: dict[str, Open] = {
    "token": token,
    "wrong-token": wrong_token,
    "confirmation": confirmation,
    "many-choices": many_choices,
    "long-text": long_text,
    "unasked-host": unasked_host,
    "unasked-host-typed-wrong": unasked_host_typed_wrong,
}
OVER_THE_FORM: dict[str, Open] = {
    "commands": key("f2"),
    "load": key("f8", on="clientSecret"),
    "fill": key("f7"),
    "make": key("f9"),
    "key-pair": key("f9", "f9"),
    "checklist": key("f3"),
}
OVER_OTHER_PAGES: dict[str, Open] = {
    "commands-of-review": commands_of_review,
    "save-answers-in-vain": save_answers_in_vain,
    "reveal": reveal,
}
DIALOGS: dict[str, tuple[Open, dict[str, Open]]] = {
    "any page": (nothing, OVER_ANY_PAGE),
    "the form": (form, OVER_THE_FORM),
    "other pages": (nothing, OVER_OTHER_PAGES),
}
"""What opens over a page, by the page below: how to come to that, and the dialogs one after the other."""


async def assert_is_whole_at_each_stop(person: Person) -> None:
    await person.pilot.pause()
    for _stop in person.app.screen.focus_chain:
        assert unseen(person) == [], person.read()
        await person.pilot.press("tab")
        await person.pilot.pause()


@pytest.mark.parametrize("below", DIALOGS)
async def test_a_dialog_is_whole_in_the_smallest_terminal(below: str, subtests: pytest.Subtests) -> None:
    go_there, dialogs = DIALOGS[below]
    async with wizard(size=(80, 22)) as person:
        await go_there(person)
        pages = len(person.app.screen_stack)
        for name, show in dialogs.items():
            with subtests.test(name):
                while len(person.app.screen_stack) > pages:
                    await person.app.pop_screen()
                await show(person)
                assert len(person.app.screen_stack) > pages
                await assert_is_whole_at_each_stop(person)
                person.read()


@pytest.mark.parametrize("opener", ["f8", "f9"])
async def test_a_dialog_of_live_mode_is_whole_in_the_smallest_terminal(opener: str) -> None:
    async with wizard(size=(80, 22), mode=Mode.LIVE) as person:
        await person.see("Organization ID")
        await person.press(opener)
        await person.pilot.pause()
        await person.press("enter")
        await assert_is_whole_at_each_stop(person)
