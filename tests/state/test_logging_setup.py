from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.secrets import Secrets
from aep_tui.state.logging_setup import PrivateRotatingFileHandler, start_logging, stop_logging
from tests.kit.canary import CANARY


@pytest.fixture(autouse=True)
def _untouched_logging(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(logging, "raiseExceptions", True)
    levels = {name: logging.getLogger(name).level for name in ("httpx", "httpcore", "asyncio", "hpack", "")}
    yield
    stop_logging()
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def started(level: str = "debug") -> tuple[Path, Secrets]:
    secrets = Secrets()
    path = start_logging(level, secrets)
    assert path is not None
    return path, secrets


@pytest.mark.parametrize("level", ["", "off", " OFF "])
def test_there_is_no_log_unless_somebody_asks(level: str, home: Path) -> None:
    handlers = list(logging.getLogger().handlers)
    assert start_logging(level, Secrets()) is None
    assert logging.getLogger().handlers == handlers
    assert not (home / "state").exists()


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(SettingsProblem, match="AEP_LOG_LEVEL"):
        start_logging("verbose", Secrets())


def test_secrets_are_removed_where_the_log_is_written() -> None:
    path, secrets = started()
    secrets.hold(CANARY, "clientSecret")
    log = logging.getLogger("aep_tui.test")
    log.debug("body %s", {"x": CANARY})
    log.info("header Authorization: Bearer abcdef1234567890xy")
    try:
        params = {"password": CANARY}
        raise ValueError(f"bad {params}")
    except ValueError:
        log.exception("failed\x1b[2J\nforged line")
    text = path.read_text()
    assert "body" in text
    assert "ValueError" in text
    assert "test_logging_setup.py:" in text
    assert CANARY not in text
    assert "abcdef1234567890xy" not in text
    assert "\x1b" not in text
    assert len(text.splitlines()) == 3


def test_the_http_libraries_say_nothing_below_a_warning() -> None:
    path, _ = started()
    logging.getLogger("httpx").info("GET https://host/?client_secret=%s", CANARY)
    logging.getLogger("httpcore.http11").debug("send_request_headers %s", CANARY)
    logging.getLogger("httpcore").warning("kept")
    text = path.read_text()
    assert CANARY not in text
    assert "kept" in text


def test_the_log_and_the_files_that_it_rotates_to_are_private() -> None:
    path, _ = started()
    for number in range(1200):
        logging.getLogger("aep_tui.test").info("%s %s", number, "x" * 1000)
    files = sorted(path.parent.glob("aep-tui.log*"))
    assert len(files) == 2
    assert {stat.S_IMODE(one.stat().st_mode) for one in files} == {0o600}
    assert all(one.stat().st_size <= 1024 * 1024 for one in files)


def test_of_what_was_rotated_two_files_are_kept() -> None:
    path, _ = started()
    [handler] = [one for one in logging.getLogger().handlers if isinstance(one, PrivateRotatingFileHandler)]
    handler.maxBytes = 200
    for _number in range(12):
        logging.getLogger("aep_tui.test").info("x" * 100)
    assert {one.name for one in path.parent.glob("aep-tui.log*")} == {"aep-tui.log", "aep-tui.log.1", "aep-tui.log.2"}


def test_a_log_behind_a_symbolic_link_is_refused(home: Path, tmp_path: Path) -> None:
    directory = home / "state" / "aep-tui"
    directory.mkdir(parents=True, mode=0o700)
    (directory / "aep-tui.log").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SettingsProblem, match="symbolic link"):
        started()
    assert not (tmp_path / "elsewhere").exists()


def test_a_message_that_does_not_fit_its_values_breaks_nothing() -> None:
    path, _ = started()
    logging.getLogger("aep_tui.test").info("%d", CANARY)
    assert "does not fit" in path.read_text()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk as Linux plays it")
def test_a_disk_that_is_full_takes_the_log_and_nothing_else() -> None:
    started()
    [handler] = [one for one in logging.getLogger().handlers if isinstance(one, PrivateRotatingFileHandler)]
    full = os.open("/dev/full", os.O_WRONLY)
    assert handler.stream is not None
    os.dup2(full, handler.stream.fileno())
    os.close(full)
    logging.getLogger("aep_tui.test").info("never on the disk")
    stop_logging()
    assert handler not in logging.getLogger().handlers
    assert logging.getLogger().level == logging.WARNING
