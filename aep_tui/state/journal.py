"""The journal of intents: one line is on the disk before a create leaves, one after it was answered."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from aep_tui.domain.intent import Intent, IntentOutcome, OtherIntents, OutcomeKind
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.redaction import redacted_by_name_and_shape
from aep_tui.domain.translation import _
from aep_tui.state.private_file import open_private_for_append

FILE_NAME = "journal.jsonl"
_TAIL = 1024 * 1024
"""Bytes that are read back; more than a thousand intents."""

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


class Journal:
    """An append-only file of JSON lines; each line is on the disk before the call returns.

    A line that was cut off by a kill or a power failure is passed over.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Take the file; the one in the state directory when left out."""
        if path is None:
            from aep_tui.state.paths import state_directory

            path = state_directory() / FILE_NAME
        self._path = path

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
        # Words of the platform may stand in the explanation; whatever looks like a secret stays out of the file.
        record["explanation"] = redacted_by_name_and_shape(outcome.explanation)
        self._append({"event": "finish", **record})

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
        entries: dict[str, JournalEntry] = {}
        for record in self._records():
            if record.get("event") == "begin":
                intent = _intent(record.get("intent"))
                if intent is not None:
                    entries.setdefault(intent.id, JournalEntry(intent))
                continue
            entry = entries.get(str(record.get("id")))
            if entry is None:
                continue
            if record.get("event") == "conclude":
                entries[entry.intent.id] = replace(entry, is_concluded=True)
            elif record.get("event") == "finish" and (outcome := _outcome(record)) is not None:
                entries[entry.intent.id] = replace(entry, outcome=outcome)
        return tuple(entries.values())

    def open_intents(self) -> tuple[Intent, ...]:
        """Return the intents of which nobody knows whether the connection exists.

        Raises:
            SettingsProblem: the file is not ours alone or cannot be read.
        """
        return tuple(entry.intent for entry in self.entries() if entry.is_open)

    def unconcluded_connections(self) -> tuple[JournalEntry, ...]:
        """Return the created connections whose end the person has not seen, for example after a lost SSH.

        Raises:
            SettingsProblem: the file is not ours alone or cannot be read.
        """
        return tuple(
            entry
            for entry in self.entries()
            if entry.outcome and entry.outcome.kind is OutcomeKind.CREATED and not entry.is_concluded
        )

    def others_like(self, intent: Intent) -> OtherIntents:
        """Return the other intents that may have made a connection which looks like that of `intent`.

        What a person forgot stays in: forgetting says nothing about the platform.

        Raises:
            SettingsProblem: the file is not ours alone or cannot be read.
        """
        others = [entry for entry in self.entries() if entry.intent.id != intent.id and _is_like(entry.intent, intent)]
        return OtherIntents(
            frozenset(entry.outcome.connection_id for entry in others if entry.outcome and entry.outcome.connection_id),
            tuple(entry.intent for entry in others if entry.outcome is None or not entry.outcome.is_final),
        )

    def _append(self, record: Mapping[str, Any]) -> None:
        import fcntl

        line = json.dumps(record, ensure_ascii=True).encode() + b"\n"
        descriptor = open_private_for_append(self._path)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            size = os.fstat(descriptor).st_size
            if size and os.pread(descriptor, 1, size - 1) != b"\n":
                # The line before was cut off; ours must not become its end.
                line = b"\n" + line
            while line:
                line = line[os.write(descriptor, line) :]
            os.fsync(descriptor)
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

    def _records(self) -> Iterator[Mapping[str, Any]]:
        if not self._path.parent.is_dir() or not (self._path.exists() or self._path.is_symlink()):
            return
        descriptor = open_private_for_append(self._path)
        try:
            size = os.fstat(descriptor).st_size
            content = os.pread(descriptor, _TAIL, max(0, size - _TAIL))
        finally:
            os.close(descriptor)
        lines = content.split(b"\n")
        for line in lines[1:] if size > _TAIL else lines:
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(record, dict):
                yield record


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
    return Intent(**values, known_connection_ids=None if known is None else tuple(known))


def _is_like(one: Intent, other: Intent) -> bool:
    names = ("base_url", "organization_id", "sandbox_name", "connection_spec_id", "name")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _is_known_list(known: object) -> bool:
    return known is None or (isinstance(known, list) and all(isinstance(one, str) for one in known))


def _outcome(record: Mapping[str, Any]) -> IntentOutcome | None:
    kind, connection_id, explanation = (record.get(key) for key in ("kind", "connection_id", "explanation"))
    if kind not in set(OutcomeKind) or not isinstance(connection_id, str) or not isinstance(explanation, str):
        return None
    return IntentOutcome(OutcomeKind(kind), connection_id, explanation)
