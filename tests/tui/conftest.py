"""The screens' tests write to no directory of the person who runs them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.canary import CANARY
from tests.kit.fixtures import own_directories
from tests.kit.platform import Platform, platform_of

__all__ = ["own_directories"]


@pytest.fixture(autouse=True)
def _no_secret_is_left(own_directories: Path, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Hold after each test that no file and no log line has the secret."""
    yield
    assert CANARY not in caplog.text
    for path in own_directories.rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes(), path


@pytest.fixture
def platform(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Platform]:
    """Run a platform on this machine, with a directory of the person's own files."""
    with platform_of(tmp_path_factory.mktemp("outside"), monkeypatch) as platform:
        yield platform
