"""Laws of significance mode: symmetry, order, and NumPy or none make no difference."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from evaluated import ITEMS
from evaluated import compared
from evaluated import csv
from evaluated import evaluated
from evaluated import names
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from measured import codes
from measured import findings
from measured import rows

if TYPE_CHECKING:
    import random

    import pytest

    from snitch.findings import Outcome

POLICY = """\
regression: {mode: significance, seed: 3}
metrics:
  score: {direction: %s, tolerance: 0.05, range: [-100, 100]}
  "slices.group=*.score": {direction: %s, tolerance: 0.1, range: [-100, 100]}
"""
BLOCK = ITEMS.replace('"accuracy": "correct"', '"score": "value"')
SCORE = st.sampled_from([-2, -1, 0, 1, 2, 3])
PAIRS = st.lists(st.tuples(SCORE, SCORE), min_size=2, max_size=60)


def release(scores: list[int], order: list[int], sign: int) -> dict[str, str]:
    """A release of these scores; rows and keys stand in the order given."""
    ids = names(len(scores))
    groups = [f"g{index % 2}" for index in range(len(scores))]
    items = csv(
        id=[ids[i] for i in order],
        value=[sign * scores[i] for i in order],
        group=[groups[i] for i in order],
    )
    parts = []
    for group in ("g0", "g1"):
        own = [score for score, it in zip(scores, groups, strict=True) if it == group]
        parts.append(f'"group={group}": {{"score": {sign * sum(own) / len(own):.9f}}}')
    if order[0]:
        parts.reverse()
    overall = f'"score": {sign * sum(scores) / len(scores):.9f}'
    return evaluated(overall, items, BLOCK, ", ".join(parts))


def judged(pairs: list[tuple[int, int]], order: list[int], sign: int = 1) -> list[Outcome]:
    direction = "higher" if sign == 1 else "lower"
    old, new = [a for a, _ in pairs], [b for _, b in pairs]
    policy = POLICY.replace("%s", direction)
    return compared(release(new, order, sign), release(old, order, sign), policy)


def told(outcomes: list[Outcome]) -> list[tuple[str, str]]:
    return sorted((one.rule.code, one.message) for one in findings(outcomes))


@settings(max_examples=30)
@given(PAIRS)
def test_turning_direction_and_sign_changes_no_verdict(pairs: list[tuple[int, int]]) -> None:
    order = list(range(len(pairs)))
    up, down = judged(pairs, order), judged(pairs, order, -1)
    assert codes(up) == codes(down)
    verdicts = [[row.verdict for row in rows(it).values()] for it in (up, down)]
    assert verdicts[0] == verdicts[1]
    ends = [[message.partition(": ")[2] for _, message in told(it)] for it in (up, down)]
    assert ends[0] == ends[1]


@settings(max_examples=30)
@given(PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_keys_moves_nothing(
    pairs: list[tuple[int, int]], shuffler: random.Random
) -> None:
    order = list(range(len(pairs)))
    before = judged(pairs, order)
    shuffler.shuffle(order)
    after = judged(pairs, order)
    assert rows(before) == rows(after)
    assert told(before) == told(after)


def test_without_numpy_the_report_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [(number * 7 % 10, number * 5 % 9) for number in range(500)]
    order = list(range(500))
    fast = judged(pairs, order)
    monkeypatch.setitem(sys.modules, "numpy", None)
    plain = judged(pairs, order)
    assert [one.message for one in findings(fast)] == [one.message for one in findings(plain)]
    assert "paired bootstrap" in findings(fast)[0].message
