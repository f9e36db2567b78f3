"""Tables whose first column has no name, as a data frame writes that of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judging import codes
from judging import judge
from judging import snitch
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

POLICY = "version: 1\nmodels: [{path: ., layout: csv-leaderboard}]\n"
PATH = "src/tool/leaderboards/data_2/judge_leaderboard.csv"
HEAD = ",win_rate,standard_error,n_wins,n_total,mode,avg_length,length_controlled_winrate\n"
FIRST = "net one,50.0,0.0,0,805,minimal,2049,50.0\n"
SECOND = "net two,17.18,1.17,131,805,minimal,1069,28.15\n"


def test_its_rows_are_models_by_what_stands_there(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit("first", {"snitch.yaml": POLICY, PATH: HEAD + FIRST + SECOND})
    worse = SECOND.replace("17.18", "14.18").replace("28.15", "20.00")
    repo.branch("change").commit("worse", {PATH: HEAD + FIRST + worse})
    report = judge(repo)
    assert [model.name for model in report.models] == ["judge_leaderboard/net two"]
    assert codes(report) == ["REG301", "REG301"]
    places = [it.place for it in report.findings if it.place is not None]
    assert [(place.line, place.column) for place in places] == [(3, 9), (3, 41)]


def test_counts_lengths_and_errors_of_the_mean_are_no_quality(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit("first", {"snitch.yaml": POLICY, PATH: HEAD + SECOND})
    other = SECOND.replace("1.17,131,805", "4.17,100,600").replace("1069", "9999")
    repo.branch("change").commit("other counts", {PATH: HEAD + other})
    assert codes(judge(repo)) == []


def test_such_a_table_is_recognised(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit("first", {PATH: HEAD + FIRST + SECOND})
    ran = snitch(repo, "init", "--dry-run")
    assert "Found 2 models in ., layout csv-leaderboard" in ran.err
