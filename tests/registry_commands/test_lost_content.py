"""Content that a clone does not hold: the model that needs it is told as unread, no other is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

import pytest
from judging import snitch
from pasts import book
from pasts import files
from pasts import three_releases

from snitch.engine.ledger.catalog import catalog
from snitch.engine.ledger.models import overview
from snitch.reports.catalog import pages

if TYPE_CHECKING:
    from pathlib import Path

    from repo import Repo


def listed(repo: Repo, *words: str) -> list[dict[str, Any]]:
    """The models that a command tells programs of."""
    ran = snitch(repo, *words, "--format", "json")
    assert (ran.status, ran.err) == (2, "")
    found: list[dict[str, Any]] = json.loads(ran.out)["models"]
    return found


def lost_weights(root: Path) -> Repo:
    """Plain weights of churn that Git has lost."""
    repo, _ = three_releases(root)
    repo.commit("plain weights", {"models/churn/weights/extra.bin": b"\1" * 5000})
    oid = repo.git("rev-parse", "HEAD:models/churn/weights/extra.bin")
    (repo.root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    return repo


def test_content_that_git_has_lost_keeps_no_other_model_from_being_told(tmp_path: Path) -> None:
    repo = lost_weights(tmp_path / "repo")
    found = {row["name"]: row for row in listed(repo, "models", "--as-of", "2026-10-05")}
    assert found["churn"]["verdict"]["word"] == "error"
    assert found["churn"]["failures"][0]["path"] == "models/churn"
    assert "is missing" in found["churn"]["failures"][0]["message"]
    assert (found["fraud"]["failures"], found["fraud"]["versions"]["production"]) == ([], "1.0.0")
    with book(repo) as opened:
        site = dict(pages(catalog(opened)))
    assert "Git object" in site["models/churn.html"]
    assert "<h2>Releases</h2>" in site["models/fraud.html"]
    ran = snitch(repo, "history", "churn", COLUMNS="200")
    assert ran.status == 2
    assert f"`models/churn` in {repo.head()[:12]} cannot be read: Git object" in ran.out
    assert "`models/churn` in main cannot be read" in snitch(repo, "show", "churn").err
    repo.branch("next", "HEAD~1").commit("fraud", files("1.1.0", "0.9", "models/fraud", "fraud"))
    one, other = listed(repo, "diff", "main", "next")
    assert (one["model"], len(one["before"]["failures"])) == ("churn", 1)
    assert (other["model"], other["after"]["version"]) == ("fraud", "1.1.0")


def test_in_a_partial_clone_models_of_another_branch_are_told_as_unread(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path / "repo")
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.branch("staging").commit("ahead", {**files("1.3.0", "0.94")})
    repo.checkout("main")
    clone = repo.clone(tmp_path / "clone", "--filter=blob:none")
    with book(clone) as opened:
        rows = {row.name: row for row in overview(opened).models}
    assert (rows["churn"].versions["production"], rows["churn"].staging) == ("1.2.0", "ahead")
    assert rows["churn"].failures.keys() == {"staging"}
    assert rows["fraud"].failures == {}


def test_what_fails_alike_in_many_models_is_said_once_for_all(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path / "repo")
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.branch("staging").commit(
        "ahead", {**files("1.3.0", "0.94"), **files("1.1.0", "0.9", "models/fraud", "fraud")}
    )
    repo.checkout("main")
    clone = repo.clone(tmp_path / "clone", "--filter=blob:none")
    ran = snitch(clone, "models", "--as-of", "2026-10-05", COLUMNS="100")
    assert ran.status == 2
    assert "models/churn  and 1 more cannot be read in staging" in ran.out.splitlines()
    assert "models/fraud" not in ran.out
    assert "(blob `models/churn/config.yaml`)" in " ".join(ran.out.split())
    assert "fix: run `git fetch --refetch --no-filter`, or clone without" in ran.out
    page = snitch(clone, "models", "--format", "markdown").out
    assert "</code> and 1 more cannot be read in <code>staging</code>" in page


def test_a_config_that_git_has_lost_keeps_no_other_model_from_being_told(tmp_path: Path) -> None:
    """Nobody can tell what the model is called, so its directory stands for it."""
    repo, _ = three_releases(tmp_path / "repo")
    oid = repo.git("rev-parse", "HEAD:models/churn/config.yaml")
    (repo.root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    found = {row["name"]: row for row in listed(repo, "models", "--as-of", "2026-10-05")}
    assert found["churn"]["verdict"]["word"] == "error"
    (told,) = found["churn"]["failures"]
    assert told["message"] == f"Git object {oid} (blob `models/churn/config.yaml`) is missing"
    assert (found["fraud"]["failures"], found["fraud"]["versions"]["production"]) == ([], "1.0.0")
    assert snitch(repo, "history", "fraud").status == 0
    ran = snitch(repo, "check", "--all", "--ref", "HEAD", "--format", "concise")
    assert ran.status == 2
    assert "models/churn: cannot judge: Git object" in ran.out
    assert "models/fraud/metrics.json:5:" in ran.out


def partial_clone(root: Path) -> Repo:
    """A clone that holds the contents of the newest commit, and all trees."""
    repo, _ = three_releases(root / "repo")
    repo.git("config", "uploadpack.allowFilter", "true")
    return repo.clone(root / "clone", "--filter=blob:none")


@pytest.mark.parametrize(
    "words",
    [
        ("history", "churn"),
        ("show", "churn@1.0.0"),
        ("diff", "churn", "1.0.0", "production"),
        ("rollback", "churn", "--to", "1.0.0"),
        ("check", "--ref", "HEAD~2", "--all", "--format", "concise"),
        ("check", "--baseline", "HEAD~3", "--format", "concise"),
    ],
)
def test_of_a_partial_clone_the_file_is_told_and_what_brings_it(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    """And no version is called unknown whose release cannot be read."""
    ran = snitch(partial_clone(tmp_path), *words, COLUMNS="200")
    said = ran.out + ran.err
    assert ran.status == 2
    assert "(blob `models/churn/config.yaml`) is missing" in said
    assert "run `git fetch --refetch --no-filter`" in said


def test_a_directory_that_git_has_lost_is_not_told_as_removed(tmp_path: Path) -> None:
    repo, commits = three_releases(tmp_path / "repo")
    oid = repo.git("rev-parse", f"{commits[1]}:models/churn")
    (repo.root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    ran = snitch(repo, "history", "churn")
    assert (ran.status, ran.out) == (2, "")


def history_of(repo: Repo, model: str) -> list[dict[str, Any]]:
    ran = snitch(repo, "history", model, "--format", "json")
    assert (ran.status, ran.err) == (2, "")
    found: list[dict[str, Any]] = json.loads(ran.out)["deployments"]
    return found


@pytest.mark.parametrize("name", ["config.yaml", "metrics.json", "weights/model.safetensors"])
def test_a_file_of_the_past_that_git_has_lost_hides_no_other_release(
    name: str, tmp_path: Path
) -> None:
    repo, commits = three_releases(tmp_path / "repo")
    oid = repo.git("rev-parse", f"{commits[1]}:models/churn/{name}")
    (repo.root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    found = history_of(repo, "churn")
    assert [one["version"] for one in found] == ["1.2.0", None, "1.0.0"]
    assert [len(one["failures"]) for one in found] == [0, 1, 0]
    assert found[0]["metrics"] == {"auc": "0.93"}
    ran = snitch(repo, "history", "churn", COLUMNS="200")
    assert f"models/churn  cannot be read in {commits[1][:12]}" in ran.out
    ran = snitch(repo, "blame", "churn", "auc", COLUMNS="200")
    assert (ran.status, "cannot be read" in ran.out) == (2, True)


def test_no_time_without_a_model_ends_with_a_release_that_is_lost(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path / "repo")
    oid = repo.git("rev-parse", "HEAD:models/churn/metrics.json")
    repo.commit("retired", dict.fromkeys(files("1.2.0", "0.93")))
    repo.commit("back", {**files("1.3.0", "0.94")})
    (repo.root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    found = [(one["version"], one["removed"]) for one in history_of(repo, "churn")]
    assert found == [
        ("1.3.0", False),
        (None, True),
        (None, False),
        ("1.1.0", False),
        ("1.0.0", False),
    ]


def test_a_clone_without_the_trees_of_the_past_tells_what_its_tip_holds(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path / "repo")
    repo.git("config", "uploadpack.allowFilter", "true")
    clone = repo.clone(tmp_path / "clone", "--filter=tree:0")
    ran = snitch(clone, "models", "--format", "json")
    assert ran.status == 0
    assert ran.err.startswith("note: `since` is open where the past cannot be read: ")
    assert "git fetch --refetch" in ran.err
    told = {
        row["name"]: (row["versions"]["production"], row["since"])
        for row in json.loads(ran.out)["models"]
    }
    assert told == {"churn": ("1.2.0", None), "fraud": ("1.0.0", None)}
    ran = snitch(clone, "history", "churn")
    assert (ran.status, "git fetch --refetch --no-filter" in ran.err) == (2, True)


def test_in_a_shallow_clone_nothing_is_called_never_held(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path / "repo")
    clone = repo.clone(tmp_path / "clone", "--depth=2")
    ran = snitch(clone, "rollback", "churn", "--to", "1.0.0")
    assert "as far back as this shallow clone goes\n  fix: git fetch --unshallow" in ran.err
