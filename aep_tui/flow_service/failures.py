"""Turns what went wrong with a request into the error tree: an error answer, or an exception of the network."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import httpx

from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.translation import _
from aep_tui.flow_service.advice import Subject, advice_for, advice_for_a_foreign_answer
from aep_tui.flow_service.error_body import read_error_body
from aep_tui.flow_service.errors import (
    AuthenticationRequired,
    ConnectionFailed,
    NotFound,
    PermissionRefused,
    PlatformError,
    RateLimited,
    RequestRefused,
    ServiceUnavailable,
    UnreadableAnswer,
)
from aep_tui.flow_service.retry_after import http_date, seconds_to_wait

_NEVER_LEFT = (
    httpx.ConnectError,  # refused, unknown host, unreachable, TLS handshake
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,  # the proxy did not open the tunnel
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
"""Failures before the first byte of the request (httpx, "Transports": all that its own `retries` covers)."""


def error_of_answer(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    secrets: Secrets,
    now: datetime,
    subject: Subject | None = None,
) -> PlatformError:
    """Return the error for an answer that is not 2xx.

    Args:
        status: the HTTP status.
        headers: of the answer.
        body: of the answer, possibly cut.
        secrets: of this run.
        now: for a `Retry-After` that names a date, when the answer does not say by its own `Date` what time it is.
        subject: what the request was about; by default reading something of no source.
    """
    if status < 400:
        return UnreadableAnswer(
            _("An unexpected answer"),
            _("The server answered with HTTP status {status} where a result belongs.").format(status=status),
            _("Check the base URL, and whether a proxy or a sign-in page stands between you and the platform."),
            status=status,
        )
    said = read_error_body(status, headers, body, secrets)
    # Nobody documents such an answer: a proxy or a firewall may have replaced the platform's own.
    is_foreign = 400 <= status < 500 and bool(body.strip()) and not said.is_platform_shape
    advice = advice_for_a_foreign_answer() if is_foreign else advice_for(said.code, status, said.text, subject)
    kind, title = _kind_and_title(status)
    error = kind(
        title,
        advice.meaning,
        advice.next_step,
        status=status,
        code=said.code,
        request_id=said.request_id,
        server_said=said.text,
        who_can_fix=advice.who_can_fix,
    )
    if isinstance(error, RateLimited | ServiceUnavailable):
        # Both dates come from one clock, the server's: ours may be wrong by minutes.
        server_now = http_date(headers.get("date", "")) or now
        error.retry_after = seconds_to_wait(headers.get("retry-after", ""), server_now)
    error.proves_refusal = 400 <= status < 500 and said.proves_refusal
    error.is_from_platform = not is_foreign
    return error


def _kind_and_title(status: int) -> tuple[type[PlatformError], str]:
    if status == 401:
        return AuthenticationRequired, _("The access token was not accepted")
    if status == 403:
        return PermissionRefused, _("Not permitted")
    if status == 404:
        return NotFound, _("Not found")
    if status == 429:
        return RateLimited, _("Too many requests")
    if status >= 500:
        return ServiceUnavailable, _("The platform could not answer")
    return RequestRefused, _("The platform refused the request")


def error_of_exception(failure: httpx.HTTPError | httpx.InvalidURL, host: str, secrets: Secrets) -> ConnectionFailed:
    """Return the error for a failure of the network.

    Args:
        failure: what httpx raised; its text is shown.
        host: where the request was going.
        secrets: of this run.
    """
    request_left = not isinstance(failure, _NEVER_LEFT)
    if isinstance(failure, httpx.TimeoutException):
        message = (
            _("{host} did not answer in time.").format(host=host)
            if request_left
            else _("No connection to {host} came about in time.").format(host=host)
        )
    elif request_left:
        message = _("The connection to {host} broke before the answer was complete.").format(host=host)
    else:
        message = _("No connection to {host} came about.").format(host=host)
    error = ConnectionFailed(
        _("The network failed"),
        message,
        _("Check the network, the proxy (HTTPS_PROXY) and the certificates (SSL_CERT_FILE), then try again."),
        who_can_fix=_("you"),
        request_left=request_left,
    )
    error.reported = shortened(without_control_characters(secrets.clean(str(failure))))
    return error


def too_slow(host: str, seconds: float) -> ConnectionFailed:
    """Return the error for an answer that took longer than the whole request may take."""
    return ConnectionFailed(
        _("The network failed"),
        _("The answer of {host} was not complete after {seconds:g} seconds.").format(host=host, seconds=seconds),
        _("Try again; if it stays, check the network and the proxy."),
        who_can_fix=_("you"),
    )


def unreadable(status: int, reason: str, request_id: str = "") -> UnreadableAnswer:
    """Return the error for a 2xx answer that cannot be used; `reason` is a sentence."""
    return UnreadableAnswer(
        _("The answer cannot be read"),
        _("The platform answered with HTTP status {status}. {reason}").format(status=status, reason=reason),
        _("Check the base URL and whether a proxy changes answers; if it stays, tell Adobe's support."),
        status=status,
        request_id=request_id,
    )


def failed_test(status: int, said: str, request_id: str = "") -> RequestRefused:
    """Return the error for a 2xx answer which says that the test of a connection has failed, in words of its own.

    Args:
        status: of HTTP.
        said: by the server on why it failed.
        request_id: of the answer, "" when it has none.
    """
    error = RequestRefused(
        _("The test has failed"),
        _("The platform could not use the connection."),
        _("Check its credentials at the source."),
        status=status,
        request_id=request_id,
        server_said=said,
    )
    error.proves_refusal = True
    return error
