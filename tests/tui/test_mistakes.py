"""What people get wrong in the form, and what they read then."""

from __future__ import annotations

import pytest

from aep_tui.domain.wizard import Step
from tests.kit.canary import CANARY
from tests.kit.journeys import BASIC, OAUTH2, ORACLE, URL, ZOHO
from tests.kit.person import flat, wizard
from tests.kit.short_ways import fill, go_to, push, text_in

pytestmark = pytest.mark.anyio


async def test_next_on_an_empty_form_names_what_is_missing_and_goes_to_the_first() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        text = await push(person, "next")
        assert "Error: Enter the environment URL." in text
        assert "Error: Enter the API version." in text
        assert "Error: Enter the client secret." in text
        assert person.focus == "environmentUrl"
        await person.at(Step.CREDENTIALS)


async def test_a_lightning_address_is_explained_and_f4_puts_the_right_one_in() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await person.paste("https://acme.lightning.force.com/lightning/page/home")
        text = await person.press("tab")
        assert "Error:" in text
        await person.press("shift+tab")
        assert f"F4 puts in {URL}" in person.read()
        text = await person.press("f4")
        assert text_in(person, "environmentUrl") == URL
        assert "Error:" not in text


async def test_a_version_without_a_decimal_is_answered_with_the_right_one() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await go_to(person, "apiVersion")
        await person.type("52")
        text = await person.press("tab")
        assert "52.0" in text
        await person.press("shift+tab", "f4")
        assert text_in(person, "apiVersion") == "52.0"


async def test_typing_takes_an_old_reason_away() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await push(person, "next")
        assert "Error: Enter the environment URL." in person.read()
        assert "Error: Enter the environment URL." not in await person.type("h")


async def test_a_secret_of_blanks_is_no_secret_that_is_lost() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await fill(person, OAUTH2)
        await go_to(person, "clientSecret")
        await person.press("end", "ctrl+u")
        await push(person, "next")
        assert "Error: Enter the client secret." in person.read()
        assert person.focus == "clientSecret"


async def test_a_line_break_inside_a_paste_is_refused_in_words() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        text = await person.paste("https://acme.my\n.salesforce.com")
        assert "Note: Nothing was pasted: the text has 2 lines" in text
        assert text_in(person, "environmentUrl") == ""


async def test_a_key_file_in_a_secret_field_is_refused_without_showing_it() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await go_to(person, "clientSecret")
        text = await person.paste(f"-----BEGIN PRIVATE KEY-----\n{CANARY}\n-----END PRIVATE KEY-----\n")
        assert "key or certificate of 3 lines" in text
        assert text_in(person, "clientSecret") == ""


async def test_white_space_around_a_paste_is_removed_and_told() -> None:
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        text = await person.paste(f"  {URL}\r\n")
        assert "Note: Removed 2 blanks at the beginning." in text
        assert "Note: Removed 1 newline at the end." in text
        assert text_in(person, "environmentUrl") == URL


async def test_a_paste_of_more_than_four_kilobytes_arrives_whole() -> None:
    secret = CANARY * 200
    async with wizard(at=(Step.CREDENTIALS, OAUTH2)) as person:
        await go_to(person, "clientSecret")
        await person.paste(f"{secret}\n")
        assert text_in(person, "clientSecret") == secret


async def test_the_documented_accounts_servers_are_offered() -> None:
    async with wizard(at=(Step.CREDENTIALS, ZOHO)) as person:
        await go_to(person, "accountsUrl")
        text = await person.press("down")
        for address in (".com", ".com.au", ".eu", ".in", ".com.cn"):
            assert f"https://accounts.zoho{address}" in text
        assert "Another one: type it" in text
        await person.press("down", "down", "enter")
        assert text_in(person, "accountsUrl") == "https://accounts.zoho.eu"
        assert person.focus == "accountsUrl"


async def test_a_notice_has_to_be_ticked_before_next() -> None:
    async with wizard(at=(Step.NOTICES, ORACLE)) as person:
        assert str(person.focus).startswith("acknowledge-")
        text = await push(person, "next")
        assert "Error: tick the box with Space to go on all the same" in text
        assert person.focus == "acknowledge-oracle-service-cloud-retired"
        assert "[x] I have read this" in await person.press("space")


async def test_help_says_where_to_find_each_value() -> None:
    async with wizard(at=(Step.CREDENTIALS, BASIC)) as person:
        for api_name, words in (("environmentUrl", "My Domain"), ("securityToken", "Reset My Security Token")):
            await go_to(person, api_name)
            text = await person.press("f1")
            assert words in flat(text)
            assert f"auth.params.{api_name}" in text
            await person.press("escape")
            assert person.focus == api_name


async def test_the_commands_open_with_f2_and_do_what_they_say() -> None:
    async with wizard() as person:
        await person.stand_on(Step.CREDENTIALS, OAUTH2, with_pages_below=True)
        text = await person.press("f2")
        assert "Commands" in text
        for _press in range(20):
            if "> (•) Back" in person.read():
                break
            await person.press("down")
        await person.press("enter")
        await person.at(Step.AUTH_METHOD)
