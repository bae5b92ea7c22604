"""Which proxy a request goes through, and which certificates it trusts: as httpx reads the environment."""

from __future__ import annotations

import errno
import os
import ssl
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Final

import certifi
import httpx

# How httpx reads HTTPS_PROXY, ALL_PROXY and NO_PROXY has no public name; pyproject.toml bounds httpx.
from httpx._utils import URLPattern, get_environment_proxies

from aep_tui.domain.translation import _
from aep_tui.preflight.verdict import Verdict, failed, fine

_DEFAULT_PORTS: Final = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}


@dataclass(frozen=True, slots=True)
class ProxyChoice:
    """What stands between this program and a host.

    Attributes:
        host, port: of the proxy; "" and 0 when requests go straight to the host.
        variable: the environment variable that names the proxy.
        is_exempt: a proxy is set, and NO_PROXY lets this host go without it.
        problem: why the variables cannot be used, in a sentence; "" when they can.
        password: of the proxy, for removal from texts.
    """

    host: str = ""
    port: int = 0
    variable: str = ""
    is_exempt: bool = False
    problem: str = ""
    password: str = field(default="", repr=False)

    @property
    def address(self) -> str:
        """Host and port, without user and password; "" when there is no proxy."""
        return f"{self.host}:{self.port}" if self.host else ""


def proxy_for(url: str) -> ProxyChoice:
    """Return the proxy for requests to `url`; loopback over http never has one (see `make_http_client`)."""
    if url.startswith("http://"):
        return ProxyChoice()
    try:
        mounts = get_environment_proxies()
        patterns = sorted(URLPattern(pattern) for pattern in mounts)
        matching = next((pattern for pattern in patterns if pattern.matches(httpx.URL(url))), None)
        address = mounts[matching.pattern] if matching else None
        proxy = httpx.Proxy(address) if address else None
        port = (proxy.url.port or _DEFAULT_PORTS.get(proxy.url.scheme, 0)) if proxy else 0
    except (ValueError, httpx.InvalidURL):
        # The text of the exception may hold the password.
        return ProxyChoice(problem=_("HTTPS_PROXY, ALL_PROXY or NO_PROXY is not written as an address."))
    if proxy is None:
        return ProxyChoice(is_exempt=bool(_variable("https") or _variable("all")))
    if proxy.url.scheme.startswith("socks") and find_spec("socksio") is None:
        return ProxyChoice(problem=_("The proxy speaks SOCKS, and the package socksio that it takes is not installed."))
    return ProxyChoice(
        host=proxy.url.host,
        port=port,
        variable=_variable(matching.scheme if matching and matching.scheme else "all"),
        password=proxy.auth[1] if proxy.auth else "",
    )


def _variable(scheme: str) -> str:
    names = (f"{scheme}_proxy", f"{scheme.upper()}_PROXY")
    return next((name for name in names if os.environ.get(name)), "")


def proxy_verdict(choices: dict[str, ProxyChoice]) -> Verdict:
    """Return what the check of the proxy says.

    Args:
        choices: by host name.
    """
    sentences = [_sentence(host, choice) for host, choice in choices.items()]
    reason = " ".join(dict.fromkeys(sentences))
    if any(choice.problem for choice in choices.values()):
        return failed(reason, _("Write the proxy like http://host:port, or remove the variable."), _("you"))
    return fine(reason)


def _sentence(host: str, choice: ProxyChoice) -> str:
    if choice.problem:
        return choice.problem
    if choice.address:
        return _("{host} is reached through the proxy {proxy} ({variable}).").format(
            host=host, proxy=choice.address, variable=choice.variable or _("settings of the system")
        )
    if choice.is_exempt:
        return _("NO_PROXY lets {host} go without the proxy.").format(host=host)
    return _("No proxy is set.")


def certificates_verdict() -> Verdict:
    """Return which certificate authorities are trusted; failed when SSL_CERT_FILE or SSL_CERT_DIR cannot be used.

    The order is that of httpx: SSL_CERT_FILE, SSL_CERT_DIR, the bundle of the package certifi.
    """
    variable = next((name for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if os.environ.get(name)), "")
    place = os.environ[variable] if variable else certifi.where()
    try:
        if variable == "SSL_CERT_FILE" and not os.path.isfile(place):
            raise FileNotFoundError(errno.ENOENT, _("it is no file"))  # a pipe might never end
        if variable == "SSL_CERT_DIR":
            # OpenSSL looks into the folders at each handshake and would not complain about one that is not there.
            count = sum(len(os.listdir(folder)) for folder in place.split(os.pathsep) if folder)
        else:
            count = ssl.create_default_context(cafile=place).cert_store_stats()["x509_ca"]
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        return failed(
            _("The certificates in {place} ({variable}) cannot be read: {reason}.").format(
                place=place, variable=variable or "certifi", reason=_why(error)
            ),
            _("Name a readable file of certificates in PEM form in SSL_CERT_FILE, or remove the variable."),
            _("you"),
        )
    if variable == "SSL_CERT_DIR":
        return fine(_("Trusted: the folder {place} (SSL_CERT_DIR), {count} files.").format(place=place, count=count))
    return fine(
        _("Trusted: {count} authorities in {place} ({variable}).").format(
            count=count, place=place, variable=variable or "certifi"
        )
    )


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, ssl.SSLError):
        return error.reason or _("no certificate in it")
    return getattr(error, "strerror", "") or _("no certificate in it")
