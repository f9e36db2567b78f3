"""ART608: other numbers of the same weights, on the same benchmark, from no new evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.comparison import plain
from snitch.checks.standings import label
from snitch.checks.standings import lookup
from snitch.checks.standings import order
from snitch.findings import Finding
from snitch.findings import Rule
from snitch.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.checks.check import Subject
    from snitch.registry.release import Release

METRICS_CHANGED = Rule(
    code="ART608",
    name="metrics-changed-without-evaluation",
    severity=Severity.WARNING,
    summary="Metrics changed while the weights, the benchmark and the evaluation's date did not.",
    why=(
        "The same weights on the same data give the same numbers. Where they differ and no new "
        "evaluation is recorded, somebody has edited them by hand, or an evaluation was run "
        "again until it came out better."
    ),
    remedy=(
        "Restore the numbers that were measured. If the evaluation was mended and run again, "
        "record its time as `evaluated_at`."
    ),
    bad='deployed: {"evaluated_at": "2026-10-03", "metrics": {"auc": 0.908}}\n'
    'candidate: {"evaluated_at": "2026-10-03", "metrics": {"auc": 0.915}}   # same weights',
    good='candidate: {"evaluated_at": "2026-10-09", "metrics": {"auc": 0.915}}   # same weights',
)


def remeasured(subject: Subject) -> Iterator[Finding]:
    """At most one finding, at the first metric that changed."""
    candidate, deployed = subject.candidate, subject.deployed
    if deployed is None or deployed is candidate or subject.rollback is not None:
        return
    if not _same_evaluation(candidate, deployed):
        return
    stand = lookup(subject.policy)
    changed = [
        key
        for key in sorted(candidate.metrics, key=order)
        if key in deployed.metrics
        and not stand(key).ignored
        and candidate.metrics[key].value != deployed.metrics[key].value
    ]
    if not changed:
        return
    new, old = candidate.metrics[changed[0]], deployed.metrics[changed[0]]
    more = f" and {len(changed) - 1} more metrics" if len(changed) > 1 else ""
    was, now = ("no number" if v is None else plain(v) for v in (old.value, new.value))
    rest = "the weights, the benchmark and `evaluated_at` did not"
    remedy = "restore the numbers that were measured, or record the new evaluation's `evaluated_at`"
    if "evaluated_at" in candidate.not_applicable:
        rest = "the weights and the benchmark did not"
        remedy = "restore the numbers that were measured, or tell the reviewer what was mended"
    elif candidate.metadata.evaluated_at != deployed.metadata.evaluated_at:
        rest = "the weights and the benchmark did not, and `evaluated_at` is left out"
    yield Finding(
        METRICS_CHANGED,
        f"{label(new.key)}{more} changed, from {was} to {now}, and {rest}",
        remedy,
        new.written.place,
        metric=new.name,
        slice=new.slice,
    )


def _same_evaluation(candidate: Release, deployed: Release) -> bool:
    weights = _weights(candidate)
    return (
        bool(weights)
        and weights == _weights(deployed)
        and candidate.metadata.benchmark == deployed.metadata.benchmark
        and not evaluated_anew(candidate, deployed)
    )


def evaluated_anew(candidate: Release, deployed: Release) -> bool:
    """Whether the metrics tell of an evaluation of their own: a date left out tells of none."""
    moment = candidate.metadata.evaluated_at
    return moment is not None and moment != deployed.metadata.evaluated_at


def _weights(release: Release) -> frozenset[str] | None:
    """The contents of all weights files; None where one is not known."""
    digests = {weights.digest for weights in release.weights}
    return None if None in digests else frozenset(digest for digest in digests if digest)
