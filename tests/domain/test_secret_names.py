"""Which parameters are hidden by their names, in a form and in what the platform shows."""

from __future__ import annotations

import pytest

from aep_tui.domain.secret_names import is_secret_by_name, may_be_secret


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "dbPassword",
        "CLIENT_SECRET",
        "apiKey",
        "sshPrivateKey",
        "sas",
        "SASToken",
        "sasUri",
        "pin",
        "userPIN",
        "authorization",
        "proxyAuthorization",
        "connectionString",
        "keytabFile",
        *("passphrase", "passcode", "passwd", "credential", "assertion", "signature", "certificate", "sasurl", "jwt"),
        *("bearer", "hmac", "cookie", "jaas", "pass", "pwd", "pw", "sig", "pat", "otp", "pem", "pfx"),
        *("sharedkey", "accountkey", "authkey", "masterkey", "encryptionkey", "saskey"),
    ],
)
def test_a_name_that_says_secret_is_hidden_whatever_the_schema_marks(name: str) -> None:
    assert is_secret_by_name(name, is_anything_marked=True)
    assert is_secret_by_name(name, is_anything_marked=False)
    assert may_be_secret(name)


@pytest.mark.parametrize(
    "name",
    [
        "host",
        "",
        "123",
        "tokenUrl",
        "passwordField",
        "secretName",
        "tokenType",
        "authorizationType",
        "pinned",
        "compass",
        "monkey",
        "keyboard",
        "keyVault",
        "path",
    ],
)
def test_what_only_speaks_of_a_secret_is_not_hidden_in_a_form(name: str) -> None:
    assert not is_secret_by_name(name, is_anything_marked=True)
    assert not is_secret_by_name(name, is_anything_marked=False)


@pytest.mark.parametrize("name", ["key", "keys", "accessKeys", "primaryKey"])
def test_a_key_is_hidden_where_the_schema_marks_nothing(name: str) -> None:
    assert is_secret_by_name(name, is_anything_marked=False)
    assert not is_secret_by_name(name, is_anything_marked=True)


@pytest.mark.parametrize(("name", "is_hidden"), [("tokenUrl", True), ("monkey", True), ("userPIN", True), ("pw", True)])
def test_where_the_platform_shows_a_value_rather_one_too_many_is_hidden(name: str, is_hidden: bool) -> None:
    assert may_be_secret(name) is is_hidden


@pytest.mark.parametrize("name", ["host", "path", "userName", "pinned", "", "region"])
def test_an_ordinary_value_that_the_platform_shows_stays(name: str) -> None:
    assert not may_be_secret(name)
