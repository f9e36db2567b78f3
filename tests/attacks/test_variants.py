"""Variants that a clever author tries, once the plain attack is known to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import CHANGELOG
from example import DEPLOYED
from example import GOOD
from example import config
from example import metrics
from example import pointer
from judging import at
from judging import changed
from judging import codes
from judging import deployed
from judging import judge
from judging import snitch

if TYPE_CHECKING:
    from pathlib import Path

SUMMARY = "Retrained on the October accounts."
MODEL = "models/churn/"


@pytest.mark.parametrize(
    "owner",
    ['"\\u3164"', '"\\u2800"', '"\\u115f\\u1160"', '"&#8203;"', '"\\u0301"', '"![](x.png)"'],
)
def test_an_owner_without_ink_is_no_owner(tmp_path: Path, owner: str) -> None:
    files = {f"{MODEL}config.yaml": config().replace("risk-ml", owner)}
    assert "CPL102" in codes(judge(changed(tmp_path, **files)))


@pytest.mark.parametrize(
    "summary",
    ["[TODO](x)", "T&#79;DO", "TO**DO**", "`TODO`", "T\u0332ODO", "![TODO](x.png)"],
)
def test_a_placeholder_is_one_however_a_page_dresses_it_up(tmp_path: Path, summary: str) -> None:
    files = {f"{MODEL}CHANGELOG.md": CHANGELOG.replace(SUMMARY, summary)}
    assert "CPL103" in codes(judge(changed(tmp_path, **files)))


def test_a_picture_is_no_summary(tmp_path: Path) -> None:
    files = {f"{MODEL}CHANGELOG.md": CHANGELOG.replace(f"- {SUMMARY}", "![](x.png)")}
    assert "CPL105" in codes(judge(changed(tmp_path, **files)))


@pytest.mark.parametrize("summary", ["Fixed [the leak](https://x.example).", "R&D's *new* rows."])
def test_honest_words_with_marks_are_words(tmp_path: Path, summary: str) -> None:
    files = {f"{MODEL}CHANGELOG.md": CHANGELOG.replace(SUMMARY, summary)}
    assert codes(judge(changed(tmp_path, **files))) == []


def test_a_slice_of_production_is_not_swapped_for_another(tmp_path: Path) -> None:
    files = {f"{MODEL}metrics.json": metrics().replace("plan=enterprise", "plan=basic")}
    report = judge(changed(tmp_path, **files))
    (finding,) = [one for one in report.findings if one.rule.code == "BEN205"]
    assert finding.slice == "plan=enterprise"


def test_slices_of_another_benchmark_are_not_missed(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    old = DEPLOYED["metrics.json"].replace('"2026.2"', '"2026.1"').replace("enterprise", "large")
    repo.checkout("main")
    repo.commit("as it was", {f"{MODEL}metrics.json": old})
    repo.branch("new")
    repo.commit("churn 1.4.0", at(MODEL, GOOD))
    assert "BEN205" not in codes(judge(repo))


def test_a_model_hidden_inside_of_a_model_is_told(tmp_path: Path) -> None:
    hidden = {name: GOOD[name] for name in ("config.yaml", "weights/model.safetensors")}
    files = {**at(f"{MODEL}v2", hidden), f"{MODEL}v2/metrics.json": metrics(auc="0.5")}
    report = judge(changed(tmp_path, **files))
    (finding,) = [one for one in report.findings if one.rule.code == "POL711"]
    assert finding.place is not None
    assert finding.place.path == f"{MODEL}v2"
    harmless = {f"{MODEL}tests/config.yaml": "a: 1\n", f"{MODEL}old/model.bin": pointer()}
    assert "POL711" not in codes(judge(changed(tmp_path / "harmless", **harmless)))


@pytest.mark.parametrize("day", ["9999-12-31", "1999-12-31", "0001-01-01"])
def test_a_day_out_of_this_age_is_refused(tmp_path: Path, day: str) -> None:
    said = snitch(changed(tmp_path), "check", "--as-of", day)
    assert said.status == 2
    assert "between the years 2000 and 2100" in said.err


@pytest.mark.parametrize("name", ["a\\u202eb", "plan\\u200b", "\\e[31mred", "x\\r\\n::error::y"])
def test_a_feature_whose_name_hides_something_is_told(tmp_path: Path, name: str) -> None:
    files = {f"{MODEL}config.yaml": config().replace("tenure_months", f'"{name}"')}
    report = judge(changed(tmp_path, **files))
    (finding,) = [one for one in report.findings if one.rule.code == "SNT008"]
    assert finding.place is not None
    assert finding.place.line == 9
    honest = {f"{MODEL}config.yaml": config().replace("tenure_months", "\u4ef7\u683c, \u00e2ge")}
    assert codes(judge(changed(tmp_path / "honest", **honest))) == []
