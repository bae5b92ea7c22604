"""The log of a session: off unless `AEP_LOG_LEVEL` asks for it, and loaded only then."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aep_tui import __version__, state

if TYPE_CHECKING:
    from aep_tui.settings.launch import Launch


@contextmanager
def session_log(launch: Launch, command: str) -> Iterator[None]:
    """Keep a log while something is done, when the environment asks for one.

    Args:
        launch: what the program was started with; no secret of this run gets into the log.
        command: what is done, for the first line.

    Raises:
        SettingsProblem: the level is not known, or the file cannot be used.
    """
    level = os.environ.get("AEP_LOG_LEVEL", "")
    if not level:
        yield
        return
    state.start_logging(level, launch.secrets)
    log = logging.getLogger("aep_tui")
    try:
        log.info(
            "aep-tui %s, %s, mode %s, Python %s, %s",
            __version__,
            command,
            launch.mode,
            sys.version.partition(" ")[0],
            sys.platform,
        )
        yield
        log.info("%s has ended", command)
    except BaseException:
        log.exception("%s has ended with an error", command)
        raise
    finally:
        state.stop_logging()
