"""Modules of the library that are imported by what we need and hardly ever used: they are loaded when they are.

`dataclasses` imports `inspect` for a text that nobody reads, which takes longer than the interpreter's own start.
"""

from __future__ import annotations

import sys
from _thread import RLock
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any, Final

SELDOM_USED: Final = ("inspect", "tomllib", "textwrap", "mimetypes")
"""Only `import name` waits; `from name import ...` loads a module at once, and does no harm."""
FOR_THE_NETWORK: Final = ("ssl", "asyncio.sslproto")
"""What an event loop imports to speak in cipher; a rehearsal never does, and a live client loads it by itself."""
_ONE_AT_A_TIME: Final = RLock()
_IS_HALF_MADE: Final = "__is_half_made__"


class _LateModule(ModuleType):
    """A module that is loaded when something is asked for that it does not have yet.

    `importlib.util.LazyLoader` is loaded by the import statement already, which looks at `__spec__`.
    """

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module holds
        with _ONE_AT_A_TIME:
            specification = self.__spec__
            if type(self) is _LateModule and specification is not None and specification.loader is not None:
                if vars(self).setdefault(_IS_HALF_MADE, False):
                    raise AttributeError(name)  # asked for by a module that it imports itself
                vars(self)[_IS_HALF_MADE] = True
                specification.loader.exec_module(self)
                self.__class__ = ModuleType  # type: ignore[assignment]
        return ModuleType.__getattribute__(self, name)


def _specification_of(name: str) -> ModuleSpec | None:
    """Return where a module lies; the package that it is in is not loaded for that."""
    package, _dot, _own_name = name.rpartition(".")
    if not package:
        return find_spec(name)
    package_specification = None if package in sys.modules else find_spec(package)
    return (
        PathFinder.find_spec(name, package_specification.submodule_search_locations) if package_specification else None
    )


def load_when_used(names: tuple[str, ...] = SELDOM_USED) -> None:
    """Let modules be loaded by the first use of what they hold; what is loaded already, or not there, stays so."""
    for name in names:
        specification = None if name in sys.modules else _specification_of(name)
        if specification is not None:
            module = module_from_spec(specification)
            module.__class__ = _LateModule
            sys.modules[name] = module
