from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind, digests_of_change
from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.place import Place
from tests.kit.clock import START

INTENT = ChangeIntent(
    "1",
    START,
    "https://a",
    "O",
    "dev",
    "c-1",
    ChangeKind.CHANGE,
    "Old",
    '"1"',
    digests_of_change("1", {"name": "New"}),
    not_before=START,
).with_result_seen()
NOW = ConnectionStatus("c-1", "enabled", "New", updated_at=START)


@pytest.mark.parametrize(
    ("intent", "now", "is_proved"),
    [
        (INTENT, NOW, True),
        (INTENT, replace(NOW, updated_at=START + timedelta(seconds=1)), True),
        (INTENT, replace(NOW, updated_at=START - timedelta(seconds=1)), False),
        (INTENT, replace(NOW, updated_at=None), True),
        (replace(INTENT, not_before=None), replace(NOW, updated_at=START - timedelta(days=1)), True),
        (INTENT, replace(NOW, name="Old"), False),
        (replace(INTENT, is_seen_in_result=False), NOW, False),
    ],
)
def test_only_a_later_version_that_shows_what_the_one_before_did_not_proves_a_change(
    intent: ChangeIntent, now: ConnectionStatus, is_proved: bool
) -> None:
    assert intent.is_proved_by(now) is is_proved


def test_an_intent_says_where_its_connection_is() -> None:
    assert INTENT.place == Place("https://a", "O", "dev")
