"""What stands in the way of a promotion in repositories as people have them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from judging import snitch
from moved import IDENTITY
from moved import POLICY
from moved import TODAY
from moved import passing
from moved import possessions
from moved import tree
from moved import two_deployed
from pasts import on
from repo import Repo

from snitch.engine.ledger.book import open_book
from snitch.engine.ledger.models import overview
from snitch.engine.ledger.promotion import Prepared
from snitch.engine.ledger.promotion import plan_promotion
from snitch.engine.ledger.promotion import plan_rollback
from snitch.engine.ledger.promotion import prepare
from snitch.findings import CannotJudgeError
from snitch.reports.ledger.promotion import message

if TYPE_CHECKING:
    from pathlib import Path

DAY = ("--as-of", TODAY.isoformat())


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Churn and fraud 1.0.0 in production and in staging."""
    made = two_deployed(tmp_path / "repo", monkeypatch)
    made.git("branch", "staging")
    return made


def staged(repo: Repo, files: dict[str, str], what: str = "next") -> Repo:
    """Commits files to staging; production stays checked out."""
    repo.checkout("staging").commit(what, {**files})
    return repo.checkout("main")


def promoted(repo: Repo, *models: str, branch: str | None = None) -> Prepared:
    with open_book(repo.root, TODAY) as book:
        plan = plan_promotion(book, "staging", "production", models)
        return prepare(book, plan, message, branch)


def refused(repo: Repo, *models: str) -> str:
    """The error of a promotion, which leaves everything as it was."""
    before = possessions(repo)
    with pytest.raises(CannotJudgeError) as error:
        promoted(repo, *models)
    assert possessions(repo) == before
    return f"{error.value.message}; {error.value.remedy}"


def words(repo: Repo) -> dict[str, str | None]:
    with open_book(repo.root, TODAY) as book:
        return {row.name: row.staging for row in overview(book).models}


def test_a_conflict_in_the_index_stays_as_it_is(repo: Repo) -> None:
    staged(repo, passing("churn", 1))
    repo.branch("one").commit("one", {"notes.txt": "one"})
    repo.checkout("main").commit("two", {"notes.txt": "two"})
    with pytest.raises(AssertionError):
        repo.merge("one")
    assert repo.git("ls-files", "--unmerged")
    before = possessions(repo)
    done = promoted(repo, "churn")
    after = possessions(repo)
    assert done.branch is not None
    assert (after.head, after.index, after.files) == (before.head, before.index, before.files)


def test_a_linked_worktree_prepares_a_branch_for_all(repo: Repo, tmp_path: Path) -> None:
    staged(repo, passing("churn", 1))
    before = possessions(repo)
    repo.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"), "staging")
    ran = snitch(Repo(tmp_path / "linked", existing=True), "promote", "churn", *DAY, **IDENTITY)
    assert ran.status == 0, ran.err
    after = possessions(repo)
    assert after.refs.keys() - before.refs.keys() == {"refs/heads/snitch/promote-churn-1_1_0"}
    assert (after.head, after.index, after.files) == (before.head, before.index, before.files)


def nested(repo: Repo) -> Repo:
    """A model inside of churn's directory, on both branches."""
    policy = POLICY.replace("models:\n", "models:\n  - path: models/churn/inner\n", 1)
    assert policy != POLICY
    for branch in ("staging", "main"):
        repo.checkout(branch).commit(
            "inner", {"snitch.yaml": policy, **passing("inner", 0, "churn/inner")}
        )
    return repo


def test_of_models_inside_one_another_none_passes_the_gate(repo: Repo) -> None:
    nested(repo)
    staged(repo, {**passing("churn", 1), **passing("inner", 1, "churn/inner")})
    for name in ("churn", "inner"):
        done = promoted(repo, name)
        assert done.branch is None
        assert [found.rule.code for found in done.report.findings] == ["CPL110"]


def test_a_change_of_the_inner_model_is_none_of_the_outer_one(repo: Repo) -> None:
    nested(repo)
    staged(repo, passing("inner", 1, "churn/inner"))
    assert words(repo) == {"churn": "same", "fraud": "same", "inner": "ahead"}
    assert "nothing to promote" in refused(repo, "churn")


def test_a_model_at_the_root_leaves_the_standard_and_the_gate_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)

    def whole(number: int) -> dict[str, str]:
        files = passing("churn", number).items()
        return {path.removeprefix("models/churn/"): text for path, text in files}

    policy = POLICY.replace("models/*", ".")
    repo = on(Repo(tmp_path / "root"), "2026-10-01")
    repo.commit("start", {"snitch.yaml": policy, **whole(0)})
    repo.branch("staging").commit(
        "next",
        {
            **whole(1),
            "snitch.yaml": f"{policy}\n# looser\n",
            ".github/workflows/x.yml": "on: push\n",
        },
    )
    repo.checkout("main").commit("the gate", {"CODEOWNERS": "* @acme\n"})
    assert words(repo) == {"churn": "ahead"}
    done = promoted(repo)
    assert done.branch is not None, done.report.findings
    now = tree(repo, done.branch)
    assert now["snitch.yaml"] == tree(repo, "main")["snitch.yaml"]
    assert now["CODEOWNERS"] == tree(repo, "main")["CODEOWNERS"]
    assert ".github/workflows/x.yml" not in now
    assert now["config.yaml"] == tree(repo, "staging")["config.yaml"]


def test_links_modules_and_pointers_go_as_they_are(repo: Repo) -> None:
    repo.checkout("staging").write(passing("churn", 1))
    (repo.root / "models/churn/latest").symlink_to("weights/model.safetensors")
    repo.git("add", "--all")
    module = f"160000,{repo.head()},models/churn/vendor"
    repo.git("update-index", "--add", "--cacheinfo", module)
    repo.git("commit", "--quiet", "-m", "next")
    repo.git("checkout", "--quiet", "--force", "main")
    done = promoted(repo, "churn", branch="wanted")
    held = tree(repo, str(done.commit or "staging"), "models/churn")
    assert held == tree(repo, "staging", "models/churn")
    assert held["latest"].startswith("120000")
    assert held["vendor"].startswith("160000")


def test_a_model_that_staging_removed_is_not_promoted(repo: Repo) -> None:
    repo.checkout("staging").git("rm", "-rq", "models/churn")
    repo.commit("gone")
    repo.checkout("main")
    assert words(repo)["churn"] == "gone"
    assert "pull request of its own" in refused(repo, "churn")
    assert "ahead" in refused(repo)


def test_a_model_that_staging_renamed_in_place_is_told_as_that(repo: Repo) -> None:
    files = passing("leaving", 1, "churn")
    staged(repo, files, "renamed")
    said = refused(repo, "leaving")
    assert "holds as `churn`" in said
    assert "rename" in said


def test_two_directories_of_one_name_must_be_told_apart(repo: Repo) -> None:
    staged(repo, {**passing("churn", 1), **passing("churn", 1, "churn-too")})
    said = refused(repo, "churn")
    assert "`models/churn`, `models/churn-too`" in said
    repo.checkout("main").commit("twins", {**passing("churn", 0, "churn-too")})
    with (
        open_book(repo.root, TODAY) as book,
        pytest.raises(CannotJudgeError, match="more than once"),
    ):
        plan_rollback(book, "churn", "1.0.0")


def test_names_that_differ_by_case_only_never_meet_in_a_branch(repo: Repo) -> None:
    staged(repo, passing("CHURN", 1, "CHURN"))
    before = possessions(repo)
    assert promoted(repo, "CHURN").branch is None
    assert possessions(repo) == before


@pytest.mark.parametrize("branch", ["HEAD", "-x", "a..b", "a b", "x.lock", "", "main"])
def test_a_name_that_is_none_or_taken_makes_no_branch(repo: Repo, branch: str) -> None:
    staged(repo, passing("churn", 1))
    before = possessions(repo)
    ran = snitch(repo, "promote", "churn", "--branch", branch, *DAY, **IDENTITY)
    assert ran.status == 2
    assert "--branch" in ran.err
    assert possessions(repo) == before


def test_a_branch_called_snitch_leaves_no_room_below_it(repo: Repo) -> None:
    staged(repo, passing("churn", 1)).git("branch", "snitch")
    assert "--branch NAME" in refused(repo, "churn")


def test_a_policy_that_production_does_not_hold_yet_prepares_nothing(repo: Repo) -> None:
    staged(repo, passing("churn", 1))
    repo.git("rm", "-q", "snitch.yaml")
    repo.commit("no standard")
    repo.branch("adopting").commit("standard", {"snitch.yaml": POLICY})
    assert "merge `snitch.yaml`" in refused(repo, "churn")


def test_an_interruption_while_the_branch_is_made_unmakes_it(repo: Repo, tmp_path: Path) -> None:
    staged(repo, passing("churn", 1))
    git = shutil.which("git")
    wrapper = tmp_path / "bin/git"
    wrapper.parent.mkdir()
    wrapper.write_text(
        "#!/bin/sh\n"
        f'if grep -q marked {tmp_path}/mark 2>/dev/null; then exec {git} "$@"; fi\n'
        f'case "$*" in *update-ref*) echo marked > {tmp_path}/mark; kill -INT $PPID;; esac\n'
        f'exec {git} "$@"\n'
    )
    wrapper.chmod(0o755)
    before = possessions(repo)
    path = f"{wrapper.parent}:/usr/bin:/bin"
    ran = snitch(repo, "promote", "churn", *DAY, **IDENTITY, PATH=path)
    assert ran.status == 130, ran.err
    assert (tmp_path / "mark").exists()
    assert possessions(repo) == before
    assert not list((repo.root / ".git").rglob("*.lock"))
    assert snitch(repo, "promote", "churn", *DAY, **IDENTITY, PATH=path).status == 0
