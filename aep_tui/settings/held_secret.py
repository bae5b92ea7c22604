"""A secret between the place it was read from and the Secret that the rest of the program passes around."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

from aep_tui.domain.redaction import Redactor
from aep_tui.domain.secret import Secret

if TYPE_CHECKING:
    from aep_tui.domain.redaction import Redactor


class HeldSecret:
    """Holds a secret, or the way to get it, without showing it and without loading pydantic.

    The text stands in a closure, so that neither repr nor str nor vars show it; copies and pickles are refused.
    """

    __slots__ = ("_is_read", "_read")

    def __init__(self, read: Callable[[], str]) -> None:
        """Take the function that returns the secret in clear; it is called at most once, when the secret is needed."""
        self._read: Callable[[], str]
        self._is_read = False

        def read_once() -> str:
            text = read()
            self._is_read = True
            self._read = lambda: text
            return text

        self._read = read_once

    @classmethod
    def of(cls, text: str) -> HeldSecret:
        """Return a holder of a secret that is already known."""
        held = cls(lambda: text)
        held._is_read = True
        return held

    def __repr__(self) -> str:
        return "HeldSecret(set)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret is not copied and not pickled.")

    def wrapped(self) -> Secret:
        """Return the secret as Secret; loads pydantic, and runs what has to run to get the secret.

        Raises:
            SettingsProblem: the file, program or keyring that holds it does not give it.
        """
        return Secret(self._read())

    def in_clear(self) -> str:
        """Return the secret in clear, for a place that hands it on to another HeldSecret; nobody else calls this.

        Raises:
            SettingsProblem: the file, program or keyring that holds it does not give it.
        """
        return self._read()

    def is_same_as(self, other: HeldSecret) -> bool:
        """Return whether both hold the same text; False while one of them has not been read yet."""
        return self._is_read and other._is_read and self._read() == other._read()

    def redactor(self, name: str) -> Redactor:
        """Return a redactor that removes the secret from a text; it knows nothing while the secret is unread."""
        return Redactor({name: self._read()} if self._is_read else {})
