"""Whether a listed connection can be the one that was sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from aep_tui.domain.candidates import Likeness, digests_of, is_still_to_come, likeness
from aep_tui.domain.connection import ConnectionStatus
from tests.kit.clock import START
from tests.kit.intents import an_intent

VALUES = {"environmentUrl": "https://acme.my.salesforce.com", "clientId": "acme"}
INTENT = an_intent(VALUES, api_key="key", auth_spec_name="OAuth2 Client Credential")
LISTED = ConnectionStatus(
    "new",
    "initializing",
    name="ACME",
    created_at=START,
    created_client="key",
    sandbox_name="dev",
    auth_spec_name="OAuth2 Client Credential",
    parameters=VALUES,
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Likeness.CERTAIN),
        ({"created_at": START + timedelta(minutes=2)}, Likeness.CERTAIN),
        ({"created_at": START + timedelta(minutes=2, seconds=1)}, Likeness.POSSIBLE),
        ({"created_at": START - timedelta(seconds=1)}, Likeness.POSSIBLE),
        ({"created_at": START - timedelta(days=400)}, Likeness.POSSIBLE),
        ({"created_at": None}, Likeness.POSSIBLE),
        ({"created_client": ""}, Likeness.POSSIBLE),
        ({"created_client": "KEY"}, Likeness.CERTAIN),
        ({"created_client": "other"}, Likeness.FOREIGN),
        ({"sandbox_name": "prod"}, Likeness.FOREIGN),
        ({"sandbox_name": ""}, Likeness.CERTAIN),
        ({"auth_spec_name": "Basic Authentication"}, Likeness.FOREIGN),
        ({"auth_spec_name": ""}, Likeness.CERTAIN),
        ({"description": "of somebody else"}, Likeness.FOREIGN),
        ({"parameters": {**VALUES, "clientId": "other"}}, Likeness.FOREIGN),
        ({"parameters": {**VALUES, "clientId": "set"}}, Likeness.POSSIBLE),
        ({"parameters": {**VALUES, "clientId": "«redacted:clientId»"}}, Likeness.POSSIBLE),
        ({"parameters": {"clientId": "acme"}}, Likeness.POSSIBLE),
        ({"parameters": {**VALUES, "environmentUrl": "HTTPS://ACME.my.salesforce.com/"}}, Likeness.CERTAIN),
        ({"parameters": {**VALUES, "clientId": "ACME"}}, Likeness.FOREIGN),
        ({"connection_id": "old"}, Likeness.FOREIGN),
    ],
)
def test_only_what_is_told_and_the_same_is_certain(changes: dict[str, object], expected: Likeness) -> None:
    assert likeness(replace(LISTED, **changes), INTENT) is expected  # type: ignore[arg-type]  # fields of a status


@pytest.mark.parametrize(("ahead", "expected"), [(2, False), (2.1, True), (-60, False)])
def test_a_time_that_is_still_to_come_was_told_by_another_clock(ahead: float, expected: bool) -> None:
    status = replace(LISTED, created_at=START + timedelta(seconds=ahead))
    assert is_still_to_come(status, START) is expected
    assert not is_still_to_come(replace(LISTED, created_at=None), START)


@pytest.mark.parametrize(
    "unknown", [{"known_connection_ids": None}, {"known_connection_ids": ("old",), "knows_all_before": False}]
)
def test_without_a_whole_list_of_before_nothing_is_certain_and_what_is_a_day_older_is_not_ours(
    unknown: dict[str, object],
) -> None:
    intent = replace(INTENT, **unknown)  # type: ignore[arg-type]  # fields of an intent
    assert likeness(LISTED, intent) is Likeness.POSSIBLE
    a_day_before = replace(LISTED, created_at=START - timedelta(days=1))
    assert likeness(a_day_before, intent) is Likeness.POSSIBLE
    assert likeness(replace(a_day_before, created_at=START - timedelta(days=1, seconds=1)), intent) is Likeness.FOREIGN
    assert likeness(replace(LISTED, created_at=None), intent) is Likeness.POSSIBLE


def test_an_intent_of_an_older_version_that_kept_no_digests_makes_nothing_certain() -> None:
    assert likeness(LISTED, replace(INTENT, sent_digests=())) is Likeness.POSSIBLE


def test_a_description_that_the_list_leaves_out_contradicts_nothing_and_proves_nothing() -> None:
    described = replace(INTENT, sent_digests=digests_of("i", "EMEA", VALUES))
    assert likeness(replace(LISTED, description="EMEA"), described) is Likeness.CERTAIN
    assert likeness(LISTED, described) is Likeness.POSSIBLE
    assert likeness(replace(LISTED, description="APAC"), described) is Likeness.FOREIGN


def test_equal_values_of_two_intents_do_not_look_equal_in_the_journal() -> None:
    ours, others = dict(digests_of("i", "EMEA", VALUES)), dict(digests_of("j", "EMEA", VALUES))
    assert ours.keys() == others.keys() == {"description", "params.environmentUrl", "params.clientId"}
    assert not set(ours.values()) & set(others.values())
    assert len(set(ours.values())) == 3
