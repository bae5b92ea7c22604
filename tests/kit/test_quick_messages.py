"""What is found out once is what Textual finds out each time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

import pytest
import textual._callback
from textual import events, on
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widget import Widget
from textual.widgets import Button, Input

from tests.kit.quick_messages import count_parameters, handlers_of


class Told(Message):
    """Has a widget, as what a widget sends has."""

    def __init__(self, control: Widget) -> None:
        super().__init__()
        self.told_by = control

    @property
    def control(self) -> Widget:
        return self.told_by


class ToldMore(Told):
    """Is handled as `Told` as well."""


class Listener(Widget):
    """Hears of one message in three ways."""

    @on(Told)
    def hear(self) -> None: ...

    @on(Told)
    @on(ToldMore)
    def hear_both(self) -> None: ...

    def on_told(self) -> None: ...

    def _on_told_more(self) -> None: ...

    def on_told_more(self) -> None: ...


class LaterListener(Listener):
    """Hears in some of the same ways, and chooses by who sent it."""

    @on(ToldMore)
    def hear(self) -> None: ...

    @on(Told)
    def on_told(self) -> None: ...


class Chooser(LaterListener):
    """Hears of one widget only."""

    @on(Told, "#this")
    def hear_this(self) -> None: ...


@pytest.mark.parametrize("pump", [Listener(), LaterListener(), Chooser(), Button(), Input()], ids=type)
def test_the_same_handlers_are_found_in_the_same_order(pump: Widget) -> None:
    messages = [
        *(kind(Widget(id=name)) for kind in (Told, ToldMore) for name in ("this", "that")),
        *(events.Key("a", "a"), events.Mount(), events.Blur(), Input.Blurred(Input(), "")),
    ]
    count = 0
    for message in messages:
        for sender in (None, pump):
            message._sender = sender
            asked = (pump, message.handler_name, message)
            found = list(handlers_of(*asked))
            assert found == list(MessagePump._get_dispatch_methods(*asked))
            count += len(found)
    assert count > 4


def test_what_was_found_is_of_one_kind_of_message_and_of_one_name() -> None:
    pump = LaterListener()
    found = []
    for message in (Told(pump), ToldMore(pump)):
        for name in (Told.handler_name, ToldMore.handler_name):
            found.append(list(handlers_of(pump, name, message)))
            assert found[-1] == list(MessagePump._get_dispatch_methods(pump, name, message))
    assert all(each not in found[:index] for index, each in enumerate(found)), "they were to differ"


def test_who_prevents_the_default_ends_the_search() -> None:
    message = Told(Widget())
    rest = handlers_of(LaterListener(), message.handler_name, message)
    owner, _method = next(rest)
    message.prevent_default()
    assert {other for other, _method in rest} <= {owner}


class Callee:
    def method(self, one: int, *, two: int = 2) -> None: ...

    @classmethod
    def of_class(cls, one: int) -> None: ...

    def __call__(self, one: int, two: int) -> None: ...


@wraps(Callee.method)
def wrapped(*everything: object) -> None: ...


@pytest.mark.parametrize(
    "called",
    [
        *(lambda: None, lambda one, two=2: None, lambda *all_of_them: None, lambda one, **named: None),
        *(Callee().method, Callee.method, Callee.of_class, Callee(), wrapped, partial(Callee().method, two=1), len),
    ],
)
def test_as_many_parameters_are_counted(called: Callable[..., Any]) -> None:
    assert count_parameters(called) == textual._callback._count_parameters(called)
