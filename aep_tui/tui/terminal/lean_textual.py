"""Textual without what no page of ours has, for the time in which it is imported."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Final

from aep_tui.domain.light_dataclass import light_dataclasses

_PALETTE: Final = "textual.command"
"""Textual's own list of commands, with the trees and lists that it is made of. Ours is `dialogs.commands`."""


class _NotThere:
    """Stands for a class of the palette, in types and as a base; nobody makes one, because the palette is off."""


@contextmanager
def lean_textual() -> Iterator[None]:
    """Let Textual be imported with data classes that cost little, and without its palette.

    Whoever imports the palette afterwards gets it.
    """
    with light_dataclasses():
        if _PALETTE in sys.modules:
            yield
            return
        palette = ModuleType(_PALETTE)
        vars(palette)["__getattr__"] = _class_of_the_palette
        sys.modules[_PALETTE] = palette
        try:
            yield
        finally:
            del sys.modules[_PALETTE]


def _class_of_the_palette(name: str) -> type[_NotThere]:
    if name.startswith("__"):
        raise AttributeError(name)
    return _NotThere
