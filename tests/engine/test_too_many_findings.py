"""A rule with more findings in one model than are shown: what the last line stands for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from judging import judge
from repo import Repo

from snitch.findings import Severity

if TYPE_CHECKING:
    from snitch.findings import Finding
    from snitch.findings import Report


def numbers(value: object) -> dict[str, str]:
    """Four metrics in one line of a file, the last of the alphabet first, and as many slices."""
    slices = {name: {"auc": value} for name in "dcba"}
    whole = dict.fromkeys("dcba", 0.9 if value is None else value)
    text = json.dumps({"metrics": whole, "slices": slices})
    return {"models/m/config.yaml": "name: m\n", "models/m/metrics.json": text}


@pytest.fixture(scope="module")
def worse(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """A change that makes all of them worse."""
    repo = Repo(tmp_path_factory.mktemp("worse") / "repo")
    repo.commit("m", numbers(0.9))
    repo.branch("broken").commit("no numbers", numbers(None))
    repo.branch("change", "main").commit("worse", numbers(0.8))
    return repo


def judged(
    repo: Repo,
    most: int,
    *,
    metrics: str = "a b c d",
    waived: str = "",
    ref: str = "change",
) -> Report:
    """Under a policy that shows so many findings of a rule, and knows these metrics."""
    lines = ["version: 1", f"limits: {{max_findings: {most}}}", "metrics:"]
    lines += [f"  {name}: {{direction: higher, tolerance: 0}}" for name in metrics.split()]
    lines.append("waivers:" if waived else "waivers: []")
    for name in waived:
        lines += [f"  - {{rule: REG301, model: m, metric: {name}, reason: lost, approved_by: ada,"]
        lines += ["     expires: 2026-10-20}"]
    path = repo.root.parent / "policy.yaml"
    path.write_text("\n".join(lines))
    return judge(repo, candidate="commit", ref=ref, policy_file=path, select=("REG",))


def told(report: Report) -> list[Finding]:
    return [one for one in report.findings if one.rule.code == "REG301"]


def test_just_as_many_as_are_shown_are_shown(worse: Repo) -> None:
    found = told(judged(worse, 4))
    assert [one.metric for one in found] == [*"dcba"], "as they stand in the line"
    columns = [one.place.column or 0 for one in found if one.place is not None]
    assert columns == sorted({*columns})


def test_those_past_the_limit_are_counted_in_a_line_without_a_place(worse: Repo) -> None:
    rest, *shown = told(judged(worse, 1))
    assert [one.metric for one in shown] == ["d"]
    assert (rest.message, rest.remedy, rest.place, rest.metric) == (
        "and 3 more findings of this rule in this model",
        "mend those above, then check again",
        None,
        None,
    )


def test_the_line_is_waived_only_where_all_that_it_stands_for_is(worse: Repo) -> None:
    open_one = judged(worse, 2, waived="dca")
    assert [one.waiver is None for one in told(open_one)] == [True, False, False]
    assert open_one.verdict == "fail"
    none_open = judged(worse, 2, waived="abcd")
    assert [one.waiver is None for one in told(none_open)] == [False, False, False]
    assert none_open.verdict == "pass"


@pytest.mark.parametrize("worst", ["a", "b"])
def test_the_line_is_as_severe_as_the_worst_that_it_stands_for(worse: Repo, worst: str) -> None:
    report = judged(worse, 2, metrics=f"slices.{worst}.auc", ref="broken")
    found = [one.severity for one in report.findings if one.rule.code == "REG306"]
    assert found == [Severity.ERROR, Severity.WARNING, Severity.WARNING]
    assert report.verdict == "fail"
