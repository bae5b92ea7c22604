"""One practice server for the tests over real sockets; each test finds it empty and without faults."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from aep_tui.domain.clock import SystemClock
from aep_tui.practice.scenarios import EVERYTHING_FINE
from aep_tui.practice.server import PracticeServer


@pytest.fixture(scope="session")
def _running_server() -> Iterator[PracticeServer]:
    with PracticeServer(scenario=replace(EVERYTHING_FINE, initializing_seconds=0.0), clock=SystemClock()) as server:
        yield server


@pytest.fixture
def server(_running_server: PracticeServer) -> PracticeServer:
    _running_server.store.clear()
    _running_server.faults.clear()
    return _running_server
