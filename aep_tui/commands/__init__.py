"""What the program does for each command: one file a command, imported when it is called.

The names of the table are this room's door: what stands behind one of them is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from aep_tui.commands.running import run_command as run_command

_DOOR: Final = {"run_command": "running"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the type checker reads the block above
    if name in _DOOR:
        return getattr(import_module(f"{__name__}.{_DOOR[name]}"), name)
    raise AttributeError(name)
