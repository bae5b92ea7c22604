"""The secrets of this run: one object that every way out of the program asks."""

from __future__ import annotations

import os
from collections.abc import Sequence
from threading import Lock
from typing import Final

from aep_tui.domain.redaction import redacted_by_name_and_shape
from aep_tui.domain.secret import Secret
from aep_tui.domain.secret_forms import SHORTEST_CHANGED, Forms, forms_of, without_values
from aep_tui.domain.secret_parts import secret_parts

MOST_HELD: Final = 200
"""More values than anybody types or any sign-in renews; what was held longest ago is forgotten then."""

_BETWEEN: Final = "".join(chr(0xE000 + byte) for byte in os.urandom(8))
"""Stands between texts that are searched together; in no text and no secret, because nobody can guess it."""


class Secrets:
    """Knows every secret from the moment it is typed or loaded, and is the only maker of a `Secret`.

    Made once, in `commands/`, and handed down. Its repr shows names only.
    """

    def __init__(self) -> None:
        self._learning = Lock()
        self._held: dict[str, str] = {}
        self._typed: dict[str, str] = {}
        self._forms: dict[str, Forms] = {}

    def __repr__(self) -> str:
        return f"Secrets({', '.join(dict.fromkeys((*self._held.values(), *self._typed)))})"

    def hold(self, text: str, name: str) -> Secret:
        """Return `text` as a secret that no way out shows from now on.

        A value of less than eight characters is forgotten when another one comes under its name: a slip like "test"
        would blank that word out of everything that the platform says later. What is a secret inside of it, such as the
        password of a connection string, is known by itself as well.

        Args:
            text: in clear.
            name: what the mark in its place says, for example "clientSecret".
        """
        with self._learning:
            held = {
                known: its_name
                for known, its_name in self._held.items()
                if known != text and (its_name != name or len(known) >= SHORTEST_CHANGED)
            }
            if text:
                held |= dict.fromkeys((*secret_parts(text), text), name)
                self._held = dict(list(held.items())[-MOST_HELD:])
        return Secret(text)

    def typing(self, text: str, name: str) -> None:
        """Know what stands in a field now, in the place of what stood there before.

        Only the last state of a field is kept, so that the beginnings of a value that was typed letter by letter blank
        nothing out. What is meant is held by `hold`, and stays known.

        Args:
            text: in clear, "" for nothing.
            name: of the field.
        """
        self._typed[name] = text

    def clean(self, text: str) -> str:
        """Return `text` without known secrets and without anything named or shaped like one."""
        return redacted_by_name_and_shape(self.without_known_values(text))

    def without_known_values(self, text: str) -> str:
        """Return `text` with a constant mark in the place of each known secret, in every form that a server writes.

        Of values of less than four characters nothing is known: they would blank out ordinary words. The time is
        proportional to the length of the text.
        """
        # A copy, because another thread may learn at the same time.
        known = {typed: name for name, typed in dict(self._typed).items()} | self._held
        before = self._forms
        self._forms = forms = {value: before.get(value) or forms_of(value) for value in known}
        return without_values(text, [(known[value], each) for value, each in forms.items()])

    def each_clean(self, texts: Sequence[str]) -> list[str]:
        """Return each text as `without_known_values` does, in one pass over all of them."""
        after = self.without_known_values(_BETWEEN.join(texts)).split(_BETWEEN)
        if len(after) == len(texts) or not texts:
            return after if texts else []
        # So much had to go that the borders went as well: each half by itself.
        middle = len(texts) // 2
        return [*self.each_clean(texts[:middle]), *self.each_clean(texts[middle:])]
