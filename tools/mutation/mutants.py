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

    @property
    def module(self) -> str:
        """Its name where it is imported."""
        parts = self.path.with_suffix("").parts
        return ".".join(parts[parts.index("snitch") :]).removesuffix(".__init__")

    def __str__(self) -> str:
        """The place, and the line as it reads then."""
        line = self.source().splitlines()[self.line - 1].strip()
        return f"{self.path}:{self.line}  {self.operator}.{self.occurrence}  {line}"

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
        self.places: list[tuple[int, int]] = []

    def visit(self, node: NodeOrLeaf) -> NodeOrLeaf:
        """One node; nothing is changed."""
        for start, _ in self.operator.mutation_positions(node):
            self.places.append(start)
        return node


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module, by operator and place."""
    text = path.read_text(encoding="utf-8")
    idle = [*_idle(ast.parse(text))]
    tree = get_ast(text)
    for name in OPERATORS:
        sites = _Sites(_operator(name))
        sites.walk(tree)
        for occurrence, place in enumerate(sites.places):
            if not any(start <= place < end for start, end in idle):
                yield Mutant(path, name, occurrence, place[0])


def _operator(name: str) -> Operator:
    return get_operator(f"core/{name}")()


def _idle(tree: ast.Module) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """From where to where a module has what does nothing that a test could notice.

    Annotations, imports for types, the `*` before keywords, and decorators: those here make
    classes of values, or keep what was found once.
    """
    for node in ast.walk(tree):
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                yield _span(node)
            case ast.AnnAssign(annotation=annotation):
                yield _span(annotation)
            case ast.arg(annotation=ast.expr() as annotation):
                yield _span(annotation)
            case ast.ClassDef(decorator_list=decorators):
                yield from map(_span, decorators)
            case ast.FunctionDef(returns=returns, decorator_list=decorators):
                yield from map(_span, [*decorators, *filter(None, [returns])])
                yield _keyword_mark(node)
            case _:
                pass


def _keyword_mark(function: ast.FunctionDef) -> tuple[tuple[int, int], tuple[int, int]]:
    """From the last positional parameter to the first that needs a name: `*` is no product."""
    given = function.args
    start = function.lineno, function.col_offset
    before = [*map(_span, [*given.posonlyargs, *given.args]), *map(_span, given.defaults)]
    start = max([start, *(end for _, end in before)])
    if given.vararg is not None or not given.kwonlyargs:
        return start, start
    return start, _span(given.kwonlyargs[0])[0]


def _span(node: ast.stmt | ast.expr | ast.arg) -> tuple[tuple[int, int], tuple[int, int]]:
    end = (node.end_lineno or node.lineno, node.end_col_offset or 0)
    return (node.lineno, node.col_offset - 1), end
