"""Shapes that public repositories have besides the plain one of their family."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from example import pointer
from judging import codes
from judging import judge
from repo import Repo

from snitch.documents import Limits
from snitch.engine.adoption import look
from snitch.engine.first_policy import policy_text
from snitch.findings import Severity
from snitch.registry.inspection import inspect
from snitch.registry.layout import load_built_in
from snitch.testing import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from snitch.findings import Report

KIPOI = (
    "info:\n  authors: [{name: somebody}]\n  doc: Predicts something.\n"
    "dependencies:\n  conda: [numpy=1.20.1]\n"
)
METAFILE = """\
Models:
- Name: {name}
  In Collection: Net
  Config: [configs/a.py, configs/b.py]
  Results: [{{Dataset: COCO, Task: Pose, Metrics: {{AP: {value}}}}}]
  Weights: https://x.example/{name}_20220101-00000000.pth
"""
CARD = """\
# {name}-2019-12-18.zip

* dataset: old

## Benchmarks

| testset | BLEU | chr-F |
|---|---|---|
| news | 20.1 | 0.5 |

# {name}-2020-02-26.zip

* dataset: new

## Benchmarks

| testset | BLEU | chr-F |
|---|---|---|
| news | {value} | 0.51 |
"""


def read(layout: str, files: Mapping[str, str], glob: str | None = None) -> dict[str, str]:
    """What a layout reads of the first model, and its name."""
    snapshot = MemorySnapshot({path: text.encode() for path, text in files.items()})
    model, *_ = inspect(snapshot, load_built_in(layout), layout, glob, Limits())
    assert model.faults == ()
    return {"name": model.name, **{one.what: one.value for one in model.found}}


def adopted(root: Path, files: Mapping[str, str]) -> tuple[Repo, str, Report]:
    """A repository, the policy proposed for it, and the audit under that."""
    repo = Repo(root)
    repo.commit("as it is", files)
    text = policy_text(look(root))
    repo.commit("the policy", {"snitch.yaml": text})
    return repo, text, judge(repo, everything=True)


def test_directories_of_one_name_in_two_groups_are_two_models(tmp_path: Path) -> None:
    files = {f"factors/{group}/small/model.yaml": KIPOI for group in ("one", "two")}
    _, _, report = adopted(tmp_path / "r", files)
    assert {model.name for model in report.models} == {"factors/one/small", "factors/two/small"}
    assert not any(finding.severity is Severity.ERROR for finding in report.findings)


def test_a_lone_input_is_a_list_of_features() -> None:
    ports = {"inputs": [{"name": "data"}]}
    entry = {"model": "Net", "opset_version": 9, "metadata": {"io_ports": ports}}
    found = read("onnx", {"ONNX_HUB_MANIFEST.json": json.dumps([entry])})
    assert found["features"] == "a list of 1"


def test_metafiles_of_any_name_below_configs_are_read(tmp_path: Path) -> None:
    files = {
        "configs/pose/net_coco.yml": METAFILE.format(name="net-a", value="0.7"),
        "configs/pose/net_crowd.yml": METAFILE.format(name="net-a", value="0.6"),
        "configs/other.yml": "lr: 0.1\n",
    }
    _, _, report = adopted(tmp_path / "r", files)
    assert len(report.models) == 2
    told = [finding for finding in report.findings if finding.rule.code == "CPL110"]
    assert ["inside" in finding.message for finding in told] == [False, False]
    assert {finding.rule.code for finding in report.findings} == {"CPL110"}


def test_digests_under_the_older_key_are_read_too() -> None:
    old = "files:\n- {name: FP32/a.bin, size: 3, sha256: " + "a" * 64 + "}\n"
    new = "files:\n- {name: FP32/a.bin, size: 3, checksum: " + "b" * 96 + "}\n"
    for text, digest in ((old, "sha256:" + "a" * 64), (new, "sha384:" + "b" * 96)):
        files = {"models/intel/a/model.yml": f"description: words\n{text}"}
        assert read("omz", files, "models/*/*")["weights FP32/a.bin"] == digest


def test_a_release_whose_table_stands_below_a_heading_of_its_own(tmp_path: Path) -> None:
    found = read("md-table", {"models/a/README.md": CARD.format(name="opus", value="21.1")})
    assert (found["version"], found["data.name"]) == ("2020-02-26", "new")
    assert found["metric news.BLEU"].startswith("21.1")
    files = {f"models/m{n}/README.md": CARD.format(name="opus", value="21.1") for n in range(3)}
    files |= {f"models/x{n}/notes.txt": "none" for n in range(25)}
    repo, text, report = adopted(tmp_path / "r", files)
    assert "path: models/**" in text.replace('"', "")
    assert len(report.models) == 3
    repo.branch("change")
    repo.commit("worse", {"models/m1/README.md": CARD.format(name="opus", value="15.0")})
    assert {one.rule.code for one in judge(repo).findings} >= {"REG301"}


@pytest.mark.parametrize("value", ["45.0", "5.0", "91"])
def test_a_share_that_turns_into_a_percentage_is_no_gain(tmp_path: Path, value: str) -> None:
    repo = Repo(tmp_path / "r")
    card = (
        "---\nmodel-index:\n- results:\n  - dataset: {{name: D}}\n"
        "    metrics: [{{type: acc, value: {}}}]\n---\n"
    )
    repo.commit("before", {"snitch.yaml": "version: 1\nmodels: [{path: ., layout: huggingface}]\n"})
    repo.commit("card", {"README.md": card.format("0.91")})
    repo.branch("change")
    repo.commit("after", {"README.md": card.format(value)})
    assert "REG316" in {finding.rule.code for finding in judge(repo).findings}


def test_packed_weights_are_the_models(tmp_path: Path) -> None:
    files = {
        "model_info/aa.quality.md": "Model Information:\n\t- version: 0.5.1\n",
        "models/aa.quality.gradient_boosting.model.bz2": pointer(),
    }
    _, _, report = adopted(tmp_path / "r", files)
    assert len(report.models) == 1
    assert report.findings == ()


def test_a_directory_of_metrics_is_a_piece_of_the_model_above(tmp_path: Path) -> None:
    files = {"params.yaml": "a: 1\n", "metrics/metrics.json": '{"auc": 0.9}'}
    _, text, report = adopted(tmp_path / "r", files)
    assert text.count("layout: dvc") == 1
    assert [model.path for model in report.models] == [""]


def test_a_file_that_a_family_may_lack_may_be_empty(tmp_path: Path) -> None:
    files = {"params.yaml": "# later\n", "dvc.yaml": "stages: {}\n", "metrics.json": '{"auc": 0.9}'}
    repo, _, report = adopted(tmp_path / "r", files)
    assert report.findings == ()
    repo.branch("change")
    repo.commit("filled, and worse", {"params.yaml": "a: 1\n", "metrics.json": '{"auc": 0.8}'})
    assert "REG301" in {finding.rule.code for finding in judge(repo).findings}


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("net_20220101-0a1b2c3d.pth", "hash8:0a1b2c3d"),
        ("net_256x256-0a1b2c3d_20201023.pth", "hash8:0a1b2c3d"),
        ("net-0a1b2c3d.pth", "hash8:0a1b2c3d"),
        ("net_256x256_0a1b2c3d-20230207.pth", "hash8:0a1b2c3d"),
        ("net-20231b2c.pth", "hash8:20231b2c"),
        ("net-20991231.pth", "external"),
        ("net_20220913.pth", "external"),
    ],
)
def test_the_day_in_a_file_name_is_no_digest(name: str, digest: str) -> None:
    text = METAFILE.format(name="net", value="0.7").replace("net_20220101-00000000.pth", name)
    found = read("openmmlab", {"configs/pose/metafile.yml": text})
    assert found[f"weights {name}"] == digest


@pytest.mark.parametrize("stamp", ["00000000", "11111111"])
def test_an_entry_under_a_new_name_is_known_by_its_weights(tmp_path: Path, stamp: str) -> None:
    path = "configs/pose/metafile.yml"
    repo, _, _ = adopted(tmp_path / "r", {path: METAFILE.format(name="net-a", value="0.70")})
    repo.branch("change")
    text = METAFILE.format(name="net-b", value="0.60").replace("net-b_2022", "net-a_2022")
    repo.commit("renamed, and worse", {path: text.replace("00000000", stamp)})
    found = {finding.rule.code: finding.severity for finding in judge(repo).findings}
    if stamp == "00000000":
        assert (found["POL710"], found["REG301"]) == (Severity.WARNING, Severity.ERROR)
    else:
        assert "POL710" not in found


def test_entries_of_one_name_are_known_by_their_order_under_a_new_one(tmp_path: Path) -> None:
    def twins(name: str, second: str) -> str:
        entry = METAFILE.format(name=name, value="0.70").replace(f"{name}_2022", "net_2022")
        return entry + entry.partition("\n")[2].replace("0.70", second)

    path = "configs/pose/metafile.yml"
    repo, _, _ = adopted(tmp_path / "r", {path: twins("net-a", "0.50")})
    repo.branch("change")
    repo.commit("renamed", {path: twins("net-b", "0.50")})
    assert "REG301" not in codes(judge(repo))
    repo.commit("worse", {path: twins("net-b", "0.40")})
    assert "REG301" in codes(judge(repo))


def test_a_value_that_stands_there_twice_holds_in_both(tmp_path: Path) -> None:
    card = "---\nmodel-index:\n- results:\n  - dataset: {{name: D}}\n    metrics: [{}]\n---\n"
    one, two = "{type: accuracy, value: 0.91}", "{type: accuracy, value: 0.50}"
    repo, _, _ = adopted(tmp_path / "r", {"README.md": card.format(one)})
    for number, both in enumerate((f"{one}, {two}", f"{two}, {one}")):
        repo.branch(f"change-{number}", "main")
        repo.commit("twice", {"README.md": card.format(both)})
        assert "REG301" in {finding.rule.code for finding in judge(repo).findings}
    repo.branch("fine", "main")
    repo.commit("twice", {"README.md": card.format(f"{one}, {one}")})
    assert "REG301" not in {finding.rule.code for finding in judge(repo).findings}


def test_data_without_a_configuration_is_called_by_its_name_alone(tmp_path: Path) -> None:
    results = "  - {dataset: {name: %s}, metrics: [{type: f1, value: 1}]}\n"
    card = f"---\nmodel-index:\n- results:\n{results}---\n"
    repo = Repo(tmp_path)
    policy = "version: 1\nmodels: [{path: ., layout: huggingface}]\n"
    repo.commit("one", {"snitch.yaml": policy, "README.md": card % "imdb"})
    repo.branch("change").commit("two", {"README.md": card % "sst2"})
    [finding] = [one for one in judge(repo).findings if one.rule.code == "REG305"]
    assert "`imdb.f1` was measured on `imdb`, and the candidate has" in finding.message
