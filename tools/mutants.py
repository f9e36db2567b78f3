"""The mutants of a module: cosmic-ray's operators, without those that no test could tell apart."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cosmic_ray.ast import Visitor
from cosmic_ray.ast import get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cosmic_ray.operators.operator import Operator
    from parso.tree import NodeOrLeaf

SWAPS = {
    "Binary": "Add_Sub Sub_Add Mul_Div Div_Mul FloorDiv_Mul Mod_Mul Pow_Mul BitOr_BitAnd "
    "BitAnd_BitOr BitXor_BitOr LShift_RShift RShift_LShift",
    "Comparison": "Eq_NotEq NotEq_Eq Lt_LtE Lt_GtE LtE_Lt LtE_Gt Gt_GtE Gt_LtE GtE_Gt GtE_Lt "
    "Is_IsNot IsNot_Is",
    "Unary": "USub_UAdd Delete_Not Delete_Invert",
}
"""Each operator by its opposite and by its neighbour; cosmic-ray would try every other one too,
which takes ten times as long and finds what these find."""
OTHERS = (
    "AddNot",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak",
    "NumberReplacer",
    "RemoveDecorator",
    "ZeroIterationForLoop",
)
OPERATORS = (
    *(f"Replace{kind}Operator_{swap}" for kind, swaps in SWAPS.items() for swap in swaps.split()),
    *OTHERS,
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One small change of one module."""

    path: Path
    operator: str
    occurrence: int
    line: int

    def source(self) -> str:
        """The module's text with the change made."""
        text = self.path.read_text(encoding="utf-8")
        mutated: str | None = mutate_code(text, _operator(self.operator), self.occurrence)
        if mutated is None:
            message = f"{self} cannot be made"
            raise LookupError(message)
        return mutated


class _Sites(Visitor):  # type: ignore[misc] # cosmic-ray is untyped
    """Collects where an operator applies."""

    def __init__(self, operator: Operator) -> None:
        self.operator = operator
        self.lines: list[int] = []

    def visit(self, node: NodeOrLeaf) -> NodeOrLeaf:
        """One node; nothing is changed."""
        for start, _ in self.operator.mutation_positions(node):
            self.lines.append(start[0])
        return node


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module, by operator and place."""
    text = path.read_text(encoding="utf-8")
    idle = _idle_lines(ast.parse(text))
    tree = get_ast(text)
    for name in OPERATORS:
        sites = _Sites(_operator(name))
        sites.walk(tree)
        for occurrence, line in enumerate(sites.lines):
            if line not in idle:
                yield Mutant(path, name, occurrence, line)


def _operator(name: str) -> Operator:
    return get_operator(f"core/{name}")()


def _idle_lines(tree: ast.Module) -> set[int]:
    """Lines that do nothing when the program runs.

    Annotations, imports for types, and decorators: those here only say `frozen` or `slots`.
    """
    idle: set[int] = set()
    for node in ast.walk(tree):
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                idle |= _lines(node)
            case ast.AnnAssign(value=None):
                idle |= _lines(node)
            case ast.ClassDef(decorator_list=decorators):
                idle |= {line for one in decorators for line in _lines(one)}
            case ast.FunctionDef(body=body, decorator_list=decorators):
                idle |= set(range(node.lineno, body[0].lineno))
                idle |= {line for one in decorators for line in _lines(one)}
            case _:
                pass
    return idle


def _lines(node: ast.stmt | ast.expr) -> set[int]:
    return set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
