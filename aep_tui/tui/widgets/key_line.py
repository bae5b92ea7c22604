"""The line at the foot of a page: what the keys do now, with what has the focus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple, Protocol, runtime_checkable

from textual import events
from textual.screen import Screen
from textual.widget import Widget

from aep_tui.domain.terminal_size import SMALLEST_WIDTH
from aep_tui.domain.translation import _
from aep_tui.tui.keys import KEYS, Key, key_name, keys_of
from aep_tui.tui.widgets.looks import painted_keys
from aep_tui.tui.widgets.plain_text import PlainText

ENTER: Final = "enter"
"""Stands among the ids of `key_words` for what Enter does; it comes before what the focus says."""
_FIRST_TO_GO: Final = ("tab", "list.up", "page.page-down", "app.quit")
"""What is left out first where the line is too narrow for all: everybody tries these keys anyway."""
_LAST_TO_GO: Final = frozenset({ENTER, "app.help", "app.commands"})
"""What leads to all the others is never left out."""


@runtime_checkable
class HasKeyWords(Protocol):
    """A page or a widget whose keys do not always do what the table says."""

    def key_words(self) -> Mapping[str, str]:
        """Return what keys do now, by their ids in the table; "" for a key that does nothing now."""


@runtime_checkable
class HasEnterWords(Protocol):
    """A widget that says what Enter does in it."""

    @property
    def enter_words(self) -> str:
        """What Enter does, "" for nothing."""


@runtime_checkable
class HasHelp(Protocol):
    """A page that F1 explains."""

    def help_words(self) -> tuple[str, str]:
        """Return title and text of the help for what has the focus."""


@runtime_checkable
class HasCommands(Protocol):
    """A page whose commands F2 lists."""

    def page_bindings(self) -> list[Key]:
        """Return the keys that stand in the list."""


class Hint(NamedTuple):
    """One key and what it does now.

    Attributes:
        id: in the table of the keys.
        key: as people call it.
        words: what it does.
    """

    id: str
    key: str
    words: str


class KeyLine(PlainText):
    """Follows the focus by itself; whoever changes what a key does says so by `refresh_bindings`."""

    DEFAULT_CSS = "KeyLine { height: 1; padding: 0 1; text-wrap: nowrap; }"
    has_one_line = True

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """Begin empty."""
        super().__init__(id=id, painter=painted_keys)

    def on_mount(self) -> None:
        """Begin to follow."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def on_resize(self, _event: events.Resize) -> None:
        """Say as much as there is room for."""
        self._follow(self.screen)

    def say(self, words: str) -> None:
        """Show `words` in the place of the keys, until the focus moves."""
        self.show(words)

    def _follow(self, screen: Screen[object]) -> None:
        width = self.content_size.width or SMALLEST_WIDTH - 2
        self.show(line_text(list(hints_of(screen)), width))


def hints_of(screen: Screen[object]) -> Iterator[Hint]:
    """Yield what the keys of a page do now: Enter, what has the focus, the page, then what every page has."""
    focused, seen = screen.focused, set[str]()
    page_words = screen.key_words() if isinstance(screen, HasKeyWords) else {}
    if ENTER in page_words:
        yield Hint(ENTER, key_name("enter"), page_words[ENTER])
    elif isinstance(focused, HasEnterWords):
        yield Hint(ENTER, key_name("enter"), focused.enter_words)
    leaving: list[Hint] = []
    for node in _nodes(screen, focused):
        keys = _keys_in_order(type(node))
        words = page_words if node is screen else node.key_words() if keys and isinstance(node, HasKeyWords) else {}
        for key in keys:
            hint = Hint(key.id, key.name, words.get(key.id, key.short))
            if not hint.words or hint.key in seen:
                continue
            seen.add(hint.key)
            if hint.key == key_name("escape"):
                leaving.append(hint)
            else:
                yield hint
    if len(screen.focus_chain) > 1:
        yield Hint("tab", key_name("tab"), _("Move"))
    yield from leaving
    for key_id, is_there in (
        ("app.help", isinstance(screen, HasHelp)),
        ("app.commands", isinstance(screen, HasCommands)),
        ("app.quit", True),
    ):
        if is_there:
            yield Hint(key_id, KEYS[key_id].name, page_words.get(key_id, KEYS[key_id].short))


def line_text(hints: list[Hint], width: int) -> str:
    """Return the hints in one line of at most `width` cells; where it is narrow the less important ones go."""
    shown = [hint for hint in hints if hint.words]
    while shown:
        parts = _joined(shown)
        for gap in ("   ", "  "):
            if len(gap.join(parts)) <= width:
                return gap.join(parts)
        dispensable = [hint for name in _FIRST_TO_GO for hint in shown if hint.id == name]
        others = [hint for hint in reversed(shown) if hint.id not in _LAST_TO_GO and hint.key != key_name("escape")]
        gone = next(iter((*dispensable, *others)), shown[-1])
        shown = [hint for hint in shown if hint.id not in {gone.id, _other_of_pair(gone.id)}]
    return ""


def _other_of_pair(key_id: str) -> str:
    """Return the id of the key that goes the other way: of Up and Down neither stands in a line alone."""
    page, dot, way = key_id.rpartition(".")
    return page + dot + {"up": "down", "down": "up"}.get(way, way)


@cache
def _keys_in_order(page: type) -> tuple[Key, ...]:
    """Return what a page or widget binds; a correction comes first, because it is offered for the moment only."""
    return tuple(sorted(keys_of(page), key=lambda key: not key.id.endswith(".correction")))


def _nodes(screen: Screen[object], focused: Widget | None) -> Iterator[Widget]:
    """Yield what has the focus, what it stands in, and the page: keys go this way."""
    if focused is not None:
        yield from (node for node in focused.ancestors_with_self if isinstance(node, Widget))
    else:
        yield screen


def _joined(hints: list[Hint]) -> list[str]:
    """Return a part for each thing that can be done; keys that do the same stand together."""
    keys: dict[str, list[str]] = {}
    for hint in hints:
        keys.setdefault(hint.words, []).append(hint.key)
    return [f"{', '.join(names)} {words}" for words, names in keys.items()]
