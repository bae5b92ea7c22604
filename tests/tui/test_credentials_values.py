"""Typing, pasting, loading and filling in: what a person sees of it, and what nobody sees."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from aep_tui.domain.wizard import Step
from aep_tui.practice.organization import NO_RUN_AS_USER_CLIENT_ID, WRONG_CLIENT_SECRET
from aep_tui.tui.app import WizardApp
from tests.kit.canary import CANARY
from tests.kit.journeys import AWS_JWT, OAUTH2, ZOHO
from tests.kit.person import Person, flat, wizard
from tests.kit.short_ways import fill, go_to, push, replace_text, text_in

pytestmark = pytest.mark.anyio

URL = "https://acme.my.salesforce.com"
BROKEN_TUTORIAL = f"""
curl -X POST 'https://platform.adobe.io/data/foundation/flowservice/connections' \\
  -H 'Authorization: Bearer {{ACCESS_TOKEN}}' \\
  -d '{{
    "name": "ACME Salesforce account",
    "auth": {{
        "specName": "OAuth2 Client Credential",
        "params": {{
            "environmentUrl": "{URL}",
            "clientId": "3MVG9acme"
            "clientSecret": "{CANARY}",
            "apiVersion": "60.0",
            "includeDeletedObjects": true,
            "consumerHint": "xxxx",
        }}
    }},
    "connectionSpec": {{ "id": "cfc0fee1-7dc0-40ef-b73e-d8b134c436f5", "version": "1.0" }}
}}'
"""


def secret_of(person: Person, api_name: str) -> str:
    """A secret of the answers, in clear."""
    return str(person.app.state.wizard.draft.answers[api_name].get_secret_value())  # type: ignore[union-attr]  # a secret


async def test_quotation_marks_around_a_secret_are_told_and_taken_away_on_f4_only() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await go_to(person, "clientSecret")
        text = flat(await person.paste(f'"{CANARY}"\n'))
        assert "Removed 1 newline at the end." in text
        assert "There are quotation marks around it. They were kept." in text
        assert "F4 takes them away; without F4 they stay." in text
        assert text_in(person, "clientSecret") == f'"{CANARY}"'
        text = flat(await person.press("f4"))
        assert "They were taken away." in text
        assert text_in(person, "clientSecret") == CANARY


async def test_invisible_characters_in_a_secret_are_told_and_kept_without_consent() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await go_to(person, "clientSecret")
        text = flat(await person.paste(f"\ufeff{CANARY}\u200b"))
        assert "There are 2 invisible characters in it. They were kept." in text
        await person.press("tab", "shift+tab")
        assert text_in(person, "clientSecret") == f"\ufeff{CANARY}\u200b"
        await person.press("f4")
        assert text_in(person, "clientSecret") == CANARY


async def test_an_offer_goes_when_the_secret_is_typed_on() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await go_to(person, "clientSecret")
        await person.paste(f'"{CANARY}"')
        text = await person.type("x")
        assert "F4 takes them away" not in text
        await person.press("f4")
        assert text_in(person, "clientSecret") == f'"{CANARY}"x'


async def test_several_lines_are_refused_with_the_way_to_load_them() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await go_to(person, "clientSecret")
        text = flat(await person.paste(f"{CANARY}\n{CANARY}"))
        assert "Nothing was pasted" in text
        assert "F8 loads a value of several lines from a file" in text
        assert text_in(person, "clientSecret") == ""


async def test_a_broken_tutorial_request_fills_the_form_and_connects_on_azure() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await person.press("f7")
        await person.see("Fill the form from a file or a snippet")
        await go_to(person, "snippet-text")
        text = await person.paste(BROKEN_TUTORIAL)
        assert "lines pasted, not shown" in text
        await push(person, "read")
        text = flat(await person.see("Recognised:"))
        assert "environmentUrl, clientId, clientSecret, apiVersion, includeDeletedObjects" in text
        assert "Not recognised: consumerHint." in text
        assert person.focus == "fill"
        await person.press("enter")
        await person.at(Step.CREDENTIALS)
        text = flat(await person.see("Taken: text"))
        assert f"Taken: text, {len(CANARY)} characters, 1 line." in text
        assert "[x] Include deleted objects" in text
        assert text_in(person, "clientSecret") == ""
        assert person.focus == "next"
        await person.press("enter")
        await person.at(Step.NAME)
        assert secret_of(person, "clientSecret") == CANARY
        await push(person, "next")
        await person.at(Step.REVIEW)
        await person.submit()
        await person.see("OK: the connection is enabled.")


async def test_an_env_file_fills_the_form_and_placeholders_are_named(tmp_path: Path) -> None:
    file = tmp_path / "salesforce.env"
    file.write_text(f"ENVIRONMENT_URL={URL}\nCLIENT_ID=xxxx\nCLIENT_SECRET={CANARY}\n", encoding="utf-8")
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await person.press("f7")
        await person.see("Fill the form")
        await person.paste(str(file))
        await push(person, "read")
        text = flat(await person.see("Recognised: environmentUrl, clientSecret."))
        assert "Only a placeholder, to be filled in by you: clientId." in text
        await person.press("enter")
        await person.at(Step.CREDENTIALS)
        assert text_in(person, "environmentUrl") == URL
        assert person.focus == "clientId"


async def test_a_text_without_values_and_a_missing_file_are_told() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await person.press("f7")
        await person.see("Fill the form")
        await push(person, "read")
        await person.see("Enter a path, or paste a text into the box.")
        await go_to(person, "snippet-text")
        await person.paste("nothing of use")
        await push(person, "read")
        await person.see("There is no value for a field of a connection in this text.")
        await replace_text(person, "snippet-file", "/nowhere/at-all.json")
        await push(person, "read")
        await person.see("cannot be read")
        assert person.focus == "snippet-file"
        await person.press("escape")
        await person.at(Step.CREDENTIALS)


async def test_a_secret_is_loaded_from_a_file_and_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_text(f'"{CANARY}"\n', encoding="utf-8")
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await fill(person, OAUTH2)
        await go_to(person, "clientSecret")
        await person.press("f8")
        await person.see("Load a secret")
        await person.paste(str(file))
        await push(person, "read")
        text = flat(await person.see("Taken: text"))
        assert "Removed 1 newline at the end." in text
        assert "There are quotation marks around it. They were kept." in text
        await push(person, "use-cleaned")
        await person.at(Step.CREDENTIALS)
        await person.see(f"Taken: text, {len(CANARY)} characters, 1 line.")
        assert "set, not shown; type to replace it" in person.read()
        await push(person, "next")
        await person.at(Step.NAME)
        assert secret_of(person, "clientSecret") == CANARY


async def test_a_byte_order_mark_of_a_file_goes_on_consent_only(tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_text(CANARY, encoding="utf-8-sig")
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await go_to(person, "clientSecret")
        await person.press("f8")
        await person.see("Load a secret")
        await person.paste(str(file))
        await push(person, "read")
        await person.see("There is 1 invisible character in it. It was kept.")
        await push(person, "use-cleaned")
        await person.see(f"Taken: text, {len(CANARY)} characters, 1 line.")


async def test_a_secret_is_loaded_from_what_a_command_prints(tmp_path: Path) -> None:
    script = tmp_path / "vault.py"
    script.write_text(f"print('{CANARY}')", encoding="utf-8")
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await fill(person, OAUTH2)
        await go_to(person, "clientSecret")
        await person.press("f8")
        await person.see("Load a secret")
        await go_to(person, "secret-command")
        await person.paste("'not closed")
        await push(person, "read")
        await person.see("A quotation mark is not closed.")
        await replace_text(person, "secret-command", "/nowhere/program")
        await push(person, "read")
        await person.see("did not give the secret")
        await replace_text(person, "secret-command", f"'{sys.executable}' '{script}'")
        await push(person, "read")
        await person.see("Taken: text")
        await person.press("enter")
        await person.at(Step.CREDENTIALS)
        assert CANARY not in Path("/proc/self/cmdline").read_text(encoding="utf-8", errors="replace")
        await push(person, "next")
        await person.at(Step.NAME)
        assert secret_of(person, "clientSecret") == CANARY


async def reveal(person: Person) -> str:
    """Press the button, and say yes to the question whose default is no."""
    await push(person, "reveal")
    await person.see("Show what you typed as Client secret for 5 seconds?")
    assert person.focus == "no"
    return await person.press("right", "enter")


async def test_a_typed_secret_is_shown_for_five_seconds_after_a_question_and_hidden_on_blur_use_10() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await go_to(person, "clientSecret")
        await person.paste("shown-on-request")
        assert "shown-on-request" not in await person.press("f5")
        await push(person, "reveal")
        assert "others" not in await person.see("a recording (script, asciinema) keeps it")
        assert "shown-on-request" not in await person.press("enter")
        person.clock.hold()
        assert "shown-on-request" in await reveal(person)
        await person.press("tab")
        assert "shown-on-request" not in person.read()
        await reveal(person)
        await person.press("f1")
        await person.press("escape")
        assert "shown-on-request" not in person.read()
        await reveal(person)
        before = person.clock.monotonic()
        person.clock.release()
        await person.wait_until(lambda: "shown-on-request" not in person.read(), "the dots")
        assert person.clock.monotonic() - before >= 5.0


async def test_no_reveal_and_kept_secrets_show_nothing() -> None:
    async with wizard(may_reveal=False, at=(Step.CREDENTIALS, OAUTH2)) as person:
        await go_to(person, "clientSecret")
        await person.paste("shown-on-request")
        assert "Show secret" not in person.read()
        assert "It is a secret and is never shown." in flat(await person.press("f1"))
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await person.press("f7")
        await person.see("Fill the form")
        await go_to(person, "snippet-text")
        await person.paste(f'{{"clientSecret": "{CANARY}"}}')
        await push(person, "read")
        await person.see("Recognised: clientSecret.")
        await person.press("enter")
        await person.at(Step.CREDENTIALS)
        await go_to(person, "clientSecret")
        await push(person, "reveal")
        assert "a kept secret is never shown" in flat(person.read())


async def test_the_checklist_is_ticked_and_remembers() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        text = flat(await person.press("f3"))
        assert "[ ] 1. There is an app for this connection" in text
        await person.press("space")
        await go_to(person, "check-4")
        text = flat(person.read())
        assert "If it is missing: no client credentials user enabled." in text
        await go_to(person, "check-7")
        assert "https://experienceleague.adobe.com" in flat(await person.press("pagedown"))
        await person.press("escape")
        await person.at(Step.CREDENTIALS)
        assert "[x] 1. There is an app" in flat(await person.press("f3"))


async def test_zoho_in_the_eu_by_choosing_the_data_centre() -> None:
    async with wizard(at=(Step.CREDENTIALS, ZOHO)) as person:
        await go_to(person, "accountsUrl")
        text = await person.press("down")
        assert "https://accounts.zoho.jp  [Japan: undocumented]" in text
        assert "Another one: type it" in text
        await person.press("down", "down", "enter")
        await person.see("F4 puts in https://www.zohoapis.eu")
        assert text_in(person, "accountsUrl") == "https://accounts.zoho.eu"
        await person.tab_to("endpoint", "shift+tab")
        await person.press("f4")
        assert text_in(person, "endpoint") == "https://www.zohoapis.eu"
        for name, value in ZOHO.values:
            if name not in {"accountsUrl", "endpoint"}:
                await replace_text(person, name, value)
        await push(person, "next")
        await person.at(Step.NAME)
        await push(person, "next")
        await person.at(Step.REVIEW)
        await person.submit()
        await person.see("OK: the connection is enabled.")


async def test_an_endpoint_of_another_region_is_told_and_offered() -> None:
    async with wizard(at=(Step.CREDENTIALS, ZOHO)) as person:
        await replace_text(person, "endpoint", "https://www.zohoapis.com")
        await replace_text(person, "accountsUrl", "https://accounts.zoho.in")
        text = flat(await person.press("tab"))
        assert "The endpoint is in the data centre United States, the accounts URL in India." in text
        assert "F4 puts in https://www.zohoapis.in" in text


async def test_the_login_is_checked_on_request_and_stops_after_two_refusals() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await person.press("f12")
        await person.see("Enter the environment URL.")
        await fill(person, OAUTH2)
        await person.press("f12")
        text = flat(await person.see("Check the login at Salesforce"))
        assert f"Sent to {URL}" in text
        await person.press("enter")
        await person.see("OK: Salesforce takes these credentials.")
        await person.press("escape")
        await replace_text(person, "clientId", NO_RUN_AS_USER_CLIENT_ID)
        await person.press("f12")
        await person.see("Check the login")
        await person.press("enter")
        await person.see("no Run As user")
        await person.press("escape")
        await replace_text(person, "clientId", "3MVG9acme")
        await replace_text(person, "clientSecret", WRONG_CLIENT_SECRET)
        await person.press("f12")
        await person.see("Check the login")
        await person.press("enter")
        await person.see("does not belong to the client ID")
        assert "Tab Move" in await person.see("Enter Close"), "the button to ask once more can be reached again"
        await push(person, "ask")
        await person.see("Salesforce has refused 2 times.")


async def test_the_rare_keys_stand_in_the_commands() -> None:
    async with wizard(at=(Step.CREDENTIALS, AWS_JWT)) as person:
        await person.press("f2")
        commands = flat(person.read())
        assert "Make the JWT token from a private key" in commands
        assert "Check the login at Salesforce now" not in commands


@pytest.mark.parametrize("is_left", [False, True], ids=["while it is typed", "when the page was left"])
async def test_a_crash_that_quotes_a_secret_of_the_form_writes_none_of_it(
    is_left: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_app: object) -> None:
        raise RuntimeError(f"cannot go on with {CANARY}")

    monkeypatch.setattr(WizardApp, "action_repaint", fail)
    with pytest.raises(RuntimeError):  # noqa: PT012 - the crash ends the whole walk
        async with wizard() as person:
            if is_left:
                await person.to_review(OAUTH2)
            else:
                await person.to_credentials(OAUTH2)
                await replace_text(person, "clientSecret", CANARY)
            await person.press("ctrl+l")
    (report,) = Path(os.environ["XDG_STATE_HOME"]).rglob("crash-*.txt")
    text = report.read_text(encoding="utf-8") + person.app.crash_words
    assert "RuntimeError" in text
    assert CANARY not in text
