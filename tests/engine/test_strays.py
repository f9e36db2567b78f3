"""Directories that look like a model and that no glob takes: by which signs, and told as what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import GOOD
from example import POLICY
from example import pointer
from judging import at
from judging import deployed
from judging import judge
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.findings import Report

PIECES = {name: GOOD[name] for name in ("config.yaml", "metrics.json")}
BOTH = "a config and metrics"


def told(report: Report) -> dict[str, str]:
    """From each directory to what it is said to hold."""
    found = [one for one in report.findings if one.rule.code == "POL711" and one.place is not None]
    parts = {one.place.path: one.message.partition(" holds ")[2] for one in found if one.place}
    return {path: part.partition(", and the policy")[0] for path, part in parts.items()}


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """A change that brings models where nobody looks, and much that is none."""
    policy = POLICY.replace(
        "path: models/*", "path: models/*\n    exclude: [toys/*, models/*/attic]"
    )
    repo = deployed(tmp_path_factory.mktemp("around"), policy=policy)
    files = {
        **at("zoo/whole", GOOD),
        **at("zoo/pieces", PIECES),
        "zoo/config/config.yaml": GOOD["config.yaml"],
        "zoo/metrics/metrics.json": GOOD["metrics.json"],
        "zoo/holder/weights/m.bin": pointer(),
        "zoo/holder/checkpoints/m.bin": pointer(),
        "zoo/twin/m.bin": pointer(),
        "zoo/packed/m.safetensors.gz": "bytes",
        "zoo/upper/M.ONNX": "bytes",
        "zoo/rows/m.csv.gz": pointer(),
        "zoo/empty/m.bin": "",
        "zoo/words/m.bin": "words",
        **at("toys/deep", {**PIECES, "weights/m.onnx": "bytes"}),
        **at("models/churn/old", PIECES),
        **at("models/churn/attic", PIECES),
        **at("", PIECES),
        **at("node_modules/other", PIECES),
        **at(".hidden/other", PIECES),
    }
    repo.write(files)
    (repo.root / "zoo/link").mkdir()
    (repo.root / "zoo/link/m.onnx").symlink_to("../upper/M.ONNX")
    repo.commit("all at once")
    return repo


EVERYWHERE = {
    "": BOTH,
    "models/churn/old": BOTH,
    "zoo/holder": "the weights `m.bin`",
    "zoo/packed": "the weights `m.safetensors.gz`",
    "zoo/pieces": BOTH,
    "zoo/twin": "the weights `m.bin`",
    "zoo/upper": "the weights `M.ONNX`",
    "zoo/whole": BOTH,
}


def test_a_change_is_told_of_all_that_looks_like_a_model(around: Repo) -> None:
    expected = {**EVERYWHERE, ".hidden/other": BOTH, "node_modules/other": BOTH}
    assert told(judge(around)) == expected
    assert told(judge(around, candidate="commit", ref="HEAD")) == expected


def test_an_audit_leaves_out_what_other_people_keep_and_what_a_model_holds(around: Repo) -> None:
    beside = {path: what for path, what in EVERYWHERE.items() if not path.startswith("models/")}
    report = judge(around, everything=True, baseline="change")
    assert told(report) == beside


def test_a_page_of_words_is_no_model_although_its_name_is_that_of_a_card(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    policy = "version: 1\nmodels: [{path: models/*, layout: huggingface}]\n"
    repo.commit("one", {"snitch.yaml": policy, "models/one/README.md": "---\nlicense: mit\n---\n"})
    repo.branch("next").commit("words", {"docs/README.md": "words"})
    assert told(judge(repo)) == {}


def test_a_later_change_is_told_of_its_own_only(around: Repo) -> None:
    later = around.clone(around.root.parent / "later")
    later.commit("and more", {"zoo/pieces/README.md": "words", "zoo/new/m.onnx": "bytes"})
    report = judge(later, baseline="HEAD^")
    assert told(report) == {"zoo/pieces": BOTH, "zoo/new": "the weights `m.onnx`"}


@pytest.mark.parametrize("everything", [False, True])
def test_below_a_model_at_the_root_all_weights_are_its_own(
    tmp_path: Path, *, everything: bool
) -> None:
    repo = Repo(tmp_path)
    repo.commit("one model", {"snitch.yaml": POLICY.replace("models/*", "."), **GOOD})
    repo.branch("next").commit("more", {**at("other", PIECES), "more/m.onnx": "bytes", **GOOD})
    repo.commit("again", {"config.yaml": GOOD["config.yaml"] + "# again\n"})
    assert told(judge(repo, everything=everything)) == {"other": BOTH}


@pytest.mark.parametrize(
    ("path", "layout", "directory"),
    [("zoo/**", "ml-zoo", "zoo/fraud"), (".", "ores", "models"), ("models/*", "ml-zoo", "zoo")],
)
def test_what_a_layout_takes_for_no_model_is_told_with_the_layout(
    tmp_path: Path, path: str, layout: str, directory: str
) -> None:
    repo = Repo(tmp_path)
    repo.commit(
        "policy", {"snitch.yaml": f"version: 1\nmodels: [{{path: {path}, layout: {layout}}}]\n"}
    )
    repo.branch("change")
    repo.commit("weights", {f"{directory}/m.onnx": "bytes"})
    [found] = [one for one in judge(repo).findings if one.rule.code == "POL711"]
    elsewhere = "the policy looks for models only in `models/*`"
    nothing = f"nothing that the layout `{layout}` of `{path}` calls a model"
    why = elsewhere if path == "models/*" else nothing
    assert found.message == (
        f"`{directory}` holds the weights `m.onnx`, and {why}, so nothing judges it"
    )
