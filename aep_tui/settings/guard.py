"""Closes the ways by which a process gives its secrets away without wanting to."""

from __future__ import annotations

import os
import resource
from collections.abc import Mapping

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.translation import _


def refuse_leaky_environment(environment: Mapping[str, str] | None = None) -> None:
    """Refuse to go on where Textual writes key strokes to a file or to a developer console.

    A rehearsal is refused too: live mode is one key away from it. Textual logs each key, each changed value and each
    paste with `TEXTUAL_LOG` or the feature "devtools" in `TEXTUAL`; the feature "debug" logs events as well.

    Args:
        environment: the environment of the process; `os.environ` when left out.

    Raises:
        SettingsProblem: one of these is switched on.
    """
    environment = os.environ if environment is None else environment
    features = {feature.strip().lower() for feature in environment.get("TEXTUAL", "").split(",")}
    leak = ""
    if environment.get("TEXTUAL_LOG"):
        leak = "TEXTUAL_LOG"
    elif features & {"devtools", "debug"}:
        leak = "TEXTUAL"
    elif environment.get("TEXTUAL_DEBUG"):
        leak = "TEXTUAL_DEBUG"
    if leak:
        raise SettingsProblem(
            _("Developer logging is on"),
            _(
                "The environment variable {variable} makes the terminal library record what is typed, secrets too."
            ).format(variable=leak),
            _("Unset {variable} and start again.").format(variable=leak),
        )


def harden_process() -> None:
    """Switch core dumps off, for this process and its children; where that is not possible nothing happens.

    The process stays "dumpable" in the sense of Linux's prctl: without that, files such as /dev/stdin and
    /dev/stdout could no longer be opened, which `--output /dev/stdout` and `--credentials <(...)` need.
    """
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        return
