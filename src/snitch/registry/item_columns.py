"""Columns of items as exact integers: a hundred thousand numbers in a moment."""

from __future__ import annotations

from decimal import Context
from decimal import Decimal
from decimal import Inexact
from decimal import InvalidOperation
from itertools import repeat
from typing import TYPE_CHECKING

from snitch.documents.document import MAX_EXPONENT
from snitch.documents.document import MAX_NUMBER_CHARS
from snitch.documents.document import PLAIN_DECIMAL
from snitch.documents.document import Number
from snitch.findings import Fault
from snitch.registry.item_block import RefusedError
from snitch.registry.item_scores import Column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from snitch.documents.items import Table

FEW = 1_000
BOOLEANS = {"true": "1", "True": "1", "false": "0", "False": "0"}
EXACT = Context(prec=200, traps=[Inexact, InvalidOperation])
"""Forty digits times ten to the power of a hundred: nothing is ever rounded."""


def column(table: Table, name: str, order: list[int]) -> Column:
    """A column's numbers, in an order of its rows.

    Raises:
        RefusedError: a cell holds none.
    """
    texts = table.columns[name]
    if not texts:
        return Column((), 0)
    distinct = set(texts)
    if len(distinct) <= FEW:
        # Zeros and ones, mostly: each of them is read once.
        known = list(distinct)
        units, places = _numbers(table, name, known)
        found = dict(zip(known, units, strict=True))
        return Column(tuple([found[texts[i]] for i in order]), places)
    units, places = _numbers(table, name, texts)
    return Column(tuple([units[i] for i in order]), places)


def _numbers(table: Table, name: str, texts: Sequence[str]) -> tuple[list[int], int]:
    """The values of a column as integers of one unit, exact; a million of them in a second."""
    if not BOOLEANS.keys().isdisjoint(texts):
        texts = [BOOLEANS.get(text, text) for text in texts]
    long = max(map(len, texts)) > MAX_NUMBER_CHARS
    if long or not all(map(PLAIN_DECIMAL.fullmatch, texts)):
        raise _no_number(table, name, texts)
    if _any_exponent(texts):
        # A softmax underflows; what lies below 1e-60 is nothing.
        texts = ["0" if Decimal(text).adjusted() < -MAX_EXPONENT else text for text in texts]
        if any(Decimal(text).adjusted() > MAX_EXPONENT for text in texts):
            raise _no_number(table, name, texts)
    places = _places(texts)
    unit = Decimal(10) ** places
    return list(map(int, map(EXACT.multiply, map(Decimal, texts), repeat(unit)))), places


def _no_number(table: Table, name: str, texts: Sequence[str]) -> RefusedError:
    bad = next(text for text in texts if Number(text).decimal() is None)
    found = f"`{bad[:MAX_NUMBER_CHARS]}`, expected a plain decimal number"
    return bad_cell(table, table.columns[name].index(bad), name, found)


def _places(texts: Sequence[str]) -> int:
    """The digits after the point that the finest of plain decimals needs."""
    if _any_exponent(texts):
        return max([0, *(-int(Decimal(text).as_tuple().exponent) for text in texts)])
    return max([len(text.partition(".")[2]) for text in texts])


def _any_exponent(texts: Sequence[str]) -> bool:
    whole = "".join(texts)
    return "e" in whole or "E" in whole


def bad_cell(table: Table, row: int, column: str, found: str) -> RefusedError:
    """What is said of a cell that no item can have."""
    message = f"`{column}` of item {row + 1} in `{table.path}` is {found}"
    fault = Fault(
        "SNT004", table.place(row), message, "mend the evaluation that wrote it, and run it again"
    )
    return RefusedError(fault, f"`{column}` of item {row + 1} is {found}")
