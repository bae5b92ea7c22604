from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest

from aep_tui.domain.connection import ConnectionStatus
from aep_tui.domain.connection_change import ConnectionChange
from aep_tui.domain.problem import SettingsProblem
from aep_tui.flow_service.client import FlowService
from aep_tui.flow_service.errors import (
    AuthenticationRequired,
    ConnectionFailed,
    NotFound,
    PermissionRefused,
    PlatformError,
    RateLimited,
    RequestRefused,
    ServiceUnavailable,
    UnreadableAnswer,
    is_failed_test,
)
from tests.flow_service.helpers import (
    CONNECTION_ID,
    CONNECTIONS,
    SPEC_ID,
    TOKEN,
    Answers,
    a_replacement,
    a_request,
    a_service,
    a_target,
    answer,
    everything_said_by,
    flow_error,
    item,
)
from tests.kit.canary import CANARY
from tests.kit.wire import a_wire

pytestmark = pytest.mark.anyio


async def test_a_create_sends_the_five_headers_and_the_body_and_returns_id_etag_and_location() -> None:
    answers = Answers(answer(201, {"id": CONNECTION_ID, "etag": '"0700"'}, Location="/x", x_request_id="r-1"))
    async with a_service(answers) as service:
        created = await service.create(a_request())
    sent = answers.requests[0]
    assert (created.connection_id, created.etag, created.location, created.request_id) == (
        CONNECTION_ID,
        '"0700"',
        "/x",
        "r-1",
    )
    assert sent.method == "POST"
    assert str(sent.url) == f"https://platform.adobe.io{CONNECTIONS}"
    assert sent.headers["authorization"] == f"Bearer {TOKEN}"
    assert sent.headers["x-api-key"] == "acme-key"
    assert sent.headers["x-gw-ims-org-id"] == "ACME@AdobeOrg"
    assert sent.headers["x-sandbox-name"] == "dev"
    assert sent.headers["content-type"] == "application/json"
    assert json.loads(sent.content)["auth"]["params"]["clientSecret"] == CANARY


async def test_a_status_without_etag_and_version_is_normal() -> None:
    async with a_service(Answers(answer(200, {"items": [item("initializing", createdAt=1736506325115)]}))) as service:
        status = await service.connection_status(CONNECTION_ID)
    assert (status.state, status.etag, status.version) == ("initializing", "", "")
    assert status.is_pending
    assert status.created_at is not None
    assert status.created_at.isoformat() == "2025-01-10T10:52:05.115000+00:00"


async def test_secrets_in_an_answer_become_a_mark_and_other_parameters_stay() -> None:
    parameters = {
        "password": CANARY,
        "securityToken": CANARY,
        "clientSecret": CANARY,
        "jwtToken": CANARY,
        "accessToken": CANARY,
        "refreshToken": CANARY,
        "someApiKey": CANARY,
        "deep": {"inner": CANARY},
        "orgId": "00D000000000001AAA",
        "instanceUrl": "https://acme.my.salesforce.com",
        "includeDeletedObjects": True,
        "elsewhere": "arn:aws:secretsmanager:eu-west-1:1:secret:x",
    }
    found = item(auth={"specName": "Basic Authentication", "params": parameters})
    async with a_service(Answers(answer(200, {"items": [found]}))) as service:
        status = await service.connection_status(CONNECTION_ID)
    assert status.parameters["orgId"] == "00D000000000001AAA"
    assert status.parameters["instanceUrl"] == "https://acme.my.salesforce.com"
    assert status.parameters["includeDeletedObjects"] == "true"
    assert status.parameters["password"] == status.parameters["elsewhere"] == "set"
    assert CANARY not in repr(status)


@pytest.mark.parametrize(
    "hostile",
    [
        {"items": [{"state": ["x"], "createdAt": "never", "auth": "no", "connectionSpec": 3, "etag": {}}]},
        {"items": [{"state": "a\x1b[31mb\u202e", "createdAt": 1e300, "updatedAt": True, "auth": {"params": [1]}}]},
        {"items": [{}]},
    ],
)
async def test_hostile_items_are_read_without_a_crash_and_without_control_characters(hostile: object) -> None:
    async with a_service(Answers(answer(200, hostile))) as service:
        status = await service.connection_status(CONNECTION_ID)
    assert "\x1b" not in repr(status)
    assert "\u202e" not in status.state
    assert status.created_at is None


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"null", b'{"items": [', b"[" * 100_000, b"\xff\xfe"])
async def test_an_answer_that_is_no_object_is_unreadable(body: bytes) -> None:
    async with a_service(Answers(httpx.Response(200, content=body))) as service:
        with pytest.raises(UnreadableAnswer):
            await service.connection_status(CONNECTION_ID)


async def test_an_answer_without_items_is_not_found() -> None:
    async with a_service(Answers(answer(200, {"items": []}))) as service:
        with pytest.raises(NotFound):
            await service.connection_status(CONNECTION_ID)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, UnreadableAnswer),
        (400, RequestRefused),
        (401, AuthenticationRequired),
        (403, PermissionRefused),
        (404, NotFound),
        (412, RequestRefused),
        (429, RateLimited),
        (500, ServiceUnavailable),
        (503, ServiceUnavailable),
    ],
)
async def test_each_status_has_its_kind_of_error(status: int, kind: type[PlatformError]) -> None:
    async with a_service(Answers(*[answer(status, {"message": "words"}) for _attempt in range(4)])) as service:
        with pytest.raises(kind) as caught:
            await service.create(a_request())
    assert type(caught.value) is kind
    assert caught.value.status == status


async def test_an_error_carries_code_request_id_and_the_servers_words() -> None:
    async with a_service(Answers(flow_error("2120-403", "no \x1b[31mwrite"))) as service:
        with pytest.raises(PermissionRefused) as caught:
            await service.create(a_request())
    error = caught.value
    assert (error.code, error.request_id, error.status) == ("FLOW-2120-403", "request-1", 403)
    assert error.server_said == "no \N{REPLACEMENT CHARACTER}[31mwrite"


@pytest.mark.parametrize("secret", [CANARY, f'{CANARY}\t"quoted"', f"{CANARY}\u200bé"])
@pytest.mark.parametrize("status", [400, 500])
async def test_a_server_that_echoes_the_request_back_reveals_nothing(secret: str, status: int) -> None:
    def echo(request: httpx.Request) -> httpx.Response:
        headers = " ".join(request.headers.values())
        return answer(status, {"message": f"{request.content.decode()} {headers} {secret}"})

    def page(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, content=b"<html><body>" + request.content + TOKEN.encode() + b"</body>")

    for handler in (echo, page):
        async with a_service(handler) as service:
            with pytest.raises(PlatformError) as caught:
                await service.create(a_request(secret=secret))
        assert CANARY not in everything_said_by(caught.value)


async def test_a_network_failure_is_not_chained_to_the_request() -> None:
    async with a_service(Answers(httpx.ReadError(f"broken {CANARY}"))) as service:
        with pytest.raises(ConnectionFailed) as caught:
            await service.create(a_request())
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert CANARY not in everything_said_by(caught.value)


@pytest.mark.parametrize("connection_id", ["a/b?c#d", "..", "../x", "é ü", "%2e"])
async def test_no_id_leaves_the_folder_of_the_connections(connection_id: str) -> None:
    answers = Answers(answer(200, {"items": [{"state": "enabled"}]}))
    async with a_service(answers) as service:
        await service.connection_status(connection_id)
    raw = answers.requests[0].url.raw_path.decode()
    assert raw.startswith(f"{CONNECTIONS}/")
    assert "/" not in raw.removeprefix(f"{CONNECTIONS}/")
    assert "?" not in raw


async def test_an_empty_id_asks_nothing() -> None:
    async with a_service(Answers()) as service:
        with pytest.raises(NotFound):
            await service.connection_status(" ")


@pytest.mark.parametrize(
    ("body", "expected"), [({"result": True}, True), ({"result": False}, False), (True, True), (False, False)]
)
async def test_the_test_of_a_connection_is_read_from_an_object_and_from_a_bare_boolean(
    body: object, expected: bool
) -> None:
    async with a_service(Answers(answer(200, body))) as service:
        assert await service.test_connection(CONNECTION_ID) is expected


async def test_a_failed_test_that_says_why_is_told_with_its_words() -> None:
    body = {"result": False, "message": "invalid_grant: user is\x1b frozen", "retries": 2}
    async with a_service(Answers(answer(200, body))) as service:
        with pytest.raises(RequestRefused) as caught:
            await service.test_connection(CONNECTION_ID)
    assert is_failed_test(caught.value)
    assert caught.value.server_said == "invalid_grant: user is\N{REPLACEMENT CHARACTER} frozen"


@pytest.mark.parametrize("body", [{}, None, 1, "yes", {"result": 1}])
async def test_a_test_without_a_boolean_is_no_result(body: object) -> None:
    async with a_service(Answers(answer(200, body))) as service:
        with pytest.raises(UnreadableAnswer):
            await service.test_connection(CONNECTION_ID)


@pytest.mark.parametrize("status", [202, 204])
async def test_a_delete_sends_the_etag_with_its_quotes_and_accepts_both_statuses(status: int) -> None:
    answers = Answers(httpx.Response(status))
    async with a_service(answers) as service:
        await service.delete_connection(CONNECTION_ID, '"0700"')
    assert answers.methods == ["DELETE"]
    assert answers.requests[0].headers["if-match"] == '"0700"'


async def test_replacing_parameters_sends_the_complete_set_and_the_etag() -> None:
    answers = Answers(answer(200, {"id": CONNECTION_ID, "etag": '"0800"'}))
    async with a_service(answers) as service:
        replaced = await service.change_connection(*a_replacement(CONNECTION_ID, '"0700"'))
    assert replaced.etag == '"0800"'
    assert answers.requests[0].headers["if-match"] == '"0700"'
    assert json.loads(answers.requests[0].content) == [
        {
            "op": "replace",
            "path": "/auth/params",
            "value": {
                "environmentUrl": "https://acme.my.salesforce.com",
                "clientId": "acme-client",
                "clientSecret": CANARY,
                "apiVersion": "60.0",
            },
        }
    ]


async def test_a_new_name_that_is_a_secrets_value_too_is_still_seen_after_the_change() -> None:
    answers = Answers(answer(200, {"id": CONNECTION_ID}), answer(200, {"items": [item(name=CANARY)]}))
    seen = ConnectionStatus(CONNECTION_ID, "enabled", etag='"1"')
    async with a_service(answers) as service:
        await service.change_connection(seen, ConnectionChange(name=CANARY))
        assert (await service.connection_status(CONNECTION_ID)).name == CANARY


async def test_the_offered_auth_specifications_are_listed() -> None:
    body = {"items": [{"authSpec": [{"name": "OAuth2 Client Credential"}, {"name": ""}, "x"]}]}
    async with a_service(Answers(answer(200, body), answer(200, {"items": []}))) as service:
        assert await service.auth_spec_names(SPEC_ID) == ("OAuth2 Client Credential",)
        assert await service.auth_spec_names(SPEC_ID) == ()


async def test_the_sandboxes_are_listed_over_pages() -> None:
    first = [{"name": f"s{number}", "isDefault": False} for number in range(100)]
    last = [{"name": "prod", "title": "Production", "type": "production", "region": "VA7", "isDefault": True}, {}]
    answers = Answers(answer(200, {"sandboxes": first}), answer(200, {"sandboxes": last}))
    async with a_service(answers) as service:
        found = await service.sandboxes()
    assert len(found) == 101
    assert found[-1].is_default
    assert found[-1].is_production
    assert answers.requests[0].url.path == "/data/foundation/sandbox-management/"
    assert answers.requests[1].url.query == b"limit=100&offset=100"


async def test_a_new_token_is_used_from_the_next_request_on() -> None:
    answers = Answers(answer(200, {"items": [item()]}), answer(200, {"items": [item()]}))
    async with a_service(answers) as service:
        await service.connection_status(CONNECTION_ID)
        service.replace_access_token(a_target(token="new-token").access_token)  # type: ignore[arg-type] # is given
        await service.connection_status(CONNECTION_ID)
    assert answers.requests[1].headers["authorization"] == "Bearer new-token"


async def test_without_a_token_nothing_leaves() -> None:
    answers = Answers()
    async with a_service(answers, target=a_target(token=None)) as service:
        with pytest.raises(AuthenticationRequired) as caught:
            await service.create(a_request())
    assert answers.requests == []
    assert not caught.value.request_left


@pytest.mark.parametrize("token", [f"{CANARY}\nx", f"{CANARY}é", f"a {CANARY}", ""])
def test_a_token_that_no_header_can_carry_is_refused_without_being_named(token: str) -> None:
    with pytest.raises(SettingsProblem) as caught:
        FlowService(a_target(token=token), a_wire())
    assert CANARY not in everything_said_by(caught.value)


@pytest.mark.parametrize("url", ["http://platform.adobe.io", "https://user:pw@platform.adobe.io", "ftp://x", "x"])
def test_a_base_url_that_could_leak_the_token_is_refused(url: str) -> None:
    with pytest.raises(SettingsProblem):
        a_wire(url)


async def test_the_offset_of_the_servers_clock_is_known_after_an_answer() -> None:
    answers = Answers(answer(200, {"items": [item()]}, Date="Sun, 22 Nov 2026 12:00:30 GMT"))
    async with a_service(answers) as service:
        assert service.server_time_offset is None
        await service.connection_status(CONNECTION_ID)
        assert service.server_time_offset == timedelta(seconds=30)


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "HTTPS_PROXY"])
async def test_a_network_setting_that_cannot_be_used_is_named_and_not_shown(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, f"nonsense://{CANARY}")
    async with FlowService(a_target(), a_wire()) as service:
        with pytest.raises(SettingsProblem) as caught:
            await service.connection_status(CONNECTION_ID)
    assert variable in caught.value.message
    assert CANARY not in everything_said_by(caught.value)


async def test_an_embedded_application_answers_in_the_same_process() -> None:
    async def application(scope: dict[str, object], receive: object, send: object) -> None:
        assert scope["path"] == f"{CONNECTIONS}/{CONNECTION_ID}"
        assert callable(send)
        body = json.dumps({"items": [item()]}).encode()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})

    async with FlowService(a_target(), a_wire(application=application)) as service:
        assert (await service.connection_status(CONNECTION_ID)).is_enabled


@pytest.mark.parametrize("status", [200, 400, 503])
@pytest.mark.parametrize("encoding", ["gzip", "gzip, gzip", "br", "deflate"])
async def test_what_is_compressed_without_having_been_asked_for_stays_unread(status: int, encoding: str) -> None:
    class Unread(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            raise AssertionError("it was read")
            yield b""

    def respond(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, headers={"Content-Encoding": encoding}, stream=Unread())

    with pytest.raises(PlatformError) as failure:
        await a_service(respond).connection_status(CONNECTION_ID, with_retries=False)
    assert failure.value.status == status
    assert not failure.value.server_said


async def test_no_path_leads_to_another_host() -> None:
    paths = (
        "//elsewhere.example/x",
        "@elsewhere.example/x",
        ":pass@elsewhere.example/x",
        "https://elsewhere.example/x",
    )
    answers = Answers(*(answer(200, {}) for _each in paths))
    async with a_service(answers) as service:
        for path in paths:
            await service.read(path)
    assert {(sent.url.host, sent.url.userinfo) for sent in answers.requests} == {("platform.adobe.io", b"")}


async def test_what_an_answer_sets_as_a_cookie_is_not_sent_back() -> None:
    answers = Answers(answer(200, {}, Set_Cookie="session=1; Path=/"), answer(200, {}))
    async with a_service(answers) as service:
        await service.read(CONNECTIONS)
        await service.read(CONNECTIONS)
    assert [sent.headers.get("cookie") for sent in answers.requests] == [None, None]
