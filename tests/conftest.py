"""What all tests share."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest

from tests.screens_text import UPDATE_OPTION, UpdateScreens

DAYS_LATER_OPTION = "--days-later"
_MOVED_DATE = pytest.StashKey[ExitStack]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to write the text snapshots of the screens anew, and to run the tests on another date."""
    parser.addoption(UPDATE_OPTION, action="store_true", help="write tests/__snapshots__/ instead of comparing")
    parser.addoption(
        DAYS_LATER_OPTION,
        type=int,
        default=0,
        metavar="DAYS",
        help="let this process believe that it is so many days later (not its children, and not TLS)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Hand the first option to the snapshots, and move the date before any test is imported."""
    UpdateScreens.is_asked_for = bool(config.getoption(UPDATE_OPTION))
    config.stash[_MOVED_DATE] = ExitStack()
    if days := config.getoption(DAYS_LATER_OPTION):
        from time_machine import travel

        moment = datetime.now(UTC) + timedelta(days=days)
        config.stash[_MOVED_DATE].enter_context(travel(moment, tick=True))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Give the date back."""
    config.stash[_MOVED_DATE].close()


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
