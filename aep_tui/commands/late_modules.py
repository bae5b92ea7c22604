"""Modules of the library that are imported by what we need and hardly ever used: they are loaded when they are.

`dataclasses` imports `inspect` for a text that nobody reads, which takes longer than the interpreter's own start;
Textual has `platformdirs` and `mimetypes` for downloads.
"""

from __future__ import annotations

import sys
from _thread import RLock
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any, Final

SELDOM_USED: Final = ("inspect", "tomllib", "platformdirs", "mimetypes")
"""Only `import name` waits; `from name import ...` loads a module at once, and does no harm."""
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


def load_when_used(names: tuple[str, ...] = SELDOM_USED) -> None:
    """Let modules be loaded by the first use of what they hold; what is loaded already, or not there, stays so."""
    for name in names:
        specification = None if name in sys.modules else find_spec(name)
        if specification is not None:
            module = module_from_spec(specification)
            module.__class__ = _LateModule
            sys.modules[name] = module
