from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

from aep_tui.domain.clock import SystemClock
from aep_tui.practice.request_kind import CONNECTIONS_PATH, RequestKind
from aep_tui.practice.server import LOOPBACK, PracticeServerProblem
from aep_tui.practice.store import PracticeStore
from tests.kit.canary import CANARY
from tests.kit.faults import FAULTS
from tests.kit.practice_server import PracticeServer
from tests.practice.support import HEADERS, salesforce_body

_SERVE = """
import sys
from aep_tui.domain.clock import SystemClock
from aep_tui.practice.server import serve
serve(0, store_path=sys.argv[1], clock=SystemClock(), on_ready=lambda base_url: print(base_url, flush=True))
print("ended", flush=True)
"""


def test_the_port_is_closed_once_the_server_has_ended() -> None:
    with PracticeServer(clock=SystemClock()) as server:
        assert httpx.get(f"{server.base_url}/nowhere").status_code == 404
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{server.base_url}/nowhere")


def test_a_server_listens_on_loopback_only(server: PracticeServer) -> None:
    assert LOOPBACK == "127.0.0.1"
    assert server.base_url.startswith("http://127.0.0.1:")


def test_a_server_ends_at_once_although_a_client_waits_for_an_answer_that_never_comes() -> None:
    failures: list[Exception] = []
    with PracticeServer(clock=SystemClock()) as server:
        server.faults.put(RequestKind.LIST, FAULTS["silence"])

        def wait_for_ever() -> None:
            try:
                httpx.get(server.base_url + CONNECTIONS_PATH, headers=HEADERS, timeout=60)
            except httpx.HTTPError as error:
                failures.append(error)

        waiting = threading.Thread(target=wait_for_ever)
        waiting.start()
        while not server.faults.happened:
            waiting.join(0.01)
    waiting.join(10)
    assert not waiting.is_alive()
    assert len(failures) == 1


def test_a_server_does_not_close_a_store_that_it_was_given() -> None:
    with PracticeStore() as store:
        with PracticeServer(store=store, clock=SystemClock()) as server:
            httpx.post(server.base_url + CONNECTIONS_PATH, json=salesforce_body(), headers=HEADERS)
        assert store.count() == 1


def test_a_port_that_is_taken_or_impossible_is_a_problem_in_words() -> None:
    with socket.create_server((LOOPBACK, 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PracticeServerProblem, match=str(port)):
            PracticeServer(port=port, clock=SystemClock()).__enter__()
    server = PracticeServer(port=70_000, clock=SystemClock())
    with pytest.raises(PracticeServerProblem, match=r"used: a port is a number from 0 to 65535\.$"):
        server.__enter__()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):  # nothing stays open of a server that did not start
        server.store.count()


@pytest.mark.skipif(os.name == "nt", reason="signals are sent in the POSIX way")
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_serve_ends_quietly_on_a_signal_and_prints_neither_log_nor_secret(tmp_path: Path, end: signal.Signals) -> None:
    path = tmp_path / "practice.sqlite"
    with subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        base_url = process.stdout.readline().strip()
        answer = httpx.post(base_url + CONNECTIONS_PATH, json=salesforce_body(), headers=HEADERS)
        assert answer.status_code == 201
        httpx.post(base_url + CONNECTIONS_PATH, content=f'{{"{CANARY}', headers=HEADERS)
        with socket.create_connection((LOOPBACK, int(base_url.rpartition(":")[2]))) as raw:
            raw.sendall(f"no http {CANARY}\r\n\r\n".encode())
            raw.recv(1000)
        process.send_signal(end)
        output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, errors) == (0, "ended\n", "")
    with PracticeStore(str(path)) as store:
        assert store.count() == 1
    assert CANARY.encode() not in path.read_bytes()


@pytest.mark.parametrize(("host", "status"), [("evil.example", 400), ("localhost", 401), ("127.0.0.1", 401)])
def test_a_name_that_somebody_points_at_this_machine_gets_no_answer(host: str, status: int) -> None:
    with PracticeServer(clock=SystemClock()) as server:
        port = server.base_url.rpartition(":")[2]
        answer = httpx.get(
            f"{server.base_url}/data/foundation/flowservice/connections", headers={"Host": f"{host}:{port}"}
        )
    assert (answer.status_code == 400) == (status == 400)
    assert ("items" in answer.text) is False
