"""Two processes with one intent, and two intents of one name: one connection each, and none is taken for another's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from aep_tui.practice.request_kind import RequestKind
from aep_tui.session.outcome import CannotTell, Created
from aep_tui.state.journal import Journal
from aep_tui.state.unfinished import find_unfinished
from tests.kit.faults import FAULTS
from tests.kit.practice_server import PracticeServer
from tests.truth.nursery import Nursery
from tests.truth.restart import Words, restart
from tests.truth.submitter import Order, a_session

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def second_nursery() -> Iterator[Nursery]:
    with Nursery() as nursery:
        yield nursery


async def test_while_one_process_submits_another_is_told_so_and_sends_nothing(
    server: PracticeServer, nursery: Nursery, second_nursery: Nursery, state_home: Path
) -> None:
    server.faults.put(RequestKind.CREATE, FAULTS["silence"])
    first = nursery.start(Order(server.base_url, str(state_home), "before the request leaves", is_held=True))
    nursery.wait_for(first, "reached")
    second = second_nursery.run(Order(server.base_url, str(state_home)))
    assert second.word("outcome") == "refused"
    assert second.word("words").startswith("Another window is submitting.")
    assert f"(process {first.process_id})" in second.word("words")
    assert server.store.count() == 0
    assert server.faults.happened == []
    nursery.kill(first)


async def test_of_two_processes_that_submit_at_once_one_makes_the_connection(
    server: PracticeServer, nursery: Nursery, second_nursery: Nursery, state_home: Path
) -> None:
    order = Order(server.base_url, str(state_home), waits_before_create=True)
    first, second = nursery.start(order), second_nursery.start(order)
    nursery.wait_for(first, "ready")
    second_nursery.wait_for(second, "ready")
    nursery.write("go\n")
    second_nursery.write("go\n")
    nursery.wait_for_end(first)
    second_nursery.wait_for_end(second)
    assert server.store.count() == 1
    assert sorted([first.word("outcome"), second.word("outcome")]) == ["created", "refused"]
    refusal = first.word("words") or second.word("words")
    assert refusal.startswith(("Another window is submitting.", "A connection of this name has just appeared."))
    assert (await restart(server.base_url)).words is Words.CREATED


async def test_a_process_that_looked_before_another_created_does_not_create_a_second_one(
    server: PracticeServer, nursery: Nursery, second_nursery: Nursery, state_home: Path
) -> None:
    late = nursery.start(Order(server.base_url, str(state_home), waits_before_create=True))
    nursery.wait_for(late, "ready")
    made = second_nursery.run(Order(server.base_url, str(state_home)))
    nursery.write("go\n")
    nursery.wait_for_end(late)
    assert late.word("outcome") == "refused"
    assert made.word("id") in late.word("words")
    assert server.store.count() == 1


async def test_what_another_intent_is_known_to_have_made_is_not_taken_for_ours(
    server: PracticeServer, nursery: Nursery, state_home: Path
) -> None:
    nursery.run(Order(server.base_url, str(state_home), "before the request leaves"))
    nursery.run(Order(server.base_url, str(state_home)))
    (ours,) = find_unfinished().open_intents
    session = a_session(server.base_url)
    status_session = session.for_reconcile(ours)
    assert status_session.create is not None
    outcome = await status_session.create(lambda words: None)
    await session.close()
    assert isinstance(outcome, CannotTell)
    assert outcome.possible_ids == ()


@pytest.mark.parametrize("is_forgotten", [False, True], ids=["open", "forgotten"])
async def test_what_two_open_intents_may_have_made_is_said_to_be_of_neither(
    is_forgotten: bool, server: PracticeServer, nursery: Nursery, state_home: Path
) -> None:
    nursery.run(Order(server.base_url, str(state_home), "before the request leaves"))
    nursery.run(Order(server.base_url, str(state_home), "after the answer was received"))
    never_sent, sent = find_unfinished().open_intents
    (record,) = server.store.connections()
    if is_forgotten:
        Journal().conclude(sent.id)
        Journal().conclude(never_sent.id)
    session = a_session(server.base_url)
    for intent in (never_sent, sent):
        status_session = session.for_reconcile(intent)
        assert status_session.create is not None
        outcome = await status_session.create(lambda words: None)
        assert isinstance(outcome, CannotTell)
        assert outcome.possible_ids == (record.id,)
        assert record.id in outcome.what_to_do
    await session.close()


async def test_what_was_made_hours_later_is_not_taken_for_the_connection_of_an_intent(
    server: PracticeServer, nursery: Nursery, state_home: Path
) -> None:
    nursery.run(Order(server.base_url, str(state_home), "before the request leaves"))
    (intent,) = find_unfinished().open_intents
    nursery.run(Order(server.base_url, str(state_home.parent / "another-machine")))
    session = a_session(server.base_url)
    (record,) = server.store.connections()
    for hours, expected in ((3, CannotTell), (0, Created)):
        earlier = replace(intent, not_before=intent.not_before - timedelta(hours=hours))
        status_session = session.for_reconcile(earlier)
        assert status_session.create is not None
        outcome = await status_session.create(lambda words: None)
        assert isinstance(outcome, expected)
        if isinstance(outcome, CannotTell):
            assert outcome.possible_ids == (record.id,)
    await session.close()


async def test_what_is_found_is_told_when_the_journal_cannot_be_written(
    server: PracticeServer, nursery: Nursery, state_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nursery.run(Order(server.base_url, str(state_home), "after the answer was received"))
    (intent,) = find_unfinished().open_intents
    (record,) = server.store.connections()
    session = a_session(server.base_url)
    status_session = session.for_reconcile(intent)
    assert status_session.create is not None
    (state_home / "aep-tui" / "journal.jsonl").rename(state_home / "kept")
    (state_home / "aep-tui" / "journal.jsonl").mkdir()
    outcome = await status_session.create(lambda words: None)
    await session.close()
    assert isinstance(outcome, Created)
    assert outcome.connection.connection_id == record.id
