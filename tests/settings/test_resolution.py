from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import ClientCredential
from aep_tui.settings.resolved import ResolvedSettings
from aep_tui.settings.setting import SECRET_NAMES, SettingName
from tests.kit.canary import CANARY
from tests.kit.examples import examples
from tests.settings.resolving import SECRETS, resolve

FULL = {
    "AEP_ACCESS_TOKEN": CANARY,
    "AEP_API_KEY": "key-1",
    "AEP_ORG_ID": "ACME@AdobeOrg",
    "AEP_SANDBOX_NAME": "dev",
    "AEP_BASE_URL": "https://platform.example/",
}


def write_env(text: str, mode: int = 0o600, name: str = ".env") -> Path:
    path = Path(name)
    path.write_bytes(text.encode())
    path.chmod(mode)
    return path


def token_of(resolved: ResolvedSettings) -> str:
    token = resolved.access_token()
    assert token is not None
    return token.get_secret_value()


def test_the_environment_gives_a_complete_target_and_says_where_each_value_came_from() -> None:
    resolved = resolve(environment=FULL)
    target = resolved.live_target
    assert (target.base_url, target.organization_id, target.sandbox_name, target.api_key) == (
        "https://platform.example",
        "ACME@AdobeOrg",
        "dev",
        "key-1",
    )
    assert target.access_token is None, "it is fetched when it is needed"
    assert token_of(resolved) == CANARY
    assert resolved.origin(SettingName.ORGANIZATION_ID) == "environment variable AEP_ORG_ID"


def test_nothing_set_leaves_the_documented_defaults_and_no_token() -> None:
    resolved = resolve(environment={})
    assert resolved.base_url == "https://platform.adobe.io"
    assert resolved.ims_base_url == "https://ims-na1.adobelogin.com"
    assert resolved.origin(SettingName.BASE_URL) == "default"
    assert not resolved.has_access_token
    assert resolved.access_token() is None
    assert resolved.organization_id == ""


def test_only_names_of_ours_count() -> None:
    resolved = resolve(environment={"ORG_ID": "x@AdobeOrg", "ACCESS_TOKEN": CANARY, "API_KEY": "k", "aep_org_id": "y"})
    assert resolved.organization_id == ""
    assert resolved.api_key == ""
    assert not resolved.has_access_token


def test_the_env_file_of_the_working_directory_counts_after_the_environment() -> None:
    write_env("AEP_ORG_ID=file@AdobeOrg\nAEP_SANDBOX_NAME=file\n")
    resolved = resolve(environment={"AEP_ORG_ID": "environment@AdobeOrg"})
    assert resolved.organization_id == "environment@AdobeOrg"
    assert resolved.sandbox_name == "file"
    assert resolved.origin(SettingName.SANDBOX_NAME) == "AEP_SANDBOX_NAME in .env in the working directory"
    [ignored] = resolved.ignored
    assert ignored.name is SettingName.ORGANIZATION_ID
    assert ignored.reason == "environment variable AEP_ORG_ID comes first."


def test_a_flag_comes_before_everything() -> None:
    resolved = resolve(
        flags={SettingName.ORGANIZATION_ID: "flag@AdobeOrg", SettingName.API_KEY: None}, environment=FULL
    )
    assert resolved.organization_id == "flag@AdobeOrg"
    assert resolved.origin(SettingName.ORGANIZATION_ID) == "flag --org-id"
    assert resolved.api_key == "key-1"


@pytest.mark.parametrize("name", sorted(SECRET_NAMES))
def test_no_flag_takes_a_secret(name: SettingName) -> None:
    with pytest.raises(ValueError, match="No flag"):
        resolve(flags={name: CANARY}, environment={})


def test_another_file_replaces_the_one_of_the_working_directory() -> None:
    write_env("AEP_ORG_ID=working@AdobeOrg\n")
    other = write_env("AEP_API_KEY=other\n", name="other.env")
    resolved = resolve(env_files=[other], environment={})
    assert resolved.organization_id == ""
    assert resolved.api_key == "other"


def test_the_later_of_two_files_that_set_the_same_counts() -> None:
    first = write_env("AEP_ORG_ID=first@AdobeOrg\nAEP_SANDBOX_NAME=first\n", name="first.env")
    second = write_env("AEP_ORG_ID=second@AdobeOrg\n", name="second.env")
    resolved = resolve(env_files=[first, second], environment={})
    assert (resolved.organization_id, resolved.sandbox_name) == ("second@AdobeOrg", "first")
    assert "second.env" in resolved.origin(SettingName.ORGANIZATION_ID)


def test_a_token_is_obtained_with_the_scopes_and_at_the_host_of_the_settings() -> None:
    resolved = resolve(
        environment={"AEP_CLIENT_SECRET": CANARY, "AEP_SCOPES": "openid AdobeID", "AEP_IMS_HOST": "ims.example"}
    )
    secret = resolved.client_secret()
    assert secret is not None
    assert resolved.client_credential(secret) == ClientCredential(secret, "openid,AdobeID", "https://ims.example")


def test_a_named_file_that_is_not_there_is_an_error() -> None:
    with pytest.raises(SettingsProblem, match=r"missing\.env"):
        resolve(env_files=[Path("missing.env")], environment={})


def test_a_directory_called_env_is_passed_over() -> None:
    Path(".env").mkdir()
    assert resolve(environment={}).organization_id == ""


@pytest.mark.parametrize("written", ["p${HOME}#x", "'p${HOME}#x'", '"p${HOME}#x"', "p${HOME}#x\r"])
def test_nothing_in_an_env_file_is_interpolated_or_cut(written: str) -> None:
    write_env(f"AEP_ACCESS_TOKEN={written}\nAEP_ORG_ID=a\n")
    assert token_of(resolve(environment={})) == "p${HOME}#x"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    Path(".env").write_bytes(b"\xef\xbb\xbfAEP_ORG_ID=a@AdobeOrg\r\nAEP_API_KEY=k\r\n")
    resolved = resolve(environment={})
    assert (resolved.organization_id, resolved.api_key) == ("a@AdobeOrg", "k")


def test_an_env_file_is_never_exported() -> None:
    write_env(f"AEP_ACCESS_TOKEN={CANARY}\nOTHER=1\n")
    resolve()
    assert "AEP_ACCESS_TOKEN" not in os.environ
    assert "OTHER" not in os.environ


@pytest.mark.parametrize("token", [f"Bearer {CANARY}", f"bearer  {CANARY}\n", f" Bearer\t{CANARY} ", CANARY])
def test_the_word_bearer_in_front_of_a_token_is_dropped(token: str) -> None:
    assert token_of(resolve(environment={"AEP_ACCESS_TOKEN": token})) == CANARY


@pytest.mark.parametrize(
    "value", [f"{CANARY}\r\nx-evil: 1", f"{CANARY} {CANARY}", f"{CANARY}é", f"{CANARY}\x1b[2J", CANARY * 1000]
)
@pytest.mark.parametrize("variable", ["AEP_ACCESS_TOKEN", "AEP_API_KEY", "AEP_ORG_ID", "AEP_SANDBOX_NAME"])
def test_a_value_that_no_header_can_carry_is_refused_without_being_shown(variable: str, value: str) -> None:
    with pytest.raises(SettingsProblem) as refusal:
        resolve(environment={variable: value})
    assert f"environment variable {variable}" in refusal.value.message
    assert CANARY not in repr(refusal.value) + str(refusal.value) + refusal.value.next_step


def test_a_base_url_without_tls_is_refused_and_its_origin_named() -> None:
    with pytest.raises(SettingsProblem) as refusal:
        resolve(environment={"AEP_BASE_URL": f"http://user:{CANARY}@platform.adobe.io"})
    assert "environment variable AEP_BASE_URL" in refusal.value.message
    assert CANARY not in str(refusal.value)
    assert resolve(environment={"AEP_BASE_URL": "http://127.0.0.1:8787"}).base_url == "http://127.0.0.1:8787"


def test_the_identity_host_may_be_written_without_scheme() -> None:
    assert resolve(environment={"AEP_IMS_HOST": "ims-na1-stg1.adobelogin.com"}).ims_base_url == (
        "https://ims-na1-stg1.adobelogin.com"
    )


@pytest.mark.parametrize("scopes", ["openid, AdobeID", "openid AdobeID", '["openid","AdobeID"]', "openid,,AdobeID,"])
def test_scopes_become_a_list_with_commas(scopes: str) -> None:
    assert resolve(environment={"AEP_SCOPES": scopes}).scopes == "openid,AdobeID"


def test_two_names_of_the_same_setting_may_agree_but_not_differ() -> None:
    assert resolve(environment={"AEP_API_KEY": "k", "AEP_CLIENT_ID": "k"}).api_key == "k"
    assert resolve(environment={"AEP_CLIENT_ID": "k"}).api_key == "k"
    with pytest.raises(SettingsProblem, match="AEP_CLIENT_ID"):
        resolve(environment={"AEP_API_KEY": "k", "AEP_CLIENT_ID": "other"})


def test_the_place_that_gives_the_client_secret_decides_alone_how_to_sign_in() -> None:
    write_env(f"AEP_ACCESS_TOKEN={CANARY}\n")
    resolved = resolve(environment={"AEP_CLIENT_SECRET": CANARY})
    assert resolved.has_client_secret
    assert not resolved.has_access_token
    assert [(one.name, one.reason) for one in resolved.ignored] == [
        (SettingName.ACCESS_TOKEN, "environment variable AEP_CLIENT_SECRET decides how to sign in.")
    ]


@pytest.mark.parametrize(("mode", "warns"), [(0o600, False), (0o400, False), (0o640, True), (0o604, True)])
def test_a_file_with_secrets_that_others_can_read_gets_a_warning(mode: int, warns: bool) -> None:
    write_env(f"AEP_ACCESS_TOKEN={CANARY}\n", mode)
    warnings = resolve(environment={}).warnings
    assert bool(warnings) is warns
    assert CANARY not in "".join(warnings)


def test_a_readable_file_without_secrets_needs_no_warning() -> None:
    write_env("AEP_ORG_ID=a\nACCESS_TOKEN=b\n", 0o644)
    assert resolve(environment={}).warnings == ()


def test_names_that_do_not_count_are_told() -> None:
    write_env(f"AEP_ORGID=a\nACCESS_TOKEN={CANARY}\n")
    notes = " ".join(resolve(environment={}).notes)
    assert "AEP_ORGID is no setting" in notes
    assert "ACCESS_TOKEN" in notes
    assert CANARY not in notes


def test_a_secret_shows_in_no_repr_and_in_no_copy() -> None:
    resolved = resolve(environment=FULL)
    held = resolved.values[SettingName.ACCESS_TOKEN].value
    shown = repr(resolved) + str(resolved) + repr(held) + str(held) + repr(resolved.live_target)
    assert CANARY not in shown
    assert CANARY not in repr(SECRETS)
    for copying in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError):
            copying(held)
    with pytest.raises(ValueError, match="is a secret"):
        resolved.text(SettingName.ACCESS_TOKEN)


def test_every_secret_that_was_found_is_known_also_one_that_does_not_count() -> None:
    secrets = Secrets()
    resolve(environment={"AEP_ACCESS_TOKEN": f"{CANARY}-token", "AEP_CLIENT_SECRET": CANARY}, secrets=secrets)
    assert secrets.clean(f"body {CANARY} {CANARY}-token") == "body «redacted:client_secret» «redacted:access_token»"


def test_the_import_and_a_resolution_without_files_stay_cheap() -> None:
    program = (
        "import sys, aep_tui.domain.clock as c, aep_tui.domain.secrets as x\n"
        "import aep_tui.settings.resolution as e, aep_tui.settings.guard as g\n"
        "heavy = {'pydantic', 'dotenv', 'platformdirs', 'httpx', 'textual'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
        "s = e.resolve(clock=c.SystemClock(), secrets=x.Secrets())\n"
        "g.refuse_leaky_environment(); assert s.has_access_token\n"
        "print(sorted(heavy - {'platformdirs'} & set(sys.modules)))\n"
    )
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "AEP_ACCESS_TOKEN": CANARY}
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment | {"PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["[]", "[]"]


@settings(max_examples=examples(150))
@given(
    st.lists(
        st.one_of(
            st.text(max_size=40),
            st.sampled_from(
                ["AEP_ACCESS_TOKEN", "AEP_API_KEY", "AEP_BASE_URL", "AEP_SCOPES", "export AEP_ORG_ID"]
            ).flatmap(lambda name: st.text(max_size=20).map(lambda rest: f"{name}={CANARY}{rest}")),
        ),
        max_size=6,
    )
)
def test_whatever_stands_in_an_env_file_no_traceback_and_no_secret_comes_out(home: Path, lines: list[str]) -> None:
    path = home / "random.env"
    path.write_text("\n".join(lines), encoding="utf-8", errors="surrogatepass")
    shown = ""
    try:
        resolved = resolve(env_files=[path], environment={})
        shown = f"{resolved.notes} {resolved.warnings} {resolved.ignored}"
    except SettingsProblem as problem:
        shown = f"{problem!r} {problem} {problem.next_step} {problem.__context__!r}"
    assert CANARY not in shown


def test_a_file_that_is_no_text_or_too_long_is_refused_by_name() -> None:
    for content in (b"AEP_ORG_ID=\xff\xfe" + CANARY.encode(), b"\0" + CANARY.encode(), b"A=" + b"x" * 300_000):
        Path("odd.env").write_bytes(content)
        with pytest.raises(SettingsProblem, match=r"odd\.env") as refusal:
            resolve(env_files=[Path("odd.env")], environment={})
        assert CANARY not in repr(refusal.value)
        assert refusal.value.__context__ is None


def test_a_pipe_can_carry_the_named_file() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"AEP_ORG_ID=pipe@AdobeOrg\n")
    os.close(writing)
    try:
        resolved = resolve(env_files=[Path(f"/dev/fd/{reading}")], environment={})
    finally:
        os.close(reading)
    assert resolved.organization_id == "pipe@AdobeOrg"


@pytest.mark.parametrize(
    ("environment", "env_file", "is_read_only"),
    [
        ("", "", False),
        ("true", "", True),
        ("YES", "", True),
        ("0", "", False),
        ("", "on", True),
        ("false", "true", True),
    ],
)
def test_any_place_can_say_that_nothing_may_change_and_none_can_take_it_back(
    environment: str, env_file: str, is_read_only: bool
) -> None:
    write_env(f"AEP_READ_ONLY={env_file}\n")
    resolved = resolve(environment={"AEP_READ_ONLY": environment})
    assert resolved.is_read_only is resolved.live_target.is_read_only is is_read_only


def test_a_word_that_may_mean_anything_is_refused() -> None:
    with pytest.raises(SettingsProblem, match="true or false"):
        resolve(environment={"AEP_READ_ONLY": "maybe"})
