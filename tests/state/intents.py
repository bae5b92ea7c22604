"""What is remembered of a create, for tests and for the processes that they start, which load nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

from aep_tui.domain.intent import Intent, IntentOutcome, OutcomeKind

NOW = datetime(2026, 11, 22, 1, 2, 3, 456789, tzinfo=UTC)
CREATED = IntentOutcome(OutcomeKind.CREATED, "c-1")


def intent(intent_id: str, **changes: object) -> Intent:
    values: dict[str, object] = {
        "id": intent_id,
        "started_at": NOW,
        "base_url": "https://platform.adobe.io",
        "organization_id": "ACME@AdobeOrg",
        "sandbox_name": "dev",
        "api_key": "key-1",
        "source_id": "salesforce",
        "auth_method_id": "basic-authentication",
        "connection_spec_id": "spec",
        "name": 'ACME "é"\n{}',
        "digest": "0" * 64,
        "not_before": NOW,
        "auth_spec_name": "Basic Authentication",
        "known_connection_ids": ("c-0",),
    }
    return Intent(**{**values, **changes})  # type: ignore[arg-type]  # a dictionary of all fields
