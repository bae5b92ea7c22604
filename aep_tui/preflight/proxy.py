"""What the checks say of the proxy and of the certificates that a request goes through and trusts."""

from __future__ import annotations

import errno
import os
import ssl

import certifi

from aep_tui.domain.translation import _
from aep_tui.flow_service.proxies import ProxyChoice
from aep_tui.preflight.verdict import Verdict, failed, fine, warned


def proxy_verdict(choices: dict[str, ProxyChoice]) -> Verdict:
    """Return what the check of the proxy says.

    Args:
        choices: by host name.
    """
    sentences = [_sentence(host, choice) for host, choice in choices.items()]
    reason = " ".join(dict.fromkeys(sentences))
    if any(choice.problem for choice in choices.values()):
        return failed(reason, _("Write the proxy like http://host:port, or remove the variable."), _("you"))
    ignored = dict.fromkeys(entry for choice in choices.values() for entry in choice.ignored)
    if ignored:
        passed_over = _("Passed over, because it is not written as a host: {entries} (NO_PROXY).")
        reason = f"{reason} {passed_over.format(entries=', '.join(ignored))}"
        return warned(reason, _("Remove the entry, or write a host, a domain or an address there."), _("you"))
    off = next((choice.switched_off_by for choice in choices.values() if choice.switched_off_by), "")
    if off:
        return warned(reason, _("Remove {variable}, or write the proxy there.").format(variable=off), _("you"))
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
    if choice.switched_off_by:
        return _("{host} is reached without a proxy: {small} is empty, which switches {large} off.").format(
            host=host, small=choice.switched_off_by, large=choice.switched_off_by.upper()
        )
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
