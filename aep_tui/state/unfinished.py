"""What earlier runs of the program left open, for example after a kill, a hang-up or a lost connection."""

from __future__ import annotations

from dataclasses import dataclass

from aep_tui.domain.change_intent import ChangeIntent
from aep_tui.domain.intent import Intent
from aep_tui.domain.problem import SettingsProblem
from aep_tui.state.draft_store import DraftStore, SavedDraft
from aep_tui.state.journal import Journal, JournalEntry


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What a person should hear of at the next start.

    Attributes:
        open_intents: creates of which nobody knows whether they made a connection.
        connections: created connections whose end nobody has seen.
        saved: the answers of an unfinished walk, or None.
        notes: files that cannot be used, in sentences.
        open_changes: changes and deletes of which nobody knows whether they were carried out.
    """

    open_intents: tuple[Intent, ...] = ()
    connections: tuple[JournalEntry[Intent], ...] = ()
    saved: SavedDraft | None = None
    notes: tuple[str, ...] = ()
    open_changes: tuple[ChangeIntent, ...] = ()


def find_unfinished() -> Unfinished:
    """Return what is open; reads two files, and never fails for what stands in them."""
    notes: list[str] = []
    open_intents: tuple[Intent, ...] = ()
    connections: tuple[JournalEntry[Intent], ...] = ()
    open_changes: tuple[ChangeIntent, ...] = ()
    try:
        reading = Journal().unfinished()
        open_intents, connections = reading.open_intents, reading.unconcluded_connections
        open_changes = reading.open_changes
        notes += reading.notes
    except SettingsProblem as problem:
        notes.append(problem.message)
    drafts = DraftStore().left_by_others()
    notes += drafts.notes
    return Unfinished(open_intents, connections, drafts.newest, tuple(notes), open_changes)
