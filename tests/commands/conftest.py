"""Keeps the tests in a directory of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aep_tui.domain.clock import SystemClock
from tests.commands.creating import ANSWERS, set_live_target
from tests.kit.canary import CANARY
from tests.kit.clock import FakeClock
from tests.kit.fixtures import home
from tests.kit.practice_server import PracticeServer

__all__ = ["home"]


@pytest.fixture
def no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command's waits pass at once."""
    monkeypatch.setattr("aep_tui.commands.launch_options.SystemClock", FakeClock)


@pytest.fixture
def server() -> Iterator[PracticeServer]:
    with PracticeServer(clock=SystemClock()) as running:
        yield running


@pytest.fixture
def live(server: PracticeServer, monkeypatch: pytest.MonkeyPatch) -> PracticeServer:
    set_live_target(monkeypatch, server)
    return server


@pytest.fixture
def answers(tmp_path: Path) -> list[str]:
    """Return the options that give complete answers, the secret from a file."""
    file, secret = tmp_path / "answers.toml", tmp_path / "client-secret"
    file.write_text(ANSWERS, encoding="utf-8")
    secret.write_text(f"{CANARY}\n", encoding="utf-8")
    return ["--answers", str(file), "--secret-file", f"clientSecret={secret}", "--name", "ACME"]
