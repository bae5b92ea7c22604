"""Makes tokens whose signature means nothing, for what is judged without a key."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

CLIENT_ID = "3MVG9-client"
SUBJECT = "integration@acme.com"


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def seconds(year: int, month: int, day: int, hour: int = 12) -> int:
    return int(datetime(year, month, day, hour, tzinfo=UTC).timestamp())


def token(header: object = None, *, signature: str = "s" * 342, without: str = "", **claims: object) -> str:
    """A good token on 2026-11-22, but for what is given."""
    whole = {
        "iss": CLIENT_ID,
        "sub": SUBJECT,
        "aud": "https://login.salesforce.com",
        "exp": seconds(2027, 3, 22),
        **claims,
    }
    whole.pop(without, None)
    return f"{part({'alg': 'RS256'} if header is None else header)}.{part(whole)}.{signature}"
