"""The screens' tests write to no directory of the person who runs them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.secrets import CANARY


@pytest.fixture(autouse=True)
def _own_directories(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Give each test empty directories; at its end no file and no log line may have the secret."""
    own = tmp_path_factory.mktemp("own")
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(own / name))
    yield
    assert CANARY not in caplog.text
    for path in own.rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes(), path
