"""Credential files under other names, in other encodings, and with texts that stand for a value."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.settings.credential_files import CredentialFileKind
from aep_tui.settings.profile import Profile
from aep_tui.settings.profiles import add_profile
from aep_tui.settings.setting import SettingName
from tests.kit.canary import CANARY
from tests.settings.credential_files.test_reading import AEPP, plain, postman, read
from tests.settings.resolving import resolve


@pytest.mark.parametrize(
    ("content", "key", "word"),
    [
        (postman(API_KEY="k", CLIENT_SECRET="{{vault:aep}}"), "CLIENT_SECRET", "reference"),
        ("API_KEY=k\nCLIENT_SECRET=op://Team/aep/secret\n", "CLIENT_SECRET", "--secret-command 'op read ...'"),
        (postman(API_KEY="k", ACCESS_TOKEN="REPLACE ME"), "ACCESS_TOKEN", "placeholder"),
        (postman(API_KEY="k", CLIENT_SECRET="xxxxxxxx"), "CLIENT_SECRET", "placeholder"),
        ("API_KEY=k\nCLIENT_SECRET=...\n", "CLIENT_SECRET", "placeholder"),
    ],
)
def test_what_stands_for_a_value_is_named_and_the_other_values_are_taken(content: object, key: str, word: str) -> None:
    file = read(content)
    assert plain(file) == {"api_key": "k"}
    assert len(file.notes) == 1
    assert file.notes[0].startswith(key)
    assert word in file.notes[0]


def test_a_variable_that_stands_for_a_value_is_named_and_never_taken() -> None:
    Path("team.env").write_text("AEP_ACCESS_TOKEN={ACCESS_TOKEN}\nAEP_SANDBOX_NAME=dev\n")
    resolved = resolve(
        env_files=[Path("team.env")], environment={"AEP_CLIENT_SECRET": "op://Team/aep/secret", "AEP_API_KEY": "k"}
    )
    assert not resolved.has_client_secret
    assert not resolved.has_access_token
    assert resolved.sandbox_name == "dev"
    assert resolved.api_key == "k"
    notes = " ".join(resolved.notes)
    assert "AEP_CLIENT_SECRET holds a reference" in notes
    assert "AEP_ACCESS_TOKEN still holds a placeholder" in notes


OLDER_APP_BUILDER = f"""
AIO_ims_contexts_Team__One_client__id=key-1
AIO_ims_contexts_Team__One_client__secrets=["{CANARY}"]
AIO_ims_contexts_Team__One_technical__account__id=T1@techacct.adobe.com
AIO_ims_contexts_Team__One_scopes=["openid","AdobeID"]
AIO_ims_contexts_Team__One_ims__org__id=ACME@AdobeOrg
AIO_ims_contexts_cli_access__token_token=other
"""


def test_the_older_names_of_app_builder_are_read() -> None:
    file = read(OLDER_APP_BUILDER)
    assert file.kind is CredentialFileKind.APP_BUILDER_ENV
    assert file.technical_account_id == "T1@techacct.adobe.com"
    assert plain(file) == {
        "api_key": "key-1",
        "client_secret": CANARY,
        "organization_id": "ACME@AdobeOrg",
        "scopes": "openid,AdobeID",
    }


def test_two_credentials_in_the_older_names_of_app_builder_are_refused() -> None:
    with pytest.raises(SettingsProblem, match="2 OAuth"):
        read(OLDER_APP_BUILDER + OLDER_APP_BUILDER.replace("Team__One", "Second"))


@pytest.mark.parametrize("value", [CANARY, f'["{CANARY}"]'])
def test_client_secrets_of_a_postman_environment_are_taken(value: str) -> None:
    assert plain(read(postman(CLIENT_ID="k", CLIENT_SECRETS=value)))["client_secret"] == CANARY


def test_a_secret_of_nobody_in_particular_is_passed_over_with_a_word() -> None:
    file = read(postman(CLIENT_ID="k", SECRET=CANARY))
    assert "client_secret" not in plain(file)
    assert file.notes == ("SECRET was passed over: it does not say whose secret it is. Call it CLIENT_SECRET.",)


@pytest.mark.parametrize("environment", ["support", "Support", "prod2"])
def test_an_unknown_environment_of_aepp_never_sends_a_secret_to_stage(environment: str) -> None:
    file = read({**AEPP, "environment": environment})
    assert plain(file)["base_url"] == ""
    assert "ims_host" not in plain(file)
    assert any("--base-url" in note for note in file.notes)


@pytest.mark.parametrize("environment", ["", "prod", " Prod "])
def test_production_of_aepp_is_the_default_however_it_is_written(environment: str) -> None:
    file = read({**AEPP, "environment": environment})
    assert not {SettingName.BASE_URL, SettingName.IMS_HOST} & file.values.keys()
    assert file.notes == ()


def test_a_comment_in_another_encoding_stops_nothing() -> None:
    assert plain(read("# clé de l'équipe\n".encode("cp1252") + b"API_KEY=k\n")) == {"api_key": "k"}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read(encoding: str) -> None:
    assert plain(read("# équipe\nAPI_KEY=k\n".encode(encoding))) == {"api_key": "k"}


def test_a_value_in_another_encoding_asks_for_utf_8() -> None:
    with pytest.raises(SettingsProblem) as refusal:
        read("API_KEY=clé\n".encode("cp1252"))
    assert "Save it as UTF-8" in refusal.value.next_step


def test_an_unknown_environment_of_aepp_leaves_the_base_url_open(tmp_path: Path) -> None:
    path = tmp_path / "acme.json"
    path.write_text(json.dumps({**AEPP, "environment": "support"}), encoding="utf-8")
    path.chmod(0o600)
    alone = resolve(environment={}, credentials_file=path)
    assert alone.base_url == ""
    assert "environment in acme.json" in alone.origin(SettingName.BASE_URL)
    for named in (
        resolve(environment={"AEP_BASE_URL": "https://acme.example"}, credentials_file=path),
        resolve(environment={}, flags={SettingName.BASE_URL: "https://acme.example"}, credentials_file=path),
    ):
        assert named.base_url == "https://acme.example"
        assert not [each for each in named.ignored if each.name is SettingName.BASE_URL]


def test_an_unknown_environment_of_aepp_contradicts_no_profile() -> None:
    Path("acme.json").write_text(json.dumps({**AEPP, "environment": "support"}), encoding="utf-8")
    add_profile(Profile("acme", {SettingName.BASE_URL: "https://acme.example"}))
    named = resolve(environment={}, credentials_file=Path("acme.json"), profile_name="acme")
    assert named.base_url == "https://acme.example"


@pytest.mark.parametrize("value", ["T1\x1b[2J@techacct.adobe.com", "T\u0131@techacct.adobe.com"])
def test_an_account_that_is_no_plain_word_is_not_told(value: str) -> None:
    assert read(postman(API_KEY="k", TECHNICAL_ACCOUNT_ID=value)).technical_account_id == ""


@pytest.mark.parametrize("name", ["IMS_OAUTH_S2S_TECHNICAL_ACCOUNT_ID", "TECHNICAL_ACCOUNT_ID"])
def test_who_the_credential_acts_as_is_told_by_either_name(name: str) -> None:
    file = read(f"IMS_OAUTH_S2S_CLIENT_ID=k\n{name}= T1@techacct.adobe.com\n")
    assert file.technical_account_id == "T1@techacct.adobe.com"
