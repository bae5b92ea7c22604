"""Who may have written a file or directory of ours: the person alone."""

from __future__ import annotations

import os
import stat
from typing import Final

from aep_tui.domain.translation import _

WRITABLE_BY_OTHERS: Final = stat.S_IWGRP | stat.S_IWOTH


def foreign_words(status: os.stat_result) -> str:
    """Return why somebody else may have written what has this status, in a sentence; "" when nobody may."""
    if status.st_uid != os.geteuid():
        return _("It belongs to another user.")
    if status.st_mode & WRITABLE_BY_OTHERS:
        return _("Other users may write to it.")
    return ""
