"""What all tests share."""

from __future__ import annotations

import pytest

from tests.screens_text import UPDATE_OPTION, UpdateScreens


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to write the text snapshots of the screens anew."""
    parser.addoption(UPDATE_OPTION, action="store_true", help="write tests/__snapshots__/ instead of comparing")


def pytest_configure(config: pytest.Config) -> None:
    """Hand the option to the snapshots."""
    UpdateScreens.is_asked_for = bool(config.getoption(UPDATE_OPTION))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Run asynchronous tests on asyncio, which is what the program runs on."""
    return "asyncio"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's own settings and terminal out of the tests."""
    import os

    for name in list(os.environ):
        if name.startswith(("AEP_", "TEXTUAL", "NO_COLOR", "IMS_OAUTH_")) and not name.startswith("AEP_OPENAPI_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TZ", "UTC")
