"""A change without a person keeps to what the form of the connection lets be sent by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_form import connection_form
from aep_tui.domain.described_source import described_source
from aep_tui.domain.secrets import Secrets
from aep_tui.pages.unattended import AnswersIncomplete, GivenAnswers
from aep_tui.pages.unattended_change import GivenChange, prepared_change, refuse_other_name
from tests.kit.canary import CANARY

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
PASSWORD = {"type": "string", "format": "password"}
DESCRIBED = described_source(
    {
        "id": "x",
        "name": "acme",
        "authSpec": [
            {
                "name": "Key",
                "spec": {
                    "properties": {
                        "apiToken": PASSWORD,
                        "account": {"type": "object", "properties": {"password": PASSWORD}},
                    }
                },
            },
            {"name": "OAuth2 Authorization Code", "spec": {"properties": {"apiToken": PASSWORD}}},
        ],
    }
)
SEEN = ConnectionStatus("c-1", "enabled", "ACME", etag='"1"', connection_spec_id="x", auth_spec_name="Key")


def test_a_secret_that_is_a_json_value_is_not_sent_by_its_own_path() -> None:
    assert DESCRIBED is not None
    form = connection_form(SEEN, DESCRIBED.source)
    alone = GivenChange(GivenAnswers(secrets={"apiToken": CANARY}))
    change = prepared_change(alone, SEEN, form, Secrets(), NOW).change
    assert change is not None
    assert change.secret is not None
    nested = GivenChange(GivenAnswers(secrets={"account": f'{{"password": "{CANARY}"}}'}))
    with pytest.raises(AnswersIncomplete) as refusal:
        prepared_change(nested, SEEN, form, Secrets(), NOW)
    assert [each.option for each in refusal.value.complaints] == ["--replace-credentials"]
    assert CANARY not in refusal.value.message


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (replace(SEEN, auth_spec_name=""), "names no auth method"),
        (replace(SEEN, auth_spec_name="OAuth2 Authorization Code"), "needs a browser"),
    ],
)
def test_what_no_page_offers_to_change_no_command_changes(seen: ConnectionStatus, reason: str) -> None:
    assert DESCRIBED is not None
    form = connection_form(seen, DESCRIBED.source)
    given = GivenChange(GivenAnswers(secrets={"apiToken": CANARY}))
    with pytest.raises(AnswersIncomplete, match=reason):
        prepared_change(given, seen, form, Secrets(), NOW)
    named = GivenChange(GivenAnswers(name="Other"))
    assert prepared_change(named, seen, form, Secrets(), NOW).change is not None


@pytest.mark.parametrize("typed", ["", "acme", "c-1", "ACME "])
def test_a_connection_that_has_a_name_is_deleted_by_no_other_word(typed: str) -> None:
    with pytest.raises(AnswersIncomplete, match="which is ACME"):
        refuse_other_name(SEEN, typed)
    refuse_other_name(SEEN, "ACME")
    refuse_other_name(replace(SEEN, name=""), "c-1")
