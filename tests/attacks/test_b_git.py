"""What Git can be made to say: baselines that are not, objects that lie, bytes that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attacks.commands import assert_refused
from attacks.commands import assert_regressed
from attacks.commands import check
from attacks.commands import worse
from attacks.shapes import WORSE
from attacks.shapes import errors
from example import DEPLOYED
from example import GOOD
from example import metrics
from judging import AS_OF
from judging import at
from judging import deployed
from judging import judge
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

DAY = ("--as-of", AS_OF.isoformat())
METRICS = "models/churn/metrics.json"


@pytest.mark.parametrize("space", ["refs/tags/", "refs/heads/"])
def test_b1_a_ref_called_like_the_baseline_is_not_it(tmp_path: Path, space: str) -> None:
    repo = worse(tmp_path)
    repo.git("update-ref", f"{space}origin/main", "HEAD")
    assert_regressed(check(repo))
    assert_refused(check(repo, "--baseline", "origin/main"), "refs/remotes/origin/main")


def test_b2_a_branch_called_head_or_like_an_id_is_not_taken_for_it(tmp_path: Path) -> None:
    repo = worse(tmp_path)
    main = repo.git("rev-parse", "main")
    repo.git("update-ref", "refs/heads/HEAD", main)
    repo.git("update-ref", "refs/heads/-x", main)
    assert_regressed(check(repo, "--ref", "HEAD"))
    repo.git("update-ref", f"refs/heads/{main}", "HEAD")
    assert_refused(check(repo, "--baseline", main))
    assert check(repo, "--baseline", "-x").status == 2


@pytest.mark.parametrize("option", ["--ref", "--baseline", "--changed-since", "--policy-from"])
@pytest.mark.parametrize("name", ["--output=%s", "--upload-pack=touch %s", "-O touch %s", "a..b"])
def test_b3_a_revision_is_never_an_option(tmp_path: Path, option: str, name: str) -> None:
    repo = worse(tmp_path / "repo")
    target = tmp_path / "written"
    assert check(repo, f"{option}={name.replace('%s', str(target))}").status == 2
    assert not target.exists()


def test_b4_replaced_objects_are_read_as_they_were_and_grafts_refused(tmp_path: Path) -> None:
    repo = worse(tmp_path)
    repo.git("replace", repo.git("rev-parse", "main"), repo.head())
    assert_regressed(check(repo))
    (repo.root / ".git/info").mkdir(exist_ok=True)
    (repo.root / ".git/info/grafts").write_text(f"{repo.head()}\n")
    assert_refused(check(repo))


def test_b5_a_checkout_without_the_base_is_no_first_release(tmp_path: Path) -> None:
    repo = worse(tmp_path / "repo")
    clone = repo.clone(tmp_path / "ci", "--depth=1", "--branch=change", "--single-branch")
    assert_refused(check(clone, GITHUB_ACTIONS="true", CI="true"), "fetch-depth: 0")
    assert_refused(check(clone), "git fetch")


def test_b6_without_a_merge_base_every_difference_is_judged(tmp_path: Path) -> None:
    """Two shallow tips, as a CI system may fetch them; and histories with nothing in common."""
    repo = worse(tmp_path / "repo")
    repo.commit("and more words", {"README.md": "words\n"})
    clone = repo.clone(tmp_path / "ci", "--depth=1", "--branch=change", "--no-single-branch")
    ran = check(clone)
    assert_regressed(ran)
    assert "share no commit (this clone is shallow): every difference is judged" in ran.out
    assert_regressed(check(clone, "--all"))
    repo.git("checkout", "--quiet", "--orphan", "other")
    repo.commit("unrelated", WORSE)
    assert_regressed(check(repo))


def test_b6_a_shallow_clone_cannot_tell_a_first_release(tmp_path: Path) -> None:
    """Production gave the model up before the history begins: brought back, it looks new."""
    repo = deployed(tmp_path / "repo").checkout("main")
    other = {**DEPLOYED, "config.yaml": DEPLOYED["config.yaml"].replace("churn", "other", 1)}
    repo.commit("another model", at("models/other", other))
    repo.commit("one is given up", dict.fromkeys(at("models/churn", DEPLOYED)))
    back = at("models/churn", {**GOOD, "metrics.json": metrics("0.90")})
    repo.branch("back").commit("and comes back worse", back)
    assert_regressed(check(repo))
    clone = repo.clone(tmp_path / "ci", "--depth=1", "--branch=back", "--no-single-branch")
    ran = check(clone)
    assert ran.status == 2
    assert "models/churn: cannot judge: this clone is shallow" in ran.out
    assert "git fetch --unshallow" in ran.out


def test_b7_a_partial_clone_fetches_nothing(tmp_path: Path) -> None:
    repo = worse(tmp_path / "repo")
    repo.git("config", "uploadpack.allowFilter", "true")
    clone = repo.clone(tmp_path / "ci", "--filter=blob:none", "--branch=change")
    before = sorted((clone.root / ".git/objects").rglob("*"))
    ran = check(clone)
    assert ran.status == 2, ran.out
    assert ran.out.startswith("models/churn: cannot judge: ")
    assert "git fetch" in ran.out
    assert sorted((clone.root / ".git/objects").rglob("*")) == before


@pytest.mark.parametrize("harm", ["removed", "truncated"])
@pytest.mark.parametrize("rev", ["main^{tree}", "main"])
def test_b8_a_damaged_store_is_exit_2(tmp_path: Path, harm: str, rev: str) -> None:
    repo = worse(tmp_path)
    _damage(repo, rev, harm)
    assert_refused(check(repo))


@pytest.mark.parametrize("harm", ["removed", "truncated"])
def test_b8_a_damaged_file_leaves_its_model_unjudged(tmp_path: Path, harm: str) -> None:
    repo = worse(tmp_path)
    _damage(repo, f"main:{METRICS}", harm)
    ran = check(repo)
    assert ran.status == 2, ran.out
    assert ran.out.startswith("models/churn: cannot judge: ")
    assert "run `git fsck`" in ran.out


def _damage(repo: Repo, rev: str, harm: str) -> None:
    oid = repo.git("rev-parse", rev)
    path = repo.root / ".git/objects" / oid[:2] / oid[2:]
    path.chmod(0o644)
    if harm == "removed":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:10])


def test_b9_a_commit_compared_with_itself_is_judged_whole(tmp_path: Path) -> None:
    repo = worse(tmp_path)
    repo.git("checkout", "--quiet", "-B", "main")
    repo.tracking()
    event = repo.root.parent / "event.json"
    event.write_text(f'{{"before": "{repo.git("rev-parse", "main~1")}"}}')
    push = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": "push",
        "GITHUB_REF": "refs/heads/main",
        "GITHUB_EVENT_PATH": str(event),
    }
    for options in ({"environ": {"CI": "true"}}, {"candidate": "commit", "ref": "HEAD"}):
        report = judge(repo, **options)
        assert [model.name for model in report.models] == ["churn"]
        assert "candidate and baseline are one commit: every model is judged" in report.notices
    assert "REG301" in errors(judge(repo, environ=push))
    # Without the event's word, the first parent is what was there before.
    without = {name: value for name, value in push.items() if name != "GITHUB_EVENT_PATH"}
    assert "REG301" in errors(judge(repo, environ=without))
    # An event that names the very commit compares nothing, so every model is judged.
    event.write_text(f'{{"before": "{repo.head()}"}}')
    report = judge(repo, environ=push)
    assert "REG301" in errors(report) or [model.name for model in report.models] == ["churn"]


def test_b10_production_that_moved_on_is_the_baseline_wherever_one_branched(
    tmp_path: Path,
) -> None:
    """Compared with the tip that is known here, whose commit the report prints."""
    repo = deployed(tmp_path)
    repo.checkout("main")
    tip = repo.commit("better", at("models/churn", {**GOOD, "metrics.json": metrics("0.95")}))
    repo.checkout("change")
    repo.commit("worse than that", at("models/churn", GOOD))
    report = judge(repo.tracking())
    assert report.baseline is not None
    assert report.baseline.commit == tip
    assert "REG301" in errors(report)


def test_b11_a_local_main_is_not_production_where_a_remote_is(tmp_path: Path) -> None:
    repo = worse(tmp_path)
    repo.git("update-ref", "refs/heads/main", "HEAD")
    report = judge(repo)
    assert report.baseline is not None
    assert report.baseline.ref == "origin/main"
    assert "REG301" in errors(report)
    alone = deployed(tmp_path / "alone")
    assert any("no remote" in one for one in judge(alone).notices)


def test_b12_a_repository_among_the_files_answers_nothing(tmp_path: Path) -> None:
    repo = worse(tmp_path / "repo")
    ran = tmp_path / "ran"
    bare = repo.root / "models/churn/bare"
    repo.git("init", "--quiet", "--bare", bare)
    (bare / "config").write_text(
        f'[core]\n\tbare = false\n\tworktree = ..\n\tfsmonitor = "touch {ran}"\n'
    )
    (bare / "refs/remotes/origin").mkdir(parents=True)
    (bare / "refs/remotes/origin/main").write_text(f"{repo.head()}\n")
    repo.commit("nested")
    inside = Repo(bare, existing=True)
    assert_regressed(check(inside))
    assert not ran.exists()
    (repo.root / "models/churn/sub").mkdir()
    (repo.root / "models/churn/sub/.git").write_text("gitdir: ../bare\n")
    assert check(repo).status in {1, 2}
    assert not ran.exists()
