"""What Textual finds out for every message anew, found out once: a twentieth of what a key or a page costs a test.

Which methods of a widget a message is for stands in its classes, and how many parameters a method takes in its code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from types import FunctionType, MethodType
from typing import Any, Final

import textual._callback
from textual.message import Message
from textual.message_pump import MessagePump

_Handlers = tuple[tuple[type, tuple[Any, ...]], ...]

_find_handlers: Final = MessagePump._get_dispatch_methods
_count_parameters: Final = textual._callback._count_parameters


def handlers_of(pump: MessagePump, method_name: str, message: Message) -> Iterator[tuple[type, Any]]:
    """Yield what a message calls, as Textual's function of this shape does: the class and its method."""
    handlers = _handlers_of_kinds((type(pump), type(message)), method_name)
    if handlers is None:
        yield from _find_handlers(pump, method_name, message)
        return
    for owner, methods in handlers:
        if message._no_default_action:
            return
        for method in methods:
            yield owner, method.__get__(pump, owner)


@cache
def _handlers_of_kinds(kinds: tuple[type, type], method_name: str) -> _Handlers | None:
    """Return what each class of a kind of widget has for a kind of message; None where that depends on who sent it."""
    pump, message = kinds
    messages = [each for each in message.__mro__ if issubclass(each, Message)]
    found: list[tuple[type, tuple[Any, ...]]] = []
    known: set[Any] = set()
    for owner in pump.__mro__:
        decorated = owner.__dict__.get("_decorated_handlers") or {}
        pairs = [pair for each in messages for pair in decorated.get(each, [])]
        if any(selectors for _method, selectors in pairs):
            return None
        methods = list(dict.fromkeys(method for method, _selectors in pairs if method not in known))
        known.update(methods)
        named = owner.__dict__.get(f"_{method_name}") or owner.__dict__.get(method_name)
        if named is not None and not getattr(named, "_textual_on", None):
            methods.append(named)
        if methods:
            found.append((owner, tuple(methods)))
    return tuple(found)


def count_parameters(called: Callable[..., object]) -> int:
    """Return how many parameters something takes, as Textual's function of this shape does."""
    if isinstance(called, MethodType) and type(called.__func__) is FunctionType:
        return count_parameters(called.__func__) - 1
    if type(called) is not FunctionType or hasattr(called, "__wrapped__") or called.__code__.co_flags & 0x0C:
        return _count_parameters(called)
    return called.__code__.co_argcount + called.__code__.co_kwonlyargcount
