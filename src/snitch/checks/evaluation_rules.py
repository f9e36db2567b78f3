"""The rules of evaluation coverage, as data."""

from __future__ import annotations

from snitch.checks.overuse import BENCHMARK_OVERUSED
from snitch.findings import Rule
from snitch.findings import Severity

BENCHMARK_OUTDATED = Rule(
    code="BEN201",
    name="benchmark-outdated",
    severity=Severity.ERROR,
    summary="The metrics were measured on a benchmark version that is no longer current.",
    why=(
        "A benchmark gets a new version because the old one no longer looks like production, or "
        "because it leaked. Numbers from the old one are comparable with nobody else's."
    ),
    remedy=(
        "Measure the model on the current version, and write its version and digest beside the "
        "numbers. The deployed weights measured on it too, as `incumbent`, keep the comparison."
    ),
    bad='"benchmark": {"name": "churn-standard", "version": "2026.1"}   # current: "2026.2"',
    good='"benchmark": {"name": "churn-standard", "version": "2026.2", "sha256": "<64 hex>"}',
)
BENCHMARK_UNKNOWN = Rule(
    code="BEN202",
    name="benchmark-unknown",
    severity=Severity.ERROR,
    summary="The metrics name a benchmark, or a version of one, that the policy does not know.",
    why=(
        "Whoever picks the exam can pass it. Only benchmarks that the platform team has named, "
        "versioned and pinned make two numbers mean the same."
    ),
    remedy=(
        "Correct the spelling, or measure the model on a benchmark of the policy. A new "
        "benchmark or version is first added to the policy, in a change of its own."
    ),
    bad='"benchmark": {"name": "churn-standart", "version": "2026.2"}',
    good='"benchmark": {"name": "churn-standard", "version": "2026.2"}',
)
BENCHMARK_DIGEST_MISMATCH = Rule(
    code="BEN203",
    name="benchmark-digest-mismatch",
    severity=Severity.ERROR,
    summary="The benchmark's data is not, or not said to be, the data that the policy pins.",
    why=(
        "A name and a version are a claim; the digest says which bytes were measured. Another "
        "digest means that data was added, dropped or changed, and an absent one could mean "
        "anything."
    ),
    remedy=(
        "Fetch the benchmark again, measure on it, and write the SHA-256 of the data that was "
        "really used, not the one that is expected."
    ),
    bad='"benchmark": {"name": "churn-standard", "version": "2026.2"}   # sha256 is pinned',
    good='"benchmark": {"name": "churn-standard", "version": "2026.2", "sha256": "<as pinned>"}',
)
REQUIRED_METRIC_MISSING = Rule(
    code="BEN204",
    name="required-metric-missing",
    severity=Severity.ERROR,
    summary="A metric that the benchmark requires is not among the metrics, or there are none.",
    why=(
        "One number is easily improved at the cost of another. The benchmark lists the metrics "
        "that are looked at together; a missing one is the one that nobody wanted to see."
    ),
    remedy="Measure the metric and write it under exactly the name that the policy requires.",
    bad='"metrics": {"auc": 0.912}   # required_metrics: [auc, log_loss]',
    good='"metrics": {"auc": 0.912, "log_loss": 0.31}',
)
REQUIRED_SLICE_MISSING = Rule(
    code="BEN205",
    name="required-slice-missing",
    severity=Severity.ERROR,
    summary="No slice of the metrics matches one that the benchmark requires.",
    why=(
        "Slices show whom a model fails. Without them the average speaks for all customers, "
        "those included whom it does not describe."
    ),
    remedy=(
        "Measure the slice and write its metrics under `slices`. Each pattern of "
        "`required_slices` must match at least one slice that has a metric, and the slices that "
        "the deployed release has under it must be measured still."
    ),
    bad='"slices": {}   # required_slices: ["plan=*"]',
    good='"slices": {"plan=enterprise": {"n": 1200, "auc": 0.93}}',
)
EVALUATION_DATE_INVALID = Rule(
    code="BEN206",
    name="evaluation-date-invalid",
    severity=Severity.ERROR,
    summary=(
        "The evaluation is dated in the future, before training finished, or before the "
        "benchmark was released."
    ),
    also=(Severity.WARNING,),
    why=(
        "Nobody measures a model before it exists. Such a date means that the metrics file is "
        "another model's, was copied from an earlier release, or was written by hand. A date that "
        "is left out, where the deployed release gives one, hides all of this, and is a warning."
    ),
    remedy=(
        "Run the evaluation again and let it write `evaluated_at`; check `training.finished_at` "
        "in the config if the evaluation is right."
    ),
    bad='training: {finished_at: 2026-10-03T12:00:00Z}\n"evaluated_at": "2026-10-01T09:00:00Z"',
    good='training: {finished_at: 2026-10-03T12:00:00Z}\n"evaluated_at": "2026-10-03T14:00:00Z"',
)
BENCHMARK_IN_GRACE = Rule(
    code="BEN207",
    name="benchmark-in-grace",
    severity=Severity.WARNING,
    summary="The benchmark version is the one before the current one, and still passes for now.",
    why=(
        "A new version must not stop releases that are under way. `grace_days` after it came "
        "out, the old one is refused."
    ),
    remedy="Measure the model on the current version before the day that the finding names.",
    bad='"version": "2026.1"   # current: "2026.2", released 5 days ago, grace_days: 14',
    good='"version": "2026.2"',
)
BENCHMARK_NOT_DECLARED = Rule(
    code="BEN208",
    name="benchmark-not-declared",
    severity=Severity.ERROR,
    summary="The metrics do not say that they measure the benchmark that the policy assigns.",
    why=(
        "A number without its exam is hearsay: it can be compared with nothing, and nobody can "
        "measure it again."
    ),
    remedy=(
        "Name the benchmark, its version and its digest in a `benchmark` block of the metrics "
        "file; the evaluation should write it, since it knows what it measured."
    ),
    bad='{"metrics": {"auc": 0.912}}   # the policy assigns churn-standard',
    good='{"benchmark": {"name": "churn-standard", "version": "2026.2", "sha256": "<64 hex>"},\n'
    ' "metrics": {"auc": 0.912}}',
)

RULES = (
    BENCHMARK_OUTDATED,
    BENCHMARK_UNKNOWN,
    BENCHMARK_DIGEST_MISMATCH,
    REQUIRED_METRIC_MISSING,
    REQUIRED_SLICE_MISSING,
    EVALUATION_DATE_INVALID,
    BENCHMARK_IN_GRACE,
    BENCHMARK_NOT_DECLARED,
    BENCHMARK_OVERUSED,
)
