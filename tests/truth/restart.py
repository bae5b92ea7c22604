"""What the next start says about what was left open, held against what really is on the platform."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from aep_tui.practice.store import PracticeStore
from aep_tui.session.outcome import CannotTell, Created
from aep_tui.session.watch import StateSeen, WatchEnd, WatchEnded
from aep_tui.state.unfinished import Unfinished, find_unfinished
from tests.kit.canary import CANARY
from tests.truth.submitter import a_session


class Words(StrEnum):
    """What a person reads after the restart."""

    NOTHING_OPEN = "nothing open"
    CREATED = "created"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Statement:
    """What the next start says.

    Attributes:
        words: in a nutshell.
        connection_id: of the connection that is said to exist, or "".
        was_looked_for: whether the person had to look, because the outcome was open.
    """

    words: Words
    connection_id: str = ""
    was_looked_for: bool = False

    def untruths(self, store: PracticeStore) -> list[str]:
        """Return what is wrong with it, in words; `store` is what really is."""
        ids = [record.id for record in store.connections()]
        problems = []
        if len(ids) > 1:
            problems.append(f"there are {len(ids)} connections")
        if self.words is Words.CREATED and self.connection_id not in ids:
            problems.append(f"it says that {self.connection_id} was created, and it was not")
        if self.words is Words.NOTHING_OPEN and ids:
            problems.append("it says that nothing is open, and there is a connection")
        if self.words is Words.CANNOT_TELL and ids:
            problems.append("it says that it cannot tell, and the connection stands in the list")
        return problems


async def restart(base_url: str) -> Statement:
    """Do what the wizard does at its next start, and what a person chooses there: look, or watch to the end."""
    unfinished = find_unfinished()
    assert not unfinished.notes
    if unfinished == Unfinished():
        return Statement(Words.NOTHING_OPEN)
    session = a_session(base_url)
    try:
        if unfinished.connections:
            (entry,) = unfinished.connections
            assert entry.outcome is not None
            connection_id, was_looked_for = entry.outcome.connection_id, False
            session.adopt(entry.intent)
            status_session = session.for_watch(connection_id)
        else:
            (intent,) = unfinished.open_intents
            status_session = session.for_reconcile(intent)
            assert status_session.create is not None
            outcome = await status_session.create(lambda words: None)
            if isinstance(outcome, CannotTell):
                assert find_unfinished().open_intents == (intent,)
                return Statement(Words.CANNOT_TELL, was_looked_for=True)
            assert isinstance(outcome, Created)
            assert find_unfinished().open_intents == ()
            connection_id, was_looked_for = outcome.connection.connection_id, True
        events = [event async for event in status_session.watch(connection_id)]
        assert any(isinstance(event, StateSeen) for event in events)
        assert events[-1] == WatchEnded(WatchEnd.ENABLED)
        session.conclude()
    finally:
        await session.close()
    assert find_unfinished() == Unfinished()
    return Statement(Words.CREATED, connection_id, was_looked_for)


def files_with_secret(directory: Path) -> list[Path]:
    """Return the files below `directory` in which the canary stands."""
    return [path for path in directory.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
