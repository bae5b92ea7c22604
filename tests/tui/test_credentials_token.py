"""The JWT of the AWS connection: made here, or pasted and judged."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc import jwt
from joserfc.jwk import RSAKey
from textual.worker import WorkerFailed

from aep_tui.domain.wizard import Step
from aep_tui.pages import token_form
from aep_tui.signing import key_pair
from aep_tui.signing.token import MintedToken
from aep_tui.tui.dialogs.mint_token import MintTokenPage
from tests.domain.tokens import seconds, token
from tests.kit.canary import CANARY
from tests.kit.journeys import AWS_JWT
from tests.kit.person import Person, flat, wizard
from tests.kit.short_ways import go_to, push, replace_text
from tests.tui.credential_files import assert_nothing_surfaced, token_of, write_certificate, write_key

pytestmark = pytest.mark.anyio

CLIENT_ID = "3MVG9acme"
URL = "https://acme.my.salesforce.com"


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


async def fill_mint_page(person: Person, key_file: Path, *, passphrase: str = "", certificate: str = "") -> None:
    """From the form to a page that can make the token."""
    await go_to(person, "jwtToken")
    await person.press("f9")
    await person.see("Make the JWT token from your private key")
    await replace_text(person, "key-file", str(key_file))
    await person.press("tab")
    if passphrase:
        await person.see("of the key file; not kept")
        await replace_text(person, "passphrase", passphrase)
    if certificate:
        await replace_text(person, "certificate", certificate)
    await replace_text(person, "issuer", CLIENT_ID)
    await replace_text(person, "user-name", "integration@acme.com")


async def test_mint_and_connect_on_aws(tmp_path: Path, key: rsa.RSAPrivateKey) -> None:
    key_file = write_key(tmp_path, key, passphrase=CANARY)
    certificate = write_certificate(tmp_path, key)
    async with wizard() as person:
        await person.walk_to_credentials(AWS_JWT)
        await fill_mint_page(person, key_file, passphrase=CANARY, certificate=str(certificate))
        await person.button("mint")
        text = flat(await person.see("OK: key and certificate belong together."))
        assert "OK: the token is made." in text
        assert "iss 3MVG9acme" in text
        assert "it ends on 2027-03-24" in text
        page = person.app.screen
        assert isinstance(page, MintTokenPage)
        assert page.field("passphrase").text == "", "it is not kept"
        await replace_text(person, "user-name", "another@acme.com")
        await person.pilot.pause()
        assert page.query_one("#use").has_class("-empty"), "a token for somebody else is not taken"
        await replace_text(person, "user-name", "integration@acme.com")
        page.field("passphrase").set_text(CANARY)
        await person.button("mint")
        await person.see("OK: the token is made.")
        await person.tab_to("use")
        await person.press("enter")
        assert CANARY not in page._made_for.typed_before.values()
        await person.at(Step.CREDENTIALS)
        text = await person.see("It ends on 2027-03-24.")
        assert "Error:" not in text
        await replace_text(person, "clientSecret", CANARY)
        await replace_text(person, "instanceUrl", URL)
        await person.button("next")
        await person.at(Step.NAME)
        signed = token_of(person)
        await person.button("next")
        review = await person.at(Step.REVIEW)
        assert "set; ends on 2027-03-24" in flat(review)
        await person.submit()
        await person.see("OK: the connection is enabled.")
        await person.button("next")
        done = await person.at(Step.DONE)
        assert "The JWT token ends on 2027-03-24." in flat(done)
        assert_nothing_surfaced(person, key_file, signed, folder=tmp_path)
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    claims = jwt.decode(signed, RSAKey.import_key(public), algorithms=["RS256"]).claims
    assert claims == {
        "iss": CLIENT_ID,
        "sub": "integration@acme.com",
        "aud": "https://login.salesforce.com",
        "exp": seconds(2027, 3, 24, 23) + 59 * 60 + 59,
    }


async def test_a_bad_token_is_understood_corrected_and_connected() -> None:
    bad = token(iss=CLIENT_ID, exp=seconds(2027, 3, 22) * 1000)
    other = token(iss="3MVG9other")
    good = token(iss=CLIENT_ID)
    async with wizard(at=(Step.CREDENTIALS, AWS_JWT)) as person:
        await replace_text(person, "jwtToken", bad)
        await replace_text(person, "clientId", CLIENT_ID)
        await replace_text(person, "clientSecret", CANARY)
        await replace_text(person, "instanceUrl", URL)
        text = flat(await push(person, "next"))
        assert 'The token\'s "exp" claim is in milliseconds' in text
        assert person.focus == "jwtToken"
        await replace_text(person, "jwtToken", other)
        text = flat(await push(person, "next"))
        assert '"iss" claim is not the client ID' in text
        await replace_text(person, "jwtToken", good)
        await push(person, "next")
        await person.at(Step.NAME)
        await push(person, "next")
        assert "set; ends on 2027-03-22" in flat(await person.at(Step.REVIEW))
        await person.submit()
        await person.see("OK: the connection is enabled.")
        for secret in (bad, other, good):
            assert not [screen for screen in person.screens if secret.split(".")[1] in "".join(screen.split())]


async def test_a_made_token_is_compared_again_when_the_client_id_changes(
    tmp_path: Path, key: rsa.RSAPrivateKey
) -> None:
    key_file = write_key(tmp_path, key)
    async with wizard(at=(Step.CREDENTIALS, AWS_JWT)) as person:
        await fill_mint_page(person, key_file)
        await push(person, "mint")
        await person.see("OK: the token is made.")
        await go_to(person, "use")
        await person.press("enter")
        await person.at(Step.CREDENTIALS)
        await replace_text(person, "clientId", "3MVG9other")
        await person.press("tab")
        await person.see('"iss" claim is not the client ID')
        await replace_text(person, "clientId", CLIENT_ID)
        assert '"iss" claim is not' not in flat(await person.press("tab"))
        await replace_text(person, "instanceUrl", "https://acme--uat.sandbox.my.salesforce.com")
        await person.press("tab")
        await person.see('"aud" claim is production')


async def test_what_is_wrong_with_a_key_stands_beside_its_field(tmp_path: Path, key: rsa.RSAPrivateKey) -> None:
    key_file = write_key(tmp_path, key, passphrase=CANARY)
    certificate = write_certificate(tmp_path, key)
    async with wizard(at=(Step.CREDENTIALS, AWS_JWT)) as person:
        await fill_mint_page(person, certificate)
        await push(person, "mint")
        # Leaving the field has said so as well: the focus alone tells that the button has.
        await person.wait_until(lambda: person.focus == "key-file", "the focus on the field of the key")
        await person.see("cert.pem is a certificate.")
        await replace_text(person, "key-file", str(key_file))
        await person.press("tab")
        await person.see("of the key file; not kept")
        await replace_text(person, "passphrase", "wrong")
        await push(person, "mint")
        await person.see("The passphrase does not open key.pem")
        assert person.focus == "passphrase"
        await replace_text(person, "passphrase", CANARY)
        await replace_text(person, "certificate", str(tmp_path / "nothing.pem"))
        await push(person, "mint")
        await person.see("There is no file")
        assert person.focus == "certificate"
        await replace_text(person, "certificate", "")
        await replace_text(person, "ends-on", "2026-11-22")
        await push(person, "mint")
        await person.see("The end has to be in the future.")
        assert person.focus == "ends-on"
        await person.press("escape")
        await person.at(Step.CREDENTIALS)
        assert_nothing_surfaced(person, key_file, folder=tmp_path)


async def test_a_key_pair_is_made_and_nothing_is_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    defaults = {**(key_pair.make_key_pair.__kwdefaults__ or {}), "bits": 2048}
    monkeypatch.setattr(key_pair.make_key_pair, "__kwdefaults__", defaults)
    taken = tmp_path / "taken.pem"
    taken.write_text("mine", encoding="utf-8")
    async with wizard(at=(Step.CREDENTIALS, AWS_JWT)) as person:
        await go_to(person, "jwtToken")
        await person.press("f9")
        await person.see("Make the JWT token")
        await person.press("f9")
        await person.see("Make a key pair for Salesforce")
        await person.paste(str(taken))
        await replace_text(person, "new-certificate", str(tmp_path / "cert.pem"))
        await push(person, "make")
        await person.see("it was not touched")
        assert person.focus == "new-key"
        await replace_text(person, "new-key", str(tmp_path / "key.pem"))
        await replace_text(person, "new-certificate", str(taken))
        await push(person, "make")
        await person.see("it was not touched")
        assert person.focus == "new-certificate"
        await replace_text(person, "new-certificate", str(tmp_path / "cert.pem"))
        await replace_text(person, "new-passphrase", "x" * 1024)
        await push(person, "make")
        await person.see("A key file takes a passphrase of at most")
        assert person.focus == "new-passphrase"
        await person.clear_field()
        await push(person, "make")
        await person.see("OK: the key pair is made.")
        await person.see("SHA-256 of the certificate")
        await go_to(person, "step-4")
        assert "Use Digital Signatures" in flat(await person.press("space"))
        await push(person, "go-on")
        await person.see("Make the JWT token")
        assert person.app.screen.query_one("#key-file").value == str(tmp_path / "key.pem")  # type: ignore[attr-defined]  # an input
        assert_nothing_surfaced(person, tmp_path / "key.pem", folder=tmp_path)
    assert taken.read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "key.pem").stat().st_mode & 0o777 == 0o600
    assert json.dumps(sorted(path.name for path in tmp_path.iterdir())) == '["cert.pem", "key.pem", "taken.pem"]'


async def test_a_crash_while_the_token_is_there_writes_none_of_it(
    tmp_path: Path, key: rsa.RSAPrivateKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    key_file = write_key(tmp_path, key, passphrase=CANARY)
    made: list[MintedToken] = []

    def fail(minted: MintedToken, _source: str) -> str:
        made.append(minted)
        raise RuntimeError(f"cannot show {minted!r} of {minted.token!r}")

    monkeypatch.setattr(token_form, "token_words", fail)
    with pytest.raises(WorkerFailed):  # noqa: PT012 - the crash ends the whole walk
        async with wizard(at=(Step.CREDENTIALS, AWS_JWT)) as person:
            await fill_mint_page(person, key_file, passphrase=CANARY)
            await push(person, "mint")
            await person.wait_until(lambda: bool(made), "the token")
            await person.pilot.pause()
    assert person.app.crash_words
    (report,) = Path(os.environ["XDG_STATE_HOME"]).rglob("crash-*.txt")
    text = report.read_text(encoding="utf-8") + person.app.crash_words
    assert "RuntimeError" in text
    signed = made[0].token.get_secret_value()
    body = [line for line in key_file.read_text(encoding="ascii").splitlines() if "-----" not in line]
    for secret in (CANARY, *signed.split("."), *body):
        assert secret not in text


async def test_a_token_that_ends_over_the_review_says_so_in_its_field_on_the_way_back() -> None:
    async with wizard(at=(Step.CREDENTIALS, AWS_JWT)) as person:
        await person.fill_in(AWS_JWT)
        await person.button("next")
        await person.at(Step.NAME)
        await person.button("next")
        await person.at(Step.REVIEW)
        person.clock.advance(400 * 24 * 3600)
        await person.submit()
        text = flat(await person.at(Step.CREDENTIALS))
        assert "Error: The token ended on" in text
        assert person.focus == "jwtToken"
        assert person.creates == 0


async def test_a_token_that_has_ended_today_says_so_in_its_field() -> None:
    async with wizard(at=(Step.CREDENTIALS, AWS_JWT)) as person:
        await replace_text(person, "jwtToken", token(iss=CLIENT_ID, exp=seconds(2026, 11, 22, 11)))
        assert "Error: The token ended on 2026-11-22 at 11:00 UTC." in flat(await person.press("tab"))


async def test_what_is_still_being_typed_is_not_judged_when_the_page_is_shown_anew() -> None:
    async with wizard(at=(Step.CREDENTIALS, AWS_JWT)) as person:
        await go_to(person, "instanceUrl")
        await person.type("http:")
        person.app.navigator.refresh()
        assert "Error" not in await person.press()
        await person.press("shift+tab")
        await person.see("Error")
