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
from aep_tui.preflight.reach import Host
from aep_tui.preflight.verdict import Verdict, failed, fine, skipped, warned

SKEW_WARNING: Final = timedelta(seconds=60)
SKEW_FAILURE: Final = timedelta(seconds=300)
_LONGEST_NAME: Final = 80


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


async def probe(host: Host, seconds: float, clock: Clock) -> Probe:
    """Ask `host` for its root, with no token and no key, and read nothing but the headers of the answer.

    Args:
        host: which one.
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
    client = make_http_client(host.url, TimeLimits(0.9 * seconds, 0.9 * seconds, seconds))
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


def tls_verdict(host: Host, found: Probe) -> Verdict:
    """Return what the check of TLS says."""
    if not host.has_tls:
        return skipped(_("{host} is this machine, and it is spoken to without TLS.").format(host=host.name))
    if found.has_handshake:
        return fine(
            _("{version}; the certificate was issued by {issuer} and is valid until {until}.").format(
                version=found.tls_version or "TLS", issuer=found.issuer or "?", until=found.valid_until or "?"
            )
        )
    if found.tls_problem:
        return failed(
            _("The certificate of {host} is not trusted, or TLS does not work: {reason}.").format(
                host=host.name, reason=found.tls_problem.rstrip(".")
            ),
            _(
                "Does a proxy of your company read along? Then put its authority's certificate (PEM) into a file and "
                "name that in SSL_CERT_FILE. Verification cannot be turned off."
            ),
            _("your network administrator"),
        )
    if host.proxy.address:
        return failed(
            _("The proxy {proxy} does not open the way to {host}: {reason}.").format(
                proxy=host.proxy.address, host=host.name, reason=found.trouble.rstrip(".")
            ),
            _("Check user and password in {variable}, and ask whether the proxy lets this host through.").format(
                variable=host.proxy.variable or "HTTPS_PROXY"
            ),
            _("your network administrator"),
        )
    return failed(
        _("TLS with {host} did not come about: {reason}.").format(host=host.name, reason=found.trouble.rstrip(".")),
        _("Try again. If it stays, ask whether a firewall stands between."),
        _("your network administrator"),
    )


def clock_verdict(host: Host, found: Probe) -> Verdict:
    """Return what the check of the clock says: a warning from 60 s, failed from 300 s."""
    if not found.has_answer:
        return skipped(
            _("{host} did not say what time it is: {reason}.").format(host=host.name, reason=found.trouble.rstrip("."))
        )
    if found.offset is None:
        return skipped(_("The answer of {host} has no readable Date.").format(host=host.name))
    seconds = round(abs(found.offset.total_seconds()))
    if abs(found.offset) < SKEW_WARNING:
        return fine(_("This machine and {host} differ by {seconds} s.").format(host=host.name, seconds=seconds))
    words = (
        _("This machine is {seconds} s behind {host}.")
        if found.offset > timedelta(0)
        else _("This machine is {seconds} s ahead of {host}.")
    )
    verdict = failed if abs(found.offset) >= SKEW_FAILURE else warned
    return verdict(
        words.format(seconds=seconds, host=host.name),
        _("Set the clock (NTP). Signed tokens and certificates that are in order look expired or not yet valid."),
        _("you"),
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
    return shortened(without_control_characters(text), 3 * _LONGEST_NAME)
