from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secret import Secret
from aep_tui.domain.secrets import Secrets
from aep_tui.settings.credential_files import CredentialFile, CredentialFileKind, read_credential_file
from aep_tui.settings.setting import SettingName
from tests.kit.canary import CANARY
from tests.kit.examples import examples
from tests.settings.resolving import resolve

SCOPES = ["openid", "AdobeID", "read_organizations"]
CONSOLE = {
    "CLIENT_ID": "key-1",
    "CLIENT_SECRETS": [CANARY],
    "ORG_ID": "ACME@AdobeOrg",
    "SCOPES": SCOPES,
    "TECHNICAL_ACCOUNT_ID": "T1@techacct.adobe.com",
    "TECHNICAL_ACCOUNT_EMAIL": "t@techacct.adobe.com",
}
WORKSPACE: dict[str, Any] = {
    "project": {
        "name": "acme",
        "org": {"id": "1", "name": "ACME", "ims_org_id": "ACME@AdobeOrg"},
        "workspace": {
            "details": {
                "credentials": [
                    {"integration_type": "apikey", "api_key": {"client_id": "other"}},
                    {
                        "integration_type": "oauth_server_to_server",
                        "oauth_server_to_server": {
                            "client_id": "key-1",
                            "client_secrets": [CANARY],
                            "technical_account_id": "T1@techacct.adobe.com",
                            "scopes": SCOPES,
                        },
                    },
                ]
            }
        },
    }
}
AEPP = {
    "org_id": "ACME@AdobeOrg",
    "client_id": "key-1",
    "secret": CANARY,
    "scopes": "openid, AdobeID,read_organizations",
    "sandbox-name": "dev",
    "environment": "prod",
    "pathToKey": "",
}
APP_BUILDER = f"""
# from Developer Console
AIO_runtime_auth=other
IMS_OAUTH_S2S_CLIENT_ID=key-1
IMS_OAUTH_S2S_CLIENT_SECRET={CANARY}
IMS_OAUTH_S2S_ORG_ID="ACME@AdobeOrg"
IMS_OAUTH_S2S_SCOPES=["openid","AdobeID","read_organizations"]
"""
PLAIN = f"""
export CLIENT_SECRET='{CANARY}'
API_KEY=key-1
ORG_ID=ACME@AdobeOrg
SANDBOX_NAME=dev
SCOPES=openid,AdobeID,read_organizations
"""


def postman(**values: object) -> dict[str, object]:
    return {
        "id": "1",
        "name": "Environment Template",
        "values": [{"key": key, "value": value, "type": "default", "enabled": True} for key, value in values.items()],
        "_postman_variable_scope": "environment",
    }


POSTMAN = postman(
    CLIENT_SECRET=CANARY,
    API_KEY="key-1",
    SCOPES="openid, AdobeID, read_organizations",
    TECHNICAL_ACCOUNT_ID="T1@techacct.adobe.com",
    IMS="ims-na1.adobelogin.com",
    IMS_ORG="ACME@AdobeOrg",
    SANDBOX_NAME="dev",
    ACCESS_TOKEN="",
    CONTAINER_ID="global",
)


def read(content: object, name: str = "file") -> CredentialFile:
    path = Path(name)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    path.chmod(0o600)
    return read_credential_file(path, Secrets())


def plain(file: CredentialFile) -> dict[str, str]:
    return {
        name.value: found.value.get_secret_value() if isinstance(found.value, Secret) else str(found.value)
        for name, found in file.values.items()
    }


@pytest.mark.parametrize(
    ("content", "kind", "sandbox"),
    [
        (POSTMAN, CredentialFileKind.POSTMAN_ENVIRONMENT, "dev"),
        (CONSOLE, CredentialFileKind.DEVELOPER_CONSOLE, None),
        (WORKSPACE, CredentialFileKind.DEVELOPER_CONSOLE, None),
        (AEPP, CredentialFileKind.AEPP, "dev"),
        (APP_BUILDER, CredentialFileKind.APP_BUILDER_ENV, None),
        (PLAIN, CredentialFileKind.PLAIN_ENV, "dev"),
    ],
    ids=lambda value: value.value if isinstance(value, CredentialFileKind) else "",
)
@pytest.mark.parametrize("form", ["as it is", "byte order mark", "Windows", "UTF-16"])
def test_each_format_is_recognised_by_its_content_whatever_its_encoding(
    content: object, kind: CredentialFileKind, sandbox: str | None, form: str
) -> None:
    text = content if isinstance(content, str) else json.dumps(content, indent=2)
    encoded = {
        "as it is": text.encode(),
        "byte order mark": text.encode("utf-8-sig"),
        "Windows": text.replace("\n", "\r\n").encode(),
        "UTF-16": text.encode("utf-16"),
    }[form]
    file = read(encoded)
    values = plain(file)
    values.pop("ims_host", None)
    assert file.kind is kind
    assert values.pop("sandbox_name", None) == sandbox
    assert values == {
        "client_secret": CANARY,
        "api_key": "key-1",
        "organization_id": "ACME@AdobeOrg",
        "scopes": "openid,AdobeID,read_organizations",
    }
    assert CANARY not in repr(file) + repr(file.layer())


def test_the_origin_names_key_and_file() -> None:
    file = read(POSTMAN, "acme.json")
    assert file.values[SettingName.ORGANIZATION_ID].origin == "IMS_ORG in acme.json"
    assert file.technical_account_id == "T1@techacct.adobe.com"


def test_a_token_that_already_says_bearer_is_taken_without_the_word() -> None:
    values = plain(read(postman(ACCESS_TOKEN=f"Bearer {CANARY}", API_KEY="k")))
    assert values["access_token"] == CANARY


def test_what_is_switched_off_in_postman_does_not_count() -> None:
    document = postman(API_KEY="k", ACCESS_TOKEN=CANARY)
    assert isinstance(document["values"], list)
    document["values"][1]["enabled"] = False
    file = read(document)
    assert "access_token" not in plain(file)
    assert file.notes == ("ACCESS_TOKEN is switched off in the file.",)


def test_what_is_no_setting_is_passed_over_without_a_word() -> None:
    assert read(postman(API_KEY="k", TECHNICAL_ACCOUNT_EMAIL="t@techacct.adobe.com")).notes == ()


def test_a_pipe_can_carry_the_file() -> None:
    reading, writing = os.pipe()
    os.write(writing, PLAIN.encode())
    os.close(writing)
    try:
        file = read_credential_file(Path(f"/dev/fd/{reading}"), Secrets())
    finally:
        os.close(reading)
    assert plain(file)["organization_id"] == "ACME@AdobeOrg"


def test_the_placeholders_of_a_template_do_not_count() -> None:
    file = read("ACCESS_TOKEN={ACCESS_TOKEN}\nAPI_KEY=k\nORG_ID=<your org>\nCLIENT_SECRET={{CLIENT_SECRET}}\n")
    assert plain(file) == {"api_key": "k"}
    assert len(file.notes) == 3


def test_an_app_builder_secret_keeps_each_character() -> None:
    file = read("IMS_OAUTH_S2S_CLIENT_ID=k\nIMS_OAUTH_S2S_CLIENT_SECRET=p${HOME}#x\n")
    assert plain(file)["client_secret"] == "p${HOME}#x"


def test_the_first_of_two_rotating_secrets_is_used_and_that_is_told() -> None:
    file = read({**CONSOLE, "CLIENT_SECRETS": [CANARY, "second-" + CANARY]})
    assert plain(file)["client_secret"] == CANARY
    assert "CLIENT_SECRETS holds several secrets; the first one is used." in file.notes


def test_an_aepp_file_without_sandbox_does_not_mean_prod_silently() -> None:
    file = read({name: value for name, value in AEPP.items() if name != "sandbox-name"})
    assert SettingName.SANDBOX_NAME not in file.values
    assert any("sandbox" in note for note in file.notes)


def test_an_aepp_stage_environment_names_the_stage_hosts() -> None:
    values = plain(read({**AEPP, "environment": "stage"}))
    assert values["base_url"] == "https://platform-stage.adobe.io"
    assert values["ims_host"] == "https://ims-na1-stg1.adobelogin.com"


@pytest.mark.parametrize("environment", ["evil.example/", "x@evil.example", "..", "a b"])
def test_an_aepp_environment_cannot_lead_to_another_host(environment: str) -> None:
    with pytest.raises(SettingsProblem, match="environment"):
        read({**AEPP, "environment": environment})


def test_retired_service_account_names_are_told_and_not_read() -> None:
    file = read(postman(API_KEY="k", JWT_TOKEN=CANARY, PRIVATE_KEY=CANARY))
    assert plain(file) == {"api_key": "k"}
    assert len(file.notes) == 2
    assert CANARY not in "".join(file.notes)


def test_a_file_that_others_can_read_gets_a_warning() -> None:
    Path("open.env").write_text(PLAIN)
    Path("open.env").chmod(0o644)
    assert read_credential_file(Path("open.env"), Secrets()).warnings


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ('{"values": [{"key": "API_KEY", "value": "' + CANARY, "line 1"),
        ({"values": [{"key": "API_KEY", "value": 5}]}, "API_KEY"),
        ({"values": [{"key": "ACCESS_TOKEN", "value": {"x": CANARY}}]}, "ACCESS_TOKEN"),
        ({"values": [CANARY]}, r"values\[0\]"),
        ({"values": []}, "none of its values"),
        ({"CLIENT_ID": "k", "CLIENT_SECRETS": {"a": CANARY}}, "CLIENT_SECRETS"),
        ({"CLIENT_ID": "k", "CLIENT_SECRETS": [1, CANARY]}, "CLIENT_SECRETS"),
        ({"CLIENT_ID": "k", "SCOPES": [1, CANARY]}, "SCOPES"),
        ({"CLIENT_ID": f"k\n{CANARY}"}, "CLIENT_ID"),
        ({"client_id": "a", "API_KEY": CANARY}, "API_KEY"),
        ({"project": {"org": CANARY}}, "project.org"),
        ({"project": {"org": {}, "workspace": {"details": {"credentials": []}}}}, "0 OAuth"),
        ({"project": {"org": {}, "workspace": {"details": {}}}}, "credentials in broken-file is not a text"),
        ({"hello": CANARY}, "none of the files"),
        ([CANARY], "none of the files"),
        ("[" * 100_000, "line 1"),
        ('{"CLIENT_ID": ' + "9" * 5000 + "}", "line 1"),
        (f"IMS=http://{CANARY}.example\n", "IMS in"),
        (f"ACCESS_TOKEN={CANARY} {CANARY}\n", "ACCESS_TOKEN in"),
        (f"SECRET={CANARY}\n", "none of the files"),
        (f"{CANARY}\n", "none of the files"),
        (b"\x7fELF\0\0" + CANARY.encode(), "not a text"),
        (b"API_KEY=\xff" + CANARY.encode(), "not a text"),
        (b"#" * 300_000, "longer"),
        ("", "none of the files"),
    ],
)
def test_a_broken_or_unknown_file_is_refused_by_name_and_key_and_nothing_is_repeated(
    content: object, named: str
) -> None:
    with pytest.raises(SettingsProblem, match=named) as refusal:
        read(content, "broken-file")
    problem = refusal.value
    assert "broken-file" in problem.message
    assert problem.next_step
    assert CANARY not in f"{problem!r} {problem} {problem.next_step} {problem.__context__!r}"
    assert not hasattr(problem.__context__, "doc")


def test_a_missing_file_a_directory_and_an_odd_name_are_refused_in_words() -> None:
    for path in (Path("missing"), Path("."), Path("evil\x1b[2J"), Path("nul\0l")):
        with pytest.raises(SettingsProblem) as refusal:
            read_credential_file(path, Secrets())
        assert "\x1b" not in str(refusal.value)


def test_a_credential_file_counts_before_the_environment_and_after_a_flag() -> None:
    Path("acme.env").write_text(PLAIN)
    resolved = resolve(
        flags={SettingName.SANDBOX_NAME: "other"},
        credentials_file=Path("acme.env"),
        environment={"AEP_ORG_ID": "environment@AdobeOrg", "AEP_ACCESS_TOKEN": CANARY},
    )
    assert resolved.organization_id == "ACME@AdobeOrg"
    assert resolved.sandbox_name == "other"
    assert resolved.has_client_secret
    assert not resolved.has_access_token
    assert {one.name for one in resolved.ignored} == {
        SettingName.ORGANIZATION_ID,
        SettingName.ACCESS_TOKEN,
        SettingName.SANDBOX_NAME,
    }


_names = st.sampled_from(
    ["values", "project", "CLIENT_ID", "client_secrets", "org_id", "scopes", "key", "value", "IMS"]
)
_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just(CANARY) | st.just(f"Bearer {CANARY}"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_names | st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=examples(300))
@given(
    st.dictionaries(_names, _values, max_size=6).map(json.dumps)
    | st.lists(st.tuples(_names | st.text(max_size=6), st.just(CANARY) | st.text(max_size=8)), max_size=5).map(
        lambda pairs: "\n".join(f"{name}={value}" for name, value in pairs)
    )
    | st.text(max_size=60).map(lambda rest: '{"values": [{"key": "ACCESS_TOKEN", "value": "' + CANARY + rest)
    | st.binary(max_size=60).map(lambda rest: b"ACCESS_TOKEN=" + CANARY.encode() + rest)
)
def test_no_file_leads_to_a_traceback_or_shows_a_secret(home: Path, content: str | bytes) -> None:
    path = home / "random"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    shown = ""
    try:
        file = read_credential_file(path, Secrets())
        shown = f"{file!r} {file.notes} {file.warnings}"
        shown = "" if any(CANARY in str(one.value) for one in file.values.values()) else shown
        assert all(isinstance(found.value, str | Secret) for found in file.values.values())
    except SettingsProblem as problem:
        shown = f"{problem!r} {problem} {problem.next_step} {problem.__context__!r}"
    assert CANARY not in shown


def test_the_home_of_an_unknown_user_is_refused_in_words() -> None:
    with pytest.raises(SettingsProblem, match="No such file"):
        read_credential_file(Path("~nobody-of-this-name/credentials.json"), Secrets())
