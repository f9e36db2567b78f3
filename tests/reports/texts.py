"""Reports made of arbitrary text: every field that anybody can write, filled from a list."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from snitch.findings import AppliedWaiver
from snitch.findings import Baseline
from snitch.findings import Candidate
from snitch.findings import Failure
from snitch.findings import Finding
from snitch.findings import MetricChange
from snitch.findings import ModelReport
from snitch.findings import Place
from snitch.findings import PolicySource
from snitch.findings import Report
from snitch.findings import Rule
from snitch.findings import Severity
from snitch.findings import Skipped
from snitch.findings import Summary
from snitch.findings import Trend
from snitch.findings import TrendPoint

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

NASTY = (
    *("::error::", "::", ":", "##[", "##vso[", "#", "##teamcity[", "@org/team", "#1", "GH-1"),
    *(
        "\n",
        "\r",
        "\t",
        "\x1b[31m",
        "\x9b",
        "\x00",
        "\u2028",
        "\u202e",
        "\u200b",
        "\u3164",
        "\ufeff",
    ),
    *("\udcff", "\ud83d", "\U000e0041", "\u0301", "表", "👩\u200d💻", "\xa0", " ", "`", "```", "|"),
    *("<b>", "</code>", "</details>", "<!--", "-->", "<img src=x>", "![a](http://b)", "[a](b)"),
    *("https://evil.example", "www.evil.example", "a@b.example", "$x$", ":tada:", "&lt;", "&#64;"),
    *(
        "\\",
        "*",
        "_",
        "~~",
        "- ",
        "1. ",
        "# ",
        "---",
        "===",
        "> ",
        "    ",
        "[x]: y",
        "[red]",
        "[/a]",
    ),
)

texts = st.lists(
    st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=()), max_size=6)),
    max_size=8,
).map("".join)
"""Any text at all, made mostly of what does harm somewhere."""

many_texts = st.lists(texts, min_size=1, max_size=12)


def report_of(fill: Sequence[str], verdict: str = "fail") -> Report:
    """A report with every kind of row, whose text fields hold `fill`, over and over."""
    numbers = count()

    def text() -> str:
        number = next(numbers)
        mark = f"q{number:03}q"
        body = fill[number % len(fill)]
        # At either end, so that the hostile part comes first in some fields and last in others.
        return mark + body if number % 2 else body + mark

    one, two = _model(text), _model(text)
    findings = [
        *(_finding(text, name, level) for name in (one.name, None) for level in list(Severity)[1:]),
        _finding(text, two.name, Severity.ERROR, waived=True),
    ]
    return Report(
        version=text(),
        verdict=verdict,
        as_of=date(2026, 11, 23),
        candidate=Candidate("index", text()),
        baseline=Baseline(text(), text()),
        policy=PolicySource(text(), text()),
        summary=Summary(2, 2, 2, 2, 1),
        models=(one, two),
        findings=tuple(findings),
        failures=(Failure(text(), text(), text(), _place(text)), Failure(text(), text())),
        total_models=3,
        behind=(text(), text()),
        notices=(text(), text()),
        deviations=(text(), text()),
    )


def _place(text: Callable[[], str]) -> Place:
    return Place(text(), 7, 3, 4, text())


def _finding(
    text: Callable[[], str], model: str | None, level: Severity, *, waived: bool = False
) -> Finding:
    return Finding(
        Rule(text(), text(), level, text(), text(), text()),
        text(),
        text(),
        _place(text),
        level,
        model,
        text(),
        text(),
        AppliedWaiver(text(), text(), date(2026, 12, 31)) if waived else None,
    )


def _model(text: Callable[[], str]) -> ModelReport:
    rows = [
        MetricChange(text(), text(), text(), text(), text(), "higher", text(), verdict)
        for verdict in ("regressed", "improved")
    ]
    skipped = (Skipped(text(), family=text()), Skipped(text(), whole=False, family=text()))
    points = (TrendPoint(text(), "0.9"), TrendPoint(None, "0.85"), TrendPoint(text(), "0.91"))
    trends = (
        Trend(text(), "higher", points, TrendPoint(text(), "0.92")),
        Trend(text(), None, (TrendPoint(text(), text()), *points)),
    )
    return ModelReport(
        text(), text(), text(), text(), "modified", tuple(rows), (text(),), skipped, trends
    )
