from __future__ import annotations

import json
from pathlib import Path

import pytest

from aep_tui.cli import main
from tests.kit.canary import CANARY


def test_each_value_is_listed_with_its_origin_and_secrets_as_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AEP_ACCESS_TOKEN", CANARY)
    monkeypatch.setenv("AEP_ORG_ID", "ACME@AdobeOrg")
    Path(".env").write_text("AEP_SANDBOX_NAME=dev\nAEP_ORG_ID=OTHER@AdobeOrg\n")
    assert main(["settings", "--api-key", "key-1"]) == 0
    shown = capsys.readouterr()
    lines = {line.split(maxsplit=1)[0]: line for line in shown.out.splitlines() if line.startswith("AEP_")}
    assert "ACME@AdobeOrg (environment variable AEP_ORG_ID)" in lines["AEP_ORG_ID"]
    assert "key-1 (flag --api-key)" in lines["AEP_API_KEY"]
    assert "dev (AEP_SANDBOX_NAME in .env in the working directory)" in lines["AEP_SANDBOX_NAME"]
    assert "set (environment variable AEP_ACCESS_TOKEN)" in lines["AEP_ACCESS_TOKEN"]
    assert "not set" in lines["AEP_CLIENT_SECRET"]
    assert "is ignored: environment variable AEP_ORG_ID comes first." in shown.out
    assert CANARY not in shown.out + shown.err
    assert shown.err == ""


def test_the_list_comes_as_json_too(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("AEP_CLIENT_SECRET", CANARY)
    assert main(["settings", "--json"]) == 0
    text = capsys.readouterr().out
    by_name = {row["name"]: row for row in json.loads(text)["settings"]}
    assert by_name["client_secret"]["value"] == "set"
    assert CANARY not in text


def test_a_credential_file_is_listed_without_its_values(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "s2s.env"
    file.write_text(f"IMS_OAUTH_S2S_CLIENT_ID=key-1\nIMS_OAUTH_S2S_CLIENT_SECRET={CANARY}\n")
    file.chmod(0o644)
    assert main(["settings", "--credentials", str(file)]) == 0
    text = capsys.readouterr().out
    assert "key-1 (IMS_OAUTH_S2S_CLIENT_ID in s2s.env)" in text
    assert "set (IMS_OAUTH_S2S_CLIENT_SECRET in s2s.env)" in text
    assert "Warning: Other users of this machine can read s2s.env; chmod 600 makes it private." in text
    assert CANARY not in text


def test_a_setting_that_cannot_be_used_ends_with_words_and_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AEP_BASE_URL", f"https://user:{CANARY}@platform.adobe.io")
    assert main(["settings"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("aep-tui: ")
    assert "environment variable AEP_BASE_URL" in shown.err
    assert CANARY not in shown.err


def test_a_flag_and_a_named_profile_that_differ_are_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profile", "add", "acme", "--sandbox-name", "dev"]) == 0
    assert main(["settings", "--profile", "acme", "--sandbox-name", "prod"]) == 1
    assert "contradict each other" in capsys.readouterr().err
    assert main(["settings", "--profile", "acme", "--sandbox-name", "dev"]) == 0
