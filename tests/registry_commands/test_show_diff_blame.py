from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from example import pointer
from judging import deployed
from judging import judge
from judging import snitch
from pasts import AS_OF
from pasts import book
from pasts import files
from pasts import release
from pasts import three_releases

from snitch.engine.ledger.blame import blame
from snitch.engine.ledger.difference import differences
from snitch.engine.ledger.flat import facts_of
from snitch.engine.ledger.models import overview
from snitch.engine.ledger.shown import show
from snitch.findings import CannotJudgeError

if TYPE_CHECKING:
    from pathlib import Path

    from repo import Repo

    from snitch.engine.ledger.difference import Difference


def compared(
    repo: Repo, model: str | None, *sides: str | None, everything: bool = False
) -> tuple[Difference, ...]:
    before, after = sides or (None, None)
    with book(repo) as opened:
        return differences(opened, model, before, after, everything=everything)


@pytest.mark.parametrize("where", [None, "production", "worktree", "1.2.0", "HEAD", "main~1"])
def test_a_release_is_named_by_environment_version_or_revision(
    tmp_path: Path, where: str | None
) -> None:
    repo, _ = three_releases(tmp_path)
    with book(repo) as opened:
        assert show(opened, "churn", where).release.metadata.version == "1.2.0"
        assert show(opened, "churn", "1.0.0").release.metadata.version == "1.0.0"


def test_the_weights_come_by_exact_commands(tmp_path: Path) -> None:
    repo, commits = three_releases(tmp_path)
    with book(repo) as opened:
        old = show(opened, "churn", "1.1.0")
        here = show(opened, "churn", "worktree")
    path = "models/churn/weights/model.safetensors"
    assert (old.ref, old.commit) == (commits[1][:12], commits[1])
    assert old.commands == (
        f"git lfs fetch origin {commits[1]} --include {path}",
        f"git cat-file blob {commits[1]}:{path} | git lfs smudge > model.safetensors",
    )
    assert here.commands == (f"git lfs pull --include {path}",)


def test_a_path_of_weights_is_quoted_for_the_shell(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    evil = "weights/$(touch x);.safetensors"
    held = files("1.3.0", "0.9")
    pointer = held.pop("models/churn/weights/model.safetensors")
    config = held["models/churn/config.yaml"].replace("weights/model.safetensors", f"'{evil}'")
    repo.git("rm", "-q", "models/churn/weights/model.safetensors")
    repo.commit(
        "evil", {**held, "models/churn/config.yaml": config, f"models/churn/{evil}": pointer}
    )
    with book(repo) as opened:
        commands = show(opened, "churn").commands
    assert all("'" in command for command in commands)
    assert f"--include 'models/churn/{evil}'" in commands[0]


def test_what_is_shown_holds_the_changelog_entry_and_the_evidence(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.write({"models/churn/evidence/shadow.json": "{}\n"})
    with book(repo) as opened:
        shown = show(opened, "churn", "worktree")
    assert shown.entry is not None
    assert "Retrained on the October accounts." in shown.entry.text
    assert shown.evidence == ("evidence/shadow.json",)


def test_a_difference_has_the_rows_of_the_check(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.write(files("1.3.0", "0.90"))
    (found,) = compared(repo, "churn", everything=True)
    report = judge(repo, names=("churn",), as_of=AS_OF)
    assert found.metrics == report.models[0].metrics
    (short,) = compared(repo, "churn")
    assert short.metrics == tuple(row for row in found.metrics if row.verdict != "equal")


def test_a_difference_tells_keys_that_came_went_and_changed(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    path = "models/churn/config.yaml"
    text = files("1.3.0", "0.93")[path]
    text = text.replace("learning_rate: 0.1", "eta: 0.10").replace("monthly_spend]", "region]")
    repo.write({path: text, "models/churn/requirements.txt": "numpy==2.2.0\nscikit-learn==1.5.2\n"})
    (found,) = compared(repo, "churn")
    assert {(one.section, one.name): (one.before, one.after) for one in found.changes} == {
        ("config", "hyperparameters.eta"): (None, "0.10"),
        ("config", "hyperparameters.learning_rate"): ("0.1", None),
        ("config", "version"): ("1.2.0", "1.3.0"),
        ("features", "features.monthly_spend"): ("monthly_spend", None),
        ("features", "features.region"): (None, "region"),
        ("dependencies", "numpy"): ("numpy==2.1.0", "numpy==2.2.0"),
    }


def test_without_a_model_every_one_that_differs_is_compared(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.branch("staging").commit("new", files("1.0.0", "0.9", "models/new", "new"))
    repo.git("rm", "-rq", "models/fraud")
    repo.commit("gone", files("1.3.0", "0.94"))
    found = {one.model: one for one in compared(repo, None, "production", "staging")}
    assert {name: (one.before.version, one.after.version) for name, one in found.items()} == {
        "churn": ("1.2.0", "1.3.0"),
        "fraud": ("1.0.0", None),
        "new": (None, "1.0.0"),
    }
    assert compared(repo, None, "production", "main") == ()


def test_what_lies_below_a_model_is_its_own_under_a_glob_of_every_depth(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    policy = (repo.root / "snitch.yaml").read_text()
    assert "models/*" in policy
    repo.commit("every depth", {"snitch.yaml": policy.replace("models/*", "models/**")})
    repo.branch("next").commit("weights", {"models/churn/weights/model.safetensors": pointer()})
    (found,) = compared(repo, None, "production", "next")
    assert (found.model, [one.section for one in found.changes]) == ("churn", ["weights"])
    with book(repo) as opened:
        assert {row.name: row.changed for row in overview(opened).models} == {
            "churn": True,
            "fraud": False,
        }


def test_versions_of_one_model_are_compared(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    (found,) = compared(repo, "churn", "1.0.0", "1.1.0")
    assert [(row.name, row.delta) for row in found.metrics] == [("auc", "0.01")]


@pytest.mark.parametrize("where", ["9.9.9", "nowhere", "-x", "a..b"])
def test_a_word_that_names_no_release_is_told_with_a_remedy(tmp_path: Path, where: str) -> None:
    repo, _ = three_releases(tmp_path)
    with pytest.raises(CannotJudgeError) as error:
        compared(repo, "churn", where, "production")
    assert "snitch history churn" in error.value.remedy


def test_a_model_that_one_environment_lacks_is_no_unknown_one(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.branch("staging").commit("risk", {**files("1.0.0", "0.8", "models/risk", "risk")})
    with book(repo) as opened:
        assert show(opened, "risk", "staging").release.name == "risk"
        with pytest.raises(CannotJudgeError, match="main holds no model `risk`") as lacking:
            show(opened, "risk", "production")
        with pytest.raises(CannotJudgeError, match="`rsik`") as unknown:
            show(opened, "rsik", "production")
    assert "snitch history risk" in lacking.value.remedy
    assert "snitch history" not in unknown.value.remedy


def test_of_two_models_of_one_name_the_directory_of_that_name_speaks_or_else_none(
    tmp_path: Path,
) -> None:
    repo, _ = three_releases(tmp_path)
    twins = [files("1.0.0", "0.8", f"models/{it}", "risk") for it in ("b", "a")]
    repo.commit("twins", {**twins[0], **twins[1]})
    with book(repo) as opened:
        with pytest.raises(CannotJudgeError) as caught:
            show(opened, "risk", "production")
        assert caught.value.message.endswith("more than once: `models/a`, `models/b`")
        assert show(opened, "models/a", "production").release.path == "models/a"
    repo.commit("a third", {**files("3.0.0", "0.9", "models/risk", "risk")})
    with book(repo) as opened:
        assert show(opened, "risk", "production").release.path == "models/risk"


def test_what_a_lock_file_pins_is_told_by_its_version(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    lock = '[[package]]\nname = "numpy"\nversion = "2.1.0"\nsource = {registry = "https://x.example"}\n'
    repo.commit("a lock", {"models/churn/uv.lock": f"version = 1\n{lock}"})
    with book(repo) as opened:
        told = facts_of(show(opened, "churn", "production").release)
    assert told["dependencies", "numpy in uv.lock"] == "==2.1.0"


def test_blame_names_each_merge_that_moved_the_metric_and_no_other(tmp_path: Path) -> None:
    repo, commits = three_releases(tmp_path)
    release(repo, "2026-09-10", "1.3.0", {**files("1.3.0", "0.93")})
    worse = release(repo, "2026-09-20", "1.4.0", {**files("1.4.0", "0.92")})
    with book(repo) as opened:
        found = blame(opened, "churn", "auc")
    assert [(one.deployment.commit, one.row.delta, one.row.verdict) for one in found.movements] == [
        (worse, "-0.01", "regressed"),
        (commits[2], "0.02", "improved"),
        (commits[1], "0.01", "improved"),
        (commits[0], None, "new"),
    ]


def test_blame_of_a_slice_and_of_nothing(tmp_path: Path) -> None:
    repo, commits = three_releases(tmp_path)
    with book(repo) as opened:
        found = blame(opened, "churn", "auc", "plan=enterprise")
        assert [one.deployment.commit for one in found.movements] == [commits[0]]
        with pytest.raises(CannotJudgeError) as error:
            blame(opened, "churn", "acu")
        assert error.value.remedy == "the nearest is `auc`"
        with pytest.raises(CannotJudgeError) as error:
            blame(opened, "churn", "something_else")
        assert error.value.remedy == "name one of auc, log_loss"
        with pytest.raises(CannotJudgeError) as error:
            blame(opened, "churn", "auc", "plan=nobody")
        assert error.value.message == "no release has a metric `auc` of slice `plan=nobody`"
        assert error.value.remedy == "see what it measures: snitch show churn"


def test_blame_compares_across_a_time_without_the_model(tmp_path: Path) -> None:
    repo, commits = three_releases(tmp_path)
    repo.git("rm", "-rq", "models/churn")
    repo.commit("gone")
    back = repo.commit("back", files("1.3.0", "0.95"))
    with book(repo) as opened:
        newest, before, *_ = blame(opened, "churn", "auc").movements
    assert (newest.deployment.commit, newest.before, newest.row.delta) == (back, "1.2.0", "0.02")
    assert before.deployment.commit == commits[2]


def test_of_many_metrics_blame_names_ten(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    path = "models/churn/metrics.json"
    many = json.loads((repo.root / path).read_text())
    many["metrics"] = {f"m{number:02}": 0.5 for number in range(30)}
    repo.commit("many", {path: json.dumps(many)})
    with book(repo) as opened, pytest.raises(CannotJudgeError) as error:
        blame(opened, "churn", "something_else")
    assert error.value.remedy.split(", ")[-1] == "m07"


def test_the_commands_print_json_markdown_and_tables(tmp_path: Path) -> None:
    repo, commits = three_releases(tmp_path)
    shown = json.loads(snitch(repo, "show", "churn@1.0.0", "--format", "json").out)
    assert (shown["version"], shown["commit"]) == ("1.0.0", commits[0])
    page = snitch(repo, "diff", "churn", "1.0.0", "production", "--format", "markdown").out
    assert "| <code>auc</code> | - | <code>higher</code> |" in page
    assert snitch(repo, "diff", "churn").out.count("nothing differs") == 1
    said = snitch(repo, "blame", "churn", "auc", COLUMNS="140").out
    assert said.splitlines()[1].split()[:2] == ["2026-09-01", commits[2][:12]]


def test_a_list_of_mappings_is_compared_key_by_key(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    path = "models/churn/config.yaml"
    text = (repo.root / path).read_text()
    stages = (
        "stages:\n- {name: fit, epochs: 8, sizes: [16, [{übung: größe}]]}\n"
        "- {name: same, epochs: 1}\n- {name: same, epochs: 2}\n"
    )
    repo.commit("stages", {path: text + stages})
    repo.write({path: text + stages.replace("epochs: 8", "epochs: 9").replace("epochs: 2", "x: 2")})
    with book(repo) as opened:
        told = facts_of(show(opened, "churn").release)
        (found,) = differences(opened, "churn", None, None, everything=False)
    assert told["config", "stages.fit.sizes"] == '[16, [{"übung": "größe"}]]'
    assert {
        (one.name, one.before, one.after) for one in found.changes if one.section == "config"
    } == {
        ("stages.fit.epochs", "8", "9"),
        ("stages.2.epochs", "2", None),
        ("stages.2.x", None, "2"),
    }


def test_of_a_model_that_is_lost_people_are_told_just_that(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.git("rm", "-r", "--quiet", "models/churn")
    assert snitch(repo, "diff").out == "churn: 1.3.2 in main → nothing in the working tree\n"
    page = snitch(repo, "diff", "--format", "markdown").out
    assert (page.startswith("### "), page.strip().count("\n")) == (True, 0)
    [model] = json.loads(snitch(repo, "diff", "--format", "json").out)["models"]
    assert model["after"]["path"] is None
    assert {"section": "config", "name": "owner", "before": "risk-ml", "after": None} in (
        model["changes"]
    )
