from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from judging import snitch
from moved import TODAY
from moved import passing
from moved import possessions
from moved import tree
from moved import two_deployed

from snitch.engine.ledger.book import open_book
from snitch.engine.ledger.catalog import catalog
from snitch.engine.ledger.models import overview
from snitch.engine.ledger.promotion import Prepared
from snitch.engine.ledger.promotion import plan_promotion
from snitch.engine.ledger.promotion import plan_rollback
from snitch.engine.ledger.promotion import prepare
from snitch.findings import CannotJudgeError
from snitch.reports.ledger.promotion import message

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from repo import Repo

    from snitch.engine.ledger.promotion import Plan
    from snitch.findings import Report


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Churn and fraud 1.0.0 in production, 1.1.0 of both in staging."""
    made = two_deployed(tmp_path / "repo", monkeypatch)
    made.branch("staging").commit("next", {**passing("churn", 1), **passing("fraud", 1)})
    return made.checkout("main")


def promoted(
    repo: Repo,
    *models: str,
    said: Callable[[Plan, Report], str] = message,
    branch: str | None = None,
) -> Prepared:
    with open_book(repo.root, TODAY) as book:
        plan = plan_promotion(book, "staging", "production", models)
        return prepare(book, plan, said, branch)


def rolled_back(repo: Repo, model: str, version: str) -> Prepared:
    with open_book(repo.root, TODAY) as book:
        return prepare(book, plan_rollback(book, model, version), message)


def test_a_promotion_brings_exactly_the_named_models_files(repo: Repo) -> None:
    done = promoted(repo, "churn")
    assert done.branch == "snitch/promote-churn-1_1_0"
    changed = repo.git("diff", "--name-only", "main", done.branch).splitlines()
    assert changed
    assert all(path.startswith("models/churn/") for path in changed)
    assert tree(repo, done.branch, "models/churn") == tree(repo, "staging", "models/churn")
    assert repo.git("rev-parse", f"{done.branch}^") == repo.git("rev-parse", "main")


def test_without_names_every_model_that_is_ahead_is_promoted(repo: Repo) -> None:
    done = promoted(repo)
    assert [move.model for move in done.plan.moves] == ["churn", "fraud"]
    assert tree(repo, str(done.branch)) == tree(repo, "staging")


def test_nothing_of_the_person_is_touched(repo: Repo) -> None:
    repo.write({"models/churn/config.yaml": "half written", "notes.txt": "mine"})
    repo.write({"models/fraud/train.py": "staged\n"}).git("add", "models/fraud/train.py")
    before = possessions(repo)
    promoted(repo, "churn")
    after = possessions(repo)
    new = after.refs.keys() - before.refs.keys()
    assert new == {"refs/heads/snitch/promote-churn-1_1_0"}
    assert {name: after.refs[name] for name in before.refs} == before.refs
    assert (after.head, after.index, after.files) == (before.head, before.index, before.files)


def test_the_commit_tells_the_verdict_and_nothing_in_it_is_alive(repo: Repo) -> None:
    done = promoted(repo, "churn")
    text = repo.git("log", "-1", "--format=%B", str(done.commit))
    assert text.startswith("Promote churn 1.1.0 from staging to production\n")
    assert "churn  1.0.0  1.1.0  auc" in text
    assert "improved" in text
    assert repo.git("rev-parse", "main") in text


def test_a_failing_gate_refuses_and_leaves_no_branch(repo: Repo) -> None:
    worse = {path: text.replace("0.911", "0.5") for path, text in passing("churn", 1).items()}
    repo.checkout("staging").commit("worse", worse)
    before = possessions(repo)
    done = promoted(repo, "churn")
    assert (done.report.verdict, done.branch) == ("fail", None)
    assert possessions(repo) == before


def test_a_model_that_moved_is_promoted_to_its_new_directory(repo: Repo) -> None:
    repo.checkout("staging").git("mv", "models/churn", "models/leaving")
    repo.commit("moved")
    done = promoted(repo, "churn")
    branch = str(done.branch)
    assert tree(repo, branch, "models/leaving") == tree(repo, "staging", "models/leaving")
    assert tree(repo, branch, "models/churn") == {}
    assert tree(repo, branch, "models/fraud") == tree(repo, "main", "models/fraud")


def test_a_directory_that_production_gave_to_another_model_is_in_the_way(repo: Repo) -> None:
    repo.commit("taken", passing("newcomer", 0, "leaving"))
    repo.checkout("staging").git("mv", "models/churn", "models/leaving")
    repo.commit("moved")
    before = possessions(repo)
    with pytest.raises(CannotJudgeError, match="leaving"):
        promoted(repo, "churn")
    assert possessions(repo) == before


def test_a_new_model_is_promoted_and_executable_files_stay_so(repo: Repo) -> None:
    repo.checkout("staging").write({**passing("young", 0), "models/young/run.sh": "#!/bin/sh\n"})
    (repo.root / "models/young/run.sh").chmod(0o755)
    repo.commit("young")
    done = promoted(repo, "young")
    held = tree(repo, str(done.branch), "models/young")
    assert held == tree(repo, "staging", "models/young")
    assert held["run.sh"].startswith("100755")


@pytest.mark.parametrize(
    ("model", "told"), [("churn", "never held"), ("fraud", "nothing to promote")]
)
def test_a_model_that_is_not_ahead_is_refused_with_the_reason(
    repo: Repo, model: str, told: str
) -> None:
    repo.commit("hotfix", {"models/churn/train.py": "import numpy\n", **passing("fraud", 1)})
    with pytest.raises(CannotJudgeError) as error:
        promoted(repo, model)
    assert told in f"{error.value.message} {error.value.remedy}"


def test_a_production_that_moves_meanwhile_is_noticed(repo: Repo) -> None:
    def pushed_meanwhile(plan: Plan, report: Report) -> str:
        repo.commit("somebody else", {"README.md": "hello\n"})
        return message(plan, report)

    with pytest.raises(CannotJudgeError, match="moved"):
        promoted(repo, "churn", said=pushed_meanwhile)
    assert "snitch/" not in repo.git("for-each-ref")


def test_a_branch_that_appears_meanwhile_is_kept(repo: Repo) -> None:
    def made_meanwhile(plan: Plan, report: Report) -> str:
        repo.git("branch", "wanted", "staging")
        return message(plan, report)

    with pytest.raises(CannotJudgeError):
        promoted(repo, "churn", said=made_meanwhile, branch="wanted")
    assert repo.git("rev-parse", "wanted") == repo.git("rev-parse", "staging")


def test_an_interruption_leaves_nothing(repo: Repo) -> None:
    def interrupted(_plan: Plan, _report: Report) -> str:
        raise KeyboardInterrupt

    before = possessions(repo)
    with pytest.raises(KeyboardInterrupt):
        promoted(repo, "churn", said=interrupted)
    assert possessions(repo) == before


def test_no_hook_of_the_repository_runs(repo: Repo) -> None:
    hook = repo.root / ".git/hooks/reference-transaction"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\necho ran >> {repo.root}/.git/ran\nexit 1\n")
    hook.chmod(0o755)
    assert promoted(repo, "churn").branch is not None
    assert not (repo.root / ".git/ran").exists()


def test_no_program_that_the_repository_names_runs(repo: Repo) -> None:
    canary = repo.root / ".git/canary"
    canary.write_text(f"#!/bin/sh\necho $0 >> {repo.root}/.git/ran\n")
    canary.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "diff.external",
        "diff.evil.command",
        "diff.evil.textconv",
        "filter.evil.clean",
        "filter.evil.smudge",
        "gpg.program",
        "core.pager",
    ):
        repo.git("config", key, str(canary))
    repo.git("config", "commit.gpgSign", "true")
    repo.write({".git/info/attributes": "* diff=evil filter=evil\n"})
    with open_book(repo.root, TODAY) as book:
        assert overview(book).models
        assert list(catalog(book).each(lambda card: card.row.name)) == ["churn", "fraud"]
    assert promoted(repo, "churn").branch is not None
    assert not (repo.root / ".git/ran").exists()


def test_a_rollback_brings_a_release_back_to_the_byte_and_passes_as_one(repo: Repo) -> None:
    repo.merge("staging")
    done = rolled_back(repo, "churn", "1.0.0")
    branch = str(done.branch)
    assert branch == "snitch/rollback-churn-1_0_0"
    assert tree(repo, branch, "models/churn") == tree(repo, "main^", "models/churn")
    assert tree(repo, branch, "models/fraud") == tree(repo, "main", "models/fraud")
    assert "rollback" in repo.git("log", "-1", "--format=%B", branch)


def test_a_rollback_follows_a_model_that_has_moved_since(repo: Repo) -> None:
    repo.merge("staging")
    repo.git("mv", "models/churn", "models/leaving")
    repo.commit("moved")
    done = rolled_back(repo, "churn", "1.0.0")
    assert done.branch is not None
    assert tree(repo, done.branch, "models/leaving") == tree(repo, "main~2", "models/churn")
    assert "rollback" in repo.git("log", "-1", "--format=%B", done.branch)


def test_a_rollback_follows_a_model_that_has_moved_twice_and_changed_between(repo: Repo) -> None:
    repo.merge("staging")
    for number, (old, new) in enumerate((("churn", "leaving"), ("leaving", "gone")), start=2):
        repo.git("mv", f"models/{old}", f"models/{new}")
        repo.commit("moved")
        repo.commit("changed", {**passing("churn", number, new)})
    done = rolled_back(repo, "churn", "1.0.0")
    assert done.branch is not None
    assert tree(repo, done.branch, "models/gone") == tree(repo, "main~5", "models/churn")


def test_a_rollback_brings_back_what_production_has_removed(repo: Repo) -> None:
    repo.git("rm", "-rq", "models/churn")
    repo.commit("gone")
    done = rolled_back(repo, "churn", "1.0.0")
    assert done.branch is not None
    assert tree(repo, done.branch, "models/churn") == tree(repo, "main^", "models/churn")
    assert "rollback" in repo.git("log", "-1", "--format=%B", done.branch)


@pytest.mark.parametrize(("version", "told"), [("1.0.0", "holds"), ("9.9.9", "never held")])
def test_a_rollback_to_now_or_to_nowhere_is_refused(repo: Repo, version: str, told: str) -> None:
    with pytest.raises(CannotJudgeError, match=told):
        rolled_back(repo, "churn", version)


def test_the_commands_print_how_to_push(repo: Repo) -> None:
    repo.git("remote", "add", "origin", "https://github.com/acme/models.git")
    for branch in ("main", "staging"):
        repo.git("update-ref", f"refs/remotes/origin/{branch}", branch)
    identity = {
        f"GIT_{who}_{what}": "ana@example.com"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    ran = snitch(repo, "promote", "churn", "--as-of", "2026-11-23", **identity)
    assert ran.status == 0, ran.err
    assert "git push origin snitch/promote-churn-1_1_0" in ran.out
    assert "gh pr create --base main --head snitch/promote-churn-1_1_0 --fill" in ran.out
    again = snitch(repo, "promote", "churn", "--as-of", "2026-11-23", **identity)
    assert "snitch/promote-churn-1_1_0-2" in again.out
    assert snitch(repo, "rollback", "churn", "--to", "1.0.0").status == 2
