"""Calls of `aep-tui create` and what they show."""

from __future__ import annotations

import pytest

from aep_tui.cli import main
from tests.kit.canary import CANARY
from tests.kit.practice_server import PracticeServer

ANSWERS = """
source = "salesforce"
auth_method = "oauth2-client-credential"
[parameters]
environmentUrl = "https://acme.my.salesforce.com"
clientId = "3MVG9abc"
apiVersion = "62.0"
"""


def set_live_target(monkeypatch: pytest.MonkeyPatch, server: PracticeServer) -> None:
    """Set all values of a target on the server, as people do in the environment."""
    for name, value in {
        "AEP_BASE_URL": server.base_url,
        "AEP_ORG_ID": "ACME@AdobeOrg",
        "AEP_SANDBOX_NAME": "dev",
        "AEP_API_KEY": "acme-key",
        "AEP_ACCESS_TOKEN": CANARY,
    }.items():
        monkeypatch.setenv(name, value)


def create(*arguments: str) -> int:
    return main(["create", *arguments])


def shown(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """Return stdout and stderr, in which no secret stands."""
    out, err = capsys.readouterr()
    assert CANARY not in out + err
    return out, err
