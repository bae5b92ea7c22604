"""Which colours were chosen on this machine, for who cannot wait until anything is loaded; see `kept_theme`.

It is read before everything else, so it imports only what the interpreter has at hand; see `commands.quiet_terminal`.
"""

from __future__ import annotations

import os
import stat
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "theme.txt"
_LARGEST = 1 << 10


def early_theme(environment: Mapping[str, str]) -> tuple[str, str]:
    """Return what `names_in` returns of our file; nothing when there is none or somebody else may have written it."""
    try:
        descriptor = os.open(state_path(environment), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            status = os.fstat(descriptor)
            is_ours = stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o022
            return names_in(os.read(descriptor, _LARGEST).decode() if is_ours else "")
        finally:
            os.close(descriptor)
    except (OSError, ValueError):
        return "", ""


def names_in(text: str) -> tuple[str, str]:
    """Return the names of the chosen theme and of the one that fits the background; "" for what is not kept."""
    chosen, _separator, seen = text.rstrip("\n").partition(" ")
    return chosen, seen


def state_path(environment: Mapping[str, str]) -> str:
    """Return where the file lies, as `paths.state_directory` says; "" where there is no home."""
    home = environment.get("HOME", "")
    if sys.platform == "darwin":
        directory = f"{home}/Library/Application Support" if home else ""
    else:
        directory = environment.get("XDG_STATE_HOME", "").strip() or (f"{home}/.local/state" if home else "")
    return f"{directory}/aep-tui/{NAME}" if directory.startswith("/") else ""
