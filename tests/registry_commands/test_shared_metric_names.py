"""Several files that share their numbers' names: every answer calls one number by one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pasts import book
from pasts import on
from repo import Repo

from snitch.engine.ledger.blame import blame
from snitch.engine.ledger.catalog import Card
from snitch.engine.ledger.catalog import catalog
from snitch.engine.ledger.difference import differences
from snitch.engine.ledger.history import history

if TYPE_CHECKING:
    from pathlib import Path

PIPELINE = "metrics: [a/eval/metrics.json, b/eval/metrics.json]\n"
POLICY = "version: 1\nmodels: [{path: ., layout: dvc}]\n"


def numbers(accuracy: str) -> str:
    """What a file of metrics holds."""
    return f'{{"accuracy": {accuracy}}}\n'


def came_first(root: Path) -> Repo:
    """A model measured by one file, to which another is added that a reader names first."""
    repo = on(Repo(root), "2026-07-01")
    start = {"snitch.yaml": POLICY, "dvc.yaml": PIPELINE}
    repo.commit("first", {**start, "b/eval/metrics.json": numbers("0.9")})
    on(repo, "2026-08-01").commit("another", {"a/eval/metrics.json": numbers("0.6")})
    on(repo, "2026-09-01").commit("better", {"b/eval/metrics.json": numbers("0.95")})
    return repo


def test_a_file_that_comes_first_changes_nothing_of_the_other_one(tmp_path: Path) -> None:
    repo = came_first(tmp_path / "repo")
    with book(repo) as opened:
        (found,) = differences(opened, ".", "HEAD~2", "HEAD~1", everything=True)
    rows = {row.name: (row.deployed, row.candidate, row.verdict) for row in found.metrics}
    assert rows == {
        "accuracy": ("0.9", "0.9", "equal"),
        "a/eval/metrics.accuracy": (None, "0.6", "new"),
    }


def test_a_past_is_told_by_the_names_of_the_newest_release(tmp_path: Path) -> None:
    repo = came_first(tmp_path / "repo")
    with book(repo) as opened:
        found = history(opened, ".")
    told = [dict(one.metrics) for one in found.deployments]
    assert told == [
        {"accuracy": "0.6", "accuracy (2)": "0.95"},
        {"accuracy": "0.6", "accuracy (2)": "0.9"},
        {"accuracy": None, "accuracy (2)": "0.9"},
    ]
    drawn = {trend.name: [point.value for point in trend.points] for trend in found.trends}
    assert drawn == {"accuracy": ["0.6", "0.6"], "accuracy (2)": ["0.9", "0.9", "0.95"]}


def test_blame_follows_the_number_and_not_its_name(tmp_path: Path) -> None:
    repo = came_first(tmp_path / "repo")
    with book(repo) as opened:
        moved = blame(opened, ".", "accuracy (2)").movements
        other = blame(opened, ".", "accuracy").movements
    assert [(one.row.deployed, one.row.candidate) for one in moved] == [
        ("0.9", "0.95"),
        (None, "0.9"),
    ]
    assert [(one.row.deployed, one.row.candidate) for one in other] == [(None, "0.6")]


def test_the_site_tells_what_history_tells(tmp_path: Path) -> None:
    repo = came_first(tmp_path / "repo")

    def told(card: Card) -> list[dict[str, str | None]]:
        assert card.history is not None
        return [dict(one.metrics) for one in card.history.deployments]

    with book(repo) as opened:
        (pages,) = catalog(opened).each(told)
    assert pages[-1] == {"accuracy": None, "accuracy (2)": "0.9"}


def test_a_release_that_cannot_be_read_keeps_no_name_from_those_before_it(tmp_path: Path) -> None:
    repo = came_first(tmp_path / "repo")
    broken = {"a/eval/metrics.json": "{", "b/eval/metrics.json": "{"}
    on(repo, "2026-10-01").commit("broken", broken)
    mended = {"a/eval/metrics.json": numbers("0.7"), "b/eval/metrics.json": numbers("0.96")}
    on(repo, "2026-10-02").commit("mended", mended)
    with book(repo) as opened:
        found = history(opened, ".")
    assert [dict(one.metrics)["accuracy (2)"] for one in found.deployments] == [
        "0.96",
        None,
        "0.95",
        "0.9",
        "0.9",
    ]
