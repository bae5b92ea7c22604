from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from urllib.parse import parse_qs

import httpx
import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secret import Secret
from aep_tui.domain.target import DOCUMENTED_SCOPES, ClientCredential
from aep_tui.flow_service.errors import (
    AuthenticationRequired,
    ConnectionFailed,
    PlatformError,
    ServiceUnavailable,
    UnreadableAnswer,
)
from aep_tui.flow_service.ims import ImsAuthentication
from tests.flow_service.helpers import (
    CONNECTION_ID,
    Answers,
    Handler,
    a_request,
    a_service,
    a_target,
    answer,
    everything_said_by,
    item,
)
from tests.kit.canary import CANARY, knowing
from tests.kit.clock import FakeClock
from tests.kit.wire import a_wire

pytestmark = pytest.mark.anyio


class Ims:
    """Gives numbered tokens and counts."""

    def __init__(self, expires_in: object = 86399, answers: list[httpx.Response | Exception] | None = None) -> None:
        self.requests: list[httpx.Request] = []
        self._expires_in = expires_in
        self._answers = answers or []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if self._answers:
            given = self._answers.pop(0)
            if isinstance(given, Exception):
                raise given
            return given
        token = f"{CANARY}-{len(self.requests)}"
        return answer(200, {"access_token": token, "token_type": "bearer", "expires_in": self._expires_in})


class Platform:
    """Answers 401 to the tokens that it is told to refuse."""

    def __init__(self, refused: set[str], refusal: httpx.Response | None = None) -> None:
        self.refused = refused
        self.refusal = refusal or answer(401, {"error_code": "401013", "message": "Oauth token is not valid"})
        self.requests: list[httpx.Request] = []
        self.tokens: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.tokens.append(request.headers["authorization"][-1])
        if request.headers["authorization"].removeprefix("Bearer ") in self.refused:
            return httpx.Response(401, content=in_pieces(self.refusal.content))
        return answer(200, {"items": [item()], "id": CONNECTION_ID})


async def in_pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 10_000):
        yield content[start : start + 10_000]


def authentication(
    ims: Handler, clock: FakeClock | None = None, host: str = "https://ims.example"
) -> ImsAuthentication:
    credential = ClientCredential(Secret(CANARY), ims_base_url=host)
    return ImsAuthentication(
        "client", credential, a_wire(host, clock=clock, answers=ims, secrets=knowing({"clientSecret": CANARY}))
    )


async def test_a_token_is_asked_for_with_a_form_and_used_until_500_seconds_before_its_end() -> None:
    clock, ims, platform = FakeClock(), Ims(), Platform(set())
    async with a_service(platform, clock, authentication=authentication(ims, clock)) as service:
        await service.connection_status(CONNECTION_ID)
        clock.advance(86399 - 500 - 1)
        await service.connection_status(CONNECTION_ID)
        assert len(ims.requests) == 1
        clock.advance(1)
        await service.connection_status(CONNECTION_ID)
    assert platform.tokens == ["1", "1", "2"]
    sent = ims.requests[0]
    assert str(sent.url) == "https://ims.example/ims/token/v3"
    assert sent.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(sent.content.decode()) == {
        "grant_type": ["client_credentials"],
        "client_id": ["client"],
        "client_secret": [CANARY],
        "scope": [DOCUMENTED_SCOPES],
    }


@pytest.mark.parametrize(("expires_in", "lives"), [(60, 30), ("3600", 3100), (86399992, 85900), (None, 0), ("x", 0)])
async def test_a_strange_life_time_is_followed_as_far_as_it_makes_sense(expires_in: object, lives: float) -> None:
    clock, ims = FakeClock(), Ims(expires_in)
    auth = authentication(ims, clock)
    try:
        await auth.access_token()
    except UnreadableAnswer:
        assert expires_in == "x"
        return
    clock.advance(lives - 1)
    await auth.access_token()
    assert len(ims.requests) == 1
    clock.advance(1)
    await auth.access_token()
    assert len(ims.requests) == 2


async def test_many_requests_at_once_make_one_token_and_one_renewal() -> None:
    ims, platform = Ims(), Platform({f"{CANARY}-1"})
    async with a_service(platform, authentication=authentication(ims)) as service:
        await asyncio.gather(*[service.connection_status(CONNECTION_ID) for _each in range(8)])
    assert len(ims.requests) == 2


@pytest.mark.parametrize("refusal", [None, httpx.Response(401), httpx.Response(401, content=b"<html>")])
async def test_a_get_is_sent_again_once_after_a_401_of_whomever(refusal: httpx.Response | None) -> None:
    ims, platform = Ims(), Platform({f"{CANARY}-1", f"{CANARY}-2"}, refusal)
    async with a_service(platform, authentication=authentication(ims)) as service:
        with pytest.raises(AuthenticationRequired):
            await service.connection_status(CONNECTION_ID)
    assert platform.tokens == ["1", "2"]


async def test_a_compressed_refusal_is_not_inflated_to_learn_whose_it_is() -> None:
    refusal = gzip.compress(json.dumps({"error_code": "401013"}).encode())
    answers = Answers(*[httpx.Response(401, content=refusal, headers={"Content-Encoding": "gzip"})] * 2)
    async with a_service(answers, authentication=authentication(Ims())) as service:
        with pytest.raises(AuthenticationRequired):
            await service.create(a_request())
    assert len(answers.requests) == 1


async def test_a_post_is_sent_again_when_the_gateway_refused_the_token() -> None:
    ims, platform = Ims(), Platform({f"{CANARY}-1"})
    async with a_service(platform, authentication=authentication(ims)) as service:
        await service.create(a_request())
    assert platform.tokens == ["1", "2"]
    assert platform.requests[0].content == platform.requests[1].content


@pytest.mark.parametrize(
    "refusal",
    [
        answer(401, {"type": "https://ns.adobe.com/aep/errors/FLOW-2000-401"}),
        httpx.Response(401, content=b"<html>"),
        httpx.Response(401),
        httpx.Response(401, content=b"[" * 100_000),
        httpx.Response(401, content=b" " * 5_000_000 + b'{"error_code": "401013"}'),
    ],
)
async def test_a_post_is_not_sent_again_when_somebody_else_than_the_gateway_refused(refusal: httpx.Response) -> None:
    ims, platform = Ims(), Platform({f"{CANARY}-1"}, refusal)
    async with a_service(platform, authentication=authentication(ims)) as service:
        with pytest.raises(AuthenticationRequired):
            await service.create(a_request())
    assert len(platform.requests) == 1


@pytest.mark.parametrize("status", [400, 401])
@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"error": "invalid_client", "error_description": "invalid client_secret parameter"}, "client secret is wrong"),
        ({"error": "invalid_client", "error_description": "invalid client_id parameter"}, "not know the client id"),
        ({"error": "invalid_scope", "error_description": "x"}, "scope is not bound"),
        ({"error": "something_new"}, "in none of the documents"),
    ],
)
async def test_each_refusal_becomes_a_sentence_and_nothing_reaches_the_platform(
    status: int, body: object, words: str
) -> None:
    platform = Platform(set())
    async with a_service(platform, authentication=authentication(Ims(answers=[answer(status, body)]))) as service:
        with pytest.raises(AuthenticationRequired) as caught:
            await service.create(a_request())
    assert words in caught.value.message
    assert platform.requests == []
    assert not caught.value.request_left


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (httpx.ReadTimeout("x"), ConnectionFailed),
        (answer(503, {}), ServiceUnavailable),
    ],
)
async def test_an_identity_service_that_fails_means_that_the_create_was_not_sent(
    failure: httpx.Response | Exception, kind: type[PlatformError]
) -> None:
    platform = Platform(set())
    async with a_service(platform, authentication=authentication(Ims(answers=[failure] * 4))) as service:
        with pytest.raises(kind) as caught:
            await service.connection_status(CONNECTION_ID, with_retries=False)
    assert platform.requests == []
    assert not caught.value.request_left


@pytest.mark.parametrize("failure", [httpx.ReadTimeout("x"), answer(503, {}), answer(429, {})])
async def test_a_create_waits_for_an_identity_service_that_fails_for_a_while(
    failure: httpx.Response | Exception,
) -> None:
    ims, platform = Ims(answers=[failure] * 3), Platform(set())
    async with a_service(platform, authentication=authentication(ims)) as service:
        await service.create(a_request())
    assert len(ims.requests) == 4
    assert len(platform.requests) == 1


async def test_a_renewal_that_fails_after_a_refusal_of_the_gateway_does_not_lose_the_create() -> None:
    platform = Platform({f"{CANARY}-1"})
    ims = Ims()
    async with a_service(platform, authentication=authentication(ims)) as service:
        await service.connection_status(CONNECTION_ID)
    platform.requests.clear()
    first = Ims(answers=[answer(200, {"access_token": f"{CANARY}-1", "expires_in": 86399}), answer(503, {})])
    async with a_service(platform, authentication=authentication(first)) as service:
        await service.create(a_request())
    assert [request.method for request in platform.requests] == ["POST", "POST"]


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"{}", b'{"access_token": 7}', json.dumps({"access_token": f"{CANARY}\n"}).encode()]
)
async def test_a_token_answer_without_a_usable_token_is_unreadable_and_not_shown(body: bytes) -> None:
    with pytest.raises(UnreadableAnswer) as caught:
        await authentication(Ims(answers=[httpx.Response(200, content=body)])).access_token()
    assert CANARY not in everything_said_by(caught.value)


async def test_an_identity_service_that_echoes_the_secret_reveals_nothing() -> None:
    def echo(request: httpx.Request) -> httpx.Response:
        return answer(400, {"error": "invalid_client", "error_description": request.content.decode()})

    auth = authentication(echo)
    with pytest.raises(AuthenticationRequired) as caught:
        await auth.access_token()
    assert CANARY not in everything_said_by(caught.value)
    assert CANARY not in repr(auth)
    assert CANARY not in repr(ClientCredential(Secret(CANARY)))


@pytest.mark.parametrize("host", ["http://ims.example", "https://ims.example/path", "https://user@ims.example", ""])
def test_a_host_that_could_leak_the_secret_is_refused(host: str) -> None:
    with pytest.raises(SettingsProblem):
        authentication(Ims(), host=host)


async def test_a_token_given_by_hand_takes_the_place_of_the_credential() -> None:
    ims, platform = Ims(), Platform(set())
    async with a_service(platform, authentication=authentication(ims)) as service:
        service.replace_access_token(a_target(token="by-hand-9").access_token)  # type: ignore[arg-type] # is given
        await service.connection_status(CONNECTION_ID)
    assert platform.tokens == ["9"]
    assert ims.requests == []


@pytest.mark.parametrize(
    "strange", [httpx.Response(200, html="<p>Sign in</p>"), httpx.Response(307, headers={"Location": "/"})]
)
async def test_what_is_not_the_identity_service_is_named_as_such(strange: httpx.Response) -> None:
    with pytest.raises(UnreadableAnswer) as failure:
        await authentication(Ims(answers=[strange])).access_token()
    words = f"{failure.value.title} {failure.value.message} {failure.value.next_step}"
    assert "identity service" in words
    assert "AEP_IMS_HOST" in words
    assert "base URL" not in words
    assert not failure.value.request_left


async def test_a_compressed_token_answer_is_not_inflated() -> None:
    body = gzip.compress(b'{"access_token": "x", "expires_in": 1}')
    strange = httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=Unread(body))
    with pytest.raises(UnreadableAnswer, match="no access token"):
        await authentication(Ims(answers=[strange])).access_token()


class Unread(httpx.AsyncByteStream):
    """Fails the test when somebody reads it."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        raise AssertionError("it was read")
        yield self._body
