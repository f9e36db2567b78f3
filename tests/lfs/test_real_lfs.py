"""Repositories as the real git-lfs leaves them."""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from example import DEPLOYED
from example import GOOD
from example import OID
from example import POLICY
from example import WEIGHTS
from example import config
from example import metrics
from judging import at
from judging import codes
from judging import judge
from repo import Repo

from snitch.documents import Limits
from snitch.registry.layout import load_built_in
from snitch.registry.location import Location
from snitch.registry.reader import read_release
from snitch.snapshots import Repository

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(shutil.which("git-lfs") is None, reason="git-lfs is not installed")

OLD_WEIGHTS = b"weights of churn 1.3.2"
ITEMS = "id,correct\n" + "".join(f"{number},1\n" for number in range(500))
ATTRIBUTES = (
    "models/*/weights/** filter=lfs diff=lfs merge=lfs -text\n"
    "models/*/eval/** filter=lfs diff=lfs merge=lfs -text\n"
)


def contents(files: dict[str, str], weights: bytes) -> dict[str, str | bytes]:
    return {
        **at("models/churn", files),
        "models/churn/weights/model.safetensors": weights,
        "models/churn/eval/items.csv": ITEMS,
    }


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """churn 1.3.2 in production and 1.4.0 on a branch, their weights added through git-lfs."""
    made = Repo(tmp_path / "repo")
    made.environment["GIT_CONFIG_GLOBAL"] = str(tmp_path / "gitconfig")
    made.git("lfs", "install", "--skip-repo")
    files = contents(DEPLOYED, OLD_WEIGHTS)
    made.commit("churn 1.3.2", {".gitattributes": ATTRIBUTES, "snitch.yaml": POLICY, **files})
    made.branch("change")
    made.commit("churn 1.4.0", contents(GOOD, WEIGHTS))
    return made


def blob(repo: Repo, revision: str) -> str:
    return repo.git("cat-file", "blob", f"{revision}:models/churn/weights/model.safetensors")


def test_the_tree_holds_pointers_and_the_disk_the_content(repo: Repo) -> None:
    assert f"oid sha256:{OID}" in blob(repo, "HEAD")
    path = repo.root / "models/churn/weights/model.safetensors"
    assert path.read_bytes() == WEIGHTS


@pytest.mark.parametrize(
    "options",
    [{}, {"candidate": "index"}, {"candidate": "commit", "ref": "HEAD"}],
    ids=["working tree", "index", "commit"],
)
def test_a_good_release_passes_however_it_is_looked_at(repo: Repo, options: dict[str, str]) -> None:
    assert codes(judge(repo, **options)) == []


def test_a_clone_that_never_fetched_the_weights_is_judged_all_the_same(
    repo: Repo, tmp_path: Path
) -> None:
    repo.environment["GIT_LFS_SKIP_SMUDGE"] = "1"
    clone = repo.clone(tmp_path / "clone", "--branch=change")
    path = clone.root / "models/churn/weights/model.safetensors"
    assert path.read_bytes().startswith(b"version https://git-lfs")
    assert codes(judge(clone)) == []


def test_weights_replaced_on_the_disk_are_other_weights(repo: Repo) -> None:
    repo.write({"models/churn/weights/model.safetensors": b"retrained in secret"})
    assert "ART603" in codes(judge(repo))


def test_weights_replaced_by_a_commit_are_other_weights(repo: Repo) -> None:
    repo.commit("swap", {"models/churn/weights/model.safetensors": b"retrained in secret"})
    found = codes(judge(repo, candidate="commit", ref="HEAD"))
    assert "ART603" in found
    digest = hashlib.sha256(b"retrained in secret").hexdigest()
    assert digest in blob(repo, "HEAD")


def test_weights_committed_past_lfs_are_told(repo: Repo) -> None:
    raw = os.urandom(4096)
    repo.write({"models/churn/weights/model.safetensors": raw})
    oid = repo.git("hash-object", "-w", "--no-filters", "models/churn/weights/model.safetensors")
    repo.git("update-index", "--cacheinfo", f"100644,{oid},models/churn/weights/model.safetensors")
    repo.git("commit", "--quiet", "--no-verify", "-m", "past LFS")
    assert "ART602" in codes(judge(repo, candidate="commit", ref="HEAD"))
    assert "ART602" in codes(judge(repo, candidate="index"))


def test_attributes_taken_away_are_no_way_past_lfs(repo: Repo) -> None:
    repo.write({".gitattributes": ""})
    repo.git("rm", "--quiet", "--cached", "-r", "models/churn/weights")
    repo.commit("no attributes any more")
    assert blob(repo, "HEAD") == WEIGHTS.decode()
    assert "ART602" in codes(judge(repo, candidate="commit", ref="HEAD"))


def test_a_checked_out_file_of_lfs_that_is_no_weights_is_no_change(repo: Repo) -> None:
    location, layout = Location("models/churn", "snitch"), load_built_in("snitch")
    opened = Repository.discover(repo.root)
    try:
        here, there = (
            read_release(snapshot, location, layout, Limits())
            for snapshot in (opened.worktree(), opened.commit(repo.head()))
        )
    finally:
        opened.close()
    assert here.digests == there.digests
    assert "eval/items.csv" in here.digests


def test_a_rollback_in_the_working_tree_is_known_as_one(repo: Repo) -> None:
    repo.checkout("main")
    newer = GOOD | {"config.yaml": config("1.4.0"), "metrics.json": metrics()}
    repo.commit("churn 1.4.0", contents(newer, WEIGHTS))
    repo.branch("back")
    repo.git("checkout", "--quiet", "HEAD~1", "--", "models/churn")
    found = codes(judge(repo))
    assert "REG301" not in found
    assert "CPL107" not in found
