"""One request and its answer over HTTP: time limits, size limit, no redirects, every failure in the error tree."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from aep_tui import __version__
from aep_tui.domain.clock import Clock
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.redaction import Redactor
from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.translation import _
from aep_tui.flow_service.advice import Subject
from aep_tui.flow_service.authentication import KnowsSecrets
from aep_tui.flow_service.errors import PlatformError
from aep_tui.flow_service.failures import error_of_answer, error_of_exception, too_slow, unreadable
from aep_tui.flow_service.proxies import ProxyChoice, proxy_for

LARGEST_ANSWER: Final = 1_000_000
"""Bytes of an answer that are read; the rest stays on the wire (R10)."""

_REQUEST_ID_HEADERS = ("x-request-id", "x-adobe-request-id")
_LONGEST_REQUEST_ID: Final = 80
_OUR_KEYS: Final = frozenset(
    {"items", "id", "state", "name", "etag", "version", "createdAt", "updatedAt", "createdClient", "sandboxName"}
    | {"description"}
    | {"connectionSpec", "auth", "specName", "params", "_links", "next", "href", "authSpec", "sandboxes", "title"}
    | {"type", "region", "isDefault", "result"}
    | {"createdBy", "updatedBy", "baseConnectionId", "sourceConnectionIds", "inheritedAttributes", "sourceConnections"}
    | {"baseConnection", "scheduleParams", "startTime", "frequency", "interval", "lastRunDetails", "startedAtUTC"}
    | {"completedAtUTC", "flowId", "metrics", "durationSummary", "recordSummary", "failedRecordCount", "failedInfo"}
    | {"statusSummary", "status", "errors", "code", "message", "activities", "activites", "extensions", "errorDetail"}
    | {"sourceSpec", "attributes", "uiAttributes", "label", "text", "connectorName", "path", "schema", "columns"}
)
"""Keys that are read; they stay readable even where a secret is the same word."""

_Model = TypeVar("_Model", bound=BaseModel)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Seconds after which a wait for the network ends.

    Attributes:
        connect: for TCP and for TLS, each.
        read: without a single byte of the answer; also for writing.
        whole: for one request with its answer, so that a dripping answer ends too (the gateway
            itself gives up after 60).
    """

    connect: float = 5.0
    read: float = 30.0
    whole: float = 75.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A 2xx answer.

    Attributes:
        status: the HTTP status.
        headers: of the answer.
        body: at most `LARGEST_ANSWER` bytes.
        redactor: removes the secrets that the server may echo; knows nothing for an answer that brings a secret.
        public_words: texts that are no secret even when they hold the value of one.
    """

    status: int
    headers: httpx.Headers = field(repr=False)
    body: bytes = field(repr=False)
    redactor: Redactor = Redactor({})  # noqa: RUF009  # never changes
    public_words: frozenset[str] = frozenset()

    @property
    def request_id(self) -> str:
        """The id that Adobe's support asks for, at most 80 characters, or ""."""
        given = next((name for name in _REQUEST_ID_HEADERS if self.headers.get(name)), "")
        return shortened(without_control_characters(self.header(given)), _LONGEST_REQUEST_ID)

    def header(self, name: str) -> str:
        """Return a header without secrets, or ""."""
        return self._without_secrets(str(self.headers.get(name, "")))

    def parsed(self) -> object:
        """Return the JSON value of the body, without secrets.

        Raises:
            UnreadableAnswer: the body is no JSON.
        """
        try:
            value: object = json.loads(self.body)
            return self._cleaned(value)
        except (ValueError, RecursionError):
            pass  # Raised below, outside, so that the exception does not carry the body along.
        raise unreadable(self.status, _("Its body is no JSON."), self.request_id)

    def read_as(self, model: type[_Model]) -> _Model:
        """Return the body as `model`.

        Raises:
            UnreadableAnswer: the body is no JSON object, or lacks what `model` cannot do without.
        """
        return self.valid(model, self.parsed())

    def valid(self, model: type[_Model], value: object) -> _Model:
        """Return a part of the body as `model`.

        Raises:
            UnreadableAnswer: as `read_as`.
        """
        if isinstance(value, dict):
            try:
                return model.model_validate(value)
            except ValidationError:
                pass  # It would carry the values along.
        raise unreadable(self.status, _("Its body is not what the documents describe."), self.request_id)

    def _cleaned(self, value: object) -> object:
        if isinstance(value, str):
            return self._without_secrets(value)
        if isinstance(value, list):
            return [self._cleaned(each) for each in value]
        if isinstance(value, dict):
            return {self._key(key): self._cleaned(each) for key, each in value.items()}
        if isinstance(value, int | float) and not isinstance(value, bool):
            text = str(value)
            return value if (clean := self._without_secrets(text)) == text else clean
        return value

    def _key(self, key: str) -> str:
        return key if key in _OUR_KEYS else self._without_secrets(key)

    def _without_secrets(self, text: str) -> str:
        return text if text in self.public_words else self.redactor.without_known_values(text)


def make_http_client(
    base_url: str,
    limits: TimeLimits,
    *,
    embedded_application: Callable[..., Any] | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> httpx.AsyncClient:
    """Return a client that always verifies TLS, follows no redirect, and honours SSL_CERT_FILE and HTTPS_PROXY.

    Args:
        base_url: checked by `checked_base_url`.
        limits: the time limits.
        embedded_application: an ASGI application that answers in the same process.
        transport: answers in the place of the network.

    Raises:
        SettingsProblem: SSL_CERT_FILE, SSL_CERT_DIR or a proxy variable cannot be used.
    """
    silence_http_loggers()
    certificates = os.environ.get("SSL_CERT_FILE", "")
    if certificates and os.path.exists(certificates) and not os.path.isfile(certificates):
        raise SettingsProblem(
            _("The network cannot be set up"),
            _("SSL_CERT_FILE names something that is no file, and reading it might never end."),
            _("Name a file of certificates in PEM form, or remove the variable."),
        )
    if embedded_application is not None:
        transport = httpx.ASGITransport(app=embedded_application, raise_app_exceptions=False)
    # No proxy stands between a program and its own machine, and none before an answer that is handed in.
    proxy = proxy_for(base_url) if transport is None else ProxyChoice()
    if proxy.problem:
        raise SettingsProblem(
            _("The network cannot be set up"),
            proxy.problem,
            _("Write the proxy like http://host:port, or remove the variable."),
        )
    try:
        return httpx.AsyncClient(
            base_url=base_url,
            transport=transport,
            # What the environment says of proxies and certificates is read here, and nothing else of it.
            trust_env=False,
            proxy=proxy.url or None,
            # An answer that is handed in comes over no TLS, and reading the certificates takes 20 ms.
            verify=transport is not None
            or httpx.create_ssl_context(verify=True, trust_env=not base_url.startswith("http://")),
            follow_redirects=False,
            timeout=httpx.Timeout(limits.read, connect=limits.connect, pool=limits.connect),
            headers={
                "Accept": "application/json",
                "Accept-Encoding": "identity",
                "User-Agent": f"aep-tui/{__version__}",
            },
        )
    except (ValueError, OSError, ssl.SSLError, httpx.InvalidURL, ImportError):
        pass  # The text of the exception may hold the password of the proxy.
    raise _network_problem(proxy)


def _network_problem(proxy: ProxyChoice) -> SettingsProblem:
    words = _("SSL_CERT_FILE or SSL_CERT_DIR cannot be used.")
    if proxy.variable:
        words = _("SSL_CERT_FILE, SSL_CERT_DIR or {proxy} cannot be used.").format(proxy=proxy.variable)
    return SettingsProblem(
        _("The network cannot be set up"),
        words,
        _("Correct or remove the variable: a readable file of certificates, a proxy like http://host:port."),
    )


async def send(
    client: httpx.AsyncClient,
    request: httpx.Request,
    *,
    limits: TimeLimits,
    clock: Clock,
    redactor: Redactor,
    authentication: httpx.Auth | None = None,
    on_headers: Callable[[Mapping[str, str]], None] | None = None,
    subject: Subject | None = None,
) -> Answer:
    """Send `request` once and return its answer when that is a 2xx.

    Args:
        client: from `make_http_client`.
        request: what to send.
        limits: the time limits.
        clock: for a `Retry-After` that names a date, in an answer that has no `Date`.
        redactor: knows the secrets of the request, for error texts.
        authentication: puts the token in. With one, the good answer says no secret either; without one it is asked for
            a token, and that has to come through.
        on_headers: sees the headers of every answer.
        subject: what the request is about, for the advice in an error; by default reading something of no source.

    Raises:
        PlatformError: everything that can go wrong with a request.
    """
    host = request.url.netloc.decode("ascii", errors="replace")
    started = clock.monotonic()
    failure: PlatformError
    try:
        async with asyncio.timeout(limits.whole):
            response = await client.send(request, auth=authentication, stream=True)
            try:
                if on_headers is not None:
                    on_headers(response.headers)
                body, trouble = await _body(response)
            finally:
                await response.aclose()
    except TimeoutError:
        failure = too_slow(host, limits.whole)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        failure = error_of_exception(error, host, _with_secrets_of(authentication, redactor))
    else:
        # Asked only now: the authentication may have obtained the token for this very request.
        redactor = _with_secrets_of(authentication, redactor)
        _log_answer(request, response, clock.monotonic() - started, redactor)
        if response.is_success and not trouble:
            hidden = redactor if authentication is not None else Redactor({})
            return Answer(response.status_code, response.headers, body, hidden)
        if response.is_success:
            failure = unreadable(response.status_code, trouble)
        else:
            failure = error_of_answer(response.status_code, response.headers, body, redactor, clock.now(), subject)
    if failure.status is None:
        _log.debug("%s %s%s: no answer (%s)", request.method, host, request.url.path, failure.title)
    # Raised here and not where it was caught: a chained exception would carry the request with its secrets along.
    raise failure


def _log_answer(request: httpx.Request, response: httpx.Response, seconds: float, redactor: Redactor) -> None:
    """Write a request down without its query, headers and body; the server's id of it may repeat the token."""
    request_id = response.headers.get("x-request-id") or response.headers.get("x-adobe-request-id") or "none"
    _log.debug(
        "%s %s%s: HTTP %d in %.0f ms, request id %s",
        request.method,
        request.url.host,
        request.url.path,
        response.status_code,
        seconds * 1000,
        redactor.without_known_values(str(request_id)),
    )


def _with_secrets_of(authentication: httpx.Auth | None, redactor: Redactor) -> Redactor:
    if isinstance(authentication, KnowsSecrets):
        return redactor.merged_with(authentication.redactor())
    return redactor


async def _body(response: httpx.Response) -> tuple[bytes, str]:
    """Return the body up to the size limit, and why it cannot be used, "" when it can.

    Requests ask for no compression. What is compressed all the same stays unread: a kilobyte can hold a gigabyte.
    """
    if is_compressed(response):
        return b"", _("It is compressed, which was not asked for.")
    chunks = bytearray()
    async for chunk in response.aiter_bytes():
        chunks += chunk
        if len(chunks) > LARGEST_ANSWER:
            return bytes(chunks[:LARGEST_ANSWER]), _("It is longer than any answer that the documents describe.")
    return bytes(chunks), ""


def is_compressed(response: httpx.Response) -> bool:
    """Return whether the body would have to be inflated."""
    return response.headers.get("content-encoding", "").strip().lower() not in {"", "identity"}


class _OnlyWarnings(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= logging.WARNING


_only_warnings = _OnlyWarnings()
_HTTP_LOGGERS = (
    "httpx",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
)


def silence_http_loggers() -> None:
    """Keep httpx and httpcore from logging URLs, headers and bodies, whatever the log level of the program is."""
    for name in _HTTP_LOGGERS:
        logging.getLogger(name).addFilter(_only_warnings)
