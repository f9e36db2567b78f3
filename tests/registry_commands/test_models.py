from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from example import POLICY
from example import pointer
from judging import snitch
from pasts import AS_OF
from pasts import book
from pasts import files
from pasts import on
from pasts import release
from pasts import three_releases
from repo import Repo

from snitch.engine.ledger.book import open_book
from snitch.engine.ledger.models import overview
from snitch.engine.ledger.verdicts import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.engine.ledger.models import ModelRow


def rows(repo: Repo) -> dict[str, ModelRow]:
    with book(repo) as opened:
        return {row.name: row for row in overview(opened).models}


def test_every_model_of_every_environment_has_a_row(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.git("branch", "staging")
    repo.write(files("1.0.0", "0.7", "models/draft", "draft"))
    found = rows(repo)
    assert set(found) == {"churn", "draft", "fraud"}
    assert dict(found["churn"].versions) == dict.fromkeys(
        ("production", "staging", "worktree"), "1.2.0"
    )
    assert dict(found["draft"].versions) == {"worktree": "1.0.0"}
    assert found["draft"].changed
    assert found["draft"].verdict == Verdict("not judged", errors=0, warnings=0, codes=())


def test_a_row_tells_since_when_and_how_old_the_data_is(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    found = rows(repo)
    since = {name: row.since for name, row in found.items()}
    assert {name: when and when.date() for name, when in since.items()} == {
        "churn": date(2026, 9, 1),
        "fraud": date(2026, 7, 1),
    }
    assert found["churn"].data_age == 4
    assert found["churn"].benchmark == "churn-standard 2026.2"


def test_the_verdict_is_that_of_an_audit_of_production(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    release(repo, "2026-09-03", "worse", {**files("1.3.0", "0.5")})
    repo.write(files("1.3.0", "0.99"))
    report = json.loads(
        snitch(
            repo,
            "check",
            "--all",
            "--ref",
            "main",
            "--baseline",
            "main",
            *("--as-of", "2026-10-05", "--format", "json"),
        ).out
    )
    codes = {
        one["code"]
        for one in report["findings"]
        if one["model"] == "churn" and one["severity"] == "error"
    }
    verdict = rows(repo)["churn"].verdict
    assert verdict.word == "fail"
    assert codes
    assert codes <= set(verdict.codes)


def test_what_the_policy_lowers_is_counted_as_lowered(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    release(repo, "2026-09-03", "1.3.0", {**files("1.3.0", "0.5")})
    lowered = (repo.root / "snitch.yaml").read_text() + "rules: {REG304: warning}\n"
    failing = rows(repo)["churn"].verdict
    assert (failing.word, failing.errors, "REG304" in failing.codes) == ("fail", 1, True)
    repo.commit("lowered", {"snitch.yaml": lowered})
    verdict = rows(repo)["churn"].verdict
    assert (verdict.word, verdict.errors) == ("pass", 0)
    assert verdict.warnings == failing.warnings + 1
    assert "REG304" in verdict.codes


def test_the_rules_that_a_model_breaks_come_gravest_first_and_then_by_code(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    held = files("1.3.0", "0.5")
    path = "models/churn/config.yaml"
    held[path] = held[path].replace("owner: risk-ml\n", "")
    held["models/churn/requirements.txt"] = "numpy>=1\n"
    held["models/churn/CHANGELOG.md"] = "# Changelog\n"
    held["models/churn/weights/model.safetensors"] = pointer("9" * 64)
    policy = (repo.root / "snitch.yaml").read_text()
    lowered = {"snitch.yaml": f"{policy}rules: {{CPL102: warning, DEP504: info}}\n"}
    repo.commit("much is wrong", {**held, **lowered})
    assert rows(repo)["churn"].verdict == Verdict(
        "fail",
        errors=3,
        warnings=2,
        codes=("ART603", "CPL104", "REG304", "CPL102", "DEP506", "DEP504"),
    )


def test_a_model_that_cannot_be_judged_is_an_error_beside_the_others(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.commit("broken", {"models/churn/metrics.json": '{"metrics": {"auc": '})
    words = {name: row.verdict.word for name, row in rows(repo).items()}
    assert words == {"churn": "error", "fraud": "fail"}


def test_what_a_shallow_clone_cannot_judge_is_told_as_an_error(tmp_path: Path) -> None:
    origin, _ = three_releases(tmp_path / "origin")
    policy = (origin.root / "snitch.yaml").read_text()
    origin.commit("few tries", {"snitch.yaml": f"{policy}regression: {{max_evaluations: 5}}\n"})
    assert {row.verdict.word for row in rows(origin).values()} == {"pass", "fail"}
    found = rows(origin.clone(tmp_path / "clone", "--depth=1"))
    assert {name: row.verdict.word for name, row in found.items()} == {
        "churn": "error",
        "fraud": "error",
    }


def test_staging_is_what_origin_holds_whatever_this_clone_calls_so(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.branch("staging").commit("churn 1.3.0", files("1.3.0", "0.94"))
    repo.tracking("main").tracking("staging")
    repo.commit("not pushed", files("1.4.0", "0.95"))
    assert rows(repo)["churn"].versions["staging"] == "1.3.0"


def test_staging_without_a_branch_has_no_standing(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    assert rows(repo)["churn"].staging is None


def test_before_there_is_a_production_branch_staging_stands_to_nothing(tmp_path: Path) -> None:
    repo = Repo(tmp_path, "--initial-branch=staging")
    repo.commit("the first model", {"snitch.yaml": POLICY, **files("1.0.0", "0.9")})
    (row,) = rows(repo).values()
    assert (row.staging, row.since, row.verdict.word) == (None, None, "not judged")
    assert dict(row.versions) == {"staging": "1.0.0", "worktree": "1.0.0"}


@pytest.mark.parametrize("way", ["merge", "squash"])
def test_staging_stands_ahead_until_it_is_promoted_and_behind_after(
    tmp_path: Path, way: str
) -> None:
    repo, _ = three_releases(tmp_path)
    repo.branch("staging").commit("churn 1.3.0", files("1.3.0", "0.94"))
    assert rows(repo)["churn"].staging == "ahead"
    assert rows(repo)["fraud"].staging == "same"
    repo.checkout("main")
    if way == "merge":
        repo.merge("staging")
    else:
        repo.commit("churn 1.3.0 (#7)", files("1.3.0", "0.94"))
    assert rows(repo)["churn"].staging == "same"
    repo.commit("hotfix", files("1.3.1", "0.95"))
    assert rows(repo)["churn"].staging == "behind"


def test_after_a_squashed_promotion_the_next_release_is_ahead_and_not_diverged(
    tmp_path: Path,
) -> None:
    repo, _ = three_releases(tmp_path)
    repo.branch("staging").commit("churn 1.3.0", files("1.3.0", "0.94"))
    repo.checkout("main").commit("churn 1.3.0 (#7)", files("1.3.0", "0.94"))
    repo.checkout("staging").commit("churn 1.4.0", files("1.4.0", "0.95"))
    assert rows(repo)["churn"].staging == "ahead"


def test_changes_on_both_branches_have_diverged(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.branch("staging").commit("churn 1.3.0", files("1.3.0", "0.94"))
    repo.checkout("main").commit("hotfix", files("1.2.1", "0.92"))
    assert rows(repo)["churn"].staging == "diverged"


def test_a_model_that_one_branch_lacks_is_new_gone_or_behind(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.branch("staging").commit("new", files("1.0.0", "0.9", "models/new", "new"))
    repo.git("rm", "-rq", "models/fraud")
    repo.commit("fraud is gone")
    on(repo, "2026-09-05").checkout("main")
    repo.commit("young", files("1.0.0", "0.9", "models/young", "young"))
    found = {name: row.staging for name, row in rows(repo).items()}
    assert found == {"churn": "same", "fraud": "gone", "new": "new", "young": "behind"}


def test_the_command_prints_the_same_in_every_format(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    document = json.loads(snitch(repo, "models", "--as-of", "2026-10-05", "--format", "json").out)
    assert [one["name"] for one in document["models"]] == ["churn", "fraud"]
    assert document["models"][0]["since"] == "2026-09-01T12:00:00+00:00"
    table = snitch(repo, "models", "--as-of", "2026-10-05", COLUMNS="140").out.splitlines()
    assert table[0].split()[:3] == ["model", "production", "since"]
    assert table[1].split()[:3] == ["churn", "1.2.0", "2026-09-01"]
    page = snitch(repo, "models", "--as-of", "2026-10-05", "--format", "markdown").out
    assert page.startswith("| model | production | since |")


def test_names_from_a_repository_cannot_obey_in_any_format(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    evil = "\\x1b[31m<b>@all"
    held = files("1.0.0", "0.9", "models/evil")
    held["models/evil/config.yaml"] = (
        held["models/evil/config.yaml"]
        .replace("version: 1.0.0", f'version: "{evil}"')
        .replace("name: churn", "name: evil")
    )
    release(repo, "2026-09-04", "evil", {**held})
    for format_ in ("table", "markdown", "json"):
        out = snitch(repo, "models", "--format", format_).out
        assert "\x1b" not in out
    assert "<b>" not in snitch(repo, "models", "--format", "markdown").out


def test_a_repository_without_models_is_told_what_to_do(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.commit("nothing", {"README.md": "hello\n"})
    ran = snitch(repo, "models")
    assert ran.status == 0
    assert "`snitch init`" in ran.err
    assert snitch(repo, "diff").err == ran.err
    repo.commit("a policy", {"snitch.yaml": "version: 1\nmodels: [{path: zoo/*}]\n"})
    assert "correct `models` in the policy" in snitch(repo, "models").err


def test_until_production_holds_a_policy_the_one_on_the_disk_tells_which_are_models(
    tmp_path: Path,
) -> None:
    """As `snitch init` has just written it, and as `check` takes it."""
    repo = Repo(tmp_path / "repo")
    repo.commit("models", {"zoo/churn/config.yaml": "name: churn\nversion: 1.0.0\n"})
    repo.write({"snitch.yaml": "version: 1\nmodels: [{path: zoo/*}]\n"})
    assert "churn  1.0.0" in snitch(repo, "models", COLUMNS="120").out
    assert snitch(repo, "history", "churn").status == 0
    bare = repo.clone(tmp_path / "bare.git", "--bare")
    assert "0 models" in snitch(bare, "models").out


def test_a_shallow_clone_says_that_its_past_is_cut(tmp_path: Path) -> None:
    origin, _ = three_releases(tmp_path / "origin")
    ran = snitch(origin.clone(tmp_path / "clone", "--depth=1"), "history", "churn")
    assert ran.status == 0, ran.err
    assert "git fetch --unshallow" in ran.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("diff", "churn"), "name a branch or a commit"),
        (("show", "churn@staging"), "git fetch origin '+refs/heads/staging:"),
        (("promote", "--from", "prod"), "one of production, staging, worktree"),
        (("diff", "churn", "1.0.0"), "snitch diff churn production staging"),
        (("diff", "1.0.0", "production"), "snitch diff MODEL A B"),
        (("catalog", "--html", "/dev/null/site"), "--html"),
        (("blame", "churn", "auc", "--slice", "nowhere"), "snitch show churn"),
        (("show", "churn@9.9.9"), "snitch history churn"),
        (("history", "chrun"), "the nearest is `churn`"),
    ],
)
def test_every_error_is_a_line_and_its_remedy(
    tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    origin, _ = three_releases(tmp_path / "origin")
    ran = snitch(origin.clone(tmp_path / "bare.git", "--bare"), *words)
    assert ran.status == 2
    first, second = ran.err.splitlines()
    assert first.startswith("snitch: ")
    assert second.startswith("  fix: ")
    assert told in second
    assert ran.out == ""


def test_a_path_is_read_from_where_the_command_runs(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    with open_book(repo.root / "models/churn", AS_OF) as opened:
        for word in ("churn", "models/churn", ".", "../churn", str(repo.root / "models/churn")):
            found = opened.environment("production").find(word)
            assert found is not None, word
            assert found.path == "models/churn"
