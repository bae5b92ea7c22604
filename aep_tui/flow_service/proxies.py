"""Which proxy a request goes through: the one place that reads HTTPS_PROXY, ALL_PROXY and NO_PROXY."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Final

import httpx

# How httpx reads HTTPS_PROXY, ALL_PROXY and NO_PROXY has no public name; pyproject.toml bounds httpx.
from httpx._utils import URLPattern, get_environment_proxies

from aep_tui.domain.safe_text import shortened, without_control_characters
from aep_tui.domain.translation import _

_DEFAULT_PORTS: Final = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}


@dataclass(frozen=True, slots=True)
class ProxyChoice:
    """What stands between this program and a host.

    Attributes:
        host, port: of the proxy; "" and 0 when requests go straight to the host.
        variable: the environment variable that names the proxy.
        is_exempt: a proxy is set, and NO_PROXY lets this host go without it.
        switched_off_by: the variable in small letters that is set and empty, which switches off the one in capitals;
            "" when that is not why there is no proxy.
        problem: why the variable cannot be used, in a sentence; "" when it can.
        ignored: entries of NO_PROXY that are not written as a host; they stand in nobody's way.
        password: of the proxy, for removal from texts.
        url: of the proxy, with user and password; "" when there is none.
    """

    host: str = ""
    port: int = 0
    variable: str = ""
    is_exempt: bool = False
    switched_off_by: str = ""
    problem: str = ""
    ignored: tuple[str, ...] = ()
    password: str = field(default="", repr=False)
    url: str = field(default="", repr=False)

    @property
    def address(self) -> str:
        """Host and port, without user and password; "" when there is no proxy."""
        return f"{self.host}:{self.port}" if self.host else ""


def proxy_for(url: str) -> ProxyChoice:
    """Return the proxy for requests to `url`; loopback over http never has one.

    A variable that this request does not need does no harm, however it is written.
    """
    if url.startswith("http://"):
        return ProxyChoice()
    mounts = get_environment_proxies()
    patterns, ignored = _patterns(mounts)
    matching = next((pattern for pattern in patterns if pattern.matches(httpx.URL(url))), None)
    address = mounts[matching.pattern] if matching else None
    if address is None and (_variable("https") or _variable("all")):
        return ProxyChoice(is_exempt=True, ignored=ignored)
    if address is None:
        off = next((name for name in ("https_proxy", "all_proxy") if _switches_off(name)), "")
        return ProxyChoice(switched_off_by=off, ignored=ignored)
    variable = _variable(matching.scheme if matching and matching.scheme else "all")
    try:
        proxy = httpx.Proxy(address)
        port = proxy.url.port or _DEFAULT_PORTS.get(proxy.url.scheme, 0)
    except (ValueError, httpx.InvalidURL):
        # The text of the exception may hold the password.
        words = _("{variable} is not written as the address of a proxy.")
        return ProxyChoice(variable=variable, problem=words.format(variable=variable or "HTTPS_PROXY"))
    if proxy.url.scheme.startswith("socks") and find_spec("socksio") is None:
        words = _("The proxy in {variable} speaks SOCKS, and the package socksio that it takes is not installed.")
        return ProxyChoice(variable=variable, problem=words.format(variable=variable or "ALL_PROXY"))
    return ProxyChoice(
        host=proxy.url.host,
        port=port,
        variable=variable,
        ignored=ignored,
        password=proxy.auth[1] if proxy.auth else "",
        url=address,
    )


def _patterns(mounts: Mapping[str, str | None]) -> tuple[list[URLPattern], tuple[str, ...]]:
    """Return what can be matched, the most special first, and the entries of NO_PROXY that cannot."""
    patterns, ignored = [], []
    for text in mounts:
        try:
            patterns.append(URLPattern(text))
        except (ValueError, httpx.InvalidURL):
            entry = text.removeprefix("all://").strip("*[]")
            ignored.append(shortened(without_control_characters(entry), 60))
    return sorted(patterns), tuple(ignored)


def _variable(scheme: str) -> str:
    """Return the variable that names the proxy of a scheme, "" without one; an empty one in small letters decides."""
    small, large = f"{scheme}_proxy", f"{scheme.upper()}_PROXY"
    names = (small,) if _switches_off(small) else (small, large)
    return next((name for name in names if os.environ.get(name)), "")


def _switches_off(small: str) -> bool:
    return os.environ.get(small) == "" and bool(os.environ.get(small.upper()))
