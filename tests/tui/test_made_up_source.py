"""A source is one file: this one is made up, uses every rule, suggestion, helper and check, and needs no code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

import aep_tui.domain.catalog.catalog as catalog_module
from aep_tui.domain.catalog.catalog import Catalog, read_documents
from aep_tui.domain.rules.registry import rule_names, suggestion_names
from aep_tui.domain.wizard import Step
from aep_tui.session.source_checks import CHECKS
from aep_tui.tui.dialogs.helpers import HELPERS
from tests.kit.canary import CANARY
from tests.kit.journeys import Journey
from tests.kit.person import flat, wizard
from tests.kit.short_ways import go_to, push, replace_text
from tests.tui.credential_files import write_key

pytestmark = pytest.mark.anyio

ACME = """
label = "ACME Warehouse"
summary = "Rows of a made-up database"
connection_spec_id = "00000000-0000-4000-8000-000000000006"
connection_spec_version = "1.0"
default_name = "ACME base connection"

[[next_steps]]
label = "Look at the rows"
address = "https://acme.example/rows"

[[auth_methods]]
id = "everything"
cloud = "azure"
label = "Everything at once"
spec_name = "Everything"
summary = "Every kind of field."
check = "salesforce-login"
reads = { address = "siteUrl", client_id = "appKey", client_secret = "appSecret" }

[auth_methods.token]
issuer_help = "the app key: iss"
subject_help = "the warehouse user: sub"
subject_example = "clerk@acme.example"
advice = "A month is enough."
audience_suggests = "salesforce-audience"
app_steps = ["Open the warehouse and hang the certificate up."]

[[auth_methods.token.audiences]]
value = "https://login.salesforce.com"
label = "front door"

[[auth_methods.parameters]]
api_name = "passport"
label = "Passport"
help = "A signed token."
example = "eyJ..."
where_to_find = "You make it."
is_required = true
is_secret = true
is_long = true
rule = "salesforce-jwt"
helper = "mint-jwt"
reads = { client_id = "appKey", instance_url = "siteUrl" }

[[auth_methods.parameters]]
api_name = "appKey"
label = "App key"
help = "Of the app."
example = "K1"
where_to_find = "In the app."
is_required = true
rule = "client-id"

[[auth_methods.parameters]]
api_name = "appSecret"
label = "App secret"
help = "Of the app."
example = "a long text"
where_to_find = "In the app."
is_required = true
is_secret = true

[[auth_methods.parameters]]
api_name = "siteUrl"
label = "Site URL"
help = "Of the warehouse."
example = "https://acme.my.salesforce.com"
where_to_find = "On the door."
is_required = true
rule = "salesforce-url"

[[auth_methods.parameters]]
api_name = "gate"
label = "Gate"
help = "A host."
example = "https://acme.custhelp.com"
where_to_find = "On the gate."
is_required = true
rule = "oracle-host"

[[auth_methods.parameters]]
api_name = "depot"
label = "Depot"
help = "An address."
example = "https://www.zohoapis.com"
where_to_find = "At the depot."
is_required = true
rule = "zoho-endpoint"
suggests = "zoho-endpoint"
reads = { accounts_url = "ledger" }

[[auth_methods.parameters]]
api_name = "ledger"
label = "Ledger"
help = "An address."
example = "https://accounts.zoho.com"
where_to_find = "In the ledger."
is_required = true
rule = "zoho-accounts-url"

[[auth_methods.parameters.suggestions]]
value = "https://accounts.zoho.eu"
label = "Europe"

[[auth_methods.parameters]]
api_name = "edition"
label = "Edition"
help = "With a decimal."
example = "60.0"
where_to_find = "On the cover."
is_required = false
rule = "salesforce-api-version"
blank_warning = "Without an edition the newest is read."

[[auth_methods.parameters]]
api_name = "withDust"
label = "With dust"
help = "Old rows as well."
example = "off"
where_to_find = "A choice."
is_required = false
kind = "boolean"
"""
JOURNEY = Journey("acme-warehouse", "azure", "acme-warehouse", "everything", ())


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    folder = tmp_path / "catalog"
    packaged = Path(catalog_module.__file__).parent
    shutil.copytree(packaged, folder, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    (folder / "sources" / "acme-warehouse.toml").write_text(ACME, encoding="utf-8")
    documented = read_documents(folder)
    return Catalog(lambda: documented)


def test_it_uses_everything_that_a_source_can_name(catalog: Catalog) -> None:
    source = catalog.source("acme-warehouse")
    assert source is not None
    (method,) = source.auth_methods
    assert {parameter.rule for parameter in method.parameters} - {""} == rule_names() - {
        "described-value"
    }  # for what only the platform describes
    assert {parameter.helper for parameter in method.parameters} - {""} == set(HELPERS)
    assert method.token is not None
    offers = {parameter.suggests for parameter in method.parameters} | {method.token.audience_suggests}
    assert offers - {""} == suggestion_names()
    assert {method.check} == set(CHECKS)


async def test_it_walks_to_enabled(catalog: Catalog, tmp_path: Path) -> None:
    key_file = write_key(tmp_path, rsa.generate_private_key(public_exponent=65537, key_size=2048))
    async with wizard(catalog=catalog) as person:
        await person.walk_to_credentials(JOURNEY)
        await replace_text(person, "appKey", "K1")
        await replace_text(person, "appSecret", CANARY)
        await replace_text(person, "siteUrl", "https://acme--uat.sandbox.my.salesforce.com")
        await person.press("f12")
        text = flat(await person.see("Check the login at ACME Warehouse"))
        assert "whether ACME Warehouse takes them: App key, App secret." in text
        await person.press("enter")
        await person.see("OK: ACME Warehouse takes these credentials.")
        await person.press("escape")
        await person.press("f9")
        text = flat(await person.see("Make the Passport from your private key"))
        assert "the warehouse user: sub" in text
        assert "A month is enough." in text
        assert "https://test.salesforce.com" in text  # the suggestion reads the site URL
        await replace_text(person, "key-file", str(key_file))
        await replace_text(person, "user-name", "clerk@acme.example")
        assert person.app.screen.query_one("#issuer").value == "K1"  # type: ignore[attr-defined]  # an input
        await push(person, "mint")
        await person.see("OK: the token is made.")
        await push(person, "use")
        await person.see("Made here; it is not shown.")
        await replace_text(person, "appKey", "K2")
        assert 'The token\'s "iss" claim is not the client ID' in flat(await person.press("tab"))
        await replace_text(person, "appKey", "K1")
        assert '"iss" claim' not in flat(await person.press("tab"))
        await replace_text(person, "gate", "acme.custhelp.com")
        await replace_text(person, "ledger", "https://accounts.zoho.eu")
        await person.press("tab")
        await go_to(person, "depot")
        await person.see(
            "The accounts URL is of the data centre Europe, whose endpoint is usually https://www.zohoapis.eu."
        )
        assert "F4 puts in https://www.zohoapis.eu" in flat(await person.press("tab"))
        await person.press("f4")
        assert person.app.screen.query_one("#depot").value == "https://www.zohoapis.eu"  # type: ignore[attr-defined]  # an input
        await go_to(person, "withDust")
        await person.press("space")
        await push(person, "next")
        await person.at(Step.NAME)
        await push(person, "next")
        await person.at(Step.REVIEW)
        await person.submit()
        await person.see("OK: the connection is enabled.")
        (record,) = person.store.connections()
        assert record.connection_spec_id == "00000000-0000-4000-8000-000000000006"
        assert set(record.parameters) == {
            "passport",
            "appKey",
            "appSecret",
            "siteUrl",
            "gate",
            "depot",
            "ledger",
            "withDust",
        }
        assert record.parameters["withDust"] is True
