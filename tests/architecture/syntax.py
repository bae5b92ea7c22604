"""What the syntax trees of the package say about classes, functions and imports."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.architecture.sources import ROOT, source_files

PACKAGE = "aep_tui"
_HAVE_BODIES = ast.stmt | ast.excepthandler | ast.match_case


@dataclass(frozen=True, slots=True)
class FoundClass:
    """A class of ours: where it stands, its bases that are no imported ones, and how many methods it has."""

    path: Path
    name: str
    bases: tuple[str, ...]
    methods: int


@cache
def trees() -> dict[Path, ast.Module]:
    """Return the syntax tree of each file of the package."""
    return {path: tree_of((ROOT / path).read_text(encoding="utf-8")) for path in source_files(PACKAGE)}


@cache
def tree_of(source: str) -> ast.Module:
    """Return the syntax tree of a text, made once for all the rules that look at it."""
    return ast.parse(source)


@cache
def nodes_of(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Return every node of a tree, gathered once for all the rules that look at it."""
    return tuple(ast.walk(tree))


@cache
def classes() -> tuple[FoundClass, ...]:
    """Return every class of ours."""
    return tuple(_classes())


def _classes() -> Iterator[FoundClass]:
    for path, tree in trees().items():
        foreign = _names_of_others(tree)
        for node in nodes_of(tree):
            if isinstance(node, ast.ClassDef):
                methods = [each for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
                bases = tuple(_last_name(base) for base in node.bases if _first_name(base) not in foreign)
                yield FoundClass(path, node.name, bases, len(methods))


def functions() -> Iterator[tuple[Path, str, int]]:
    """Yield file, name and number of lines of every function and method."""
    for path, tree in trees().items():
        for node in nodes_of(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def module_name(path: Path) -> str:
    """Return the name of the module that stands in a file."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_inside_functions() -> Iterator[tuple[Path, str]]:
    """Yield file and imported module of every import that stands in a function."""
    for path, tree in trees().items():
        for node in _imports_in(tree.body, is_inside=False):
            for name in imported_modules(node):
                yield path, name


def _imports_in(body: Iterable[ast.AST], *, is_inside: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield the imports among statements that stand in a function; statements stand in statements only."""
    for node in body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            if is_inside:
                yield node
        elif isinstance(node, _HAVE_BODIES):
            within = is_inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            yield from _imports_in(ast.iter_child_nodes(node), is_inside=within)


def imported_modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    """Return the modules that a statement imports; a name of a package may be a module as well."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    module = node.module or ""
    below = [f"{module}.{alias.name}" for alias in node.names]
    return [name for name in below if name in _modules_of_ours()] or [module]


@cache
def _modules_of_ours() -> frozenset[str]:
    return frozenset(module_name(path) for path in trees())


def circles() -> Iterator[tuple[str, ...]]:
    """Yield the modules of ours that import each other in a circle, wherever the imports stand but for types only."""
    waiting = {module_name(path): _imports_of_ours(tree) for path, tree in trees().items()}
    while free := [name for name, names in waiting.items() if not names & waiting.keys()]:
        for name in free:
            del waiting[name]
    if waiting:
        yield tuple(sorted(waiting))


def _imports_of_ours(tree: ast.Module) -> set[str]:
    nodes = nodes_of(tree)
    for_types = {
        each
        for node in nodes
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for each in ast.walk(node)
    }
    imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) and node not in for_types]
    return {name for node in imports for name in imported_modules(node)}


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


def _names_of_others(tree: ast.Module) -> set[str]:
    """Return the names that a file imports from elsewhere: a base of that name is no class of ours."""
    names: set[str] = set()
    for node in nodes_of(tree):
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and node.module is not None):
            module = node.module if isinstance(node, ast.ImportFrom) else ""
            names |= {
                (alias.asname or alias.name).partition(".")[0]
                for alias in node.names
                if not (module or alias.name).startswith(PACKAGE)
            }
    return names


def _first_name(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript | ast.Attribute):
        return _first_name(node.value)
    return node.id if isinstance(node, ast.Name) else ""


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript):
        return _last_name(node.value)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
