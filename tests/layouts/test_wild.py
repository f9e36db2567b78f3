from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest
from judging import judge
from layouts.shapes import CASES
from layouts.shapes import LAYOUTS
from layouts.shapes import PATTERNS
from layouts.shapes import SHAPES
from layouts.shapes import Told
from repo import Repo

from snitch.findings import Severity

if TYPE_CHECKING:
    from snitch.findings import Finding
    from snitch.findings import MetricChange
    from snitch.findings import Report

OTHERWISE: dict[str, str] = {}
"""Cases that come out otherwise than they should, with the reason."""


def policy(shape: str, serving: str | None = None) -> str:
    text = f'version: 1\nmodels: [{{path: "{PATTERNS[shape]}", layout: {LAYOUTS[shape]}}}]\n'
    if serving is not None:
        text += "dependencies: {serving_constraints: serving.txt}\n"
    return text


def reported(root: Any, shape: str, told: list[Told], serving: str | None = None) -> Report:
    """The report of one change that holds all cases of a shape."""
    repo = Repo(root)
    before = {path: text for one in told for path, text in one.before.items()}
    if serving is not None:
        before["serving.txt"] = f"{serving}\n"
    repo.commit("before", {"snitch.yaml": policy(shape, serving), **before})
    repo.branch("change")
    gone = {path: None for one in told for path in one.before if path not in one.after}
    repo.commit("after", {**gone, **{k: v for one in told for k, v in one.after.items()}})
    return judge(repo, select=())


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Report, Told]]:
    found: dict[str, tuple[Report, Told]] = {}
    for shape, build in SHAPES.items():
        cases = [case for case in CASES if case["shape"] == shape]
        told = {case["id"]: build(case) for case in cases if "serving" not in case}
        report = reported(tmp_path_factory.mktemp(shape), shape, list(told.values()))
        found.update({name: (report, one) for name, one in told.items()})
        for case in cases:
            if "serving" in case:
                one = build(case)
                root = tmp_path_factory.mktemp(shape)
                found[case["id"]] = reported(root, shape, [one], case["serving"]), one
    return found


def about(report: Report, model: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.model == model]


def name_of(case: dict[str, Any]) -> str:
    return f"{case['dataset']}.{case['metric']}" if "dataset" in case else str(case.get("metric"))


def row(report: Report, model: str, metric: str) -> MetricChange | None:
    rows = [row for one in report.models if one.name == model for row in one.metrics]
    return next((row for row in rows if row.name == metric), None)


def outcome(case: dict[str, Any], report: Report, told: Told) -> str | None:
    """What is wrong with the judgement of a case; None for nothing."""
    findings = about(report, told.model)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    loud = [*errors, *(one for one in findings if one.severity is Severity.WARNING)]
    metric = name_of(case)
    shown = [f"{one.rule.code} {one.severity} {one.message}" for one in findings]
    match case["expect"]:
        case "flag":
            named = [one for one in loud if one.rule.code in case["rules"]]
            of_metric = [one for one in named if one.metric in (None, metric)]
            return None if of_metric else f"no {case['rules']} among {shown}"
        case "told":
            accused = [one for one in loud if one.metric == metric and one.rule.code != "REG305"]
            line = row(report, told.model, metric)
            if errors or accused or line is None or line.verdict != case["verdict"]:
                return f"{line} {shown}"
            return None
        case _:
            concerned = [one for one in loud if one in errors or one.metric == metric]
            return None if not concerned else f"{shown}"


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_what_happened_in_public_is_judged_as_a_reader_of_the_change_would(
    case: dict[str, Any], reports: dict[str, tuple[Report, Told]]
) -> None:
    report, told = reports[case["id"]]
    assert not report.failures
    wrong = outcome(case, report, told)
    assert (wrong is None) == (case["id"] not in OTHERWISE), wrong


def test_at_least_52_of_the_54_come_out_as_they_should() -> None:
    assert len(CASES) == 54
    assert len(OTHERWISE) <= 2
