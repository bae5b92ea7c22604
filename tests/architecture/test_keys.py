"""One table names every key, and a key has one meaning."""

from __future__ import annotations

import ast

from aep_tui.tui.keys import KEYS, MEANINGS
from tests.architecture.sources import ROOT, source_files
from tests.architecture.syntax import nodes_of, tree_of

TABLE = "aep_tui/tui/keys.py"
EATEN = {f"ctrl+{letter}" for letter in "absdpcimhjkz"}
"""By tmux, screen, docker and the terminal itself, or the same byte as another key."""


def makes_bindings(source: str) -> bool:
    """Return whether `source` makes a binding, by the class or as a tuple of a BINDINGS list."""
    for node in nodes_of(tree_of(source)):
        match node:
            case ast.Call(func=ast.Name(id="Binding") | ast.Attribute(attr="Binding")):
                return True
            case ast.AnnAssign(target=ast.Name(id="BINDINGS"), value=ast.List(elts=elements)) if any(
                not isinstance(element, ast.Starred) for element in elements
            ):
                return True
    return False


def test_bindings_are_made_by_the_table_only() -> None:
    found = {
        path.as_posix() for path in source_files("aep_tui") if makes_bindings((ROOT / path).read_text(encoding="utf-8"))
    }
    assert found == {TABLE}


def test_every_way_to_make_a_binding_is_found() -> None:
    assert makes_bindings('Binding("f3", "x")')
    assert makes_bindings('class A:\n    BINDINGS: list = [("f3", "x", "X")]')
    assert not makes_bindings('class A:\n    BINDINGS: list = [*bindings("wizard.back")]')


def test_every_entry_of_the_table_is_used() -> None:
    sources = "".join((ROOT / path).read_text(encoding="utf-8") for path in source_files("aep_tui"))
    table = (ROOT / TABLE).read_text(encoding="utf-8")
    assert [
        key for key in KEYS if sources.count(f'"{key}"') - table.count(f'"{key}"') == 0 and "list." not in key
    ] == []


def test_every_key_has_one_meaning_and_is_eaten_by_nobody() -> None:
    bound = {each for key in KEYS.values() for each in key.key.split(",") if each}
    assert bound == set(MEANINGS)
    assert bound & EATEN == set()


def test_function_keys_are_bound_where_they_mean_what_the_table_says() -> None:
    words = {
        "f5": "copy",
        "f7": "fill",
        "f8": "load",
        "f9": "make",
        "f12": "check",
    }
    verbs = {
        "copy": {"copy_as_curl", "copy_id", "copy_text"},
        "fill": {"live('profile')", "fill_form"},
        "load": {"live('credentials')", "load_secret", "migrate('open')"},
        "make": {"live('save')", "help_with_value", "make_key_pair"},
        "check": {"check", "check_again"},
    }
    for function_key, word in words.items():
        assert MEANINGS[function_key].startswith(word)
        assert {key.action for key in KEYS.values() if key.key == function_key} <= verbs[word]
