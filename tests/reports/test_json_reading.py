"""A report from elsewhere is read whole, or refused in one line, whatever it holds."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from judging import SNITCH
from reports.scenarios import FAIL
from reports.scenarios import SCENARIOS
from reports.texts import texts

from snitch.findings import CannotJudgeError
from snitch.reports import RenderOptions
from snitch.reports import render
from snitch.reports.json_document import MAX_BYTES
from snitch.reports.json_document import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEEDS = [json.loads(render(whole, "json", RenderOptions())) for whole in SCENARIOS.values()]
ODD: tuple[Any, ...] = (
    *(None, True, 0, -1, 1.5, 10**4000, float("inf"), float("nan")),
    *("", "\ud800", "\x1b[2J", "2026-99-99", "regressed", "1e999999", "9" * 5000),
    *([], [1], {}, {"a": 1}),
)
values = st.one_of(st.sampled_from(ODD), texts)


def routes(value: Any, route: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else ()
    for key, part in enumerate(value) if isinstance(value, list) else inner:
        yield (*route, key)
        yield from routes(part, (*route, key))


@st.composite
def reports(draw: st.DrawFn) -> str:
    """A report with one or two of its values replaced or taken out."""
    whole = json.loads(json.dumps(draw(st.sampled_from(SEEDS))))
    for _ in range(draw(st.integers(1, 2))):
        *way, last = draw(st.sampled_from(list(routes(whole))))
        part = whole
        for key in way:
            part = part[key]
        if draw(st.booleans()):
            part[last] = draw(values)
        else:
            del part[last]
    return json.dumps(whole)


@settings(max_examples=300)
@given(reports())
def test_a_changed_report_is_rendered_or_refused(text: str) -> None:
    try:
        whole = read(text)
    except CannotJudgeError:
        return
    assert render(whole, "markdown", RenderOptions(max_chars=60_000)).encode()


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(blob: bytes) -> None:
    with pytest.raises(CannotJudgeError):
        read(blob.decode(errors="replace"))


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_is_written_is_read_back(name: str) -> None:
    again = render(read(json.dumps(SEEDS[list(SCENARIOS).index(name)])), "json", RenderOptions())
    keys = ("verdict", "summary", "models", "candidate", "baseline", "policy")
    assert [json.loads(again)[key] for key in keys] == [
        SEEDS[list(SCENARIOS).index(name)][key] for key in keys
    ]


HOSTILE: list[tuple[tuple[Any, ...], Any]] = [
    (("models", 0, "trends", 0, "points", 0, "version"), ["x"]),
    (("models", 0, "version"), 4),
    (("candidate", "commit"), {}),
    (("summary", "errors"), float("inf")),
    (("summary", "errors"), -1),
    (("findings", 0, "model"), []),
    (("findings", 0, "line"), "4"),
    (("baseline",), []),
    (("findings", 0, "waiver"), 0),
]


@pytest.mark.parametrize(("route", "value"), HOSTILE, ids=str)
def test_a_value_of_another_type_is_no_report(route: tuple[Any, ...], value: Any) -> None:
    whole = json.loads(render(FAIL, "json", RenderOptions()))
    part = whole
    for key in route[:-1]:
        part = part[key]
    part[route[-1]] = value
    with pytest.raises(CannotJudgeError, match="no `--format json` report"):
        read(json.dumps(whole))


def test_a_comment_of_no_report_is_one_line_and_exit_2(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES * 4)
    for blob in (None, b"", b"\xff\xfe", b"[" * 100_000, b'{"schema": 1, "verdict": "pass"}'):
        if blob is not None:
            path.write_bytes(blob)
        done = subprocess.run(
            [SNITCH, "comment", "--dry-run", "--pr", "1", "--report", path],
            cwd=tmp_path,
            capture_output=True,
            check=False,
            text=True,
        )
        assert done.returncode == 2
        assert done.stdout == ""
        assert "no `--format json` report" in done.stderr
        assert "internal" not in done.stderr
