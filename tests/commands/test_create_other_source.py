"""`aep-tui create` for a source that only the platform describes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aep_tui.cli import main
from tests.kit.canary import CANARY

WAREHOUSE_ID = "c0ffee00-3d5b-4f0a-9a51-2f6d5c1f7a44"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(CANARY)
    path.chmod(0o600)
    return path


def create(*more: str, source: str = "acme-warehouse") -> int:
    return main(["create", "--practice", "--source", source, "--name", "ACME warehouse", *more])


@pytest.mark.parametrize("source", ["acme-warehouse", WAREHOUSE_ID])
def test_it_is_created_by_name_or_id(source: str, secret: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--set", "account=acme-dwh", "--set", "port=5439", "--set", 'schemas=["public"]']
    assert create(*options, "--secret-file", f"apiToken={secret}", "--json", source=source) == 0
    shown = capsys.readouterr()
    result = json.loads(shown.out)
    assert (result["source"], result["cloud"]) == ("ACME Warehouse", ""), "nobody knows on which cloud it is offered"
    assert "gives no advice" in " ".join(shown.err.split())
    assert "Key Authentication, the only one that can be used here." in " ".join(shown.err.split())
    assert "Called required, but not described" not in shown.err
    assert CANARY not in shown.out + shown.err


def test_a_rehearsal_of_the_request_has_json_values_and_no_secret(
    secret: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--set", "account=acme-dwh", "--set", "useSsl=false", "--set", 'options={"warehouse": "small"}']
    assert create(*options, "--secret-file", f"apiToken={secret}", "--dry-run") == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["body"] == {
        "name": "ACME warehouse",
        "auth": {
            "specName": "Key Authentication",
            "params": {
                "account": "acme-dwh",
                "useSsl": False,
                "options": {"warehouse": "small"},
                "apiToken": "{API_TOKEN}",
            },
        },
        "connectionSpec": {"id": WAREHOUSE_ID, "version": "1.0"},
    }
    assert "Warning, workspace: The platform describes this as required." in " ".join(shown.err.split())
    assert CANARY not in shown.out + shown.err


def test_a_secret_of_the_schema_is_not_taken_from_an_argument(capsys: pytest.CaptureFixture[str]) -> None:
    assert create("--set", "account=acme", "--set", f"apiToken={CANARY}") == 2
    shown = capsys.readouterr()
    assert "--secret-file apiToken=FILE" in shown.err
    assert "others can read the arguments of a program" in " ".join(shown.err.split())
    assert CANARY not in shown.out + shown.err


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--set", "port=many"), 2, "This is no number."),
        (("--set", "colour=red"), 2, "This is not known."),
        (("--auth-method", "oauth2-authorization-code"), 2, "The sign-in needs a browser"),
        (("--auth-method", "nothing"), 2, "Choose one of: key-authentication."),
    ],
)
def test_what_cannot_be_sent_is_named(
    options: tuple[str, ...], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert create(*options) == code
    assert words in " ".join(capsys.readouterr().err.split())


def test_an_auth_method_may_be_called_as_the_platform_calls_it(
    secret: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--auth-method", "Key Authentication", "--set", "account=acme-dwh"]
    assert create(*options, "--secret-file", f"apiToken={secret}", "--dry-run") == 0
    assert json.loads(capsys.readouterr().out)["body"]["auth"]["specName"] == "Key Authentication"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("salesfroce", "Did you mean salesforce?"),
        ("nowhere", "Another source is named by the id or the name of its connection specification."),
    ],
)
def test_what_nobody_knows_is_said_with_what_is_known(
    source: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert create(source=source) == 2
    shown = " ".join(capsys.readouterr().err.split())
    assert words in shown
    assert "Neither this program nor the platform knows a source of this name" in shown


@pytest.mark.parametrize(
    ("source", "words"), [("acme-ads", "needs a browser"), ("data-landing-zone", "No credentials")]
)
def test_a_source_that_cannot_be_connected_here_says_why(
    source: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert create(source=source) == 1
    assert words in " ".join(capsys.readouterr().err.split())


def test_without_a_platform_nobody_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["create", "--live", "--source", "acme-warehouse", "--name", "x"]) == 2
    shown = " ".join(capsys.readouterr().err.split())
    assert "The target needs this." in shown
    assert "--source ID" in shown
