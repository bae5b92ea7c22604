"""Every fault of the practice service, at a create, at a look and at a poll, in process and on a fake clock."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from aep_tui.flow_service.errors import ServiceUnavailable
from aep_tui.flow_service.retry import RetryWait
from aep_tui.practice.request_kind import RequestKind
from aep_tui.session.outcome import CannotTell, Created, NotCreated
from aep_tui.session.watch import PollFailed, StateSeen, WatchEnded, watch_connection
from tests.flow_service.helpers import SPEC_ID, a_request, everything_said_by
from tests.flow_service.in_process import InProcess
from tests.kit.canary import CANARY
from tests.kit.faults import FAULTS
from tests.session.creating import create_with as create

pytestmark = pytest.mark.anyio


@pytest.fixture
def practice() -> Iterator[InProcess]:
    with InProcess() as practice:
        yield practice


COMMITTED = sorted(name for name, fault in FAULTS.items() if fault.is_committed and name != "slow-drip")
HIDDEN = [name for name in sorted(FAULTS) if not FAULTS[name].is_committed and "429" not in name and "echo" not in name]


@pytest.mark.parametrize("name", [*COMMITTED, "slow-drip"])
async def test_a_create_whose_answer_was_lost_is_found_and_not_repeated(practice: InProcess, name: str) -> None:
    practice.faults.put(RequestKind.CREATE, FAULTS[name])
    async with practice.service() as service:
        outcome = await create(service, practice.clock)
    assert isinstance(outcome, Created), name
    assert bool(outcome.found_words)
    assert [record.id for record in practice.store.connections()] == [outcome.connection.connection_id]


@pytest.mark.parametrize("name", HIDDEN)
async def test_a_create_that_was_not_carried_out_is_not_claimed_and_not_repeated(
    practice: InProcess, name: str
) -> None:
    practice.faults.put(RequestKind.CREATE, FAULTS[name])
    async with practice.service() as service:
        outcome = await create(service, practice.clock)
    assert isinstance(outcome, CannotTell), name
    assert practice.store.count() == 0


@pytest.mark.parametrize("name", sorted(FAULTS))
async def test_a_look_that_fails_does_not_lose_the_connection(practice: InProcess, name: str) -> None:
    practice.faults.put(RequestKind.CREATE, FAULTS["504-after-commit"])
    practice.faults.put(RequestKind.LIST, None, FAULTS[name], FAULTS[name])
    async with practice.service() as service:
        outcome = await create(service, practice.clock)
    assert isinstance(outcome, Created), name
    assert practice.store.count() == 1


@pytest.mark.parametrize("name", sorted(FAULTS))
async def test_a_poll_that_fails_is_told_and_watching_goes_on(practice: InProcess, name: str) -> None:
    async with practice.service() as service:
        created = await service.create(a_request())
        practice.faults.put(RequestKind.READ, FAULTS[name])
        events = [event async for event in watch_connection(service, created.connection_id, clock=practice.clock)]
    assert [type(event) for event in events] == [PollFailed, StateSeen, WatchEnded]


@pytest.mark.parametrize("name", ["429-with-seconds", "429-with-date", "429-without-header"])
async def test_a_create_waits_after_429_and_is_carried_out_once(practice: InProcess, name: str) -> None:
    practice.faults.put(RequestKind.CREATE, FAULTS[name])
    waits: list[RetryWait] = []
    async with practice.service(waits.append) as service:
        outcome = await create(service, practice.clock)
    assert isinstance(outcome, Created)
    assert not bool(outcome.found_words)
    assert practice.store.count() == 1
    assert [wait.status for wait in waits] == [429]


async def test_an_echo_of_the_request_is_shown_without_its_secrets(practice: InProcess) -> None:
    practice.faults.put(RequestKind.CREATE, FAULTS["echoed-body"])
    async with practice.service() as service:
        outcome = await create(service, practice.clock)
    assert isinstance(outcome, NotCreated)
    assert "ACME Salesforce" in outcome.error.server_said
    assert CANARY not in everything_said_by(outcome.error)


@pytest.mark.parametrize("seed", range(20))
async def test_random_faults_make_no_second_connection_and_no_false_statement(practice: InProcess, seed: int) -> None:
    chance = random.Random(seed)
    practice.faults.put(RequestKind.CREATE, *[chance.choice([None, None, *FAULTS.values()]) for _each in range(4)])
    practice.faults.put(RequestKind.LIST, None, *[chance.choice([None, None, *FAULTS.values()]) for _each in range(6)])
    async with practice.service() as service:
        outcome = await create(service, practice.clock)
    ids = [record.id for record in practice.store.connections()]
    assert len(ids) <= 1
    if isinstance(outcome, Created):
        assert ids == [outcome.connection.connection_id]
    if isinstance(outcome, NotCreated):
        assert ids == []


async def test_a_service_that_is_down_is_told_after_the_retries(practice: InProcess) -> None:
    practice.faults.put(RequestKind.SANDBOXES, *[FAULTS["503-before-commit"]] * 4)
    async with practice.service() as service:
        with pytest.raises(ServiceUnavailable):
            await service.sandboxes()
    assert len(practice.clock.slept) == 3


async def test_a_list_of_more_than_one_page_is_read_to_its_end(practice: InProcess) -> None:
    async with practice.service() as service:
        for _number in range(101):
            await service.create(a_request())
        found = await service.find_connections(connection_spec_id=SPEC_ID, name="ACME Salesforce")
    assert len(found.connections) == 101
