from __future__ import annotations

import re
import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snitch.checks import schemes
from snitch.documents import Limits
from snitch.documents import Number
from snitch.documents import read_document
from snitch.registry.conversions import convert
from snitch.registry.conversions import day_of
from snitch.registry.keypath import fill
from snitch.registry.keypath import parse
from snitch.registry.keypath import text_of
from snitch.registry.keypath import walk
from snitch.registry.patterns import MAX_LINE
from snitch.registry.patterns import compiled
from snitch.registry.patterns import groups_of
from snitch.registry.patterns import matching_lines
from snitch.registry.pointers import digest_of

DATA: Any = {
    "metrics": {
        "auc": Number("0.9"),
        "symprec=1e-5": {"rmsd": Number("0.02")},
        "κ": {"κ_SRME": Number("0.68")},
        "a.b": {"c/d": "deep"},
    },
    "Models": [
        {"Name": "a", "set": {"name": "one", "rev": "1"}, "score": Number("1")},
        {"Name": "b", "set": {"name": "two", "rev": "2"}, "best": True, "score": Number("2")},
        {"Other": "c"},
    ],
    "best": "x",
    "runs": {"x": {"f1": Number("0.8")}, "y": {"f1": Number("0.7")}},
    "single": {"Name": "only", "score": Number("3")},
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("metrics.auc", ["0.9"]),
        ('metrics."symprec=1e-5".rmsd', ["0.02"]),
        ("metrics.κ.κ_SRME", ["0.68"]),
        ('metrics."a.b".c/d', ["deep"]),
        ("metrics.*.rmsd", ["0.02"]),
        ("Models[*].Name", ["a", "b"]),
        ("Models[0].Name", ["a"]),
        ("Models[-2].Name", ["b"]),
        ("Models[Name].score", ["1", "2"]),
        ("Models[Name,set.rev].score", ["1", "2"]),
        ("Models[Name,best=true].score", ["2"]),
        ("Models[Name=b].score", ["2"]),
        ("Models[Name=[ab]].score", None),
        ("single[Name].score", ["3"]),
        ("runs.(kept).f1", ["0.7"]),
        ("runs.{run}.f1", ["0.8", "0.7"]),
        ("nowhere.at.all", []),
        ("metrics.auc.below", []),
        ("", [None]),
    ],
)
def test_a_key_path_leads_to_values(path: str, found: list[str | None] | None) -> None:
    if found is None:
        with pytest.raises(ValueError, match="key path"):
            parse(path)
        return
    texts = [text_of(match.value) for match in walk(DATA, path, captures={"kept": "y"})]
    assert texts == found


def test_what_a_path_meets_on_its_way_is_kept() -> None:
    (one, two) = walk(DATA, "Models[Name,set.rev].score")
    assert one.captures == {"Name": "a", "set.rev": "1"}
    assert two.route == ("Models", 1, "score")
    assert fill("{Name}@{set.rev}-{nothing}", two.captures) == "b@2-"
    (run, _) = walk(DATA, "runs.{run}.f1")
    assert run.captures == {"run": "x"}


@pytest.mark.parametrize("path", ["a..b", "a.", "a[", 'a."b', "a{b", "[a]b", "a.{1}"])
def test_what_is_no_key_path_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="key path"):
        parse(path)


def nested(inner: Any) -> Any:
    return st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)


@given(
    st.text(max_size=40),
    st.recursive(st.none() | st.text(max_size=5), nested, max_leaves=8),
)
def test_no_path_and_no_data_crash(path: str, data: Any) -> None:
    try:
        parse(path)
    except ValueError:
        return
    assert len(list(walk(data, path))) <= 1000


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        (r"(a+)+$", "nest"),
        (r"(?:a*b?)*c", "nest"),
        (r"(a|b+)*", "nest"),
        (r"(.)\1", "back-reference"),
        (r"(?=a)b", "look-around"),
        (r".*.*.*.*x", "at most"),
        (r"[^a]+[^b]+[^c]+[^d]+", "at most"),
        (r"(", "regular expression"),
        ("a" * 501, "characters"),
    ],
)
def test_a_pattern_that_could_take_long_is_refused(pattern: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        compiled(pattern)


def test_the_worst_pattern_that_is_let_through_is_quick_on_the_worst_line() -> None:
    pattern = r".*a.*a.*b"
    text = "\n".join(["a" * (MAX_LINE - 1)] * 20 + ["a" * (MAX_LINE + 1) + "b"])
    start = time.process_time()
    assert list(matching_lines(pattern, text)) == []
    assert time.process_time() - start < 10


def test_a_pattern_keeps_its_named_groups_and_their_places() -> None:
    text = "Statistics:\n\troc_auc (micro=0.924, macro=0.912):\n"
    pattern = r"\s*(?P<metric>\w+) \(micro=[\d.]+, macro=(?P<value>[\d.]+)\)"
    (line,) = matching_lines(pattern, text)
    assert line.number == 2
    assert line.groups == {"metric": "roc_auc", "value": "0.912"}
    start, end = line.spans["value"]
    assert text.split("\n")[1][start:end] == "0.912"
    assert groups_of(r"(?P<name>\w+)-(?P<version>.+)\.json", "net_sm-3.0.0a1.json") == {
        "name": "net_sm",
        "version": "3.0.0a1",
    }
    assert groups_of("a", "b") is None


@given(st.text(alphabet=r"ab.*+?()[]{}|\^$d,1", max_size=14), st.text(alphabet="ab1", max_size=30))
def test_a_pattern_is_refused_or_matches_as_re_does(pattern: str, text: str) -> None:
    try:
        expression = compiled(pattern)
    except ValueError:
        return
    assert (groups_of(pattern, text) is None) == (re.fullmatch(expression, text) is None)


@pytest.mark.parametrize(
    ("value", "how", "found"),
    [
        ("76.128%", "percent", Number("76.128")),
        ("76.128 %", "percent", Number("76.128")),
        ("1,014.45", "thousands", Number("1014.45")),
        ("1,014,000", "thousands", Number("1014000")),
        ("1,01", "thousands", "1,01"),
        ("1.014,45", "thousands", "1.014,45"),
        ("11085", "number", Number("11085")),
        ("11085", None, "11085"),
        ("75%", "number", "75%"),
        ("1,014", "number", "1,014"),
        ("33G", "thousands", "33G"),
        (Number("3"), "text", "3"),
        (["a", Number("2")], "join", "a, 2"),
        ({"numeric": ["a"], "categorical": ["b"]}, "names", ["a", "b"]),
        ({"a": "int", "b": "int"}, "names", ["a", "b"]),
        (Number("1690000000000"), "milliseconds", "2023-07-22T04:26:40Z"),
        ("2026-01-02T03:04:05.678901234", "moment", "2026-01-02T03:04:05.678901Z"),
        ("2026-01-02T03:04:05+02:00", "moment", "2026-01-02T03:04:05+02:00"),
        ("April 26, 2021", "date", "2021-04-26"),
        ("soon", "date", "soon"),
        (None, "date", None),
    ],
)
def test_text_is_converted_only_where_it_has_the_shape(value: Any, how: Any, found: Any) -> None:
    assert convert(value, how) == found


@pytest.mark.parametrize(
    ("text", "others", "day"),
    [
        ("2026-10-04", [], "2026-10-04"),
        ("2026/10/4", [], "2026-10-04"),
        ("20200319", [], "2020-03-19"),
        ("26 April 2021", [], "2021-04-26"),
        ("25.12.2025", [], "2025-12-25"),
        ("12/25/2025", [], "2025-12-25"),
        ("04/10/2026", [], None),
        ("04/04/2026", [], "2026-04-04"),
        ("04/10/2026", ["25/12/2025"], "2026-10-04"),
        ("04/10/2026", ["12/25/2025"], "2026-04-10"),
        ("04/10/2026", ["12/25/2025", "25/12/2025"], None),
        ("31/02/2026", [], None),
        ("2026-13-01", [], None),
    ],
)
def test_a_date_is_read_only_where_the_whole_file_leaves_no_doubt(
    text: str, others: list[str], day: str | None
) -> None:
    assert day_of(text, others) == day


@pytest.mark.parametrize(
    ("written", "algorithm", "digest"),
    [
        ("md5:" + "a" * 32, "", "md5:" + "a" * 32),
        ("A" * 32, "", "md5:" + "a" * 32),
        ("a" * 32 + ".dir", "md5", "md5:" + "a" * 32),
        ("b" * 64, "", "sha256:" + "b" * 64),
        ("sha-256:" + "b" * 64, "", "sha256:" + "b" * 64),
        ("c" * 96, "", "sha384:" + "c" * 96),
        ("bd6371c8", "", "hash8:bd6371c8"),
        ("https://x.example/model.pt", "", None),
        ("", "md5", None),
        (None, "", None),
    ],
)
def test_a_digest_has_one_spelling(written: str | None, algorithm: str, digest: str | None) -> None:
    assert digest_of(written, algorithm) == digest


@pytest.mark.parametrize(
    ("scheme", "versions"),
    [
        (
            "semver",
            [
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.2",
                "1.0.0-alpha.10",
                "1.0.0-alpha.x",
                "1.0.0-rc.1",
                "1.0.0",
                "1.0.1",
                "v1.10.0",
            ],
        ),
        ("calendar", ["2021-12", "2022.9.20", "20220920.1", "2026.2"]),
    ],
)
def test_versions_of_a_scheme_have_its_order(scheme: str, versions: list[str]) -> None:
    ordered = [schemes.key(version, scheme) for version in versions]
    assert None not in ordered
    if scheme == "semver":
        assert all(lower < higher for lower, higher in pairwise(ordered))
    assert schemes.key("latest", scheme) is None
    assert schemes.key(versions[0], "opaque") is None


def test_a_table_of_comma_separated_values_is_rows_of_text_with_places() -> None:
    blob = b'\xef\xbb\xbfmodel,"img, size",top1,top1\r\nnet,"2""24","1,014.45",x\r\n\r\nlast,1\r\n'
    document = read_document("results/a.csv", blob, Limits())
    assert document.data == [
        {"model": "net", "img, size": '2"24', "top1": "1,014.45", "top1 (2)": "x"},
        {"model": "last", "img, size": "1"},
    ]
    place = document.place((0, "top1"))
    assert (place.line, place.column, place.width) == (2, 14, 8)


MARKDOWN = """\
---
license: mit
tags: [a]
---
Intro
version: `v0.1.0`

## Accuracy

| Metric | Value |
| :----- | ----: |
| **Top 1** | 75.1\\% |
| a \\| b | 2 |

```
| no | table |
|---|---|
| 1 | 2 |
```
<!-- dataset: imagenet -->
- License: MIT
"""


def test_a_markdown_page_is_its_front_matter_its_tables_and_its_fields() -> None:
    document = read_document("README.md", MARKDOWN.encode(), Limits())
    assert document.data == {
        "front": {"license": "mit", "tags": ["a"]},
        "sections": [
            {"title": "", "level": "0", "rows": [], "fields": {"version": "v0.1.0"}},
            {
                "title": "Accuracy",
                "level": "2",
                "rows": [{"Metric": "Top 1", "Value": "75.1%"}, {"Metric": "a | b", "Value": "2"}],
                "fields": {"dataset": "imagenet", "License": "MIT"},
            },
        ],
    }
    assert document.place(("front", "license")).line == 2
    cell = document.place(("sections", 1, "rows", 0, "Value"))
    assert (cell.line, cell.excerpt and cell.excerpt[(cell.column or 1) - 1 :][:6]) == (
        12,
        "75.1\\%",
    )


@given(st.binary(max_size=200) | st.text(alphabet='a,"|-#:\n \\`*[]', max_size=120).map(str.encode))
@pytest.mark.parametrize("path", ["a.csv", "a.md"])
def test_no_bytes_crash_a_reader_and_every_value_has_a_place(path: str, blob: bytes) -> None:
    document = read_document(path, blob, Limits())
    pending: list[tuple[tuple[str | int, ...], Any]] = [((), document.data)]
    while pending:
        route, data = pending.pop()
        place = document.place(route)
        assert place.line is None or place.line <= document.text.count("\n") + 1
        if isinstance(data, dict):
            pending += [((*route, key), value) for key, value in data.items()]
        elif isinstance(data, list):
            pending += [((*route, index), value) for index, value in enumerate(data)]
