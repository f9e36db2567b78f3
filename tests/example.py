"""A good release and a good policy, for tests to break one thing of."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WEIGHTS = b"weights of churn 1.4.0"
OID = hashlib.sha256(WEIGHTS).hexdigest()
OLD_OID = hashlib.sha256(b"weights of churn 1.3.2").hexdigest()
BENCHMARK_SHA = hashlib.sha256(b"churn-standard 2026.2").hexdigest()


def pointer(oid: str = OID, size: int = 22_000_000) -> str:
    """A canonical Git LFS pointer."""
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {size}\n"


def config(version: str = "1.4.0", cutoff: str = "2026-10-01") -> str:
    """A complete config."""
    return f"""\
name: churn
version: {version}
owner: risk-ml
description: Probability that an account closes within 90 days.
data:
  name: accounts
  version: "2026.10"
  cutoff: {cutoff}
features: [tenure_months, plan, monthly_spend]
hyperparameters: {{max_depth: 6, learning_rate: 0.1}}
training: {{code: train.py, seed: 7, finished_at: 2026-10-03T12:00:00Z}}
evaluation: {{command: [python, evaluate.py, --out, "{{output}}"]}}
weights: {{path: weights/model.safetensors}}
"""


def metrics(auc: str = "0.912", log_loss: str = "0.31", oid: str = OID) -> str:
    """A complete metrics file."""
    return f"""\
{{
  "benchmark": {{"name": "churn-standard", "version": "2026.2", "sha256": "{BENCHMARK_SHA}"}},
  "evaluated_at": "2026-10-03T14:00:00Z",
  "weights_sha256": "{oid}",
  "metrics": {{"auc": {auc}, "log_loss": {{"value": {log_loss}, "n": 50000, "stderr": 0.002}}}},
  "slices": {{"plan=enterprise": {{"n": 1200, "auc": 0.93}}}}
}}
"""


CHANGELOG = """\
# Changelog

## [1.4.0] - 2026-10-04
- **Author:** ana@example.com
- **Ticket:** ML-123
### Changed
- Retrained on the October accounts.

## [1.3.2] - 2026-07-04
- **Author:** ben@example.com
- **Ticket:** ML-101
### Changed
- Retrained on the July accounts.
"""

OLD_CHANGELOG = "# Changelog\n\n" + CHANGELOG[CHANGELOG.index("## [1.3.2]") :]

TRAIN = "import numpy\nimport sklearn\n"

REQUIREMENTS = "numpy==2.1.0\nscikit-learn==1.5.2\n"

GOOD: dict[str, str] = {
    "config.yaml": config(),
    "metrics.json": metrics(),
    "CHANGELOG.md": CHANGELOG,
    "requirements.txt": REQUIREMENTS,
    "weights/model.safetensors": pointer(),
    "train.py": TRAIN,
}
"""The candidate: churn 1.4.0, at least as good as what is deployed."""

DEPLOYED: dict[str, str] = {
    **GOOD,
    "config.yaml": config("1.3.2", "2026-07-01").replace("2026-10-03", "2026-07-03"),
    "metrics.json": metrics("0.911", "0.312", OLD_OID).replace("2026-10-03", "2026-07-03"),
    "CHANGELOG.md": OLD_CHANGELOG,
    "weights/model.safetensors": pointer(OLD_OID),
}
"""The deployed release: churn 1.3.2."""

BENCHMARKS = f"""\
benchmarks:
  churn-standard:
    current: "2026.2"
    sha256: {BENCHMARK_SHA}
    released: 2026-06-01
    grace_days: 14
    versions: ["2025.4", "2026.1", "2026.2"]
    models: [churn, churn-*]
"""
POLICY = f"""\
version: 1
models:
  - path: models/*
completeness:
  config: {{required: [owner, description, data.version, data.cutoff, features, training.code]}}
  changelog: {{required: [date, author, ticket, summary], placeholders: [TODO, TBD]}}
{BENCHMARKS}    required_metrics: [auc, log_loss]
    required_slices: ["plan=*"]
metrics:
  auc: {{direction: higher, tolerance: 0.002, warn: 0.001, min: 0.85, range: [0, 1]}}
  log_loss: {{direction: lower, relative_tolerance: 1%}}
freshness: {{max_age_days: 90, warn_days: 14}}
"""


def named(files: Mapping[str, str], name: str) -> dict[str, str]:
    """A model's files under another name."""
    config = files["config.yaml"].replace("name: churn", f"name: {name}")
    return {**files, "config.yaml": config}
