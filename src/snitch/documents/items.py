"""Per-item results as columns of text: CSV, JSON Lines, and Parquet where pyarrow is installed.

These files are long and flat, so they are read column by column, and only the columns that
somebody asks for are kept.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import field
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING
from typing import Any

from snitch.documents.encoding import KIB
from snitch.documents.encoding import decode
from snitch.documents.encoding import too_large
from snitch.findings import Fault
from snitch.findings import Place
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping

    from snitch.documents.limits import Limits

MAX_COLUMNS = 1_000
MAX_ROWS = 2_000_000
CHUNK = 512
"""Rows that are held whole at a time."""
LIMIT = "max_items_kib"
CELLS_PER_KIB = 64
"""Parquet compresses: what may unfold is bounded by the same limit."""


@dataclass(frozen=True)
class Table:
    """The rows of a file, as columns."""

    path: str
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Those of the wanted columns that the file has; a missing value is empty text."""
    rows: int = 0
    first_line: int | None = None
    """The line of the first row, where each row is one line."""
    fault: Fault | None = None
    """Why nothing could be read."""

    def place(self, row: int) -> Place:
        """Where a row stands, counted from 0."""
        return Place(self.path, None if self.first_line is None else self.first_line + row)


class _RefusedError(Exception):
    def __init__(self, code: str, message: str, remedy: str, line: int | None = None) -> None:
        super().__init__(message)
        self.told = (code, message, remedy, line)


def read_items(path: str, blob: bytes, wanted: Collection[str], limits: Limits) -> Table:
    """The wanted columns of a table of items; never raises, whatever the bytes.

    The path ends with `.csv`, `.jsonl`, `.ndjson` or `.parquet`; `limits.max_items_kib` counts.
    """
    try:
        return _read(path, blob, frozenset(wanted), limits)
    except _RefusedError as error:
        code, message, remedy, line = error.told
        return Table(path, fault=Fault(code, Place(path, line), message, remedy))
    except (RecursionError, MemoryError):
        message = "the file asks for more memory than there is"
        return Table(path, fault=Fault("SNT001", Place(path), message, "make the file smaller"))


def _read(path: str, blob: bytes, wanted: frozenset[str], limits: Limits) -> Table:
    suffix = path[path.rfind(".") :].lower()
    if suffix == ".parquet":
        return _parquet(path, blob, wanted, limits)
    if suffix not in {".csv", ".jsonl", ".ndjson"}:
        raise _RefusedError(
            "SNT002",
            "the name tells no format; expected `.csv`, `.jsonl` or `.parquet`",
            "rename the file of items",
        )
    decoded = decode(path, blob, limits.max_items_kib, LIMIT)
    if decoded.text is None:
        return Table(path, fault=decoded.faults[0])
    return (_csv if suffix == ".csv" else _json_lines)(path, decoded.text, wanted)


def _csv(path: str, text: str, wanted: frozenset[str]) -> Table:
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        header = next(reader, [])
        _refuse_twins(header)
        kept = [(name, itemgetter(at)) for at, name in enumerate(header) if name in wanted]
        columns: dict[str, list[str]] = {name: [] for name, _ in kept}
        rows = 0
        # A few rows at a time: nobody needs the columns that are not wanted.
        while chunk := list(islice(reader, CHUNK)):
            some = list(filter(None, chunk))
            _refuse_uneven(some, len(header), rows, plain=reader.line_num == rows + len(some) + 1)
            rows += len(some)
            _refuse_many(rows)
            for name, cell in kept:
                columns[name].extend(map(cell, some))
    except csv.Error as error:
        raise _RefusedError(
            "SNT002", f"this is no CSV: {error}", "quote fields as RFC 4180 does", reader.line_num
        ) from None
    is_plain = reader.line_num == rows + 1
    found = {name: tuple(cells) for name, cells in columns.items()}
    return Table(path, found, rows, 2 if is_plain else None)


def _refuse_many(rows: int) -> None:
    if rows > MAX_ROWS:
        raise _RefusedError(
            "SNT001",
            f"the file has more than {MAX_ROWS:,} rows",
            "give the results of fewer items, or of whole clusters",
        )


def _refuse_uneven(rows: list[list[str]], width: int, before: int, *, plain: bool) -> None:
    if set(map(len, rows)) <= {width}:
        return
    row = next(row for row, cells in enumerate(rows) if len(cells) != width)
    raise _RefusedError(
        "SNT002",
        f"row {before + row + 1} has {len(rows[row])} fields, the header has {width}",
        "write the file anew: a row that is cut is an evaluation that broke off",
        before + row + 2 if plain else None,
    )


def _refuse_twins(names: list[str]) -> None:
    if not names or len(names) > MAX_COLUMNS:
        raise _RefusedError(
            "SNT002",
            f"the header has {len(names)} columns, expected 1 to {MAX_COLUMNS}",
            "name the columns in the first line",
            1,
        )
    if len(set(names)) < len(names):
        twin = next(name for name in names if names.count(name) > 1)
        raise _RefusedError(
            "SNT003", f"the column `{twin[:60]}` stands twice", "rename one of the two", 1
        )


def _json_lines(path: str, text: str, wanted: frozenset[str]) -> Table:
    decoder = json.JSONDecoder(
        parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_object
    )
    found: dict[str, list[str]] = {}
    rows = 0
    for number, line in enumerate(io.StringIO(text.rstrip() + "\n" if text.strip() else ""), 1):
        _refuse_many(number)
        record = _record(decoder, line, number)
        for name in wanted & record.keys():
            column = found.setdefault(name, [])
            column.extend([""] * (rows - len(column)))
            column.append(_cell(record[name]))
        rows += 1
    columns = {
        name: tuple(column + [""] * (rows - len(column))) for name, column in sorted(found.items())
    }
    return Table(path, columns, rows, 1)


def _record(decoder: json.JSONDecoder, line: str, number: int) -> dict[str, Any]:
    try:
        record = decoder.decode(line.strip())
    except ValueError as error:
        twin = isinstance(error, _TwinError)
        raise _RefusedError(
            "SNT003" if twin else "SNT002",
            str(error) if twin else f"this line is no JSON: {getattr(error, 'msg', error)}",
            "write one JSON object a line",
            number,
        ) from None
    if not isinstance(record, dict):
        raise _RefusedError(
            "SNT002", "this line is no JSON object", "write one JSON object a line", number
        )
    return record


class _TwinError(ValueError):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        message = "a key stands twice in this object"
        raise _TwinError(message)
    return record


def _cell(value: object) -> str:
    match value:
        case str():
            return value
        case bool():
            return "1" if value else "0"
        case int() | float():
            return repr(value)
        case None:
            return ""
        case _:
            return str(value)


def _parquet(path: str, blob: bytes, wanted: frozenset[str], limits: Limits) -> Table:
    if len(blob) > limits.max_items_kib * KIB:
        return Table(path, fault=too_large(path, len(blob), limits.max_items_kib, LIMIT))
    try:
        from pyarrow import ArrowException  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415 - an extra
    except ImportError:
        raise _RefusedError(
            "SNT001",
            "Parquet cannot be read here: pyarrow is not installed",
            "run `pip install 'model-snitch[parquet]'`, or write the items as CSV",
        ) from None
    try:
        file = parquet.ParquetFile(io.BytesIO(blob))
        names = [name for name in file.schema_arrow.names if name in wanted]
        rows = file.metadata.num_rows
        if rows * max(1, len(names)) <= limits.max_items_kib * CELLS_PER_KIB:
            table = file.read(columns=names)
            columns = {name: tuple(map(_cell, table[name].to_pylist())) for name in names}
            return Table(path, columns, rows)
    except (ArrowException, OSError, ValueError, KeyError, TypeError, NotImplementedError) as error:
        reason = str(error).partition("\n")[0][:120]
        raise _RefusedError(
            "SNT002", f"this is no readable Parquet: {reason}", "write the file anew"
        ) from None
    raise _RefusedError(
        "SNT001",
        f"the file has {rows} rows of {len(names)} columns, more than `limits.{LIMIT}` allows",
        f"make the file smaller, or raise `limits.{LIMIT}` in the policy",
    )
