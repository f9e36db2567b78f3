"""Links and submodules in repositories that are models as a whole: told, and fatal only if read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from judging import judge
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.findings import Finding

POLICY = "version: 1\nmodels: [{path: ., layout: %s}]\n"


def told(root: Path, layout: str, path: str, target: str = "README.md") -> list[Finding]:
    """What the audit says of a link in a repository of that layout."""
    repo = Repo(root)
    files = {"README.md": "words", "metrics.json": '{"f1": 1}', "params.yaml": "train: {seed: 7}"}
    repo.commit("first", {"snitch.yaml": POLICY % layout, **files})
    (repo.root / path).parent.mkdir(parents=True, exist_ok=True)
    (repo.root / path).unlink(missing_ok=True)
    (repo.root / path).symlink_to(target)
    repo.commit("linked")
    findings = judge(repo, everything=True).findings
    return [one for one in findings if one.rule.code == "SNT005"]


@pytest.mark.parametrize("path", ["AGENTS.md", "python/requirements.txt", "docs/data", "a/b.json"])
def test_a_link_that_nothing_is_read_through_is_mentioned(tmp_path: Path, path: str) -> None:
    [finding] = told(tmp_path, "dvc", path)
    assert finding.severity is not None
    assert finding.severity.value == "info"
    assert finding.message == f"`{path}` is a symbolic link, and is not followed"


@pytest.mark.parametrize(
    "path",
    [
        "metrics.json",
        "params.yaml",
        "requirements.txt",
        "reports/metrics.json",
        "metrics",
        "data/set.py",
        "look.ipynb",
    ],
)
def test_a_link_in_a_place_of_the_model_is_an_error(tmp_path: Path, path: str) -> None:
    [finding] = told(tmp_path, "dvc", path)
    assert finding.severity in {None, finding.rule.severity}
    assert "expected a regular file" in finding.message


def test_a_glob_s_link_is_an_error(tmp_path: Path) -> None:
    [finding] = told(tmp_path, "reports", "eval/final_scores.json")
    assert "expected a regular file" in finding.message


def test_in_the_house_layout_every_link_is_the_model_s(tmp_path: Path) -> None:
    found = told(tmp_path, "snitch", "notes.txt")
    assert ["expected a regular file" in one.message for one in found] == [True]
