"""Per-item results and the past, read from real repositories where the policy asks."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from evaluated import ITEMS
from evaluated import correct
from evaluated import csv
from evaluated import evaluated
from evaluated import names
from example import DEPLOYED
from example import GOOD
from example import config
from example import pointer
from judging import at
from judging import codes
from judging import judge
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.findings import Finding
    from snitch.findings import Report

TABLE = (1_700, 60, 50, 190)
POLICY = """\
version: 1
models: [{path: models/*}]
metrics: {accuracy: {tolerance: 0.001}}
rules: {CPL102: off, ART606: off}
"""


def release(base: dict[str, str], right: list[int], items: str | None = None) -> dict[str, str]:
    value = sum(right) / len(right)
    text = csv(id=names(len(right)), correct=right)
    files = evaluated(f'"accuracy": {value}', items or text, ITEMS)
    return at("models/churn", {**base, **files, "config.yaml": base["config.yaml"]})


def repository(root: Path, policy: str, *, lfs: bool = False) -> tuple[Repo, list[str]]:
    """A repository with a loss that chance explains, and the items' contents under LFS."""
    repo, contents = Repo(root), []
    for base, right in zip((DEPLOYED, GOOD), correct(*TABLE), strict=True):
        text = csv(id=names(len(right)), correct=right)
        oid = hashlib.sha256(text.encode()).hexdigest()
        contents.append(text)
        if base is GOOD:
            repo.branch("change")
        files = release(base, right, pointer(oid, len(text)) if lfs else None)
        repo.commit("release", {**files, "snitch.yaml": POLICY + policy})
    return repo, contents


def regressions(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule.family == "REG"]


def test_both_sides_are_read_from_their_own_commits(tmp_path: Path) -> None:
    repo, _ = repository(tmp_path / "repo", "regression: {mode: significance}\n")
    (found,) = regressions(judge(repo))
    assert found.rule.code == "REG311"
    assert "2,000 items, 60 worse and 50 better" in found.message
    (found,) = regressions(judge(repo, candidate="index"))
    assert found.rule.code == "REG311"


def test_in_exact_mode_items_that_are_given_are_looked_at(tmp_path: Path) -> None:
    repo, (_, text) = repository(tmp_path / "repo", "")
    assert [finding.rule.code for finding in regressions(judge(repo))] == ["REG301"]
    hard = text.index("\n", text.rindex(",1")) + 1
    repo.commit("the hard ones left out", {"models/churn/items.csv": text[:hard]})
    assert "REG312" in codes(judge(repo))
    repo.commit("broken items", {"models/churn/items.csv": "\0"})
    assert "SNT001" in codes(judge(repo))


def test_lfs_contents_come_from_the_local_store_and_from_nowhere_else(tmp_path: Path) -> None:
    policy = "regression: {mode: significance}\n"
    repo, contents = repository(tmp_path / "repo", policy, lfs=True)
    report = judge(repo)
    (found,) = regressions(report)
    assert found.rule.code == "REG301"
    assert "is not in the local Git LFS store (`git lfs pull`)" in found.message
    (model,) = report.models
    assert any("not in the local Git LFS store" in one.reason for one in model.skipped)
    for text in contents:
        oid = hashlib.sha256(text.encode()).hexdigest()
        stored = repo.root / ".git/lfs/objects" / oid[:2] / oid[2:4] / oid
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_text(text)
    (found,) = regressions(judge(repo))
    assert found.rule.code == "REG311"


def history(root: Path, values: list[str], policy: str, directory: str = "models/churn") -> Repo:
    """Production with one release for each value, and the last one as the candidate."""
    repo = Repo(root)
    for index, value in enumerate(values):
        version = f"1.{index}.0"
        if index == len(values) - 1:
            repo.branch("change")
        oid = hashlib.sha256(version.encode()).hexdigest()
        files = {
            **GOOD,
            "config.yaml": config(version),
            "metrics.json": '{"benchmark": {"name": "b", "version": "1"}, '
            f'"evaluated_at": "2026-10-0{index + 1}", "metrics": {{"accuracy": {value}}}}}',
            "weights/model.safetensors": pointer(oid),
        }
        standard = POLICY.replace("0.001", "0.002") + policy
        if not directory:
            standard = standard.replace("models/*", ".")
        repo.commit(version, {**at(directory, files), "snitch.yaml": standard})
    return repo


@pytest.mark.parametrize("directory", ["models/churn", ""])
def test_a_slide_over_releases_is_seen(tmp_path: Path, directory: str) -> None:
    values = ["0.920", "0.918", "0.916", "0.914", "0.912"]
    found = regressions(judge(history(tmp_path / "repo", values, "", directory)))
    assert [finding.rule.code for finding in found] == ["REG314"]
    assert "was 0.920 in release `1.0.0`, the best of the last 4" in found[0].message


def test_the_window_is_the_policys(tmp_path: Path) -> None:
    values = ["0.920", "0.918", "0.916", "0.914", "0.912"]
    policy = "regression: {drift: {releases: 3}}\n"
    assert regressions(judge(history(tmp_path / "repo", values, policy))) == []


def test_evaluations_are_counted_where_they_are_limited(tmp_path: Path) -> None:
    values = ["0.91", "0.92", "0.93"]
    repo = history(tmp_path / "repo", values, "regression: {max_evaluations: 2}\n")
    (found,) = [one for one in judge(repo).findings if one.rule.code == "BEN209"]
    assert "release number 3 of the model that is judged on `b 1`" in found.message
    assert found.severity is not None
    assert found.severity.value == "warning"


@pytest.mark.parametrize("baseline", ["main", None])
def test_a_first_release_has_no_past_and_its_items_are_its_own(
    tmp_path: Path, baseline: str | None
) -> None:
    policy = "regression: {mode: significance, max_evaluations: 9}\n"
    repo = Repo(tmp_path / "repo")
    if baseline:
        repo.commit("nothing yet", {"snitch.yaml": POLICY + policy})
    repo.branch("change")
    right = correct(*TABLE)[0]
    broken = release(DEPLOYED, right, "\0")
    repo.commit("first", {**broken, "snitch.yaml": POLICY + policy})
    report = judge(repo)
    assert "SNT001" in codes(report)
    repo.commit("sound", release(DEPLOYED, right))
    report = judge(repo)
    assert "SNT001" not in codes(report)
    (counted,) = [one for one in report.findings if one.rule.code == "BEN209"]
    assert "this is release number 1 of the model" in counted.message


@pytest.mark.parametrize("said", ['{"name": "b"}', '{"version": "1"}', "{}"])
def test_evaluations_on_no_certain_benchmark_are_not_counted(tmp_path: Path, said: str) -> None:
    repo = history(tmp_path, ["0.91", "0.92"], "regression: {max_evaluations: 1}\n")
    text = (repo.root / "models/churn/metrics.json").read_text()
    assert "BEN209" in codes(judge(repo))
    vague = text.replace('{"name": "b", "version": "1"}', said)
    repo.checkout("main").commit("1.0.1", {"models/churn/metrics.json": vague})
    repo.branch("vague").commit(
        "1.1.0", {"models/churn/metrics.json": vague.replace("0.92", "0.93")}
    )
    assert "BEN209" not in codes(judge(repo))
