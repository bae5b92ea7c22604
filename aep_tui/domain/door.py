"""The door of a room: names that are had from the room itself, and loaded when they are first used."""

from __future__ import annotations

TYPE_CHECKING = False  # from `typing` it would cost as much as all else up to the first paint
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


def door(package: str, modules: Mapping[str, str]) -> Callable[[str], Any]:
    """Return a module's `__getattr__` (PEP 562); the package repeats the names under TYPE_CHECKING for the checkers.

    Args:
        package: the name of the package that the door belongs to.
        modules: the module of the package by the name that it gives; a name is never that of a module.
    """

    def get(name: str) -> Any:  # noqa: ANN401 - the type checker reads the names under TYPE_CHECKING
        if name in modules:
            return getattr(__import__(f"{package}.{modules[name]}", fromlist=(name,)), name)
        raise AttributeError(name)

    return get
