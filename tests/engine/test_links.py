"""A link or a submodule in a model's place is told: what it leads to nobody judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import GOOD
from example import POLICY
from judging import at
from judging import deployed
from judging import judge

if TYPE_CHECKING:
    from pathlib import Path

    from repo import Repo

    from snitch.findings import Report


def told(report: Report) -> list[str]:
    places = [one.place for one in report.findings if one.rule.code == "SNT005"]
    return [place.path for place in places if place is not None]


def linked(root: Path, path: str, target: str, policy: str = POLICY) -> Repo:
    repo = deployed(root, policy=policy)
    (repo.root / path).symlink_to(target)
    return repo


@pytest.mark.parametrize("path", ["models/latest", "models/v1.4"])
def test_a_link_in_a_models_place_is_told_in_every_candidate(tmp_path: Path, path: str) -> None:
    repo = linked(tmp_path, path, "churn")
    assert told(judge(repo)) == [path]
    repo.git("add", path)
    assert told(judge(repo, candidate="index")) == [path]
    repo.commit("linked")
    report = judge(repo, candidate="commit", ref="HEAD")
    assert told(report) == [path]
    assert report.verdict == "fail"
    repo.git("branch", "--force", "main")
    repo.commit("something else", {"notes.md": "words"})
    assert told(judge(repo)) == []


def test_a_model_that_a_link_replaces_is_gone_and_the_link_is_told(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.checkout("main")
    repo.commit("another", at("models/other", {**GOOD, "config.yaml": "name: other\n"}))
    repo.branch("next")
    repo.git("rm", "-r", "--quiet", "models/churn")
    (repo.root / "models/churn").symlink_to("other")
    repo.commit("linked")
    report = judge(repo)
    assert told(report) == ["models/churn"]
    assert "POL707" in [one.rule.code for one in report.findings]


def test_a_submodule_in_a_models_place_is_told(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{repo.head()},models/theirs")
    repo.git("commit", "--quiet", "-m", "a submodule")
    report = judge(repo, candidate="commit", ref="HEAD")
    assert told(report) == ["models/theirs"]
    assert "`models/theirs` is a submodule where" in report.findings[0].message


def test_links_to_other_files_and_where_no_model_is_looked_for_are_left_alone(
    tmp_path: Path,
) -> None:
    assert told(judge(linked(tmp_path / "text", "models/README.md", "../docs/m.md"))) == []
    assert told(judge(linked(tmp_path / "deep", "latest", "models/churn"))) == []
    excluded = POLICY.replace("path: models/*", "path: models/*\n    exclude: [models/latest]")
    assert told(judge(linked(tmp_path / "out", "models/latest", "churn", excluded))) == []
    anywhere = POLICY.replace("path: models/*", "path: '**/models/*'")
    assert told(judge(linked(tmp_path / "any", "models/new", "churn", anywhere))) == ["models/new"]
