from __future__ import annotations

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_request import ConnectionRequest, build_connection_request
from aep_tui.domain.draft import Answer, Draft
from aep_tui.domain.duplicates import similar_connections
from aep_tui.domain.secret import Secret
from aep_tui.domain.source import AuthMethod
from tests.domain.forms import BASIC, CLIENT_CREDENTIAL, ORACLE
from tests.kit.canary import CANARY

SALESFORCE = "salesforce"
ACCOUNT: dict[str, Answer] = {
    "environmentUrl": "https://acme.my.salesforce.com",
    "clientId": "3MVG9-client",
    "clientSecret": Secret(CANARY),
    "apiVersion": "60.0",
}


def request(method: AuthMethod, source_id: str, answers: dict[str, Answer]) -> ConnectionRequest:
    from aep_tui.domain.catalog.catalog import load_catalog

    source = load_catalog().source(source_id)
    assert source is not None
    return build_connection_request(Draft(name="ACME", answers=answers), source, method)


def reasons(wanted: ConnectionRequest, name: str = "other", specification: str = "", **parameters: str) -> list[str]:
    existing = ConnectionStatus("c1", "enabled", name, connection_spec_id=specification, parameters=parameters)
    return [similar.reason for similar in similar_connections(wanted, [existing])]


def test_the_user_name_stands_for_the_account_where_there_is_no_client() -> None:
    answers: dict[str, Answer] = {
        "environmentUrl": "https://acme.my.salesforce.com",
        "username": "Integration",
        "password": Secret(CANARY),
        "securityToken": Secret(CANARY),
    }
    wanted = request(BASIC, SALESFORCE, answers)
    assert reasons(wanted, environmentUrl="https://acme.my.salesforce.com", username="integration")
    assert not reasons(wanted, environmentUrl="https://acme.my.salesforce.com", username="somebody")
    oracle = request(ORACLE, "oracle-service-cloud", {"host": "acme.custhelp.com", "username": "me"})
    assert reasons(oracle, host="acme.custhelp.com", username="me")


def test_the_same_name_comes_before_the_same_account() -> None:
    wanted = request(CLIENT_CREDENTIAL, SALESFORCE, ACCOUNT)
    same = {"environmentUrl": "https://acme.my.salesforce.com", "clientId": "3MVG9-client"}
    assert reasons(wanted, "ACME") == ["same name"]
    assert reasons(wanted, "ACME", **same) == ["same name"]


def test_two_empty_values_are_no_agreement() -> None:
    wanted = request(CLIENT_CREDENTIAL, SALESFORCE, {**ACCOUNT, "environmentUrl": "", "clientId": ""})
    assert reasons(wanted, environmentUrl="", clientId="") == []
