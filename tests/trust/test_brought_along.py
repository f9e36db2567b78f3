"""What a change brings along beside models: waivers, constraints, findings that fail nobody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from example import GOOD
from example import POLICY
from judging import at
from judging import deployed
from judging import judge

from snitch.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from repo import Repo

    from snitch.findings import Report

WAIVER = "{rule: REG301, model: churn, reason: x, approved_by: %s, expires: 2026-11-01}"
SERVING = "serving/constraints.txt"
KNOWN = "snitch-baseline.json"


def waiving(*approvers: str) -> str:
    return f"{POLICY}waivers:\n" + "".join(f"  - {WAIVER % name}\n" for name in approvers)


def known(*fingerprints: str) -> str:
    rows = [{"fingerprint": one} for one in fingerprints]
    return json.dumps({"schema": 1, "findings": rows})


def told(report: Report, code: str) -> list[str]:
    return [one.message for one in report.findings if one.rule.code == code]


def by(repo: Repo, author: str, files: dict[str, str]) -> None:
    repo.write(files).git("add", "--all")
    repo.git("commit", "--quiet", "-m", "change", f"--author={author} <{author}@example.com>")


@pytest.mark.parametrize(
    ("approver", "wrote"),
    [("eve", True), ("EVE@example.com", True), ("fay", True), ("gus", False), ("hal", False)],
)
def test_who_wrote_a_change_and_approves_its_waiver_is_named(
    tmp_path: Path, approver: str, *, wrote: bool
) -> None:
    repo = deployed(tmp_path)
    by(repo, "eve", {"a.txt": "a"})
    by(repo, "fay", {"snitch.yaml": waiving(approver)})
    repo.checkout("main")
    by(repo, "gus", {"production.txt": "moves on"})
    repo.checkout("change").merge("main")
    (message,) = told(judge(repo), "POL705")
    assert (f"`{approver}` approves it and wrote the change" in message) == wrote


def test_of_a_change_that_is_no_commit_yet_nobody_is_known_as_author(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.git("checkout", "--quiet", "--orphan", "alone")
    repo.write({"snitch.yaml": waiving("Ana")}).git("add", "--all", "--force")
    (message,) = told(judge(repo, candidate="index"), "POL705")
    assert "wrote the change" not in message


@pytest.mark.parametrize("behind", [False, True])
def test_a_waiver_is_new_only_where_neither_production_nor_the_fork_had_it(
    tmp_path: Path, *, behind: bool
) -> None:
    repo = deployed(tmp_path, policy=waiving("old"))
    if behind:
        repo.checkout("main")
        repo.commit("mended", {"snitch.yaml": POLICY})
        repo.checkout("change")
    assert told(judge(repo), "POL705") == []
    repo.commit("one more", {"snitch.yaml": waiving("old", "new")})
    report = judge(repo)
    assert len(told(report, "POL705")) == 1
    (edited,) = told(report, "POL701")
    assert edited.count("is added") == 1


def test_a_policy_that_cannot_be_used_is_told_at_the_line_that_is_wrong(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("a slip", {"snitch.yaml": f"{POLICY}tolerence: 1\n"})
    (place,) = (one.place for one in judge(repo).findings if one.rule.code == "POL702")
    assert place is not None
    assert (place.path, place.line) == ("snitch.yaml", POLICY.count("\n") + 1)


def test_the_gate_and_the_policy_are_no_part_of_a_model_at_the_root(tmp_path: Path) -> None:
    policy = POLICY.replace("models/*", ".")
    repo = deployed(tmp_path, "", policy)
    looser = policy.replace("max_age_days: 90", "max_age_days: 91")
    repo.commit("the gate", {"snitch.yaml": looser, ".gitlab-ci.yml": "a: {}\n"})
    for severity in (Severity.WARNING, Severity.ERROR):
        found = {one.rule.code: one.severity for one in judge(repo).findings}
        assert (found["POL702"], found["POL712"]) == (severity, severity)
        repo.commit("and the model", {"train.py": "import numpy\n"})


def test_constraints_and_known_findings_that_change_without_the_policy_are_told_by_name(
    tmp_path: Path,
) -> None:
    policy = f"{POLICY}dependencies: {{serving_constraints: {SERVING}}}\n"
    repo = deployed(tmp_path, policy=policy).checkout("main")
    repo.commit("serving", {SERVING: "numpy==2.1.0\n", KNOWN: known("a")})
    repo.branch("next").commit("a model alone", at("models/churn", GOOD))
    assert told(judge(repo), "POL701") == told(judge(repo), "POL702") == []
    repo.commit("both", {SERVING: "numpy\n", KNOWN: known("a", "b", "c")})
    report = judge(repo)
    (edited,) = (one for one in report.findings if one.rule.code == "POL701")
    assert f"`{SERVING}` changes and `{KNOWN}` changes" in edited.message
    assert edited.place is not None
    assert edited.place.path == SERVING
    assert sorted(message.partition(";")[0] for message in told(report, "POL702")) == [
        f"`{KNOWN}` excuses findings that fail now (2 more)",
        f"the serving constraints in `{SERVING}` change, which may let more pass",
    ]


def test_known_findings_that_are_taken_out_excuse_nothing(tmp_path: Path) -> None:
    repo = deployed(tmp_path).checkout("main")
    repo.commit("known", {KNOWN: known("a", "b")})
    repo.branch("next").commit("mended", {KNOWN: known("a")})
    report = judge(repo)
    assert report.findings == ()
    repo.commit("and broken", {KNOWN: "{"})
    (message,) = told(judge(repo), "POL702")
    assert message == f"`{KNOWN}` excuses findings that fail now (unknown more)"
