"""Which releases are compared with which, where names, places and branches move."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from example import DEPLOYED
from example import GOOD
from example import POLICY
from example import metrics
from example import named
from judging import at
from judging import changed
from judging import codes
from judging import deployed
from judging import judge
from repo import Repo

from snitch.findings import CannotJudgeError

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.findings import Report

TABLES = "version: 1\nmodels: [{path: ., layout: csv-leaderboard}]\n"
WORSE = {**GOOD, "metrics.json": metrics("0.80")}


def table(**scores: float) -> str:
    rows = (f"{name},{score}" for name, score in scores.items())
    return "\n".join(["model,top1", *rows, ""])


def entry(name: str, digest: str = "00000000") -> str:
    weights = f"https://x.example/net_20220101-{digest}.pth"
    return f"Models:\n- Name: {name}\n  Config: a.py\n  Weights: {weights}\n"


def stands(report: Report) -> list[tuple[str, str, str]]:
    return [(model.name, model.path, model.change) for model in report.models]


@pytest.mark.parametrize("everything", [False, True])
def test_a_model_renamed_in_place_is_compared_in_an_audit_too(
    tmp_path: Path, *, everything: bool
) -> None:
    repo = deployed(tmp_path)
    repo.commit("renamed", at("models/churn", named(WORSE, "churn-2")))
    assert {"POL710", "REG301"} <= set(codes(judge(repo, everything=everything)))


def test_an_audit_tells_which_models_changed(tmp_path: Path) -> None:
    repo = deployed(tmp_path).checkout("main")
    repo.commit("fraud", at("models/fraud", named(DEPLOYED, "fraud")))
    repo.branch("next").commit("churn 1.4.0", at("models/churn", GOOD))
    assert stands(judge(repo, everything=True)) == [
        ("churn", "models/churn", "modified"),
        ("fraud", "models/fraud", "unchanged"),
    ]


def test_an_audit_tells_two_old_models_of_one_name(tmp_path: Path) -> None:
    repo = deployed(tmp_path).checkout("main")
    repo.commit("a copy", at("models/copy", DEPLOYED))
    told = [one for one in judge(repo, everything=True).findings if one.rule.code == "CPL110"]
    assert len(told) == 2
    assert ["models/copy" in one.message for one in told] == [True, False]


def test_a_model_that_moved_and_left_its_place_to_another_is_compared(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    moved = at("models/moved", WORSE)
    repo.commit("moved", {**moved, **at("models/churn", named(DEPLOYED, "fraud"))})
    report = judge(repo)
    assert ("churn", "models/moved", "moved") in stands(report)
    assert "REG301" in codes(report)


def test_of_two_that_had_one_name_the_first_is_compared(tmp_path: Path) -> None:
    repo = deployed(tmp_path).checkout("main")
    repo.commit("a weak copy", at("models/copy", {**DEPLOYED, "metrics.json": metrics("0.70")}))
    repo.branch("next").git("rm", "-rq", "models")
    repo.commit("one again", at("models/one", {**GOOD, "metrics.json": metrics("0.80")}))
    assert "REG301" in codes(judge(repo))
    repo.checkout("main").branch("third")
    repo.commit("a third", at("models/third", WORSE))
    assert "REG301" in codes(judge(repo))


def test_a_branch_behind_production_is_told_that_and_nothing_of_productions_doing(
    tmp_path: Path,
) -> None:
    repo = deployed(tmp_path).checkout("main")
    repo.commit("fraud", at("models/fraud", named(DEPLOYED, "fraud")))
    repo.branch("mine").commit("churn 1.4.0", at("models/churn", GOOD))
    repo.checkout("main")
    gate = {".github/workflows/gate.yml": "on: push\n"}
    repo.commit("moves on", {**at("models/fraud", named(GOOD, "fraud")), **gate})
    repo.commit("and has a third", at("models/third", named(GOOD, "third")))
    repo.checkout("mine")
    report = judge(repo)
    assert codes(report) == []
    assert stands(report) == [("churn", "models/churn", "modified")]
    assert report.behind == ("fraud", "third")


@pytest.mark.parametrize("behind", [False, True])
def test_models_in_files_are_judged_where_they_changed(tmp_path: Path, *, behind: bool) -> None:
    repo = Repo(tmp_path)
    first, second = "results/a.csv", "results/b.csv"
    repo.commit("tables", {"snitch.yaml": TABLES, first: table(a=84.5), second: table(b=83.0)})
    repo.branch("mine").commit("a worse one", {first: table(a=70.0)})
    if behind:
        repo.checkout("main").commit("another", {second: table(b=84.0)})
        repo.checkout("mine")
    report = judge(repo)
    assert [model.change for model in report.models] == ["modified"]
    assert "REG301" in codes(report)


@pytest.mark.parametrize(("score", "known"), [(84.5, True), (84.4, False)])
def test_a_row_that_is_what_production_once_held_is_a_rollback(
    tmp_path: Path, score: float, *, known: bool
) -> None:
    repo = Repo(tmp_path)
    for held in (84.5, 90.0):
        repo.commit("a table", {"snitch.yaml": TABLES, "results/a.csv": table(a=held)})
    repo.branch("back").commit("back", {"results/a.csv": table(a=score)})
    assert ("REG301" not in codes(judge(repo))) == known


def test_a_newest_file_that_is_taken_back_is_a_rollback_to_the_one_before(tmp_path: Path) -> None:
    def release(name: str, version: str, score: float) -> dict[str, str]:
        numbers = {"lang": name, "version": version, "performance": {"ents_f": score}}
        return {f"meta/{name}-{version}.json": json.dumps(numbers)}

    repo = Repo(tmp_path)
    policy = "version: 1\nmodels: [{path: ., layout: spacy-meta}]\n"
    repo.commit(
        "first", {"snitch.yaml": policy, **release("de", "1", 0.9), **release("en", "1", 0.8)}
    )
    repo.commit("better", release("en", "2", 0.9))
    repo.branch("back").git("rm", "--quiet", "meta/en-2.json")
    repo.commit("back")
    (model,) = judge(repo).models
    assert (model.name, model.version, model.deployed_version) == ("en", "1", "2")
    assert any("rollback" in one.reason for one in model.skipped)
    repo.commit("not quite", release("en", "1", 0.7))
    assert not any("rollback" in one.reason for one in judge(repo).models[0].skipped)


@pytest.mark.parametrize(("version", "known"), [("one", True), ("1.3.2", True), ("9.0.0", False)])
def test_only_a_version_that_moves_forward_is_no_rollback(
    tmp_path: Path, version: str, *, known: bool
) -> None:
    repo = Repo(tmp_path)
    first, second = (
        {**files, "config.yaml": files["config.yaml"].replace(was, now)}
        for files, was, now in ((DEPLOYED, "1.3.2", version), (GOOD, "1.4.0", "2.0.0"))
    )
    repo.commit("first", {"snitch.yaml": POLICY, **at("models/churn", first)})
    repo.commit("second", at("models/churn", second))
    repo.branch("back").commit("back", at("models/churn", first))
    skipped = [one.reason for model in judge(repo).models for one in model.skipped]
    assert any("rollback" in reason for reason in skipped) == known


@pytest.mark.parametrize("file", ["a", "b"])
def test_an_entry_of_known_weights_is_the_one_that_its_own_file_held(
    tmp_path: Path, file: str
) -> None:
    repo = Repo(tmp_path)
    policy = "version: 1\nmodels: [{path: ., layout: openmmlab}]\n"
    held = {f"{name}/metafile.yml": entry(f"old-{name}") for name in "ab"}
    repo.commit("two of the same weights", {"snitch.yaml": policy, **held})
    new = {f"{name}/metafile.yml": entry(f"other-{name}", "11111111") for name in "ab"}
    new[f"{file}/metafile.yml"] = entry("new")
    repo.branch("next").commit("one of them under another name", new)
    told = [one for one in judge(repo).findings if one.rule.code == "POL710"]
    assert [(one.model, f"`old-{file}`" in one.message) for one in told] == [("new", True)]


def test_a_file_of_production_that_cannot_be_read_makes_no_model_new(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit("broken", {"snitch.yaml": TABLES, "results/a.csv": "\0"})
    repo.branch("mended").commit("mended", {"results/a.csv": table(a=84.5)})
    assert [model.change for model in judge(repo).models] == ["modified"]


@pytest.mark.parametrize("kib", [1, 4096])
def test_a_table_as_long_as_the_policy_allows_is_read(tmp_path: Path, kib: int) -> None:
    repo = Repo(tmp_path)
    limits = f"limits: {{max_file_kib: {kib}}}\n"
    filler = f"{table(a=84.5)}{'#' * 2000 * 1024}\n"
    repo.commit("a table", {"snitch.yaml": TABLES + limits, "results/a.csv": filler})
    repo.branch("next").commit("worse", {"results/a.csv": filler.replace("84.5", "70.0")})
    assert ("REG301" in codes(judge(repo))) == (kib == 4096)
    assert judge(repo).verdict != "pass"


def test_a_history_of_its_own_is_compared_all_the_same(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.git("checkout", "--quiet", "--orphan", "alone")
    repo.commit("no parent", at("models/churn", WORSE))
    report = judge(repo)
    assert "REG301" in codes(report)
    assert "candidate and production share no commit: every difference is judged" in report.notices


@pytest.mark.parametrize(
    ("options", "judged"),
    [({}, ["churn", "fraud"]), ({"names": ("churn",)}, ["churn"])],
)
def test_what_models_share_reaches_those_alone_that_are_asked_for(
    tmp_path: Path, options: dict[str, tuple[str, ...]], judged: list[str]
) -> None:
    repo = deployed(tmp_path).checkout("main")
    includes = {"requirements.txt": "-r ../../shared/requirements.txt\n"}
    churn = at("models/churn", includes)
    fraud = at("models/fraud", {**named(DEPLOYED, "fraud"), **includes})
    repo.commit("fraud", {**churn, **fraud, "shared/requirements.txt": "numpy==2.1.0\n"})
    repo.branch("next").commit("shared", {"shared/requirements.txt": "numpy==2.1.1\n"})
    assert [model.name for model in judge(repo, **options).models] == judged


@pytest.mark.parametrize(("limit", "fits"), [(1, False), (2, True), (3, True)])
def test_as_many_models_as_the_limit_are_judged(tmp_path: Path, limit: int, *, fits: bool) -> None:
    repo = deployed(tmp_path, policy=f"{POLICY}limits: {{max_models: {limit}}}\n")
    repo.commit("two", {**at("models/churn", GOOD), **at("models/fraud", named(GOOD, "fraud"))})
    if fits:
        assert len(judge(repo).models) == 2
    else:
        with pytest.raises(CannotJudgeError, match="max_models"):
            judge(repo)


def test_a_request_asks_for_what_changed_and_for_everything_that_is_known_of_it(
    tmp_path: Path,
) -> None:
    repo = changed(tmp_path)
    assert [model.change for model in judge(repo).models] == ["modified"]
    assert [model.trends for model in judge(repo).models] == [()]
    repo.checkout("main")
    assert judge(repo).models == ()
