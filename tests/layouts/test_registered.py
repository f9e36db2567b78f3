"""A file that lists what was registered: several models in it, and several versions of one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from judging import judge
from repo import Repo

from snitch.engine.adoption import look
from snitch.engine.first_policy import policy_text
from snitch.findings import CannotJudgeError
from snitch.registry.layout import parse_layout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Entry = tuple[str, str, object]
"""Model, version, AUC."""
FIRST: tuple[Entry, ...] = (("net", "9", 0.8), ("net", "10", 0.9), ("tree", "1", 0.7))
PATH = "models/registry.json"


def entries(*given: Entry) -> object:
    models = [{"name": name, "version": one, "metrics": {"auc": auc}} for name, one, auc in given]
    return {"models": models}


def by_id(*given: Entry) -> object:
    models = {
        f"run-{number}": {"model_name": name, "version": one, "metrics": {"auc": auc}}
        for number, (name, one, auc) in enumerate(given)
    }
    return {"models": models}


def by_version(*given: Entry) -> object:
    models: dict[str, dict[str, object]] = {}
    for name, one, auc in given:
        models.setdefault(name, {"latest": one})[one] = {"metrics": {"auc": auc}}
    return {"models": models}


def versions_of_each(*given: Entry) -> object:
    models: dict[str, dict[str, dict[str, object]]] = {}
    for name, one, auc in given:
        models.setdefault(name, {"versions": {}})["versions"][one] = {"metrics": {"auc": auc}}
    return models


def lists_of_each(*given: Entry) -> object:
    models: dict[str, dict[str, list[object]]] = {}
    for name, one, auc in given:
        entry = {"version": one, "metrics": {"auc": auc}}
        models.setdefault(name, {"versions": []})["versions"].append(entry)
    return models


def with_metadata(*given: Entry) -> object:
    models = [
        {"name": name, "version": one, "metadata": {"metrics": {"auc": auc}}}
        for name, one, auc in given
    ]
    return {"models": models}


SHAPES = (entries, by_id, by_version, versions_of_each, lists_of_each, with_metadata)


def written(content: object) -> str:
    return json.dumps(content, indent=1)


def adopted(root: Path, content: object, path: str = PATH) -> Repo:
    """A repository with the file, under the policy that `snitch init` proposes."""
    repo = Repo(root)
    repo.commit("registered", {path: written(content)})
    repo.commit("standard", {"snitch.yaml": policy_text(look(root))})
    return repo.branch("change")


def told(repo: Repo, content: object, path: str = PATH) -> list[tuple[str, str]]:
    """Code of each finding about numbers, with the line that it points to."""
    repo.commit("change", {path: written(content)})
    lines = written(content).split("\n")
    return [
        (one.rule.code, lines[one.place.line - 1].strip().rstrip(","))
        for one in judge(repo).findings
        if one.rule.code.startswith("REG") and one.place is not None and one.place.line is not None
    ]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_entry_is_held_against_production_s_of_that_model(
    tmp_path: Path, shape: Callable[..., object]
) -> None:
    repo = adopted(tmp_path, shape(*FIRST))
    nine, ten, tree = FIRST
    assert told(repo, shape(*FIRST, ("net", "11", 0.85))) == [("REG301", '"auc": 0.85')]
    assert told(repo, shape(nine, ten, ("net", "11", 0.95), tree)) == []
    assert told(repo, shape(("net", "9", 0.71), ten, tree)) == [("REG301", '"auc": 0.71')]
    assert told(repo, shape(nine, ("net", "10", 0.6), tree)) == [("REG301", '"auc": 0.6')]
    assert told(repo, shape(nine, ten, ("tree", "1", 0.5))) == [("REG301", '"auc": 0.5')]
    assert told(repo, shape(*FIRST, ("oak", "1", 0.2))) == []


def test_a_new_version_need_not_stand_last(tmp_path: Path) -> None:
    repo = adopted(tmp_path, entries(*FIRST))
    assert told(repo, entries(("net", "11", 0.85), *FIRST)) == [("REG301", '"auc": 0.85')]
    assert told(repo, entries(("net", "8.5", 0.85), *FIRST)) == [("REG301", '"auc": 0.85')]
    assert told(repo, entries(("net", "8.5", 0.95), *FIRST)) == []


def test_an_old_version_may_go_and_a_model_may_not(tmp_path: Path) -> None:
    repo = adopted(tmp_path, entries(*FIRST))
    assert told(repo, entries(*FIRST[1:])) == []
    assert [code for code, _ in told(repo, entries(*FIRST[:2]))] == ["REG302"]


def test_an_old_version_is_told_by_its_name(tmp_path: Path) -> None:
    repo = adopted(tmp_path, entries(*FIRST))
    nine, *others = FIRST
    repo.commit("worse", {PATH: written(entries((*nine[:2], 0.7), *others))})
    [finding] = [one for one in judge(repo).findings if one.rule.code == "REG301"]
    assert finding.message.startswith("version `9`: `registry.net.auc` is 0.7, deployed is 0.8")
    repo.commit("text", {PATH: written(entries((*nine[:2], "0.8O"), *others))})
    [finding] = [one for one in judge(repo).findings if one.rule.code == "REG306"]
    assert finding.message.startswith('version `9`: `registry.net.auc` is `"0.8O"`, text')


@pytest.mark.parametrize("first", ["v20260101_101010", "3f2a", "final"])
def test_of_versions_that_are_no_release_numbers_the_last_one_counts(
    tmp_path: Path, first: str
) -> None:
    repo = adopted(tmp_path, entries(("net", first, 0.9), ("net", "a1", 0.8)))
    older = (("net", first, 0.9), ("net", "a1", 0.8))
    assert told(repo, entries(*older, ("net", "b", 0.85))) == []
    assert told(repo, entries(*older, ("net", "b", 0.7))) == [("REG301", '"auc": 0.7')]


def test_entries_without_names_or_versions_are_one_model_the_newest_last(tmp_path: Path) -> None:
    def registered(*given: float) -> object:
        return {"models": [{"name": "net", "metrics": {"auc": auc}} for auc in given]}

    repo = adopted(tmp_path, registered(0.8, 0.9))
    assert told(repo, registered(0.8, 0.9, 0.85)) == [("REG301", '"auc": 0.85')]
    assert told(repo, registered(0.7, 0.9)) == [("REG301", '"auc": 0.7')]
    assert told(repo, registered(0.8, 0.9, 0.91)) == []


def test_a_result_that_is_appended_is_held_against_the_last_one_of_its_model(
    tmp_path: Path,
) -> None:
    def results(*given: float) -> object:
        return [{"model": "net", "accuracy": one} for one in given]

    repo = adopted(tmp_path, results(0.8, 0.9), "results.json")
    assert told(repo, results(0.8, 0.9, 0.85), "results.json") == [("REG301", '"accuracy": 0.85')]
    assert told(repo, results(0.8, 0.9, 0.91), "results.json") == []
    assert told(repo, results(0.8, 0.7), "results.json") == [("REG301", '"accuracy": 0.7')]


def test_a_layout_s_path_may_be_several() -> None:
    text = 'metrics: [{files: [a.json], path: ["a[x]", b], version: "{x}"}]\n'
    assert parse_layout("mine.yaml", text.encode()).metrics[0].path == ("a[x]", "b")
    with pytest.raises(CannotJudgeError):
        parse_layout("mine.yaml", text.replace("b]", "'b[']").encode())
