"""Changes of one target: one at a time, written down, and what an earlier run left open is looked into."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind, digests_of_change
from aep_tui.domain.connection import ConnectionStatus, CreatedConnection
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.place import Place
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.flow_service.errors import AuthenticationRequired, ConnectionFailed, NotFound
from aep_tui.session.change_outcome import Changed, ChangeUnknown, NotChanged
from aep_tui.session.change_session import ChangeSession
from aep_tui.state.journal import Journal
from aep_tui.state.submit_lock import SubmitLockTaken
from tests.kit.clock import START, FakeClock

pytestmark = pytest.mark.anyio

PLACE = Place("https://p", "o@AdobeOrg", "dev")
SEEN = ConnectionStatus("id-1", "enabled", name="Old", etag='"1"')
INTENT = ChangeIntent(
    id="c-1",
    started_at=START - timedelta(days=1),
    base_url=PLACE.base_url,
    organization_id=PLACE.organization_id,
    sandbox_name=PLACE.sandbox_name,
    connection_id="id-1",
    kind=ChangeKind.CHANGE,
    name="Old",
    etag='"1"',
    digests=digests_of_change("c-1", {"name": "New"}),
    is_seen_in_result=True,
)


class Platform:
    """One connection; each call is noted, with whether the lock was held."""

    server_time_offset = None

    def __init__(self) -> None:
        self.now: ConnectionStatus | None = SEEN
        self.is_locked = False
        self.calls: list[tuple[str, bool]] = []

    @contextmanager
    def lock(self) -> Iterator[None]:
        self.is_locked = True
        yield
        self.is_locked = False

    async def connection_status(self, connection_id: str, *, with_retries: bool = True) -> ConnectionStatus:
        self.calls.append(("look", self.is_locked))
        if self.now is None:
            error = NotFound("Not found", "The platform does not know it.", status=404)
            error.proves_refusal = True
            raise error
        return self.now

    async def change_connection(self, seen: ConnectionStatus, change: ConnectionChange) -> CreatedConnection:
        self.calls.append(("change", self.is_locked))
        return CreatedConnection(seen.connection_id, '"2"')

    async def delete_connection(self, connection_id: str, etag: str) -> None:
        self.calls.append((f"delete {connection_id} {etag}", self.is_locked))
        self.now = None


class Silent(Platform):
    async def delete_connection(self, connection_id: str, etag: str) -> None:
        raise ConnectionFailed("No network", "Nothing came back.")


class Expired(Platform):
    """Carries out what is sent, loses the answer to a change, and lets nobody look without another token."""

    is_expired = True

    async def connection_status(self, connection_id: str, *, with_retries: bool = True) -> ConnectionStatus:
        if self.is_expired:
            raise AuthenticationRequired("Token", "It has ended.", status=401)
        return await super().connection_status(connection_id, with_retries=with_retries)

    async def change_connection(self, seen: ConnectionStatus, change: ConnectionChange) -> CreatedConnection:
        raise ConnectionFailed("No network", "Nothing came back.")


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "journal.jsonl", Secrets())


@contextmanager
def no_lock() -> Iterator[None]:
    if PLACE:
        raise SettingsProblem("No lock", "This disk takes none.", "")
    yield


@contextmanager
def taken() -> Iterator[None]:
    if PLACE:
        raise SubmitLockTaken(PLACE, None)
    yield


async def test_a_change_and_a_delete_are_sent_once_under_the_lock() -> None:
    platform = Platform()
    session = ChangeSession(platform, PLACE, FakeClock(), None, platform.lock)
    assert await session.change(SEEN, ConnectionChange(name="New"), list[str]().append) == Changed('"2"')
    assert platform.calls == [("change", True)]
    platform.calls.clear()
    assert await session.delete(SEEN, list[str]().append) == Changed()
    assert platform.calls == [('delete id-1 "1"', True), ("look", True)]
    assert session.is_unclear is False


async def test_without_the_lock_nothing_is_sent() -> None:
    for lock in (taken, no_lock):
        platform = Platform()
        session = ChangeSession(platform, PLACE, FakeClock(), None, lock)
        with pytest.raises((SubmitLockTaken, SettingsProblem)):
            await session.change(SEEN, ConnectionChange(name="New"), list[str]().append)
        with pytest.raises((SubmitLockTaken, SettingsProblem)):
            await session.delete(SEEN, list[str]().append)
        assert platform.calls == []


async def test_what_an_earlier_run_left_open_is_looked_into_under_the_lock_and_written_down(journal: Journal) -> None:
    platform, told = Platform(), list[str]()
    journal.begin_change(INTENT)
    platform.now = replace(SEEN, name="New", etag='"2"')
    session = ChangeSession(platform, PLACE, FakeClock(), journal, platform.lock)
    outcome = await session.look_into(INTENT, told.append)
    assert isinstance(outcome, Changed)
    assert outcome.etag == '"2"'
    assert platform.calls == [("look", True)]
    assert told == ["Looking at the connection. Nothing is sent again."]
    assert journal.unfinished().open_changes == ()


async def test_a_token_that_has_ended_is_asked_for_in_each_of_the_three() -> None:
    platform, asked = Expired(), list[AuthenticationRequired]()
    session = ChangeSession(platform, PLACE, FakeClock(), None, platform.lock)

    async def has_another(refusal: AuthenticationRequired) -> bool:
        asked.append(refusal)
        platform.is_expired = False
        return True

    session.on_token_refused = has_another
    assert isinstance(await session.look_into(INTENT, list[str]().append), NotChanged)
    platform.is_expired = True
    assert await session.delete(SEEN, list[str]().append) == Changed()
    platform.is_expired, platform.now = True, replace(SEEN, name="New", etag='"2"')
    assert isinstance(await session.change(SEEN, ConnectionChange(name="New"), list[str]().append), Changed)
    assert len(asked) == 3


async def test_a_disk_without_locks_hides_no_answer_and_another_window_does(journal: Journal) -> None:
    journal.begin_change(INTENT)
    platform = Platform()
    session = ChangeSession(platform, PLACE, FakeClock(), journal, taken)
    with pytest.raises(SubmitLockTaken):
        await session.look_into(INTENT, list[str]().append)
    assert platform.calls == []
    assert journal.unfinished().open_changes == (INTENT,)
    session = ChangeSession(platform, PLACE, FakeClock(), journal, no_lock)
    assert isinstance(await session.look_into(INTENT, list[str]().append), NotChanged)
    assert journal.unfinished().open_changes == ()


async def test_a_change_of_which_nobody_knows_stays_unclear() -> None:
    platform = Silent()
    platform.now = replace(SEEN, etag='"7"')
    session = ChangeSession(platform, PLACE, FakeClock(), None, platform.lock)
    assert isinstance(await session.delete(SEEN, list[str]().append), ChangeUnknown)
    assert session.is_unclear is True
