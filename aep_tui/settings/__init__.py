"""Where every value comes from, and everything that the program keeps on disk."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from aep_tui.settings.environment import resolve as resolve
    from aep_tui.settings.setting import SettingName as SettingName
    from aep_tui.settings.setting import setting_named as setting_named

_DOOR: Final = {"resolve": "environment", "SettingName": "setting", "setting_named": "setting"}
"""What is had from the room itself, and loaded when it is first used: a rehearsal needs none of it."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the type checker reads the block above
    if name in _DOOR:
        return getattr(import_module(f"{__name__}.{_DOOR[name]}"), name)
    raise AttributeError(name)
