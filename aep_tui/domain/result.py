"""What a session leaves behind: the result on standard output."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.safe_text import without_control_characters


@dataclass(frozen=True, slots=True)
class ConnectionResult:
    """The connection that a session created or watched; no secret is part of it.

    Attributes:
        mode: "practice" or "live".
        connection_id, etag, location: as the platform said them; the etag's quotes are part of it.
        state: the last state that was seen, "" when none was.
        name, organization_id, sandbox_name, cloud, source, auth_spec_name: what it was created with.
        notices: titles of the lifecycle notices that were acknowledged.
        request_id: the request id of the create, "" when the platform sent none.
        test_passed: what the platform's own test said, None when it was not run or gave no answer.
    """

    mode: str
    connection_id: str
    etag: str = ""
    location: str = ""
    state: str = ""
    name: str = ""
    organization_id: str = ""
    sandbox_name: str = ""
    cloud: str = ""
    source: str = ""
    auth_spec_name: str = ""
    notices: tuple[str, ...] = ()
    request_id: str = ""
    test_passed: bool | None = None

    def record(self) -> dict[str, Any]:
        """Return the result by the names that scripts know."""
        names = {"connection_id": "id", "organization_id": "orgId", "sandbox_name": "sandboxName"}
        names |= {"auth_spec_name": "authSpecName", "request_id": "requestId", "test_passed": "testPassed"}
        return {names.get(key, key): value for key, value in asdict(self).items()}

    def to_json(self) -> str:
        """Return the result as one JSON object, indented, with a newline at the end."""
        return json.dumps(self.record(), indent=2, ensure_ascii=False) + "\n"

    def to_text(self) -> str:
        """Return the result for people, a line a value."""
        return "\n".join(f"{label:<13} {value}" for label, value in self.rows())

    def rows(self) -> tuple[tuple[str, str], ...]:
        """Return label and value of what is known; no value steers a terminal."""
        rows = (
            ("id", self.connection_id),
            ("etag", self.etag),
            ("location", self.location),
            ("state", self.state),
            ("name", self.name),
            ("organization", self.organization_id),
            ("sandbox", self.sandbox_name),
            ("request id", self.request_id),
        )
        return tuple((label, without_control_characters(value)) for label, value in rows if value)
