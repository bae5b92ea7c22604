from __future__ import annotations

import base64
import json
import os
import shlex
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwk, jws

from aep_tui.domain.jwt_claims import inspect_jwt
from aep_tui.domain.problem import Problem
from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.signing import problems
from aep_tui.signing.token import (
    DEFAULT_LIFETIME,
    SANDBOX_AUDIENCE,
    TokenClaims,
    default_expiry,
    inspect_private_key,
    mint,
)
from tests.domain.forms import JWT, judge
from tests.kit.canary import CANARY
from tests.signing.conftest import CLAIMS, NOW, facts_of

WITHOUT_PASSPHRASE = (
    "pkcs1.pem",
    "pkcs8.pem",
    "pkcs1.der",
    "pkcs8.der",
    "bundle.pem",
    "windows.pem",
    "key.p12",
    "chain.p12",
)
WITH_PASSPHRASE = (
    "pkcs1-encrypted.pem",
    "pkcs8-encrypted.pem",
    "pkcs8-encrypted.der",
    "encrypted.p12",
    "encrypted-chain.p12",
)


def minted_text(key_file: Path, claims: TokenClaims = CLAIMS, passphrase: str | None = None) -> str:
    secret = None if passphrase is None else Secret(passphrase)
    return mint(key_file, claims, now=NOW, secrets=Secrets(), passphrase=secret).token.get_secret_value()


@pytest.mark.parametrize("name", [*WITHOUT_PASSPHRASE, *WITH_PASSPHRASE])
def test_every_key_form_makes_a_token_that_an_independent_library_verifies(
    folder: Path, key: rsa.RSAPrivateKey, name: str
) -> None:
    text = minted_text(folder / name, passphrase=CANARY if name in WITH_PASSPHRASE else None)

    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    verified = jws.deserialize_compact(text, jwk.RSAKey.import_key(public), algorithms=["RS256"])

    assert verified.headers() == {"alg": "RS256"}, "the tutorial's header, nothing else"
    assert json.loads(verified.payload) == {
        "iss": "3MVG9-client",
        "sub": "integration@acme.com",
        "aud": "https://login.salesforce.com",
        "exp": int(NOW.timestamp()) + 4 * 2_629_746,
    }


def test_the_public_key_alone_verifies_the_token_and_refuses_a_changed_one(
    folder: Path, key: rsa.RSAPrivateKey
) -> None:
    signed, _, signature = minted_text(folder / "pkcs8.pem").rpartition(".")
    raw = base64.urlsafe_b64decode(signature + "==")
    key.public_key().verify(raw, signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    with pytest.raises(InvalidSignature):
        key.public_key().verify(raw, signed.encode() + b"x", padding.PKCS1v15(), hashes.SHA256())


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not on this machine")
def test_openssl_verifies_the_token(folder: Path, tmp_path: Path) -> None:
    signed, _, signature = minted_text(folder / "pkcs1.pem").rpartition(".")
    (tmp_path / "signature").write_bytes(base64.urlsafe_b64decode(signature + "=="))
    done = subprocess.run(
        ["openssl", "dgst", "-sha256", "-verify", folder / "public.pem", "-signature", tmp_path / "signature"],
        input=signed.encode(),
        capture_output=True,
        check=False,
    )
    assert done.stdout == b"Verified OK\n", done.stderr


def test_the_token_passes_our_own_rule_and_ends_when_it_was_asked_to(folder: Path) -> None:
    text = minted_text(folder / "pkcs8.pem")
    assert judge(JWT, "jwtToken", text, NOW.date(), clientId=CLAIMS.issuer) == ()
    assert inspect_jwt(text).expires_at == CLAIMS.expires_at
    sandbox = replace(CLAIMS, audience=SANDBOX_AUDIENCE, expires_at=datetime(2027, 1, 1, tzinfo=UTC))
    inspection = inspect_jwt(minted_text(folder / "pkcs8.pem", sandbox))
    assert inspection.audiences == (SANDBOX_AUDIENCE,)
    assert inspection.expires_at is not None
    assert inspection.expires_at.date() == date(2027, 1, 1)
    assert not inspection.has_exp_in_milliseconds


def test_the_default_is_the_tutorial_s_four_months() -> None:
    assert timedelta(days=121, seconds=64_584) == DEFAULT_LIFETIME
    assert default_expiry(NOW.replace(microsecond=7)) == NOW + DEFAULT_LIFETIME


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        (replace(CLAIMS, issuer=" "), "iss"),
        (replace(CLAIMS, subject=""), "sub"),
        (replace(CLAIMS, audience=""), "aud"),
    ],
)
def test_a_missing_claim_is_named(folder: Path, claims: TokenClaims, name: str) -> None:
    with pytest.raises(problems.ClaimsProblem, match=f'"{name}"'):
        mint(folder / "pkcs8.pem", claims, now=NOW, secrets=Secrets())


@pytest.mark.parametrize(("seconds", "is_fine"), [(-1, False), (0, False), (1, True)])
def test_the_end_has_to_be_in_the_future(folder: Path, seconds: int, is_fine: bool) -> None:
    claims = replace(CLAIMS, expires_at=NOW + timedelta(seconds=seconds))
    if is_fine:
        assert mint(folder / "pkcs8.pem", claims, now=NOW, secrets=Secrets()).claims == claims
    else:
        with pytest.raises(problems.ClaimsProblem, match="not in the future"):
            mint(folder / "pkcs8.pem", claims, now=NOW, secrets=Secrets())


@pytest.mark.parametrize(
    ("name", "passphrase", "problem", "words"),
    [
        ("pkcs8-encrypted.pem", None, problems.PassphraseNeededProblem, "encrypted"),
        ("pkcs8-encrypted.pem", "", problems.PassphraseNeededProblem, "encrypted"),
        ("pkcs1-encrypted.pem", None, problems.PassphraseNeededProblem, "encrypted"),
        ("encrypted.p12", None, problems.PassphraseNeededProblem, "encrypted"),
        ("pkcs8-encrypted.pem", f"{CANARY}x", problems.WrongPassphraseProblem, "does not open"),
        ("pkcs1-encrypted.pem", f"{CANARY}x", problems.WrongPassphraseProblem, "does not open"),
        ("pkcs8-encrypted.der", f"{CANARY}x", problems.WrongPassphraseProblem, "does not open"),
        ("encrypted.p12", f"{CANARY}x", problems.WrongPassphraseProblem, "does not open"),
        ("ec-pkcs8.pem", None, problems.UnsuitableKeyProblem, "RS256"),
        ("ec-sec1.pem", None, problems.UnsuitableKeyProblem, "RS256"),
        ("ec-sec1.der", None, problems.UnsuitableKeyProblem, "RS256"),
        ("ssh", None, problems.UnsuitableKeyProblem, "OpenSSH"),
        ("small.pem", None, problems.UnsuitableKeyProblem, "1024 bits"),
        ("cert.pem", None, problems.NotAPrivateKeyProblem, "certificate"),
        ("cert.der", None, problems.NotAPrivateKeyProblem, "certificate"),
        ("public.pem", None, problems.NotAPrivateKeyProblem, "public key"),
        ("keystore.jks", None, problems.NotAPrivateKeyProblem, "Java keystore"),
        ("certificates.p12", None, problems.NotAPrivateKeyProblem, "no private key"),
        ("notes.txt", None, problems.NotAPrivateKeyProblem, "not a private key"),
        ("no-end.pem", None, problems.DamagedKeyProblem, "missing"),
        ("lines-missing.pem", None, problems.DamagedKeyProblem, "missing"),
        ("changed.pem", None, problems.DamagedKeyProblem, "missing"),
        ("truncated.p12", None, problems.DamagedKeyProblem, "missing"),
        ("truncated.der", None, problems.DamagedKeyProblem, "missing"),
        ("empty.pem", None, problems.KeyFileProblem, "empty"),
        ("huge.pem", None, problems.KeyFileProblem, "too big"),
        ("nowhere.pem", None, problems.KeyFileProblem, "no file"),
        ("notes.txt/key.pem", None, problems.KeyFileProblem, "no file"),
        (".", None, problems.KeyFileProblem, "directory"),
    ],
)
def test_every_wrong_file_has_words(
    folder: Path, name: str, passphrase: str | None, problem: type[Problem], words: str
) -> None:
    with pytest.raises(problem) as caught:
        minted_text(folder / name, passphrase=passphrase)
    assert words in caught.value.message
    assert caught.value.next_step
    assert CANARY not in f"{caught.value} {caught.value.next_step}"
    assert caught.value.__cause__ is None, "the library's own exception may quote the file"
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_file_that_may_not_be_read_is_told_with_what_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(problems.KeyFileProblem, match="You may not read") as problem:
        minted_text(folder / "pkcs8.pem")
    assert "chmod 600" in problem.value.next_step


def test_a_pipe_that_nobody_writes_to_does_not_stop_the_program(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(problems.KeyFileProblem):
        minted_text(tmp_path / "pipe")


def test_a_passphrase_for_a_key_that_has_none_does_no_harm(folder: Path) -> None:
    assert minted_text(folder / "pkcs8.pem", passphrase=CANARY)


@pytest.mark.parametrize("cut", [1, 20, 100, 500])
def test_a_key_that_is_cut_anywhere_has_words(folder: Path, tmp_path: Path, cut: int) -> None:
    for name in ("pkcs1.pem", "pkcs8.pem", "pkcs1-encrypted.pem", "pkcs8-encrypted.pem", "key.p12", "pkcs1.der"):
        (tmp_path / name).write_bytes((folder / name).read_bytes()[:-cut])
        if cut > 1 or not name.endswith(".pem"):
            with pytest.raises(problems.SigningProblem):
                minted_text(tmp_path / name, passphrase=CANARY)


def test_facts_tell_the_key_and_whether_the_certificate_belongs_to_it(folder: Path) -> None:
    facts = facts_of(folder / "pkcs8.pem", certificate_file=folder / "cert.pem")
    assert facts.bits == 2048
    assert facts.matches_certificate is True
    assert facts.certificate is not None
    assert facts.certificate.key_fingerprint == facts.fingerprint
    for key_file, certificate_file in (("key.p12", "cert.der"), ("bundle.pem", "bundle.pem")):
        other = facts_of(folder / key_file, certificate_file=folder / certificate_file)
        assert other.matches_certificate is True
    assert facts_of(folder / "pkcs1.pem", certificate_file=folder / "other-cert.pem").matches_certificate is False
    assert inspect_private_key(folder / "pkcs1.pem").matches_certificate is None


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("pkcs8.pem", problems.CertificateProblem),
        ("notes.txt", problems.CertificateProblem),
        ("nowhere", problems.KeyFileProblem),
    ],
)
def test_what_is_no_certificate_has_words(folder: Path, name: str, problem: type[Problem]) -> None:
    with pytest.raises(problem):
        mint(folder / "pkcs8.pem", CLAIMS, now=NOW, secrets=Secrets(), certificate_file=folder / name)


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not on this machine")
def test_the_fingerprints_are_those_of_openssl(folder: Path) -> None:
    facts = facts_of(folder / "pkcs8.pem", certificate_file=folder / "cert.pem")
    assert facts.certificate is not None
    shown = subprocess.check_output(
        ["openssl", "x509", "-in", folder / "cert.pem", "-noout", "-fingerprint", "-sha256"], text=True
    )
    assert shown.strip().partition("=")[2] == facts.certificate.fingerprint
    der = subprocess.check_output(["openssl", "pkey", "-in", folder / "pkcs8.pem", "-pubout", "-outform", "DER"])
    digest = subprocess.check_output(["openssl", "dgst", "-sha256", "-c"], input=der, text=False).decode()
    assert digest.strip().partition("= ")[2].upper() == facts.fingerprint


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not on this machine")
@pytest.mark.parametrize(
    "arguments",
    [
        ["pkcs8", "-topk8", "-v2", "aes-256-cbc", "-passout", "env:P", "-outform", "PEM"],
        ["rsa", "-aes256", "-traditional", "-passout", "env:P"],
        ["rsa", "-des3", "-traditional", "-passout", "env:P"],
        ["pkcs8", "-topk8", "-v1", "PBE-SHA1-3DES", "-passout", "env:P"],
    ],
    ids=lambda arguments: "-".join(arguments[:4]).replace("--", "-"),
)
def test_files_that_openssl_encrypts_open_or_have_words(folder: Path, tmp_path: Path, arguments: list[str]) -> None:
    file = tmp_path / "key.pem"
    subprocess.run(
        ["openssl", *arguments, "-in", folder / "pkcs8.pem", "-out", file],
        env={**os.environ, "P": CANARY},
        check=True,
        capture_output=True,
    )
    assert inspect_jwt(minted_text(file, passphrase=CANARY)).problems == ()
    with pytest.raises(problems.WrongPassphraseProblem):
        minted_text(file, passphrase="wrong")


@pytest.mark.skipif(not shutil.which("keytool"), reason="keytool is not on this machine")
def test_the_pkcs12_file_of_the_tutorial_s_keytool_opens(folder: Path, tmp_path: Path) -> None:
    """It is written with a key that is there: to find another one takes keytool a second.

    Half of what is left is a compiler that pays only in a program that runs for longer.
    """
    store = tmp_path / "store.p12"
    subprocess.run(
        f"keytool -J-XX:TieredStopAtLevel=1 -importkeystore -deststoretype PKCS12"
        f" -srckeystore {shlex.quote(str(folder / 'encrypted.p12'))} -srcstorepass:env P"
        f" -destkeystore {shlex.quote(str(store))} -deststorepass:env P",
        shell=True,
        env={**os.environ, "P": CANARY},
        check=True,
        capture_output=True,
    )
    assert inspect_jwt(minted_text(store, passphrase=CANARY)).problems == ()


def test_a_key_that_others_can_read_is_told(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "key.pem"
    copy.write_bytes((folder / "pkcs8.pem").read_bytes())
    for mode, is_readable in ((0o600, False), (0o640, True), (0o604, True), (0o400, False)):
        copy.chmod(mode)
        assert inspect_private_key(copy).is_readable_by_others is is_readable


def test_no_repr_shows_token_key_or_passphrase(folder: Path) -> None:
    minted = mint(folder / "pkcs8-encrypted.pem", CLAIMS, now=NOW, secrets=Secrets(), passphrase=Secret(CANARY))
    shown = repr(minted) + str(minted)
    assert CANARY not in shown
    assert not any(piece in shown for piece in minted.token.get_secret_value().split("."))


def test_the_secrets_of_the_run_know_the_token(folder: Path) -> None:
    secrets = Secrets()
    text = mint(folder / "pkcs8.pem", CLAIMS, now=NOW, secrets=secrets).token.get_secret_value()
    assert text not in secrets.without_known_values(f"The server said: {text}")


@pytest.mark.parametrize(
    "audience",
    ["login.salesforce.com", "http://test.salesforce.com/", "https://login.salesforce.com/services/oauth2/token"],
)
def test_no_token_is_signed_for_an_address_that_salesforce_does_not_know(folder: Path, audience: str) -> None:
    claims = replace(CLAIMS, audience=audience)
    with pytest.raises(problems.ClaimsProblem, match="compares the whole text") as problem:
        mint(folder / "pkcs8.pem", claims, now=NOW, secrets=Secrets())
    assert "salesforce.com as the login address" in problem.value.next_step
