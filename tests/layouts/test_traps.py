"""Changes that look like losses and are none, and their twins that are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

import yaml
from example import pointer
from judging import deployed
from judging import judge
from judging import snitch
from repo import Repo

from snitch.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.findings import Report

Files = dict[str, str | None]


def changed(root: Path, policy: str, before: Files, after: Files) -> Report:
    repo = Repo(root)
    repo.commit("before", {"snitch.yaml": f"version: 1\n{policy}\n", **before})
    repo.branch("change")
    repo.commit("after", after)
    return judge(repo)


def loud(report: Report) -> list[tuple[str, str]]:
    quiet = (Severity.INFO, Severity.OFF)
    return [
        (one.rule.code, one.model or "") for one in report.findings if one.severity not in quiet
    ]


def rows(report: Report) -> dict[str, str]:
    return {row.name: row.verdict for model in report.models for row in model.metrics}


def bundle(
    dice: float = 0.9,
    url: str = "https://one.example/model.pt",
    hash_val: str = "a" * 32,
    **more: Any,
) -> Files:
    metadata = {"version": "0.1.0", "changelog": {"0.1.0": "first"}, "authors": "us"}
    metadata |= {"description": "Segments.", "data_source": "A hospital", "eval_metrics": {"d": 1}}
    metadata["eval_metrics"] = {"mean_dice": dice}
    entry = {"path": "models/model.pt", "url": url, "hash_val": hash_val, "hash_type": "md5"}
    return {
        "models/spleen/configs/metadata.json": json.dumps({**metadata, **more}, indent=1),
        "models/spleen/configs/train.json": "{}",
        "models/spleen/large_files.yml": yaml.safe_dump({"large_files": [entry]}),
    }


MONAI = "models: [{path: models/*, layout: monai}]\ncompleteness: {config: {required: [owner]}}"


def test_a_mirror_that_moved_is_no_new_weights(tmp_path: Path) -> None:
    after = bundle(url="https://two.example/elsewhere/model.pt")
    report = changed(tmp_path, MONAI, bundle(), after)
    assert report.models[0].change == "modified"
    assert loud(report) == []


def test_weights_elsewhere_without_a_digest_are_told_at_their_entry(tmp_path: Path) -> None:
    after = bundle(hash_val="", version="0.1.1")
    report = changed(tmp_path, MONAI, bundle(), after)
    (found,) = [one for one in report.findings if one.rule.code == "ART606"]
    assert found.place is not None
    assert (found.place.path, found.place.line) == ("models/spleen/large_files.yml", 2)


def test_another_spelling_of_a_hash_is_no_new_weights(tmp_path: Path) -> None:
    after = {**bundle(), "models/spleen/large_files.yml": yaml.safe_dump(
        {"large_files": [{"path": "models/model.pt", "url": "", "hash_val": "MD5:" + "A" * 32}]}
    )}  # fmt: skip
    assert loud(changed(tmp_path, MONAI, bundle(), after)) == []


def test_keys_in_another_order_and_other_blanks_are_no_other_model(tmp_path: Path) -> None:
    path = "models/spleen/configs/metadata.json"
    data = json.loads(bundle()[path] or "")
    after: Files = {path: json.dumps(dict(reversed(data.items())), indent=4)}
    assert loud(changed(tmp_path, MONAI, bundle(), after)) == []


def test_the_same_file_with_another_value_is_another_model(tmp_path: Path) -> None:
    found = loud(changed(tmp_path, MONAI, bundle(), bundle(0.91)))
    assert ("CPL106", "spleen") in found


ZOO = "models: [{path: ., layout: openmmlab}]"


def zoo(*entries: str) -> str:
    return "Models:\n" + "".join(entries)


def entry(name: str, value: str, data: str = "ImageNet-1k", stamp: str = "00000000") -> str:
    return (
        f"  - {{Name: {name}, Config: {name}.py, Weights: 'https://x.example/{name}_20220101-{stamp}.pth',\n"
        f"     Metadata: {{FLOPs: 33G}}, Results: [{{Dataset: {data}, Task: Classification,\n"
        f"     Metrics: {{Top 1 Accuracy: {value}}}}}]}}\n"
    )


PATH = "configs/net/metafile.yml"


def test_a_unit_that_changed_is_told_as_such(tmp_path: Path) -> None:
    percent, fraction = zoo(entry("net-a", "80.5")), zoo(entry("net-a", "0.8053"))
    for name, before, after in (("down", percent, fraction), ("up", fraction, percent)):
        report = changed(tmp_path / name, ZOO, {PATH: before}, {PATH: after})
        (finding,) = [one for one in report.findings if one.severity is Severity.ERROR]
        assert finding.rule.code == "REG316"
        assert ("80.53" if name == "down" else "0.805") in finding.remedy


def test_a_renamed_data_set_is_not_comparable_and_accuses_nobody(tmp_path: Path) -> None:
    before = zoo(entry("net-a", "80.5", "CIFAR-100"))
    after = zoo(entry("net-a", "70.1", "CIFAR100-C"))
    report = changed(tmp_path, ZOO, {PATH: before}, {PATH: after})
    assert loud(report) == [("REG305", "net-a")]
    assert rows(report) == {
        "CIFAR-100.Top 1 Accuracy": "not-comparable",
        "CIFAR100-C.Top 1 Accuracy": "new",
    }


def test_a_data_set_that_is_left_out_is_dropped(tmp_path: Path) -> None:
    before = zoo(entry("net-a", "80.5")).replace(
        "Results: [", "Results: [{Dataset: V2, Task: Classification, Metrics: {Top 1 Accuracy: 1}},"
    )
    report = changed(tmp_path, ZOO, {PATH: before}, {PATH: zoo(entry("net-a", "80.5"))})
    assert ("REG302", "net-a") in loud(report)
    assert rows(report)["V2.Top 1 Accuracy"] == "dropped"


def test_only_the_entry_that_changed_is_judged(tmp_path: Path) -> None:
    before = zoo(entry("net-a", "80.5"), entry("net-b", "70.5"), entry("net-c", "60.5"))
    after = zoo(entry("net-c", "60.5"), entry("net-a", "80.5"), entry("net-b", "65.0"))
    report = changed(tmp_path, ZOO, {PATH: before}, {PATH: after})
    assert [model.name for model in report.models] == ["net-b"]
    assert ("REG301", "net-b") in loud(report)


def test_an_entry_that_moves_to_another_file_is_still_that_model(tmp_path: Path) -> None:
    other = "configs/nets/metafile.yml"
    before: Files = {PATH: zoo(entry("net-a", "80.5"))}
    after: Files = {PATH: None, other: zoo(entry("net-a", "70.0"))}
    report = changed(tmp_path, ZOO, before, after)
    assert [(model.name, model.change) for model in report.models] == [("net-a", "moved")]
    assert ("REG301", "net-a") in loud(report)


def test_a_file_that_breaks_is_told_once_and_its_models_are_not_called_removed(
    tmp_path: Path,
) -> None:
    before = zoo(entry("net-a", "80.5"), entry("net-b", "70.5"))
    report = changed(tmp_path, ZOO, {PATH: before}, {PATH: before + "  - {Name: [\n"})
    assert [code for code, _ in loud(report)] == ["SNT002"]


def test_an_entry_that_goes_is_told_as_removed(tmp_path: Path) -> None:
    before = zoo(entry("net-a", "80.5"), entry("net-b", "70.5"))
    report = changed(tmp_path, ZOO, {PATH: before}, {PATH: zoo(entry("net-a", "80.5"))})
    assert [code for code, _ in loud(report)] == ["POL707"]


MOZILLA = "models: [{path: models/*/*, layout: mozilla}]"


def pair(tier: str, bleu: float, oid: str = "a" * 64) -> Files:
    data = {"architecture": tier, "version": "1.0", "flores": {"bleu": bleu}, "modelConfig": {}}
    root = f"models/{tier}/enfr"
    return {f"{root}/metadata.json": json.dumps(data), f"{root}/model.enfr.bin.gz": pointer(oid)}


def test_a_promotion_compares_the_model_with_itself(tmp_path: Path) -> None:
    before = pair("dev", 48.5)
    after: Files = {**dict.fromkeys(before), **pair("prod", 48.5)}
    report = changed(tmp_path, MOZILLA, before, after)
    assert [(model.name, model.change) for model in report.models] == [("enfr", "moved")]
    assert rows(report) == {"flores.bleu": "equal"}
    assert "REG301" not in {code for code, _ in loud(report)}


def test_rows_that_move_in_a_table_and_columns_that_move_are_the_same_models(
    tmp_path: Path,
) -> None:
    policy = "models: [{path: ., layout: csv-leaderboard}]"
    path = "results/in1k.csv"
    before = 'model,img_size,top1,param_count\nnet-a,224,84.5,"1,014.45"\nnet-b,224,80.0,5\n'
    after = "model,top1,img_size,param_count,rank\nnet-b,80.0,224,5,2\nnet-a,84.5,224,1014.45,1\n"
    report = changed(tmp_path, policy, {path: before}, {path: after})
    assert loud(report) == []
    worse = after.replace("84.5", "80.1")
    again = changed(tmp_path / "again", policy, {path: before}, {path: worse})
    assert ("REG301", "in1k/net-a/224") in loud(again)


def test_a_new_size_of_a_model_in_a_table_is_another_row(tmp_path: Path) -> None:
    policy = "models: [{path: ., layout: csv-leaderboard}]"
    path = "results/in1k.csv"
    before = "model,img_size,top1\nnet-a,224,84.5\n"
    after = "model,img_size,top1\nnet-a,384,70.0\nnet-a,224,84.5\n"
    report = changed(tmp_path, policy, {path: before}, {path: after})
    assert [(model.name, model.change) for model in report.models] == [("in1k/net-a/384", "added")]
    assert "REG301" not in {code for code, _ in loud(report)}


def test_placeholders_that_become_numbers_are_a_gain(tmp_path: Path) -> None:
    report = changed(tmp_path, MONAI, bundle(0), bundle(0.91, version="0.1.1"))
    assert rows(report) == {"mean_dice": "improved"}


def test_the_selected_variant_is_compared_and_not_its_neighbours(tmp_path: Path) -> None:
    policy = "models: [{path: ., layout: app}]"

    def files(best: str, xgb: float, ridge: float) -> Files:
        models = {"xgb": {"test": {"auc": xgb}}, "ridge": {"test": {"auc": ridge}}}
        scores = {"best_model": best, "models": models}
        return {
            "models/metadata.json": '{"features": ["a"], "params": {"a": 1}, "description": "x"}',
            "metrics.json": json.dumps(scores),
        }

    report = changed(tmp_path, policy, files("ridge", 0.5, 0.8), files("xgb", 0.9, 0.3))
    assert rows(report) == {"test.auc": "improved"}
    worse = changed(tmp_path / "again", policy, files("ridge", 0.5, 0.8), files("xgb", 0.7, 0.9))
    assert ("REG301", "model") in loud(worse)


def test_metrics_that_vanish_where_a_family_may_lack_them_are_told(tmp_path: Path) -> None:
    before: Files = {"params.yaml": "a: 1\n", "metrics.json": '{"f1": 0.9}'}
    report = changed(tmp_path, "models: [{path: ., layout: dvc}]", before, {"metrics.json": None})
    assert ("REG302", "model") in loud(report)


def test_weights_and_evidence_that_no_glob_takes_are_told_beside_models_that_are_files(
    tmp_path: Path,
) -> None:
    report_text = "- version: 1.0.0\nf1 (micro=0.9, macro=0.8):\n"
    before: Files = {
        "model_info/net.md": report_text,
        "models/net.gb.model": pointer("a" * 64),
        "models/stray.pt": pointer("b" * 64),
    }
    repo = Repo(tmp_path)
    policy = "version: 1\nmodels: [{path: ., layout: ores}]\n"
    repo.commit("before", {"snitch.yaml": policy, **before})
    found = [one.message for one in judge(repo, everything=True).findings if one.model is None]
    assert len(found) == 1
    assert "stray.pt" in found[0]


def test_the_policy_has_the_last_word_on_metrics_and_severities(tmp_path: Path) -> None:
    strict = f"{MONAI}\nmetrics: {{mean_dice: {{tolerance: 0}}}}\nrules: {{REG307: error}}"
    before, after = bundle(0.96), bundle(0.959, version="0.1.1")
    codes = {
        one.rule.code: one.severity for one in changed(tmp_path, strict, before, after).findings
    }
    assert codes["REG301"] is Severity.ERROR
    lax = f"{MONAI}\nmetrics: {{mean_dice: {{tolerance: 0.5}}}}"
    again = changed(tmp_path / "lax", lax, before, after)
    assert not {"REG301", "REG315"} & {one.rule.code for one in again.findings}


def test_the_registry_speaks_of_models_that_are_elements(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    policy = f"version: 1\n{ZOO}\n"
    repo.commit("one", {"snitch.yaml": policy, PATH: zoo(entry("net-a", "80.5"), entry("b", "1"))})
    repo.commit("two", {PATH: zoo(entry("b", "2"), entry("net-a", "80.5"))})
    repo.commit("three", {PATH: zoo(entry("b", "2"), entry("net-a", "81.5"))})
    history = snitch(repo, "history", "net-a")
    assert history.status == 0, history.err
    assert "80.5" in history.out
    assert "81.5" in history.out
    assert "2 releases" in history.out
    difference = snitch(repo, "diff", "net-a", "HEAD~2", "HEAD")
    assert "ImageNet-1k.Top 1 Accuracy" in difference.out
    assert "improved" in difference.out
    assert "net-a" in snitch(repo, "models").out


def test_a_state_without_the_metrics_that_it_had_is_no_rollback(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("no metrics", {"models/churn/metrics.json": None})
    report = judge(repo)
    assert all("rollback" not in one.reason for model in report.models for one in model.skipped)
