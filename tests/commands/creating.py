"""Calls of `aep-tui create` and what they show."""

from __future__ import annotations

import pytest

from aep_tui.cli import main
from tests.kit.canary import CANARY

ANSWERS = """
source = "salesforce"
auth_method = "oauth2-client-credential"
[parameters]
environmentUrl = "https://acme.my.salesforce.com"
clientId = "3MVG9abc"
apiVersion = "62.0"
"""


def create(*arguments: str) -> int:
    return main(["create", *arguments])


def shown(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """Return stdout and stderr, in which no secret stands."""
    out, err = capsys.readouterr()
    assert CANARY not in out + err
    return out, err
