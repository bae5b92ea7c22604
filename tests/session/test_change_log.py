"""What a debug log says of a change and a delete: each decision, by kind and ids."""

from __future__ import annotations

import logging

import pytest

from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.flow_service.errors import ConnectionFailed
from aep_tui.session.change_once import change_once
from tests.flow_service.helpers import a_target
from tests.session.changing import SEEN, Deleting, not_found

pytestmark = pytest.mark.anyio


def said(caplog: pytest.LogCaptureFixture, service: Deleting) -> list[str]:
    (intent,) = service.notes.intents
    return [record.getMessage().replace(intent.id, "INTENT") for record in caplog.records]


async def test_a_change_is_told_before_and_after(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="aep_tui")
    service = Deleting(SEEN)
    place = a_target().place
    await change_once(service, SEEN, ConnectionChange(name="New"), service.notes, service.clock, place=place)
    assert said(caplog, service) == [
        "change INTENT of connection id-1: written down; it leaves now",
        "change INTENT: changed: ",
    ]


async def test_a_look_that_fails_is_told_with_its_reason(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="aep_tui")
    service = Deleting(ConnectionFailed("No network", "Nothing came back."), not_found(proves=True))
    await service.delete()
    assert said(caplog, service) == [
        "delete INTENT of connection id-1: written down; it leaves now",
        "INTENT: not looked at: No network",
        "delete INTENT: changed: ",
    ]
