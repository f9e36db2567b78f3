"""REG312: the items are those of the benchmark, each once."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from evaluated import SIGNIFICANCE
from evaluated import accurate
from evaluated import compared
from evaluated import names
from measured import codes
from measured import findings
from measured import only
from measured import places
from measured import skips

from snitch.checks.coverage import wants_items
from snitch.policy.model import Benchmark
from snitch.policy.model import MetricStandard
from snitch.policy.model import Policy
from snitch.policy.model import Regression
from snitch.testing import release

if TYPE_CHECKING:
    from collections.abc import Sequence

    from snitch.findings import Outcome

TEN = names(10)
PINNED = 'benchmarks: {churn-standard: {current: "2026.2", %s}}'


def judged(
    new: Sequence[str], old: Sequence[str] | None = TEN, policy: str = SIGNIFICANCE
) -> list[Outcome]:
    before = None if old is None else accurate([1] * len(old), old)
    return compared(accurate([1] * len(new), new), before, policy)


def test_the_same_items_in_any_order_are_complete() -> None:
    assert codes(judged(TEN[::-1])) == []


def test_items_that_were_left_out_are_counted_and_named() -> None:
    found = judged(TEN[4:])
    assert places(found) == [("REG312", 0, 0)]
    assert only(found).message == (
        "`models/churn/items.csv` lacks 4 items (`item-00000`, `item-00001`, `item-00002` and "
        "`item-00003`): the deployed release's are different"
    )


def test_many_missing_items_are_named_in_part() -> None:
    found = judged(names(20)[15:], names(20))
    assert "lacks 15 items (`item-00000`, `item-00001`, `item-00002` and 12 more)" in (
        only(found).message
    )


def test_other_items_are_counted_too() -> None:
    found = judged([*TEN[1:], "new"])
    assert "lacks 1 item (`item-00000`) and has 1 other (`new`)" in only(found).message


def test_an_item_that_appears_twice_is_told() -> None:
    found = judged([*TEN, TEN[3]])
    assert only(found).message == (
        "`models/churn/items.csv` holds 1 item more than once: `item-00003`"
    )


def test_a_benchmark_pins_the_number_of_items() -> None:
    assert codes(judged(TEN, None, PINNED % "items: 10")) == ["REG313"]
    found = judged(TEN[1:], None, PINNED % "items: 10")
    assert codes(found) == ["REG312", "REG313"]
    assert "holds 9 items, and `churn-standard 2026.2` has 10" in findings(found)[0].message


def test_a_benchmark_pins_the_items_themselves() -> None:
    digest = hashlib.sha256("".join(f"{one}\n" for one in TEN).encode()).hexdigest()
    pinned = PINNED % f"items_sha256: {digest}"
    assert codes(judged(TEN[::-1], TEN, pinned)) == []
    found = judged([*TEN[1:], "easy"], TEN, pinned)
    assert f"expected `{digest}`" in only(found).message


def test_where_the_pinned_items_are_complete_the_deployed_ones_are_not_held_against_them() -> None:
    digest = hashlib.sha256("".join(f"{one}\n" for one in TEN).encode()).hexdigest()
    assert codes(judged(TEN, TEN[2:], PINNED % f"items_sha256: {digest}")) == []
    assert codes(judged(TEN, TEN[2:], PINNED % "items: 10")) == ["REG312"]


def test_pins_are_of_the_current_version_only() -> None:
    assert codes(judged(TEN[1:], TEN[1:], PINNED.replace("2026.2", "2026.3") % "items: 10")) == []


def test_items_out_of_reach_are_said_so() -> None:
    files = {name: text for name, text in accurate([1], ["a"]).items() if name != "items.csv"}
    found = compared(files, accurate([1], ["a"]))
    assert [skip.reason for skip in skips(found)] == [
        "per-item results: `models/churn/items.csv` does not exist"
    ]


def test_items_are_read_only_where_something_follows() -> None:
    given = release(accurate([1], ["a"]))
    assert wants_items(Policy(), given)
    candidate = replace(given, items=None)
    assert not wants_items(Policy(), candidate)
    assert wants_items(Policy(regression=Regression(mode="significance")), candidate)
    for pins in ({"items": 3}, {"items_sha256": "0" * 64}):
        benchmark = Benchmark.model_validate({"current": "2026.2", **pins})
        assert wants_items(Policy(benchmarks={"churn-standard": benchmark}), candidate)
        assert not wants_items(Policy(benchmarks={"other": benchmark}), candidate)
    assert not wants_items(
        Policy(benchmarks={"churn-standard": Benchmark(current="2026.2")}), candidate
    )
    policy = Policy(metrics={"ece": MetricStandard()})
    assert wants_items(policy, candidate)
    known = replace(candidate, metrics={(None, "ece"): candidate.metrics[None, "accuracy"]})
    assert not wants_items(policy, known)
