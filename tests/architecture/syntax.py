"""What the syntax trees of the package say about classes, functions and imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.architecture.sources import ROOT, source_files

PACKAGE = "aep_tui"


@dataclass(frozen=True, slots=True)
class FoundClass:
    """A class of ours: where it stands, its bases by their last name, and how many methods it has."""

    path: Path
    name: str
    bases: tuple[str, ...]
    methods: int


@cache
def trees() -> dict[Path, ast.Module]:
    """Return the syntax tree of each file of the package."""
    return {path: ast.parse((ROOT / path).read_text(encoding="utf-8")) for path in source_files(PACKAGE)}


def classes() -> Iterator[FoundClass]:
    """Yield every class of ours."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                methods = [each for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
                yield FoundClass(path, node.name, tuple(map(_last_name, node.bases)), len(methods))


def functions() -> Iterator[tuple[Path, str, int]]:
    """Yield file, name and number of lines of every function and method."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def module_name(path: Path) -> str:
    """Return the name of the module that stands in a file."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_inside_functions() -> Iterator[tuple[Path, str]]:
    """Yield file and imported module of every import that stands in a function."""
    for path, tree in trees().items():
        inside = {
            each
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            for each in ast.walk(node)
            if isinstance(each, ast.Import | ast.ImportFrom)
        }
        for node in inside:
            for name in imported_modules(node):
                yield path, name


def imported_modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    """Return the modules that a statement imports; a name of a package may be a module as well."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    module = node.module or ""
    below = [f"{module}.{alias.name}" for alias in node.names]
    known = {module_name(path) for path in trees()}
    return [name for name in below if name in known] or [module]


@cache
def loaded_with() -> dict[str, frozenset[str]]:
    """Return for each module of ours every module that its own import loads, others' modules included."""
    direct: dict[str, set[str]] = {}
    for path, tree in trees().items():
        name = module_name(path)
        packages = {".".join(name.split(".")[:length]) for length in range(1, name.count(".") + 1)}
        direct[name] = packages | {
            imported for node in _run_at_import(tree.body) for imported in imported_modules(node)
        }
    loaded = {name: set(names) for name, names in direct.items()}
    grows = True
    while grows:
        grows = False
        for names in loaded.values():
            more = set().union(*(loaded.get(name, set()) for name in names)) - names
            names |= more
            grows = grows or bool(more)
    return {name: frozenset(names) for name, names in loaded.items()}


def _run_at_import(body: list[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.unparse(node.test):
            yield from _run_at_import([*node.body, *node.orelse])
        elif isinstance(node, ast.ClassDef | ast.With):
            yield from _run_at_import(node.body)
        elif isinstance(node, ast.Try):
            yield from _run_at_import([*node.body, *node.orelse, *node.finalbody])


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript):
        return _last_name(node.value)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
