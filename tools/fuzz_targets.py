"""What the fuzzer fuzzes: every reader of what a change may bring, and files to start from."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

METRICS = (
    b'{"benchmark": {"name": "b", "version": "1"}, "metrics": {"auc": 0.9, "x": {"value": 1}}}'
)
CONFIG = b"name: churn\nversion: 1.4.0\ndata: {cutoff: 2026-10-01}\nfeatures: [a, b]\n"
TOML = b'name = "churn"\n[data]\ncutoff = 2026-10-01\n[[x]]\ny = 1.5\n'
POLICY = (
    b"version: 1\nmodels: [{path: models/*}]\nmetrics: {auc: {direction: higher, tolerance: 0.1}}\n"
    b"rules: {REG301: off}\nwaivers: [{rule: REG301, model: m, reason: x, approved_by: y, "
    b"expires: 2026-12-01}]\nlimits: {max_depth: 9}\n"
)
CHANGES = (
    b"# Changelog\n\n## [1.0.0] - 2026-01-01\n- **Author:** a\n### Changed\n- x\n\n## 0.9\ny\n"
)
LISTED = b"- {version: 1.0.0, date: 2026-01-01, author: a, summary: s, changes: [x]}\n"
REQUIREMENTS = (
    b"numpy==2.1.0\nscipy>=1 ; python_version > '3'  # c\n-r other.txt\nx @ https://h/x.whl\n"
)
LOCK = b'version = 1\n[[package]]\nname = "a"\nversion = "1"\nsource = { registry = "https://x" }\n'
REPORT = (
    b'{"schema": 1, "tool": {"name": "snitch", "version": "1"}, "verdict": "fail", '
    b'"as_of": "2026-10-05", "candidate": {"kind": "commit", "commit": "c0ffee"}, '
    b'"baseline": {"ref": "origin/main", "commit": "cafe"}, '
    b'"policy": {"source": "origin/main:snitch.yaml", "sha256": "ab"}, "summary": {"models": 1, '
    b'"errors": 1, "warnings": 0, "infos": 0, "waived": 0, "known": 0}, "models": [{"name": "m", '
    b'"path": "models/m", "version": "2", "deployed_version": null, "change": "modified", '
    b'"metrics": [{"name": "auc", "slice": null, "candidate": "0.8", "deployed": "0.9", '
    b'"delta": "-0.1", "direction": "higher", "tolerance": "0", "verdict": "regressed"}], '
    b'"families": ["REG"], "trends": [{"name": "auc", "direction": "higher", "points": '
    b'[{"version": "1", "value": "0.9"}], "candidate": {"version": null, "value": "0.8"}}], '
    b'"skipped": [{"family": "FRS", "reason": "r", "excused": true, "whole": true}]}], '
    b'"findings": [{"code": "REG301", "rule": "metric-regressed", "severity": "error", '
    b'"model": "m", "path": "models/m/metrics.json", "line": 1, "column": 2, "message": "x", '
    b'"remedy": "y", "waiver": {"reason": "z", "approved_by": "a", "expires": "2026-12-31"}}], '
    b'"failures": [], "total_models": 1, "behind": [], "notices": [], "deviations": []}'
)
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 7\n"


@dataclass(frozen=True)
class Target:
    """One reader, and small inputs that it takes."""

    seeds: tuple[bytes, ...]
    run: Callable[[bytes], object]


def targets() -> dict[str, Target]:
    """Every reader of what a change may bring, by name."""
    from snitch.documents import Limits  # noqa: PLC0415 - `--help` need not load it
    from snitch.documents import read_changelog  # noqa: PLC0415
    from snitch.documents import read_dependencies  # noqa: PLC0415
    from snitch.documents import read_document  # noqa: PLC0415
    from snitch.findings import CannotJudgeError  # noqa: PLC0415
    from snitch.policy.load import load  # noqa: PLC0415
    from snitch.reports import RenderOptions  # noqa: PLC0415
    from snitch.reports import render  # noqa: PLC0415
    from snitch.reports.json_document import read  # noqa: PLC0415
    from snitch.snapshots.lfs import parse_pointer  # noqa: PLC0415
    from snitch.snapshots.paths import split  # noqa: PLC0415
    from snitch.snapshots.revisions import is_ref_name  # noqa: PLC0415
    from snitch.testing import MemorySnapshot  # noqa: PLC0415

    limits = Limits()

    def document(path: str) -> Callable[[bytes], object]:
        return lambda blob: read_document(path, blob, limits, aliases=True)

    def dependencies(path: str) -> Callable[[bytes], object]:
        return lambda blob: read_dependencies(path, {path: blob}.get, limits)

    def policy(blob: bytes) -> object:
        try:
            return load(MemorySnapshot({"snitch.yaml": blob}), label="main")
        except CannotJudgeError:
            return None

    def report(blob: bytes) -> object:
        try:
            return render(read(blob.decode(errors="replace")), "markdown", RenderOptions())
        except CannotJudgeError:
            return None

    return {
        "yaml": Target((CONFIG, METRICS, LISTED), document("config.yaml")),
        "json": Target((METRICS,), document("metrics.json")),
        "toml": Target((TOML, LOCK), document("config.toml")),
        "changelog": Target((CHANGES,), lambda blob: read_changelog("C.md", blob, limits)),
        "changes": Target((LISTED,), lambda blob: read_changelog("c.yaml", blob, limits)),
        "policy": Target((POLICY,), policy),
        "requirements": Target((REQUIREMENTS,), dependencies("requirements.txt")),
        "lock": Target((LOCK,), dependencies("uv.lock")),
        "environment": Target(
            (b"dependencies: [a=1, {pip: [b==2]}]\n",), dependencies("environment.yml")
        ),
        "report": Target((REPORT,), report),
        "pointer": Target((POINTER,), parse_pointer),
        "names": Target(
            (b"refs/heads/main", b"origin/main", b"models/churn/config.yaml"),
            lambda blob: (is_ref_name(os.fsdecode(blob)), split(os.fsdecode(blob))),
        ),
    }
