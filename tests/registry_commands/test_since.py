"""`models` tells since when production holds a release, as `history` tells it of each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

import pytest
from judging import snitch
from pasts import book
from pasts import files
from pasts import on
from pasts import rows
from pasts import three_releases
from repo import Repo

from snitch.engine.ledger.history import history
from snitch.engine.ledger.models import overview
from snitch.registry.reader import read_release

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from snitch.registry.release import Release
    from snitch.snapshots import Snapshot


def days(repo: Repo) -> dict[str, str | None]:
    """The day of each model, by address; those of its history are the same."""
    with book(repo) as opened:
        rows = overview(opened).models
        for row in rows:
            assert row.since == history(opened, row.path or ".").deployments[0].effective, row.path
    return {row.path: None if row.since is None else row.since.date().isoformat() for row in rows}


def then(repo: Repo, day: str, held: Mapping[str, str | None]) -> None:
    """A commit of a day."""
    on(repo, day).commit(day, held)


def test_code_and_prose_are_no_release(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    then(repo, "2026-09-03", {"models/churn/train.py": "import math\n"})
    then(repo, "2026-09-04", {"models/churn/CHANGELOG.md": "# Changelog\n"})
    then(repo, "2026-09-05", {"models/fraud/requirements.txt": "numpy==2.2.0\n"})
    assert days(repo) == {"models/churn": "2026-09-01", "models/fraud": "2026-07-01"}
    then(repo, "2026-09-06", {"models/fraud/weights/model.safetensors": "other\n"})
    assert days(repo)["models/fraud"] == "2026-09-06"


def test_a_model_that_moved_keeps_its_day(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.git("mv", "models/churn", "models/leaving")
    then(repo, "2026-09-10", {})
    assert days(repo)["models/leaving"] == "2026-09-01"
    then(repo, "2026-09-11", {"models/leaving/train.py": "import math\n"})
    assert days(repo)["models/leaving"] == "2026-09-01"


def test_a_model_that_came_back_has_the_day_of_its_return(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    held = files("1.0.0", "0.80", "models/fraud", "fraud")
    then(repo, "2026-09-10", dict.fromkeys(held))
    then(repo, "2026-09-20", {**held})
    assert days(repo)["models/fraud"] == "2026-09-20"


def test_a_model_at_the_root_has_a_day_of_its_own(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    policy = "version: 1\nmodels:\n  - {path: ., layout: dvc}\n"
    start = {"snitch.yaml": policy, "params.yaml": "train: {seed: 7}\n"}
    then(repo, "2026-07-01", {**start, "metrics.json": '{"auc": 0.9}\n'})
    then(repo, "2026-08-01", {"metrics.json": '{"auc": 0.91}\n'})
    then(repo, "2026-08-02", {"README.md": "A model.\n", "docs/more.md": "More.\n"})
    assert days(repo) == {"": "2026-08-01"}


def test_a_row_of_a_file_has_a_day_of_its_own(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    policy = "version: 1\nmodels:\n  - {path: zoo, layout: openmmlab}\n"
    then(repo, "2026-07-01", {"snitch.yaml": policy, **rows(large=80, small=70)})
    then(repo, "2026-08-01", rows(large=80, small=71))
    then(repo, "2026-09-01", rows(large=80, small=71, new=5))
    then(repo, "2026-09-02", rows(new=5, small=71, large=80))
    address = "zoo/metafile.yml#"
    assert days(repo) == {
        f"{address}large": "2026-07-01",
        f"{address}small": "2026-08-01",
        f"{address}new": "2026-09-01",
    }


@pytest.mark.parametrize("layout", ["dvc", "openmmlab"])
def test_a_past_that_cannot_be_read_leaves_the_day_open(tmp_path: Path, layout: str) -> None:
    repo = Repo(tmp_path)
    path = "." if layout == "dvc" else "zoo"
    policy = f"version: 1\nmodels:\n  - {{path: {path}, layout: {layout}}}\n"
    name = "metrics.json" if layout == "dvc" else "zoo/metafile.yml"
    start: dict[str, str | None] = {"metrics.json": '{"auc": 0.9}\n', "params.yaml": "a: 1\n"}
    then(repo, "2026-07-01", {"snitch.yaml": policy, **start, **rows(large=80)})
    oid = repo.git("rev-parse", f"HEAD:{name}")
    then(repo, "2026-08-01", {"metrics.json": '{"auc": 0.91}\n', **rows(large=81)})
    (repo.root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    with book(repo) as opened:
        (row,) = overview(opened).models
    assert row.since is None
    assert row.verdict.word == "pass" or row.verdict.codes


def test_where_a_clone_is_cut_off_nobody_tells_a_day_or_an_author(tmp_path: Path) -> None:
    repo, commits = three_releases(tmp_path / "repo")
    clone = repo.clone(tmp_path / "clone", "--depth=2")
    with book(clone) as opened:
        rows = {row.name: row.since for row in overview(opened).models}
    assert rows == {"churn": None, "fraud": None}
    told = snitch(clone, "history", "churn", COLUMNS="120").out.splitlines()
    assert "2026-09-01 or before" in told[1]
    assert "Ana" not in told[1]
    blamed = snitch(clone, "blame", "churn", "auc", COLUMNS="120").out
    assert f"auc in churn was last moved by or before {commits[2][:12]}" in blamed
    document = json.loads(snitch(clone, "history", "churn", "--format", "json").out)
    assert [(row["cut"], row["author"]) for row in document["deployments"]] == [(True, None)]


def test_of_a_model_at_the_root_only_what_may_be_a_release_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every commit touches the root, and to read all files of it takes long in a large tree."""
    repo = Repo(tmp_path)
    start = {"snitch.yaml": "version: 1\nmodels: [{path: .}]\n", "config.yaml": "version: 1.0.0\n"}
    then(repo, "2026-07-01", start)
    then(repo, "2026-07-02", {"README.md": "A model.\n"})
    then(repo, "2026-08-01", {"metrics.json": '{"metrics": {"auc": 0.9}}\n'})
    for day in range(1, 9):
        then(repo, f"2026-08-0{day}", {"docs/more.md": f"{day}\n"})
    read: list[str | None] = []

    def note(snapshot: Snapshot, *args: Any, **options: Any) -> Release:
        read.append(snapshot.commit)
        return read_release(snapshot, *args, **options)

    monkeypatch.setattr("snitch.registry.history.read_release", note)
    with book(repo) as opened:
        found = history(opened, ".").deployments
    assert [one.effective.date().isoformat() for one in found] == ["2026-08-01", "2026-07-01"]
    assert len(read) == len(found)


def test_what_was_at_the_root_before_the_model_is_no_release_of_it(tmp_path: Path) -> None:
    """No command finds a model there, so none can be compared with it."""
    repo = Repo(tmp_path)
    policy = "version: 1\nmodels:\n  - {path: ., layout: dvc}\n"
    then(repo, "2026-07-01", {"README.md": "To come.\n"})
    then(repo, "2026-07-02", {"models/churn.pkl": "weights\n"})
    start = {"dvc.yaml": "stages: {}\n", "metrics.json": '{"auc": 0.9}\n'}
    then(repo, "2026-07-03", {"snitch.yaml": policy, **start})
    assert days(repo) == {"": "2026-07-03"}
    with book(repo) as opened:
        assert len(history(opened, ".").deployments) == 1
