"""The flows write to no directory of the person who runs the tests."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _own_directories(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test empty directories."""
    own = tmp_path_factory.mktemp("own")
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(own / name))
