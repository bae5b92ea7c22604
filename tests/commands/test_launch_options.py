from __future__ import annotations

from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path

import pytest

from aep_tui.commands import run_wizard, show_connections
from aep_tui.commands.argument_parser import read_arguments
from aep_tui.commands.launch_options import launch_from
from aep_tui.domain.problem import Problem, SettingsProblem
from aep_tui.domain.target import Mode
from aep_tui.practice.scenarios import LIVED_IN_ORGANIZATION
from aep_tui.settings.launch import Launch
from aep_tui.settings.setting import SettingName
from tests.kit.canary import CANARY


def launch(*arguments: str) -> Launch:
    return launch_from(read_arguments(arguments))


def test_without_settings_a_rehearsal_is_offered() -> None:
    start = launch()
    assert start.mode is Mode.PRACTICE
    assert start.settings is not None
    assert not start.settings.has_access_token
    assert not start.settings.has_client_secret


@pytest.mark.parametrize("variable", ["AEP_ACCESS_TOKEN", "AEP_CLIENT_SECRET", "AEP_ORG_ID"])
def test_whoever_has_set_up_the_platform_starts_live(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, CANARY)
    assert launch().mode is Mode.LIVE
    assert launch("--practice").mode is Mode.PRACTICE


@pytest.mark.parametrize(
    ("arguments", "value", "is_pairing"),
    [((), "", False), (("--pairing",), "", True), ((), "yes", True), ((), "off", False), (("--pairing",), "no", True)],
)
def test_pairing_is_what_the_person_says(
    arguments: tuple[str, ...], value: str, is_pairing: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AEP_PAIRING", value)
    assert launch("--practice", *arguments).is_pairing is is_pairing


def test_a_variable_that_says_neither_yes_nor_no_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AEP_PAIRING", CANARY)
    with pytest.raises(SettingsProblem, match="AEP_PAIRING has to be true or false") as refused:
        launch("--practice")
    assert CANARY not in str(vars(refused.value))


def test_a_client_secret_comes_with_scopes_and_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AEP_CLIENT_SECRET", CANARY)
    start = launch("--scopes", "openid AdobeID", "--ims-host", "ims-na1.adobelogin.com")
    assert start.settings is not None
    assert start.settings.has_client_secret
    assert (start.settings.scopes, start.settings.ims_base_url) == ("openid,AdobeID", "https://ims-na1.adobelogin.com")
    assert CANARY not in repr(start)


def test_a_rehearsal_looks_at_no_setting_until_it_is_asked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AEP_BASE_URL", "ftp://nowhere")
    monkeypatch.setenv("AEP_ORG_ID", "ACME@AdobeOrg")
    start = launch("--practice")
    assert start.settings is None
    with pytest.raises(SettingsProblem):
        start.read_settings()
    monkeypatch.setenv("AEP_BASE_URL", "https://platform.adobe.io")
    assert start.read_settings().live_target.organization_id == "ACME@AdobeOrg"


def test_a_profile_or_a_credential_file_means_live_mode(tmp_path: Path) -> None:
    file = tmp_path / "s2s.env"
    file.write_text("CLIENT_ID=key-1\n")
    start = launch("--credentials", str(file))
    assert start.mode is Mode.LIVE
    assert start.settings is not None
    assert start.first_target.api_key == "key-1"
    assert start.settings.origin(SettingName.API_KEY) == "CLIENT_ID in s2s.env"


def test_the_practice_sandbox_is_known() -> None:
    sandbox = launch("--practice").practice_sandbox
    assert sandbox is not None
    assert (sandbox.name, sandbox.is_production, sandbox.is_active) == ("rehearsal", False, True)
    production = launch("--practice", "--sandbox-name", "prod").practice_sandbox
    assert production is not None
    assert production.is_production
    assert launch("--practice", "--sandbox-name", "nowhere").practice_sandbox is None


def test_an_unknown_scenario_is_refused_without_being_repeated() -> None:
    with pytest.raises(Problem, match="no scenario of this name: It plays: everything-fine, ") as refused:
        launch("--scenario", CANARY)
    assert CANARY not in refused.value.last_words
    assert "Unknown" not in refused.value.last_words


@pytest.mark.parametrize(
    "earlier",
    [[], ["--env-file", "first.env"]],
    ids=["one file", "a file over another"],
)
def test_env_files_layer_and_the_later_one_counts(earlier: list[str]) -> None:
    Path("first.env").write_text("AEP_ORG_ID=first@AdobeOrg\nAEP_SANDBOX_NAME=first\n")
    Path("second.env").write_text("AEP_ORG_ID=second@AdobeOrg\n")
    target = launch(*earlier, "--env-file", "second.env").read_settings().live_target
    assert target.organization_id == "second@AdobeOrg"
    assert target.sandbox_name == ("first" if earlier else "")


def test_what_was_ignored_names_the_env_file_by_its_path() -> None:
    Path("first.env").write_text("AEP_ORG_ID=first@AdobeOrg\n")
    Path("second.env").write_text("AEP_ORG_ID=second@AdobeOrg\n")
    settings = launch("--env-file", "first.env", "--env-file", "second.env").settings
    assert settings is not None
    assert ["first.env" in value.origin for value in settings.ignored] == [True]


@pytest.mark.parametrize("arguments", [(), ("--practice",), ("--live",)])
def test_developer_logging_is_refused_at_every_start(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_wizard, "why_no_terminal", lambda: "")
    monkeypatch.setattr(run_wizard, "QuietTerminal", nullcontext)
    monkeypatch.setenv("TEXTUAL_LOG", "keys.log")
    with pytest.raises(SettingsProblem, match="TEXTUAL_LOG"):
        run_wizard.run(read_arguments(arguments))


def test_what_the_wizard_is_started_with_is_handed_on() -> None:
    start = launch("--practice", "--no-reveal", "--output", "result.json")
    assert (start.may_reveal, start.output) == (False, Path("result.json"))
    assert launch("--practice").may_reveal


@pytest.mark.parametrize(
    ("arguments", "sandboxes", "own"),
    [(("--sandbox-name", "dev, prod,dev,"), ("dev", "prod"), "dev"), ((), (), "rehearsal")],
)
def test_the_list_opens_with_the_sandboxes_that_were_named(
    arguments: tuple[str, ...], sandboxes: tuple[str, ...], own: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Launch] = []

    def start(options: Namespace) -> int:
        started.append(launch_from(options))
        return 0

    monkeypatch.setattr(show_connections, "why_no_terminal", lambda: "")
    monkeypatch.setattr(run_wizard, "run", start)
    assert show_connections.run(read_arguments(("connections", "--practice", *arguments))) == 0
    [shown] = started
    assert (shown.shows_connections, shown.listed_sandboxes, shown.scenario_id) == (
        True,
        sandboxes,
        LIVED_IN_ORGANIZATION.id,
    )
    assert shown.first_target.sandbox_name == own
