"""The rules about how much a sample can tell, as data."""

from __future__ import annotations

from snitch.findings import Rule
from snitch.findings import Severity

WITHIN_NOISE = Rule(
    code="REG308",
    name="within-noise",
    severity=Severity.INFO,
    summary="A loss inside the tolerance is not within the noise: it is significant.",
    why=(
        "A tolerance excuses small losses because most of them are chance. This one is small and "
        "no chance: the candidate really is a little worse, and the next release starts from "
        "there. Rows of the table that say `within-noise` are the other ones."
    ),
    remedy="Nothing must change for this release. Look at what the candidate lost.",
    bad="deployed 0.9120, candidate 0.9105, tolerance 0.002: 400 items worse, 250 better",
    good="deployed 0.9120, candidate 0.9105, tolerance 0.002: 330 items worse, 315 better",
)
SAMPLE_TOO_SMALL = Rule(
    code="REG309",
    name="sample-too-small",
    severity=Severity.WARNING,
    summary="A metric was measured on fewer items than before, or less certainly.",
    why=(
        "A small sample hides real losses, and whoever measures less has more noise to excuse "
        "them with. So a candidate's own uncertainty never buys it anything: in significance "
        "mode a smaller sample than the deployed release's, or more than twice its uncertainty, "
        "is an error."
    ),
    remedy="Measure the candidate on the whole benchmark, as the deployed release was.",
    bad='deployed: {"accuracy": {"value": 0.91, "n": 5000}}\n'
    'candidate: {"accuracy": {"value": 0.92, "n": 500}}',
    good='deployed: {"accuracy": {"value": 0.91, "n": 5000}}\n'
    'candidate: {"accuracy": {"value": 0.92, "n": 5000}}',
    also=(Severity.ERROR,),
)
INCONCLUSIVE = Rule(
    code="REG311",
    name="inconclusive",
    severity=Severity.ERROR,
    summary="A loss past the tolerance that the sample cannot tell from none.",
    why=(
        "The candidate measures worse than the policy allows, and equal models would often "
        "measure so on this many items. Passing it would let small samples hide real losses; "
        "taking it for proven would refuse about half of all equal retrains. The policy chooses "
        "between the two: `regression.inconclusive: block` or `warn`."
    ),
    remedy=(
        "Measure both releases on more items, or give their per-item results: paired, the same "
        "sample shows smaller losses. The finding names the smallest loss that it shows."
    ),
    bad="# 500 items, 14 worse and 8 better: worse by 0.012, tolerance 0.005, p = 0.14",
    good="# 5,000 items, 101 worse and 80 better: worse by 0.0042, inside the tolerance",
    also=(Severity.WARNING,),
)
ITEMS_INCOMPLETE = Rule(
    code="REG312",
    name="items-incomplete",
    severity=Severity.ERROR,
    summary="The per-item results leave out items of the benchmark, or hold one twice.",
    why=(
        "An average over the items that went well is no measurement. Leaving out the hard ones, "
        "by accident or not, is the easiest gain there is, and an evaluation that broke off "
        "half-way looks the same."
    ),
    remedy=(
        "Run the evaluation over the whole benchmark, with one row for each item. "
        "`benchmarks.NAME.items` and `items_sha256` in the policy say which items these are."
    ),
    bad="eval/items.csv: 1,990 rows   # benchmarks.churn-standard.items: 2000",
    good="eval/items.csv: 2,000 rows, each id once",
    also=(Severity.WARNING,),
)
CUMULATIVE_DRIFT = Rule(
    code="REG314",
    name="cumulative-drift",
    severity=Severity.WARNING,
    summary="A metric slid release by release, each time within its tolerance.",
    why=(
        "Ten releases may each lose what the tolerance allows and lose ten times as much "
        "together, with every single comparison green. So the candidate is also held against "
        "the best of the last releases that production deployed."
    ),
    remedy=(
        "Train from what the best release had. If the loss was decided, nothing must change: "
        "the best release leaves the window of `regression.drift.releases` by itself."
    ),
    bad="auc: 0.920 (1.2.0), 0.918, 0.916, 0.914, candidate 0.912   # tolerance: 0.002, factor 3",
    good="auc: 0.920 (1.2.0), 0.919, 0.920, candidate 0.919",
)

RULES = (WITHIN_NOISE, SAMPLE_TOO_SMALL, INCONCLUSIVE, ITEMS_INCOMPLETE, CUMULATIVE_DRIFT)
