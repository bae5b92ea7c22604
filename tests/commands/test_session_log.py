"""The log that `AEP_LOG_LEVEL` asks for: no secret gets into it, whoever logs."""

from __future__ import annotations

import logging
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aep_tui.cli import main
from aep_tui.commands.argument_parser import read_arguments
from aep_tui.commands.launch_options import launch_from
from aep_tui.commands.session_log import session_log
from aep_tui.preflight.run import Preflight
from tests.kit.canary import CANARY
from tests.tui.terminal.journeys import SALESFORCE_ON_AZURE, walk
from tests.tui.terminal.pty_process import user_environment
from tests.tui.terminal.terminal import Terminal

CARELESS = """
import logging, sys
from aep_tui.cli import main
from aep_tui.tui.steps import status
mount = status.StatusScreen.on_mount
def careless(self):
    logging.getLogger("careless").debug("it is %s", CANARY)
    return mount(self)
status.StatusScreen.on_mount = careless
from aep_tui.practice.scenarios import EVERYTHING_FINE
object.__setattr__(EVERYTHING_FINE, "initializing_seconds", 0.0)
sys.exit(main(["--practice"]))
"""


@pytest.fixture(autouse=True)
def _untouched_logging(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(logging, "raiseExceptions", True)
    loggers = [logging.getLogger(name) for name in ("httpx", "httpcore", "asyncio", "hpack", "")]
    levels = [logger.level for logger in loggers]
    yield
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def log_in(folder: Path) -> str:
    """Return the log below a folder, which has to be private."""
    (path,) = folder.rglob("aep-tui.log")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return path.read_text(encoding="utf-8")


def test_a_journey_with_a_debug_log_leaves_no_secret_in_it(tmp_path: Path) -> None:
    script = tmp_path / "careless.py"
    script.write_text(CARELESS.replace("CANARY", repr(CANARY)), encoding="utf-8")
    home = tmp_path / "person"
    home.mkdir()
    root = str(Path(__file__).resolve().parents[2])
    environment = user_environment(home=home, AEP_LOG_LEVEL="debug", PYTHONPATH=root)
    with Terminal([sys.executable, str(script)], environment=environment, directory=home, is_warm=True) as terminal:
        walk(terminal, SALESFORCE_ON_AZURE)
        assert terminal.wait_exit() == 0
    log = log_in(home)
    assert "wizard, mode practice" in log
    assert "careless: it is" in log
    assert "wizard has ended" in log
    assert "POST practice.localhost/data/foundation/flowservice/connections: HTTP 201 in " in log
    assert "GET practice.localhost/data/foundation/flowservice/connections" in log
    assert "request id " in log
    assert "before the create: 0 of the name in the whole list" in log
    assert "written down; the request leaves now" in log
    assert re.search(r"intent [0-9a-f]{32}: created [0-9a-f-]{36}", log)
    assert CANARY not in log


@pytest.mark.parametrize("fails", [False, True])
def test_the_doctors_log_keeps_the_secrets_of_the_settings_out(
    fails: bool, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Preflight.run

    async def careless(preflight: Preflight) -> object:
        logging.getLogger("careless").debug("it is %s", CANARY)
        if fails:
            raise RuntimeError(f"with {CANARY}")
        return await run(preflight)

    monkeypatch.setattr(Preflight, "run", careless)
    monkeypatch.setenv("AEP_ACCESS_TOKEN", CANARY)
    monkeypatch.setenv("AEP_LOG_LEVEL", "debug")
    handlers = list(logging.getLogger().handlers)
    arguments = ["doctor", "--live", "--base-url", "http://127.0.0.1:9", "--ims-host", "http://127.0.0.1:9"]
    assert main(arguments) == 1
    log, shown = log_in(home), capsys.readouterr()
    assert "careless: it is" in log
    assert ("RuntimeError" in log) is ("unexpected failure (RuntimeError)" in shown.err) is fails
    assert CANARY not in log + shown.out + shown.err
    assert logging.getLogger().handlers == handlers


def test_a_secret_stays_out_from_its_first_keys_on(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    launch = launch_from(read_arguments(["--practice"]))
    monkeypatch.setenv("AEP_LOG_LEVEL", "debug")
    with session_log(launch, "test"):
        launch.secrets.typing(CANARY[:12], "password")
        logging.getLogger("careless").debug("it is %s", CANARY[:12])
        launch.secrets.hold(CANARY, "password")
        logging.getLogger("careless").debug("it is %s", CANARY)
    assert log_in(home).count("careless: it is «redacted:password»") == 2
    assert CANARY[:12] not in log_in(home)


def test_an_unknown_level_ends_with_words_and_no_log_is_written_unless_asked_for(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "--practice"]) == 0
    assert list(home.rglob("*.log")) == []
    monkeypatch.setenv("AEP_LOG_LEVEL", "loud")
    assert main(["doctor", "--practice"]) == 1
    assert "AEP_LOG_LEVEL is none of: debug, info" in capsys.readouterr().err
