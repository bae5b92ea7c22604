"""Existing connections that may be the very one a person is about to create."""

from __future__ import annotations

import pytest

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.duplicates import similar_connections
from tests.flow_service.helpers import SPEC_ID, a_request

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
