"""What a debug log says of a create: every look and every decision, by ids and counts, and no secret."""

from __future__ import annotations

import logging

import httpx
import pytest

from tests.flow_service.helpers import TOKEN, Answers, answer, flow_error
from tests.kit.canary import CANARY
from tests.session.creating import create, twice
from tests.session.fault_schedules import Journal
from tests.session.made_up_platform import a_list, listed

pytestmark = pytest.mark.anyio


async def said(caplog: pytest.LogCaptureFixture, answers: Answers) -> str:
    caplog.set_level(logging.DEBUG, logger="aep_tui")
    journal = Journal()
    await create(answers, journal=journal)
    text = "\n".join(record.getMessage() for record in caplog.records)
    assert CANARY not in text
    assert TOKEN not in text
    return text.replace(journal.intents[0].id, "INTENT")


async def test_a_create_that_works(caplog: pytest.LogCaptureFixture) -> None:
    log = await said(caplog, Answers(a_list(listed("old")), answer(201, {"id": "new"}, x_request_id="r-1")))
    assert "before the create: 1 of the name in the whole list" in log
    assert "intent INTENT: written down; the request leaves now" in log
    assert "POST platform.adobe.io/data/foundation/flowservice/connections: HTTP 201 in 0 ms, request id r-1" in log
    assert "intent INTENT: created new" in log


async def test_a_create_whose_answer_is_lost(caplog: pytest.LogCaptureFixture) -> None:
    lost = httpx.ReadError(f"reset {CANARY}")
    log = await said(caplog, Answers(a_list(), lost, flow_error("1400-500"), *twice(listed("found"))))
    assert "intent INTENT: look 1 failed: The platform could not answer" in log
    assert "intent INTENT: look 2: 1 of the name in the whole list, may be ours: found" in log
    assert "intent INTENT: created found" in log


async def test_a_create_that_is_repeated_and_refused(caplog: pytest.LogCaptureFixture) -> None:
    busy = answer(429, {"error_code": "429050", "message": "busy"}, retry_after="2")
    log = await said(caplog, Answers(a_list(), busy, flow_error("1415-400", f"not with {CANARY}")))
    assert "attempt 2 of 4 in 2.0 s, after: Too many requests" in log
    assert "intent INTENT: not-created" in log
