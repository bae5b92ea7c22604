"""Asks Salesforce itself whether it takes the client credentials, before the platform sees them; on request only.

`POST {My Domain}/services/oauth2/token` with a form (Salesforce, OAuth 2.0 Client Credentials Flow). The token of the
answer is thrown away. The words for Salesforce's refusals are known from its documents and from people's reports.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from aep_tui.domain.background_work import in_background
from aep_tui.domain.problem import Problem
from aep_tui.domain.rules.salesforce_url import my_domain_host
from aep_tui.domain.rules.web_address import read_web_address
from aep_tui.domain.secret import Secret
from aep_tui.domain.translation import _
from aep_tui.flow_service.answer import Answer
from aep_tui.flow_service.errors import PlatformError, UnreadableAnswer
from aep_tui.flow_service.exchange import TimeLimits, Wire, send

LOGIN_PATH: Final = "/services/oauth2/token"
MOST_REFUSALS: Final = 2
"""Refused attempts in one run of the program; Salesforce locks who goes on guessing."""
_LIMITS: Final = TimeLimits(connect=5.0, read=15.0, whole=20.0)

Resolve = Callable[[str], Awaitable[Sequence[str]]]
"""Returns the addresses of a host name; raises OSError when there are none."""


class SalesforceLoginProblem(Problem):
    """The check was not made, or Salesforce refused.

    Attributes:
        server_said: Salesforce's own words, redacted, or "".
    """

    server_said: str = ""


@dataclass
class LoginAttempts:
    """How often Salesforce has refused in this run of the program.

    Attributes:
        refused: the count.
    """

    refused: int = 0

    @property
    def are_used_up(self) -> bool:
        """Whether no further attempt is made."""
        return self.refused >= MOST_REFUSALS

    @property
    def left(self) -> int:
        """How many refusals are still allowed."""
        return max(0, MOST_REFUSALS - self.refused)


@dataclass(frozen=True, slots=True)
class SalesforceCredentials:
    """The client credentials of the form.

    Attributes:
        environment_url: the My Domain address.
        client_id: the consumer key.
        client_secret: the consumer secret; stays wrapped.
    """

    environment_url: str
    client_id: str
    client_secret: Secret = field(repr=False)


async def check_salesforce_login(
    credentials: SalesforceCredentials,
    attempts: LoginAttempts,
    wire: Wire,
    *,
    resolve: Resolve | None = None,
) -> None:
    """Return when Salesforce gives a token for the credentials.

    Args:
        credentials: of the form.
        attempts: counts what Salesforce refused; it belongs to the run of the program.
        wire: to the platform; Salesforce is reached in the same way, and never when something answers in its place.
        resolve: finds the addresses of the host, for tests.

    Raises:
        SalesforceLoginProblem: the address cannot be asked, Salesforce refused, or it has refused too often.
        PlatformError: Salesforce could not be reached or understood.
    """
    if attempts.are_used_up:
        raise SalesforceLoginProblem(
            _("No further attempt"),
            _("Salesforce has refused {count} times. It locks an account that goes on trying.").format(
                count=attempts.refused
            ),
            _("Check the values in Salesforce Setup, then go on with Next, or start the program again."),
        )
    host = _host_to_ask(credentials.environment_url)
    if wire.transport is None or resolve is not None:
        await _refuse_private_addresses(host, resolve or _addresses)
    failure: PlatformError
    try:
        answer = await _ask(credentials, replace(wire, base_url=f"https://{host}", limits=_LIMITS))
        _check_answer(answer)
    except PlatformError as error:
        failure = error
    else:
        return
    if failure.status not in {400, 401, 403}:
        raise failure
    attempts.refused += 1
    raise _in_words(failure, attempts)


def _host_to_ask(environment_url: str) -> str:
    address, host = read_web_address(environment_url), my_domain_host(environment_url)
    if not host or address.scheme != "https" or address.port or address.user or address.rest:
        raise SalesforceLoginProblem(
            _("This address is not asked"),
            _("The check goes to My Domain addresses only, like https://acme.my.salesforce.com."),
            _("Correct the environment URL, or go on without the check."),
        )
    return host


async def _refuse_private_addresses(host: str, resolve: Resolve) -> None:
    try:
        addresses = await resolve(host)
    except OSError:
        addresses = ()
    if not addresses:
        raise SalesforceLoginProblem(
            _("The host is not known"),
            _("The name {host} has no address.").format(host=host),
            _("Compare it with Setup, My Domain; or this machine has no name service for it."),
        )
    if not all(_is_public(address) for address in addresses):
        raise SalesforceLoginProblem(
            _("This address is not asked"),
            _("{host} leads to a private address of your network, which is not Salesforce.").format(host=host),
            _("Ask who looks after your network, or go on without the check."),
        )


_NEVER_PUBLIC: Final = tuple(
    ipaddress.ip_network(network)
    for network in ("192.0.0.0/24", "::/96", "64:ff9b:1::/48", "fec0::/10", "5f00::/16", "2001::/23")
)
"""What `is_global` of Python 3.11 lets through, or not in every release, and what no host of Salesforce has."""
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


def _is_public(text: str) -> bool:
    """Return whether an address is one of the internet; of one that stands for an IPv4 address, that one is judged."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return _is_public(str(inner))
    is_special = address.is_multicast or any(address in network for network in _NEVER_PUBLIC)
    return address.is_global and not is_special


async def _addresses(host: str) -> Sequence[str]:
    """Return the addresses of a name, none when it has none or the name server does not answer in time."""
    asked = in_background(lambda: socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM))
    try:
        return [str(entry[4][0]) for entry in await asyncio.wait_for(asked, _LIMITS.connect)]
    except (OSError, UnicodeError):
        return []


async def _ask(credentials: SalesforceCredentials, wire: Wire) -> Answer:
    secret = credentials.client_secret.get_secret_value()
    client = wire.client()
    try:
        # The secret goes into the body and never into the query, which servers log.
        request = client.build_request(
            "POST",
            LOGIN_PATH,
            data={"grant_type": "client_credentials", "client_id": credentials.client_id, "client_secret": secret},
        )
        return await send(wire, client, request)
    finally:
        await client.aclose()


def _check_answer(answer: Answer) -> None:
    body = answer.parsed()
    if not isinstance(body, dict) or not isinstance(body.get("access_token"), str):
        raise UnreadableAnswer(
            _("An answer that is not Salesforce's"),
            _("The host answered without a token; something may stand between this machine and Salesforce."),
            _("Go on without the check, or ask who looks after your network."),
            status=answer.status,
        )


def _in_words(failure: PlatformError, attempts: LoginAttempts) -> SalesforceLoginProblem:
    said = f"{failure.code} {failure.server_said}".lower()
    message, next_step = next((words for sign, words in _refusals() if sign in said), _unknown_refusal())
    left = (
        _("One more wrong attempt is allowed here; then the check stops, because accounts lock.")
        if attempts.left
        else _("The check stops now, because accounts lock.")
    )
    problem = SalesforceLoginProblem(_("Salesforce refused the login"), message, f"{next_step} {left}")
    problem.server_said = failure.server_said
    return problem


def _refusals() -> tuple[tuple[str, tuple[str, str]], ...]:
    """Return what Salesforce says and what it means, the most certain sign first."""
    return (
        (
            "no client credentials user enabled",
            (
                _("The app has no Run As user for the client credentials flow."),
                _("In Salesforce: your app, Policies, Client Credentials Flow, Run As: choose the user."),
            ),
        ),
        (
            "request not supported on this domain",
            (
                _("The address is not the My Domain address of your organization."),
                _("Take Current My Domain URL from Setup, My Domain."),
            ),
        ),
        (
            "approved",
            (
                _("The user or its profile is not approved for the app."),
                _("In Salesforce: your app, Policies: pre-authorise the profile of the Run As user."),
            ),
        ),
        (
            "invalid_client_id",
            (
                _("Salesforce does not know the client ID on this host."),
                _("Copy the consumer key again. A new app takes 2 to 10 minutes to work."),
            ),
        ),
        (
            "invalid_client",
            (
                _("The client secret does not belong to the client ID."),
                _("Copy the consumer secret again. A new app takes 2 to 10 minutes to work."),
            ),
        ),
        (
            "unsupported_grant_type",
            (
                _("The app does not allow the client credentials flow."),
                _("In Salesforce: your app, Settings, OAuth: enable the Client Credentials Flow."),
            ),
        ),
        (
            "ip restricted",
            (
                _("The app accepts logins from certain addresses only, and this machine has another one."),
                _("That says nothing about Adobe's addresses: check the allow list of the checklist (F3)."),
            ),
        ),
    )


def _unknown_refusal() -> tuple[str, str]:
    return (
        _("Salesforce refused the client credentials."),
        _("Check the app's flow, Run As user and scope: F3 shows the checklist."),
    )
