"""Rules of the house: each class, function, file and import has its place; what is excepted has its reason."""

from __future__ import annotations

import ast
from collections import Counter
from fnmatch import fnmatch
from importlib import import_module

import pytest

from tests.architecture.sources import ROOT, source_files
from tests.architecture.syntax import (
    circles,
    classes,
    functions,
    imports_inside_functions,
    loaded_with,
    nodes_of,
    trees,
)

MOST_METHODS = 25
MOST_LINES_OF_A_FUNCTION = 60
HEAVY = {"textual", "pydantic", "httpx", "cryptography", "starlette"}
"""What may be imported inside a function, because a start should not wait for it."""

SELDOM_NEEDED = {
    "dotenv": "most starts find no .env",
    "html": "its table of names is large, and few texts need it",
    "platformdirs": "takes longer than the rest of `--help`",
    "tomli_w": "needed when something is saved",
}
"""What may be imported inside a function as well, where it is used; any other laziness lives behind a room's door."""

ONLY_SUBCLASS_OF_TEXTUAL = {"TerminalApp"}
"""Textual wants a base class for the app."""

SAME_THING_IN_TWO_ROOMS = {
    "create.py": "`aep-tui create` (a file a command) does what the flow of this name does in the wizard",
    "profile.py": "`aep-tui profile` (a file a command) keeps the profiles that settings/ describes",
    "source.py": "the step of this name (a step's file has the step's name) asks for a source that domain/ describes",
    "review.py": "both faces have a page of this step",
    "status.py": "both faces have a page of this step",
    "welcome.py": "both faces have a page of this step",
    "watch.py": "`aep-tui watch` (a file a command) shows what the session of this name sees",
}
"""File names that stand in two rooms because both speak of one thing; any other name says what lives there."""


def test_nothing_else_lies_at_the_top() -> None:
    """What git leaves out may lie there as well; a file that a test or a command has dropped there is found here."""
    left_out = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()]
    lying = {each.name for each in ROOT.iterdir() if not each.name.startswith(".")}
    assert {name for name in lying if not any(fnmatch(name, pattern) for pattern in left_out)} == {
        "README.md",
        "aep_tui",
        "pyproject.toml",
        "screenshots",
        "tests",
    }


def test_no_class_has_exactly_one_subclass() -> None:
    found = list(classes())
    ours = {each.name for each in found}
    subclasses = Counter(base for each in found for base in set(each.bases) & ours)
    assert len(found) > 100
    alone = {base for base, count in subclasses.items() if count == 1}
    assert alone == ONLY_SUBCLASS_OF_TEXTUAL, "composition, not inheritance"


def test_no_class_leaves_a_method_to_others() -> None:
    """A base that cannot be used by itself is a tower; what others have to give is handed in, or is a Protocol."""
    left = {
        f"{path.as_posix()}:{node.lineno}"
        for path, tree in trees().items()
        for node in nodes_of(tree)
        if isinstance(node, ast.Name) and node.id in {"NotImplementedError", "abstractmethod"}
    }
    assert left == set()


def test_no_class_does_too_much() -> None:
    assert {each.name for each in classes() if each.methods > MOST_METHODS} == set()


def test_no_function_is_too_long_to_read() -> None:
    long = {f"{path.as_posix()} {name}" for path, name, lines in functions() if lines > MOST_LINES_OF_A_FUNCTION}
    assert long == set()


def test_places_are_compared_as_places() -> None:
    """Nobody compares an organization by hand, which forgets the service or the sandbox; practice/ is one service."""
    by_hand = {
        path.as_posix()
        for path, tree in trees().items()
        if path.parts[1] != "practice"
        for node in nodes_of(tree)
        if isinstance(node, ast.Compare)
        for side in ast.walk(node)
        if isinstance(side, ast.Attribute) and side.attr == "organization_id"
    }
    assert by_hand == set()


def test_no_file_name_stands_twice_in_a_room() -> None:
    names = Counter((path.parts[1], path.name) for path in trees() if len(path.parts) > 2 and path.stem != "__init__")
    assert [name for name, count in names.items() if count > 1] == []


def test_no_file_name_means_two_things() -> None:
    names = Counter(path.name for path in trees() if path.stem != "__init__")
    assert {name for name, count in names.items() if count > 1} == set(SAME_THING_IN_TWO_ROOMS)


def test_imports_stand_at_the_top_unless_they_are_heavy_or_seldom_needed() -> None:
    loaded = loaded_with()
    light = {
        f"{path.as_posix()} {module}"
        for path, module in imports_inside_functions()
        if module.partition(".")[0] not in SELDOM_NEEDED
        and not HEAVY & {name.partition(".")[0] for name in (module, *loaded.get(module, ()))}
    }
    assert light == set()


def test_every_door_gives_what_it_names() -> None:
    """What the type checker reads is what the door gives; a module of that name would hide it once it is loaded."""
    doors = {
        path.parent: tree for path, tree in trees().items() if path.stem == "__init__" and "door(" in ast.unparse(tree)
    }
    assert len(doors) > 5
    for folder, tree in doors.items():
        package = import_module(".".join(folder.parts))
        names = {
            (node.module, alias.name)
            for block in tree.body
            if isinstance(block, ast.If)
            for node in block.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        given = {node.value for node in ast.walk(tree.body[-1]) if isinstance(node, ast.Constant)}
        assert given == {name for _module, name in names} | {str(module).rpartition(".")[2] for module, _name in names}
        for module, name in names:
            assert not (ROOT / folder / f"{name}.py").exists(), "the door would give the module"
            assert getattr(package, name) is getattr(import_module(str(module)), name)
        with pytest.raises(AttributeError):
            package.no_such_name  # noqa: B018 - asking is the test


def test_no_files_import_each_other_in_a_circle() -> None:
    """Imports inside functions count as well: a circle says that two files are one idea, or lack a third."""
    assert list(circles()) == []


def test_the_exit_codes_stand_in_one_table() -> None:
    named = [each.path.as_posix() for each in classes() if each.name == "ExitCode"]
    assert named == ["aep_tui/commands/exit_codes.py"]
    from aep_tui.commands.exit_codes import ExitCode

    assert [int(code) for code in ExitCode] == [0, 1, 2, 3, 4, 5, 6, 129, 130, 141, 143]
    assert all(code.meaning for code in ExitCode)


def test_the_clock_of_the_machine_is_made_where_the_command_begins() -> None:
    texts = {path.as_posix(): (ROOT / path).read_text(encoding="utf-8") for path in source_files("aep_tui")}
    makers = {path for path, text in texts.items() if "SystemClock" in text}
    assert {each for each in makers if not each.startswith("aep_tui/commands/")} == {"aep_tui/domain/clock.py"}


def test_the_tests_that_run_on_another_date_are_there() -> None:
    lines = (ROOT / ".ci/date-tests.txt").read_text(encoding="utf-8").splitlines()
    paths = [line for line in lines if line and not line.startswith("#")]
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []
