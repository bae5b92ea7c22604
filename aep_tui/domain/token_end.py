"""What a wrapped token says about itself, for pages that must not see the token."""

from __future__ import annotations

from aep_tui.domain.draft import Answer
from aep_tui.domain.jwt_claims import JwtInspection, inspect_jwt
from aep_tui.domain.secret import Secret


def inspection_of(token: Secret) -> JwtInspection:
    """Return what a signed token says; the token is not in it."""
    return inspect_jwt(token.get_secret_value())


def end_of_token(answer: Answer | None) -> str:
    """Return the day on which the token in an answer ends, like "2027-03-23" in UTC; "" for every other answer."""
    expires_at = inspection_of(answer).expires_at if isinstance(answer, Secret) else None
    return expires_at.date().isoformat() if expires_at is not None else ""
