from __future__ import annotations

import json

import pytest

from aep_tui.domain.change_result import ChangeEnd, ChangeResult

RESULT = ChangeResult(
    ChangeEnd.UNKNOWN,
    "live",
    "c-1",
    "ACME@AdobeOrg",
    "dev",
    name="Zürich",
    previous_etag='"1"',
    etag='"2"',
    state="enabled",
    test_passed=False,
)


def test_a_result_names_its_connection_and_its_place() -> None:
    assert RESULT.place_and_id == ("live", "ACME@AdobeOrg", "dev", "c-1")


@pytest.mark.parametrize("end", ChangeEnd)
def test_only_one_end_is_unknown(end: ChangeEnd) -> None:
    result = ChangeResult(end, "live", "c-1", "ACME@AdobeOrg", "dev")
    assert result.is_unknown is (end is ChangeEnd.UNKNOWN)


def test_scripts_find_every_value_under_its_key() -> None:
    text = RESULT.to_json()
    assert "Zürich" in text
    assert json.loads(text) == {
        "result": "unknown",
        "mode": "live",
        "id": "c-1",
        "name": "Zürich",
        "sandboxName": "dev",
        "orgId": "ACME@AdobeOrg",
        "previousEtag": '"1"',
        "etag": '"2"',
        "state": "enabled",
        "testPassed": False,
    }
