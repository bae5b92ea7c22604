"""The small faults that a source file can be given."""

from __future__ import annotations

import ast
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
        line: where the fault is, from 1 on.
        before: the code there.
        after: what stands in its place.
        source: the whole file.
    """

    line: int
    before: str
    after: str
    source: str


def mutants_of(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a file, in the order of its code. Words, types and docstrings are left alone."""
    tree = ast.parse(source)
    for number, node in enumerate(_changeable(tree)):
        for variant in range(_count(node)):
            copy = deepcopy(tree)
            changed = list(_changeable(copy))[number]
            before = ast.unparse(changed)
            _change(changed, variant)
            ast.fix_missing_locations(copy)
            yield Mutant(node.lineno, before, ast.unparse(changed), ast.unparse(copy))


def _changeable(tree: ast.Module) -> Iterator[ast.expr | ast.stmt]:
    """Yield the nodes that can be given a fault; not those of decorators, annotations and constants of a module."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.expr | ast.stmt) and _count(node):
            yield node
        waiting[:0] = _children(node)


def _children(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return list(node.orelse)
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
        case ast.If() | ast.IfExp():
            return 2
        case ast.Return(value=value):
            return int(value is not None and not (isinstance(value, ast.Constant) and value.value is None))
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
