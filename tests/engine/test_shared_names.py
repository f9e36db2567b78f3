"""Models that nobody could tell apart: one inside of another, or two under one name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import GOOD
from example import POLICY
from example import named
from judging import at
from judging import codes
from judging import judge
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.findings import Report


@pytest.fixture(scope="module")
def nested(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Three models, one inside of another, and a fourth beside them."""
    repo = Repo(tmp_path_factory.mktemp("nested"))
    files = {"snitch.yaml": POLICY.replace("models/*", "models/**")}
    for path in ("churn", "churn/in", "churn/in/deep", "churn-eu"):
        files |= at(f"models/{path}", named(GOOD, path.replace("/", "-")))
    repo.commit("nested", files)
    return repo


def told(report: Report) -> dict[str | None, str]:
    """By model, what the rule on names says of it."""
    found = [one for one in report.findings if one.rule.code == "CPL110"]
    assert len({one.model for one in found}) == len(found)
    return {one.model: one.message.partition(" are models")[0] for one in found}


def test_of_models_inside_of_one_another_each_names_the_others(nested: Repo) -> None:
    outer, inner, deep = "`models/churn`", "`models/churn/in`", "`models/churn/in/deep`"
    assert told(judge(nested, everything=True)) == {
        "churn": f"{outer} and {inner} and {deep}",
        "churn-in": f"{inner} and {outer} and {deep}",
        "churn-in-deep": f"{deep} and {outer} and {inner}",
    }


@pytest.mark.parametrize("name", ["churn", "churn-in", "churn-in-deep"])
def test_each_of_them_says_so_when_it_is_judged_alone(nested: Repo, name: str) -> None:
    assert [*told(judge(nested, names=(name,)))] == [name]


def test_a_broken_release_around_another_model_can_be_mended(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    inner = at("models/churn/in", named(GOOD, "churn-in"))
    broken = at("models/churn", {**GOOD, "metrics.json": "{"})
    policy = POLICY.replace("models/*", "models/**")
    repo.commit("broken", {"snitch.yaml": policy, **broken, **inner})
    repo.branch("mend").commit("mended", at("models/churn", GOOD))
    report = judge(repo)
    assert [model.name for model in report.models] == ["churn"]
    assert report.failures == ()


def test_a_model_at_the_root_is_around_all_others_and_counts_for_none(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    files = {**named(GOOD, "all"), **at("models/churn", GOOD)}
    policy = POLICY.replace("- path: models/*", "- path: .\n  - path: models/*")
    repo.commit("two", {"snitch.yaml": policy, **files})
    report = judge(repo, everything=True)
    assert [model.name for model in report.models] == ["all", "churn"]
    assert "CPL110" not in codes(report)


def test_an_audit_names_for_each_of_three_twins_the_other_two(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    files = [at(f"models/{path}", GOOD) for path in ("a", "b", "c")]
    alone = at("models/d", named(GOOD, "other"))
    everything = {path: text for some in [*files, alone] for path, text in some.items()}
    repo.commit("twins", {"snitch.yaml": POLICY, **everything})
    found = [one for one in judge(repo, everything=True).findings if one.rule.code == "CPL110"]
    assert [one.message.partition("; ")[0].partition(" in ")[2] for one in found] == [
        "`models/b` and `models/c`",
        "`models/a` and `models/c`",
        "`models/a` and `models/b`",
    ]
