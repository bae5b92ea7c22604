from __future__ import annotations

import json
import tomllib
from importlib.resources import files

import pytest

from aep_tui.domain.catalog.catalog import load_catalog
from aep_tui.flow_service.advice import FIXERS, RequestKind, Subject, advice_for

TABLES = files("aep_tui.flow_service").joinpath("advice_tables")
SALESFORCE = Subject(RequestKind.CREATE, "cfc0fee1-7dc0-40ef-b73e-d8b134c436f5")


def codes(text: str) -> list[str]:
    return text.split()


FLOW_CODES_OF_THE_FLOW_SERVICE = codes("""
1100-400 1101-404 1102-500 1400-500 1103-503 1104-504 1405-400 1410-400 1413-400 1415-400 1439-404 1439-400
1402-400 1406-400 1407-400 1408-400 1409-400 1434-400 1435-400 1436-400 1437-400
1403-400 1404-412 1414-400 1416-400 1417-400 1418-400 1420-400 1421-400 1422-400 1445-400 1455-400 1456-400 1457-400
1458-400 2000-401 2001-401 2002-401 2100-404 2101-404 2103-404 2102-500 2104-500 2105-400 2106-404 2107-500 2108-500
2110-400 2111-403 2112-400 2113-400 2114-400 2115-400 2116-500 2117-500 2118-403 2119-400 2120-403 2121-403
1401-400 1423-400 1424-400 1432-400 1433-400 1440-400 1441-400 1442-400 1443-400 1448-400 1449-400 1450-400 1451-400
1452-400 1453-400 1454-400
""")
FLOW_CODES_OF_THE_CONNECTORS = codes("""
1000-400 1001-401 1002-403 1003-404 1004-415 1005-500 1006-408 1007-400 1008-401 1009-403 1011-503 1012-504 1013-412
1014-400 1100-400 1101-500 1102-404 1103-503 1104-504 1105-401 1106-403 1107-412
1600-400 1601-500 1602-404 1603-503 1604-504 1605-401 1606-403 1607-412
1300-400 1301-400 1302-400 1303-400 1304-400 1305-400 1308-400 1312-400 1318-400 1329-400 1359-400 1393-400 1336-400
1337-400 1358-400 1339-400 1332-400
""")
OTHER_CODES = codes("403010 401013 403000 403003 400003 403025 403027 429050 invalid_client invalid_scope")
ALL_CODES = sorted(
    {f"FLOW-{code}" for code in FLOW_CODES_OF_THE_FLOW_SERVICE + FLOW_CODES_OF_THE_CONNECTORS} | set(OTHER_CODES)
)


def test_every_documented_code_is_answered() -> None:
    for code in ALL_CODES:
        advice = advice_for(code)
        assert advice.is_known, code
        assert advice.who_can_fix in FIXERS, code
        assert len(advice.meaning) > 20, code
        assert len(advice.next_step) > 10, code
        assert advice.source, code


def test_the_table_answers_nothing_but_what_is_documented() -> None:
    oauth_standard = {"invalid_request", "unauthorized_client", "unsupported_grant_type"}
    tables = [tomllib.loads(file.read_text("utf-8")) for file in TABLES.iterdir()]
    answered = {code for table in tables for entry in table.get("code", ()) for code in entry["codes"]}
    assert all(advice_for(code).is_known for code in answered)
    assert answered - set(ALL_CODES) == oauth_standard


def test_a_code_is_matched_as_a_whole() -> None:
    assert advice_for("FLOW-1101-404").meaning != advice_for("FLOW-1101-500").meaning
    assert not advice_for("1101-404").is_known
    assert not advice_for("FLOW-1101").is_known


def test_a_code_that_two_catalogues_list_names_both() -> None:
    advice = advice_for("FLOW-1100-400")
    assert "Flow Service error codes" in advice.source
    assert "Sources error codes" in advice.source
    assert ";" in advice.source


@pytest.mark.parametrize(("code", "status"), [("FLOW-9999-400", 400), ("401999", 401), ("", 503), ("", None)])
def test_an_unknown_code_is_said_to_be_unknown(code: str, status: int | None) -> None:
    advice = advice_for(code, status)
    assert not advice.is_known
    assert code in advice.meaning
    assert "this program knows" in advice.meaning
    assert advice.next_step


@pytest.mark.parametrize(
    ("said", "who", "word"),
    [
        ("invalid_grant: no client credentials user enabled", "your Salesforce administrator", "Run As"),
        ("{'error':'invalid_grant','error_description':'Request not supported on this domain'}", "you", "My Domain"),
        ("error=invalid_client_id", "you", "consumer key"),
        ("invalid_client: invalid client credentials", "you", "consumer key"),
        ("invalid_grant - expired authorization code", "you", "JWT"),
        ("user hasn't approved this consumer", "your Salesforce administrator", "admin approved"),
        ("HTTP/1.1 410 GONE", "you", "newer API version"),
        ("UNSUPPORTED_API_VERSION", "you", "newer API version"),
        ("Failed: InvalidVersion : Api version not supported", "you", "newer API version"),
        (
            "SOAP API login() is disabled by default in this org.",
            "your Salesforce administrator",
            "OAuth 2",
        ),
        ("INVALID_LOGIN: Invalid username, password, security token; or user locked out.", "you", "new security token"),
        ("LOGIN_MUST_USE_SECURITY_TOKEN: Invalid username", "you", "new security token"),
        ("API_DISABLED_FOR_ORG: API is not enabled", "your Salesforce administrator", "API Enabled"),
        ("REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded.", "your Salesforce administrator", "tomorrow"),
        ('{"error":"invalid_grant","error_description":"inactive user"}', "your Salesforce administrator", "activated"),
        ("invalid_grant: ip restricted", "your Salesforce administrator", "Adobe's addresses"),
        ("invalid_grant: activation secret invalid", "you", "reset"),
        ("invalid_grant: audience is invalid", "you", "https://login.salesforce.com"),
    ],
)
def test_a_cause_in_salesforces_words_comes_before_the_code_that_wraps_it(said: str, who: str, word: str) -> None:
    for code in ("FLOW-1100-400", "FLOW-1308-400", ""):
        advice = advice_for(code, 400, f"Error from flow provider: {said}", SALESFORCE)
        assert advice.who_can_fix == who
        assert word in advice.next_step


@pytest.mark.parametrize("said", ["invalid_client", "statusCode: 410 Gone", "invalid_grant"])
@pytest.mark.parametrize(
    "spec_id", ["929e4450-0237-4ed2-9404-b7e1e0a00309", "ba5126ec-c9ac-11eb-b8bc-0242ac130003", ""]
)
def test_no_other_source_gets_advice_about_salesforce(said: str, spec_id: str) -> None:
    advice = advice_for("FLOW-1100-400", 400, said, Subject(RequestKind.CREATE, spec_id))
    assert "Salesforce" not in f"{advice.meaning} {advice.who_can_fix} {advice.next_step}"


def test_zoho_is_told_about_its_data_centre() -> None:
    zoho = Subject(RequestKind.CREATE, "929e4450-0237-4ed2-9404-b7e1e0a00309")
    assert "data centre" in advice_for("FLOW-1100-400", 400, 'Zoho: {"error":"invalid_client"}', zoho).next_step


def test_each_table_of_causes_belongs_to_a_source_of_the_catalog() -> None:
    known = {source.connection_spec_id for source in load_catalog().sources}
    tables = [file.read_text("utf-8") for file in TABLES.iterdir()]
    named = {tomllib.loads(table)["connection_spec_id"] for table in tables if "connection_spec_id" in table}
    assert len(named) == 2
    assert named <= known


@pytest.mark.parametrize("code", ["FLOW-1400-500", "FLOW-1103-503", "FLOW-1104-504", "FLOW-1101-500"])
def test_only_a_create_is_told_to_look_for_the_connection_first(code: str) -> None:
    steps = {kind: advice_for(code, 500, subject=Subject(kind)).next_step for kind in RequestKind}
    assert steps[RequestKind.CREATE].startswith("Look first whether the connection exists")
    assert steps[RequestKind.READ].startswith("Wait a little and try again")
    assert steps[RequestKind.CHANGE].startswith("Look at the connection first")


def test_a_401_without_words_is_about_the_token() -> None:
    advice = advice_for("", 401)
    assert (advice.who_can_fix, advice.next_step[:22]) == ("you", "Get a new access token")


def test_wrong_id_and_wrong_secret_at_adobes_identity_service_are_told_apart() -> None:
    secret = advice_for("invalid_client", 400, "invalid client_secret parameter")
    identity = advice_for("invalid_client", 400, "invalid client_id parameter")
    assert "client secret" in secret.next_step
    assert "client id" in identity.next_step
    assert "Developer Console" in advice_for("invalid_client", 400, "else").next_step


def test_no_remark_of_the_authors_stands_on_the_screen() -> None:
    tables = list(TABLES.iterdir())
    assert len(tables) > 3
    for table in tables:
        shown = json.dumps(tomllib.loads(table.read_text(encoding="utf-8")))
        for remark in ("catalogues list", "list prints", "(The ", "(Two "):
            assert remark not in shown, table.name
