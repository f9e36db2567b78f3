"""Two honest circumstances at once: a model around others, a repair of what has grown old."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import BENCHMARK_SHA
from example import DEPLOYED
from example import GOOD
from example import OLD_OID
from example import POLICY
from example import config
from example import pointer
from judging import at
from judging import codes
from judging import judge
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.findings import Report

BOTH = POLICY.replace("- path: models/*\n", "- path: models/*\n  - path: .\n")


def around(root: Path) -> Repo:
    """A model at the root and churn below it, of which a change brings a release of churn."""
    whole = {
        name: text.replace("name: churn\n", "name: whole\n")
        .replace(OLD_OID, "a" * 64)
        .replace("2026-07-01", "2026-09-01")
        for name, text in DEPLOYED.items()
    }
    repo = Repo(root)
    repo.commit("both", {**whole, **at("models/churn", DEPLOYED), "snitch.yaml": BOTH})
    repo.branch("change")
    repo.commit("churn 1.4.0", at("models/churn", GOOD))
    return repo


def test_a_model_inside_of_another_is_no_part_of_what_that_one_deployed(tmp_path: Path) -> None:
    repo = around(tmp_path / "repo")
    assert codes(judge(repo, everything=True)) == []
    assert codes(judge(repo, names=("whole",))) == []


def test_what_the_outer_model_changes_of_its_own_is_still_told(tmp_path: Path) -> None:
    repo = around(tmp_path / "repo")
    repo.commit("edit", {"requirements.txt": "numpy==2.1.0\nscikit-learn==1.5.1\n"})
    [finding] = judge(repo, names=("whole",)).findings
    assert finding.rule.code == "CPL106"
    assert finding.message.startswith("`requirements.txt` differs")


OLD = POLICY + "dependencies:\n  deprecated: [{name: numpy, after: 2026-08-01}]\n"
"""Since the deployed release was made numpy was let go of; its data is older than 90 days too."""


def repaired(root: Path, name: str, broken: str, policy: str = OLD, **files: str) -> Report:
    """The report of a change that does nothing but put the readable file in its place."""
    repo = Repo(root)
    good = {**DEPLOYED, **files}
    repo.commit("broken", {**at("models/churn", {**good, name: broken}), "snitch.yaml": policy})
    repo.branch("change")
    repo.commit("mend", at("models/churn", {name: good[name]}))
    return judge(repo)


@pytest.mark.parametrize("name", ["config.yaml", "metrics.json"])
def test_a_broken_file_of_production_is_mended_however_old_the_release_is(
    tmp_path: Path, name: str
) -> None:
    report = repaired(tmp_path / "repo", name, '{"metrics": [')
    assert report.verdict == "pass"
    assert codes(report) == ["REG305"]
    skipped = {one.family: one.reason for one in report.models[0].skipped}
    assert skipped["FRS"] == "this change only mends the release that production holds"
    assert skipped["DEP"] == "a mended release: deprecated libraries are not judged"


def test_a_repair_does_not_wait_for_a_measurement_on_the_new_benchmark(tmp_path: Path) -> None:
    metrics = DEPLOYED["metrics.json"].replace("2026.2", "2025.4")
    report = repaired(tmp_path / "repo", "metrics.json", "{", **{"metrics.json": metrics})
    assert codes(report) == ["REG305"]


def test_a_repair_is_held_to_all_that_time_does_not_change(tmp_path: Path) -> None:
    metrics = DEPLOYED["metrics.json"].replace("0.911", "0.5").replace(BENCHMARK_SHA, "c" * 64)
    report = repaired(tmp_path / "repo", "metrics.json", "{", **{"metrics.json": metrics})
    assert {"BEN203", "REG304"} <= set(codes(report))
    assert report.verdict == "fail"


def test_a_change_of_more_than_the_broken_file_is_no_repair(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    broken = {**at("models/churn", {**DEPLOYED, "metrics.json": "{"}), "snitch.yaml": POLICY}
    repo.commit("broken", broken)
    repo.branch("change")
    files = {**DEPLOYED, "weights/model.safetensors": pointer("b" * 64)}
    repo.commit("mend and more", at("models/churn", files))
    report = judge(repo)
    assert report.verdict == "error"
    assert "FRS401" in codes(report)


@pytest.mark.parametrize(
    ("line", "instead", "expected"),
    [
        ("cutoff: 2026-10-01", "cutoff: 20261001", "a date as YYYY-MM-DD"),
        ("finished_at: 2026-10-03T12:00:00Z", "finished_at: 20261003", "2026-10-03T12:00:00Z"),
        ("seed: 7", 'seed: "7"', "a whole number, without quotes"),
        ("seed: 7", "seed: 0x7", "a whole number in plain decimal digits"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_in_which_form_it_will_pass(
    tmp_path: Path, line: str, instead: str, expected: str
) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("churn", {**at("models/churn", DEPLOYED), "snitch.yaml": POLICY})
    repo.branch("change")
    edited = config().replace(line, instead)
    assert edited != config()
    repo.commit("edit", at("models/churn", {**GOOD, "config.yaml": edited}))
    [finding] = judge(repo).findings
    assert finding.rule.code == "SNT004"
    assert expected in finding.message
    assert expected in finding.remedy


def test_a_path_from_here_is_the_path(tmp_path: Path) -> None:
    """A leading `./` is how shells complete a path, in the config and in the policy."""
    policy = POLICY.replace("- path: models/*", "- path: ./models/*\n    exclude: [./models/old]")
    policy += "dependencies: {serving_constraints: ./serving/constraints.txt}\n"
    repo = Repo(tmp_path / "repo")
    files = {"snitch.yaml": policy, "serving/constraints.txt": "numpy<3\n"}
    old = {name: text.replace("name: churn\n", "name: old\n") for name, text in DEPLOYED.items()}
    repo.commit("churn", {**at("models/churn", DEPLOYED), **at("models/old", old), **files})
    repo.branch("change")
    edited = config().replace("path: weights/", "path: ./weights/")
    repo.commit("edit", at("models/churn", {**GOOD, "config.yaml": edited}))
    report = judge(repo, everything=True)
    assert codes(report) == []
    assert [model.name for model in report.models] == ["churn"]


def test_a_path_from_here_to_elsewhere_leaves_the_model(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    repo.commit("churn", {**at("models/churn", DEPLOYED), "snitch.yaml": POLICY})
    repo.branch("change")
    edited = config().replace("path: weights/", "path: ./../other/weights/")
    repo.commit("edit", at("models/churn", {**GOOD, "config.yaml": edited}))
    assert "SNT005" in codes(judge(repo))
