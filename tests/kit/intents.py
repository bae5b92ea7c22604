"""A create that was sent and whose outcome is asked for, and what hid it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aep_tui.domain.candidates import digests_of
from aep_tui.domain.intent import Intent
from aep_tui.flow_service.errors import ServiceUnavailable
from tests.kit.clock import START

LOST: Final = ServiceUnavailable(
    "Lost",
    "A gateway gave up.",
    status=502,
    code="X-1",
    request_id="r-1",
    server_said="Bad gateway",
    who_can_fix="Adobe",
)
"""What stands in the place of an answer that was lost."""


def an_intent(parameters: Mapping[str, str], *, api_key: str, auth_spec_name: str) -> Intent:
    """Return a create of "ACME" with these parameters, sent at `START`; the connection "old" was there before."""
    return Intent(
        id="i",
        started_at=START,
        base_url="https://platform.adobe.io",
        organization_id="ACME@AdobeOrg",
        sandbox_name="dev",
        api_key=api_key,
        source_id="salesforce",
        auth_method_id="oauth2",
        connection_spec_id="spec",
        name="ACME",
        digest="0" * 64,
        not_before=START,
        auth_spec_name=auth_spec_name,
        known_connection_ids=("old",),
        knows_all_before=True,
        sent_digests=digests_of("i", "", parameters),
    )
