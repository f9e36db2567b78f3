"""The rules of the comparison with the deployed release, as data."""

from __future__ import annotations

from snitch.checks import significance_rules
from snitch.findings import Rule
from snitch.findings import Severity

METRIC_REGRESSED = Rule(
    code="REG301",
    name="metric-regressed",
    severity=Severity.ERROR,
    summary="A metric is worse than the deployed release's by more than its tolerance.",
    why=(
        "Whoever uses the model gets what the metric measures: a loss that nobody decided on "
        "is found in production instead. Metrics and tolerances are compared as the decimals "
        "on the page; without a tolerance any loss counts."
    ),
    remedy=(
        "Find what the candidate lost and train again, or leave the release as it is. A loss "
        "that is wanted (a fairness fix, a smaller model) needs a waiver or a tolerance in the "
        "policy, agreed with its owners and merged first."
    ),
    bad='deployed: {"auc": 0.912}\ncandidate: {"auc": 0.909}   # tolerance: 0.002',
    good='deployed: {"auc": 0.912}\ncandidate: {"auc": 0.910}   # tolerance: 0.002',
)
METRIC_DROPPED = Rule(
    code="REG302",
    name="metric-dropped",
    severity=Severity.ERROR,
    summary="The deployed release has a metric that the candidate does not have.",
    why=(
        "A number that is no longer reported can no longer regress: comparing only what both "
        "sides have would let the worst change through in silence. Renaming a metric breaks "
        "its history in the same way."
    ),
    remedy=(
        "Measure the metric again, under the very name that production uses. If the platform "
        "no longer wants it, its owners set `ignore: true` for it in the policy."
    ),
    bad='deployed: {"auc": 0.912, "log_loss": 0.31}\ncandidate: {"AUC": 0.913, "log_loss": 0.31}',
    good='deployed: {"auc": 0.912, "log_loss": 0.31}\ncandidate: {"auc": 0.913, "log_loss": 0.31}',
)
SLICE_REGRESSED = Rule(
    code="REG303",
    name="slice-regressed",
    severity=Severity.ERROR,
    summary="A slice that the policy names got worse, or is gone.",
    why=(
        "An average hides who pays for it: a model can gain overall and fail one group of "
        "customers. The policy names the slices that must hold by themselves; all others are "
        "shown and never block."
    ),
    remedy=(
        "Look at what changed for this slice and train again, or measure the slice that is "
        "missing. An agreed loss needs a waiver, or a tolerance for `slices.<name>.<metric>`."
    ),
    bad='deployed: {"slices": {"plan=free": {"auc": 0.90}}}\n'
    'candidate: {"slices": {"plan=free": {"auc": 0.80}}}   # "slices.*.auc": {tolerance: 0.01}',
    good='deployed: {"slices": {"plan=free": {"auc": 0.90}}}\n'
    'candidate: {"slices": {"plan=free": {"auc": 0.89}}}   # "slices.*.auc": {tolerance: 0.01}',
)
BOUND_VIOLATED = Rule(
    code="REG304",
    name="bound-violated",
    severity=Severity.ERROR,
    summary="A metric lies beyond a `min` or `max` of the policy.",
    why=(
        "Bounds are what the product needs whatever was deployed before: the only standard "
        "that a first release is held to, and the one that stops a slow slide. Both are "
        "inclusive."
    ),
    remedy=(
        "Improve the model until the metric is inside its bounds; a bound that no longer fits "
        "the product is changed by the policy's owners."
    ),
    bad='{"auc": 0.849}   # auc: {min: 0.85}',
    good='{"auc": 0.85}    # auc: {min: 0.85}',
)
NOT_COMPARABLE = Rule(
    code="REG305",
    name="not-comparable",
    severity=Severity.ERROR,
    summary="The candidate's numbers and the deployed release's measure different things.",
    why=(
        "A number means something on its benchmark only: 0.93 on an easier data set is no gain "
        "over 0.91 on a harder one. Values of two benchmarks, versions, data digests or splits "
        "are never compared, and not comparing is no pass."
    ),
    remedy=(
        "Measure the deployed weights on the candidate's benchmark and put these numbers, with "
        "the digest of the deployed weights, into an `incumbent` block of the metrics file; or "
        "measure the candidate on the benchmark of the deployed release."
    ),
    bad='deployed: {"benchmark": {"version": "2026.1"}, …}\n'
    'candidate: {"benchmark": {"version": "2026.2"}, "metrics": {"auc": 0.93}}',
    good='candidate: {"benchmark": {"version": "2026.2"}, "metrics": {"auc": 0.93},\n'
    '            "incumbent": {"weights_sha256": "<deployed>", "metrics": {"auc": 0.92}}}',
    also=(Severity.WARNING,),
)
METRIC_NOT_A_NUMBER = Rule(
    code="REG306",
    name="metric-not-a-number",
    severity=Severity.ERROR,
    summary="A metric's value is no plain decimal number.",
    why=(
        "NaN is neither better nor worse than anything, infinity beats everything, and text or "
        "a boolean is a number only by accident: each of them makes a comparison pass that "
        "should not. NaN is also how a failed evaluation usually looks."
    ),
    remedy=(
        "Write the value as a plain decimal of at most 40 characters, without quotes and "
        "percent signs. Where the evaluation gave NaN or infinity, mend the evaluation."
    ),
    bad='{"auc": "0.91", "log_loss": NaN}',
    good='{"auc": 0.91, "log_loss": 0.31}',
    fixed=True,
)
DIRECTION_UNKNOWN = Rule(
    code="REG307",
    name="direction-unknown",
    severity=Severity.ERROR,
    summary="Nothing says whether a higher or a lower value of a metric is better.",
    why=(
        "Guessing from a name works until it does not: `lift_error` or `score_gap` read either "
        "way, and a wrong guess turns every regression into progress. Only exact, well-known "
        "names have a direction of their own."
    ),
    remedy=(
        "Declare `direction: higher` or `direction: lower` for the metric in the policy, or "
        "`ignore: true` where it is a counter, a size or a time that nobody judges."
    ),
    bad="metrics:\n  score_gap: {tolerance: 0.01}",
    good="metrics:\n  score_gap: {direction: lower, tolerance: 0.01}",
)
DIRECTION_CHANGED = Rule(
    code="REG310",
    name="direction-changed",
    severity=Severity.ERROR,
    summary="The same change turns round which direction of a metric is better.",
    why=(
        "With its direction turned a regression counts as an improvement. The candidate is "
        "judged by the direction in force, and whoever reviews the change should see that it "
        "asks for the opposite."
    ),
    remedy=(
        "Take the new `direction` out of this change. If the one in force is wrong, correct it "
        "in a change of the policy alone, reviewed by its owners."
    ),
    bad="metrics:\n  auc: {direction: lower}    # in force: higher",
    good="metrics:\n  auc: {direction: higher}",
)
NO_BOUND_FOR_FIRST_RELEASE = Rule(
    code="REG313",
    name="no-bound-for-first-release",
    severity=Severity.WARNING,
    summary="A first release is held to no `min` or `max` at all.",
    why=(
        "A first release has nothing to be compared with. Without a bound any numbers pass, "
        "and they become the standard for all releases that follow."
    ),
    remedy=(
        "Give the model's critical metrics a `min` or `max` in the policy before its first release."
    ),
    bad="metrics:\n  auc: {direction: higher, critical: true}",
    good="metrics:\n  auc: {direction: higher, critical: true, min: 0.85}",
)
METRIC_SLIPPED = Rule(
    code="REG315",
    name="metric-slipped",
    severity=Severity.WARNING,
    summary="A metric lost more than its `warn`, though no more than its tolerance.",
    why=(
        "One release within its tolerance does no harm; ten in a row lose ten times as much. "
        "The warning shows a slide while it is small."
    ),
    remedy=(
        "Nothing must change for this release. Look at what the candidate lost before the "
        "next one is built upon it."
    ),
    bad='deployed: {"auc": 0.9120}\n'
    'candidate: {"auc": 0.9105}   # auc: {warn: 0.001, tolerance: 0.002}',
    good='deployed: {"auc": 0.9120}\n'
    'candidate: {"auc": 0.9110}   # auc: {warn: 0.001, tolerance: 0.002}',
)
OUT_OF_RANGE = Rule(
    code="REG316",
    name="out-of-range",
    severity=Severity.ERROR,
    summary="A metric's value lies outside the range that this metric can have.",
    why=(
        "80.5 where 0.805 stood is a changed unit, not a gain of 79.695: taken at its word it "
        "would pass every comparison, and fail the next honest release. Such a value is "
        "neither compared nor held to bounds."
    ),
    remedy=(
        "Write the value in the unit that production uses, usually a fraction instead of a "
        "percentage. A range that is wrong is corrected in the policy."
    ),
    bad='{"accuracy": 80.5}    # accuracy: {range: [0, 1]}',
    good='{"accuracy": 0.805}   # accuracy: {range: [0, 1]}',
    also=(Severity.WARNING,),
)
INCUMBENT_CLAIMED = Rule(
    code="REG317",
    name="incumbent-claimed",
    severity=Severity.WARNING,
    summary="The numbers compared with are the author's own measurement of the deployed model.",
    why=(
        "On a new benchmark the deployed release has no numbers of its own, so the author "
        "measures it again. Understating them would hide a loss, and nothing in the repository "
        "can show that they are right."
    ),
    remedy=(
        "The reviewer has the `incumbent` numbers reproduced, or sees the log of that "
        "evaluation, before merging. `regression.incumbent` refuses or accepts such claims."
    ),
    bad='"incumbent": {"weights_sha256": "<deployed>", "metrics": {"auc": 0.92}}',
    good="# both releases measured on the same benchmark version, no `incumbent` needed",
    also=(Severity.INFO,),
)

RULES = (
    METRIC_REGRESSED,
    METRIC_DROPPED,
    SLICE_REGRESSED,
    BOUND_VIOLATED,
    NOT_COMPARABLE,
    METRIC_NOT_A_NUMBER,
    DIRECTION_UNKNOWN,
    DIRECTION_CHANGED,
    NO_BOUND_FOR_FIRST_RELEASE,
    METRIC_SLIPPED,
    OUT_OF_RANGE,
    INCUMBENT_CLAIMED,
    *significance_rules.RULES,
)
