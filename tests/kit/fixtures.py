"""Directories and a platform of a test's own; the `conftest.py` of a room names those that its tests need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aep_tui.domain.clock import SystemClock
from aep_tui.practice.scenarios import EVERYTHING_FINE
from tests.kit.practice_server import PracticeServer

__all__ = ["home", "own_directories", "running_server", "server"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test its own home, working directory, configuration and state."""
    for name in ("home", "work"):
        (tmp_path / name).mkdir(mode=0o700)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home" / "state"))
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def own_directories(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test empty directories for what the program writes; home and working directory stay."""
    own = tmp_path_factory.mktemp("own")
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(own / name))
    return own


@pytest.fixture(scope="session")
def running_server() -> Iterator[PracticeServer]:
    """Run one practice server for all tests of this process; a create is enabled at once."""
    with PracticeServer(scenario=replace(EVERYTHING_FINE, initializing_seconds=0.0), clock=SystemClock()) as server:
        yield server


@pytest.fixture
def server(running_server: PracticeServer) -> PracticeServer:
    """Hand the server on, empty and without faults."""
    running_server.store.clear()
    running_server.faults.clear()
    return running_server
