"""One practice server for all tests of this folder; each test finds it empty and without faults."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.kit.clock import FakeClock
from tests.kit.fixtures import server
from tests.kit.practice_server import PracticeServer
from tests.practice.support import HEADERS

__all__ = ["server"]


@pytest.fixture(scope="session")
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def running_server(clock: FakeClock) -> Iterator[PracticeServer]:
    with PracticeServer(clock=clock) as server:
        yield server


@pytest.fixture(scope="session")
def open_client(running_server: PracticeServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running_server.base_url, timeout=10) as client:
        yield client


@pytest.fixture
def bare_client(server: PracticeServer, open_client: httpx.Client) -> httpx.Client:
    """A client without the platform's headers."""
    open_client.headers = httpx.Headers()
    return open_client


@pytest.fixture
def client(bare_client: httpx.Client) -> httpx.Client:
    """A client that says who it is, in the sandbox that plays both clouds."""
    bare_client.headers.update(HEADERS)
    return bare_client
