from __future__ import annotations

import json
from dataclasses import replace

from aep_tui.domain.result import ConnectionResult

RESULT = ConnectionResult(
    mode="live",
    connection_id="4cb0c374-d3bb-4557-b139-5712880adc55",
    etag='"9e0502b0"',
    location="/connections/4cb0c374-d3bb-4557-b139-5712880adc55",
    state="enabled",
    name="ACME ä",
    organization_id="1A2B@AdobeOrg",
    sandbox_name="dev",
    cloud="azure",
    source="Salesforce",
    auth_spec_name="OAuth2 Client Credential",
    notices=("one", "two"),
    request_id="r-1",
    test_passed=True,
)


def test_the_result_is_one_json_object_in_the_platforms_names() -> None:
    text = RESULT.to_json()
    assert text.endswith("}\n")
    assert json.loads(text) == {
        "mode": "live",
        "id": "4cb0c374-d3bb-4557-b139-5712880adc55",
        "etag": '"9e0502b0"',
        "location": "/connections/4cb0c374-d3bb-4557-b139-5712880adc55",
        "state": "enabled",
        "name": "ACME ä",
        "orgId": "1A2B@AdobeOrg",
        "sandboxName": "dev",
        "cloud": "azure",
        "source": "Salesforce",
        "authSpecName": "OAuth2 Client Credential",
        "notices": ["one", "two"],
        "requestId": "r-1",
        "testPassed": True,
    }
    assert "ACME ä" in text


def test_for_people_there_is_a_line_for_each_known_value() -> None:
    assert dict(RESULT.rows()) == {
        "id": RESULT.connection_id,
        "etag": RESULT.etag,
        "location": RESULT.location,
        "state": "enabled",
        "name": "ACME ä",
        "organization": "1A2B@AdobeOrg",
        "sandbox": "dev",
        "request id": "r-1",
    }
    assert 'etag          "9e0502b0"' in RESULT.to_text().splitlines()
    assert ConnectionResult("practice", "abc").to_text() == "id            abc"


def test_no_value_steers_the_terminal_that_it_is_printed_on() -> None:
    result = replace(RESULT, name="a\x1b]52;c;aGk=\x07b\u202ec\nd", location="x\x9by")
    assert result.to_text().replace("\n", "").isprintable()
    assert dict(result.rows())["name"] == "a\ufffd]52;c;aGk=\ufffdb\ufffdc d"


def test_the_result_is_laid_out_for_people() -> None:
    assert RESULT.to_json().startswith('{\n  "mode": "live",\n  "')
