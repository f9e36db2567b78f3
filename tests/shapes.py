"""Made-up repositories in the shapes that public ones have, one a family."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from example import GOOD
from example import pointer

if TYPE_CHECKING:
    from collections.abc import Mapping

MD5 = "0123456789abcdef0123456789abcdef"


@dataclass(frozen=True, slots=True)
class Shape:
    """A repository's files, and what there is to recognise in them."""

    layout: str
    models: int
    files: Mapping[str, str]
    path: str = "."
    """The first glob that the policy should have."""


def _monai(name: str, dice: str) -> dict[str, str]:
    metadata = {
        "version": "0.2.0",
        "changelog": {"0.2.0": "retrained", "0.1.0": "first"},
        "monai_version": "1.3.0",
        "pytorch_version": "2.1.0",
        "numpy_version": "1.26.0",
        "authors": "A Lab",
        "description": "Finds organs.",
        "data_source": "scans.example",
        "eval_metrics": {"mean_dice": float(dice)},
    }
    weights = f"large_files:\n- path: models/model.pt\n  hash_val: {MD5}\n  hash_type: md5\n"
    return {
        f"models/{name}/configs/metadata.json": json.dumps(metadata, indent=2),
        f"models/{name}/large_files.yml": weights,
        f"models/{name}/LICENSE": "MIT\n",
    }


_METAFILE = """\
Models:
  - Name: resnet18_8xb32
    Config: configs/resnet/resnet18.py
    Metadata: {FLOPs: 1820000000, Training Data: ImageNet-1k}
    Results:
      - Dataset: ImageNet-1k
        Task: Image Classification
        Metrics: {Top 1 Accuracy: 69.9, Top 5 Accuracy: 89.43}
    Weights: https://download.example/resnet18_20210831-fbbb1da6.pth
  - Name: resnet50_8xb32
    Config: configs/resnet/resnet50.py
    Results: null
"""

_YOLO = {
    "args.yaml": "task: detect\nmodel: yolov8n.pt\ndata: coco8.yaml\nepochs: 2\nseed: 0\n",
    "results.csv": "   epoch,  train/box_loss,  metrics/mAP50(B),  val/box_loss\n"
    "       1,            1.33,              0.70,          1.20\n"
    "       2,            1.10,              0.85,          1.10\n",
}

_CARD = """\
---
license: apache-2.0
datasets: [imdb]
model-index:
- name: tiny-reviews
  results:
  - task: {type: text-classification}
    dataset: {name: imdb, type: imdb, config: plain, split: test, revision: e6281661}
    metrics:
    - {type: accuracy, value: 0.91}
    - {type: f1, value: 0.9}
---
# tiny-reviews
"""

_ORES = """\
Model Information:
\t - type: GradientBoosting
\t - version: 0.5.1
\t - params: {'n_estimators': 300}
Environment:
\t - revscoring_version: '2.8.2'
Statistics:
\troc_auc (micro=0.924, macro=0.913):
"""

_DVC_LOCK = f"""\
schema: '2.0'
stages:
  train:
    cmd: python train.py
    deps:
    - {{path: data/prepared, md5: {MD5}.dir, size: 100}}
    params:
      params.yaml:
        train.depth: 6
    outs:
    - {{path: model.pkl, md5: {MD5}, size: 1000}}
"""

_MATBENCH = """\
model_name: Lattice
model_key: lattice
model_version: v0.3.5
authors: [{name: A. Person}]
training_sets: [MPtrj]
requirements: {torch: 1.13.0}
metrics:
  discovery:
    full_test_set: {F1: 0.668, Accuracy: 0.9, missing_preds: 12}
"""

_RUN = {
    "mlruns/0/meta.yaml": "experiment_id: '0'\nname: Default\nlifecycle_stage: active\n",
    "mlruns/17/meta.yaml": "experiment_id: '17'\nname: churn\nlifecycle_stage: active\n",
    "mlruns/17/aa11/meta.yaml": "run_id: aa11\nend_time: 1700000000000\nstatus: 3\n",
    "mlruns/17/aa11/metrics/accuracy": "1700000000000 0.91 0\n",
    "mlruns/17/aa11/params/depth": "6",
}

_MOZILLA = {
    "architecture": "tiny",
    "flores": {"bleu": 48.5, "comet": 0.8573},
    "modelConfig": {"dim-emb": 256, "version": "v1.11.7"},
    "modelStatistics": {"decoderParameters": 1000},
    "sourceLanguage": "en",
    "targetLanguage": "fr",
    "version": "1.0",
}

_SPACY = {
    "lang": "en",
    "name": "small",
    "version": "3.7.0",
    "spacy_version": ">=3.7.0,<3.8.0",
    "license": "MIT",
    "author": "A Lab",
    "description": "English",
    "sources": [{"name": "news"}],
    "performance": {"ents_f": 0.84, "tag_acc": 0.97},
}

_APP = {
    "features": ["age", "plan"],
    "metrics": {"roc_auc": 0.91, "accuracy": 0.88, "uplift_gap": 0.04},
    "trained_at": "2026-10-01T12:00:00",
    "n_train": 1000,
}

_KIPOI = """\
type: keras
args: {weights: {url: https://weights.example/a.h5, md5: 0123456789abcdef0123456789abcdef}}
info:
  authors: [{name: A. Person}]
  doc: Splice sites
  version: "0.1"
  trained_on: the genome
dependencies: {conda: [python=3.8, h5py=2.10.0], pip: [keras==2.2.4]}
"""

_ALLEN = {
    "id": "reader",
    "model_details": {"description": "Reads.", "version": "1", "date": "2020-03-19"},
    "training_data": {"dataset": {"name": "SQuAD"}},
    "evaluation_data": {"dataset": {"name": "SQuAD dev"}},
    "quantitative_analyses": {"unitary_results": "On the validation set:\nEM: 66%\nF1: 76%"},
    "model_usage": {"archive_file": "reader-2020.03.19.tar.gz"},
}

_ONNX = [
    {
        "model": "Tiny",
        "model_path": "vision/tiny.onnx",
        "opset_version": 12,
        "metadata": {"model_sha": "ab" * 32, "model_bytes": 100},
    }
]

SHAPES = {
    "monai": Shape("monai", 2, {**_monai("organ", "0.96"), **_monai("vessel", "0.91")}, "models/*"),
    "openmmlab": Shape(
        "openmmlab",
        2,
        {"configs/resnet/metafile.yml": _METAFILE, "configs/resnet/resnet18.py": "model = {}\n"},
    ),
    "huggingface": Shape(
        "huggingface",
        1,
        {"README.md": _CARD, "config.json": '{"hidden": 8}', "model.safetensors": pointer()},
    ),
    "ores": Shape(
        "ores",
        1,
        {"model_info/enwiki.damaging.md": _ORES, "models/enwiki.damaging.gb.model": pointer()},
    ),
    "dvc": Shape(
        "dvc",
        1,
        {
            "dvc.yaml": "stages:\n  train:\n    cmd: python train.py\n    outs: [model.pkl]\n",
            "dvc.lock": _DVC_LOCK,
            "params.yaml": "train:\n  depth: 6\n",
            "metrics.json": '{"roc_auc": 0.94, "log_loss": 0.2}\n',
            "requirements.txt": "scikit-learn==1.5.2\n",
            "train.py": "import sklearn\n",
        },
    ),
    "dvc without a pipeline": Shape(
        "dvc", 1, {"params.yaml": "depth: 6\n", "metrics.json": '{"accuracy": 0.94}\n'}
    ),
    "mlflow": Shape("mlflow", 1, _RUN, "mlruns/*/*"),
    "ultralytics": Shape(
        "ultralytics",
        2,
        {
            **{
                f"runs/detect/{run}/{name}": text
                for run in ("train", "train2")
                for name, text in _YOLO.items()
            },
            "requirements.txt": "ultralytics==8.3.0\n",
        },
        "runs/*/*",
    ),
    "weights and biases": Shape(
        "reports",
        1,
        {"wandb-summary.json": '{"_step": 9, "_wandb": {"runtime": 3}, "val_acc": 0.9}'},
    ),
    "results at the root": Shape("reports", 1, {"results.json": '{"accuracy": 0.9}'}),
    "a list of results": Shape(
        "dvc", 1, {"metrics.json": '[{"Model": "forest", "Accuracy": 0.9}, {"Model": "tree"}]'}
    ),
    "csv-leaderboard": Shape(
        "csv-leaderboard", 2, {"results/in1k.csv": "model,img_size,top1\na,224,80\na,384,81\n"}
    ),
    "app": Shape(
        "app",
        1,
        {
            "models/metadata.json": json.dumps(_APP, indent=1),
            "models/churn.pkl": "bytes of a pickle",
            "requirements.txt": "scikit-learn==1.5.2\n",
        },
    ),
    "matbench": Shape("matbench", 1, {"models/lattice/lattice.yml": _MATBENCH}),
    "mozilla": Shape(
        "mozilla",
        2,
        {
            "models/tiny/enfr/metadata.json": json.dumps(_MOZILLA),
            "models/tiny/enfr/model.enfr.bin.gz": pointer(),
            "models/base/defr/metadata.json": json.dumps(_MOZILLA),
            "models/base/defr/model.defr.bin.gz": pointer(),
        },
        "models/*/*",
    ),
    "spacy-meta": Shape("spacy-meta", 1, {"meta/en_small-3.7.0.json": json.dumps(_SPACY)}),
    "kipoi": Shape("kipoi", 1, {"splice/model.yaml": _KIPOI}, "splice"),
    "allennlp-card": Shape("allennlp-card", 1, {"modelcards/reader.json": json.dumps(_ALLEN)}),
    "onnx": Shape("onnx", 1, {"ONNX_HUB_MANIFEST.json": json.dumps(_ONNX)}),
    "snitch": Shape(
        "snitch",
        1,
        {**{f"models/churn/{name}": text for name, text in GOOD.items()}, "models/tools/a.py": ""},
        "models/*",
    ),
    "shipyard": Shape(
        "shipyard",
        1,
        {
            "models/eta/config.yaml": "name: eta\nversion: 1.0.0\nowner: routing\n",
            "models/eta/eval_results.json": '{"metrics": {"mae": 3.2}}',
            "models/eta/CHANGELOG.md": "# Changelog\n\n## [1.0.0] - 2026-09-01\n- First.\n",
            "models/eta/data_manifest.txt": "rides 2026-08\n",
            "models/eta/model/weights/model.bin": pointer(),
        },
        "models/*",
    ),
}
