"""Existing connections that may be the very one a person is about to create."""

from __future__ import annotations

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_request import build_connection_request
from aep_tui.domain.draft import Answer, Draft
from aep_tui.domain.duplicates import similar_connections
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import AuthMethod, ParameterKind
from tests.domain.forms import ALL
from tests.flow_service.helpers import SPEC_ID, a_request
from tests.kit.canary import CANARY

HOST = "https://acme.my.salesforce.com"


def existing(name: str = "Another", spec_id: str = SPEC_ID, **parameters: str) -> ConnectionStatus:
    return ConnectionStatus("id-1", "enabled", name=name, connection_spec_id=spec_id, parameters=parameters)


def reasons(*found: ConnectionStatus) -> list[str]:
    return [each.reason for each in similar_connections(a_request(), found)]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (existing(name="ACME Salesforce"), ["same name"]),
        (existing(environmentUrl=HOST, clientId="acme-client"), ["same address and account"]),
        (existing(environmentUrl=f" {HOST.upper()}/ ", clientId="ACME-CLIENT"), ["same address and account"]),
        (existing(spec_id="", environmentUrl=HOST, clientId="acme-client"), ["same address and account"]),
        (existing(environmentUrl=HOST, clientId="another"), []),
        (existing(environmentUrl="https://another.my.salesforce.com", clientId="acme-client"), []),
        (existing(environmentUrl=HOST), []),
        (existing(clientId="acme-client"), []),
        (existing(), []),
        (existing(name="ACME Salesforce", spec_id="another-source"), []),
    ],
)
def test_a_connection_is_similar_by_its_name_or_by_address_and_account(
    status: ConnectionStatus, expected: list[str]
) -> None:
    assert reasons(status) == expected


@pytest.mark.parametrize("method", ALL, ids=lambda method: method.id)
def test_the_same_account_is_found_in_every_form(method: AuthMethod) -> None:
    texts: dict[str, Answer] = {
        each.api_name: Secret(CANARY) if each.is_secret else each.example
        for each in method.parameters
        if each.kind is ParameterKind.TEXT
    }
    source = next(each for each in load_catalog().sources if method in each.auth_methods)
    draft = Draft(method.cloud, source.id, method.id, answers=texts, name="ACME")
    request = build_connection_request(draft, source, method)
    shown = {each.api_name: str(answer) for each, answer in request.parameters if not each.is_secret}
    found = ConnectionStatus("id-1", "enabled", name="Another", parameters=shown)
    assert [each.reason for each in similar_connections(request, [found])] == ["same address and account"]
