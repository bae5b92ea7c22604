"""What the checks say of TLS and of the clock, after one request without any credential."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from aep_tui.domain.translation import _
from aep_tui.flow_service.probe import Probe
from aep_tui.preflight.reach import Host
from aep_tui.preflight.verdict import Verdict, failed, fine, skipped, warned

SKEW_WARNING: Final = timedelta(seconds=60)
SKEW_FAILURE: Final = timedelta(seconds=300)


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
