"""Several files that share their numbers' names: one more or less changes no other's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judging import judge
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

PIPELINE = "metrics: [a/eval/metrics.json, b/eval/metrics.json, c/eval/metrics.json]\n"
POLICY = "version: 1\nmodels: [{path: ., layout: dvc}]\n"


def numbers(accuracy: str) -> str:
    """What a file of metrics holds."""
    return f'{{"accuracy": {accuracy}, "loss": 0.5}}'


def deployed(root: Path, **accuracies: str) -> Repo:
    """A repository with a file of metrics for each, and a branch of its own."""
    repo = Repo(root)
    files = {f"{name}/eval/metrics.json": numbers(value) for name, value in accuracies.items()}
    repo.commit("first", {"snitch.yaml": POLICY, "dvc.yaml": PIPELINE, **files})
    repo.branch("change")
    return repo


def told(repo: Repo) -> list[tuple[str, str, str | None]]:
    """Code, file and metric of every finding of an error's weight."""
    found = [one for one in judge(repo).findings if one.rule.code[:3] in {"REG", "SNT"}]
    return [(one.rule.code, one.place.path if one.place else "", one.metric) for one in found]


def test_a_file_that_goes_leaves_the_others_compared_with_themselves(tmp_path: Path) -> None:
    repo = deployed(tmp_path, a="0.9", b="0.7")
    repo.commit("gone", {"a/eval/metrics.json": None})
    assert told(repo) == [("REG302", "a/eval/metrics.json", None)]


def test_a_file_that_breaks_leaves_the_others_compared_with_themselves(tmp_path: Path) -> None:
    repo = deployed(tmp_path, a="0.9", b="0.7")
    repo.commit("broken", {"a/eval/metrics.json": "{"})
    assert told(repo) == [("SNT002", "a/eval/metrics.json", None)]


def test_a_file_that_comes_first_is_compared_with_nobody_s(tmp_path: Path) -> None:
    repo = deployed(tmp_path, b="0.9")
    repo.commit("another", {"a/eval/metrics.json": numbers("0.6")})
    assert told(repo) == []
    repo.commit("worse", {"b/eval/metrics.json": numbers("0.8")})
    assert told(repo) == [("REG301", "b/eval/metrics.json", "accuracy")]


def test_what_gets_worse_beside_a_file_that_goes_is_told(tmp_path: Path) -> None:
    """Under the name that production has for it."""
    repo = deployed(tmp_path, a="0.9", b="0.7", c="0.5")
    worse = {"c/eval/metrics.json": numbers("0.4")}
    repo.commit("gone and worse", {"a/eval/metrics.json": None, **worse})
    assert told(repo) == [
        ("REG302", "a/eval/metrics.json", None),
        ("REG301", "c/eval/metrics.json", "accuracy (3)"),
    ]


def test_a_file_that_moves_is_still_compared(tmp_path: Path) -> None:
    """Its numbers stand in no place that production knows, so their names decide."""
    repo = deployed(tmp_path, a="0.9")
    repo.commit("moved", {"a/eval/metrics.json": None, "b/eval/metrics.json": numbers("0.8")})
    assert told(repo) == [("REG301", "b/eval/metrics.json", "accuracy")]


def test_rows_of_a_list_that_change_places_keep_their_names(tmp_path: Path) -> None:
    repo = deployed(tmp_path, a="0.9")
    rows = ['{"model": "forest", "auc": 0.9}', '{"model": "tree", "auc": 0.6}']
    path = "b/eval/metrics.json"
    repo.checkout("main").commit("a list", {path: f"[{', '.join(rows)}]"})
    repo.branch("next").commit("turned", {path: f"[{', '.join(reversed(rows))}]"})
    assert told(repo) == []


DRIFT = """\
version: 1
models: [{path: ., layout: dvc}]
regression: {drift: {releases: 10, factor: 1}}
metrics: {accuracy: {tolerance: 0.02}, "accuracy (2)": {tolerance: 0.02}}
"""


def test_a_slide_of_one_file_s_number_is_told_whatever_the_other_one_was_called(
    tmp_path: Path,
) -> None:
    """The second file came later, and took the first name."""
    repo = Repo(tmp_path)
    first = {"snitch.yaml": DRIFT, "dvc.yaml": PIPELINE, "b/eval/metrics.json": numbers("0.9")}
    repo.commit("first", first)
    repo.commit("another", {"a/eval/metrics.json": numbers("0.6")})
    repo.commit("worse", {"b/eval/metrics.json": numbers("0.885")})
    repo.branch("change").commit("worse again", {"b/eval/metrics.json": numbers("0.87")})
    assert told(repo) == [("REG314", "b/eval/metrics.json", "accuracy (2)")]
