"""A connection is renamed, gets a new secret, new credentials, or is deleted: by keys, in practice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aep_tui.domain.draft import Draft
from aep_tui.pages.app_state import LastChange
from aep_tui.pages.at_hand import AfterChange
from aep_tui.pages.change_offers import ConnectionAction
from aep_tui.practice.organization import EXPIRED_TOKEN
from tests.domain.tokens import token
from tests.kit.canary import CANARY
from tests.kit.person import Person, flat
from tests.kit.short_ways import go_to, over_nothing, push
from tests.tui.changing import BASIC, HIDDEN, OAUTH, USED, AtConnection

pytestmark = pytest.mark.anyio

LIVED_IN = "lived-in-organization"


def parameters(person: Person, connection_id: str) -> dict[str, object]:
    """What the service keeps of a connection's credentials."""
    return dict(next(each for each in person.store.connections() if each.id == connection_id).parameters)


async def type_new_name(person: Person, name: str) -> str:
    """On the form for name and description: another name, and on to the review."""
    await person.see("What should the connection be called?")
    await person.clear_field()
    await person.paste(name)
    await push(person, "next")
    return await person.see("Before → after")


async def submit_in_production(person: Person) -> str:
    """Submit, and type the name of the sandbox; return what was asked."""
    await push(person, "submit")
    text = await person.see("This is a production sandbox.")
    await person.type("prod")
    await person.press("enter")
    return flat(text)


async def test_a_connection_is_renamed_and_the_page_for_the_ticket_can_be_copied() -> None:
    async with over_nothing(LIVED_IN, size=(80, 22)) as person:
        at = AtConnection(person, OAUTH)
        await at.begin(ConnectionAction.NAME)
        text = await type_new_name(person, "ACME EMEA")
        assert "Rename and describe · ACME Salesforce, OAuth · Review" in text
        assert "ACME Salesforce, OAuth → ACME EMEA" in text
        assert "1 dataflow that you can see uses it." in text
        await push(person, "submit")
        await person.see("test: OK")
        await person.press("enter")
        await person.see("OK: the connection was changed, is enabled")
        await person.press("f5")
        assert "ACME Salesforce, OAuth → ACME EMEA" in person.app.clipboard
        await push(person, "yes")
        assert await at.ended() is AfterChange.LOOK_AGAIN
        assert person.app.state.result is None  # which is what a create leaves behind
        assert person.app.state.last_change is LastChange.DONE
        assert "ACME EMEA" in {record.name for record in person.store.connections()}


async def test_back_from_the_review_keeps_what_was_typed_and_nothing_is_sent() -> None:
    async with over_nothing(LIVED_IN) as person:
        at = AtConnection(person, OAUTH)
        await at.begin(ConnectionAction.NAME)
        await type_new_name(person, "ACME EMEA")
        await person.press("enter")  # one too many: it goes back to the form
        assert "ACME EMEA" in await person.see("What should the connection be called?")
        await push(person, "next")
        await person.see("Before → after")
        await person.press("escape")
        assert "ACME EMEA" in await person.see("What should the connection be called?")
        await person.press("ctrl+q")
        await person.see("Quit?")  # what stands in the form would be forgotten
        await person.press("escape")
        await person.press("escape")
        assert await at.ended() is AfterChange.SAME
        assert at.connection_id  # under its old name
        assert person.app.state.wizard.draft == Draft()  # it is no answer about a new connection
        await at.begin(ConnectionAction.NAME)
        assert "ACME EMEA" in await person.see("What should the connection be called?")


async def test_one_secret_is_refused_by_its_path_and_all_credentials_are_replaced_with_a_mistake_in_between() -> None:
    async with over_nothing(LIVED_IN) as person:
        at = AtConnection(person, OAUTH)
        before, connection_id = parameters(person, at.connection_id), at.connection_id
        await at.begin(ConnectionAction.SECRET)
        text = await person.see("Only this secret is asked for")
        assert "Client secret" in text
        assert "Client ID" not in text
        await person.paste(CANARY)
        await push(person, "next")
        text = await person.see("Before → after")
        assert "set, will be replaced" in text
        assert "cannot be had back" in flat(text)
        await push(person, "submit")
        text = await person.see("Nothing has changed.")
        assert "FLOW-1455-400" in text
        assert parameters(person, connection_id) == before
        await person.press("enter")  # Replace all credentials instead
        text = await person.see("every secret is asked for anew")
        assert "set, not shown; type to replace it" in text  # what was typed is kept
        # The mistake: an address that the platform does not take.
        await go_to(person, "environmentUrl")
        await person.clear_field()
        await push(person, "next")
        assert "Enter the" in await person.see("Error:")
        await person.paste("https://acme-new.my.salesforce.com")
        await push(person, "next")
        text = await person.see("acme-new")
        assert "→" in text
        await person.press("f5")
        assert "-X PATCH" in person.app.clipboard
        await push(person, "submit")
        await person.see("test: OK")
        await person.press("enter")
        text = await person.see("OK: the connection was changed")
        assert "replaced" in text
        await push(person, "yes")
        assert await at.ended() is AfterChange.LOOK_AGAIN
        assert parameters(person, connection_id)["environmentUrl"] == "https://acme-new.my.salesforce.com"


async def test_the_source_is_asked_about_one_secret_with_what_the_platform_says_of_the_rest() -> None:
    async with over_nothing(LIVED_IN) as person:
        await AtConnection(person, OAUTH).begin(ConnectionAction.SECRET)
        await person.see("Only this secret is asked for")
        await person.paste(CANARY)
        await person.press("f12")
        text = flat(await person.see("Check the login at Salesforce"))
        assert "clientId, Client secret" in text
        assert "acme.my.salesforce.com" in text
        await person.press("enter")
        await person.see("OK: Salesforce takes these credentials.")


async def test_a_token_is_made_for_one_secret_with_what_the_platform_says_of_the_rest() -> None:
    async with over_nothing(LIVED_IN) as person:
        await AtConnection(person, "ACME Salesforce on AWS").begin(ConnectionAction.SECRET)
        await person.see("Which secret is new?")
        await person.choose("jwtToken")
        await person.press("enter")
        await person.see("Only this secret is asked for")
        await person.press("f9")
        assert "3MVG9" in await person.see("Make the JWT token")


async def test_a_token_that_does_not_fit_the_rest_is_warned_about() -> None:
    async with over_nothing(LIVED_IN) as person:
        await AtConnection(person, "ACME Salesforce on AWS").begin(ConnectionAction.SECRET)
        await person.see("Which secret is new?")
        await person.choose("jwtToken")
        await person.press("enter")
        await person.see("Only this secret is asked for")
        await person.paste(token(iss="3MVG9somebody-elses-app"))
        await person.press("enter")
        assert "iss" in flat(await person.see("is not the client ID"))


async def test_one_of_several_secrets_is_chosen() -> None:
    async with over_nothing(LIVED_IN) as person:
        await AtConnection(person, BASIC).begin(ConnectionAction.SECRET)
        text = await person.see("Which secret is new?")
        assert "Password" in text
        assert "Security token" in text
        await person.press("down", "enter")
        text = await person.see("Only this secret is asked for")
        assert "Security token (" in text
        assert "Password" not in text


async def test_somebody_else_was_there_first_and_nothing_is_sent_again_without_a_look() -> None:
    async with over_nothing("busy-organization") as person:
        at = AtConnection(person, OAUTH)
        connection_id = at.connection_id
        await at.begin(ConnectionAction.NAME)
        await type_new_name(person, "ACME EMEA")
        await push(person, "submit")
        text = await person.see("has changed since you saw it")
        assert "a.colleague@acme.example" in flat(text)
        assert "Looked after by a colleague" in flat(text)
        await person.press("enter")
        await person.see("Before → after")
        assert "ACME EMEA" not in {record.name for record in person.store.connections()}
        await push(person, "submit")
        await person.see("test: OK")
        record = next(each for each in person.store.connections() if each.id == connection_id)
        assert (record.name, record.description) == ("ACME EMEA", "Looked after by a colleague")


async def test_a_refused_change_stands_on_the_review_and_nothing_has_changed() -> None:
    async with over_nothing("change-refused") as person:
        at = AtConnection(person, OAUTH)
        await at.begin(ConnectionAction.NAME)
        await type_new_name(person, "ACME EMEA")
        await push(person, "submit")
        text = await person.see("Error:")
        assert "FLOW-1445-400" in await person.see("code FLOW-1445-400")
        assert "Before → after" in text
        assert at.connection_id  # under its old name
        assert person.app.state.failure is not None
        await person.press("f6")
        plain = await person.see("The change, and its request as curl")
        assert "code FLOW-1445-400" in flat(plain), "what went wrong stands in the plain text as well"


async def test_where_the_platform_takes_no_change_at_all_the_refused_secret_says_so() -> None:
    async with over_nothing("change-refused") as person:
        await AtConnection(person, OAUTH).begin(ConnectionAction.SECRET)
        await person.see("Only this secret is asked for")
        await person.paste(CANARY)
        await push(person, "next")
        await person.see("Before → after")
        await push(person, "submit")
        text = flat(await person.see("Nothing has changed."))
        assert "FLOW-1445-400" in text
        assert "it may refuse this too" in text


async def test_a_connection_in_use_is_not_deleted_and_its_dataflows_are_listed() -> None:
    async with over_nothing(LIVED_IN, size=(80, 22)) as person:
        at = AtConnection(person, USED)
        await at.begin(ConnectionAction.DELETE)
        text = await person.see("2 dataflows use this connection")
        assert "- ACME Salesforce" in text
        assert "[ Delete ]" not in text
        await person.press("enter")
        assert await at.ended() is AfterChange.SAME


async def test_a_connection_that_nothing_uses_is_deleted_when_its_name_is_typed() -> None:
    async with over_nothing(LIVED_IN, size=(80, 22)) as person:
        at = AtConnection(person, BASIC)
        connection_id = at.connection_id
        await at.begin(ConnectionAction.DELETE)
        text = await person.see("No dataflow that you can see uses this connection.")
        assert "Access labels may hide some" in flat(text)
        assert person.app.focused is not None
        assert person.app.focused.id == "back", "an Enter too many deletes nothing"
        await push(person, "yes")
        await person.see("Delete the connection?")
        await person.type("ACME\n")
        await person.see("Error: Type ACME")
        await person.clear_field()
        await person.paste(BASIC)
        await person.press("enter")
        await person.see("OK: the connection is deleted")
        await person.press("enter")
        await person.see("OK: the connection was deleted")
        await push(person, "yes")
        assert await at.ended() is AfterChange.GONE
        assert connection_id not in {record.id for record in person.store.connections()}


async def test_a_hidden_dataflow_makes_the_platform_refuse_and_that_is_told() -> None:
    async with over_nothing(LIVED_IN) as person:
        at = AtConnection(person, HIDDEN)
        await at.begin(ConnectionAction.DELETE)
        await person.see("No dataflow that you can see uses this connection.")
        await push(person, "yes")
        await person.see("Delete the connection?")
        await person.paste(HIDDEN)
        await person.press("enter")
        text = await person.see("FLOW-1418-400")
        assert "Error:" in text
        assert at.connection_id  # it is still there


async def test_a_source_outside_the_catalog_gets_one_secret_by_the_platform_s_own_form() -> None:
    async with over_nothing(LIVED_IN) as person:
        at = AtConnection(person, "ACME events")
        connection_id = at.connection_id
        before = parameters(person, connection_id)
        await at.begin(ConnectionAction.SECRET)
        await person.see("Which secret is new?")
        await person.choose("s3SecretKey")
        await person.press("enter")
        await person.see("Only this secret is asked for")
        await person.paste(CANARY)
        await push(person, "next")
        assert "set, will be replaced" in await person.see("Before → after")
        await push(person, "submit")
        await person.see("test: OK")
        await person.press("enter")
        await person.see("OK: the connection was changed")
        after = parameters(person, connection_id)
        assert {name for name in after if after[name] != before.get(name)} <= {"s3SecretKey"}


async def test_a_source_that_nobody_describes_any_more_says_so() -> None:
    async with over_nothing(LIVED_IN) as person:
        at = AtConnection(person, OAUTH)
        status = replace(await at.seen(), connection_spec_id="00000000-0000-4000-8000-000000000001")
        await at.begin(ConnectionAction.CREDENTIALS, status)
        await person.see("That did not work")
        await person.press("enter")
        assert await at.ended() is AfterChange.SAME


async def test_read_only_changes_nothing_and_says_why() -> None:
    why = "READ-ONLY: the program was started so that it changes nothing."
    async with over_nothing(LIVED_IN) as person:
        person.app.current.now = replace(person.app.state, target=replace(person.app.state.target, is_read_only=True))
        for action in ConnectionAction:
            at = AtConnection(person, OAUTH)
            await at.begin(action)
            assert why in await person.see("READ-ONLY:"), action
            assert why not in await person.press("escape"), action
            assert await at.ended() is AfterChange.SAME, action


async def test_what_is_under_way_is_asked_about_before_the_program_ends() -> None:
    async with over_nothing(LIVED_IN) as person:
        at = AtConnection(person, "Salesforce EMEA", "prod")  # not the target's own sandbox
        await at.begin(ConnectionAction.NAME)
        await type_new_name(person, "ACME EMEA")
        for application in person.applications:
            application.may_answer.clear()
        await submit_in_production(person)
        await person.see("Sending the change...")
        await person.press("ctrl+q")
        assert "What was sent cannot be unsent" in flat(await person.see("Quit?"))
        await person.press("escape")
        assert person.app.session.is_create_unclear  # exit code 6 when the program ended now
        await person.press("escape")
        text = flat(await person.see("Stop waiting for the answer?"))
        assert "may have been changed" in text
        await push(person, "yes")
        text = await person.see("You stopped waiting")
        assert "may have been changed" in flat(text)
        assert "Look at it again" in text
        for application in person.applications:
            application.may_answer.set()
        await person.press("enter")
        assert await at.ended() is AfterChange.LOOK_AGAIN


async def test_another_sandbox_than_the_target_s_is_named_above_every_page() -> None:
    async with over_nothing(LIVED_IN) as person:
        at = AtConnection(person, "Salesforce EMEA", "prod")
        await at.begin(ConnectionAction.NAME)
        assert "sandbox prod" in await person.see("What should the connection be called?")
        text = await type_new_name(person, "EMEA")
        assert "PRODUCTION sandbox prod" in text
        await submit_in_production(person)
        await person.see("test: OK")
        await person.press("enter")
        assert "prod" in await person.see("OK: the connection was changed")


async def test_a_token_that_ends_amid_a_change_in_another_sandbox_is_replaced_in_place() -> None:
    async with over_nothing(LIVED_IN, size=(80, 22)) as person:
        walk, good = person.app.flows.walk, person.app.state.target.access_token
        assert good is not None
        at = AtConnection(person, "Salesforce full copy, OAuth", "dev")
        await at.begin(ConnectionAction.NAME, await at.seen())
        await type_new_name(person, "ACME EMEA")
        walk.take_token(person.app.secrets.hold(EXPIRED_TOKEN, "access token"))
        await push(person, "submit")
        await person.see("A new access token is needed")
        await person.paste(good.get_secret_value())
        await person.press("enter")
        text = await person.see("Nothing has been changed yet")
        assert "→ ACME EMEA" in text
        await push(person, "submit")
        await person.see("test: OK")
        assert [each.name for each in person.store.connections()].count("ACME EMEA") == 1


async def test_a_rehearsal_asks_for_the_name_of_a_production_sandbox_as_live_does() -> None:
    async with over_nothing(LIVED_IN, size=(80, 22)) as person:
        at = AtConnection(person, "Salesforce Americas", "prod")
        await at.begin(ConnectionAction.NAME)
        text = await type_new_name(person, "ACME EMEA")
        assert "PRODUCTION sandbox prod" in text
        assert "will be changed" in await submit_in_production(person)
        await person.see("test: OK")
