"""A model keeps its history: under another name, in another directory, after an absence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import DEPLOYED
from example import GOOD
from example import POLICY
from example import metrics
from example import named
from judging import at
from judging import codes
from judging import deployed
from judging import judge
from repo import Repo
from shapes import SHAPES

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.findings import Report

WORSE = {**GOOD, "metrics.json": metrics("0.908")}


def without_churn(repo: Repo, directory: str = "models/churn") -> Repo:
    """Production has given churn up, and keeps another model."""
    repo.checkout("main")
    repo.git("rm", "-r", "--quiet", directory)
    fraud = {
        name: text.replace("churn", "fraud")
        for name, text in DEPLOYED.items()
        if "weig" not in name
    }
    repo.commit("no churn", at("models/fraud", fraud))
    return repo.branch("again")


def test_a_model_renamed_in_place_is_told_at_its_name_and_compared(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("renamed", at("models/churn", named(WORSE, "churn-2")))
    report = judge(repo)
    assert codes(report) == ["POL710", "REG301"]
    place = report.findings[0].place
    assert place is not None
    assert (place.path, place.line) == ("models/churn/config.yaml", 1)


def test_an_approved_rename_is_silent_and_compared(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=f"{POLICY}renames: [{{model: churn, to: churn-2}}]\n")
    repo.commit("renamed", at("models/churn", named(WORSE, "churn-2")))
    assert codes(judge(repo)) == ["REG301"]
    repo.git("mv", "models/churn", "models/other")
    repo.commit("and moved")
    assert codes(judge(repo)) == ["REG301"]


def after_an_approved_rename(root: Path, name: str) -> Report:
    """Churn may be called fresh: it is gone, and a model that shares nothing with it is there."""
    repo = deployed(root, policy=f"{POLICY}renames: [{{model: churn, to: fresh}}]\n")
    repo.git("rm", "-r", "--quiet", "models/churn")
    other = f"name: {name}\nversion: 1.4.0\na: 1\nb: 2\nc: 3\n"
    repo.commit("all is new", at(f"models/{name}", {**WORSE, "config.yaml": other}))
    return judge(repo)


def test_an_approved_rename_is_known_by_nothing_but_the_policy(tmp_path: Path) -> None:
    report = after_an_approved_rename(tmp_path, "fresh")
    assert report.models[0].deployed_version == "1.3.2"
    assert "REG301" in codes(report)
    assert not {"POL707", "POL710"} & {*codes(report)}


def test_an_approved_rename_makes_no_other_new_model_that_one(tmp_path: Path) -> None:
    report = after_an_approved_rename(tmp_path, "another")
    assert report.models[0].deployed_version is None
    assert "POL707" in codes(report)


def test_a_rename_that_only_the_change_approves_is_not_approved(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    policy = f"{POLICY}renames: [{{model: churn, to: churn-2}}]\n"
    repo.commit("both", {**at("models/churn", named(WORSE, "churn-2")), "snitch.yaml": policy})
    assert {"POL710", "POL702", "REG301"} <= set(codes(judge(repo)))


def test_a_model_moved_renamed_and_trained_anew_is_known_by_its_config(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.git("rm", "-r", "--quiet", "models/churn")
    repo.commit("another life", at("models/leaving", named(WORSE, "leaving")))
    assert codes(judge(repo)) == ["POL710", "REG301"]


@pytest.mark.parametrize("directory", ["models/churn", "models/elsewhere"])
def test_a_model_that_comes_back_is_no_first_release(tmp_path: Path, directory: str) -> None:
    repo = without_churn(deployed(tmp_path))
    repo.commit("back", at(directory, WORSE))
    report = judge(repo)
    assert "REG301" in codes(report)
    assert "POL710" not in codes(report)


@pytest.mark.parametrize("spelling", ["churn", '"churn"', '"\\x63hurn"', '"\\u0063hurn"'])
def test_a_model_is_known_by_its_name_wherever_it_stood_and_however_that_is_written(
    tmp_path: Path, spelling: str
) -> None:
    repo = deployed(tmp_path, "models/leaving").checkout("main")
    repo.commit("another spelling", at("models/leaving", named(DEPLOYED, spelling)))
    repo = without_churn(repo, "models/leaving")
    repo.commit("back", at("models/elsewhere", WORSE))
    assert "REG301" in codes(judge(repo))


@pytest.mark.parametrize(("kept", "known"), [(2, False), (3, True), (4, True)])
def test_a_config_is_known_by_three_lines_of_five(
    tmp_path: Path,
    kept: int,
    known: bool,  # noqa: FBT001 - one column of the table
) -> None:
    own, new = ([f"{part}{number}: 1" for number in range(4)] for part in "ab")
    old = "\n".join(["name: churn", "version: 1.3.2", *own[:4], ""])
    lines = [*own[:kept], *new[: 4 - kept]]
    repo = deployed(tmp_path).checkout("main")
    repo.commit("a short config", at("models/churn", {"config.yaml": old}))
    repo.branch("next").git("rm", "-rq", "models/churn")
    files = {**WORSE, "config.yaml": "\n".join(["name: fresh", "version: 0.1.0", *lines, ""])}
    repo.commit("another life", at("models/fresh", files))
    assert ("POL710" in codes(judge(repo))) == known


def test_a_model_of_another_layout_keeps_its_history_under_another_name(tmp_path: Path) -> None:
    policy = "version: 1\nmodels: [{path: models/*, layout: monai}]\n"
    repo = Repo(tmp_path)
    repo.commit("bundles", {"snitch.yaml": policy, **SHAPES["monai"].files})
    repo.branch("next").git("mv", "models/organ", "models/liver")
    path = "models/liver/configs/metadata.json"
    text = (repo.root / path).read_text()
    repo.commit("renamed", {path: text.replace("0.96", "0.80"), "models/liver/LICENSE": "none\n"})
    (model,) = judge(repo).models
    assert (model.name, model.deployed_version) == ("liver", "0.2.0")


def test_a_model_that_went_by_its_directory_s_name_comes_back_under_it(tmp_path: Path) -> None:
    nameless = {**DEPLOYED, "config.yaml": DEPLOYED["config.yaml"].replace("name: churn\n", "")}
    repo = deployed(tmp_path)
    repo.checkout("main")
    repo.commit("nameless", at("models/churn", nameless))
    repo = without_churn(repo)
    repo.commit("back", at("models/elsewhere", WORSE))
    assert "REG301" in codes(judge(repo))


def test_another_name_where_a_model_was_given_up_is_told(tmp_path: Path) -> None:
    repo = without_churn(deployed(tmp_path))
    other = "name: fresh\nversion: 0.1.0\na: 1\nb: 2\nc: 3\n"
    repo.commit("in its place", at("models/churn", {**WORSE, "config.yaml": other}))
    assert "POL710" in codes(judge(repo))


def test_weights_that_production_gave_up_are_known_under_any_name(tmp_path: Path) -> None:
    repo = without_churn(deployed(tmp_path))
    weights = "weights/model.safetensors"
    files = named({**WORSE, weights: DEPLOYED[weights]}, "fresh")
    repo.commit("back", at("models/fresh", files))
    assert {"POL710", "REG301"} <= set(codes(judge(repo)))


def test_weights_that_this_very_change_removes_are_known_under_any_name(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.git("rm", "-r", "--quiet", "models/churn")
    weights = "weights/model.safetensors"
    other = "name: fresh\nversion: 0.1.0\na: 1\nb: 2\nc: 3\n"
    files = {**WORSE, "config.yaml": other, weights: DEPLOYED[weights]}
    repo.commit("the same weights", at("models/fresh", files))
    assert "POL710" in codes(judge(repo))


def test_a_model_of_other_weights_and_another_config_is_new(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.git("rm", "-r", "--quiet", "models/churn")
    lines = DEPLOYED["config.yaml"].splitlines()
    config = "\n".join(["name: fresh", "version: 0.1.0", *lines[2:6], "a: 1", "b: 2", "c: 3", ""])
    repo.commit("another", at("models/fresh", {**WORSE, "config.yaml": config}))
    assert "POL710" not in codes(judge(repo))


def test_a_new_model_beside_the_old_one_is_a_first_release(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("a copy", at("models/churn-eu", named(GOOD, "churn-eu")))
    report = judge(repo)
    assert "POL710" not in codes(report)
    assert report.models[0].deployed_version is None


def test_a_new_model_where_an_old_one_stood_is_a_first_release_if_that_one_lives_on(
    tmp_path: Path,
) -> None:
    repo = deployed(tmp_path)
    repo.checkout("main")
    repo.git("mv", "models/churn", "models/leaving")
    repo.commit("moved")
    repo.branch("next")
    repo.commit("new", at("models/churn", named(GOOD, "joining")))
    assert "POL710" not in codes(judge(repo))
