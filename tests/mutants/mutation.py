"""The small faults that a source file can be given.

What only a type checker could notice (`None` in the place of `False`, another union behind a name for a type) is no
fault: the checker does. Neither is the default of a function that is only declared: whoever is called has its own.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Final

_COMPARISONS: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one fault.

    Attributes:
        number, variant: which node of the file, and in which of its ways it is changed.
        lines: the lines that run when the fault can show; those that use a constant, where the fault is in one.
        line: where the fault is, from 1 on.
        where: the name of the function or class around it, "" outside of them.
        before: the code there.
        after: what stands in its place.
        repeat: how many of the same kind stand before it in the same place.
    """

    number: int
    variant: int
    lines: frozenset[int]
    line: int
    where: str
    before: str
    after: str
    repeat: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    node: ast.expr | ast.stmt
    statement: ast.stmt | None
    where: str


def mutants_of(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a file, in the order of its code. Words, types and docstrings are left alone."""
    tree = ast.parse(source)
    seen = Counter[tuple[str, str, str]]()
    for number, place in enumerate(_places(tree)):
        before = _words(place.node)
        for variant in range(_count(place.node)):
            changed = deepcopy(place.node)
            _change(changed, variant)
            after = _words(changed)
            kind = (place.where, before, after)
            yield Mutant(number, variant, _lines(place, tree), place.node.lineno, *kind, repeat=seen[kind])
            seen[kind] += 1


def source_with(mutant: Mutant, source: str) -> str:
    """Return the file with the fault in it."""
    tree = ast.parse(source)
    place = next(place for number, place in enumerate(_places(tree)) if number == mutant.number)
    _change(place.node, mutant.variant)
    return ast.unparse(ast.fix_missing_locations(tree))


def _words(node: ast.expr | ast.stmt) -> str:
    shown = f"if {ast.unparse(node.test)}:" if isinstance(node, ast.If) else ast.unparse(node)
    return " ".join(shown.split())


def _lines(place: _Place, tree: ast.Module) -> frozenset[int]:
    statement = place.statement
    if statement is None:
        return frozenset()
    if statement in tree.body and isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        names = {target.id for target in targets if isinstance(target, ast.Name)}
        return frozenset(
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load)
        )
    last = statement.end_lineno or statement.lineno
    body = getattr(statement, "body", None)
    if isinstance(body, list) and not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        last = max(statement.lineno, body[0].lineno - 1)
    return frozenset(range(statement.lineno, last + 1))


def _places(tree: ast.Module) -> Iterator[_Place]:
    """Yield the nodes that can be given a fault; not those of decorators, annotations and constants of a module."""
    waiting: list[tuple[ast.AST, ast.stmt | None, str]] = [(tree, None, "")]
    while waiting:
        node, statement, where = waiting.pop(0)
        if isinstance(node, ast.stmt):
            statement = node
        if isinstance(node, ast.expr | ast.stmt) and _count(node):
            yield _Place(node, statement, where)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            where = f"{where}.{node.name}" if where else node.name
        waiting[:0] = [(child, statement, where) for child in _children(node)]


def _children(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return list(node.orelse)
    if _is_type(node) or _is_only_declared(node):
        return []
    skipped = {"annotation", "returns", "decorator_list", "type_params", "bases", "keywords"}
    if isinstance(node, ast.Call):
        skipped = set()
        if isinstance(node.func, ast.Name) and node.func.id in {"_", "plural", "field", "getLogger"}:
            return []
    return [
        child
        for name, value in ast.iter_fields(node)
        if name not in skipped
        for child in (value if isinstance(value, list) else [value])
        if isinstance(child, ast.AST)
    ]


def _is_type(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.AnnAssign) and isinstance(node.annotation, ast.Name) and node.annotation.id == "TypeAlias"
    )


def _is_only_declared(node: ast.AST) -> bool:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    return all(isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant) for each in node.body)


def _count(node: ast.AST) -> int:
    """Return in how many ways a node can be changed."""
    match node:
        case ast.Compare(ops=[operator]):
            return int(type(operator) in _COMPARISONS)
        case ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
            return 1
        case ast.BinOp(op=operator):
            return int(type(operator) in _ARITHMETIC and not _is_text(node))
        case ast.Constant(value=value):
            return int(isinstance(value, bool | int | float))
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return 0
        case ast.If() | ast.IfExp():
            return 2
        case ast.Return(value=ast.Constant(value=value)):
            return int(value is not None and value is not False)
        case ast.Return(value=value):
            return int(value is not None)
        case ast.Expr(value=ast.Call() | ast.Await()):
            return 1
    return 0


def _is_text(node: ast.BinOp) -> bool:
    return any(
        isinstance(each, ast.JoinedStr) or (isinstance(each, ast.Constant) and isinstance(each.value, str))
        for each in ast.walk(node)
    )


def _change(node: ast.AST, variant: int) -> None:
    match node:
        case ast.Compare():
            node.ops = [_COMPARISONS[type(node.ops[0])]()]
        case ast.BoolOp():
            node.op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
        case ast.UnaryOp():
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
        case ast.BinOp():
            node.op = _ARITHMETIC[type(node.op)]()
        case ast.Constant(value=value):
            node.value = not value if isinstance(value, bool) else value + 1  # type: ignore[operator]  # a number here
        case ast.If() | ast.IfExp():
            node.test = ast.Constant(variant == 0)
        case ast.Return():
            node.value = ast.Constant(None)
        case ast.Expr():
            node.value = ast.Constant(None)
