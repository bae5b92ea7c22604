"""What a wrapped token says about itself, for pages that must not see the token."""

from __future__ import annotations

from datetime import datetime

from aep_tui.domain.draft import Answer
from aep_tui.domain.jwt_claims import JwtInspection, inspect_jwt
from aep_tui.domain.secret import Secret


def inspection_of(token: Secret) -> JwtInspection:
    """Return what a signed token says; the token is not in it."""
    return inspect_jwt(token.get_secret_value())


def expiry_of(token: Secret | None) -> datetime | None:
    """Return when a token expires by its own words, None without one or when it does not say."""
    return inspection_of(token).expires_at if token is not None else None


def end_of_token(answer: Answer | None) -> str:
    """Return the day on which the token in an answer ends, like "2027-03-23" in UTC; "" for every other answer."""
    expires_at = expiry_of(answer) if isinstance(answer, Secret) else None
    return expires_at.date().isoformat() if expires_at is not None else ""
