from __future__ import annotations

import getpass
import stat
from pathlib import Path

import pytest

from aep_tui.cli import main
from aep_tui.commands import profile
from aep_tui.domain.problem import SettingsProblem
from aep_tui.settings import keyring_access
from aep_tui.settings.profile import SecretPlace, SecretSource
from aep_tui.settings.profiles import load_profiles, profiles_path
from aep_tui.settings.setting import SettingName
from tests.kit.canary import CANARY

ADD = ["profile", "add", "acme", "--org-id", "ACME@AdobeOrg", "--sandbox-name", "dev", "--api-key", "key-1"]


class Keyring:
    """The keyring of a test."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, entry: str) -> str | None:
        return self.entries.get((service, entry))

    def set_password(self, service: str, entry: str, text: str) -> None:
        self.entries[service, entry] = text

    def delete_password(self, service: str, entry: str) -> None:
        del self.entries[service, entry]


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    keyring = Keyring()
    monkeypatch.setattr(keyring_access, "_usable_keyring", lambda _time_limit: keyring)
    monkeypatch.setattr(getpass, "getpass", lambda _question: CANARY)
    return keyring


def test_a_profile_is_added_listed_used_and_removed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ADD) == 0
    words = capsys.readouterr().err
    assert str(profiles_path()) in words
    assert "asked for in the wizard" in words
    assert "It is the default" in words
    assert main(["profile", "add", "beta", "--secret-command", "pass show 'adobe beta'"]) == 0
    assert "aep-tui --profile beta" in capsys.readouterr().err
    assert main(["profile", "list"]) == 0
    listed = capsys.readouterr().out
    assert listed.index("acme (default)\n") < listed.index("beta\n")
    assert "organization_id  ACME@AdobeOrg" in listed
    assert "client secret printed by the program pass" in listed
    assert main(["profile", "use", "beta"]) == 0
    assert "The profile beta is the default now." in capsys.readouterr().err
    assert load_profiles().default_name == "beta"
    assert main(["profile", "remove", "beta"]) == 0
    assert "No profile is the default now" in capsys.readouterr().err
    assert list(load_profiles().profiles) == ["acme"]


def test_a_command_is_kept_as_its_words_and_listed_without_its_arguments(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*ADD, "--secret-command", "pass show 'adobe acme'", "--secret", "access-token"]) == 0
    assert load_profiles().profiles["acme"].secret_source == SecretSource(
        SecretPlace.COMMAND, SettingName.ACCESS_TOKEN, command=("pass", "show", "adobe acme")
    )
    assert stat.S_IMODE(profiles_path().stat().st_mode) == 0o600
    assert main(["profile", "list"]) == 0
    assert capsys.readouterr().out.endswith("access token printed by the program pass\n")


def test_a_file_is_kept_with_its_whole_path(home: Path) -> None:
    assert main([*ADD, "--secret-file", "secret.txt"]) == 0
    assert load_profiles().profiles["acme"].secret_source.file == str(Path("secret.txt").absolute())
    assert main(["profile", "add", "home", "--secret-file", "~/secret.txt"]) == 0
    assert load_profiles().profiles["home"].secret_source.file == "~/secret.txt"


def test_the_environment_can_be_the_place_of_the_secret() -> None:
    assert main([*ADD, "--secret-from-environment"]) == 0
    assert load_profiles().profiles["acme"].secret_source.place is SecretPlace.ENVIRONMENT


def test_a_name_that_is_taken_is_replaced_only_when_told_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ADD) == 0
    assert main(["profile", "add", "acme"]) == 1
    assert "There is a profile acme already." in capsys.readouterr().err
    assert load_profiles().profiles["acme"].values[SettingName.SANDBOX_NAME] == "dev"
    assert main(["profile", "add", "acme", "--sandbox-name", "prod", "--replace"]) == 0
    assert load_profiles().profiles["acme"].values == {SettingName.SANDBOX_NAME: "prod"}


def test_a_secret_for_the_keyring_is_asked_for_and_stands_in_no_file(
    keyring: Keyring, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*ADD, "--secret-from-keyring"]) == 0
    assert keyring.entries == {("aep-tui", "acme/client_secret"): CANARY}
    for path in home.rglob("*"):
        assert not path.is_file() or CANARY not in path.read_text()
    shown = capsys.readouterr()
    assert CANARY not in shown.out + shown.err
    assert main(["profile", "remove", "acme"]) == 0
    assert keyring.entries == {}


def test_a_profile_that_is_not_stored_leaves_no_secret_in_the_keyring(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_arguments: object, **_more: object) -> None:
        raise SettingsProblem("The profile was not stored", "The disk is full.", "Make room.")

    monkeypatch.setattr(profile, "add_profile", refuse)
    assert main([*ADD, "--secret-from-keyring"]) == 1
    assert "The disk is full." in capsys.readouterr().err
    assert keyring.entries == {}


def test_a_profile_that_leaves_the_keyring_takes_its_secret_out(keyring: Keyring) -> None:
    assert main([*ADD, "--secret-from-keyring"]) == 0
    assert main([*ADD, "--replace"]) == 0
    assert keyring.entries == {}


def test_a_taken_name_is_refused_before_the_secret_is_asked_for(
    keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(ADD) == 0
    monkeypatch.setattr(getpass, "getpass", lambda _question: pytest.fail("the secret was asked for"))
    assert main([*ADD, "--secret-from-keyring"]) == 1
    assert keyring.entries == {}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("", "Nothing was typed"),
        ("two words", "contains a blank"),
        (getpass.GetPassWarning("echo"), "no terminal that takes a secret without showing it"),
        (EOFError(), "no terminal that takes a secret without showing it"),
        (KeyboardInterrupt(), "was left"),
    ],
    ids=["empty", "blank", "echo", "end of file", "left"],
)
def test_a_secret_that_does_not_come_stores_nothing(
    answer: str | BaseException,
    words: str,
    keyring: Keyring,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def ask(_question: str) -> str:
        if isinstance(answer, BaseException):
            raise answer
        return answer

    monkeypatch.setattr(getpass, "getpass", ask)
    assert main([*ADD, "--secret-from-keyring"]) == 1
    assert words in capsys.readouterr().err
    assert keyring.entries == {}
    assert not load_profiles().profiles


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["use", "nobody"], "aep-tui: There is no such profile. No profile is stored. Make one with"),
        (["remove", "nobody"], "There is no such profile. No profile is stored."),
        (["add", "../acme"], "no usable name"),
        (["add", "acme", "--base-url", "http://platform.adobe.io"], "Without https"),
        (["add", "acme", "--secret-command", "pass 'show"], "quotation mark"),
    ],
)
def test_what_cannot_be_done_ends_with_words_and_code_1(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["profile", *arguments]) == 1
    assert words in capsys.readouterr().err
    assert not load_profiles().profiles


def test_an_unknown_name_is_told_once_with_the_names_that_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(ADD) == 0
    capsys.readouterr()
    assert main(["profile", "use", "nobody"]) == 1
    words = "aep-tui: There is no such profile. Those that are stored: acme. Choose one of them, or make another with"
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [[], ["add"], ["add", "acme", "--access-token", "x"], ["add", "acme", "--client-secret", "x"], ["paint", "acme"]],
)
def test_wrong_arguments_end_with_code_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["profile", *arguments])
    assert end.value.code == 2


def test_an_empty_list_says_how_to_make_a_profile(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", "list"]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "aep-tui profile add NAME" in shown.err


def test_an_odd_value_is_stored_with_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", "add", "odd", "--org-id", "foo", "--sandbox-name", "Dev"]) == 0
    words = capsys.readouterr().err
    assert "Warning: An organization ID ends in @AdobeOrg." in words
    assert "Warning: Sandbox names are written in small letters." in words


def test_a_profile_without_anything_is_not_stored_and_what_is_missing_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["profile", "add", "empty"]) == 2
    words = " ".join(capsys.readouterr().err.split())
    assert "The profile would be empty" in words
    assert "--org-id" in words
    assert "empty" not in load_profiles().profiles
    assert main(["profile", "add", "safe", "--read-only"]) == 0
    assert main(["profile", "add", "safe"]) == 1
