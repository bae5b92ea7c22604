"""Reads what a JSON Web Token says about itself, without a key and without trusting it.

The `jwtToken` of the Salesforce tutorial (AWS) is a signed assertion: three base64url parts, header `{"alg":"RS256"}`,
claims `iss` (client id), `sub` (Salesforce user name), `aud` (login address), `exp` (seconds). The access tokens of
Adobe have no `exp`: they say `created_at` and `expires_in`, both in milliseconds and as text.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from aep_tui.domain.light_dataclass import dataclass

LONGEST_READ: Final = 100_000
"""Longer texts are not taken apart."""
FIRST_MILLISECONDS: Final = 100_000_000_000
"""An `exp` above this is in milliseconds: in seconds it would be the year 5138 (Adobe's own table has that mistake)."""

_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")
_NUMBER = re.compile(r"\s*[0-9]{1,20}(?:\.[0-9]{1,20})?\s*")


class JwtProblem(StrEnum):
    """Why a text cannot be read as a signed token."""

    EMPTY = "empty"
    TOO_LONG = "too long to read"
    BEARER_PREFIX = "starts with the word Bearer"
    SURROUNDED_BY_QUOTES = "stands in quotation marks"
    INNER_BLANKS = "has blanks or line breaks inside"
    NOT_THREE_PARTS = "does not have three parts"
    ENCRYPTED = "has five parts: encrypted, not signed"
    NOT_BASE64URL = "a part is not base64url"
    HEADER_NOT_JSON = "the header is not a JSON object"
    CLAIMS_NOT_JSON = "the claims are not a JSON object"
    NO_SIGNATURE = "the signature is empty"
    EXP_NOT_A_NUMBER = "exp is not a number"


@dataclass(frozen=True, slots=True)
class JwtInspection:
    """What a token says; it does not hold the token.

    Attributes:
        algorithm: `alg` of the header, "" when it is missing or no text.
        issuer, subject: `iss` and `sub`, "" when missing or no text.
        audiences: `aud`, a text or a list of them; empty when missing.
        expires_at: `exp`, or else `created_at` and `expires_in`, as an aware instant in UTC (milliseconds are
            converted); None when missing or out of range.
        has_exp: whether there is an `exp` at all.
        has_exp_in_milliseconds: whether `exp` is a thousand times too big.
        is_adobe_token: the token was made by Adobe's login service, so it is the wrong token here.
        signature_length: of the signature, in bytes.
        problems: why it cannot be read, in the order in which they were found.
    """

    algorithm: str = ""
    issuer: str = ""
    subject: str = ""
    audiences: tuple[str, ...] = ()
    expires_at: datetime | None = None
    has_exp: bool = False
    has_exp_in_milliseconds: bool = False
    is_adobe_token: bool = False
    signature_length: int = 0
    problems: tuple[JwtProblem, ...] = ()

    @property
    def is_readable(self) -> bool:
        """Whether header and claims could be read."""
        return not self.problems or set(self.problems) <= {JwtProblem.NO_SIGNATURE, JwtProblem.EXP_NOT_A_NUMBER}


def inspect_jwt(text: str) -> JwtInspection:
    """Return what the token `text` says; total: any text has an answer."""
    token = text.strip()
    problem = _problem_of_text(token)
    if problem is not None:
        return JwtInspection(problems=(problem,))
    header_part, claims_part, signature = token.split(".")
    if not all(_BASE64URL.fullmatch(part) for part in (header_part, claims_part, signature) if part):
        return JwtInspection(problems=(JwtProblem.NOT_BASE64URL,))
    header, claims = _json_object(header_part), _json_object(claims_part)
    if header is None:
        return JwtInspection(problems=(JwtProblem.HEADER_NOT_JSON,))
    if claims is None:
        return JwtInspection(algorithm=_text(header.get("alg")), problems=(JwtProblem.CLAIMS_NOT_JSON,))
    return _inspection(header, claims, signature_length=len(signature) * 3 // 4 or len(signature))


def _problem_of_text(token: str) -> JwtProblem | None:
    if not token:
        return JwtProblem.EMPTY
    if len(token) > LONGEST_READ:
        return JwtProblem.TOO_LONG
    if token[:7].lower() == "bearer ":
        return JwtProblem.BEARER_PREFIX
    if token[0] in "\"'`“‘«" or token[-1] in "\"'`”’»":
        return JwtProblem.SURROUNDED_BY_QUOTES
    if len(token.split()) > 1:
        return JwtProblem.INNER_BLANKS
    parts = token.split(".")
    if len(parts) == 5:
        return JwtProblem.ENCRYPTED
    return None if len(parts) == 3 and parts[0] and parts[1] else JwtProblem.NOT_THREE_PARTS


def _inspection(header: Mapping[str, Any], claims: Mapping[str, Any], *, signature_length: int) -> JwtInspection:
    problems: list[JwtProblem] = []
    if not signature_length:
        problems.append(JwtProblem.NO_SIGNATURE)
    exp = claims.get("exp")
    seconds = _number(exp)
    if exp is not None and seconds is None:
        problems.append(JwtProblem.EXP_NOT_A_NUMBER)
    is_in_milliseconds = seconds is not None and seconds >= FIRST_MILLISECONDS
    if seconds is not None and is_in_milliseconds:
        seconds /= 1000
    return JwtInspection(
        algorithm=_text(header.get("alg")),
        issuer=_text(claims.get("iss")),
        subject=_text(claims.get("sub")),
        audiences=_texts(claims.get("aud")),
        expires_at=_end_by_life_time(claims) if seconds is None else _instant(seconds),
        has_exp=exp is not None,
        has_exp_in_milliseconds=is_in_milliseconds,
        is_adobe_token=_text(claims.get("as")).startswith("ims-") or _text(header.get("x5u")).startswith("ims"),
        signature_length=signature_length,
        problems=tuple(problems),
    )


def _end_by_life_time(claims: Mapping[str, Any]) -> datetime | None:
    created_at, expires_in = _number(claims.get("created_at")), _number(claims.get("expires_in"))
    return _instant((created_at + expires_in) / 1000) if created_at is not None and expires_in is not None else None


def _json_object(part: str) -> Mapping[str, Any] | None:
    try:
        decoded = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        value = json.loads(decoded.decode("utf-8"))
    except (binascii.Error, ValueError, RecursionError):
        # UnicodeDecodeError, JSONDecodeError and "too many digits" are ValueErrors.
        return None
    return value if isinstance(value, dict) else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(entry for entry in value if isinstance(entry, str) and entry)
    return (value,) if isinstance(value, str) and value else ()


def _number(value: object) -> float | None:
    """Return a claim as a number; Adobe writes numbers as text, its tokens and its published Java code alike."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        try:
            return float(value)
        except OverflowError:
            return None
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return float(value)
    return None


def _instant(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None
