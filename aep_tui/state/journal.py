"""The journal of intents: one line is on the disk before a create, change or delete leaves, one after its answer."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from aep_tui.domain.change_intent import ChangeIntent
from aep_tui.domain.intent import Intent, IntentOutcome, OtherIntents, OutcomeKind
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.translation import _, plural
from aep_tui.state.file_lock import is_locked_by_us
from aep_tui.state.journal_lines import JournalLine, begin_change_record, begin_record, is_cut_off, line_said
from aep_tui.state.paths import state_directory
from aep_tui.state.private_file import disk_problem, open_private_for_append, open_private_for_reading
from aep_tui.state.text_file import shown_path

FILE_NAME = "journal.jsonl"
LONGEST_READ = 64 * 1024 * 1024
"""Bytes that are read back, a second's work: 50 000 intents. What lies before them is told to be unread."""

_LONGEST_LINE = 1024 * 1024
_LOCKED_WITHIN: Final = 5.0
"""Seconds; who writes a line holds the lock for a moment, and a person looks at a page that stands still."""


Meant = TypeVar("Meant", Intent, ChangeIntent)


@dataclass(frozen=True, slots=True)
class JournalEntry(Generic[Meant]):
    """An intent and what is known about it.

    Attributes:
        intent: what was wanted.
        outcome: the last outcome that was written down, None when the program ended before.
        is_concluded: the person has seen the end of it, or does not want to hear of it any more.
    """

    intent: Meant
    outcome: IntentOutcome | None = None
    is_concluded: bool = False

    @property
    def is_open(self) -> bool:
        """Whether nobody knows yet what became of it."""
        return not (self.is_concluded or (self.outcome is not None and self.outcome.is_final))


@dataclass(frozen=True, slots=True)
class JournalReading:
    """What was found in the journal.

    Attributes:
        entries: the intents to create that were asked for, in the order of their begin.
        notes: sentences about what could not be read; a create or a change may stand there.
        open_changes: changes and deletes of which nobody knows whether they were carried out, in the same order.
    """

    entries: tuple[JournalEntry[Intent], ...] = ()
    notes: tuple[str, ...] = ()
    open_changes: tuple[ChangeIntent, ...] = ()

    @property
    def open_intents(self) -> tuple[Intent, ...]:
        """The intents of which nobody knows whether the connection exists."""
        return tuple(entry.intent for entry in self.entries if entry.is_open)

    @property
    def unconcluded_connections(self) -> tuple[JournalEntry[Intent], ...]:
        """The created connections whose end the person has not seen, for example after a lost SSH."""
        return tuple(entry for entry in self.entries if _is_unconcluded_connection(entry))


class Journal:
    """An append-only file of JSON lines; each line is on the disk before the call returns.

    A line that a kill or a power failure cut off was never answered for: nothing was sent after it, so it is passed
    over. Every other line that cannot be read is told.
    """

    def __init__(self, path: Path | None = None, secrets: Secrets | None = None) -> None:
        """Take the file, the one in the state directory when left out, and the secrets of this run for writing."""
        self._path = path
        self._secrets = secrets or Secrets()

    def begin(self, intent: Intent) -> None:
        """Write the intent down. Only after this call has returned may the request leave.

        Raises:
            SettingsProblem: the disk or another window does not let it be written; nothing may be sent then.
        """
        self._append(begin_record(intent))

    def begin_change(self, intent: ChangeIntent) -> None:
        """Write down that a connection is about to be changed or deleted. Only then may the request leave.

        Raises:
            SettingsProblem: the disk or another window does not let it be written; nothing may be sent then.
        """
        self._append(begin_change_record(intent))

    def finish(self, intent_id: str, outcome: IntentOutcome) -> None:
        """Write down what became of an intent; a later outcome replaces an earlier one.

        Raises:
            SettingsProblem: the disk or another window does not let it be written.
        """
        record = {"id": intent_id, "kind": outcome.kind.value, "connection_id": outcome.connection_id}
        # Words of the platform may stand in the explanation.
        self._append({"event": "finish", **record, "explanation": self._secrets.clean(outcome.explanation)})

    def conclude(self, intent_id: str) -> None:
        """Write down that the person has seen the end of an intent, or does not want to hear of it again.

        Raises:
            SettingsProblem: the disk or another window does not let it be written.
        """
        self._append({"event": "conclude", "id": intent_id})

    def entries(self) -> tuple[JournalEntry[Intent], ...]:
        """Return all intents with what is known about them, in the order of their begin.

        Raises:
            SettingsProblem: the file is not ours alone or cannot be read.
        """
        return self._read(lambda _entry: True).entries

    def unfinished(self) -> JournalReading:
        """Return the intents that a person should hear of at the next start.

        Raises:
            SettingsProblem: the file is not ours alone or cannot be read.
        """
        return self._read(lambda entry: entry.is_open or _is_unconcluded_connection(entry))

    def open_intents(self) -> tuple[Intent, ...]:
        """Return the intents of which nobody knows whether the connection exists.

        Raises:
            SettingsProblem: the file is not ours alone or cannot be read.
        """
        return self.unfinished().open_intents

    def others_like(self, intent: Intent) -> OtherIntents:
        """Return the other intents that may have made a connection which looks like that of `intent`.

        What a person forgot stays in: forgetting says nothing about the platform.

        Raises:
            SettingsProblem: the file is not ours alone or cannot be read.
        """
        others = self._read(lambda entry: entry.intent.id != intent.id and _is_like(entry.intent, intent)).entries
        return OtherIntents(
            frozenset(entry.outcome.connection_id for entry in others if entry.outcome and entry.outcome.connection_id),
            tuple(entry.intent for entry in others if entry.outcome is None or not entry.outcome.is_final),
        )

    def _append(self, record: Mapping[str, Any]) -> None:
        path = self._path or _default_path(create=True)
        line = json.dumps(record, ensure_ascii=True).encode() + b"\n"
        descriptor = open_private_for_append(path)
        try:
            if not is_locked_by_us(descriptor, path, within=_LOCKED_WITHIN):
                raise _held(path)
            size = os.fstat(descriptor).st_size
            rest = _rest(descriptor, size)
            if rest and line_said(rest) is None and is_cut_off(rest):
                size -= len(rest)
                os.ftruncate(descriptor, size)
            elif rest:
                line = b"\n" + line
            try:
                while line:
                    line = line[os.write(descriptor, line) :]
                os.fsync(descriptor)
            except OSError:
                # Nothing is sent now, so no line may stay behind that lets the next start speak of a create.
                with suppress(OSError):
                    os.ftruncate(descriptor, size)
                raise
        except OSError as error:
            raise SettingsProblem(
                _("The journal cannot be written"),
                _("The journal of connections cannot be written: {reason}").format(
                    reason=error.strerror or type(error).__name__
                ),
                _("Make room on the disk or correct the permissions; without the journal nothing is sent."),
            ) from None
        finally:
            os.close(descriptor)

    def _read(self, is_wanted: Callable[[JournalEntry[Intent]], bool]) -> JournalReading:
        """Return the entries for which `is_wanted`; what is not wanted any more is not held in memory."""
        path = self._path or _default_path(create=False)
        descriptor = open_private_for_reading(path)
        if descriptor is None:
            return JournalReading()
        entries: dict[str, JournalEntry[Intent]] = {}
        changes: dict[str, JournalEntry[ChangeIntent]] = {}
        unreadable = 0
        try:
            unread = max(0, os.fstat(descriptor).st_size - LONGEST_READ)
            for line in _lines(descriptor, unread):
                said = line_said(line)
                if said is None:
                    unreadable += 1
                elif (change := _entry_after(said, changes.get(said.intent_id), said.change)) is not None:
                    changes[change.intent.id] = change
                    if not change.is_open:
                        del changes[change.intent.id]
                elif (entry := _entry_after(said, entries.get(said.intent_id), said.intent)) is not None:
                    entries[entry.intent.id] = entry
                    if not is_wanted(entry):
                        del entries[entry.intent.id]
        except OSError as error:
            raise disk_problem(path, error) from None
        finally:
            os.close(descriptor)
        return JournalReading(
            tuple(entries.values()),
            tuple(_notes(path, unreadable, is_whole=not unread)),
            tuple(change.intent for change in changes.values()),
        )


def _default_path(*, create: bool) -> Path:
    return state_directory(create) / FILE_NAME


def _held(path: Path) -> SettingsProblem:
    return SettingsProblem(
        _("The journal is held by another window"),
        _(
            "Another aep-tui has been holding the journal of connections ({path}) for {seconds} seconds. A window "
            "that was stopped with Ctrl+Z or that hangs does not give it back. Nothing new is sent without it."
        ).format(path=shown_path(path), seconds=round(_LOCKED_WITHIN)),
        _("Let that window go on (type: fg) or end it, then try again."),
    )


def _is_unconcluded_connection(entry: JournalEntry[Intent]) -> bool:
    return entry.outcome is not None and entry.outcome.kind is OutcomeKind.CREATED and not entry.is_concluded


def _rest(descriptor: int, size: int) -> bytes:
    """Return what stands behind the last line end."""
    tail = os.pread(descriptor, _LONGEST_LINE, max(0, size - _LONGEST_LINE))
    return tail[tail.rfind(b"\n") + 1 :]


def _lines(descriptor: int, start: int) -> Iterator[bytes]:
    """Yield each line from `start` on, without a first or last one that is not whole."""
    with os.fdopen(descriptor, "rb", closefd=False) as stream:
        if start:
            stream.seek(start)
            stream.readline(_LONGEST_LINE)
        while line := stream.readline(_LONGEST_LINE):
            is_whole = line.endswith(b"\n") or line_said(line) is not None or not is_cut_off(line)
            if is_whole and line.strip():
                yield line


def _entry_after(
    line: JournalLine, entry: JournalEntry[Meant] | None, begun: Meant | None
) -> JournalEntry[Meant] | None:
    """Return an entry after one more line, None for a line about something else."""
    if entry is None:
        return None if begun is None else JournalEntry(begun)
    if line.intent is not None or line.change is not None:
        return entry
    return replace(entry, is_concluded=True) if line.outcome is None else replace(entry, outcome=line.outcome)


def _notes(path: Path, unreadable: int, *, is_whole: bool) -> Iterator[str]:
    if unreadable:
        yield plural(
            "One line of the journal of connections cannot be read, and a create or a change may stand in it. "
            "Look at the connections on the platform before you create or change one, then move {path} away.",
            "{count} lines of the journal of connections cannot be read, and a create or a change may stand in each. "
            "Look at the connections on the platform before you create or change one, then move {path} away.",
            unreadable,
        ).format(count=unreadable, path=shown_path(path))
    if not is_whole:
        yield _(
            "The journal of connections is too long to be read whole; of creates and changes at its beginning nothing "
            "is said. "
            "Look at the connections on the platform, then move {path} away."
        ).format(path=shown_path(path))


def _is_like(one: Intent, other: Intent) -> bool:
    is_same_choice = (one.connection_spec_id, one.name) == (other.connection_spec_id, other.name)
    return is_same_choice and one.place == other.place
