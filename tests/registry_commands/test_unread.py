"""No answer passes over what it cannot read: it tells the file, the line and the mend."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

import pytest
from judging import snitch
from pasts import book
from pasts import files
from pasts import on
from pasts import release
from pasts import three_releases

from snitch.engine.ledger.blame import blame
from snitch.engine.ledger.difference import differences
from snitch.engine.ledger.history import history
from snitch.engine.ledger.models import overview
from snitch.engine.ledger.shown import show
from snitch.findings import CannotJudgeError

if TYPE_CHECKING:
    from pathlib import Path

    from repo import Repo

METRICS = "models/churn/metrics.json"
CONFIG = "models/churn/config.yaml"


def broken(how: str) -> dict[str, str | None]:
    """A next release of churn, of which one file cannot be read."""
    held: dict[str, str | None] = {**files("1.3.0", "0.94")}
    metrics, config = str(held[METRICS]), str(held[CONFIG])
    match how:
        case "twice":
            return {**held, METRICS: metrics.replace('"auc": 0.94', '"auc": 0.94, "auc": 0.4')}
        case "NaN":
            return {**held, METRICS: metrics.replace('"auc": 0.94', '"auc": NaN')}
        case "cut":
            return {**held, METRICS: metrics[:-40]}
        case "list":
            return {**held, METRICS: "[1, 2]\n"}
        case "bytes":
            return {**held, CONFIG: config + "team: \x00\n"}
        case _:
            return {**held, CONFIG: config + "version: 1.9.0\n"}


WAYS = ("twice", "NaN", "cut", "list", "bytes", "config twice")


def answers(repo: Repo, *words: str, status: int = 2) -> Any:
    """What a command says to programs."""
    ran = snitch(repo, *words, "--format", "json")
    assert (ran.status, ran.err) == (status, "")
    return json.loads(ran.out)


@pytest.mark.parametrize("how", WAYS)
def test_a_difference_says_which_side_it_could_not_read(tmp_path: Path, how: str) -> None:
    repo, _ = three_releases(tmp_path)
    repo.branch("next").commit("broken", broken(how))
    for sides in (("production", "next"), ("next", "production")):
        with book(repo) as opened:
            (found,) = differences(opened, "churn", *sides, everything=False)
        after = sides[1] == "next"
        assert bool(found.before.failures) is not after
        assert bool(found.after.failures) is after
        (failure,) = found.failures
        assert failure.place is not None
        assert failure.place.path in {METRICS, CONFIG}
        assert (failure.place.line or 0) > 0 or how == "bytes"
        assert failure.message
        assert failure.remedy
        assert not found.empty
        if how in {"twice", "cut", "list"}:
            assert found.metrics == ()
            assert not [one for one in found.changes if one.section == "evaluation"]
        assert not [one for one in found.changes if one.name == ""]


@pytest.mark.parametrize("everything", [False, True])
def test_what_cannot_be_read_of_one_side_is_not_told_as_gone_or_new(
    tmp_path: Path, *, everything: bool
) -> None:
    repo, _ = three_releases(tmp_path)
    moved = broken("cut")
    moved["models/churn/metrics.yaml"] = "metrics: {auc: 0.1}\n  log_loss: 2\n"
    moved[METRICS] = None
    repo.branch("next").commit("broken", moved)
    with book(repo) as opened:
        (found,) = differences(opened, "churn", "production", "next", everything=everything)
    assert [one.place and one.place.path for one in found.failures] == ["models/churn/metrics.yaml"]
    assert found.metrics == ()
    assert {one.section for one in found.changes if None in {one.before, one.after}} == {"files"}
    assert not [one for one in found.changes if one.section == "evaluation"]


def test_the_terminal_tells_the_place_and_the_mend_and_the_status_is_two(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.branch("next").commit("broken", broken("twice"))
    ran = snitch(repo, "diff", "churn", "production", "next")
    assert ran.status == 2
    line = "models/churn/metrics.json:5:28  cannot be read in next"
    assert line in ran.out.splitlines()
    assert "  fix: remove or rename one of the two" in ran.out
    assert "nothing differs" not in ran.out
    page = snitch(repo, "diff", "--format", "markdown", "production", "next")
    assert page.status == 2
    assert "metrics.json:5:28</code> cannot be read in <code>next</code>" in page.out
    (one,) = answers(repo, "diff", "production", "next")["models"]
    assert one["before"]["failures"] == []
    (failure,) = one["after"]["failures"]
    assert (failure["path"], failure["line"], failure["column"]) == (METRICS, 5, 28)
    assert {"message", "remedy"} < failure.keys()


def test_a_number_that_nobody_judges_stops_no_answer(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    held = files("1.3.0", "0.94")
    text = held[METRICS].replace('"n": 1200, "auc": 0.93', '"n": 1200, "auc": NaN')
    repo.branch("next").commit("a slice", {**held, METRICS: text})
    with book(repo) as opened:
        gates = bool(opened.policy.metrics.get("slices.*.auc"))
        (found,) = differences(opened, "churn", "production", "next", everything=False)
    assert bool(found.failures) is gates


@pytest.mark.parametrize("how", WAYS)
def test_a_release_is_shown_with_what_cannot_be_read(tmp_path: Path, how: str) -> None:
    repo, _ = three_releases(tmp_path)
    repo.commit("broken", broken(how))
    with book(repo) as opened:
        shown = show(opened, "churn")
    assert len(shown.failures) == 1
    assert ("config", "") not in shown.facts
    assert ("evaluation", "") not in shown.facts


def test_what_is_shown_says_so_to_people_and_to_programs(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.commit("broken", broken("cut"))
    assert answers(repo, "show", "churn")["failures"]
    assert "cannot be read in main" in snitch(repo, "show", "churn").out


@pytest.mark.parametrize("how", WAYS)
def test_the_table_of_models_says_of_which_it_could_not_read_all(tmp_path: Path, how: str) -> None:
    repo, _ = three_releases(tmp_path)
    repo.commit("broken", broken(how))
    with book(repo) as opened:
        rows = overview(opened).models
    assert [(row.name, {*row.failures}) for row in rows] == [
        ("churn", {"production"}),
        ("fraud", set()),
    ]


def test_the_table_of_models_says_so_to_people_and_to_programs(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.commit("broken", broken("cut"))
    found = answers(repo, "models", "--as-of", "2026-10-05")["models"]
    assert [(one["name"], len(one["failures"])) for one in found] == [("churn", 1), ("fraud", 0)]
    assert found[0]["failures"][0]["environment"] == "production"
    table = snitch(repo, "models", "--as-of", "2026-10-05")
    assert table.status == 2
    assert "cannot be read in production" in table.out
    page = snitch(repo, "models", "--as-of", "2026-10-05", "--format", "markdown").out
    assert "cannot be read in <code>production</code>" in page


def past_breakage(root: Path, how: str) -> tuple[Repo, str]:
    """A repository whose production held a broken release once; the commit that brought it."""
    repo, _ = three_releases(root)
    commit = release(repo, "2026-09-10", "broken", broken(how))
    release(repo, "2026-09-20", "mended", {**files("1.4.0", "0.95")})
    return repo, commit


@pytest.mark.parametrize("how", ["twice", "cut", "list"])
def test_a_past_release_that_cannot_be_read_moves_no_metric(tmp_path: Path, how: str) -> None:
    repo, commit = past_breakage(tmp_path, how)
    with book(repo) as opened:
        past = history(opened, "churn")
        moved = blame(opened, "churn", "auc")
    assert [one.commit for one in past.deployments if one.failures] == [commit]
    stay = next(one for one in past.deployments if one.commit == commit)
    assert stay.metrics == (("auc", None),)
    assert past.failures == ()
    assert [(one.before, one.row.deployed, one.row.candidate) for one in moved.movements[:2]] == [
        ("1.2.0", "0.93", "0.95"),
        ("1.1.0", "0.91", "0.93"),
    ]
    assert [one.commit for one in moved.unread] == [commit]
    assert moved.failures == ()


def test_a_past_release_that_cannot_be_read_is_told_and_leaves_the_status(tmp_path: Path) -> None:
    repo, commit = past_breakage(tmp_path, "twice")
    for words in (("history", "churn"), ("blame", "churn", "auc")):
        ran = snitch(repo, *words)
        assert ran.status == 0
        assert f"cannot be read in {commit[:12]}" in ran.out
        page = snitch(repo, *words, "--format", "markdown").out
        assert f"cannot be read in <code>{commit[:12]}</code>" in page
    (told,) = answers(repo, "blame", "churn", "auc", status=0)["unread"]
    assert told["failures"][0]["path"] == METRICS
    rows = answers(repo, "history", "churn", status=0)["deployments"]
    assert [len(row["failures"]) for row in rows] == [0, 1, 0, 0, 0]


def test_where_the_newest_release_cannot_be_read_the_past_is_told_and_the_status_is_two(
    tmp_path: Path,
) -> None:
    repo, _ = three_releases(tmp_path)
    on(repo, "2026-09-10").commit("broken", broken("cut"))
    found = answers(repo, "history", "churn")
    assert [row["metrics"]["auc"] for row in found["deployments"]] == [None, "0.93", "0.91", "0.90"]
    found = answers(repo, "blame", "churn", "auc")
    assert [row["after"] for row in found["movements"]] == ["0.93", "0.91", "0.90"]


def test_a_metric_that_became_no_number_was_moved_by_that_commit(tmp_path: Path) -> None:
    repo, commit = past_breakage(tmp_path, "NaN")
    with book(repo) as opened:
        moved = blame(opened, "churn", "auc")
    assert commit in [one.deployment.commit for one in moved.movements]
    assert [one.commit for one in moved.unread] == [commit]


def test_of_metrics_that_no_release_gives_it_is_said_that_some_cannot_be_read(
    tmp_path: Path,
) -> None:
    repo, _ = past_breakage(tmp_path, "cut")
    with book(repo) as opened, pytest.raises(CannotJudgeError) as caught:
        blame(opened, "churn", "f1")
    assert caught.value.message == "no release that can be read has a metric `f1`, and 1 cannot be"
    assert caught.value.remedy == "see why: snitch history churn"


def test_the_site_says_what_it_could_not_read(tmp_path: Path) -> None:
    repo, commit = past_breakage(tmp_path / "repo", "cut")
    out = tmp_path / "site"
    ran = snitch(repo, "catalog", "--html", str(out), "--as-of", "2026-10-05")
    assert ran.status == 0
    page = (out / "models/churn.html").read_text()
    assert f'<span class="tag">in {commit[:12]}</span>' in page
    assert "cannot be read" not in (out / "models/fraud.html").read_text()
    repo.commit("broken", broken("twice"))
    ran = snitch(repo, "catalog", "--html", str(out), "--as-of", "2026-10-05")
    assert ran.status == 2
    assert "what the repository holds of `churn` cannot be read in full" in ran.err
    assert '<span class="tag">in production</span>' in (out / "models/churn.html").read_text()
