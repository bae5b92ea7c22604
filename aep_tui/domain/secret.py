"""A secret on its way through the program."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn


class Secret:
    """A text that prints as "set" and is taken out only where it is sent, signed with or compared.

    The text stands in a closure, so that neither repr nor str nor vars show it; copies and pickles are refused.
    """

    __slots__ = ("_in_clear",)

    def __init__(self, text: str) -> None:
        self._in_clear: Callable[[], str] = lambda: text

    def get_secret_value(self) -> str:
        """Return the secret in clear; an architecture test lists who may ask."""
        return self._in_clear()

    def __repr__(self) -> str:
        return "set"

    def __len__(self) -> int:
        return len(self._in_clear())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._in_clear() == other._in_clear()

    def __hash__(self) -> int:
        return hash(self._in_clear())

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret is not copied and not pickled.")
