"""Policies from text, without a disk or Git."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from snitch.frozen import dataclass
from snitch.policy.load import load
from snitch.snapshots.snapshot import Entry
from snitch.snapshots.snapshot import Kind
from snitch.testing import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from snitch.policy.load import LoadedPolicy
    from snitch.policy.model import Policy


DIGEST = "0123456789abcdef" * 4
WHOLE = f"""\
version: 1
environments: {{production: main, staging: staging}}
models:
  - path: models/*
    layout: snitch
completeness:
  config: {{required: [owner, data.version]}}
  changelog: {{required: [date, author, ticket, summary], placeholders: [TODO, TBD]}}
benchmarks:
  churn-standard:
    current: "2026.2"
    sha256: {DIGEST}
    released: 2026-06-01
    grace_days: 14
    versions: ["2025.4", "2026.1", "2026.2"]
    models: [churn, churn-*]
    required_metrics: [auc, log_loss]
    required_slices: ["plan=*"]
metrics:
  auc:            {{direction: higher, tolerance: 0.002, warn: 0.001, min: 0.85, range: [0, 1],
                   critical: true}}
  log_loss:       {{direction: lower, relative_tolerance: 1%}}
  latency_p95_ms: {{direction: lower, max: 50}}
  "slices.*.auc": {{direction: higher, tolerance: 0.01, min_n: 200}}
regression: {{mode: exact, inconclusive: block, seed: 0}}
freshness: {{max_age_days: 90, warn_days: 14}}
dependencies:
  require_pins: true
  disallowed: [{{name: tensorflow, specifier: "<2.12", reason: CVE, use: tensorflow>=2.16}}]
  deprecated: [{{name: nltk, after: 2027-01-01, use: spacy}}]
  serving_constraints: serving/constraints.txt
  allowed_sources: [index]
rules: {{FRS402: off, DEP504: warning}}
overrides:
  - models: [legacy-*]
    freshness: {{max_age_days: 365}}
waivers:
  - {{rule: REG301, model: churn, metric: auc, reason: "Agreed in ML-99",
     approved_by: platform-team, expires: 2026-12-31}}
plugins: [acme_snitch]
limits: {{max_file_kib: 1024}}
"""
"""A policy that uses every section."""


@dataclass(frozen=True)
class Tree(MemorySnapshot):
    """A snapshot in memory that holds symbolic links, too."""

    links: frozenset[str] = frozenset()

    def entry(self, path: str) -> Entry | None:
        """What stands at a path."""
        return Entry(Kind.LINK) if path in self.links else super().entry(path)


def tree(files: Mapping[str, str | None]) -> Tree:
    """A snapshot of files given as text; None stands for a symbolic link."""
    blobs = {path: (text or "").encode() for path, text in files.items()}
    return Tree(blobs, links=frozenset(path for path, text in files.items() if text is None))


def loaded(text: str, root: Path | None = None, /, **others: str | None) -> LoadedPolicy:
    """The policy that a text spells, with further files by path (`__` for `.`)."""
    files = {"snitch.yaml": dedent(text)}
    more = {
        name.replace("__", "."): None if it is None else dedent(it) for name, it in others.items()
    }
    found = load(tree({**files, **more}), label="origin/main", repository=root)
    assert found is not None
    return found


def policy(text: str = "version: 1\n") -> Policy:
    """The policy that a text spells."""
    return loaded(text).policy
