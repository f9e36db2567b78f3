"""Tables of items: three formats, one meaning, and no bytes that crash."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from snitch.documents import Limits
from snitch.documents.items import Table
from snitch.documents.items import read_items

WANTED = ("id", "correct")
CSV = "id,correct,plan\na,1,free\nb,0,paid\n"
JSON = '{"id": "a", "correct": true, "plan": "free"}\n{"id": "b", "correct": 0}\n'


def read(path: str, text: str | bytes, wanted: tuple[str, ...] = WANTED) -> Table:
    blob = text.encode() if isinstance(text, str) else text
    return read_items(path, blob, wanted, Limits())


def parquet(columns: dict[str, list[object]]) -> bytes:
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import parquet as pq  # noqa: PLC0415 - an extra

    sink = io.BytesIO()
    pq.write_table(pa.table(columns), sink)
    return sink.getvalue()


def refusal(table: Table) -> tuple[str, str, int | None]:
    assert table.fault is not None
    assert table.columns == {}
    return table.fault.code, table.fault.message, table.fault.place.line


def test_three_formats_say_the_same() -> None:
    columns = {"id": ("a", "b"), "correct": ("1", "0")}
    packed = parquet({"id": ["a", "b"], "correct": [1, 0], "plan": ["free", "paid"]})
    for table in (read("i.csv", CSV), read("i.jsonl", JSON), read("i.parquet", packed)):
        assert table.columns == columns
        assert (table.rows, table.fault) == (2, None)


def test_numbers_keep_their_spelling() -> None:
    text = '{"id": 7, "correct": 0.10}\n{"id": 8, "correct": 1e-3}\n\n'
    assert read("i.ndjson", text).columns == {"id": ("7", "8"), "correct": ("0.10", "1e-3")}
    packed = parquet({"id": ["a"], "correct": [0.1]})
    assert read("i.parquet", packed).columns["correct"] == ("0.1",)


def test_what_is_missing_is_empty() -> None:
    text = '{"id": "a"}\n{"id": "b", "correct": null}\n{"correct": 1}\n'
    columns = read("i.jsonl", text).columns
    assert columns == {"id": ("a", "b", ""), "correct": ("", "", "1")}


def test_rows_know_their_lines() -> None:
    assert read("i.csv", CSV).place(1).line == 3
    assert read("i.jsonl", JSON).place(1).line == 2
    assert read("i.csv", 'id,correct\n"a\nb",1\nc,0\n').place(1).line is None


def test_quoted_fields_and_byte_order_marks_are_read() -> None:
    table = read("i.csv", '\ufeffid,correct\r\n"a,b",1\r\n')
    assert table.columns == {"id": ("a,b",), "correct": ("1",)}


@pytest.mark.parametrize(
    ("path", "text", "code", "part", "line"),
    [
        ("i.txt", "x", "SNT002", "the name tells no format", None),
        ("i.csv", "", "SNT002", "0 columns", 1),
        ("i.csv", "id,id\n1,2\n", "SNT003", "`id` stands twice", 1),
        ("i.csv", "id,correct\na,1\nb\n", "SNT002", "row 2 has 1 fields, the header has 2", 3),
        ("i.csv", 'id,correct\n"a"b,1\n', "SNT002", "no CSV", 2),
        ("i.csv", b"id\n\xff\n", "SNT001", "", 2),
        ("i.jsonl", "[1]\n", "SNT002", "no JSON object", 1),
        ("i.jsonl", '{"id": 1}\n{"id": }\n', "SNT002", "no JSON", 2),
        ("i.jsonl", '{"id": 1, "id": 2}\n', "SNT003", "twice", 1),
        ("i.parquet", "PAR1 is not all of it", "SNT002", "no readable Parquet", None),
    ],
)
def test_what_cannot_be_read_is_told(
    path: str, text: str | bytes, code: str, part: str, line: int | None
) -> None:
    found = refusal(read(path, text))
    assert (found[0], found[2]) == (code, line)
    assert part in found[1]


def test_files_have_a_limit() -> None:
    limits = Limits(max_items_kib=1)
    for path in ("i.csv", "i.jsonl", "i.parquet"):
        table = read_items(path, b"x" * 1025, WANTED, limits)
        assert "`limits.max_items_kib`" in refusal(table)[1]
    bomb = parquet({"id": ["same"] * 1_000})
    assert "1000 rows" in refusal(read_items("i.parquet", bomb, WANTED, Limits(max_items_kib=4)))[1]


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    table = read("i.parquet", b"PAR1")
    assert "pyarrow is not installed" in refusal(table)[1]
    assert table.fault is not None
    assert "model-snitch[parquet]" in table.fault.remedy


@settings(max_examples=150)
@given(st.binary(max_size=300), st.sampled_from([".csv", ".jsonl", ".parquet"]))
def test_no_bytes_crash(blob: bytes, suffix: str) -> None:
    read("i" + suffix, blob)


@settings(max_examples=60)
@given(st.text(alphabet='id,correct\n"{}:[]01 \r\t', max_size=80))
def test_no_text_of_the_formats_own_letters_crashes(text: str) -> None:
    for path in ("i.csv", "i.jsonl"):
        table = read(path, text)
        assert table.fault is not None or table.rows >= 0


def test_deep_nesting_is_refused() -> None:
    assert refusal(read("i.jsonl", '{"id": ' + "[" * 100_000))[0] in {"SNT001", "SNT002"}


def test_rows_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("snitch.documents.items.MAX_ROWS", 3)
    for path, row in (("i.csv", "a,1\n"), ("i.jsonl", '{"id": "a"}\n')):
        head = "id,correct\n" if path == "i.csv" else ""
        assert read(path, head + 3 * row).rows == 3
        assert "more than 3 rows" in refusal(read(path, head + 4 * row))[1]


def test_a_row_that_is_cut_is_found_far_down() -> None:
    text = "id,correct\n" + "a,1\n" * 9_000 + "b\n" + "c,1\n" * 9_000
    assert refusal(read("i.csv", text))[1:] == ("row 9001 has 1 fields, the header has 2", 9002)
