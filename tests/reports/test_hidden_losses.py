"""What an average hides leads every report for people, and moves nothing in the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from example import GOOD
from example import POLICY
from judging import at
from judging import deployed
from judging import snitch
from reports.scenarios import GAIN
from reports.scenarios import HIDDEN
from reports.scenarios import LOSS
from reports.scenarios import SLICE_FALLS
from reports.scenarios import model
from reports.scenarios import report

from snitch.findings import AppliedWaiver
from snitch.findings import Report
from snitch.reports import RenderOptions
from snitch.reports import render
from snitch.reports.json_document import read

if TYPE_CHECKING:
    from pathlib import Path

LEAD = "auc rose from 0.912 to 0.918 overall, but fell from 0.93 to 0.90 on plan=enterprise"


def shown(whole: Report, name: str = "terminal") -> str:
    return render(whole, name, RenderOptions(width=200))


@pytest.mark.parametrize("name", ["terminal", "markdown", "html"])
def test_the_slice_that_fell_behind_a_gain_is_told_first(name: str) -> None:
    text = shown(HIDDEN, name)
    if name == "terminal":
        assert LEAD in text.splitlines()[0]
    assert text.index("plan=enterprise") < text.index("REG303") < text.index("CPL102")


def test_a_comment_made_of_the_json_report_leads_with_it_too() -> None:
    assert shown(read(shown(HIDDEN, "json")), "markdown") == shown(HIDDEN, "markdown")


def test_json_stays_sorted_by_file() -> None:
    text = shown(HIDDEN, "json")
    assert text.index("CPL102") < text.index("FRS402") < text.index("REG303")


def test_of_several_models_the_one_is_named() -> None:
    both = replace(HIDDEN, models=(*HIDDEN.models, model("fraud")))
    assert "auc of churn rose from 0.912" in shown(both).splitlines()[0]


def test_a_metric_that_is_better_lower_falls_overall() -> None:
    gain = replace(GAIN, name="mae", candidate="0.3", deployed="0.4", delta="-0.1")
    loss = replace(LOSS, name="mae", candidate="0.5", deployed="0.4", delta="0.1")
    whole = report(
        "fail",
        models=(model(metrics=(gain, loss)),),
        findings=(replace(SLICE_FALLS, metric="mae"),),
    )
    lead = "mae fell from 0.4 to 0.3 overall, but rose from 0.4 to 0.5 on plan=enterprise"
    assert lead in shown(whole)


@pytest.mark.parametrize(
    "whole",
    [
        report("fail", models=(model(metrics=(GAIN, LOSS)),)),
        report(
            "fail",
            models=(model(metrics=(replace(GAIN, verdict="equal"), LOSS)),),
            findings=(SLICE_FALLS,),
        ),
        report("fail", models=(model(metrics=(GAIN,)),), findings=(SLICE_FALLS,)),
        report(
            models=(model(metrics=(GAIN, LOSS)),),
            findings=(replace(SLICE_FALLS, waiver=AppliedWaiver("ML-1", "ana", date(2027, 1, 1))),),
        ),
    ],
    ids=["not gating", "no gain overall", "not measured", "waived"],
)
def test_nothing_is_told_where_no_average_hides_a_failing_loss(whole: Report) -> None:
    assert "overall, but" not in shown(whole)


def test_the_command_leads_with_it(tmp_path: Path) -> None:
    policy = POLICY.replace(
        "freshness:", '  "slices.plan=*.auc": {direction: higher, tolerance: 0.01}\nfreshness:'
    )
    repo = deployed(tmp_path, policy=policy)
    fallen = GOOD["metrics.json"].replace('"auc": 0.93', '"auc": 0.90')
    # A missing file, which alone would come first.
    files = {**at("models/churn", {**GOOD, "metrics.json": fallen}), "models/churn/train.py": None}
    repo.commit("churn 1.4.0", files)
    ran = snitch(repo, "check", "--as-of", "2026-10-05", COLUMNS="200")
    assert ran.status == 1
    first, _, second, *_ = ran.out.splitlines()
    assert "auc rose from 0.911 to 0.912 overall, but fell from 0.93 to 0.90 on" in first
    assert "REG303" in second
