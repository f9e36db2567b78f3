"""A policy is looser than another exactly where some release passes under it that failed before.

Releases on both sides of every threshold are judged under both policies. What one lets through and
the other does not must be told, whatever way it is written; and for a single key nothing else is.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from hypothesis import assume
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from measured import deployed
from measured import measured
from measured import model
from policies import policy

from snitch.checks import catalog
from snitch.checks.regression import CHECK as REG
from snitch.engine.waivers import weigh
from snitch.findings import Finding
from snitch.policy.changes import loosenings
from snitch.policy.problem import PolicyError
from snitch.testing import judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.findings import Outcome
    from snitch.findings import Severity

RULES = catalog.load().rules
read = cache(policy)
BEFORE = ("0", "0.1", "1", "20")
STEPS = ("0", "0.005", "0.05", "0.15", "0.5", "1.5", "3", "10")
VALUES = [
    (old, f"{float(old) + sign * float(step):.3f}")
    for old in BEFORE
    for step in STEPS
    for sign in (1, -1)
]
NAMES = [f"m{number}" for number in range(len(VALUES))]
SIZES = ("50", "150", "250")
AMOUNTS = ("0", "0.1", "0.2", "1")
KEYS: dict[str, tuple[str, ...]] = {
    "direction": ("higher", "lower"),
    "tolerance": AMOUNTS,
    "relative_tolerance": AMOUNTS,
    "warn": AMOUNTS,
    "min": ("-1", "0", "0.5", "1"),
    "max": ("0", "0.5", "1", "2"),
    "range": ("[0, 1]", "[0, 2]", "[-2, 2]", "[0, 100]"),
    "min_gain": AMOUNTS,
    "max_drop": AMOUNTS,
    "min_n": ("0", "100", "200"),
    "ignore": ("true",),
}
Standard = tuple[tuple[str, str], ...]

standards = st.fixed_dictionaries(
    {}, optional={key: st.sampled_from(options) for key, options in KEYS.items()}
).map(lambda keys: tuple(sorted(keys.items())))


def spelt(standard: Standard | None) -> str:
    if standard is None:
        return "version: 1\n"
    keys = ", ".join(f"{key}: {value}" for key, value in standard)
    names = "".join(f"  {name}: {{{keys}}}\n" for name in [*NAMES, "sized", "gone"])
    return f"version: 1\nmetrics:\n{names}"


def release(side: int) -> str:
    values = [f'"{name}": {pair[side]}' for name, pair in zip(NAMES, VALUES, strict=True)]
    return ", ".join([*values, *(['"gone": 1'] if side == 0 else []), '"f1": 0.5'])


def sized(size: str, value: str) -> str:
    return f'"sized": {{"value": {value}, "n": {size}}}, "f1": 0.5'


WITNESSES = [
    (measured(release(1)), measured(release(0))),
    (measured(release(1)), None),
    *((measured(sized(size, "0.2")), measured(sized(size, "9"))) for size in SIZES),
]


@cache
def closed(text: str) -> dict[str, frozenset[tuple[int, str]]]:
    """By how strict a gate: which witness fails, by which metric, under the policy's severities."""
    told = set()
    for number, (new, old) in enumerate(WITNESSES):
        found = judge(
            REG,
            model(new),
            None if old is None else deployed(old),
            policy=text,
            as_of="2026-10-05",
        )
        told |= {(number, metric, level) for metric, level in weighed(found, text)}
    return {
        "error": frozenset((n, metric) for n, metric, level in told if level.value == "error"),
        "warning": frozenset((n, metric) for n, metric, level in told if level.value != "info"),
    }


def weighed(found: list[Outcome], text: str) -> Iterator[tuple[str, Severity]]:
    """What is said of single metrics, with the severity that the policy leaves it."""
    for one in found:
        if isinstance(one, Finding) and one.metric and (told := weigh(one, read(text))):
            yield one.metric, told.severity or one.rule.severity


def passes_more(old: str, new: str) -> bool:
    """Whether some witness fails under the old policy and passes under the new one."""
    before, after = closed(old), closed(new)
    return any(before[level] - after[level] for level in before)


def told(old: str, new: str) -> tuple[str, ...]:
    found = loosenings(read(old), read(new), ["churn"], RULES)
    return tuple(one.message for one in found)


@settings(max_examples=60)
@given(standards, standards)
def test_what_newly_passes_is_told(old: Standard, new: Standard) -> None:
    one, other = spelt(old), spelt(new)
    try:
        assume(passes_more(one, other))
    except PolicyError:
        assume(condition=False)
    assert told(one, other)


@settings(max_examples=60)
@given(st.sampled_from(sorted(KEYS)), st.data())
def test_of_a_single_key_nothing_is_told_but_what_newly_passes(
    key: str, data: st.DataObject
) -> None:
    options = st.none() | st.sampled_from(KEYS[key])
    old, new = data.draw(options), data.draw(options)
    # Wide enough for each of the others to decide something.
    rest = {"direction": "higher", **({} if "tolerance" in key else {"tolerance": "5"})}
    rest.pop(key, None)
    one, other = (spelt(tuple({**rest, **({key: it} if it else {})}.items())) for it in (old, new))
    assert bool(told(one, other)) is passes_more(one, other)
