"""Requirement files outside of models, which several of them include."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import DEPLOYED
from example import POLICY
from example import REQUIREMENTS
from judging import AS_OF
from judging import at
from judging import snitch
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

    from judging import Ran

FOREIGN = "evil @ git+https://git.example/evil\n"
DYNAMIC = """\
[project]
name = "churn"
version = "1"
dynamic = ["dependencies"]
[tool.setuptools.dynamic]
dependencies = {file = ["../../base.txt"]}
"""


def sharing(root: Path, files: dict[str, str], **outside: str) -> Repo:
    """A branch of a repository with two models, of which one includes a file of the root."""
    repo = Repo(root)
    own = {**DEPLOYED, **files}
    other = {**DEPLOYED, "config.yaml": DEPLOYED["config.yaml"].replace("churn", "other", 1)}
    shared = {name.replace("__", "."): text for name, text in outside.items()}
    texts = {**at("models/churn", own), **at("models/other", other), **shared}
    repo.commit("deployed", {"snitch.yaml": POLICY, **texts})
    if "requirements.txt" not in files:
        repo.commit("no list of its own", {"models/churn/requirements.txt": None})
    return repo.branch("change")


def judged(repo: Repo) -> Ran:
    return snitch(repo, "check", "--as-of", AS_OF.isoformat(), "--format", "concise")


@pytest.mark.parametrize(
    "files",
    [{"requirements.txt": "-r ../../base.txt\n"}, {"pyproject.toml": DYNAMIC}],
    ids=["requirements", "pyproject"],
)
def test_its_change_is_one_of_the_model_that_includes_it(
    tmp_path: Path, files: dict[str, str]
) -> None:
    repo = sharing(tmp_path, files, base__txt=REQUIREMENTS)
    repo.commit("more", {"base.txt": REQUIREMENTS + FOREIGN})
    ran = judged(repo)
    assert ran.status == 1
    assert "base.txt:3:1: DEP507" in ran.out
    assert "fail: churn 1.3.2: 1 error" in ran.out


def test_so_is_the_change_of_a_file_that_the_included_one_includes(tmp_path: Path) -> None:
    outside = {"base__txt": "-r more.in\n", "more__in": REQUIREMENTS}
    repo = sharing(tmp_path, {"requirements.txt": "-r ../../base.txt\n"}, **outside)
    repo.commit("more", {"more.in": REQUIREMENTS + FOREIGN})
    assert "more.in:3:1: DEP507" in judged(repo).out


def test_a_file_that_is_taken_away_is_missed(tmp_path: Path) -> None:
    repo = sharing(tmp_path, {"requirements.txt": "-r ../../base.txt\n"}, base__txt=REQUIREMENTS)
    repo.commit("gone", {"base.txt": None})
    assert "it includes a file that does not exist" in judged(repo).out


@pytest.mark.parametrize("path", ["requirements.txt", "docs/requirements.txt", "pyproject.toml"])
def test_requirements_that_no_model_includes_touch_none(tmp_path: Path, path: str) -> None:
    repo = sharing(tmp_path, {"requirements.txt": REQUIREMENTS + FOREIGN})
    repo.commit("of the tools", {path: ""})
    ran = judged(repo)
    assert (ran.status, "0 of 2 models" in ran.out) == (0, True)


def test_other_texts_of_the_repository_touch_no_model(tmp_path: Path) -> None:
    repo = sharing(tmp_path, {"requirements.txt": REQUIREMENTS}, notes__txt="words\n")
    repo.commit("words", {"notes.txt": "more words\n"})
    ran = judged(repo)
    assert (ran.status, "0 of 2 models" in ran.out) == (0, True)


def test_a_waiver_of_what_it_does_not_concern_is_not_called_unused(tmp_path: Path) -> None:
    """Only the dependencies are judged of a model whose own files are as they were."""
    waiver = (
        "waivers:\n- {rule: %s, model: churn, reason: a, approved_by: b, expires: 2026-12-01}\n"
    )
    for rule, unused in (("metric-regressed", False), ("DEP501", True)):
        repo = sharing(
            tmp_path / rule, {"requirements.txt": "-r ../../base.txt\n"}, base__txt=REQUIREMENTS
        )
        repo.checkout("main")
        repo.commit("excused", {"snitch.yaml": POLICY + waiver % rule})
        repo.branch("next").commit("more", {"base.txt": f"{REQUIREMENTS}\n"})
        assert ("POL704" in judged(repo).out) == unused


ELSEWHERE = "models/other/requirements.txt"


@pytest.mark.parametrize(
    "files",
    [
        {"requirements.txt": "-r ../other/requirements.txt\n"},
        {"requirements.txt": "-c ../other/requirements.txt\nnumpy\n"},
        {"requirements.txt": "-r .\\\n./other/requirements.txt\n"},
        {"requirements.txt": "-\\\nr '../other/requirements.txt'\n"},
        {"requirements.txt": "-r more.lst\n", "more.lst": "-r../other/requirements.txt\n"},
        {"environment.yml": 'dependencies: [{pip: ["\\x2dr ../other/requirements.txt"]}]\n'},
    ],
    ids=["-r", "-c", "continued", "quoted", "through a file of its own", "escaped"],
)
def test_so_is_the_change_of_a_list_that_another_model_has(
    tmp_path: Path, files: dict[str, str]
) -> None:
    repo = sharing(tmp_path, files)
    repo.commit("more", {ELSEWHERE: REQUIREMENTS + FOREIGN})
    assert judged(repo).out.count(f"{ELSEWHERE}:3:1: DEP507") == 2


def test_what_a_model_includes_from_elsewhere_has_a_name_that_tells_it(tmp_path: Path) -> None:
    """Else every change of any file would have to be looked for in the lists of all models."""
    repo = sharing(tmp_path, {"requirements.txt": "-r own.lst\n", "own.lst": REQUIREMENTS})
    repo.commit("inside", {"models/churn/own.lst": f"{REQUIREMENTS}\n"})
    assert "DEP505" not in judged(repo).out
    repo.commit("outside", {"models/churn/own.lst": "-r ../../base.lst\n", "base.lst": "\n"})
    assert "it includes a file whose name ends with none of .txt, .in" in judged(repo).out


def test_lists_that_a_layout_keeps_in_a_folder_include_others_too(tmp_path: Path) -> None:
    layouts = """\
layouts:
  ours:
    files: {config: [config.yaml], dependencies: [deps/base.in]}
    fields: {name: "config:name", version: "config:version"}
"""
    policy = POLICY.replace("path: models/*", "path: models/*\n    layout: ours") + layouts
    repo = Repo(tmp_path)
    own = {"config.yaml": DEPLOYED["config.yaml"], "deps/base.in": "-r ../../../base.txt\n"}
    texts = {**at("models/churn", own), "snitch.yaml": policy, "base.txt": REQUIREMENTS}
    repo.commit("deployed", texts)
    repo.branch("change").commit("more", {"base.txt": REQUIREMENTS + FOREIGN})
    assert "base.txt:3:1: DEP507" in judged(repo).out
