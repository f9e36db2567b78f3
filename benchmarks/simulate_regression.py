"""How often each mode blocks, warns and passes: the first table of docs/regression.md.

Two models are measured on the same items. Their results are drawn from a known truth (equal, one
point worse, three points worse), and each draw is judged by the functions that `snitch check`
judges by. Run it with `python -m benchmarks.simulate_regression`; the seed makes it repeatable.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from snitch.checks.item_evidence import of_counts
from snitch.checks.pairs import Pair
from snitch.checks.pairs import weigh
from snitch.checks.standings import standing
from snitch.checks.summaries import from_proportions
from snitch.documents import Document
from snitch.documents import Located
from snitch.documents import Number
from snitch.findings import Finding
from snitch.findings import Severity
from snitch.policy.model import MetricStandard
from snitch.policy.model import Policy
from snitch.registry.release import Metric

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.checks.evidence import Evidence
    from snitch.checks.standings import Standing

SIZES = (500, 2_000, 10_000)
DROPS = {0: "equally good", 1: "1 point worse", 3: "3 points worse"}
"""In points: hundredths of the accuracy."""
ACCURACY = 0.9
DISAGREEMENT = 0.08
"""The share of items that only one of the two gets right: usual for retrains of one model."""
DRAWS = 100_000
NOWHERE = Located(Number("0"), Document("metrics.json", None))

Table = tuple[int, int, int, int]
"""Items that both, only the deployed model, only the candidate and none gets right."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One way to configure the gate."""

    mode: str
    """`exact`, `paired` (significance with items) or `summary` (significance without)."""
    tolerance: str | None = None
    lenient: bool = False
    """`inconclusive: warn`."""

    def __str__(self) -> str:
        words = {
            "exact": "exact",
            "paired": "significance, per-item results",
            "summary": "significance, summaries only",
        }[self.mode]
        unsure = "" if self.mode == "exact" else f", `{'warn' if self.lenient else 'block'}`"
        tolerance = "none" if self.tolerance is None else self.tolerance
        return f"{words}{unsure} | {tolerance}"


SETTINGS = tuple(
    Setting(mode, tolerance, lenient)
    for mode, lenient in (
        ("exact", False),
        ("paired", False),
        ("paired", True),
        ("summary", False),
        ("summary", True),
    )
    for tolerance in (None, "0.005")
)


def tables(size: int, drop: float, draws: int, seed: int) -> Iterator[Table]:
    """Measurements of two models whose true accuracies are `drop` points apart."""
    lost = drop / 100
    worse, better = (DISAGREEMENT + lost) / 2, (DISAGREEMENT - lost) / 2
    both = ACCURACY - worse
    shares = [both, worse, better, 1 - both - worse - better]
    for row in np.random.RandomState(seed).multinomial(size, shares, draws).tolist():
        yield tuple(row)


def judged(setting: Setting, table: Table) -> str:
    """`block`, `warn` or `pass`, as `snitch check` decides it."""
    both, worse, better, _ = table
    size = sum(table)
    new, old = (Decimal(right) / size for right in (both + better, both + worse))
    reference = Metric("accuracy", None, NOWHERE, old)
    pair = Pair(
        Metric("accuracy", None, NOWHERE, new),
        reference,
        reference,
        _standing(setting.tolerance),
        small=False,
        proof=_proof(setting, table, new, old) if new < old else None,
        lenient=setting.lenient,
    )
    found = [outcome for outcome in weigh(pair) if isinstance(outcome, Finding)]
    ranks = [(finding.severity or finding.rule.severity).rank for finding in found]
    worst = max(ranks, default=0)
    if worst >= Severity.ERROR.rank:
        return "block"
    return "warn" if worst >= Severity.WARNING.rank else "pass"


@cache
def _standing(tolerance: str | None) -> Standing:
    keys = {} if tolerance is None else {"tolerance": Decimal(tolerance)}
    policy = Policy(metrics={"accuracy": MetricStandard.model_validate(keys)})
    return standing(policy, (None, "accuracy"))


def _proof(setting: Setting, table: Table, new: Decimal, old: Decimal) -> Evidence | None:
    match setting.mode:
        case "paired":
            return of_counts(*table)
        case "summary":
            return from_proportions(new, old, sum(table), "higher")
        case _:
            return None


def shares(setting: Setting, size: int, drop: float, draws: int, seed: int) -> dict[str, float]:
    """How often a gate of this setting blocks, warns and passes."""
    if setting.mode == "summary":
        drawn = Counter(tables(size, drop, draws // 10, seed))
    else:
        # What both get right or wrong decides nothing here, so that equal draws are judged once.
        right = round(ACCURACY * size)
        drawn = Counter(
            (right - worse, worse, better, size - right - better)
            for _, worse, better, _ in tables(size, drop, draws, seed)
        )
    found = {"block": 0, "warn": 0, "pass": 0}
    for table, count in drawn.items():
        found[judged(setting, table)] += count
    return {word: count / drawn.total() for word, count in found.items()}


def main() -> None:
    """Print a table for each size as Markdown: blocked / warned / passed, in percent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--draws", type=int, default=DRAWS, help="of each case; a tenth without pairs"
    )
    parser.add_argument("--seed", type=int, default=0, help="of the draws")
    options = parser.parse_args()
    for size in SIZES:
        heads = " | ".join(DROPS.values())
        print(f"\n**{size:,} items**\n\n| mode | tolerance | {heads} |")  # noqa: T201 - a script
        print("| --- | --- | --- | --- | --- |")  # noqa: T201 - a script
        for setting in SETTINGS:
            cells = []
            for drop in DROPS:
                found = shares(setting, size, drop, options.draws, options.seed)
                cells.append(" / ".join(f"{100 * share:.1f}" for share in found.values()))
            print(f"| {setting} | {' | '.join(cells)} |")  # noqa: T201 - a script


if __name__ == "__main__":
    main()
