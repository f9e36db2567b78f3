"""A new model with the weights of one that stays: a first release, and not without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import DEPLOYED
from example import GOOD
from example import OLD_OID
from example import metrics
from example import named
from example import pointer
from judging import at
from judging import codes
from judging import deployed
from judging import judge

from snitch.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WEIGHTS = "weights/model.safetensors"


def under(name: str, files: Mapping[str, str]) -> dict[str, str]:
    """A model's files with another name in its config."""
    return at(f"models/{name}", named(files, name))


COPY = under("churn-eu", {**GOOD, WEIGHTS: pointer(OLD_OID), "metrics.json": metrics(oid=OLD_OID)})


@pytest.mark.parametrize("where", ["committed", "staged"])
def test_production_s_weights_under_another_name_are_told(tmp_path: Path, where: str) -> None:
    repo = deployed(tmp_path)
    repo.write(COPY)
    repo.git("add", "--all")
    if where == "committed":
        repo.commit("a copy")
    [found] = judge(repo, candidate="index" if where == "staged" else "worktree").findings
    assert (found.rule.code, found.severity) == ("POL710", Severity.WARNING)
    assert found.message == (
        "production's `churn` has or had these very weights; as a model of another name this is a "
        "first release, and nothing compares its numbers with those"
    )
    assert found.place is not None
    assert found.place.path == f"models/churn-eu/{WEIGHTS}"


def test_weights_that_production_overwrote_are_told_too(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.checkout("main")
    repo.commit("churn 1.4.0", at("models/churn", GOOD))
    repo.branch("copy")
    repo.commit("a copy of 1.3.2", COPY)
    [found] = [one for one in judge(repo).findings if one.rule.code == "POL710"]
    assert found.severity is Severity.WARNING
    assert "production's `churn` has or had these very weights" in found.message


def test_it_is_told_beside_a_change_of_the_original(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("both", {**at("models/churn", GOOD), **COPY})
    assert codes(judge(repo)) == ["POL710"]


def test_weights_of_its_own_or_a_part_that_models_share_make_no_copy(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("another", under("churn-eu", GOOD))
    repo.commit("an encoder", {f"models/churn-eu/{WEIGHTS}".replace("model.", "part."): pointer()})
    assert codes(judge(repo)) == []


def test_a_name_that_other_words_contain_hides_no_rename(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("renamed", {**dict.fromkeys(at("models/churn", DEPLOYED)), **under("m", GOOD)})
    assert codes(judge(repo)) == ["POL710"]
