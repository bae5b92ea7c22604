"""Name and port: whether a host can be reached at all."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from aep_tui.domain.background_work import in_background
from aep_tui.domain.translation import _
from aep_tui.flow_service.proxies import ProxyChoice
from aep_tui.preflight.verdict import Verdict, failed, fine

_SECONDS_BETWEEN_ADDRESSES: Final = 0.25
"""The next address is tried beside the first one after this time (RFC 8305, "Happy Eyeballs")."""
_MOST_ADDRESSES: Final = 6


@dataclass(frozen=True, slots=True)
class Host:
    """One of the two hosts that the program talks to.

    Attributes:
        url: scheme, host and port.
        name: host and port for people, without the port when it is the usual one.
        host, port: where requests go.
        proxy: what stands between.
    """

    url: str
    name: str
    host: str
    port: int
    proxy: ProxyChoice

    @property
    def has_tls(self) -> bool:
        """Whether requests are encrypted; only this machine is spoken to without."""
        return self.url.startswith("https://")


async def reach(host: Host, seconds: float) -> Verdict:
    """Return whether name and port of `host` answer; behind a proxy, name and port of the proxy.

    Args:
        host: which one.
        seconds: for resolving and connecting together.
    """
    is_proxy = bool(host.proxy.address)
    name, port = (host.proxy.host, host.proxy.port) if is_proxy else (host.host, host.port)
    shown = _("the proxy {proxy}").format(proxy=host.proxy.address) if is_proxy else f"{name}:{port}"
    addresses: list[str] | None = None
    try:
        async with asyncio.timeout(seconds):
            addresses = await _resolve(name, port)
            await _connect(addresses, port)
    except TimeoutError:
        if addresses is None:
            reason = _("The name {name} was not resolved within {seconds:g} s.").format(name=name, seconds=seconds)
            return failed(reason, _("Check the network and its DNS server."), _("you"))
        return failed(
            _("{place} did not take the connection within {seconds:g} s ({addresses}).").format(
                place=_capital(shown), seconds=seconds, addresses=", ".join(addresses)
            ),
            _next_step(host),
            _("your network administrator"),
        )
    except socket.gaierror as error:
        return failed(
            _("The name {name} cannot be resolved: {reason}.").format(name=name, reason=error.strerror),
            _("Check the spelling of the host, the network and its DNS server. Is a VPN needed?"),
            _("you"),
        )
    except (OSError, UnicodeError) as error:
        return failed(
            _("{place} refuses the connection: {reason}.").format(
                place=_capital(shown), reason=getattr(error, "strerror", "") or type(error).__name__
            ),
            _next_step(host),
            _("your network administrator"),
        )
    if addresses == [name]:
        return fine(_("{place} takes connections.").format(place=_capital(shown)))
    return fine(
        _("{name} is {addresses}; port {port} takes connections.").format(
            name=_capital(shown) if is_proxy else name, addresses=", ".join(addresses), port=port
        )
    )


def _next_step(host: Host) -> str:
    if host.proxy.address:
        return _("Check {variable}: is the proxy right, and is it running?").format(
            variable=host.proxy.variable or "HTTPS_PROXY"
        )
    return _("Ask for a way out to {host}, or for the proxy to put into HTTPS_PROXY.").format(host=host.name)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


async def _resolve(name: str, port: int) -> list[str]:
    """Return the addresses of `name`, in the order in which they should be tried.

    In the background: the loop's own threads would hold the end of the program up until a dead DNS server has timed
    out, which takes up to a minute.
    """
    found = await in_background(lambda: socket.getaddrinfo(name, port, type=socket.SOCK_STREAM))
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))[:_MOST_ADDRESSES]


async def _connect(addresses: list[str], port: int) -> None:
    """Return when one of `addresses` has taken a connection, which is closed again.

    Raises:
        OSError: none takes one; the failure of the first address.
    """
    attempts = {
        asyncio.create_task(_connect_to(address, port, number * _SECONDS_BETWEEN_ADDRESSES))
        for number, address in enumerate(addresses)
    }
    failures: list[BaseException] = []
    waiting = attempts
    try:
        while waiting:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            errors = [task.exception() for task in done]
            if None in errors:
                return
            failures += [error for error in errors if error is not None]
    finally:
        for task in attempts:
            task.cancel()
        await asyncio.gather(*attempts, return_exceptions=True)
    raise failures[0] if failures else OSError(_("it has no address"))


async def _connect_to(address: str, port: int, delay: float) -> None:
    await asyncio.sleep(delay)
    _reader, writer = await asyncio.open_connection(address, port)
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
