"""What the registry tells of models: their differences, their past, their waivers, their names."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from example import POLICY
from example import pointer
from judging import at
from pasts import AS_OF
from pasts import book
from pasts import files
from pasts import on
from pasts import release
from pasts import three_releases
from repo import Repo

from snitch.engine.ledger.book import open_book
from snitch.engine.ledger.catalog import catalog
from snitch.engine.ledger.difference import differences
from snitch.engine.ledger.history import history
from snitch.engine.ledger.models import overview
from snitch.engine.ledger.targets import target

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.engine.ledger.difference import Difference
    from snitch.engine.ledger.history import Deployment

WAIVER = """\
waivers:
- {{rule: CPL102, model: {model}, reason: no owner yet, approved_by: a, expires: 2027-01-01{more}}}
"""
NEWER = {"churn": "1.3.0", "new": "0.1.0"}


def compared(repo: Repo, model: str | None, *, everything: bool = False) -> tuple[Difference, ...]:
    with book(repo) as opened:
        return differences(opened, model, "production", "worktree", everything=everything)


def test_a_comment_is_no_difference_unless_everything_is_asked_for(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    path = repo.root / "models/churn/config.yaml"
    path.write_text(f"# reviewed\n{path.read_text()}")
    assert compared(repo, None) == ()
    (found,) = compared(repo, None, everything=True)
    assert found.model == "churn"
    assert {row.verdict for row in found.metrics} == {"equal"}
    assert found.empty


@pytest.mark.parametrize("model", ["churn", None])
def test_what_the_evaluation_measured_is_told_as_metrics_alone(
    tmp_path: Path, model: str | None
) -> None:
    repo, _ = three_releases(tmp_path)
    path = repo.root / "models/churn/metrics.json"
    path.write_text(path.read_text().replace('"auc": 0.93, "log_loss"', '"auc": 0.94, "log_loss"'))
    (found,) = compared(repo, model)
    assert [(row.name, row.slice) for row in found.metrics] == [("auc", None)]
    assert found.changes == ()


def test_weights_are_told_by_digest_and_size(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    name = "weights/model.safetensors"
    repo.write({f"models/churn/{name}": pointer("9" * 64, 7)})
    (found,) = compared(repo, "churn")
    told = [(one.name, one.before, one.after) for one in found.changes if one.section == "weights"]
    before = f"sha256:{'3' * 64}, 22000000 bytes"
    assert told == [(name, before, f"sha256:{'9' * 64}, 7 bytes")]
    repo.write({f"models/churn/{name}": None})
    (found,) = compared(repo, "churn")
    told = [(one.name, one.before, one.after) for one in found.changes if one.section == "weights"]
    assert told[0][:2] == (name, before)
    assert "bytes" not in str(told[0][2])


def test_changes_stand_in_the_order_of_their_names(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    path = repo.root / "models/churn/config.yaml"
    keys = "".join(f"key_{letter}: 1\n" for letter in "dbeacf")
    path.write_text(path.read_text() + keys)
    (found,) = compared(repo, "churn")
    assert [change.name for change in found.changes] == [f"key_{letter}" for letter in "abcdef"]


def test_texts_of_any_language_are_told_as_they_are_written(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    path = repo.root / "models/churn/config.yaml"
    path.write_text(path.read_text().replace("max_depth: 6", "tags: [Kündigung, 離脱]"))
    (found,) = compared(repo, "churn")
    told = {change.name: change.after for change in found.changes}
    assert told["hyperparameters.tags"] == '["Kündigung", "離脱"]'


def test_only_a_merge_is_called_one_and_a_path_finds_the_model_s_name(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    on(repo, "2026-09-10").commit("churn 1.3.0", files("1.3.0", "0.94"))
    repo.git("rm", "-rq", "models/churn")
    on(repo, "2026-09-11").commit("gone")
    on(repo, "2026-09-12").commit("back", files("1.4.0", "0.95"))
    with book(repo) as opened:
        found = history(opened, "models/churn")
        cards = {card.row.name: card for card in catalog(opened).each(lambda card: card)}
    assert found.model == "churn"
    told = [(one.version, one.merge) for one in found.deployments]
    assert told[:5] == [
        ("1.4.0", False),
        (None, False),
        ("1.3.0", False),
        ("1.2.0", True),
        ("1.1.0", True),
    ]
    alone = cards["churn"].history
    assert alone is not None
    assert [(one.version, one.merge) for one in alone.deployments] == told
    assert [one.author for one in alone.deployments] == [one.author for one in found.deployments]
    assert [one.merger for one in alone.deployments] == [one.merger for one in found.deployments]


def test_the_catalog_tells_nothing_of_a_model_that_stood_there_before(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    release(repo, "2026-09-20", "taken over", {**files("0.1.0", "0.9", name="fresh")})
    with book(repo) as opened:
        cards = {card.row.name: card for card in catalog(opened).each(lambda card: card)}
        alone = history(opened, "fresh")
    told = cards["fresh"].history
    assert told is not None
    assert [one.version for one in told.deployments] == [one.version for one in alone.deployments]


@pytest.mark.parametrize(
    ("model", "more", "told"),
    [
        ("churn", "", True),
        ("fraud", "", False),
        ("chu*", ", scope: all", True),
        ("fr*", ", scope: all", False),
    ],
)
def test_a_release_has_the_waivers_of_its_model_alone(
    tmp_path: Path,
    model: str,
    more: str,
    told: bool,  # noqa: FBT001 - one column of the table
) -> None:
    repo, _ = three_releases(tmp_path)
    policy = POLICY + WAIVER.format(model=repr(model), more=more)
    on(repo, "2026-09-05").commit("waiver", {"snitch.yaml": policy})
    release(repo, "2026-09-10", "1.3.0", {**files("1.3.0", "0.94")})
    with book(repo) as opened:
        (newest, *_) = history(opened, "churn").deployments
    assert [one.reason for one in newest.waivers] == (["no owner yet"] if told else [])


def test_what_is_waived_counts_for_no_verdict(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    path = "models/churn/config.yaml"
    ownerless = (repo.root / path).read_text().replace("owner: risk-ml\n", "")
    on(repo, "2026-09-05").commit("no owner", {path: ownerless})
    words = []
    for policy in (POLICY, POLICY + WAIVER.format(model="churn", more="")):
        repo.commit("standard", {"snitch.yaml": policy})
        with book(repo) as opened:
            (row,) = [one for one in overview(opened).models if one.name == "churn"]
        words.append((row.verdict.word, "CPL102" in row.verdict.codes))
    assert words == [("fail", True), (words[1][0], False)]


def test_the_newest_release_says_which_metrics_are_shown(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    held = files("1.3.0", "0.94")
    path = "models/churn/metrics.json"
    held[path] = held[path].replace('"metrics": {', '"metrics": {"f1": 0.8, ')
    repo.commit("churn 1.3.0", {**held, "snitch.yaml": POLICY})
    with book(repo) as opened:
        found = history(opened, "churn")
    assert [trend.name for trend in found.trends] == ["f1", "auc", "log_loss"]
    assert [len(trend.points) for trend in found.trends] == [1, 4, 4]


@pytest.mark.parametrize("glob", ["models/*", "models/**", "."])
def test_what_the_catalog_tells_of_a_model_is_what_its_history_tells(
    tmp_path: Path, glob: str
) -> None:
    repo = on(Repo(tmp_path), "2026-07-01")
    policies = [
        policy.replace("models/*", glob)
        for policy in (POLICY, POLICY + WAIVER.format(model="'*'", more=", scope: all"))
    ]
    outer = "" if glob == "." else "models/churn"
    inner = {**files("1.0.0", "0.9", "models/churn/inner", "inner")}
    repo.commit("first", {"snitch.yaml": policies[0], **inner, **at(outer, model("1.0.0"))})
    release(repo, "2026-07-10", "a waiver", {"snitch.yaml": policies[1]})
    release(
        repo, "2026-07-20", "inner 1.1.0", {**files("1.1.0", "0.9", "models/churn/inner", "inner")}
    )
    on(repo, "2026-07-21", "Cleo").branch("long")
    repo.commit("churn 1.1.0", at(outer, model("1.1.0")))
    on(repo, "2026-07-22").commit("no waiver", {"snitch.yaml": policies[0]})
    on(repo, "2026-07-23").commit("words", {"README.md": "Models.\n"})
    on(repo, "2026-07-24", "Ben").checkout("main").merge("long")
    on(repo, "2026-07-25").commit("churn 1.2.0", at(outer, model("1.2.0")))
    on(repo, "2026-07-26").branch("notes", "HEAD~1").commit("notes", {"NOTES.md": "Old.\n"})
    repo.checkout("main").merge("notes")
    with book(repo) as opened:
        cards = {card.row.name: card.history for card in catalog(opened).each(lambda card: card)}
        for name, found in cards.items():
            assert found is not None
            alone = history(opened, name).deployments
            assert [told(one) for one in found.deployments] == [told(one) for one in alone]
    assert "churn" in cards


def model(version: str) -> dict[str, str]:
    held = files(version, "0.9")
    return {path.removeprefix("models/churn/"): text for path, text in held.items()}


def told(one: Deployment) -> tuple[object, ...]:
    reasons = [waiver.reason for waiver in one.waivers]
    return one.version, one.commit, one.merge, one.author, one.merger, one.effective, reasons


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_card_is_made_once_by_the_caller_or_by_others(tmp_path: Path, jobs: int) -> None:
    repo, _ = three_releases(tmp_path)
    with open_book(repo.root, AS_OF, jobs) as opened:
        made = [*catalog(opened).each(lambda card: (card.row.name, os.getpid()))]
    assert [name for name, _ in made] == ["churn", "fraud"]
    assert {process == os.getpid() for _, process in made} == {jobs == 1}


def test_a_version_is_found_where_production_never_held_it(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.branch("staging").commit("churn 1.3.0", files("1.3.0", "0.94"))
    repo.commit("new here", files("0.1.0", "0.9", "models/new", "new"))
    with book(repo) as opened:
        found = {name: target(opened, name, version) for name, version in NEWER.items()}
    assert {name: one.environment.ref for name, one in found.items()} == dict.fromkeys(
        NEWER, "staging"
    )


def test_staging_is_what_was_pushed_there(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    pushed = repo.branch("staging").commit("churn 1.3.0", files("1.3.0", "0.94"))
    repo.tracking("main").tracking("staging").commit("not pushed yet", files("1.4.0", "0.95"))
    with book(repo) as opened:
        staging = opened.staging
    assert staging is not None
    assert (staging.ref, staging.commit) == ("origin/staging", pushed)
