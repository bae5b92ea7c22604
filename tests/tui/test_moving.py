"""Back keeps everything; a changed choice discards exactly what no longer applies; editing returns to the review."""

from __future__ import annotations

from datetime import date

import pytest

from aep_tui.domain.wizard import Step
from aep_tui.tui.steps.step import StepScreen
from aep_tui.tui.widgets.form_input import FormInput
from tests.kit.journeys import AWS_JWT, BASIC, OAUTH2, ORACLE, URL, Journey
from tests.kit.person import Person, flat, wizard
from tests.kit.short_ways import fill, go_to, push, put_in

pytestmark = pytest.mark.anyio


async def row(person: Person, row_id: str) -> None:
    """Go to a row of the review and press Enter."""
    await go_to(person, "answers")
    for _press in range(30):
        focused = person.app.focused
        highlighted = focused.highlighted  # type: ignore[union-attr]  # the list of answers has the focus
        if focused.options[highlighted].id == row_id:  # type: ignore[union-attr]
            await person.press("enter")
            return
        await person.pilot.press("down")
    raise AssertionError(f"no row {row_id}")


async def stand_over(person: Person, journey: Journey, *steps: Step) -> None:
    """Show these pages over each other, and no other between them: those that the way back comes by."""
    for step in steps:
        await person.stand_on(step, journey)


async def test_back_and_forth_keeps_every_value() -> None:
    async with wizard() as person:
        await person.stand_on(Step.CREDENTIALS, OAUTH2, with_pages_below=True)
        await fill(person, OAUTH2)
        await push(person, "next")
        await person.at(Step.NAME)
        await go_to(person, "description")
        await person.paste("EMEA sales")
        await push(person, "next")
        await person.at(Step.REVIEW)
        draft = person.app.state.wizard.draft
        for step in (Step.NAME, Step.CREDENTIALS, Step.AUTH_METHOD, Step.SOURCE, Step.CLOUD, Step.TASK, Step.WELCOME):
            await person.press("escape")
            await person.at(step)
        for step in (Step.TASK, Step.CLOUD, Step.SOURCE, Step.AUTH_METHOD, Step.CREDENTIALS):
            await person.press("enter")
            await person.at(step)
        assert URL in person.read()
        assert "set, not shown; type to replace it" in person.read()
        await push(person, "next")
        await person.at(Step.NAME)
        assert "EMEA sales" in person.read()
        await push(person, "next")
        await person.at(Step.REVIEW)
        assert person.app.state.wizard.draft == draft
        assert person.creates == 0


async def test_what_stands_in_a_field_is_kept_as_soon_as_the_field_is_left() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await put_in(person, URL)
        assert "environmentUrl" not in person.app.state.wizard.draft.answers
        await person.press("tab")
        assert person.app.state.wizard.draft.answers["environmentUrl"] == URL
        assert Step.CREDENTIALS is person.app.navigator.open_steps()[-1]


async def test_what_was_typed_before_back_is_there_again_although_it_is_wrong() -> None:
    async with wizard() as person:
        await stand_over(person, OAUTH2, Step.AUTH_METHOD, Step.CREDENTIALS)
        await person.paste("not an address")
        await person.press("escape")
        await person.at(Step.AUTH_METHOD)
        await person.press("enter")
        assert "not an address" in await person.at(Step.CREDENTIALS)


async def test_another_auth_method_discards_what_it_does_not_ask_for_and_says_so() -> None:
    async with wizard() as person:
        await stand_over(person, OAUTH2, Step.AUTH_METHOD, Step.CREDENTIALS)
        await fill(person, OAUTH2)
        await person.press("escape")
        await person.at(Step.AUTH_METHOD)
        await person.choose("basic-authentication")
        await person.press("enter")
        text = await person.at(Step.NOTICES)
        assert "Discarded, because it no longer applies: Client ID, Client secret." in flat(text)
        assert set(person.app.state.wizard.draft.answers) == {"environmentUrl", "apiVersion"}
        await person.acknowledge()
        text = person.read()
        assert URL in text
        assert "62.0" in text


async def test_the_switch_on_the_notice_keeps_address_and_version() -> None:
    async with wizard() as person:
        await stand_over(person, BASIC, Step.AUTH_METHOD, Step.NOTICES, Step.CREDENTIALS)
        await fill(person, BASIC)
        await person.press("escape")
        await person.at(Step.NOTICES)
        await go_to(person, "switch")
        assert ">[ Switch to OAuth 2 Client Credential ]" in person.read()
        await person.press("enter")
        text = await person.at(Step.CREDENTIALS)
        assert "Discarded, because it no longer applies: User name, Password, Security token." in flat(text)
        assert URL in text
        assert "60.0" in text
        await person.press("escape")
        text = await person.at(Step.AUTH_METHOD)
        assert "(•) OAuth 2 Client Credential" in text


async def test_the_switch_is_what_enter_does_on_the_notice() -> None:
    async with wizard() as person:
        await stand_over(person, BASIC, Step.AUTH_METHOD, Step.NOTICES)
        await person.press("enter")
        await person.at(Step.CREDENTIALS)
        assert person.app.state.wizard.draft.auth_method_id == "oauth2-client-credential"


async def test_another_source_discards_the_answers_and_the_name_that_was_offered() -> None:
    async with wizard() as person:
        await stand_over(person, OAUTH2, Step.SOURCE, Step.REVIEW)
        await row(person, "source")
        await person.at(Step.SOURCE)
        await person.choose("oracle-service-cloud")
        await person.press("enter")
        text = await person.at(Step.AUTH_METHOD)
        assert (
            "Discarded, because it no longer applies: auth method OAuth 2 Client Credential, Environment URL, "
            "Client ID, Client secret, API version, name."
        ) in flat(text)


async def test_another_cloud_discards_the_source_that_it_does_not_offer() -> None:
    async with wizard() as person:
        await stand_over(person, ORACLE, Step.CLOUD, Step.SOURCE, Step.AUTH_METHOD)
        await person.press("escape", "escape")
        await person.at(Step.CLOUD)
        await person.choose("aws")
        await person.press("enter")
        text = await person.at(Step.SOURCE)
        assert "Discarded, because it no longer applies: source Oracle Service Cloud." in flat(text)
        assert "Oracle Service Cloud is documented on Azure only." in text
        await person.press("down", "down")
        assert "(•) Salesforce" in person.read()


async def test_an_edit_from_the_review_returns_to_the_review() -> None:
    async with wizard() as person:
        await person.stand_on(Step.REVIEW, OAUTH2, with_pages_below=True)
        for row_id in ("description", "parameter-clientId", "cloud"):
            await row(person, row_id)
            await person.wait_until(lambda: not is_review(person), f"the step to edit {row_id}")
            if row_id == "parameter-clientId":
                assert person.focus == "clientId"
                await person.clear_field()
                await person.paste("another")
            await push(person, "next")
            text = await person.at(Step.REVIEW)
            if row_id == "parameter-clientId":
                assert "another" in text
            assert person.creates == 0, row_id


def is_review(person: Person) -> bool:
    return isinstance(person.app.screen, StepScreen) and person.app.screen.step is Step.REVIEW


async def test_no_review_of_old_answers_lies_below_a_later_edit() -> None:
    async with wizard() as person:
        await stand_over(person, OAUTH2, Step.CLOUD, Step.REVIEW)
        await row(person, "cloud")
        await person.at(Step.CLOUD)
        await person.press("enter")
        await person.at(Step.REVIEW)
        await row(person, "name")
        await person.at(Step.NAME)
        await person.clear_field()
        await put_in(person, "Newest")
        await person.press("escape")
        await person.wait_until(lambda: person.focus not in {"name", "description"}, "the page before")
        assert person.app.state.wizard.draft.name == "Newest"
        assert not is_review(person) or "Newest" in person.read()


async def test_an_auth_method_changed_from_the_review_cannot_be_submitted_half_answered() -> None:
    async with wizard() as person:
        await stand_over(person, OAUTH2, Step.CLOUD, Step.REVIEW)
        await row(person, "cloud")
        await person.at(Step.CLOUD)
        await person.press("enter")
        await person.at(Step.REVIEW)
        await row(person, "auth-method")
        await person.at(Step.AUTH_METHOD)
        await person.choose("basic-authentication")
        await person.press("enter")
        await person.at(Step.NOTICES)
        await person.press("escape")
        await person.at(Step.AUTH_METHOD)
        await person.press("escape")
        await person.wait_until(lambda: person.focus != "auth-method", "the page before")
        assert not is_review(person)
        assert person.creates == 0


async def test_enter_never_sends_anything_before_submit() -> None:
    async with wizard() as person:
        await person.stand_on(Step.NAME, AWS_JWT)
        await person.press("enter", "enter")
        await push(person, "next")
        await person.at(Step.REVIEW)
        assert person.creates == 0
        for _press in range(4):
            await person.press("enter")
            await person.pilot.pause()
            assert person.creates == 0
    assert person.creates == 0


async def test_values_stay_when_the_terminal_changes_its_size() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await fill(person, OAUTH2)
        focus = person.focus
        for size in ((100, 30), (200, 60)):
            await person.pilot.resize_terminal(*size)
            text = person.read()
            assert URL in text, size
            assert max(len(line) for line in text.splitlines()) <= size[0]
            await person.pilot.resize_terminal(80, 24)
            assert URL in person.read(), f"after {size}"
            assert person.focus == focus, f"after {size}"
        await push(person, "next")
        await person.at(Step.NAME)


async def test_a_terminal_that_is_too_small_says_so_and_forgets_nothing() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await fill(person, OAUTH2)
        for size in ((79, 24), (80, 21), (79, 21), (20, 5)):
            await person.pilot.resize_terminal(*size)
            text = flat(person.read())
            assert "aep-tui needs 80x22" in text, size
            assert size[0] < 79 or "the page comes back as it was." in text, size
            assert URL not in text, size
            await person.pilot.resize_terminal(80, 24)
            text = person.read()
            assert URL in text, f"after {size}"
            assert "aep-tui needs" not in text, f"after {size}"
            values = {field.id: field.value for field in person.app.screen.query(FormInput)}
            assert values == dict(OAUTH2.values), f"after {size}"


@pytest.mark.parametrize(
    ("today", "badge", "words"),
    [
        (date(2025, 10, 2), "[deprecation announced]", "will be deprecated in January 2026."),
        (date(2026, 1, 31), "[deprecation announced]", "That month is over 1 day from now."),
        (date(2026, 2, 1), "[deprecation date passed]", "in January 2026; that date has passed."),
    ],
)
async def test_the_words_of_a_notice_follow_the_clock(today: date, badge: str, words: str) -> None:
    async with wizard(today=today) as person:
        text = await person.stand_on(Step.AUTH_METHOD, BASIC)
        assert f"Basic authentication  {badge}" in text
        await person.choose("basic-authentication")
        await person.press("enter")
        assert words in flat(await person.at(Step.NOTICES))
        await person.acknowledge()


@pytest.mark.parametrize(
    ("today", "badge"),
    [(date(2025, 6, 30), "[deprecation announced]"), (date(2025, 7, 1), "[deprecation date passed]")],
)
async def test_the_list_of_sources_follows_the_clock(today: date, badge: str) -> None:
    async with wizard(today=today) as person:
        text = await person.stand_on(Step.SOURCE, ORACLE)
        assert f"Oracle Service Cloud  {badge}" in text
        assert f"Zoho CRM  {badge}" in text
