"""The line at the foot of a page: what the keys do now, with what has the focus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Protocol, TypeGuard, runtime_checkable

from textual import events
from textual.screen import Screen
from textual.widget import Widget

from aep_tui.domain.terminal_size import SMALLEST_WIDTH
from aep_tui.tui.keys import KEYS, Key, keys_of
from aep_tui.tui.signs import ENTER, MOVE, TAB, Hint, key_name, line_text
from aep_tui.tui.widgets.looks import painted_keys
from aep_tui.tui.widgets.plain_text import PlainText


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
    page_words = screen.key_words() if _has_key_words(screen) else {}
    if ENTER in page_words:
        yield Hint(ENTER, key_name(ENTER), page_words[ENTER])
    elif isinstance(focused, HasEnterWords):
        yield Hint(ENTER, key_name(ENTER), focused.enter_words)
    leaving: list[Hint] = []
    for node in _nodes(screen, focused):
        keys = _keys_in_order(type(node))
        words = page_words if node is screen else node.key_words() if keys and _has_key_words(node) else {}
        for key in keys:
            hint = Hint(key.id, key.name, words.get(key.id, key.short))
            if not hint.words or hint.key in seen:
                continue
            seen.add(hint.key)
            if hint.key == key_name("escape"):
                leaving.append(hint)
            else:
                yield hint
    if next(islice(stops_of(screen), 1, None), None) is not None:
        yield Hint(TAB, key_name(TAB), MOVE)
    yield from leaving
    for key_id, is_there in (
        ("app.help", _follows(type(screen), HasHelp)),
        ("app.commands", _follows(type(screen), HasCommands)),
        ("app.quit", True),
    ):
        if is_there:
            yield Hint(key_id, KEYS[key_id].name, page_words.get(key_id, KEYS[key_id].short))


@cache
def _keys_in_order(page: type) -> tuple[Key, ...]:
    """Return what a page or widget binds; a correction comes first, because it is offered for the moment only."""
    return tuple(sorted(keys_of(page), key=lambda key: not key.id.endswith(".correction")))


def _has_key_words(node: Widget) -> TypeGuard[HasKeyWords]:
    return _follows(type(node), HasKeyWords)


@cache
def _follows(kind: type, protocol: type) -> bool:
    """Return whether what is of a kind has the methods of a protocol, which takes long to find out each time."""
    return issubclass(kind, protocol)


def stops_of(page: Widget) -> Iterator[Widget]:
    """Yield what can have the focus, as the chain of Tab has it; that there are two is known long before its end."""
    for child in page.displayed_children:
        if child.focusable:
            yield child
        if child.allow_focus_children():
            yield from stops_of(child)


def _nodes(screen: Screen[object], focused: Widget | None) -> Iterator[Widget]:
    """Yield what has the focus, what it stands in, and the page: keys go this way."""
    if focused is not None:
        yield from (node for node in focused.ancestors_with_self if isinstance(node, Widget))
    else:
        yield screen
