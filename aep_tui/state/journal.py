"""The journal of intents: one line is on the disk before a create leaves, one after it was answered."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from aep_tui.domain.intent import Intent, IntentOutcome, OtherIntents, OutcomeKind
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.translation import _, plural
from aep_tui.state.file_lock import is_locked_by_us
from aep_tui.state.paths import state_directory
from aep_tui.state.private_file import disk_problem, open_private_for_append, open_private_for_reading
from aep_tui.state.text_file import shown_path

FILE_NAME = "journal.jsonl"
LONGEST_READ = 64 * 1024 * 1024
"""Bytes that are read back, a second's work: 50 000 intents. What lies before them is told to be unread."""

_LONGEST_LINE = 1024 * 1024
_BEGINNING = b'{"event": "'
"""How each line of ours begins, whole or cut off."""

_INSTANTS = ("started_at", "not_before")
_TEXTS = (
    *("id", "base_url", "organization_id", "sandbox_name", "api_key", "source_id", "auth_method_id"),
    *("connection_spec_id", "auth_spec_name", "name", "digest"),
)


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An intent and what is known about it.

    Attributes:
        intent: what was wanted.
        outcome: the last outcome that was written down, None when the program ended before.
        is_concluded: the person has seen the end of it.
    """

    intent: Intent
    outcome: IntentOutcome | None = None
    is_concluded: bool = False

    @property
    def is_open(self) -> bool:
        """Whether nobody knows yet if the connection exists."""
        return not (self.is_concluded or (self.outcome is not None and self.outcome.is_final))


@dataclass(frozen=True, slots=True)
class JournalReading:
    """What was found in the journal.

    Attributes:
        entries: the intents that were asked for, in the order of their begin.
        notes: sentences about what could not be read; a create may stand there.
    """

    entries: tuple[JournalEntry, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def open_intents(self) -> tuple[Intent, ...]:
        """The intents of which nobody knows whether the connection exists."""
        return tuple(entry.intent for entry in self.entries if entry.is_open)

    @property
    def unconcluded_connections(self) -> tuple[JournalEntry, ...]:
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
            SettingsProblem: the disk does not take it; nothing may be sent then.
        """
        record = asdict(intent)
        for key in _INSTANTS:
            record[key] = record[key].isoformat()
        self._append({"event": "begin", "intent": record})

    def finish(self, intent_id: str, outcome: IntentOutcome) -> None:
        """Write down what became of an intent; a later outcome replaces an earlier one.

        Raises:
            SettingsProblem: the disk does not take it.
        """
        record = {"id": intent_id, "kind": outcome.kind.value, "connection_id": outcome.connection_id}
        # Words of the platform may stand in the explanation.
        self._append({"event": "finish", **record, "explanation": self._secrets.clean(outcome.explanation)})

    def conclude(self, intent_id: str) -> None:
        """Write down that the person has seen the end of an intent, or does not want to hear of it again.

        Raises:
            SettingsProblem: the disk does not take it.
        """
        self._append({"event": "conclude", "id": intent_id})

    def entries(self) -> tuple[JournalEntry, ...]:
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
            is_locked_by_us(descriptor, path, waits=True)
            size = os.fstat(descriptor).st_size
            try:
                _write_line(descriptor, line, size)
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

    def _read(self, is_wanted: Callable[[JournalEntry], bool]) -> JournalReading:
        """Return the entries for which `is_wanted`; what is not wanted any more is not held in memory."""
        path = self._path or _default_path(create=False)
        descriptor = open_private_for_reading(path)
        if descriptor is None:
            return JournalReading()
        entries: dict[str, JournalEntry] = {}
        unreadable = 0
        try:
            unread = max(0, os.fstat(descriptor).st_size - LONGEST_READ)
            for line in _lines(descriptor, unread):
                change = _change_in(line)
                if change is None:
                    unreadable += 1
                elif (entry := _entry_after(change, entries)) is not None:
                    entries[entry.intent.id] = entry
                    if not is_wanted(entry):
                        del entries[entry.intent.id]
        except OSError as error:
            raise disk_problem(path, error) from None
        finally:
            os.close(descriptor)
        return JournalReading(tuple(entries.values()), tuple(_notes(path, unreadable, is_whole=not unread)))


@dataclass(frozen=True, slots=True)
class _Change:
    """What a line says of an intent: its begin, its outcome, or with neither that its end was seen."""

    intent_id: str
    intent: Intent | None = None
    outcome: IntentOutcome | None = None


def _default_path(*, create: bool) -> Path:
    return state_directory(create) / FILE_NAME


def _is_unconcluded_connection(entry: JournalEntry) -> bool:
    return entry.outcome is not None and entry.outcome.kind is OutcomeKind.CREATED and not entry.is_concluded


def _write_line(descriptor: int, line: bytes, size: int) -> None:
    tail = os.pread(descriptor, _LONGEST_LINE, max(0, size - _LONGEST_LINE))
    rest = tail[tail.rfind(b"\n") + 1 :]
    if rest and _change_in(rest) is None and _is_cut_off(rest):
        os.ftruncate(descriptor, size - len(rest))
    elif rest:
        line = b"\n" + line
    while line:
        line = line[os.write(descriptor, line) :]
    os.fsync(descriptor)


def _lines(descriptor: int, start: int) -> Iterator[bytes]:
    """Yield each line from `start` on, without a first or last one that is not whole."""
    with os.fdopen(descriptor, "rb", closefd=False) as stream:
        if start:
            stream.seek(start)
            stream.readline(_LONGEST_LINE)
        while line := stream.readline(_LONGEST_LINE):
            is_whole = line.endswith(b"\n") or _change_in(line) is not None or not _is_cut_off(line)
            if is_whole and line.strip():
                yield line


def _is_cut_off(line: bytes) -> bool:
    length = min(len(line), len(_BEGINNING))
    return line[:length] == _BEGINNING[:length]


def _change_in(line: bytes) -> _Change | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict):
        return None
    event, intent_id = record.get("event"), record.get("id")
    if event == "begin" and (intent := _intent(record.get("intent"))) is not None:
        return _Change(intent.id, intent=intent)
    if event == "finish" and isinstance(intent_id, str) and (outcome := _outcome(record)) is not None:
        return _Change(intent_id, outcome=outcome)
    if event == "conclude" and isinstance(intent_id, str):
        return _Change(intent_id)
    return None


def _entry_after(change: _Change, entries: Mapping[str, JournalEntry]) -> JournalEntry | None:
    entry = entries.get(change.intent_id)
    if entry is None:
        return None if change.intent is None else JournalEntry(change.intent)
    if change.intent is not None:
        return entry
    return replace(entry, is_concluded=True) if change.outcome is None else replace(entry, outcome=change.outcome)


def _notes(path: Path, unreadable: int, *, is_whole: bool) -> Iterator[str]:
    if unreadable:
        yield plural(
            "One line of the journal of connections cannot be read, and a create may stand in it. "
            "Look at the connections on the platform before you create one, then move {path} away.",
            "{count} lines of the journal of connections cannot be read, and a create may stand in each. "
            "Look at the connections on the platform before you create one, then move {path} away.",
            unreadable,
        ).format(count=unreadable, path=shown_path(path))
    if not is_whole:
        yield _(
            "The journal of connections is too long to be read whole; of creates at its beginning nothing is said. "
            "Look at the connections on the platform, then move {path} away."
        ).format(path=shown_path(path))


def _intent(record: object) -> Intent | None:
    if not isinstance(record, dict):
        return None
    values: dict[str, Any] = {key: record.get(key) for key in (*_TEXTS, *_INSTANTS)}
    known = record.get("known_connection_ids")
    if not all(isinstance(value, str) for value in values.values()) or not _is_known_list(known):
        return None
    try:
        values |= {key: datetime.fromisoformat(values[key]) for key in _INSTANTS}
    except ValueError:
        return None
    if any(values[key].tzinfo is None for key in _INSTANTS):
        return None
    return Intent(
        **values,
        known_connection_ids=None if known is None else tuple(known),
        knows_all_before=record.get("knows_all_before") is True,  # an older line does not say
        sent_digests=_digests(record.get("sent_digests")),
    )


def _digests(pairs: object) -> tuple[tuple[str, str], ...]:
    """Return the digests of what was sent; a part that cannot be read leaves the intent without proof of its own."""
    if not isinstance(pairs, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        return ()
    if not all(isinstance(text, str) for pair in pairs for text in pair):
        return ()
    return tuple((name, digest) for name, digest in pairs)


def _is_like(one: Intent, other: Intent) -> bool:
    is_same_choice = (one.connection_spec_id, one.name) == (other.connection_spec_id, other.name)
    return is_same_choice and one.place == other.place


def _is_known_list(known: object) -> bool:
    return known is None or (isinstance(known, list) and all(isinstance(one, str) for one in known))


def _outcome(record: Mapping[str, Any]) -> IntentOutcome | None:
    kind, connection_id, explanation = (record.get(key) for key in ("kind", "connection_id", "explanation"))
    if kind not in set(OutcomeKind) or not isinstance(connection_id, str) or not isinstance(explanation, str):
        return None
    return IntentOutcome(OutcomeKind(kind), connection_id, explanation)
