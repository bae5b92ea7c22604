"""Where the program keeps its files, on each operating system."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from aep_tui.domain.problem import SettingsProblem
from aep_tui.domain.translation import _
from aep_tui.state.ownership import WRITABLE_BY_OTHERS, foreign_words
from aep_tui.state.text_file import reason_of, shown_path

APPLICATION = "aep-tui"
"""The name of our directory below the directories of the person."""


def config_directory(create: bool = True) -> Path:
    """Return the directory of the profiles; with `create` it is there afterwards, with mode 0700.

    Raises:
        SettingsProblem: it is a symbolic link, is writable for others, or cannot be made.
    """
    path = _known_path("XDG_CONFIG_HOME", ".config")
    if path is None:
        from platformdirs import user_config_path

        path = user_config_path(APPLICATION, appauthor=False)
    return _ours(path, create)


def state_directory(create: bool = True) -> Path:
    """Return the directory of drafts, journal, log and crash reports; with `create` it is there, with mode 0700.

    Raises:
        SettingsProblem: it is a symbolic link, is writable for others, or cannot be made.
    """
    path = _known_path("XDG_STATE_HOME", ".local/state")
    if path is None:
        from platformdirs import user_state_path

        path = user_state_path(APPLICATION, appauthor=False)
    return _ours(path, create)


def _known_path(variable: str, below_home: str) -> Path | None:
    """Return our directory where platformdirs would give the same and is not needed for it: it loads slowly.

    That is on Linux with whole paths in the variable or in HOME; what else there may be, the library knows.
    """
    home = os.environ.get("HOME")
    directory = os.environ.get(variable) or (os.path.join(home, below_home) if home else "")
    return Path(directory, APPLICATION) if sys.platform == "linux" and directory.startswith("/") else None


def _ours(path: Path, create: bool) -> Path:
    if not create:
        return path
    try:
        for each in (*reversed(path.parents), path):  # one by one, since `parents=True` would follow the umask
            each.mkdir(mode=0o700, exist_ok=True)
        status = path.lstat()
        parent_mode = path.parent.stat().st_mode
    except OSError as error:
        raise _problem(path, reason_of(error)) from None
    if not stat.S_ISDIR(status.st_mode):
        raise _problem(path, _("It is a symbolic link or a file."))
    if words := foreign_words(status):
        raise _problem(path, words)
    if parent_mode & WRITABLE_BY_OTHERS and not parent_mode & stat.S_ISVTX:
        raise _problem(path.parent, _("Other users may write to it."))
    return path


def _problem(path: Path, reason: str) -> SettingsProblem:
    return SettingsProblem(
        _("A directory of this program cannot be used"),
        _("{path} cannot be used: {reason}").format(path=shown_path(path), reason=reason),
        _("Make it a directory of yours with mode 700, or set XDG_CONFIG_HOME and XDG_STATE_HOME to other places."),
    )
