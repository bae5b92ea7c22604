"""The campaign around changes and deletes finds nothing wrong, and notices what is put into the product by hand."""

from __future__ import annotations

import pytest

from aep_tui.domain.change_intent import ChangeIntent
from aep_tui.flow_service.errors import PlatformError
from aep_tui.session import change_look, change_once
from tests.session.change_schedules import outcome_of

pytestmark = pytest.mark.anyio


async def first_notice(count: int) -> int | None:
    """Return the first seed at which the campaign notices something."""
    for seed in range(count):
        try:
            await outcome_of(seed)
        except AssertionError:
            return seed
    return None


async def test_no_random_schedule_makes_a_false_statement_or_sends_a_change_twice() -> None:
    assert {await outcome_of(seed) for seed in range(200)} == {"Changed", "NotChanged", "ChangeUnknown"}


async def test_giving_up_early_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_look, "LOOKS_FOR", 0.0)
    assert await first_notice(300) is not None


async def test_taking_every_new_version_for_ours_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ChangeIntent, "is_proved_by", lambda _intent, now: "colleague" in now.etag)
    assert await first_notice(300) is not None


async def test_trusting_every_error_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_once, "is_certainly_not_carried_out", lambda error: isinstance(error, PlatformError))
    assert await first_notice(300) is not None
