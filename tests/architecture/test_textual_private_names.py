"""The private names of others that we use: the list to look at when Textual, or httpx, is to be raised.

A name that is gone, or that a page of ours takes by accident, is named here before anything breaks on a screen.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from functools import cache

import pytest
from textual.dom import DOMNode

import aep_tui.tui
from tests.architecture.syntax import nodes_of, tree_of, trees

MODULES = {
    "httpx._utils": {"URLPattern", "get_environment_proxies"},
    "textual._compositor": {"ChopsUpdate", "CompositorUpdate", "LayoutUpdate"},
    "textual._xterm_parser": {
        "SPECIAL_SEQUENCES",
        "XTermParser",
        "_re_in_band_window_resize",
        "_re_mouse_event",
        "_re_terminal_mode_response",
    },
}
"""What is imported from private modules."""

USED = {
    "_ansi": "rich.style:Style",
    "_batch_count": "textual.app:App",
    "_captured_signals": "uvicorn.server:Server",
    "_close_messages_no_wait": "textual.message_pump:MessagePump",
    "_color_system": "rich.console:Console",
    "_exception": "textual.app:App",
    "_handle_exception": "textual.app:App",
    "_message_queue": "textual.message_pump:MessagePump",
    "_next_callbacks": "textual.message_pump:MessagePump",
    "_previous_cursor_position": "textual.app:App",
    "_sequence_to_key_events": "textual._xterm_parser:XTermParser",
    "_sigtstp_application": "textual.drivers.linux_driver:LinuxDriver",
    "_waiters": "asyncio:Event",
}
"""Attributes that we read, set or call, and the class that has them."""

OVERRIDDEN = {
    "_background_screens": "textual.app:App",
    "_begin_update": "textual.app:App",
    "_display": "textual.app:App",
    "_end_update": "textual.app:App",
    "_fatal_error": "textual.app:App",
    "_on_paste": "textual.widgets:Input",
    "_on_resize": "textual.app:App",
    "_return_code": "textual.app:App",
}
"""Methods and attributes of which we have our own."""


def private_imports() -> dict[str, set[str]]:
    """What our files import from private modules of other packages."""
    found: dict[str, set[str]] = {}
    for tree in trees().values():
        for node in nodes_of(tree):
            if isinstance(node, ast.ImportFrom) and "._" in (node.module or ""):
                found.setdefault(node.module or "", set()).update(alias.name for alias in node.names)
    return found


def foreign_private_attributes() -> set[str]:
    """Private attributes that our files use and none of them defines."""
    used: set[str] = set()
    own = {"_exit"}  # of the standard library's os
    for tree in trees().values():
        for node in nodes_of(tree):
            match node:
                case ast.Attribute(attr=name, value=ast.Name(id="self"), ctx=ast.Store()):
                    own.add(name)
                case ast.Attribute(attr=name) if name.startswith("_") and not name.startswith("__"):
                    used.add(name)
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    own.add(name)
                case ast.AnnAssign(target=ast.Name(id=name)):
                    own.add(name)
                case ast.Assign(targets=targets):
                    own.update(target.id for target in targets if isinstance(target, ast.Name))
    return used - own


def our_textual_classes() -> Iterator[type[DOMNode]]:
    """Every class of ours that Textual is a base of."""
    for module in pkgutil.walk_packages(aep_tui.tui.__path__, "aep_tui.tui."):
        importlib.import_module(module.name)
    waiting = [DOMNode]
    while waiting:
        node = waiting.pop()
        waiting += node.__subclasses__()
        if node.__module__.startswith("aep_tui."):
            yield node


@cache
def private_names_of(found: type[object]) -> set[str]:
    """Private methods of a class itself, and private attributes that it sets on `self`."""
    names: set[str] = set()
    for node in _nodes_of_class(found):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                names.add(name)
            case ast.Attribute(attr=name, value=ast.Name(id="self"), ctx=ast.Store()):
                names.add(name)
    return {name for name in names if name.startswith("_") and not name.startswith("__")}


def _nodes_of_class(found: type[object]) -> Iterator[ast.AST]:
    """Yield what stands in a class; a module is read once, where `inspect` would do so for each class."""
    for node in nodes_of(tree_of(_source_of(found.__module__))):
        if isinstance(node, ast.ClassDef) and node.name == found.__name__:
            yield from ast.walk(node)


@cache
def _source_of(module: str) -> str:
    return inspect.getsource(sys.modules[module])


def private_names_of_textual(found: type[object]) -> set[str]:
    """What the Textual bases of a class have of the kind."""
    bases = (base for base in found.__mro__ if base.__module__.startswith("textual."))
    return set().union(*(private_names_of(base) for base in bases))


def test_the_list_is_what_we_use() -> None:
    assert private_imports() == MODULES
    assert foreign_private_attributes() - OVERRIDDEN.keys() == set(USED)


@pytest.mark.parametrize("module", MODULES)
def test_every_private_module_has_what_we_import(module: str) -> None:
    assert MODULES[module] <= vars(importlib.import_module(module)).keys()


@pytest.mark.parametrize(("name", "owner"), [*USED.items(), *OVERRIDDEN.items()])
def test_every_private_name_is_still_there(name: str, owner: str) -> None:
    module, class_name = owner.split(":")
    found = getattr(importlib.import_module(module), class_name)
    assert hasattr(found, name) or name in private_names_of(found), f"{owner} has no {name} any more"


def test_no_class_of_ours_takes_a_private_name_of_textual_by_accident() -> None:
    taken = {
        f"{each.__name__}.{name}"
        for each in our_textual_classes()
        for name in private_names_of(each) & private_names_of_textual(each)
        if name not in OVERRIDDEN and name not in USED
    }
    assert taken == set()
