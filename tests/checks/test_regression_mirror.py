"""Turned round, the world is judged alike: direction and sign, accuracy and error, order."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pytest
from evaluated import csv
from evaluated import evaluated
from evaluated import names
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from measured import compared
from measured import findings
from measured import measured
from measured import model
from measured import rows

from snitch.checks.regression import CHECK
from snitch.testing import judge

if TYPE_CHECKING:
    from random import Random

    from snitch.findings import Outcome

MODES = ("exact", "significance, inconclusive: warn", "significance, inconclusive: block")
EXAMPLES = settings(max_examples=100)
SWAPPED = {"higher": "lower", "lower": "higher", "min": "max", "max": "min"}
Number = Decimal


def numbers(low: int = -40, high: int = 40) -> st.SearchStrategy[Number]:
    return st.integers(low, high).map(lambda units: Decimal(units).scaleb(-2))


@dataclass(frozen=True)
class Case:
    """Two values with what a metrics file says beside them, and a standard."""

    new: Number
    old: Number
    stderr: Number | None
    interval: Number | None
    standard: dict[str, Any]
    mode: str

    def mirrored(self) -> Case:
        turned = {SWAPPED.get(key, key): value for key, value in self.standard.items()}
        turned["direction"] = SWAPPED[turned["direction"]]
        for key in ("min", "max"):
            if key in turned:
                turned[key] = -turned[key]
        if "range" in turned:
            turned["range"] = [-end for end in reversed(turned["range"])]
        return Case(-self.new, -self.old, self.stderr, self.interval, turned, self.mode)

    def judged(self) -> list[Outcome]:
        keys = ", ".join(f"{key}: {_written(value)}" for key, value in self.standard.items())
        policy = (
            f"regression: {{mode: {self.mode}}}\n"
            f'metrics: {{m: {{{keys}}}, "slices.s*.m": {{{keys}}}}}'
        )
        return compared(CHECK, self._file(self.new), self._file(self.old), policy)

    def _file(self, value: Number) -> str:
        beside = f'"m": {{"value": {value}'
        if self.stderr is not None:
            beside += f', "stderr": {self.stderr}'
        elif self.interval is not None:
            beside += f', "ci": [{value - self.interval}, {value + self.interval}]'
        return measured(f"{beside}}}", f'"s1": {{{beside}}}}}, "t1": {{{beside}}}}}')


def _written(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return str(value)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    positive, maybe = numbers(0, 20), st.booleans()
    standard: dict[str, Any] = {"direction": draw(st.sampled_from(["higher", "lower"]))}
    for key in ("tolerance", "relative_tolerance", "max_drop", "min_gain"):
        if draw(maybe):
            standard[key] = draw(positive)
    if "tolerance" in standard and standard["tolerance"] > 0 and draw(maybe):
        standard["warn"] = standard["tolerance"] / 2
    if draw(maybe):
        standard["min"] = draw(numbers(-40, 0))
    if draw(maybe):
        standard["max"] = draw(numbers(0, 40))
    if draw(maybe):
        standard["range"] = [Decimal("-0.4"), draw(numbers(20, 40))]
        standard.pop("min", None)
        standard.pop("max", None)
    noise = st.none() | numbers(1, 20)
    mode = draw(st.sampled_from(MODES))
    old = draw(numbers())
    new = old + draw(numbers(-15, 15))
    return Case(new, old, draw(noise), draw(noise), standard, mode)


def verdicts(outcomes: list[Outcome]) -> list[tuple[object, ...]]:
    found = [(one.rule.code, one.level, one.slice) for one in findings(outcomes)]
    table = sorted(rows(outcomes).items(), key=str)
    return [*sorted(found, key=str), *((*key, it.verdict, it.tolerance) for key, it in table)]


@EXAMPLES
@given(cases())
def test_turning_direction_and_sign_changes_no_verdict(case: Case) -> None:
    assert verdicts(case.judged()) == verdicts(case.mirrored().judged())


SHARES = st.integers(0, 1000).map(lambda units: Decimal(units).scaleb(-3))


@EXAMPLES
@given(SHARES, SHARES, st.integers(1, 5_000), st.sampled_from(MODES), numbers(0, 5))
def test_accuracy_and_error_rate_are_judged_alike(
    new: Number, old: Number, n: int, mode: str, tolerance: Number
) -> None:
    def judged(name: str, values: tuple[Number, Number]) -> list[tuple[object, ...]]:
        policy = f"regression: {{mode: {mode}}}\nmetrics: {{{name}: {{tolerance: {tolerance}}}}}"
        texts = [measured(f'"{name}": {{"value": {value}, "n": {n}}}') for value in values]
        found = compared(CHECK, texts[0], texts[1], policy)
        ends = [(one.rule.code, one.message.partition(": ")[2]) for one in findings(found)]
        return [*ends, *((row.verdict, row.tolerance) for row in rows(found).values())]

    assert judged("accuracy", (new, old)) == judged("error_rate", (1 - new, 1 - old))


PAIRS = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=80)
KINDS = {"accuracy": (1, 0), "error_rate": (0, 1), "score": (3, -2)}
"""What an item counts for that is right, and one that is wrong."""


@EXAMPLES
@given(PAIRS, st.sampled_from(MODES), st.randoms(use_true_random=False))
def test_right_and_wrong_items_are_judged_alike_however_they_are_counted(
    pairs: list[tuple[bool, bool]], mode: str, random: Random
) -> None:
    order = list(range(len(pairs)))
    random.shuffle(order)
    found = []
    for name, (right, wrong) in KINDS.items():
        direction = "lower" if name == "error_rate" else "higher"
        files = []
        for side in (1, 0):
            values = [right if pair[side] else wrong for pair in pairs]
            items = csv(id=[names(len(pairs))[i] for i in order], x=[values[i] for i in order])
            block = f'"items": {{"path": "items.csv", "scores": {{"{name}": "x"}}}}'
            files.append(evaluated(f'"{name}": {sum(values) / len(values):.9f}', items, block))
        policy = f"regression: {{mode: {mode}}}\nmetrics: {{{name}: {{direction: {direction}}}}}"
        outcomes = judge(CHECK, files[0], files[1], policy=f"version: 1\n{policy}\n")
        codes = [(one.rule.code, one.level) for one in findings(outcomes)]
        found.append((codes, [row.verdict for row in rows(outcomes).values()]))
    assert found[0] == found[1] == found[2]


def shuffled(value: Any, random: Random) -> Any:
    if not isinstance(value, dict):
        return value
    keys = sorted(value, key=lambda _key: random.random())
    return {key: shuffled(value[key], random) for key in keys}


@EXAMPLES
@given(cases(), st.randoms(use_true_random=False), st.lists(numbers(), min_size=1, max_size=8))
def test_the_order_of_keys_and_slices_moves_nothing(
    case: Case, random: Random, values: list[Number]
) -> None:
    def file(value: Number) -> dict[str, Any]:
        slices = {f"s{n}": {"m": float(one), "n": 10 * n} for n, one in enumerate(values)}
        beside = {"value": float(value), "n": 500, "stderr": float(case.stderr or 1)}
        return {"metrics": {"m": beside, "auc": 0.5}, "slices": slices}

    keys = ", ".join(f"{key}: {_written(value)}" for key, value in case.standard.items())
    policy = f"version: 1\nmetrics: {{m: {{{keys}}}}}\nregression: {{mode: {case.mode}}}\n"
    pair = file(case.new), file(case.old)
    told = []
    for _ in range(2):
        new, old = (model(json.dumps(one)) for one in pair)
        outcomes = judge(CHECK, new, old, policy=policy)
        messages = sorted((one.rule.code, one.message, one.remedy) for one in findings(outcomes))
        told.append((messages, rows(outcomes)))
        pair = shuffled(pair[0], random), shuffled(pair[1], random)
    assert told[0] == told[1]


@pytest.mark.parametrize("direction", ["higher", "lower"])
def test_a_value_at_the_edge_passes_either_way(direction: str) -> None:
    sign = 1 if direction == "higher" else -1
    standard = {"direction": direction, "tolerance": Decimal("0.02")}
    at, past = (
        Case(sign * Decimal(new), sign * Decimal("0.50"), None, None, standard, "exact").judged()
        for new in ("0.48", "0.4799")
    )
    assert findings(at) == []
    assert [one.rule.code for one in findings(past)] == ["REG301", "REG303"]
