"""A second, slow judge of numbers: `python -m tools.oracle 1000000` compares it with the first.

It shares no code with Snitch: numbers are `fractions.Fraction`, read by a pattern of its own, and
every rule is spelt as the documentation of the policy has it. Each round draws a policy, a
deployed and a candidate release of a few metrics, and both judges must find the same.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

Found = set[tuple[str, str]]
"""Pairs of a rule's code and a metric."""

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE]([+-]?[0-9]+))?", re.ASCII)
NAMES = ("m_one", "m_two", "m_three", "m_four")
STEPS = ("0", "0.001", "0.002", "0.0020000000000000000001", "0.01", "0.05", "1", "1e-30")
SHARES = ("1%", "0.01", "5%", "0.1", "100%")
NONE = ("NaN", "Infinity", "-Infinity", "true", "null", '"0.9"', "[0.9]", "1e999", "1e61", "9" * 41)


@dataclass(frozen=True)
class Triple:
    """One question: what the policy says, and two releases' metrics as they are written."""

    policy: Mapping[str, Mapping[str, str]]
    deployed: Mapping[str, str]
    candidate: Mapping[str, str]


def number(text: str) -> Fraction | None:
    """The number that a text is; None where it is none, or longer than allowed."""
    match = NUMBER.fullmatch(text)
    if match is None or len(text) > 40 or abs(int(match[1] or 0)) > 60:  # noqa: PLR2004 - the limits
        return None
    return Fraction(text)


def share(text: str) -> Fraction:
    """A share, as a fraction or in percent."""
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def expected(triple: Triple) -> Found:
    """What must be found."""
    found = {("REG302", name) for name in triple.deployed if name not in triple.candidate}
    for name, text in triple.candidate.items():
        keys = triple.policy.get(name, {})
        value = number(text)
        if value is None:
            found.add(("REG306", name))
        elif not in_range(value, keys):
            found.add(("REG316", name))
        else:
            found |= {(code, name) for code in of_value(value, keys, triple.deployed.get(name))}
    return found


def of_value(value: Fraction, keys: Mapping[str, str], deployed: str | None) -> Iterator[str]:
    """The codes that a sound value earns."""
    below = "min" in keys and value < Fraction(keys["min"])
    above = "max" in keys and value > Fraction(keys["max"])
    if below or above:
        yield "REG304"
    if "direction" not in keys and (deployed is not None or {"min", "max"} & set(keys)):
        yield "REG307"
    if deployed is None:
        return
    old = Fraction(deployed)
    if not in_range(old, keys):
        yield "REG305"
    elif "direction" in keys:
        yield from of_damage(
            old - value if keys["direction"] == "higher" else value - old, old, keys
        )


def of_damage(damage: Fraction, old: Fraction, keys: Mapping[str, str]) -> Iterator[str]:
    """The codes that a change for the worse, or too small a one for the better, earns."""
    allowed = [Fraction(keys["tolerance"])] if "tolerance" in keys else []
    if "relative_tolerance" in keys and old != 0:
        allowed.append(share(keys["relative_tolerance"]) * abs(old))
    if not allowed:
        allowed.append(Fraction(0))
    too_much = any(damage > one for one in allowed)
    too_far = "max_drop" in keys and damage > Fraction(keys["max_drop"])
    too_little = "min_gain" in keys and -damage < Fraction(keys["min_gain"])
    if too_much or too_far or too_little:
        yield "REG301"
    elif "warn" in keys and damage > Fraction(keys["warn"]):
        yield "REG315"


def in_range(value: Fraction, keys: Mapping[str, str]) -> bool:
    """Whether a value lies in the range of its metric."""
    if "range" not in keys:
        return True
    low, high = keys["range"].strip("[]").split(",")
    return Fraction(low.strip()) <= value <= Fraction(high.strip())


def triples(seed: int) -> Iterator[Triple]:
    """Questions without end, the same for one seed."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    while True:
        names = dice.sample(NAMES, dice.randint(1, len(NAMES)))
        bases = {name: _value(dice) for name in names}
        yield Triple(
            {name: _keys(dice, bases[name]) for name in names if dice.random() < 0.9},  # noqa: PLR2004
            {name: bases[name] for name in names if dice.random() < 0.9},  # noqa: PLR2004
            {name: _near(dice, bases[name]) for name in names if dice.random() < 0.9},  # noqa: PLR2004
        )


def _value(dice: random.Random) -> str:
    return dice.choice(
        (
            f"0.{dice.randint(0, 999):03}",
            f"-0.{dice.randint(0, 99):02}",
            *("0", "-0", "0.000", "1", "100"),
            f"{dice.randint(-9, 9)}.{dice.randint(0, 10**20):021}",
            f"{dice.randint(1, 9)}e{dice.randint(-60, 60)}",
        )
    )


def _near(dice: random.Random, base: str) -> str:
    """The same number, one a step away, in other digits, or something else altogether."""
    kind = dice.randrange(12)
    if kind == 0:
        return dice.choice(NONE)
    if kind == 1:
        return _value(dice)
    if kind == 2:  # noqa: PLR2004 - one of twelve
        return base
    moved = Fraction(base) + dice.choice((-1, 1)) * Fraction(dice.choice(STEPS))
    digits = 34
    whole = f"{abs(moved) * 10**digits // 1:0{digits + 1}}"
    text = f"{'-' if moved < 0 else ''}{whole[:-digits]}.{whole[-digits:]}"
    text = text.rstrip("0") + "0" * dice.randint(1, 2)
    return text if number(text) is not None else base


def _keys(dice: random.Random, base: str) -> dict[str, str]:
    keys = {"direction": dice.choice(("higher", "lower"))} if dice.random() < 0.9 else {}  # noqa: PLR2004
    for key in ("tolerance", "warn", "min_gain", "max_drop"):
        if dice.random() < (0.5 if key == "tolerance" else 0.15):
            keys[key] = dice.choice(STEPS)
    if dice.random() < 0.3:  # noqa: PLR2004
        keys["relative_tolerance"] = dice.choice(SHARES)
    if dice.random() < 0.15:  # noqa: PLR2004
        keys[dice.choice(("min", "max"))] = base
    if dice.random() < 0.1:  # noqa: PLR2004
        keys["range"] = "[0, 1]"
    return keys


def judged(triple: Triple) -> Found | None:
    """What Snitch finds; None where the policy contradicts itself."""
    from snitch.checks.regression import CHECK  # noqa: PLC0415 - `--help` need not load it
    from snitch.findings import Finding  # noqa: PLC0415
    from snitch.policy.problem import PolicyError  # noqa: PLC0415
    from snitch.testing import judge  # noqa: PLC0415

    policy = "version: 1\nmetrics: {" + ", ".join(
        f"{name}: {{{', '.join(f'{key}: {value}' for key, value in keys.items())}}}"
        for name, keys in triple.policy.items()
    )
    files = [
        {"config.yaml": f"name: m\nversion: {version}\n", "metrics.json": _written(values)}
        for version, values in (("2.0.0", triple.candidate), ("1.0.0", triple.deployed))
    ]
    try:
        outcomes = judge(CHECK, files[0], files[1], policy=policy + "}\n")
    except PolicyError:
        return None
    return {(it.rule.code, it.metric or "") for it in outcomes if isinstance(it, Finding)}


def _written(values: Mapping[str, str]) -> str:
    # One metric that never changes: a release without any is not compared at all.
    inner = ", ".join(f'"{name}": {text}' for name, text in {**values, "f1": "0.5"}.items())
    return f'{{"metrics": {{{inner}}}}}'


def disagreements(
    count: int, seed: int = 0, real: Callable[[Triple], Found | None] = judged
) -> Iterator[tuple[Triple, Found, Found]]:
    """The questions on which the judges differ, with what each finds: the oracle's first."""
    asked = ((triple, found) for triple in triples(seed) if (found := real(triple)) is not None)
    for triple, found in islice(asked, count):
        wanted = expected(triple)
        if wanted != found:
            yield triple, wanted, found


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare the two judges; 1 where they differ, with the first question."""
    parser = argparse.ArgumentParser(prog="python -m tools.oracle", description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=20_000, help="how many questions")
    parser.add_argument("--seed", type=int, default=0, help="which ones")
    given = parser.parse_args(arguments)
    for triple, wanted, found in disagreements(given.count, given.seed):
        print(f"{triple}\nexpected: {sorted(wanted)}\nfound:    {sorted(found)}")
        return 1
    print(f"{given.count:,} questions, no disagreement")
    return 0


if __name__ == "__main__":
    sys.exit(main())
