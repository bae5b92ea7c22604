from __future__ import annotations

from email.utils import parsedate_to_datetime

import httpx
import pytest
from starlette.middleware import Middleware

from aep_tui.practice.application import create_practice_application
from aep_tui.practice.request_kind import CONNECTIONS_PATH, IMS_TOKEN_PATH, RequestKind
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.kit.faults import FAULTS, FaultMiddleware, FaultPlan
from tests.kit.practice_server import PracticeServer
from tests.practice.support import create, in_process, salesforce_body

_BROKEN = {"reset-before-headers", "reset-after-commit", "cut-off-after-commit"}
_SILENT = {"silence", "silence-after-commit"}


def _post(client: httpx.Client, *, read: float = 10.0) -> httpx.Response:
    return client.post(CONNECTIONS_PATH, json=salesforce_body(), timeout=httpx.Timeout(10, read=read))


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_happens_once_and_commits_as_it_says(client: httpx.Client, server: PracticeServer, name: str) -> None:
    fault = FAULTS[name]
    server.faults.put(RequestKind.CREATE, fault)
    if name in _BROKEN:
        with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
            _post(client)
    elif name in _SILENT:
        with pytest.raises(httpx.ReadTimeout):
            _post(client, read=1.0)  # long enough for a busy server to carry the request out
    else:
        answer = _post(client)
        assert answer.headers["x-request-id"]
    assert server.store.count() == int(fault.is_committed)
    assert server.faults.happened == [(RequestKind.CREATE, fault)]
    assert _post(client).status_code == 201


@pytest.mark.parametrize("status", [502, 503, 504])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_gateway_status_comes_without_a_body(
    client: httpx.Client, server: PracticeServer, status: int, moment: str
) -> None:
    server.faults.put(RequestKind.CREATE, FAULTS[f"{status}-{moment}-commit"])
    answer = _post(client)
    assert (answer.status_code, answer.content) == (status, b"")


def test_a_slow_drip_is_the_whole_answer_in_the_end(client: httpx.Client, server: PracticeServer) -> None:
    server.faults.put(RequestKind.CREATE, FAULTS["slow-drip"])
    assert _post(client).json()["id"] == server.store.connections()[0].id


def test_a_big_body_has_ten_million_bytes(client: httpx.Client, server: PracticeServer) -> None:
    server.faults.put(RequestKind.LIST, FAULTS["big-body"])
    with client.stream("GET", CONNECTIONS_PATH) as answer:
        assert answer.status_code == 200
        assert sum(len(part) for part in answer.iter_bytes()) > 10_000_000


def test_invalid_json_and_html_are_what_they_are_called(client: httpx.Client, server: PracticeServer) -> None:
    server.faults.put(RequestKind.CREATE, FAULTS["invalid-json"], FAULTS["html-error-page"])
    invalid, page = _post(client), _post(client)
    assert invalid.status_code == 201
    with pytest.raises(ValueError, match="Unterminated"):
        invalid.json()
    assert page.headers["content-type"] == "text/html"
    assert page.status_code == 502


def test_a_429_says_seconds_or_a_date_or_nothing(
    client: httpx.Client, server: PracticeServer, clock: FakeClock
) -> None:
    server.faults.put(
        RequestKind.LIST, FAULTS["429-with-seconds"], FAULTS["429-with-date"], FAULTS["429-without-header"]
    )
    seconds, date, nothing = (client.get(CONNECTIONS_PATH) for _ in range(3))
    assert seconds.headers["retry-after"] == "2"
    wait = parsedate_to_datetime(date.headers["retry-after"]) - clock.now()
    assert 1 <= wait.total_seconds() <= 2
    assert "retry-after" not in nothing.headers
    assert {answer.status_code for answer in (seconds, date, nothing)} == {429}


def test_an_echo_quotes_the_whole_request_so_that_clients_can_prove_their_redaction(
    client: httpx.Client, server: PracticeServer
) -> None:
    server.faults.put(RequestKind.CREATE, FAULTS["echoed-body"])
    assert CANARY in _post(client).text


def test_a_plan_counts_each_kind_of_request_and_lets_through_what_is_none(
    client: httpx.Client, server: PracticeServer
) -> None:
    fault = FAULTS["502-before-commit"]
    server.faults.put(RequestKind.READ, None, fault)
    server.faults.put(RequestKind.TOKEN, fault)
    location = f"{CONNECTIONS_PATH}/{create(client)['id']}"
    assert client.get(CONNECTIONS_PATH).status_code == 200
    assert [client.get(location).status_code for _ in range(3)] == [200, 502, 200]
    assert client.get(f"{location}/test").status_code == 400
    assert [client.post(IMS_TOKEN_PATH).status_code for _ in range(2)] == [502, 400]
    assert server.faults.happened == [(RequestKind.READ, fault), (RequestKind.TOKEN, fault)]


@pytest.mark.anyio
async def test_faults_work_in_process_too_but_a_reset_says_that_it_needs_a_socket() -> None:
    fault = FAULTS["503-after-commit"]
    plan = FaultPlan({RequestKind.CREATE: [fault, FAULTS["reset-before-headers"]]})
    clock = FakeClock()
    application = create_practice_application(
        clock=clock, middleware=(Middleware(FaultMiddleware, plan=plan, clock=clock),)
    )
    async with in_process(application) as client:
        assert (await client.post(CONNECTIONS_PATH, json=salesforce_body())).status_code == 503
        with pytest.raises(RuntimeError, match="PracticeServer"):
            await client.post(CONNECTIONS_PATH, json=salesforce_body())
    assert application.state.service.store.count() == 1
