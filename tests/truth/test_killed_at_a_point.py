"""Kill -9 at every point around the create, then a restart: the report is true each time."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from aep_tui.practice.request_kind import RequestKind
from aep_tui.state.submit_lock import SubmitLock
from aep_tui.state.unfinished import find_unfinished
from tests.kit.canary import CANARY
from tests.kit.faults import FAULTS
from tests.kit.practice_server import PracticeServer
from tests.truth.nursery import Nursery, Run
from tests.truth.restart import Statement, Words, files_with_secret, restart
from tests.truth.submitter import POINTS, Order, a_live_target

pytestmark = pytest.mark.anyio

NOTHING_OPEN = (Words.NOTHING_OPEN, False)
LOOKED_AND_FOUND = (Words.CREATED, True)
LOOKED_IN_VAIN = (Words.CANNOT_TELL, True)
WATCHED = (Words.CREATED, False)

AFTER_A_DEATH = {
    "before the intent is written": NOTHING_OPEN,
    "in the middle of the intent": NOTHING_OPEN,
    "after the intent was written": LOOKED_IN_VAIN,
    "before the request leaves": LOOKED_IN_VAIN,
    "after the answer was received": LOOKED_AND_FOUND,
    "before the outcome is written": LOOKED_AND_FOUND,
    "in the middle of the outcome": LOOKED_AND_FOUND,
    "after the outcome was written": WATCHED,
    "during the watch": WATCHED,
}


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Wait until the server has come to a point."""
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not come"
        time.sleep(0.002)


async def hold_to_truth(server: PracticeServer, state_home: Path, run: Run, expected: tuple[Words, bool]) -> None:
    """Restart, and compare what is said then with what was expected and with what is."""
    assert run.was_killed, run.said
    assert files_with_secret(state_home.parent) == []
    assert CANARY not in repr(run.said)
    with SubmitLock(a_live_target(server.base_url).place):
        pass  # nobody holds it any more
    count = server.store.count()
    statement = await restart(server.base_url)
    assert statement.untruths(server.store) == []
    assert (statement.words, statement.was_looked_for) == expected
    assert server.store.count() == count
    assert files_with_secret(state_home.parent) == []


@pytest.mark.parametrize("point", POINTS)
async def test_a_process_that_dies(point: str, server: PracticeServer, nursery: Nursery, state_home: Path) -> None:
    run = nursery.run(Order(server.base_url, str(state_home), point))
    assert run.word("reached") == point
    await hold_to_truth(server, state_home, run, AFTER_A_DEATH[point])


@pytest.mark.parametrize(
    ("fault", "expected"),
    [("silence", LOOKED_IN_VAIN), ("silence-after-commit", LOOKED_AND_FOUND)],
    ids=["received-and-not-committed", "committed-and-not-answered"],
)
async def test_a_process_that_dies_while_the_platform_is_silent(
    fault: str, expected: tuple[Words, bool], server: PracticeServer, nursery: Nursery, state_home: Path
) -> None:
    server.faults.put(RequestKind.CREATE, FAULTS[fault])
    run = nursery.start(Order(server.base_url, str(state_home)))
    committed = int(FAULTS[fault].is_committed)
    wait_until(lambda: bool(server.faults.happened) and server.store.count() == committed, "the request")
    nursery.kill(run)
    await hold_to_truth(server, state_home, run, expected)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [("reset-after-commit", LOOKED_AND_FOUND), ("502-before-commit", LOOKED_IN_VAIN)],
)
async def test_a_process_that_dies_while_it_looks_for_a_lost_answer(
    fault: str, expected: tuple[Words, bool], server: PracticeServer, nursery: Nursery, state_home: Path
) -> None:
    server.faults.put(RequestKind.CREATE, FAULTS[fault])
    server.faults.put(RequestKind.LIST, None, None, FAULTS["silence"])
    run = nursery.start(Order(server.base_url, str(state_home)))
    wait_until(lambda: len(server.faults.happened) == 2, "the look")
    nursery.kill(run)
    await hold_to_truth(server, state_home, run, expected)


async def test_a_refusal_that_was_not_written_down(server: PracticeServer, nursery: Nursery, state_home: Path) -> None:
    server.faults.put(RequestKind.CREATE, FAULTS["echoed-body"])
    run = nursery.run(Order(server.base_url, str(state_home), "before the outcome is written"))
    await hold_to_truth(server, state_home, run, LOOKED_IN_VAIN)


async def test_a_refusal_that_was_written_down_leaves_nothing_open_and_no_secret(
    server: PracticeServer, nursery: Nursery, state_home: Path
) -> None:
    server.faults.put(RequestKind.CREATE, FAULTS["echoed-body"])
    run = nursery.run(Order(server.base_url, str(state_home), "after the outcome was written"))
    await hold_to_truth(server, state_home, run, NOTHING_OPEN)


async def test_a_create_that_arrives_after_the_first_look_is_found_by_the_second(
    server: PracticeServer, nursery: Nursery, state_home: Path
) -> None:
    order = Order(server.base_url, str(state_home), "before the request leaves")
    await hold_to_truth(server, state_home, nursery.run(order), LOOKED_IN_VAIN)
    # The request was stuck in a proxy and gets through now.
    late = nursery.run(Order(server.base_url, str(state_home.parent / "the-proxy")))
    statement = await restart(server.base_url)
    assert statement == Statement(Words.CREATED, late.word("id"), was_looked_for=True)
    assert statement.untruths(server.store) == []


async def test_a_journal_that_is_cut_off_at_any_byte(
    server: PracticeServer, nursery: Nursery, state_home: Path
) -> None:
    nursery.run(Order(server.base_url, str(state_home), "during the watch"))
    (record,) = server.store.connections()
    journal = state_home / "aep-tui" / "journal.jsonl"
    whole = journal.read_bytes()
    end_of_intent = whole.index(b"\n")
    for length in range(len(whole)):
        journal.write_bytes(whole[:length])
        unfinished = find_unfinished()
        assert not unfinished.notes
        # A request leaves only after the whole line was written; the line end itself decides nothing.
        assert len(unfinished.open_intents) == int(end_of_intent <= length < len(whole) - 1), length
        assert [entry.outcome.connection_id for entry in unfinished.connections if entry.outcome] == (
            [record.id] if length == len(whole) - 1 else []
        ), length


async def test_after_a_line_that_was_cut_off_the_next_create_is_remembered(
    server: PracticeServer, nursery: Nursery, state_home: Path
) -> None:
    nursery.run(Order(server.base_url, str(state_home), "in the middle of the intent"))
    run = nursery.run(Order(server.base_url, str(state_home), "in the middle of the outcome"))
    await hold_to_truth(server, state_home, run, LOOKED_AND_FOUND)
