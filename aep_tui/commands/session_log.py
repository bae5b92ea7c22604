"""The log of a session: off unless `AEP_LOG_LEVEL` asks for it, and loaded only then."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aep_tui import __version__

if TYPE_CHECKING:
    from aep_tui.domain.clock import Clock
    from aep_tui.domain.redaction import Redactor
    from aep_tui.domain.target import Target
    from aep_tui.settings.launch import Launch


@contextmanager
def session_log(
    launch: Launch, command: str, target: Callable[[], Target], redactor: Callable[[], Redactor] | None = None
) -> Iterator[None]:
    """Keep a log while something is done, when the environment asks for one.

    Args:
        launch: what the program was started with; the secrets of its settings stay out of the log.
        command: what is done, for the first line.
        target: returns the present target, whose secrets may have been typed.
        redactor: knows more secrets, and others as time goes on.

    Raises:
        SettingsProblem: the level is not known, or the file cannot be used.
    """
    level = os.environ.get("AEP_LOG_LEVEL", "")
    if not level:
        yield
        return
    import logging
    import platform

    from aep_tui.state.logging_setup import LogRedaction, start_logging, stop_logging

    redaction = LogRedaction()
    if launch.settings is not None:
        redaction.follow(launch.settings.redactor)
    redaction.follow(lambda: _secrets_of(target(), launch.clock))
    if redactor is not None:
        redaction.follow(redactor)
    start_logging(level, redaction)
    log = logging.getLogger("aep_tui")
    try:
        log.info(
            "aep-tui %s, %s, mode %s, Python %s, %s",
            __version__,
            command,
            launch.mode,
            platform.python_version(),
            platform.system(),
        )
        yield
        log.info("%s has ended", command)
    except BaseException:
        log.exception("%s has ended with an error", command)
        raise
    finally:
        stop_logging()


def _secrets_of(target: Target, clock: Clock) -> Redactor:
    from dataclasses import replace

    from aep_tui.domain.redaction import Redactor

    if target.access_token is None and target.client_credential is None:
        return Redactor({})
    from aep_tui.flow_service.sign_in import authentication_for

    # Only one of them signs in; neither may be shown.
    token = authentication_for(replace(target, client_credential=None), clock).redactor()
    return token.merged_with(authentication_for(replace(target, access_token=None), clock).redactor())
