"""What all tests share."""

from __future__ import annotations

import atexit
import gc
import os
import random
import ssl
import warnings
from collections.abc import Generator, Mapping
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings

from tests.kit.authorities import default_context
from tests.kit.examples import ALL_EXAMPLES_OPTION, USUAL_EXAMPLES, Examples, examples
from tests.kit.screen_text import UPDATE_OPTION, UpdateScreens

DAYS_LATER_OPTION = "--days-later"
SHUFFLE_OPTION = "--shuffle"
_ALLOWED = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)
_OF_THE_DEVELOPER: Final = ("AEP_", "TEXTUAL", "NO_COLOR", "IMS_OAUTH_", "SSL_CERT_")
_OF_THE_TESTS: Final = "AEP_OPENAPI_"
_HERE: Final = Path(__file__).parent
_PATCHES = pytest.StashKey[ExitStack]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to write the text snapshots of the screens anew, and to run longer, on another date or in another order."""
    parser.addoption(UPDATE_OPTION, action="store_true", help="write tests/__snapshots__/ instead of comparing")
    parser.addoption(
        DAYS_LATER_OPTION,
        type=int,
        default=0,
        metavar="DAYS",
        help="let this process believe that it is so many days later (not its children, and not TLS)",
    )
    parser.addoption(
        SHUFFLE_OPTION,
        type=int,
        metavar="SEED",
        help="run the tests in a random order, the same for the same number, in every process of pytest-xdist",
    )
    parser.addoption(ALL_EXAMPLES_OPTION, action="store_true", help="try all random examples, not a quarter of them")


def pytest_configure(config: pytest.Config) -> None:
    """Hand the first options on, move the date before any test is imported, and leave out what no test can notice.

    A test cannot tell whether the disk has taken what it was asked to take, but waits for it thousands of times; nor
    whether the certificates of all authorities were read for it or for the test before.
    """
    # How long an example takes says how busy the machine is; hanging is what pytest-timeout ends.
    present = settings.get_profile(settings.get_current_profile_name())
    Examples.are_all = bool(config.getoption(ALL_EXAMPLES_OPTION))
    settings.register_profile(
        "however-slow-the-machine",
        parent=present,
        max_examples=examples(USUAL_EXAMPLES),
        deadline=None,
        suppress_health_check=_ALLOWED,
    )
    settings.load_profile("however-slow-the-machine")
    UpdateScreens.is_asked_for = bool(config.getoption(UPDATE_OPTION))
    config.stash[_PATCHES] = patches = ExitStack()
    patches.enter_context(patch.object(os, "fsync", os.fstat))
    patches.enter_context(patch.object(ssl, "create_default_context", default_context))
    if hasattr(config, "workerinput"):
        # All is told and written by then; to take apart what thousands of tests have imported takes a second more.
        atexit.register(os._exit, 0)
    if days := config.getoption(DAYS_LATER_OPTION):
        from time_machine import travel

        moment = datetime.now(UTC) + timedelta(days=days)
        patches.enter_context(travel(moment, tick=True))


def pytest_sessionstart(session: pytest.Session) -> None:
    """Keep the developer's own settings and terminal out of the tests; pytest itself knows its colours by now."""
    session.config.stash[_PATCHES].enter_context(patch.dict(os.environ, TZ="UTC"))
    for name in _variables_of_the_developer():
        del os.environ[name]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Bring the tests into the order that was asked for; else those that wait come first, while others work."""
    items.sort(key=lambda item: item.get_closest_marker("waits") is None)
    if (seed := config.getoption(SHUFFLE_OPTION)) is not None:
        random.Random(seed).shuffle(items)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Look for no garbage while tests are collected: what that makes stays, and a fresh clone compiles every file."""
    gc.disable()
    try:
        if session.config.args_source is not pytest.Config.ArgsSource.ARGS:
            _import_share(getattr(session.config, "workerinput", {}))
        return (yield)
    finally:
        gc.enable()


def _import_share(worker: Mapping[str, Any]) -> None:
    """Import what falls to this process of all files of tests, so that each is compiled by one process and not by all.

    Every process of pytest-xdist imports every file, in the same order and at the same time; in a fresh clone each of
    them would compile all. What cannot be imported is told when it is collected.
    """
    if not worker:
        return
    files = sorted(_HERE.glob("**/test_*.py"))
    for file in files[int(worker["workerid"].removeprefix("gw")) :: worker["workercount"]]:
        with suppress(Exception, pytest.skip.Exception), warnings.catch_warnings(action="error"):
            import_module(".".join(file.relative_to(_HERE.parent).with_suffix("").parts))


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what stays until the end anyway.

    Thousands of tests are a large heap; without this, looking through it again and again is an eighth of the processor
    time of a test that runs a screen. What is garbage by now stays as well: to look for it takes a third of a second.
    """
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def pytest_sessionfinish() -> None:
    """Look once for what was never given back. pytest looks five times; what is left then is laid aside for that."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Give date, disk and environment back."""
    config.stash[_PATCHES].close()


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Run asynchronous tests on asyncio, which is what the program runs on."""
    return "asyncio"


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Let no test leave something behind for the next one: a variable, or the collector of garbage switched off."""
    left, is_on = _variables_of_the_developer(), gc.isenabled()
    for name in left:
        del os.environ[name]
    gc.enable()
    assert not left
    assert is_on, "all garbage of the tests after it would stay"


def _variables_of_the_developer() -> list[str]:
    return [name for name in os.environ if name.startswith(_OF_THE_DEVELOPER) and not name.startswith(_OF_THE_TESTS)]
