"""The lines of the journal: what is written of an intent, and what a line that was read says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from aep_tui.domain.change_intent import ChangeIntent, ChangeKind
from aep_tui.domain.intent import Intent, IntentOutcome, OutcomeKind

_BEGINNING: Final = b'{"event": "'
"""How each line of ours begins, whole or cut off."""

_INSTANTS: Final = ("started_at", "not_before")
_TEXTS: Final = (
    *("id", "base_url", "organization_id", "sandbox_name", "api_key", "source_id", "auth_method_id"),
    *("connection_spec_id", "auth_spec_name", "name", "digest"),
)
_TEXTS_OF_A_CHANGE: Final = (
    *("id", "base_url", "organization_id", "sandbox_name"),
    *("connection_id", "name", "etag"),
)


@dataclass(frozen=True, slots=True)
class JournalLine:
    """What a line says of an intent: its begin, its outcome, or with none of them that its end was seen."""

    intent_id: str
    intent: Intent | None = None
    change: ChangeIntent | None = None
    outcome: IntentOutcome | None = None


def intent_record(intent: Intent) -> dict[str, Any]:
    """Return an intent as JSON can hold it."""
    record = asdict(intent)
    for key in _INSTANTS:
        record[key] = record[key].isoformat()
    return record


def begin_record(intent: Intent) -> dict[str, Any]:
    """Return the line that is written before a create leaves."""
    return {"event": "begin", "intent": intent_record(intent)}


def change_record(intent: ChangeIntent) -> dict[str, Any]:
    """Return the intent of a change as JSON can hold it."""
    record = asdict(intent)
    record["started_at"] = intent.started_at.isoformat()
    record["not_before"] = intent.not_before.isoformat() if intent.not_before is not None else None
    return record


def begin_change_record(intent: ChangeIntent) -> dict[str, Any]:
    """Return the line that is written before a change or a delete leaves."""
    return {"event": "begin-change", "change": change_record(intent)}


def is_cut_off(line: bytes) -> bool:
    """Return whether a line that cannot be read may be the first part of one of ours."""
    length = min(len(line), len(_BEGINNING))
    return line[:length] == _BEGINNING[:length]


def line_said(line: bytes) -> JournalLine | None:
    """Return what a line says, None when it cannot be read."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict):
        return None
    event, intent_id = record.get("event"), record.get("id")
    if event == "begin" and (intent := intent_from(record.get("intent"))) is not None:
        return JournalLine(intent.id, intent=intent)
    if event == "begin-change" and (change := change_from(record.get("change"))) is not None:
        return JournalLine(change.id, change=change)
    if event == "finish" and isinstance(intent_id, str) and (outcome := _outcome(record)) is not None:
        return JournalLine(intent_id, outcome=outcome)
    if event == "conclude" and isinstance(intent_id, str):
        return JournalLine(intent_id)
    return None


def intent_from(record: object) -> Intent | None:
    """Return the intent that `intent_record` has written, None for anything else."""
    if not isinstance(record, dict):
        return None
    values: dict[str, Any] = {key: record.get(key) for key in (*_TEXTS, *_INSTANTS)}
    known = record.get("known_connection_ids")
    if not all(isinstance(value, str) for value in values.values()) or not _is_known_list(known):
        return None
    instants = {key: _instant(values[key]) for key in _INSTANTS}
    if None in instants.values():
        return None
    return Intent(
        **{**values, **instants},
        known_connection_ids=None if known is None else tuple(known),
        knows_all_before=record.get("knows_all_before") is True,  # an older line does not say
        sent_digests=_digests(record.get("sent_digests")),
    )


def change_from(record: object) -> ChangeIntent | None:
    """Return the intent that `change_record` has written, None for anything else."""
    if not isinstance(record, dict):
        return None
    values: dict[str, Any] = {key: record.get(key) for key in _TEXTS_OF_A_CHANGE}
    started_at = _instant(record.get("started_at"))
    kind, names = record.get("kind"), record.get("secret_names")
    if not all(isinstance(value, str) for value in values.values()) or kind not in set(ChangeKind):
        return None
    if started_at is None:
        return None
    digests = _digests(record.get("digests"))
    return ChangeIntent(
        **values,
        started_at=started_at,
        kind=ChangeKind(kind),
        digests=digests,
        secret_names=tuple(names) if isinstance(names, list) and all(isinstance(one, str) for one in names) else (),
        # Without its digests a change is shown by everything, and proved by nothing.
        is_seen_in_result=record.get("is_seen_in_result") is True and bool(digests),
        not_before=_instant(record.get("not_before")),
    )


def _instant(text: object) -> datetime | None:
    """Return an aware instant, None when the text is none."""
    if not isinstance(text, str):
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant if instant.tzinfo is not None else None


def _digests(pairs: object) -> tuple[tuple[str, str], ...]:
    """Return the digests of what was sent; a part that cannot be read leaves the intent without proof of its own."""
    if not isinstance(pairs, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        return ()
    if not all(isinstance(text, str) for pair in pairs for text in pair):
        return ()
    return tuple((name, digest) for name, digest in pairs)


def _is_known_list(known: object) -> bool:
    return known is None or (isinstance(known, list) and all(isinstance(one, str) for one in known))


def _outcome(record: Mapping[str, Any]) -> IntentOutcome | None:
    kind, connection_id, explanation = (record.get(key) for key in ("kind", "connection_id", "explanation"))
    if kind not in set(OutcomeKind) or not isinstance(connection_id, str) or not isinstance(explanation, str):
        return None
    return IntentOutcome(OutcomeKind(kind), connection_id, explanation)
