"""The rules "zoho-accounts-url" and "zoho-endpoint", and the one that compares the two.

Adobe's tutorial documents five data centres by their accounts server and gives no form for the endpoint. The others
are Zoho's own. The endpoint is therefore judged by its data centre only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from aep_tui.domain.finding import Finding, error, warning
from aep_tui.domain.rules.context import RuleContext
from aep_tui.domain.rules.registry import Offer, rule, suggestion
from aep_tui.domain.rules.web_address import WebAddress, read_web_address
from aep_tui.domain.source import RuleName, SuggestionName
from aep_tui.domain.translation import _


@dataclass(frozen=True, slots=True)
class DataCentre:
    """One data centre of Zoho.

    Attributes:
        label: the region for people.
        ending: what follows "www.zohoapis.".
        accounts_host: the host that makes tokens.
        is_documented: Adobe's tutorial names it.
    """

    label: str
    ending: str
    accounts_host: str
    is_documented: bool = False

    @property
    def accounts_url(self) -> str:
        """The value for `accountsUrl`."""
        return f"https://{self.accounts_host}"

    @property
    def endpoint(self) -> str:
        """The usual value for `endpoint`."""
        return f"https://www.zohoapis.{self.ending}"


DATA_CENTRES = (
    DataCentre(_("United States"), "com", "accounts.zoho.com", is_documented=True),
    DataCentre(_("Australia"), "com.au", "accounts.zoho.com.au", is_documented=True),
    DataCentre(_("Europe"), "eu", "accounts.zoho.eu", is_documented=True),
    DataCentre(_("India"), "in", "accounts.zoho.in", is_documented=True),
    DataCentre(_("China"), "com.cn", "accounts.zoho.com.cn", is_documented=True),
    DataCentre(_("Japan"), "jp", "accounts.zoho.jp"),
    DataCentre(_("Canada"), "ca", "accounts.zohocloud.ca"),
    DataCentre(_("Saudi Arabia"), "sa", "accounts.zoho.sa"),
    DataCentre(_("United Kingdom"), "uk", "accounts.zoho.uk"),
    DataCentre(_("United Arab Emirates"), "ae", "accounts.zoho.ae"),
)
"""The five documented ones first (Zoho CRM tutorial), then Zoho's others."""

_BY_ACCOUNTS_HOST = {centre.accounts_host: centre for centre in DATA_CENTRES}
_BY_COUNTRY = {centre.ending.rpartition(".")[2]: centre for centre in DATA_CENTRES}
_OTHER_ACCOUNTS_HOST = re.compile(r"^accounts\.zoho(?:cloud)?\.(?:[a-z]{2,3}\.)?(?P<country>[a-z]{2,3})$")
_ENDPOINT_HOST = re.compile(
    r"^(?:(?P<api>(?:www|sandbox|developer)\.zohoapis)|(?P<crm>crm\.zoho(?:cloud)?))\.(?P<ending>[a-z]{2,3}(?:\.[a-z]{2})?)$"
)


def data_centre_of_accounts_url(text: str) -> DataCentre | None:
    """Return the data centre that an accounts URL belongs to, or None for an unknown host."""
    return _BY_ACCOUNTS_HOST.get(read_web_address(text).host)


def data_centre_of_endpoint(text: str) -> DataCentre | None:
    """Return the data centre that an endpoint belongs to, or None when its host does not say."""
    match = _ENDPOINT_HOST.match(read_web_address(text).host)
    return next((centre for centre in DATA_CENTRES if match and centre.ending == match["ending"]), None)


@rule(RuleName.ZOHO_ACCOUNTS_URL)
def judge_zoho_accounts_url(context: RuleContext, text: str) -> tuple[Finding, ...]:
    """Return what is wrong with an accounts URL; a data centre that Adobe does not document warns."""
    address = read_web_address(text)
    if address.user or not address.is_host_name:
        return (error(_("This is not a web address. Write it like https://accounts.zoho.com.")),)
    centre = _BY_ACCOUNTS_HOST.get(address.host)
    return (*_about_accounts_form(address, centre), *_about_accounts_host(address, centre))


@rule(RuleName.ZOHO_ENDPOINT)
def judge_zoho_endpoint(context: RuleContext, text: str) -> tuple[Finding, ...]:
    """Return what is wrong with an endpoint, by itself and beside the accounts URL."""
    return (*_about_endpoint(text), *region_findings(text, context.other_text("accounts_url")))


@suggestion(SuggestionName.ZOHO_ENDPOINT)
def suggest_endpoint(context: RuleContext, text: str) -> Offer | None:
    """Offer the endpoint of the data centre that the accounts URL names."""
    centre = data_centre_of_accounts_url(context.other_text("accounts_url"))
    if centre is None or data_centre_of_endpoint(text) is centre:
        return None
    note = _("The accounts URL is of the data centre {region}, whose endpoint is usually {endpoint}.")
    return Offer(centre.endpoint, note.format(region=centre.label, endpoint=centre.endpoint))


def _about_endpoint(text: str) -> tuple[Finding, ...]:
    """Return what is wrong with an endpoint; its form is not documented, so almost everything warns."""
    address = read_web_address(text)
    if address.has_blanks:
        return (error(_("There are blanks in the endpoint. Take them out."), "".join(text.split())),)
    if address.user or not address.is_host_name:
        return (error(_("This is not a web address. Write it like https://www.zohoapis.com.")),)
    if address.has_final_mark:
        return (error(_("Leave out the full stop at the end."), f"https://{address.host}{address.rest}"),)
    if address.host in _BY_ACCOUNTS_HOST:
        centre = _BY_ACCOUNTS_HOST[address.host]
        return (
            warning(
                _("This is the accounts server, which belongs into the field below. The endpoint is the API server."),
                centre.endpoint,
            ),
        )
    if address.scheme not in {"", "https"} or address.is_scheme_mistyped:
        return (
            warning(_("Zoho answers over https. Write https:// in front."), f"https://{address.host}{address.rest}"),
        )
    if data_centre_of_endpoint(text) is None:
        return (
            warning(
                _(
                    "Zoho's API servers are usually called www.zohoapis.com, or .eu, .in, .com.au, .com.cn. Check that "
                    "this is yours."
                )
            ),
        )
    return ()


def region_findings(endpoint: str, accounts_url: str) -> tuple[Finding, ...]:
    """Return what to say about an endpoint whose data centre is not that of the accounts URL."""
    api, accounts = data_centre_of_endpoint(endpoint), data_centre_of_accounts_url(accounts_url)
    if api is None or accounts is None or api is accounts:
        return ()
    return (
        warning(
            _(
                "The endpoint is in the data centre {endpoint_region}, the accounts URL in {accounts_region}. Tokens "
                "work in their own data centre only: choose the same for both."
            ).format(endpoint_region=api.label, accounts_region=accounts.label),
            accounts.endpoint if endpoint.strip().rstrip("/") == api.endpoint else "",
        ),
    )


def _about_accounts_form(address: WebAddress, centre: DataCentre | None) -> Iterable[Finding]:
    suggestion = centre.accounts_url if centre else ""
    if address.has_final_mark:
        yield error(_("Leave out the full stop at the end."), suggestion or f"https://{address.host}")
    if address.has_blanks:
        yield error(_("There are blanks in the address. Take them out."), suggestion)
    if address.scheme != "https" or address.is_scheme_mistyped:
        yield error(_("The address has to start with https://."), suggestion)
    if address.has_path:
        yield error(_("Leave out everything after the host: Adobe adds the path itself."), suggestion)
    elif address.rest:
        yield error(_("Leave out the slash at the end."), suggestion)
    if address.port:
        yield error(_("Leave out the port: the colon and what follows it."), suggestion)
    if address.has_capitals:
        yield warning(_("Zoho writes its hosts in small letters."), suggestion)


def _about_accounts_host(address: WebAddress, centre: DataCentre | None) -> Iterable[Finding]:
    if centre is None and (other := _OTHER_ACCOUNTS_HOST.match(address.host)) and other["country"] in _BY_COUNTRY:
        meant = _BY_COUNTRY[other["country"]]
        yield error(
            _("This is not Zoho's accounts server for {region}: that one is {url}.").format(
                region=meant.label, url=meant.accounts_url
            ),
            meant.accounts_url,
        )
    elif centre is None:
        yield warning(
            _("This is not an accounts server of Zoho that we know. They are {hosts}.").format(
                hosts=", ".join(known.accounts_host for known in DATA_CENTRES)
            )
        )
    elif not centre.is_documented:
        yield warning(_("Adobe does not document this data centre of Zoho. The platform may refuse it."))
