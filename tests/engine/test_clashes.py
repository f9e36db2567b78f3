"""Two models, or what is around them, whose paths some disks take for one."""

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

    from snitch.findings import Report

OTHER = {**GOOD, "config.yaml": GOOD["config.yaml"].replace("name: churn", "name: other")}
EVERY = POLICY.replace("path: models/*", 'path: "**"')


def told(report: Report) -> list[str]:
    places = [one.place for one in report.findings if one.rule.code == "SNT007"]
    return [place.path for place in places if place is not None]


@pytest.mark.parametrize("where", ["models/Churn", "Models/churn", "MODELS/other"])
def test_a_model_whose_place_differs_from_anothers_by_case_is_told(
    tmp_path: Path, where: str
) -> None:
    repo = deployed(tmp_path, policy=EVERY)
    repo.commit("twin", at(where, OTHER))
    clashing = where if where.startswith("models/") else where.partition("/")[0]
    for candidate in ("worktree", "index", "commit"):
        ref = "HEAD" if candidate == "commit" else None
        report = judge(repo, candidate=candidate, ref=ref)
        assert told(report) == [clashing]
        assert report.verdict == "fail"


def test_a_file_that_lands_in_a_model_on_some_disks_is_told(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("around", {"Models/churn/requirements.txt": "evil==1\n"})
    assert told(judge(repo)) == ["Models"]


def test_forms_of_one_name_clash_too(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("one", at("models/caf\u00e9", OTHER))
    repo.commit("two", {"models/cafe\u0301": "a file\n"})
    assert told(judge(repo)) == ["models/caf\u00e9"]


def test_names_that_clash_away_from_models_are_nobodys_concern(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("notes", {"docs/README.md": "a\n", "docs/readme.md": "b\n"})
    assert told(judge(repo)) == []


def test_a_model_may_change_the_case_of_its_directory(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("moved", {**at("models/Churn", GOOD), **dict.fromkeys(at("models/churn", GOOD))})
    assert told(judge(repo)) == []


def test_what_production_holds_clashing_is_told_in_an_audit(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("twin", at("models/Churn", OTHER))
    repo.git("branch", "--force", "main")
    repo.commit("something else", {"models/churn/notes.md": "words"})
    assert told(judge(repo)) == []
    assert told(judge(repo, everything=True)) == ["models/churn"]
