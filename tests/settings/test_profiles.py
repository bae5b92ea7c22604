from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aep_tui.domain.problem import SettingsProblem
from aep_tui.settings.profile import Profile, SecretPlace, SecretSource
from aep_tui.settings.profiles import (
    Profiles,
    add_profile,
    load_profiles,
    profiles_path,
    remove_profile,
    use_profile,
)
from aep_tui.settings.setting import SettingName
from tests.kit.canary import CANARY
from tests.kit.examples import examples
from tests.settings.resolving import SECRETS, resolve
from tests.settings.test_keyring_access import FakeKeyring

VALUES = {
    SettingName.ORGANIZATION_ID: "ACME@AdobeOrg",
    SettingName.SANDBOX_NAME: "dev",
    SettingName.API_KEY: "key-1",
    SettingName.BASE_URL: "https://platform.adobe.io",
    SettingName.IMS_HOST: "https://ims-na1.adobelogin.com",
    SettingName.SCOPES: "openid,AdobeID",
}
PRINTING = SecretSource(SecretPlace.COMMAND, command=(sys.executable, "-c", f"print({CANARY!r})"))


def store(text: str, mode: int = 0o600) -> Path:
    path = profiles_path(create=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def test_a_profile_comes_back_as_it_went_in() -> None:
    first = Profile("acme", VALUES, SecretSource(SecretPlace.KEYRING, SettingName.ACCESS_TOKEN))
    second = Profile("beta.dev", {SettingName.SANDBOX_NAME: "b"}, PRINTING)
    third = Profile("gamma", {}, SecretSource(SecretPlace.FILE, file="~/acme.json"))
    for profile in (second, first, third):
        add_profile(profile)
    assert load_profiles() == Profiles({"acme": first, "beta.dev": second, "gamma": third}, "beta.dev")


@pytest.mark.parametrize(
    ("lines", "source"),
    [
        ("", SecretSource()),
        ('secret_from = "ask"', SecretSource(SecretPlace.ASK)),
        ('secret_from = "environment"', SecretSource(SecretPlace.ENVIRONMENT)),
        ('secret_from = "file"\nsecret_file = "~/a"', SecretSource(SecretPlace.FILE, file="~/a")),
        (
            'secret_from = "command"\nsecret_command = ["pass", "a"]',
            SecretSource(SecretPlace.COMMAND, command=("pass", "a")),
        ),
        (
            'secret_from = "keyring"\nsecret = "access_token"',
            SecretSource(SecretPlace.KEYRING, SettingName.ACCESS_TOKEN),
        ),
    ],
)
def test_the_words_of_the_file_stay_what_earlier_versions_have_written(lines: str, source: SecretSource) -> None:
    store(f'default = "acme"\n[profiles.acme]\nsandbox_name = "dev"\n{lines}\n')
    assert load_profiles() == Profiles({"acme": Profile("acme", {SettingName.SANDBOX_NAME: "dev"}, source)}, "acme")


def test_the_file_is_private_in_a_private_directory(home: Path) -> None:
    add_profile(Profile("acme", VALUES))
    path = profiles_path()
    assert path.is_relative_to(home / "config")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["profiles.toml"]


def test_the_default_can_be_changed_and_a_profile_removed() -> None:
    add_profile(Profile("acme", VALUES))
    add_profile(Profile("beta", VALUES))
    assert use_profile("beta").default_name == "beta"
    assert remove_profile("beta").default_name == ""
    assert load_profiles().default_name == ""
    add_profile(Profile("gamma", VALUES))
    assert remove_profile("acme").default_name == "gamma"
    add_profile(Profile("acme", VALUES))
    remove_profile("gamma")
    assert list(load_profiles().profiles) == ["acme"]
    for work in (use_profile, remove_profile):
        with pytest.raises(SettingsProblem, match="There is no such profile: Those that are stored: acme"):
            work("beta")


def test_a_name_is_not_taken_twice_by_accident() -> None:
    add_profile(Profile("acme", VALUES))
    with pytest.raises(SettingsProblem, match="exists already"):
        add_profile(Profile("acme", {}))
    assert load_profiles().profiles["acme"].values == VALUES
    add_profile(Profile("acme", {SettingName.SANDBOX_NAME: "other"}), may_replace=True)
    assert load_profiles().profiles["acme"].values == {SettingName.SANDBOX_NAME: "other"}


@pytest.mark.parametrize("name", ["", "a b", "../x", "x\n[profiles.y]", "x" * 41, ".hidden", "é", f"{CANARY}!"])
def test_a_name_that_is_no_plain_word_is_refused(name: str) -> None:
    with pytest.raises(SettingsProblem) as refusal:
        add_profile(Profile(name, VALUES))
    assert CANARY not in str(refusal.value)


@pytest.mark.parametrize("setting", VALUES)
@pytest.mark.parametrize("evil", ['x\n[profiles.evil]\nsandbox_name = "y"', "x\r", "x\x1b[2J", "x\u202ey", "x\u2028y"])
def test_a_line_break_or_control_character_cannot_be_stored(setting: SettingName, evil: str) -> None:
    with pytest.raises(SettingsProblem):
        add_profile(Profile("acme", {**VALUES, setting: evil}))
    with pytest.raises(SettingsProblem):
        add_profile(Profile("acme", VALUES, SecretSource(SecretPlace.FILE, file=evil)))
    with pytest.raises(SettingsProblem):
        add_profile(Profile("acme", VALUES, SecretSource(SecretPlace.COMMAND, command=("pass", evil))))
    assert load_profiles() == Profiles()


@pytest.mark.parametrize(
    "source",
    [SecretSource(SecretPlace.FILE), SecretSource(SecretPlace.COMMAND), SecretSource(secret=SettingName.API_KEY)],
)
def test_a_source_of_the_secret_that_is_not_complete_is_refused(source: SecretSource) -> None:
    with pytest.raises(SettingsProblem, match="needs a value"):
        add_profile(Profile("acme", VALUES, source))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("default = 5", "default"),
        ("profiles = 5", "profiles"),
        ("[profiles]\nacme = 5", r"profiles\.acme"),
        ("[profiles.acme]\nsandbox_name = 5", r"profiles\.acme\.sandbox_name"),
        (f'[profiles.acme]\nsecret_from = "{CANARY}"', r"secret_from"),
        (f'[profiles.acme]\nsecret = "{CANARY}"', r"profiles\.acme\.secret"),
        (f'[profiles.acme]\nsecret_command = "{CANARY}"', r"secret_command"),
        (f'[profiles.acme]\nclient_secret = "{CANARY}"', r"client_secret"),
        (f'[profiles.acme]\napi_key = "{CANARY} x"', "profile acme"),
        (f'[profiles.acme]\napi_key = "{CANARY}', "the form of the file"),
        (f'[profiles."{CANARY} "]\n', "named with"),
    ],
)
def test_a_broken_file_is_refused_by_key_and_nothing_is_repeated(text: str, named: str) -> None:
    store(text)
    with pytest.raises(SettingsProblem, match=named) as refusal:
        load_profiles()
    assert CANARY not in f"{refusal.value} {refusal.value.next_step} {refusal.value.__context__!r}"


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_may_write_is_refused(mode: int) -> None:
    store("", mode)
    with pytest.raises(SettingsProblem, match="Other users may write"):
        load_profiles()


def test_a_broken_file_does_not_keep_a_person_from_starting_without_a_profile() -> None:
    store("[[[")
    resolved = resolve(environment={"AEP_ORG_ID": "a"})
    assert resolved.organization_id == "a"
    assert "profiles.toml" in resolved.warnings[0]
    with pytest.raises(SettingsProblem):
        resolve(profile_name="acme", environment={})


def test_a_named_profile_counts_before_the_environment_and_the_default_one_last() -> None:
    add_profile(Profile("acme", {SettingName.ORGANIZATION_ID: "acme@AdobeOrg", SettingName.SANDBOX_NAME: "acme"}))
    add_profile(Profile("beta", {SettingName.ORGANIZATION_ID: "beta@AdobeOrg"}))
    environment = {"AEP_ORG_ID": "environment@AdobeOrg"}
    named = resolve(profile_name="beta", environment=environment)
    assert named.organization_id == "beta@AdobeOrg"
    assert named.origin(SettingName.ORGANIZATION_ID) == "profile beta"
    assert named.sandbox_name == ""
    assert named.profile_name == "beta"
    default = resolve(environment=environment)
    assert default.organization_id == "environment@AdobeOrg"
    assert default.sandbox_name == "acme"
    assert default.profile_name == "acme"


@pytest.mark.parametrize(("word", "is_read_only"), [("true", True), ('"yes"', True), ("false", False), ('""', False)])
def test_a_profile_can_be_read_only(word: str, is_read_only: bool) -> None:
    store(f'[profiles.acme]\norganization_id = "ACME@AdobeOrg"\nread_only = {word}\n')
    resolved = resolve(profile_name="acme", environment={"AEP_READ_ONLY": "false"})
    assert resolved.live_target.is_read_only is is_read_only


def test_a_flag_that_contradicts_the_named_profile_is_an_error_and_not_a_guess() -> None:
    add_profile(Profile("acme", VALUES))
    with pytest.raises(SettingsProblem) as refusal:
        resolve(profile_name="acme", flags={SettingName.SANDBOX_NAME: "other"}, environment={})
    assert "flag --sandbox-name" in refusal.value.message
    assert "profile acme" in refusal.value.message
    assert resolve(profile_name="acme", flags={SettingName.SANDBOX_NAME: "dev"}, environment={}).sandbox_name == "dev"
    assert resolve(flags={SettingName.SANDBOX_NAME: "other"}, environment={}).sandbox_name == "other"


def test_a_named_profile_that_asks_does_not_take_a_stray_token() -> None:
    add_profile(Profile("acme", VALUES))
    environment = {"AEP_ACCESS_TOKEN": CANARY}
    asking = resolve(profile_name="acme", environment=environment)
    assert not asking.has_access_token
    assert asking.ignored[0].reason == "profile acme says that the secret is asked for."
    assert resolve(environment=environment).has_access_token
    add_profile(Profile("acme", VALUES, SecretSource(SecretPlace.ENVIRONMENT)), may_replace=True)
    assert resolve(profile_name="acme", environment=environment).has_access_token


def test_a_secret_command_runs_when_the_secret_is_needed_and_only_once(home: Path) -> None:
    log = home / "runs"
    program = f"open({str(log)!r}, 'a').write('x'); print('Bearer {CANARY}')"
    source = SecretSource(SecretPlace.COMMAND, SettingName.ACCESS_TOKEN, command=(sys.executable, "-c", program))
    add_profile(Profile("acme", VALUES, source))
    resolved = resolve(profile_name="acme", environment={"AEP_CLIENT_SECRET": CANARY})
    assert resolved.has_access_token
    assert not resolved.has_client_secret
    assert not log.exists()
    assert CANARY not in repr(resolved)
    for _ in range(2):
        token = resolved.access_token()
        assert token is not None
        assert token.get_secret_value() == CANARY
    assert log.read_text() == "x"
    assert CANARY not in SECRETS.clean(CANARY)


def test_a_secret_in_the_keyring_is_read_from_there_and_goes_with_the_profile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keyring = FakeKeyring()
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    add_profile(Profile("acme", VALUES, SecretSource(SecretPlace.KEYRING, SettingName.ACCESS_TOKEN)))
    keyring.entries |= {("aep-tui", "acme/access_token"): f"Bearer {CANARY}", ("aep-tui", "beta/access_token"): "kept"}
    token = resolve(profile_name="acme", environment={}).access_token()
    assert token is not None
    assert token.get_secret_value() == CANARY
    remove_profile("acme")
    assert keyring.entries == {("aep-tui", "beta/access_token"): "kept"}


@pytest.mark.parametrize(
    "content",
    [CANARY, f"{CANARY}\n", f'{{"CLIENT_ID": "k", "CLIENT_SECRETS": ["{CANARY}"]}}', f"CLIENT_SECRET={CANARY}\n"],
)
def test_a_secret_file_is_a_credential_file_or_the_secret_alone(home: Path, content: str) -> None:
    (home / "secret").write_text(content)
    add_profile(Profile("acme", VALUES, SecretSource(SecretPlace.FILE, file="~/secret")))
    secret = resolve(profile_name="acme", environment={}).client_secret()
    assert secret is not None
    assert secret.get_secret_value() == CANARY


def test_a_token_that_is_the_word_bearer_alone_is_no_token(home: Path) -> None:
    (home / "secret").write_text("Bearer\n")
    source = SecretSource(SecretPlace.FILE, SettingName.ACCESS_TOKEN, file=str(home / "secret"))
    add_profile(Profile("acme", VALUES, source))
    with pytest.raises(SettingsProblem, match="needs a value for access_token"):
        resolve(profile_name="acme", environment={}).access_token()


@pytest.mark.parametrize("content", ["", f"API_KEY={CANARY}", f"two {CANARY}", "{"])
def test_a_secret_file_without_the_secret_is_told_by_name(home: Path, content: str) -> None:
    (home / "secret-file").write_text(content)
    add_profile(Profile("acme", VALUES, SecretSource(SecretPlace.FILE, file=str(home / "secret-file"))))
    with pytest.raises(SettingsProblem, match="secret-file") as refusal:
        resolve(profile_name="acme", environment={}).client_secret()
    assert CANARY not in str(refusal.value)


@settings(max_examples=examples(150))
@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(
            [
                "default = ",
                "[profiles.a]\n",
                "[profiles]\n",
                "api_key = ",
                "secret_command = ",
                '"x"\n',
                f'"{CANARY}"\n',
                "[1]\n",
            ]
        ),
        max_size=8,
    ).map("".join)
)
def test_no_profile_file_leads_to_a_traceback_or_shows_a_secret(text: str) -> None:
    path = profiles_path(create=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    path.chmod(0o600)
    shown = ""
    try:
        load_profiles()
    except SettingsProblem as problem:
        shown = f"{problem} {problem.next_step} {problem.__context__!r}"
    assert CANARY not in shown
