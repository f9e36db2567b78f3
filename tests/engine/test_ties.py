"""What a run ties together: waivers to weights, constraints to production, words to facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import DEPLOYED
from example import GOOD
from example import OID
from example import OLD_OID
from example import POLICY
from example import metrics
from example import pointer
from judging import at
from judging import changed
from judging import codes
from judging import deployed
from judging import judge
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

WORSE = {**GOOD, "metrics.json": metrics("0.80")}
SERVING = POLICY + "dependencies: {serving_constraints: serving.txt}\n"
OWNERLESS = GOOD["config.yaml"].replace("owner: risk-ml\n", "")
UNNAMED = OWNERLESS.replace("weights: {path: weights/model.safetensors}\n", "")


def waived_for(oid: str) -> str:
    return f"""\
waivers:
  - rule: CPL102
    model: churn
    reason: it has no owner yet
    approved_by: ben@example.com
    expires: 2026-12-31
    weights_sha256: {oid}
"""


@pytest.mark.parametrize(
    ("config", "more", "oid", "is_waived"),
    [
        (OWNERLESS, {}, OID, True),
        (OWNERLESS, {}, OLD_OID, False),
        (OWNERLESS, {"weights/other.safetensors": pointer(OLD_OID)}, OID, True),
        (OWNERLESS, {"weights/other.safetensors": pointer(OLD_OID)}, OLD_OID, False),
        (UNNAMED, {}, OID, True),
        (UNNAMED, {"weights/other.safetensors": pointer(OLD_OID)}, OID, False),
        (OWNERLESS, {"weights/model.safetensors": None}, OID, False),
        (UNNAMED, {"weights/model.safetensors": None}, OID, False),
    ],
)
def test_a_waiver_is_bound_to_the_weights_that_the_config_names_or_that_are_the_only_ones(
    tmp_path: Path,
    config: str,
    more: dict[str, str | None],
    oid: str,
    is_waived: bool,  # noqa: FBT001 - one column of the table
) -> None:
    repo = deployed(tmp_path, policy=POLICY + waived_for(oid))
    repo.commit("ownerless", at("models/churn", {**GOOD, "config.yaml": config}))
    repo.commit("weights", {f"models/churn/{name}": text for name, text in more.items()})
    assert ("CPL102" not in codes(judge(repo))) == is_waived


@pytest.mark.parametrize(("broken", "reason"), [("\0", "NUL"), ('{"metrics": {"auc": ', "")])
def test_a_failure_says_what_is_wrong_with_the_file_of_production(
    tmp_path: Path, broken: str, reason: str
) -> None:
    repo = deployed(tmp_path).checkout("main")
    repo.commit("broken", at("models/churn", {"metrics.json": broken}))
    repo.branch("next").commit("churn 1.4.0", at("models/churn", GOOD))
    [failure] = judge(repo).failures
    assert "main:models/churn/metrics.json: " in failure.message
    assert "it cannot be read" not in failure.message
    assert reason in failure.message
    assert failure.remedy.startswith("mend `models/churn/metrics.json`")


def test_a_family_that_a_shared_file_does_not_concern_is_not_missed(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=f"{SERVING}require: [REG, DEP]\n")
    repo.checkout("main").commit("serving", {"serving.txt": "numpy==2.1.0\n"})
    repo.branch("next").commit("another", {"serving.txt": "numpy<3\n"})
    report = judge(repo)
    assert [model.families for model in report.models] == [("DEP",)]
    assert "POL709" not in codes(report)


@pytest.mark.parametrize(
    ("there", "here", "conflicts"),
    [
        ("numpy==1.26.0\n", None, True),
        ("numpy==1.26.0\n", "numpy==2.1.0\n", True),
        ("numpy==2.1.0\n", "numpy==1.26.0\n", False),
        (None, "numpy==1.26.0\n", True),
    ],
)
def test_the_serving_stack_is_the_one_that_production_holds(
    tmp_path: Path, there: str | None, here: str | None, *, conflicts: bool
) -> None:
    repo = Repo(tmp_path)
    files = {**at("models/churn", DEPLOYED), "snitch.yaml": SERVING}
    repo.commit("main", {**files, **({} if there is None else {"serving.txt": there})})
    repo.branch("next")
    repo.commit(
        "next", {**at("models/churn", GOOD), **({} if here is None else {"serving.txt": here})}
    )
    assert ("DEP503" in codes(judge(repo))) == conflicts


def test_where_production_is_found_is_told_only_where_it_is_not_simply_there(
    tmp_path: Path,
) -> None:
    repo = changed(tmp_path / "origin")
    head = repo.git("rev-parse", "main")[:12]
    assert judge(repo).notices == (
        f"the baseline is {head}: the local production branch, as there is no remote",
    )
    clone = repo.clone(tmp_path / "clone")
    clone.branch("mine", "origin/change")
    assert judge(clone).notices == ()


@pytest.mark.parametrize("shallow", [False, True])
def test_a_clone_that_is_too_shallow_for_a_common_commit_says_so(
    tmp_path: Path, *, shallow: bool
) -> None:
    repo = changed(tmp_path / "origin")
    repo.checkout("main").commit("main moves on")
    if shallow:
        repo = repo.clone(tmp_path / "clone", "--depth=1", "--no-single-branch")
        repo.branch("mine", "origin/change")
    else:
        repo.git("checkout", "--quiet", "--orphan", "alone")
        repo.commit("no parent", at("models/churn", WORSE))
    told = [one for one in judge(repo).notices if "share no commit" in one]
    assert len(told) == 1
    assert ("(this clone is shallow)" in told[0]) == shallow


def test_what_reads_like_attributes_under_another_name_is_none(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("words", {"docs/attributes.md": "*.json -diff\n", "notes.txt": "* binary\n"})
    assert codes(judge(repo)) == []


def test_attributes_without_any_production_are_nobodys_change(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.git("symbolic-ref", "HEAD", "refs/heads/work")
    repo.commit(
        "all", {**at("models/churn", GOOD), "snitch.yaml": POLICY, ".gitattributes": "* -diff\n"}
    )
    assert "POL712" not in codes(judge(repo))
