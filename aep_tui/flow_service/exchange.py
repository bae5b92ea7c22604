"""One request and its answer over HTTP: time limits, size limit, no redirects, every failure in the error tree."""

from __future__ import annotations

import asyncio
import logging
import os
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, TypeVar

import httpx

from aep_tui import __version__
from aep_tui.domain.clock import Clock
from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.domain.target import checked_base_url
from aep_tui.domain.translation import _
from aep_tui.flow_service.advice import Subject
from aep_tui.flow_service.answer import Answer, answer_of
from aep_tui.flow_service.embedded import EmbeddedService
from aep_tui.flow_service.errors import PlatformError
from aep_tui.flow_service.failures import error_of_answer, error_of_exception, too_slow, unreadable
from aep_tui.flow_service.proxies import ProxyChoice, proxy_for
from aep_tui.flow_service.reading_only import refuse_a_change

LARGEST_ANSWER: Final = 1_000_000
"""Bytes of an answer that are read; the rest stays on the wire (R10)."""

LARGEST_LIST_OF_SPECIFICATIONS: Final = 8_000_000
"""The one list that comes in one piece, some seventy sources and more with all their schemas (no paging is known)."""
_SPECIFICATIONS: Final = "/connectionSpecs"
_LONGEST_ON_THE_LOOP: Final = 50_000
"""Bytes of a body that are read without a thread, in two or three milliseconds."""

_Read = TypeVar("_Read")

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
class Wire:
    """How a client reaches a host, and what no answer from there may say.

    Attributes:
        base_url: scheme and host, as `checked_base_url` returns them.
        clock: measures requests; the time for a `Retry-After` that names a date in an answer that has no `Date`.
        secrets: of this run; they are taken out of every answer where its bytes become text.
        limits: the time limits.
        transport: answers in the place of the network; None for the network.
        is_read_only: nothing leaves that could change something, whatever asks for it.

    Raises:
        SettingsProblem: the base URL cannot be used.
    """

    base_url: str
    clock: Clock = field(repr=False)
    secrets: Secrets = field(repr=False)
    limits: TimeLimits = TimeLimits()
    transport: httpx.AsyncBaseTransport | None = field(default=None, repr=False)
    is_read_only: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "base_url", checked_base_url(self.base_url))

    def client(self) -> httpx.AsyncClient:
        """Return a client that always verifies TLS, follows no redirect, and honours SSL_CERT_FILE and HTTPS_PROXY.

        Raises:
            SettingsProblem: SSL_CERT_FILE, SSL_CERT_DIR or a proxy variable cannot be used.
        """
        client = make_http_client(self.base_url, self.limits, self.transport)
        if self.is_read_only:
            client.event_hooks = {"request": [refuse_a_change]}
        return client


def embedded(application: Callable[..., Any]) -> httpx.AsyncBaseTransport:
    """Return what lets an ASGI application answer in the same process (practice mode)."""
    return EmbeddedService(application)


class _NoCookies(httpx.Cookies):
    """Keeps none, whatever an answer sets: a request carries what it is given and nothing of an earlier answer."""

    def extract_cookies(self, response: httpx.Response) -> None:
        """Leave the answer's cookies where they are."""


class _ClosingClient(httpx.AsyncClient):
    """A client that keeps no cookies and closes every connection, also when it is cancelled meanwhile.

    A check that a person does not wait for is cancelled, and once more when the program ends. The library stops closing
    at such a second time, and leaves the rest of its connections open.
    """

    @property
    def cookies(self) -> httpx.Cookies:
        """None at all, in a new object each time."""
        return _NoCookies()

    @cookies.setter
    def cookies(self, cookies: object) -> None:
        """Take none."""

    async def aclose(self) -> None:
        """Close all connections, which takes no longer than some turns of the loop."""
        closing = asyncio.ensure_future(super().aclose())
        is_cancelled = False
        while not closing.done():
            try:
                await asyncio.shield(closing)
            except asyncio.CancelledError:
                is_cancelled = True
        if is_cancelled:
            raise asyncio.CancelledError


def request_of(
    wire: Wire,
    client: httpx.AsyncClient,
    method: str,
    path: str,
    headers: Mapping[str, str],
    content: bytes | None = None,
) -> httpx.Request:
    """Return a request to a path on the host of `wire`, and never to another host, whatever the path says.

    Args:
        wire: where it goes.
        client: from `wire`.
        method: for example "GET".
        path: with its query.
        headers: further ones than those of the client.
        content: the body; None for none.
    """
    return client.build_request(method, _address(wire.base_url, path), headers=headers, content=content)


@lru_cache(maxsize=64)
def _address(base_url: str, path: str) -> httpx.URL:
    """Return a whole address; the library looks at each character of one, and the same few are asked for each time."""
    return httpx.URL(f"{base_url}/{path.lstrip('/')}")


def make_http_client(
    base_url: str, limits: TimeLimits, transport: httpx.AsyncBaseTransport | None = None
) -> httpx.AsyncClient:
    """Return a client as `Wire.client`.

    Args:
        base_url: checked by `checked_base_url`.
        limits: the time limits.
        transport: answers in the place of the network.

    Raises:
        SettingsProblem: SSL_CERT_FILE, SSL_CERT_DIR or a proxy variable cannot be used.
    """
    certificates = os.environ.get("SSL_CERT_FILE", "")
    if certificates and os.path.exists(certificates) and not os.path.isfile(certificates):
        raise SettingsProblem(
            _("The network cannot be set up"),
            _("SSL_CERT_FILE names something that is no file, and reading it might never end."),
            _("Name a file of certificates in PEM form, or remove the variable."),
        )
    # No proxy stands between a program and its own machine, and none before an answer that is handed in.
    proxy = proxy_for(base_url) if transport is None else ProxyChoice()
    if proxy.problem:
        raise SettingsProblem(
            _("The network cannot be set up"),
            proxy.problem,
            _("Write the proxy like http://host:port, or remove the variable."),
        )
    try:
        return _ClosingClient(
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
    wire: Wire,
    client: httpx.AsyncClient,
    request: httpx.Request,
    *,
    authentication: httpx.Auth | None = None,
    public_words: frozenset[str] = frozenset(),
    on_headers: Callable[[Mapping[str, str]], None] | None = None,
    subject: Subject | None = None,
) -> Answer:
    """Send `request` once and return its answer when that is a 2xx.

    Args:
        wire: limits and secrets.
        client: from `wire`.
        request: what to send.
        authentication: puts the token in. Without one the request asks for a token, and that has to come through: then
            only an error is without secrets.
        public_words: texts that are no secret even when they hold the value of one.
        on_headers: sees the headers of every answer.
        subject: what the request is about, for the advice in an error; by default reading something of no source.

    Raises:
        PlatformError: everything that can go wrong with a request.
    """
    host = request.url.netloc.decode("ascii", errors="replace")
    started = wire.clock.monotonic()
    failure: PlatformError
    try:
        async with asyncio.timeout(wire.limits.whole):
            response = await client.send(request, auth=authentication, stream=True)
            try:
                if on_headers is not None:
                    on_headers(response.headers)
                is_list_of_specifications = request.url.path.endswith(_SPECIFICATIONS)
                most = LARGEST_LIST_OF_SPECIFICATIONS if is_list_of_specifications else LARGEST_ANSWER
                body, trouble = await _body(response, most)
            finally:
                await response.aclose()
    except TimeoutError:
        failure = too_slow(host, wire.limits.whole)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        failure = error_of_exception(error, host, wire.secrets)
    else:
        _log_answer(request, response, wire.clock.monotonic() - started)
        status, headers = response.status_code, response.headers
        if response.is_success and not trouble:
            hidden = None if authentication is None else wire.secrets
            return await _off_the_loop(body, lambda: answer_of(status, headers, body, hidden, public_words))
        if response.is_success:
            failure = unreadable(status, trouble)
        else:
            now = wire.clock.now()
            failure = await _off_the_loop(
                body, lambda: error_of_answer(status, headers, body, wire.secrets, now, subject)
            )
    if failure.status is None:
        _log.debug("%s %s%s: no answer (%s)", request.method, host, request.url.path, failure.title)
    # Raised here and not where it was caught: a chained exception would carry the request with its secrets along.
    raise failure


async def _off_the_loop(body: bytes, read: Callable[[], _Read]) -> _Read:
    """Return what `read` makes of a body, in a thread when it is long: the screen goes on meanwhile."""
    return await asyncio.to_thread(read) if len(body) > _LONGEST_ON_THE_LOOP else read()


def _log_answer(request: httpx.Request, response: httpx.Response, seconds: float) -> None:
    """Write a request down without its query, headers and body."""
    if not _log.isEnabledFor(logging.DEBUG):
        return
    request_id = response.headers.get("x-request-id") or response.headers.get("x-adobe-request-id") or "none"
    _log.debug(
        "%s %s%s: HTTP %d in %.0f ms, request id %s",
        request.method,
        request.url.host,
        request.url.path,
        response.status_code,
        seconds * 1000,
        request_id,
    )


async def _body(response: httpx.Response, most: int) -> tuple[bytes, str]:
    """Return the body up to `most` bytes, and why it cannot be used, "" when it can.

    Requests ask for no compression. What is compressed all the same stays unread: a kilobyte can hold a gigabyte.
    """
    if is_compressed(response):
        return b"", _("It is compressed, which was not asked for.")
    chunks = bytearray()
    async for chunk in response.aiter_bytes():
        chunks += chunk
        if len(chunks) > most:
            return bytes(chunks[:most]), _("It is longer than any answer that the documents describe.")
    return bytes(chunks), ""


def is_compressed(response: httpx.Response) -> bool:
    """Return whether the body would have to be inflated."""
    return response.headers.get("content-encoding", "").strip().lower() not in {"", "identity"}
