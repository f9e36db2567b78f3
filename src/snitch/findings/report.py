"""The result of one run, whole: every rendering is a function of this value alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.frozen import dataclass

if TYPE_CHECKING:
    from datetime import date

    from snitch.findings.finding import Finding
    from snitch.findings.finding import MetricChange
    from snitch.findings.finding import Place
    from snitch.findings.finding import Skipped


@dataclass(frozen=True, slots=True)
class Candidate:
    """What was judged."""

    kind: str
    """`worktree`, `index` or `commit`."""
    commit: str | None
    """The commit judged, or the one that the index or working tree stands on."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What it was compared with."""

    ref: str
    commit: str


@dataclass(frozen=True, slots=True)
class PolicySource:
    """Which policy was in force."""

    source: str
    """`origin/main:snitch.yaml`, a file's path, or `defaults`."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that kept Snitch from judging: exit status 2."""

    message: str
    remedy: str
    model: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """What one release measured."""

    version: str | None
    value: str
    """The exact decimal, as text."""


@dataclass(frozen=True, slots=True)
class Trend:
    """One critical metric over the releases that production held, all on one benchmark."""

    name: str
    direction: str | None
    """`higher` or `lower` is better; None where nothing says."""
    points: tuple[TrendPoint, ...]
    """The oldest first, the deployed release last."""
    candidate: TrendPoint | None = None
    """What is being judged; None where it was measured on another benchmark, or not at all."""


@dataclass(frozen=True, slots=True)
class ModelReport:
    """What was done with one model."""

    name: str
    path: str
    version: str | None
    deployed_version: str | None
    change: str
    """added, modified, unchanged, moved or removed."""
    metrics: tuple[MetricChange, ...] = ()
    families: tuple[str, ...] = ()
    """The families that ran."""
    skipped: tuple[Skipped, ...] = ()
    trends: tuple[Trend, ...] = ()
    """Empty unless the run was asked for them."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts; a waived finding counts only under `waived`."""

    models: int
    errors: int
    warnings: int
    infos: int
    waived: int
    known: int = 0
    """Findings that the baseline file holds: they are not among the report's."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that any rendering may show.

    `findings` are sorted by model, file, line, column and code; `models` by name.
    """

    version: str
    """Snitch's own."""
    verdict: str
    """`pass`, `fail` (findings at or above --fail-on) or `error` (could not judge)."""
    as_of: date
    candidate: Candidate
    baseline: Baseline | None
    policy: PolicySource | None
    summary: Summary
    models: tuple[ModelReport, ...]
    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...] = ()
    removed: tuple[ModelReport, ...] = ()
    """Models that this change takes away: nothing of them is left to judge."""
    total_models: int = 0
    """How many models the candidate holds, judged or not."""
    behind: tuple[str, ...] = ()
    """Models that production moved on and this change did not touch."""
    notices: tuple[str, ...] = ()
    """Sentences that every reader should see: which policy, no merge base, nothing changed."""
    deviations: tuple[str, ...] = ()
    """Every flag or variable that differs from the default, as `--fail-on never`."""
