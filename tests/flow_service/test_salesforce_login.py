from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qs

import httpx
import pytest

from aep_tui.domain.clock import SystemClock
from aep_tui.domain.secret import Secret
from aep_tui.flow_service.errors import ConnectionFailed, ServiceUnavailable, UnreadableAnswer
from aep_tui.flow_service.exchange import Wire
from aep_tui.flow_service.salesforce_login import (
    LoginAttempts,
    SalesforceCredentials,
    SalesforceLoginProblem,
    check_salesforce_login,
)
from aep_tui.practice.application import create_practice_application
from aep_tui.practice.organization import NO_RUN_AS_USER_CLIENT_ID, WRONG_CLIENT_SECRET
from tests.flow_service.helpers import Handler
from tests.kit.canary import CANARY, knowing
from tests.kit.wire import a_wire

pytestmark = pytest.mark.anyio

URL = "https://acme.my.salesforce.com"


async def public(_host: str) -> Sequence[str]:
    return ["136.146.0.1", "2606:4700::1111"]


class Salesforce:
    """Answers, and remembers what it was asked."""

    def __init__(self, status: int = 200, body: object = None) -> None:
        self.requests: list[httpx.Request] = []
        self._status = status
        self._body = {"access_token": CANARY, "token_type": "Bearer"} if body is None else body

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(self._status, json=self._body)


def credentials(url: str = URL, client_id: str = "3MVG9acme", secret: str = CANARY) -> SalesforceCredentials:
    return SalesforceCredentials(url, client_id, Secret(secret))


def wire_to(salesforce: Handler) -> Wire:
    return a_wire(answers=salesforce, secrets=knowing({"clientSecret": CANARY}))


async def check(salesforce: Salesforce, attempts: LoginAttempts, url: str = URL) -> None:
    await check_salesforce_login(credentials(url), attempts, wire_to(salesforce), resolve=public)


async def test_the_secret_goes_into_the_body_and_to_the_my_domain_host_only() -> None:
    salesforce, attempts = Salesforce(), LoginAttempts()
    await check(salesforce, attempts)
    (request,) = salesforce.requests
    assert str(request.url) == f"{URL}/services/oauth2/token"
    assert parse_qs(request.content.decode()) == {
        "grant_type": ["client_credentials"],
        "client_id": ["3MVG9acme"],
        "client_secret": [CANARY],
    }
    assert attempts.refused == 0


@pytest.mark.parametrize(
    "url",
    [
        "https://login.salesforce.com",
        "http://acme.my.salesforce.com",
        "https://acme.my.salesforce.com:8443",
        "https://acme.my.salesforce.com/path",
        "https://me@acme.my.salesforce.com",
        "https://acme.my.salesforce.com.evil.example",
        "https://127.0.0.1",
        "",
    ],
)
async def test_other_addresses_are_never_asked(url: str) -> None:
    salesforce = Salesforce()
    with pytest.raises(SalesforceLoginProblem, match="not asked"):
        await check(salesforce, LoginAttempts(), url)
    assert salesforce.requests == []


PRIVATE = ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "192.0.0.8", "224.0.0.1"]
PRIVATE_IPV6 = [
    "::1",
    "fe80::1%eth0",
    "::127.0.0.1",
    "::ffff:10.1.2.3",
    "fec0::1",
    "5f00::1",
    "2002:7f00:1::",
    "ff0e::1",
]
TRANSLATED = ["64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1"]


@pytest.mark.parametrize("address", [*PRIVATE, *PRIVATE_IPV6, *TRANSLATED])
async def test_a_name_that_leads_to_a_private_address_is_not_asked(address: str) -> None:
    async def private(_host: str) -> Sequence[str]:
        return ["136.146.0.1", address]

    salesforce = Salesforce()
    with pytest.raises(SalesforceLoginProblem, match="private address"):
        await check_salesforce_login(credentials(), LoginAttempts(), wire_to(salesforce), resolve=private)
    assert salesforce.requests == []


async def test_a_name_without_an_address_is_told() -> None:
    async def nothing(_host: str) -> Sequence[str]:
        raise OSError

    with pytest.raises(SalesforceLoginProblem, match="has no address"):
        await check_salesforce_login(credentials(), LoginAttempts(), a_wire(), resolve=nothing)


@pytest.mark.parametrize(
    ("error", "description", "words"),
    [
        ("invalid_grant", "no client credentials user enabled", "no Run As user"),
        ("invalid_grant", "request not supported on this domain", "not the My Domain address"),
        ("invalid_grant", "user hasn't approved this consumer", "not approved"),
        ("invalid_client_id", "client identifier invalid", "does not know the client ID"),
        ("invalid_client", "invalid client credentials", "does not belong to the client ID"),
        ("unsupported_grant_type", "grant type not supported", "does not allow the client credentials flow"),
        ("invalid_grant", "ip restricted", "from certain addresses only"),
        ("invalid_grant", "something new", "refused the client credentials"),
    ],
)
async def test_each_refusal_is_explained(error: str, description: str, words: str) -> None:
    salesforce = Salesforce(400, {"error": error, "error_description": description})
    with pytest.raises(SalesforceLoginProblem) as caught:
        await check(salesforce, LoginAttempts())
    assert words in caught.value.message
    assert "One more wrong attempt" in caught.value.next_step


async def test_after_two_refusals_nothing_is_sent_any_more() -> None:
    salesforce, attempts = Salesforce(400, {"error": "invalid_client", "error_description": "no"}), LoginAttempts()
    for stops in (False, True):
        with pytest.raises(SalesforceLoginProblem) as caught:
            await check(salesforce, attempts)
        assert ("The check stops now" in caught.value.next_step) == stops
    with pytest.raises(SalesforceLoginProblem, match="has refused 2 times"):
        await check(salesforce, attempts)
    assert len(salesforce.requests) == 2


async def test_an_answer_with_the_secret_in_it_is_redacted() -> None:
    salesforce = Salesforce(400, {"error": "invalid_client", "error_description": f"bad {CANARY}"})
    with pytest.raises(SalesforceLoginProblem) as caught:
        await check(salesforce, LoginAttempts())
    assert CANARY not in f"{caught.value} {caught.value.server_said} {caught.value.message} {credentials()!r}"
    assert caught.value.__context__ is None or CANARY not in repr(caught.value.__context__)


async def test_what_is_no_refusal_is_not_counted() -> None:
    attempts = LoginAttempts()
    with pytest.raises(ServiceUnavailable):
        await check(Salesforce(503, {"error": "busy"}), attempts)
    with pytest.raises(UnreadableAnswer):
        await check(Salesforce(200, {"hello": "proxy"}), attempts)

    def refuse(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(ConnectionFailed):
        await check_salesforce_login(credentials(), attempts, wire_to(refuse), resolve=public)
    assert attempts.refused == 0


async def test_the_practice_service_plays_salesforce() -> None:
    application = create_practice_application(clock=SystemClock())
    await check_salesforce_login(credentials(), LoginAttempts(), a_wire(application=application))
    for wrong in (credentials(client_id=NO_RUN_AS_USER_CLIENT_ID), credentials(secret=WRONG_CLIENT_SECRET)):
        with pytest.raises(SalesforceLoginProblem):
            await check_salesforce_login(wrong, LoginAttempts(), a_wire(application=application))


@pytest.mark.parametrize("address", ["136.146.0.1", "2606:4700::1", "64:ff9b::8892:1"])
async def test_a_public_address_is_asked_also_behind_a_translator(address: str) -> None:
    async def resolve(_host: str) -> Sequence[str]:
        return [address]

    salesforce = Salesforce()
    await check_salesforce_login(credentials(), LoginAttempts(), wire_to(salesforce), resolve=resolve)
    assert len(salesforce.requests) == 1
