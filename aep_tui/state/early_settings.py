"""Whether this is a machine on which nothing was set yet; asked before anything is loaded that could read settings."""

from __future__ import annotations

import os
import sys

from aep_tui.domain.first_words import PAIRING_VARIABLE
from aep_tui.domain.theme_rules import VARIABLE

TYPE_CHECKING = False  # from `typing` it would cost as much as all else up to the first paint
if TYPE_CHECKING:
    from collections.abc import Mapping

PROFILES = "profiles.toml"
"""The file of the profiles, in the directory of our configuration."""
ENV_FILE = ".env"
"""The file of settings in the working directory."""
_SAYS_NOTHING_OF_A_TARGET = frozenset({VARIABLE, PAIRING_VARIABLE})


def is_nothing_set(environment: Mapping[str, str]) -> bool:
    """Return whether a start without options is a rehearsal for sure: no place that is looked into has any setting.

    Nothing is read, so a file that may say nothing at all counts as one that does, and so does a place that is not
    known here.

    Args:
        environment: of the process.
    """
    if any(name.startswith("AEP_") and name not in _SAYS_NOTHING_OF_A_TARGET for name in environment):
        return False
    profiles = _profiles_path(environment)
    return bool(profiles) and not os.path.lexists(profiles) and not os.path.lexists(ENV_FILE)


def _profiles_path(environment: Mapping[str, str]) -> str:
    """Return where the profiles lie, as `paths.config_directory` says; "" where only a library knows it."""
    home = environment.get("HOME", "")
    directory = environment.get("XDG_CONFIG_HOME") or (f"{home}/.config" if home else "")
    return f"{directory}/aep-tui/{PROFILES}" if sys.platform == "linux" and directory.startswith("/") else ""
