"""The rule "salesforce-url": the My Domain address of a Salesforce instance (`environmentUrl`, `instanceUrl`).

The form `https://[domain].my.salesforce.com` is the tutorials'. The other hosts come from Salesforce's documents and
from the tutorials' own samples (`.develop.` on AWS); a host that no document names warns and does not block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from aep_tui.domain.finding import Finding, error, warning
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.rules.registry import rule
from aep_tui.domain.rules.web_address import WebAddress, read_web_address
from aep_tui.domain.source import RuleName
from aep_tui.domain.translation import _

INSTANCE_KINDS = ("sandbox", "develop", "scratch", "trailblaze", "demo", "free", "patch")
"""What may stand between the domain and "my.salesforce.com" (Salesforce, My Domain URL formats)."""

_DOMAIN = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_KINDS = "|".join(INSTANCE_KINDS)
_MY_DOMAIN = re.compile(rf"^(?P<domain>{_DOMAIN})(?:\.(?P<kind>{_KINDS}))?\.my\.salesforce\.com$")
_LIGHTNING = re.compile(rf"^(?P<front>{_DOMAIN}(?:\.(?:{_KINDS}))?)\.lightning\.force\.com$")
_SETUP = re.compile(rf"^(?P<front>{_DOMAIN}(?:\.(?:{_KINDS}))?)\.my\.salesforce-setup\.com$")
_LOGIN_HOSTS = frozenset({"login.salesforce.com", "test.salesforce.com"})
_GOVERNMENT_AND_CHINA = (".my.salesforce.mil", ".sfcrmproducts.cn", ".sfcrmapps.cn")


@rule(RuleName.SALESFORCE_URL)
def judge_salesforce_url(context: RuleContext, text: str) -> tuple[Finding, ...]:
    """Return what is wrong with a My Domain address; every finding carries the whole correction where it is certain."""
    address = read_web_address(text)
    if address.user:
        return (
            error(_("An address with a user name or an @ in it does not work here. Write only https:// and the host.")),
        )
    if not address.is_host_name:
        return (error(_("This is not a web address. Write it like https://acme.my.salesforce.com.")),)
    host = _certain_host(address.host)
    suggestion = f"https://{host}" if host else ""
    return (*_about_host(context, address.host, suggestion), *_about_form(context, address, suggestion))


def is_sandbox_host(text: str) -> bool:
    """Return whether an address is that of a Salesforce sandbox, so that its users log in at test.salesforce.com."""
    match = _MY_DOMAIN.match(read_web_address(text).host)
    return match is not None and (match["kind"] == "sandbox" or (match["kind"] is None and "--" in match["domain"]))


def is_production_host(text: str) -> bool:
    """Return whether an address is that of a production organization, whose users log in at login.salesforce.com."""
    match = _MY_DOMAIN.match(read_web_address(text).host)
    return match is not None and match["kind"] is None and "--" not in match["domain"]


def my_domain_host(text: str) -> str:
    """Return the host when `text` is a known My Domain address, otherwise ""."""
    host = read_web_address(text).host
    return host if _MY_DOMAIN.match(host) else ""


def _certain_host(host: str) -> str:
    """Return the My Domain host that is certainly meant, or ""."""
    if _MY_DOMAIN.match(host):
        return host
    match = _LIGHTNING.match(host) or _SETUP.match(host)
    if match is None:
        return ""
    front = match["front"]
    # Before enhanced domains a sandbox had no ".sandbox." in its Lightning host: which of two hosts it has now is open.
    return "" if "--" in front and "." not in front else f"{front}.my.salesforce.com"


def _about_form(context: RuleContext, address: WebAddress, suggestion: str) -> Iterable[Finding]:
    if address.has_blanks:
        yield error(_("There are blanks in the address. Take them out."), suggestion)
    if not address.scheme:
        # Adobe's tutorial on updating an account shows a Basic connection with a host alone.
        finding = warning if context.is_by_user_name else error
        yield finding(_("The address has to start with https://."), suggestion)
    elif address.is_scheme_mistyped:
        yield error(_("The address has to start with https:// in exactly this form."), suggestion)
    elif address.scheme != "https":
        yield error(_("Salesforce answers over https only. Write https:// in front."), suggestion)
    if address.has_final_mark:
        yield error(_("Leave out the full stop at the end."), suggestion or f"https://{address.host}")
    if address.port:
        yield error(_("Leave out the port: the colon and what follows it."), suggestion)
    if address.has_path:
        yield error(
            _("Leave out everything after the host: the address of a page does not work here, only the host does."),
            suggestion,
        )
    elif address.rest:
        yield error(_("Leave out the slash at the end."), suggestion)
    if address.has_capitals:
        yield warning(_("Salesforce writes its hosts in small letters."), suggestion)


def _about_host(context: RuleContext, host: str, suggestion: str) -> Iterable[Finding]:
    match = _MY_DOMAIN.match(host)
    if match is not None:
        yield from _about_sandbox(match)
    elif host in _LOGIN_HOSTS:
        if context.is_by_user_name:
            yield warning(
                _(
                    "This is Salesforce's login page. Adobe asks for your My Domain address here, like "
                    "https://acme.my.salesforce.com."
                )
            )
        else:
            yield error(
                _(
                    "This is Salesforce's login page, and OAuth does not work on it. Write your My Domain address, "
                    "like https://acme.my.salesforce.com."
                )
            )
    elif host.endswith(".lightning.force.com"):
        yield error(
            _(
                "This is the address of the Salesforce pages in the browser. Connections use the My Domain address, "
                "which ends in my.salesforce.com."
            ),
            suggestion,
        )
    elif host.endswith(".salesforce-setup.com"):
        yield error(
            _(
                "This is the address of Salesforce Setup. Connections use the My Domain address, which ends in "
                "my.salesforce.com."
            ),
            suggestion,
        )
    elif host.endswith(_GOVERNMENT_AND_CHINA):
        yield warning(
            _(
                "This host belongs to Salesforce's government or China cloud. Adobe documents only hosts that end in "
                "my.salesforce.com."
            )
        )
    elif host.endswith(".my.salesforce.com"):
        yield warning(
            _(
                "This is not a form of My Domain address that Salesforce documents. Compare it with Setup, My Domain, "
                "Current My Domain URL."
            )
        )
    else:
        yield warning(
            _(
                "Adobe documents addresses like https://acme.my.salesforce.com. Compare yours with Setup, My Domain, "
                "Current My Domain URL."
            )
        )


def _about_sandbox(match: re.Match[str]) -> Iterable[Finding]:
    has_sandbox_name = "--" in match["domain"]
    if match["kind"] is None and has_sandbox_name:
        yield warning(
            _(
                "This is the old form of a sandbox's address. Today it has .sandbox. in it; compare it with Setup, My "
                "Domain, Current My Domain URL."
            ),
            f"https://{match['domain']}.sandbox.my.salesforce.com",
        )
    if match["kind"] == "sandbox" and not has_sandbox_name:
        yield warning(
            _("A sandbox's address usually has two hyphens and the sandbox's name in it, like acme--uat.sandbox.")
        )
