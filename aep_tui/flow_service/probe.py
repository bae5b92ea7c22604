"""One request without any credential: whether TLS works, what the certificate says, what time the server has."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import httpx

from aep_tui.domain.clock import Clock
from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.translation import _
from aep_tui.flow_service.exchange import TimeLimits, make_http_client
from aep_tui.flow_service.retry_after import http_date

_LONGEST_WORDS: Final = 240
"""Characters of what a certificate or OpenSSL says; more is cut."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What the request showed.

    Attributes:
        has_answer: the server sent an answer, of whatever status.
        has_handshake: TLS came about.
        offset: how far the server's clock is ahead of ours, or None without a `Date`.
        tls_version, issuer, valid_until: of the connection and the certificate; "" when not known.
        tls_problem: why TLS did not come about; "" when it did, or when it was not the reason.
        trouble: why there is no answer, in a few words; "" when there is one.
    """

    has_answer: bool = False
    has_handshake: bool = False
    offset: timedelta | None = None
    tls_version: str = ""
    issuer: str = ""
    valid_until: str = ""
    tls_problem: str = ""
    trouble: str = ""


async def probe(base_url: str, seconds: float, clock: Clock) -> Probe:
    """Ask a host for its root, with no token and no key, and read nothing but the headers of the answer.

    Args:
        base_url: scheme, host and port.
        seconds: for all of it.
        clock: compared with the `Date` of the answer.

    Raises:
        SettingsProblem: proxy or certificates of the environment cannot be used.
    """
    seen: dict[str, str] = {}

    async def trace(event: str, details: dict[str, Any]) -> None:
        if event.endswith("start_tls.complete"):
            seen.update(handshake="yes", **_certificate(details.get("return_value")))

    trouble, tls_problem, offset, has_answer = "", "", None, False
    # A handshake that hangs is ended by httpx, a little earlier: it closes the connection, which a cancel would not.
    client = make_http_client(base_url, TimeLimits(0.9 * seconds, 0.9 * seconds, seconds))
    try:
        async with asyncio.timeout(seconds):
            asked_at = clock.now()
            async with client.stream("GET", "/", extensions={"trace": trace}) as answer:
                has_answer = True
                offset = _offset(answer.headers.get("date", ""), asked_at, clock.now())
    except (TimeoutError, httpx.TimeoutException):
        trouble = _("no answer within {seconds:g} s").format(seconds=seconds)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        tls_problem = _tls_problem(error)
        trouble = _clean(tls_problem or str(error) or type(error).__name__)
    finally:
        await client.aclose()
    return Probe(
        has_answer=has_answer,
        has_handshake="handshake" in seen,
        offset=offset,
        tls_version=seen.get("version", ""),
        issuer=seen.get("issuer", ""),
        valid_until=seen.get("until", ""),
        tls_problem=_clean(tls_problem),
        trouble=trouble,
    )


def _offset(header: str, asked_at: datetime, answered_at: datetime) -> timedelta | None:
    date = http_date(header) if header else None
    if date is None:
        return None
    # `Date` is cut to the second, and was written somewhere between question and answer.
    return date + timedelta(seconds=0.5) - (asked_at + (answered_at - asked_at) / 2)


def _certificate(stream: Any) -> dict[str, str]:  # noqa: ANN401 - httpcore's network stream
    connection = stream.get_extra_info("ssl_object") if stream is not None else None
    if connection is None:
        return {}
    certificate = connection.getpeercert() or {}
    issuer = {key: value for part in certificate.get("issuer", ()) for key, value in part}
    return {
        "version": connection.version() or "",
        "issuer": _clean(issuer.get("organizationName") or issuer.get("commonName") or ""),
        "until": _clean(certificate.get("notAfter", "")),
    }


def _tls_problem(error: BaseException) -> str:
    """Return the words of OpenSSL when it stands behind `error`, else ""."""
    current: BaseException | None = error
    while current is not None:
        if isinstance(current, ssl.SSLCertVerificationError):
            return current.verify_message or str(current)
        if isinstance(current, ssl.SSLError):
            return current.reason or str(current)
        current = current.__cause__ or current.__context__
    return ""


def _clean(text: str) -> str:
    return shortened(without_control_characters(text), _LONGEST_WORDS)
