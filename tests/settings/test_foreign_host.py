"""A `.env` that came with a folder names a host; secrets that the person keeps elsewhere do not go there."""

from __future__ import annotations

from pathlib import Path

import pytest

from aep_tui.domain.clock import SystemClock
from aep_tui.domain.secrets import Secrets
from aep_tui.settings.chosen_layer import with_layer_on_top
from aep_tui.settings.foreign_host import HostUnconfirmed, refuse_foreign_hosts
from aep_tui.settings.profile import Profile, SecretPlace, SecretSource
from aep_tui.settings.profiles import add_profile
from aep_tui.settings.setting import SettingName
from tests.kit.canary import CANARY
from tests.settings.resolving import resolve

BASE_URL, IMS_HOST = SettingName.BASE_URL, SettingName.IMS_HOST
TOKEN, SECRET = SettingName.ACCESS_TOKEN, SettingName.CLIENT_SECRET
FOREIGN = "https://platform.adobe.io.evil.example"


def write_env(**variables: str) -> Path:
    path = Path(".env")
    path.write_text("".join(f"{name}={value}\n" for name, value in variables.items()))
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("address", ["http://127.0.0.1:8950", "http://localhost:1", FOREIGN])
@pytest.mark.parametrize("secret", ["AEP_ACCESS_TOKEN", "AEP_CLIENT_SECRET"])
def test_an_unasked_env_file_cannot_send_a_secret_of_the_environment_elsewhere(secret: str, address: str) -> None:
    write_env(AEP_BASE_URL=address)
    with pytest.raises(HostUnconfirmed) as refusal:
        resolve(environment={secret: CANARY})
    message = str(refusal.value.message)
    assert "AEP_BASE_URL in .env in the working directory" in message
    assert address.partition("://")[2] in message
    assert f"environment variable {secret}" in message
    assert "--base-url" in refusal.value.next_step
    assert CANARY not in repr(refusal.value) + message


def test_an_unasked_env_file_cannot_send_the_client_secret_to_another_identity_service() -> None:
    write_env(AEP_IMS_HOST="ims.evil.example")
    with pytest.raises(HostUnconfirmed, match=r"AEP_IMS_HOST in \.env .* ims\.evil\.example"):
        resolve(environment={"AEP_CLIENT_SECRET": CANARY})
    assert resolve(environment={"AEP_ACCESS_TOKEN": CANARY}).has_access_token, "a token never goes to that host"


@pytest.mark.parametrize("is_default", [True, False])
def test_secrets_of_a_profile_are_kept_from_it_as_well(is_default: bool, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(CANARY)
    add_profile(Profile("acme", {}, SecretSource(SecretPlace.FILE, TOKEN, file=str(tmp_path / "token"))))
    write_env(AEP_BASE_URL=FOREIGN)
    with pytest.raises(HostUnconfirmed, match="profile acme"):
        resolve(environment={}, profile_name="" if is_default else "acme")


def test_secrets_of_a_credential_file_are_kept_from_it_as_well(tmp_path: Path) -> None:
    file = tmp_path / "s2s.env"
    file.write_text(f"IMS_OAUTH_S2S_CLIENT_ID=key-1\nIMS_OAUTH_S2S_CLIENT_SECRET={CANARY}\n")
    file.chmod(0o600)
    write_env(AEP_BASE_URL=FOREIGN)
    with pytest.raises(HostUnconfirmed, match=r"s2s\.env"):
        resolve(environment={}, credentials_file=file)


def test_an_ignored_secret_in_the_file_does_not_make_the_host_its_own() -> None:
    write_env(AEP_BASE_URL=FOREIGN, AEP_ACCESS_TOKEN="other")
    with pytest.raises(HostUnconfirmed, match="evil"):
        resolve(environment={"AEP_CLIENT_SECRET": CANARY})


@pytest.mark.parametrize(
    ("variable", "address"),
    [
        ("AEP_BASE_URL", "https://platform-stage.adobe.io"),
        ("AEP_BASE_URL", "https://platform.adobe.io"),
        ("AEP_IMS_HOST", "ims-na1-stg1.adobelogin.com"),
    ],
)
def test_a_host_of_adobe_may_stand_anywhere(variable: str, address: str) -> None:
    write_env(**{variable: address})
    settings = resolve(environment={"AEP_CLIENT_SECRET": CANARY})
    assert address in (settings.base_url, settings.ims_base_url.removeprefix("https://"))


def test_the_secret_of_the_file_itself_goes_where_the_file_says() -> None:
    write_env(AEP_BASE_URL="http://127.0.0.1:8950", AEP_ACCESS_TOKEN=CANARY)
    assert resolve(environment={}).base_url == "http://127.0.0.1:8950"


def test_a_host_that_was_named_explicitly_gets_the_secret() -> None:
    elsewhere = "http://127.0.0.1:8950"
    path = write_env(AEP_BASE_URL=elsewhere)
    secret = {"AEP_CLIENT_SECRET": CANARY}
    assert resolve(environment=secret, env_files=[path]).base_url == elsewhere
    assert resolve(environment={**secret, "AEP_BASE_URL": FOREIGN}).base_url == FOREIGN
    assert resolve(environment=secret, flags={BASE_URL: FOREIGN}).base_url == FOREIGN
    add_profile(Profile("acme", {BASE_URL: FOREIGN}, SecretSource(SecretPlace.ENVIRONMENT)))
    assert resolve(environment=secret, profile_name="acme").base_url == FOREIGN


def test_without_a_secret_the_file_may_name_what_it_likes_until_one_is_typed() -> None:
    write_env(AEP_BASE_URL=FOREIGN, AEP_IMS_HOST="ims.evil.example")
    settings = resolve(environment={})
    for typed in (TOKEN, SECRET):
        with pytest.raises(HostUnconfirmed, match="what you typed"):
            refuse_foreign_hosts(settings, typed_secret=typed, base_url=FOREIGN)
    other = "https://platform.adobe.io"
    refuse_foreign_hosts(settings, typed_secret=TOKEN, base_url=other)
    with pytest.raises(HostUnconfirmed, match="AEP_IMS_HOST"):
        refuse_foreign_hosts(settings, typed_secret=SECRET, base_url=other)


def test_a_profile_that_is_chosen_later_is_checked_again() -> None:
    write_env(AEP_BASE_URL=FOREIGN, AEP_ACCESS_TOKEN=CANARY)
    command = SecretSource(SecretPlace.COMMAND, SECRET, command=("pass", "show", "acme"))
    chosen = with_layer_on_top(resolve(environment={}), Profile("acme", {}, command).layer(SystemClock(), Secrets()))
    with pytest.raises(HostUnconfirmed, match="profile acme"):
        refuse_foreign_hosts(chosen, base_url=FOREIGN)
    refuse_foreign_hosts(chosen, base_url="http://127.0.0.1:8950")


def test_the_secrets_of_a_source_do_not_go_where_only_a_folder_says_so() -> None:
    write_env(AEP_BASE_URL=FOREIGN, AEP_ACCESS_TOKEN=CANARY)
    settings = resolve(environment={})
    with pytest.raises(HostUnconfirmed, match="secrets of your source") as refusal:
        refuse_foreign_hosts(settings, base_url=FOREIGN)
    assert "evil" in refusal.value.message
    assert "--base-url" in refusal.value.next_step
    refuse_foreign_hosts(settings, base_url="https://platform.adobe.io")
    named = resolve(environment={}, flags={BASE_URL: FOREIGN})
    refuse_foreign_hosts(named, base_url=FOREIGN)


def test_this_machine_may_stand_in_the_file_beside_its_own_token() -> None:
    write_env(AEP_BASE_URL="http://127.0.0.1:8950", AEP_ACCESS_TOKEN=CANARY)
    refuse_foreign_hosts(resolve(environment={}), base_url="http://127.0.0.1:8950")


def test_a_host_that_was_typed_gets_what_another_host_of_the_file_does_not() -> None:
    write_env(AEP_BASE_URL=FOREIGN, AEP_IMS_HOST="ims.evil.example")
    secret = {"AEP_CLIENT_SECRET": CANARY}
    host = FOREIGN.partition("://")[2]
    for typed in ((), ("evil.example",), (FOREIGN,)):
        with pytest.raises(HostUnconfirmed) as refusal:
            resolve(environment=secret, confirmed_hosts=typed)
        assert refusal.value.host == host
        assert f"--confirm-host {host}" in refusal.value.next_step
    with pytest.raises(HostUnconfirmed) as refusal:
        resolve(environment=secret, confirmed_hosts=(host.upper(),))
    assert refusal.value.host == "ims.evil.example"
    settings = resolve(environment=secret, confirmed_hosts=(host, " ims.evil.example"))
    refuse_foreign_hosts(settings, base_url=FOREIGN)
    assert settings.origin(BASE_URL) == "AEP_BASE_URL in .env in the working directory"


def test_where_a_person_is_asked_nothing_is_refused_before_the_question() -> None:
    write_env(AEP_BASE_URL=FOREIGN)
    settings = resolve(environment={"AEP_CLIENT_SECRET": CANARY}, asks_for_hosts=True)
    with pytest.raises(HostUnconfirmed):
        refuse_foreign_hosts(settings, base_url=FOREIGN)
