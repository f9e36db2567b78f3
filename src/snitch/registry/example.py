"""An example model repository as text: production as it is, and a pull request of every kind."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from datetime import timedelta
from typing import Any

from snitch.frozen import dataclass

BENCHMARK_DIGEST = hashlib.sha256(b"the example's benchmark").hexdigest()


@dataclass(frozen=True, slots=True)
class Model:
    """One example release; ages are in days before the example's today."""

    name: str
    about: str
    features: tuple[str, ...]
    metrics: tuple[tuple[str, str], ...]
    pins: tuple[str, ...]
    imports: tuple[str, ...]
    version: str = "1.0.0"
    author: str = "ana@example.com"
    trained: int = 100
    cutoff: int = 104
    note: str = "First release."
    weights: str = ""
    """What the weights are; the version's by default."""
    measured: str = ""
    """Which weights the metrics measure; those committed by default."""
    earlier: tuple[Model, ...] = ()
    """The releases before this one, newest first."""


def weights(model: Model, of: str = "") -> bytes:
    """What stands for the weights of a release, by default of the model's own."""
    return f"weights of {model.name} {of or model.weights or model.version}\n".encode() * 1024


def _digest(model: Model, of: str) -> str:
    return hashlib.sha256(weights(model, of)).hexdigest()


def _pointer(model: Model) -> str:
    return (
        "version https://git-lfs.github.com/spec/v1\n"
        f"oid sha256:{_digest(model, '')}\nsize {len(weights(model))}\n"
    )


def _config(model: Model, today: date) -> str:
    trained = today - timedelta(model.trained)
    cutoff = today - timedelta(model.cutoff)
    return f"""\
name: {model.name}
version: {model.version}
owner: {model.author.partition("@")[0]}-team
description: {model.about}
data:
  name: {model.name}-events
  version: "{cutoff:%Y.%m.%d}"
  cutoff: {cutoff}
features: [{", ".join(model.features)}]
hyperparameters:
  max_depth: 6
  learning_rate: 0.05
training:
  code: train.py
  seed: 7
  finished_at: {trained}T09:30:00Z
weights:
  path: weights/model.safetensors
"""


def _metrics(model: Model, today: date) -> str:
    rows = ",\n".join(f"    {json.dumps(name)}: {value}" for name, value in model.metrics)
    return f"""\
{{
  "benchmark": {{
    "name": "holdout",
    "version": "2",
    "sha256": "{BENCHMARK_DIGEST}"
  }},
  "evaluated_at": "{today - timedelta(model.trained)}T11:00:00Z",
  "weights_sha256": "{_digest(model, model.measured)}",
  "metrics": {{
{rows}
  }}
}}
"""


def _changelog(model: Model, today: date) -> str:
    entries = [
        f"""\
## [{release.version}] - {today - timedelta(release.trained - 1)}
- **Author:** {release.author}
- **Ticket:** ML-{400 - release.trained}
### Changed
- {release.note}
"""
        for release in (model, *model.earlier)
    ]
    return "# Changelog\n\n" + "\n".join(entries)


def _code(model: Model) -> str:
    return "".join(f"import {name}\n" for name in model.imports) + "\n\ndef train():\n    ...\n"


def files(model: Model, today: date) -> dict[str, str]:
    """A release's files by path from the repository's root."""
    text = {
        "config.yaml": _config(model, today),
        "metrics.json": _metrics(model, today),
        "CHANGELOG.md": _changelog(model, today),
        "requirements.txt": "".join(f"{pin}\n" for pin in model.pins),
        "weights/model.safetensors": _pointer(model),
        "train.py": _code(model),
    }
    return {f"models/{model.name}/{name}": content for name, content in text.items()}


_SKLEARN = (("numpy==2.1.3", "scikit-learn==1.5.2"), ("numpy", "sklearn"))
_TORCH = (("numpy==2.1.3", "torch==2.5.1"), ("numpy", "torch"))

PRODUCTION = (
    Model(
        "churn",
        "Probability that an account closes within 90 days.",
        ("tenure_months", "plan", "monthly_spend"),
        (("auc", "0.912"), ("log_loss", "0.310")),
        *_SKLEARN,
    ),
    Model(
        "forecast",
        "Demand of each shop for the next 14 days.",
        ("weekday", "promotion", "weather"),
        (("mae", "3.41"),),
        *_SKLEARN,
        trained=20,
        cutoff=24,
    ),
    Model(
        "fraud",
        "Probability that a card payment is disputed.",
        ("amount", "merchant", "country"),
        (("auc", "0.961"), ("recall", "0.84")),
        *_TORCH,
    ),
    Model(
        "pricing",
        "Price that a returning customer accepts.",
        ("segment", "basket_value"),
        (("mae", "1.92"),),
        *_SKLEARN,
        cutoff=195,
    ),
    Model(
        "ranking",
        "Order of search results.",
        ("query", "item", "clicks_30d"),
        (("ndcg", "0.447"),),
        *_TORCH,
    ),
    Model(
        "triage",
        "Queue that a support ticket belongs to.",
        ("subject", "body"),
        (("accuracy", "0.883"),),
        *_TORCH,
    ),
    Model(
        "uplift",
        "Customers whom a voucher would keep.",
        ("tenure_months", "vouchers_90d"),
        (("auc", "0.702"),),
        *_SKLEARN,
    ),
)

WAIVED = "uplift"


def _next(name: str, **changes: Any) -> Model:  # noqa: ANN401 - the fields of a model
    [model] = (one for one in PRODUCTION if one.name == name)
    usual: dict[str, Any] = {"version": "1.1.0", "trained": 6, "cutoff": 9, "earlier": (model,)}
    return replace(model, **{**usual, **changes})


PULL_REQUEST = (
    _next(
        "churn",
        metrics=(("auc", "0.904"), ("log_loss", "0.309")),
        note="Added the autumn accounts.",
    ),
    _next(
        "fraud", metrics=(("auc", "0.967"), ("recall", "0.86")), note="Trained on merchant names."
    ),
    _next("pricing", metrics=(("mae", "1.88"),), cutoff=190, note="Tuned the depth of trees."),
    _next(
        "ranking",
        metrics=(("ndcg", "0.455"),),
        pins=("numpy==2.1.3", "tensorflow==2.11.0"),
        imports=("numpy", "tensorflow"),
        note="Moved to a two-tower network.",
    ),
    _next("triage", measured="1.0.0", note="Retrained with a new tokenizer."),
    _next("uplift", metrics=(("auc", "0.695"),), note="Took the postcode out of the features."),
)
"""One good release, five that break the standard each in its own way (`forecast` is untouched)."""


def policy(today: date) -> str:
    """The example's standard."""
    return f"""\
version: 1
models:
  - path: models/*
benchmarks:
  holdout:
    current: "2"
    sha256: {BENCHMARK_DIGEST}
    released: {today - timedelta(300)}
    versions: ["1", "2"]
    models: ["*"]
metrics:
  auc: {{direction: higher, tolerance: 0.002, min: 0.6, range: [0, 1], critical: true}}
  log_loss: {{direction: lower, relative_tolerance: 1%}}
  mae: {{direction: lower, relative_tolerance: 1%, max: 10}}
freshness: {{max_age_days: 120, warn_days: 14}}
dependencies:
  disallowed:
    - name: tensorflow
      specifier: "<2.12"
      reason: known vulnerabilities
      use: tensorflow>=2.16
waivers:
  - rule: REG301
    model: {WAIVED}
    metric: auc
    reason: Dropping the postcode removes a proxy for income; agreed in ML-377.
    approved_by: platform-team
    expires: {today + timedelta(60)}
"""
