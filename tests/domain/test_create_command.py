"""The command that does without a person what a walk did."""

from __future__ import annotations

import shlex
from datetime import date

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.create_command import create_command, secret_file_name
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import Cloud
from aep_tui.domain.target import LIVE_BASE_URL, Mode, Target
from aep_tui.domain.wizard import Wizard
from tests.kit.canary import CANARY

PRACTICE = Target(Mode.PRACTICE, "http://practice.localhost", "ACME@AdobeOrg", "rehearsal")
LIVE = Target(Mode.LIVE, LIVE_BASE_URL, "ACME@AdobeOrg", "dev", "acme-key")


def walked(description: str = "", **answers: str | bool) -> Wizard:
    wizard = Wizard(load_catalog(), date(2026, 11, 22)).with_cloud(Cloud.AZURE).wizard
    wizard = wizard.with_source("salesforce").wizard.with_auth_method("oauth2-client-credential").wizard
    given = {"clientId": "Acme ID", "clientSecret": Secret(CANARY), "apiVersion": "", **answers}
    return wizard.with_answers(given).with_name("ACME's", description)


def options(wizard: Wizard, target: Target) -> list[str]:
    lines = create_command(wizard, target).split(" \\\n    ")
    return [" ".join(shlex.split(line)) for line in lines]


def test_it_says_the_choice_and_each_answer_and_names_a_file_for_each_secret() -> None:
    assert options(walked(includeDeletedObjects=True), PRACTICE) == [
        "aep-tui create",
        "--practice",
        "--sandbox-name rehearsal",
        "--source salesforce",
        "--auth-method oauth2-client-credential",
        "--cloud azure",
        "--set clientId=Acme ID",
        "--secret-file clientSecret=client-secret.txt",
        "--set includeDeletedObjects=true",
        "--name ACME's",
        "--wait",
    ]
    assert CANARY not in create_command(walked(), PRACTICE)
    assert secret_file_name("clientSecret") == "client-secret.txt"


def test_with_a_file_of_answers_only_the_given_secrets_are_said_besides() -> None:
    from_file = create_command(walked("EMEA"), PRACTICE, "answers.env").split(" \\\n    ")
    assert from_file[3:] == ["--answers answers.env", "--secret-file clientSecret=client-secret.txt", "--wait"]
    without_secret = create_command(walked(clientSecret=""), PRACTICE, "answers.env").split(" \\\n    ")
    assert without_secret[3:] == ["--answers answers.env", "--wait"]


def test_in_live_mode_it_says_the_target_and_confirms_the_sandbox() -> None:
    live = options(walked("EMEA"), LIVE)
    assert live[1:5] == ["--live", "--org-id ACME@AdobeOrg", "--sandbox-name dev", "--api-key acme-key"]
    assert "--confirm-sandbox dev" in live
    assert "--description EMEA" in live
    assert not any(option.startswith("--base-url") for option in live)
    elsewhere = Target(Mode.LIVE, "http://127.0.0.1:8787", "ACME@AdobeOrg", "dev", "acme-key")
    assert "--base-url http://127.0.0.1:8787" in options(walked(), elsewhere)


@pytest.mark.parametrize("value", ["-x", "--help", "a b", "$(id)", "it's"])
def test_a_value_is_never_read_as_an_option_or_by_the_shell(value: str) -> None:
    (name,) = [each for each in options(walked().with_name(value, ""), PRACTICE) if each.startswith("--name")]
    assert name in {f"--name {value}", f"--name={value}"}
    assert name.startswith("--name=") is value.startswith("-")


def test_what_was_not_answered_is_no_option() -> None:
    assert options(Wizard(load_catalog(), date(2026, 11, 22)), PRACTICE)[3:] == [
        "--source ",
        "--auth-method ",
        "--name ",
        "--wait",
    ]
