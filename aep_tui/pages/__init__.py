"""What a page asks and says and what comes next, without a face."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from aep_tui.pages.flows import Flows as Flows

_DOOR: Final = {"Flows": "flows"}
"""What is had from the room itself, and loaded when it is first used: the first page is shown without it."""


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the type checker reads the block above
    if name in _DOOR:
        return getattr(import_module(f"{__name__}.{_DOOR[name]}"), name)
    raise AttributeError(name)
