"""Who says what counts: the policy, waivers, plugins, the gate's own files, the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attacks.shapes import WORSE
from attacks.shapes import errors
from example import POLICY
from judging import codes
from judging import deployed
from judging import judge
from judging import snitch

from snitch.findings import CannotJudgeError

if TYPE_CHECKING:
    from pathlib import Path

DAY = ("--as-of", "2026-10-05")
OVERRIDE = "overrides: [{models: [churn], metrics: {auc: {tolerance: 0.5}}}]\n"


@pytest.mark.parametrize(
    "policy",
    [
        POLICY.replace("tolerance: 0.002", "tolerance: 0.1"),
        f"{POLICY}rules: {{REG301: off}}\n",
        f"{POLICY}rules: {{REG301: warning}}\n",
        POLICY.replace("path: models/*", "path: models/*\n    exclude: [models/churn]"),
        POLICY + OVERRIDE,
    ],
    ids=["tolerance", "rule off", "severity", "model excluded", "override"],
)
def test_a1_a_loosened_policy_is_told_and_not_in_force(tmp_path: Path, policy: str) -> None:
    repo = deployed(tmp_path)
    repo.commit("looser", {"snitch.yaml": policy, **WORSE})
    report = judge(repo)
    assert {"POL702", "REG301"} <= errors(report)
    assert "POL701" in codes(report)


@pytest.mark.parametrize(
    "files",
    [
        {"snitch.yaml": None},
        {"snitch.yaml": None, "snitch.yml": "version: 1\n"},
        {"snitch.yml": "version: 1\n"},
        {"Snitch.yaml": "version: 1\n"},
    ],
    ids=["deleted", "renamed", "second", "case twin"],
)
def test_a3_a_policy_removed_or_doubled_still_judges(
    tmp_path: Path, files: dict[str, str | None]
) -> None:
    repo = deployed(tmp_path)
    repo.commit("other policy", {**files, **WORSE})
    assert {"POL702", "REG301"} <= errors(judge(repo, candidate="commit", ref="HEAD"))


def test_a3_two_policies_in_production_are_none(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.checkout("main")
    repo.commit("two", {"snitch.yml": "version: 1\n"})
    assert snitch(repo, "check", "--all").status == 2


@pytest.mark.parametrize("policy", ["models: [\n", "- a\n", "version: 1\ntolerence: 1\n", "\0"])
def test_a4_an_unreadable_policy_of_production_is_exit_2(tmp_path: Path, policy: str) -> None:
    ran = snitch(deployed(tmp_path, policy=policy), "check")
    assert ran.status == 2
    assert "snitch.yaml" in ran.err


@pytest.mark.parametrize(
    "files",
    [
        {"snitch.yaml": "extends: [../../etc/x]\n"},
        {"snitch.yaml": "extends: [/etc/passwd]\n"},
        {"snitch.yaml": "extends: [a.yaml]\n", "a.yaml": "extends: [snitch.yaml]\n"},
        {
            "snitch.yaml": "extends: [p0.yaml]\n",
            **{f"p{i}.yaml": f"extends: [p{i + 1}.yaml]\n" for i in range(1_000)},
        },
    ],
    ids=["outside", "absolute", "cycle", "a thousand levels"],
)
def test_a5_extends_stays_in_the_tree_and_ends(tmp_path: Path, files: dict[str, str]) -> None:
    repo = deployed(tmp_path, policy=None)
    repo.checkout("main")
    repo.commit("policy", files)
    with pytest.raises(CannotJudgeError):
        judge(repo, everything=True)


def test_a5_extends_follows_no_link(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy="extends: [link.yaml]\n")
    repo.checkout("main")
    (repo.root / "link.yaml").symlink_to("/etc/hostname")
    repo.commit("link")
    with pytest.raises(CannotJudgeError, match=r"link\.yaml"):
        judge(repo, everything=True)


@pytest.mark.parametrize(
    ("line", "said"),
    [("extends: ['package:evil/x.yaml']", "POL702"), ("plugins: [evil]", "POL701")],
)
def test_a6_what_the_change_names_is_not_imported(tmp_path: Path, line: str, said: str) -> None:
    repo = deployed(tmp_path)
    ran = tmp_path / "ran"
    code_ = f"open({str(ran)!r}, 'w')\n"
    repo.commit("evil", {"snitch.yaml": f"{POLICY}{line}\n", "evil.py": code_, **WORSE})
    report = judge(repo)
    assert "REG301" in errors(report)
    assert {"POL701", said} <= set(codes(report))
    assert snitch(repo, "check", *DAY, PYTHONPATH=".").status == 1
    assert not ran.exists()
