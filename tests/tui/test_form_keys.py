"""What the keys do on the form and on the pages over it, and where its warnings are seen."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aep_tui import signing
from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.wizard import Step
from aep_tui.tui.dialogs.fill_form import FillFormPage
from aep_tui.tui.widgets.plain_text import PlainText
from tests.domain.tokens import token
from tests.kit.canary import CANARY
from tests.kit.journeys import AWS_JWT, BASIC, OAUTH2
from tests.kit.person import flat, wizard
from tests.kit.short_ways import fill, go_to, push, put_in, text_in

pytestmark = pytest.mark.anyio

URL = "https://acme.my.salesforce.com"


async def test_f4_takes_the_correction_that_is_on_the_screen_from_the_next_field_use_7() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await put_in(person, "http://acme.my.salesforce.com\n")
        assert f"F4 puts in {URL}" in flat(person.read())
        assert person.focus == "clientId"
        await person.press("f4")
        assert text_in(person, "environmentUrl") == URL
        assert person.focus == "clientId"
        assert "F4 puts in" not in person.read()


async def test_f4_takes_the_correction_from_a_button_and_says_when_there_is_none_use_7() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await put_in(person, "http://acme.my.salesforce.com")
        await go_to(person, "fill")
        await person.press("f4")
        assert text_in(person, "environmentUrl") == URL
        assert person.focus == "fill"
        await person.press("f4")
        assert "No field offers a correction." in person.read()


async def test_f4_takes_the_nearest_of_two_corrections_use_7() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await put_in(person, "http://acme.my.salesforce.com")
        await go_to(person, "apiVersion")
        await person.type("62\n")
        await person.press("f4")
        assert text_in(person, "apiVersion") == "62.0"
        assert text_in(person, "environmentUrl") == "http://acme.my.salesforce.com"


async def test_warnings_stand_on_the_review_under_their_rows_use_5() -> None:
    async with wizard(size=(100, 40), at=(Step.CREDENTIALS, BASIC)) as person:
        for api_name, value in BASIC.values[1:-1]:
            await go_to(person, api_name)
            await person.paste(value)
        await push(person, "next")
        await person.at(Step.NAME)
        await push(person, "next")
        text = await person.at(Step.REVIEW)
        rows = text.splitlines()
        address = next(index for index, row in enumerate(rows) if "Environment URL" in row)
        assert "empty, not sent" in rows[address]
        assert "Warning: Adobe's pages list this address" in rows[address + 1]
        assert "Warning: Basic authentication may use Salesforce's SOAP login()" in flat(person.read())


async def test_the_audience_of_a_token_is_doubted_on_the_review_use_5() -> None:
    async with wizard() as person:
        await person.to_credentials(AWS_JWT)
        values = {
            "jwtToken": token(iss="3MVG9acme", aud="https://login.salesforce.com"),
            "clientId": "3MVG9acme",
            "clientSecret": CANARY,
            "instanceUrl": "https://acme--uat.sandbox.my.salesforce.com",
        }
        for api_name, value in values.items():
            await go_to(person, api_name)
            await person.paste(value)
        await push(person, "next")
        await person.at(Step.NAME)
        await push(person, "next")
        text = flat(await person.at(Step.REVIEW))
        assert 'Warning: The instance URL is a sandbox, but the token\'s "aud" claim is production.' in text
        await person.press("enter")  # the row of the target
        await person.at(Step.WELCOME)


async def test_the_page_names_its_auth_method_use_17() -> None:
    async with wizard() as person:
        assert "Credentials - Basic authentication" in await person.to_credentials(BASIC)
        assert "Credentials - OAuth 2 Client Credential" in await person.to_credentials(OAUTH2)


async def test_the_key_line_follows_the_focus_use_28() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        assert "Enter Next field" in person.read()
        assert "F8 Load" not in person.read()
        await go_to(person, "clientSecret")
        assert "F8 Load" in person.read()
        await go_to(person, "next")
        assert "Enter Next  " in person.read()
        assert "F8 Load" not in person.read()


async def test_the_buttons_of_the_key_pair_follow_its_fields_and_paths_are_kept_use_18() -> None:
    async with wizard(at=(Step.CREDENTIALS, AWS_JWT)) as person:
        await person.press("f9")
        await person.see("Make the JWT token")
        await person.press("f9")
        await person.see("Make a key pair")
        await put_in(person, "/tmp/new-key.pem\n/tmp/new-cert.pem\n")
        assert person.focus == "new-passphrase"
        await person.press("enter")
        assert person.focus == "make"
        await person.press("escape")
        await person.see("Make the JWT token")
        await person.press("f9")
        await person.see("Make a key pair")
        assert text_in(person, "new-key") == "/tmp/new-key.pem"
        assert text_in(person, "new-certificate") == "/tmp/new-cert.pem"


async def test_what_is_typed_while_the_key_pair_is_made_goes_nowhere_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_end = threading.Event()
    made = signing.make_key_pair

    def slowly(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - those of the real one
        assert may_end.wait(60)
        return made(*arguments, **options, bits=2048)

    monkeypatch.setattr(signing, "make_key_pair", slowly)
    async with wizard(at=(Step.CREDENTIALS, AWS_JWT)) as person:
        await person.press("f9")
        await person.see("Make the JWT token")
        await person.press("f9")
        await person.see("Make a key pair")
        await person.paste(str(tmp_path / "key.pem"))
        await go_to(person, "new-certificate")
        await person.paste(str(tmp_path / "certificate.pem"))
        await push(person, "make")
        await person.see("Making the key")
        assert "What was typed now went nowhere." in flat(await person.press("x"))
        await person.press("enter")
        assert person.focus == "make", "Enter pressed something that came meanwhile"
        may_end.set()
        await person.see("OK: the key pair is made.")
        await person.wait_until(lambda: person.focus == "go-on", "the focus on the button that goes on")
        assert text_in(person, "new-key") == str(tmp_path / "key.pem")


async def test_tab_leads_from_the_last_field_to_next_and_then_to_back() -> None:
    async with wizard(at=(Step.NAME, OAUTH2)) as person:
        await go_to(person, "description")
        stops = []
        for _press in range(3):
            await person.press("tab")
            stops.append(person.focus)
        assert stops == ["next", "back", "name"]
        await person.press("shift+tab", "shift+tab")
        assert person.focus == "next"


def test_one_value_that_can_be_filled_in_is_one_name() -> None:
    method = load_catalog().sources[0].auth_methods[0]
    one = replace(method, parameters=tuple(each for each in method.parameters if each.is_secret)[:1])
    words = [next(iter(FillFormPage(None, each, Secrets()).compose_body())) for each in (one, method)]
    texts = [each.text for each in words if isinstance(each, PlainText)]
    assert [each.partition(" with the ")[2].split()[0] for each in texts] == ["name", "names"]


async def test_enter_goes_on_from_the_paste_box_use_23() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await person.press("f7")
        await person.see("Fill the form")
        await person.press("enter")
        assert person.focus == "snippet-text"
        text = await person.press("enter")
        assert person.focus == "read"
        assert "nothing pasted yet" in text
        await person.press("shift+tab")
        await person.paste('{"clientId": "3MVG9acme",\n"apiVersion": "60.0"}')
        assert "2 lines pasted" in person.read()
        await person.press("enter")
        assert person.focus == "read"


async def test_a_paste_that_comes_as_keys_keeps_its_line_ends() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await person.press("f7")
        await person.see("Fill the form")
        await person.press("enter")
        assert "2 lines pasted" in await person.type("clientId=3M\nb=c")


async def test_what_was_wrong_is_said_again_when_the_page_comes_back_use_28() -> None:
    async with wizard(at=(Step.AUTH_METHOD, OAUTH2)) as person:
        await person.stand_on(Step.CREDENTIALS, OAUTH2)
        await person.paste("http://acme.my.salesforce.com")
        await person.press("escape")
        await person.at(Step.AUTH_METHOD)
        await person.press("enter")
        await person.at(Step.CREDENTIALS)
        assert f"F4 puts in {URL}" in flat(await person.see("Error: Salesforce answers over https only."))


async def test_what_was_typed_for_a_token_is_there_again_but_for_the_passphrase_use_18(tmp_path: Path) -> None:
    async with wizard(at=(Step.CREDENTIALS, AWS_JWT)) as person:
        await person.press("f9")
        await person.see("Make the JWT token")
        await put_in(person, str(tmp_path / "key.pem"))
        await go_to(person, "user-name")
        await put_in(person, "integration@acme.com")
        await person.press("escape")
        await person.at(Step.CREDENTIALS)
        await person.press("f9")
        await person.see("Make the JWT token")
        assert text_in(person, "key-file") == str(tmp_path / "key.pem")
        assert text_in(person, "user-name") == "integration@acme.com"
        assert text_in(person, "passphrase") == ""


async def test_blanks_around_a_typed_secret_are_taken_away_on_f4_use_28() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await go_to(person, "clientSecret")
        await person.type(" ")
        await put_in(person, CANARY)
        await person.press("tab")
        assert "F4 takes them away; without F4 they stay." in flat(person.read())
        assert text_in(person, "clientSecret") == f" {CANARY}"
        await person.press("shift+tab", "f4")
        assert text_in(person, "clientSecret") == CANARY


async def test_the_key_line_of_a_tick_box_says_what_enter_and_space_do() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await go_to(person, "includeDeletedObjects")
        key_line = person.read().splitlines()[-1]
        assert "Space Tick" in key_line
        assert "Enter Press" not in key_line
        await go_to(person, "back")
        assert "Enter, Esc Back" in person.read().splitlines()[-1]


async def test_that_there_is_no_correction_is_said_as_long_as_it_is_so() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await person.press("f4")
        assert "No field offers a correction." in person.read()
        await put_in(person, "http://acme.my.salesforce.com")
        await person.press("tab")
        assert "No field offers a correction." not in person.read()
        await person.press("f4")
        assert "https://acme.my.salesforce.com" in person.read()
        assert "No field offers a correction." not in person.read()


async def test_what_is_typed_replaces_a_suggested_name_and_adds_to_one_that_was_given() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await fill(person, OAUTH2)
        await push(person, "next")
        await person.at(Step.NAME)
        assert text_in(person, "name") == "Salesforce base connection"
        await person.type("ACME")
        assert text_in(person, "name") == "ACME"
        await push(person, "next")
        await person.at(Step.REVIEW)
        await person.press("escape")
        await person.at(Step.NAME)
        await go_to(person, "name")
        await person.type(" EMEA")
        assert text_in(person, "name") == "ACME EMEA"
