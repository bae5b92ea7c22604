"""What the next start says about a change or a delete that was left open, held against what really is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from aep_tui.practice.store import ConnectionRecord, PracticeStore
from aep_tui.session.change_outcome import Changed, NotChanged
from aep_tui.state.unfinished import Unfinished, find_unfinished
from tests.flow_service.helpers import a_request
from tests.kit.practice_server import PracticeServer
from tests.truth.submitter import NAME, a_session


class ChangeWords(StrEnum):
    """What a person reads after the restart."""

    NOTHING_OPEN = "nothing open"
    CHANGED = "changed or gone"
    NOT_CHANGED = "not changed"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class ChangeStatement:
    """What the next start says.

    Attributes:
        words: in a nutshell.
        etag: the version that was seen before the request; "" when nothing is open.
        is_seen_in_result: whether the platform shows the change.
    """

    words: ChangeWords
    etag: str = ""
    is_seen_in_result: bool = True

    def untruths(self, store: PracticeStore, made_etag: str, home: Path) -> list[str]:
        """Return what is wrong with it, in words.

        Args:
            store: what really is.
            made_etag: the version before the request.
            home: the disk of the dead.
        """
        records = store.connections()
        problems = []
        if self.words is ChangeWords.NOTHING_OPEN:
            # Of what was told to its end nothing is open; else nothing may have been carried out.
            journal = home / "aep-tui" / "journal.jsonl"
            is_told = journal.exists() and '"event": "finish"' in journal.read_text().rpartition("begin-change")[2]
            is_untouched = len(records) == 1 and records[0].etag == made_etag
            if not is_told and not is_untouched:
                problems.append("it says that nothing is open, and the connection is another one")
            return problems
        is_carried_out = not records or records[0].etag != self.etag
        if self.words is ChangeWords.CHANGED and not is_carried_out:
            problems.append("it says that it was carried out, and it was not")
        if self.words is ChangeWords.NOT_CHANGED and is_carried_out:
            problems.append("it says that it was not carried out, and it was")
        if self.words is ChangeWords.CANNOT_TELL and (self.is_seen_in_result or not is_carried_out):
            problems.append("it says that it cannot tell, and it shows")
        return problems


async def made(server: PracticeServer) -> ConnectionRecord:
    """Make the connection that is changed, and return it."""
    session = a_session(server.base_url)
    try:
        await session.here.service.create(a_request(NAME))
    finally:
        await session.close()
    (record,) = server.store.connections()
    return record


async def restart_after_change(base_url: str) -> ChangeStatement:
    """Do what the next start does, and what a person chooses there: look into it."""
    unfinished = find_unfinished()
    assert not unfinished.notes
    if unfinished == Unfinished():
        return ChangeStatement(ChangeWords.NOTHING_OPEN)
    (intent,) = unfinished.open_changes
    session = a_session(base_url)
    try:
        outcome = await session.changes.look_into(intent, lambda _words: None)
    finally:
        await session.close()
    words = ChangeWords.CANNOT_TELL
    if isinstance(outcome, Changed):
        words = ChangeWords.CHANGED
    elif isinstance(outcome, NotChanged):
        words = ChangeWords.NOT_CHANGED
    still_open = find_unfinished().open_changes
    assert still_open == ((intent,) if words is ChangeWords.CANNOT_TELL else ())
    return ChangeStatement(words, intent.etag, intent.is_seen_in_result or not intent.digests)
