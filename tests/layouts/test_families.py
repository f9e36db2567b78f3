"""Each built-in layout reads a tiny repository of its family."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field

import pytest
from example import pointer

from snitch.documents import Limits
from snitch.registry.inspection import Inspected
from snitch.registry.inspection import inspect
from snitch.registry.layout import built_in
from snitch.registry.layout import load_built_in
from snitch.registry.layout import text_of_built_in
from snitch.testing import MemorySnapshot

OID = "a" * 64
LFS = f"sha256:{OID}"


@dataclass(frozen=True)
class Family:
    """A repository, where its models are, and what is to be read of the first one."""

    files: dict[str, str]
    name: str
    found: dict[str, str]
    glob: str | None = None
    faults: int = 0
    absent: tuple[str, ...] = field(default=())


CARD = """\
---
datasets: [squad, glue]
model-index:
- name: x
  results:
  - dataset: {name: SQuAD, type: squad, config: plain, split: validation, revision: abc123}
    metrics:
    - {type: f1, value: 91.2}
    - {type: exact_match, value: "84.1"}
---
# A model
"""
MATBENCH = """\
model_version: v0.3
authors: [{name: Ada}, {name: Ben}]
training_sets: [one, two]
environment: {dependencies: [torch==2.0]}
metrics:
  discovery: {pred_file: {size: 3}, full_test_set: {F1: 0.668, TP: 3000}}
  geo_opt: {"symprec=1e-5": {rmsd: 0.02}}
  phonons: {kappa_103: {κ_SRME: 0.68}}
"""
OPUS = """\
# opus-2019-12-18.zip

| testset | BLEU | chr-F |
|---|---|---|
| news | 20.1 | 0.5 |

# opus-2020-02-26.zip

* dataset: opus+bt

| testset | BLEU | chr-F |
|---|---|---|
| news | 21.1 | 0.51 |
"""
FAMILIES = {
    "huggingface": Family(
        {"README.md": CARD, "config.json": '{"a": 1}', "model.safetensors": pointer(OID)},
        "model",
        {
            "data.name": "squad, glue",
            "metric SQuAD.f1": "91.2 (measured on SQuAD plain validation abc123)",
            "metric SQuAD.exact_match": "84.1 (measured on SQuAD plain validation abc123)",
            "weights model.safetensors": LFS,
        },
    ),
    "mlflow": Family(
        {
            "mlruns/0/ab/meta.yaml": "end_time: 1690000000000\nsource_name: train.py\n",
            "mlruns/0/ab/metrics/val.acc": "1690000000000 0.8 0\n1690000000001 0.91 1\n",
            "mlruns/0/ab/metrics/eval/loss": "1690000000001 0.3 1\n",
            "mlruns/0/ab/artifacts/model/requirements.txt": "numpy==1.2.3\n",
            "mlruns/0/ab/artifacts/model/model.pkl": pointer(OID),
        },
        "ab",
        {
            "metric val.acc": "0.91",
            "metric loss": "0.3",
            "training.finished_at": "2023-07-22T04:26:40Z",
            "library numpy": "numpy==1.2.3",
            "weights mlruns/0/ab/artifacts/model/model.pkl": LFS,
        },
        glob="mlruns/*/*",
    ),
    "app": Family(
        {
            "models/metadata.json": '{"features": {"numeric": ["a", "b"], "text": ["c"]},'
            ' "trained_at": "2026-01-02T03:04:05", "metrics": {"f1": 0.9, "note": "x"}}',
            "metrics.json": '[{"name": "a", "auc": 0.1}, {"name": "b", "auc": 0.9,'
            ' "is_best": true}]',
            "models/model.pkl": pointer(OID),
        },
        "model",
        {
            "features": "a list of 3",
            "training.finished_at": "2026-01-02T03:04:05Z",
            "metric f1": "0.9",
            "metric auc": "0.9",
            "weights models/model.pkl": LFS,
        },
        absent=("metric note",),
    ),
    "matbench": Family(
        {"models/fam/net.yml": MATBENCH},
        "net",
        {
            "version": "v0.3",
            "owner": "Ada, Ben",
            "data.name": "one, two",
            "metric discovery.full_test_set.F1": "0.668",
            "metric geo_opt.symprec=1e-5.rmsd": "0.02",
            "metric phonons.kappa_103.κ_SRME": "0.68",
            "library torch": "torch==2.0",
        },
    ),
    "mozilla": Family(
        {
            "models/tiny/enfr/metadata.json": '{"version": "1.0", "flores": {"bleu": 48.5}}',
            "models/tiny/enfr/evaluation/en-fr/flores.fr.bleu": "39.1\n",
            "models/tiny/enfr/model.enfr.bin.gz": pointer(OID),
        },
        "enfr",
        {
            "version": "1.0",
            "metric flores.bleu": "48.5 (measured on flores)",
            "metric flores.fr": "39.1",
            "weights models/tiny/enfr/model.enfr.bin.gz": LFS,
        },
        glob="models/*/*",
    ),
    "omz": Family(
        {
            "models/a/model.yml": f"files: [{{name: a.bin, size: 3, checksum: {'b' * 96}}}]\n",
            "models/a/README.md": "# a\n## Accuracy\n| Metric | Value |\n|---|---|\n"
            "| Top 1 | 76.128% |\n## Size\n| Metric | Value |\n|---|---|\n| GFLOPs | 8.2 |\n",
        },
        "a",
        {"metric Top 1": "76.128", "weights a.bin": f"sha384:{'b' * 96}"},
        absent=("metric GFLOPs",),
    ),
    "csv-leaderboard": Family(
        {"results/in1k.csv": 'model,img_size,top1,param_count\nnet,224,84.5,"1,014.45"\n'},
        "in1k/net/224",
        {
            "metric top1": "84.5 (measured on in1k)",
            "metric param_count": "1014.45 (measured on in1k)",
        },
    ),
    "qualcomm": Family(
        {
            "models/a/info.yaml": "description: d\n",
            "models/a/numerics.yaml": "metrics:\n- dataset_name: in1k\n  metric_name: top1\n"
            "  partial_torch_metric: 72.4\n"
            "  device_metric: {S23: {float: {tflite: {partial_metric: 72.2}}}}\n",
        },
        "a",
        {
            "metric in1k.top1": "72.4 (measured on in1k)",
            "metric in1k.top1.S23.float.tflite": "72.2 (measured on in1k)",
        },
    ),
    "mteb": Family(
        {
            "results/acme__m/rev1/T.json": '{"dataset_revision": "d1", "scores": {"test":'
            ' [{"hf_subset": "en", "main_score": 0.7}]}}'
        },
        "acme__m",
        {"version": "rev1", "metric T.test.en": "0.7 (measured on T test d1)"},
        glob="results/*/*",
    ),
    "allennlp-card": Family(
        {
            "modelcards/net.json": '{"model_details": {"version": "1", "date": "2020-03-19"},'
            ' "evaluation_data": {"dataset": {"name": "SQuAD"}}, "quantitative_analyses":'
            ' {"unitary_results": "On the validation set:\\nF1: 41%\\nVQA: 52%"},'
            ' "model_usage": {"archive_file": "net-1234abcd.tar.gz"}}'
        },
        "net",
        {
            "version": "1",
            "metric F1": "41 (measured on SQuAD)",
            "metric VQA": "52 (measured on SQuAD)",
            "weights net-1234abcd.tar.gz": "hash8:1234abcd",
        },
    ),
    "onnx": Family(
        {
            "ONNX_HUB_MANIFEST.json": '[{"model": "A", "opset_version": 7, "onnx_version": "1.2",'
            f' "metadata": {{"model_sha": "{"c" * 64}", "model_bytes": 5}}}}]'
        },
        "A/7",
        {"version": "1.2", "weights A.onnx": f"sha256:{'c' * 64}"},
    ),
    "md-table": Family(
        {"models/fi/README.md": OPUS},
        "fi",
        {
            "version": "2020-02-26",
            "data.name": "opus+bt",
            "metric news.BLEU": "21.1 (measured on news)",
        },
    ),
    "shipyard": Family(
        {
            "models/c/config.yaml": "name: c\nversion: 1.0.0\n",
            "models/c/eval_results.json": '{"auc": 0.9, "evaluated_at": "2026-10-03"}',
            "models/c/data_manifest.txt": "name: accounts\nversion: 2026.10\ncutoff: 2026-10-01\n",
            "models/c/CHANGELOG.md": "## [1.0.0] - 2026-10-04\n- **Author:** a\n",
            "models/c/model/weights/m.bin": pointer(OID),
        },
        "c",
        {
            "data.cutoff": "2026-10-01",
            "data.version": "2026.10",
            "metric auc": "0.9",
            "weights models/c/model/weights/m.bin": LFS,
            "changelog's first entry": "1.0.0",
        },
        absent=("metric evaluated_at",),
    ),
    "dvc": Family(
        {
            "params.yaml": "train: {seed: 20}\n",
            "metrics.json": '{"f1": 0.9, "step": 3, "curve": [1, 2]}',
            "dvc.lock": "stages: {t: {outs: [{path: model.pkl, md5: "
            + "d" * 32
            + ", size: 5}]}}\n",
        },
        "model",
        {
            "metric f1": "0.9",
            "metric step": "3",
            "training.seed": "20",
            "weights model.pkl": f"md5:{'d' * 32}",
        },
        absent=("metric curve",),
    ),
    "ultralytics": Family(
        {
            "args.yaml": "data: coco8.yaml\nseed: 0\n",
            "results.csv": "  epoch,  train/box_loss,  metrics/mAP50(B),  val/box_loss\n"
            "      1,            1.33,              0.90,          1.20\n"
            "      2,            1.10,              0.85,          1.10\n",
            "weights/best.pt": pointer(OID),
        },
        "model",
        {
            "data.name": "coco8.yaml",
            "training.seed": "0",
            "metric metrics/mAP50(B)": "0.85",
            "metric val/box_loss": "1.10",
            "weights weights/best.pt": LFS,
        },
        absent=("metric train/box_loss", "metric epoch"),
    ),
    "spacy-project": Family(
        {
            "model-best/meta.json": '{"spacy_version": ">=3.7,<3.8", "pipeline": ["ner"], '
            '"performance": {"ents_f": 0.8, "ents_per_type": {"ORG": {"f": 0.5}}, "speed": 9}}',
            "model-best/ner/model": pointer(OID),
        },
        "model",
        {
            "features": "a list of 1",
            "metric ents_f": "0.8",
            "metric ents_per_type.f of ORG": "0.5",
            "library spacy": "spacy>=3.7,<3.8",
            "weights model-best/ner/model": LFS,
        },
        absent=("metric textcat_score_desc", "metric ents_per_type.ORG.f"),
    ),
    "ml-zoo": Family(
        {
            "nets/tiny/int8/definition.yaml": "benchmark:\n  benchmark_metrics: {Accuracy: 90.2%}\n"
            "  benchmark_name: Words\nnetwork_parameters: {}\n",
            "nets/tiny/int8/tiny.tflite": pointer(OID),
            "nets/old/int8/definition.yaml": "benchmark: {Words: {Accuracy: 0.9}}\n",
        },
        "nets/old/int8",
        {"metric Accuracy": "0.9 (measured on Words)"},
        glob="**",
    ),
    "versions": Family(
        {
            "shelf/net/v9/model_card.json": '{"metrics": {"auc": 0.8}}',
            "shelf/net/v10/model_card.json": '{"metrics": {"auc": 0.9}}',
            "shelf/net/v10/model.onnx": pointer(OID),
        },
        "shelf/net",
        {
            "version": "v10",
            "metric auc": "0.9",
            "weights shelf/net/v10/model.onnx": LFS,
        },
        absent=("metric auc (2)",),
    ),
    "reports": Family(
        {
            "eval/xgb_metrics.json": '{"auc": 0.9, "n_train": 7, "val": {"f1": 0.8}}',
            "results/intent_report.json": '{"yes": {"precision": 0.7, "support": 4}, '
            '"accuracy": 0.6, "macro avg": {"recall": 0.5}}',
            "a/b/c/metrics.json": '{"auc": 1}',
            "models/m.pkl": pointer(OID),
        },
        "model",
        {
            "metric xgb_metrics.auc": "0.9",
            "metric xgb_metrics.val.f1": "0.8",
            "metric intent_report.accuracy": "0.6",
            "metric intent_report.macro.recall": "0.5",
            "metric intent_report.precision of yes": "0.7",
            "weights models/m.pkl": LFS,
        },
        absent=("metric metrics.auc",),
    ),
}
JUDGED_ELSEWHERE = {"snitch", "monai", "openmmlab", "ores", "spacy-meta", "kipoi"}


def read(name: str, family: Family) -> tuple[Inspected, ...]:
    snapshot = MemorySnapshot({path: text.encode() for path, text in family.files.items()})
    return inspect(snapshot, load_built_in(name), name, family.glob, Limits())


@pytest.mark.parametrize("name", FAMILIES)
def test_a_layout_reads_its_family(name: str) -> None:
    family = FAMILIES[name]
    model, *_ = read(name, family)
    values = {one.what: one.value for one in model.found}
    assert model.name == family.name
    assert {what: values.get(what) for what in family.found} == family.found
    assert not set(family.absent) & set(values)
    assert len(model.faults) == family.faults
    for one in model.found:
        lines = family.files.get(one.place.path, "").count("\n") + 1
        assert one.place.path == "" or one.place.path in family.files
        assert one.place.line is None or one.place.line <= lines


def test_every_layout_of_the_package_is_tried() -> None:
    assert set(built_in()) == set(FAMILIES) | JUDGED_ELSEWHERE


@pytest.mark.parametrize("name", built_in())
def test_a_layout_says_what_it_is_and_how_to_name_its_models(name: str) -> None:
    layout = load_built_in(name)
    assert layout.description
    assert "\n" not in layout.description
    text = text_of_built_in(name)
    assert text.startswith("#")
    assert name == "snitch" or "Policy: models: [" in text.replace("\n# ", " ")


@pytest.mark.parametrize("name", FAMILIES)
def test_half_a_repository_of_any_family_is_read_without_a_crash(name: str) -> None:
    family = FAMILIES[name]
    for path, text in family.files.items():
        for broken in (text[: len(text) // 2], "", "[", "\x00", "{}", "[]", "null"):
            model = read(name, Family({**family.files, path: broken}, "", {}, family.glob))
            assert isinstance(model, tuple)
