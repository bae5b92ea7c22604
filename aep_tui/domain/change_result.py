"""What a change or a delete of an existing connection leaves behind: the result on standard output."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class ChangeEnd(StrEnum):
    """What became of it, in the word that scripts know."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DELETED = "deleted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ChangeResult:
    """One change or delete that was sent; no secret is part of it.

    Attributes:
        end: what became of it.
        mode: "practice" or "live".
        connection_id, organization_id, sandbox_name: of the connection.
        name: as it is now, as far as that was seen.
        previous_etag: of the version that was changed.
        etag: of the version of now, "" when it is gone or nobody knows.
        state: the last state that was seen afterwards, "" when none was.
        test_passed: what the platform's own test said, None when it was not run or gave no answer.
        is_good: whether the connection is as one wants it afterwards.
    """

    end: ChangeEnd
    mode: str
    connection_id: str
    organization_id: str
    sandbox_name: str
    name: str = ""
    previous_etag: str = ""
    etag: str = ""
    state: str = ""
    test_passed: bool | None = None
    is_good: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether nobody knows what became of it."""
        return self.end is ChangeEnd.UNKNOWN

    @property
    def place_and_id(self) -> tuple[str, str, str, str]:
        """Which connection it is about."""
        return self.mode, self.organization_id, self.sandbox_name, self.connection_id

    def record(self) -> dict[str, Any]:
        """Return the result by the names that scripts know."""
        return {
            "result": self.end.value,
            "mode": self.mode,
            "id": self.connection_id,
            "name": self.name,
            "sandboxName": self.sandbox_name,
            "orgId": self.organization_id,
            "previousEtag": self.previous_etag,
            "etag": self.etag,
            "state": self.state,
            "testPassed": self.test_passed,
        }

    def to_json(self) -> str:
        """Return the result as one JSON object, indented, with a newline at the end."""
        return json.dumps(self.record(), indent=2, ensure_ascii=False) + "\n"
