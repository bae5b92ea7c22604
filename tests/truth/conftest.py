"""A platform, a state directory and a nursery of submitting processes for the tests of the truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aep_tui.domain.clock import SystemClock
from aep_tui.practice.scenarios import EVERYTHING_FINE
from aep_tui.practice.server import PracticeServer
from tests.truth.nursery import Nursery


@pytest.fixture(scope="session")
def _running_server() -> Iterator[PracticeServer]:
    with PracticeServer(scenario=replace(EVERYTHING_FINE, initializing_seconds=0.0), clock=SystemClock()) as server:
        yield server


@pytest.fixture
def server(_running_server: PracticeServer) -> PracticeServer:
    _running_server.store.clear()
    _running_server.faults.clear()
    return _running_server


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    with Nursery() as nursery:
        yield nursery


@pytest.fixture
def state_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """XDG_STATE_HOME of this process and of those that it orders."""
    home = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return home
