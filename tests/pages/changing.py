"""A connection as the tests of its change see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_form import ConnectionForm, connection_form
from aep_tui.domain.draft import Answer
from aep_tui.domain.secret import Secret
from aep_tui.domain.target import LIVE_BASE_URL, Mode, Target
from tests.kit.canary import CANARY

TODAY: Final = date(2026, 11, 22)
TARGET: Final = Target(Mode.LIVE, LIVE_BASE_URL, "ACME@AdobeOrg", "dev", "0a1b2c", Secret(CANARY))
URL: Final = "https://acme.my.salesforce.com"
OAUTH: Final = ConnectionStatus(
    "c-1",
    "enabled",
    name="ACME Salesforce",
    etag='"seen"',
    connection_spec_id="cfc0fee1-7dc0-40ef-b73e-d8b134c436f5",
    auth_spec_name="OAuth2 Client Credential",
    sandbox_name="dev",
    description="EMEA sales",
    updated_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    parameters={
        "environmentUrl": URL,
        "clientId": "3MVG9acme",
        "clientSecret": "set",
        "apiVersion": "60.0",
        "includeDeletedObjects": "true",
    },
)
BASIC: Final = replace(
    OAUTH,
    auth_spec_name="Basic Authentication",
    parameters={
        "environmentUrl": URL,
        "username": "integration@acme.com",
        "password": "set",
        "securityToken": "set",
        "apiVersion": "60.0",
    },
)


def form_of(status: ConnectionStatus) -> ConnectionForm:
    """The form of a connection that has one."""
    form = connection_form(status, load_catalog().source("salesforce"))
    assert form is not None
    return form


def all_new(status: ConnectionStatus) -> dict[str, Answer]:
    """What the platform says, and every secret anew."""
    form = form_of(status)
    return form.known_answers(status) | {each.api_name: Secret(CANARY) for each in form.secrets}
