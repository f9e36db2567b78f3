"""A metrics file's numbers, flattened, each with its place and its spelling."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from snitch.documents import Located
from snitch.documents import Number
from snitch.findings import Fault
from snitch.frozen import dataclass
from snitch.registry.keypath import decimal_of
from snitch.registry.release import Incumbent
from snitch.registry.release import Metric

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from snitch.documents import Data

BESIDE_A_VALUE = frozenset({"value", "n", "stderr", "ci"})


@dataclass(frozen=True)
class Measurements:
    """What a metrics file measures; grows while the file is walked."""

    metrics: dict[tuple[str | None, str], Metric] = field(default_factory=dict)
    worded: dict[tuple[str | None, str], Metric] = field(default_factory=dict)
    """Text and booleans where a family's numbers stand, which may be a name as well."""
    versions: dict[tuple[str, tuple[str | None, str]], Metric] = field(default_factory=dict)
    """What a list of a model's versions holds, by version and key."""
    slice_sizes: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def take(self, metric: Metric) -> None:
        """Add one metric; a second spelling of a name is SNT003."""
        if metric.key not in self.metrics:
            self.metrics[metric.key] = metric
            return
        place = metric.written.key_place
        first = self.metrics[metric.key].written.key_place
        self.faults.append(
            Fault(
                "SNT003",
                place,
                f"`{metric.name}` is given twice: here and at line {first.line}",
                "keep one of the two spellings",
            )
        )


def measure(metrics: Located[Data] | None, slices: Located[Data] | None) -> Measurements:
    """Every metric of a file: overall ones, then each slice's."""
    found = Measurements()
    if metrics is not None:
        _overall(found, metrics)
    if slices is not None:
        _slices(found, slices)
    return found


def read_incumbent(located: Located[Data] | None, faults: list[Fault]) -> Incumbent | None:
    """The `incumbent` block: the deployed model measured again."""
    if located is None:
        return None
    block = located.value
    if not isinstance(block, dict):
        faults.append(_not_a_mapping(located, "incumbent"))
        return None

    def part(key: str) -> Located[Data] | None:
        return Located(block[key], located.source, (*located.route, key)) if key in block else None

    found = measure(part("metrics"), part("slices"))
    faults.extend(found.faults)
    version, digest = block.get("version"), block.get("weights_sha256")
    return Incumbent(
        version=str(version) if isinstance(version, (str, Number)) else None,
        weights_sha256=digest if isinstance(digest, str) else None,
        metrics=found.metrics,
        written=located,
    )


def _overall(found: Measurements, metrics: Located[Data]) -> None:
    if not isinstance(metrics.value, dict):
        found.faults.append(_not_a_mapping(metrics, "metrics"))
        return
    for metric in _flatten(found, metrics, None, ""):
        found.take(metric)


def _slices(found: Measurements, slices: Located[Data]) -> None:
    if not isinstance(slices.value, dict):
        found.faults.append(_not_a_mapping(slices, "slices"))
        return
    for name, block in slices.value.items():
        located: Located[Data] = Located(block, slices.source, (*slices.route, name))
        if not isinstance(block, dict):
            found.faults.append(_not_a_mapping(located, f"slices.{name}"))
            continue
        size = block.get("n")
        if "n" in block:
            count = _count(size)
            if count is None:
                found.faults.append(_bad_part(located, "n", "a whole number of items"))
            else:
                found.slice_sizes[name] = count
        for metric in _flatten(found, located, name, "", without="n"):
            found.take(metric)


def _flatten(
    found: Measurements, group: Located[Data], slice_: str | None, prefix: str, without: str = ""
) -> Iterator[Metric]:
    pending = [(group, prefix)]
    while pending:
        located, start = pending.pop()
        mapping = located.value
        deeper = []
        for key, value in mapping.items() if isinstance(mapping, dict) else ():
            if not start and key == without:
                continue
            name = f"{start}{key}"
            inner: Located[Data] = Located(value, located.source, (*located.route, key))
            if not isinstance(value, dict) or not value:
                decimal = decimal_of(value)
                yield Metric(name, slice_, inner, decimal)
            elif "value" in value and not isinstance(value["value"], dict):
                yield _with_uncertainty(found, name, slice_, inner, value)
            else:
                deeper.append((inner, f"{name}."))
        pending.extend(reversed(deeper))


def _with_uncertainty(
    found: Measurements,
    name: str,
    slice_: str | None,
    located: Located[Data],
    parts: dict[str, Data],
) -> Metric:
    for key in parts:
        if key not in BESIDE_A_VALUE:
            found.faults.append(
                _bad_part(located, key, "only `value`, `n`, `stderr` and `ci`", key_place=True)
            )
    written: Located[Data] = Located(parts["value"], located.source, (*located.route, "value"))
    number = parts["value"]
    n, stderr, ci = (
        _count(parts.get("n")),
        _decimal(parts.get("stderr")),
        _interval(parts.get("ci")),
    )
    for key, value, expected in (
        ("n", n, "a whole number of items"),
        ("stderr", stderr, "a plain decimal, 0 or more"),
        ("ci", ci, "two plain decimals, [low, high]"),
    ):
        if key in parts and value is None:
            found.faults.append(_bad_part(located, key, expected))
    decimal = decimal_of(number)
    return Metric(name, slice_, written, decimal, n, stderr, ci)


def _count(value: Data) -> int | None:
    decimal = decimal_of(value)
    if decimal is None or decimal < 0 or decimal != decimal.to_integral_value():
        return None
    return int(decimal)


def _decimal(value: Data) -> Decimal | None:
    decimal = decimal_of(value)
    return decimal if decimal is not None and decimal >= 0 else None


def _interval(value: Data) -> tuple[Decimal, Decimal] | None:
    if not isinstance(value, list) or len(value) != 2:  # noqa: PLR2004 - an interval has two ends
        return None
    low, high = (decimal_of(end) for end in value)
    return (low, high) if low is not None and high is not None and low <= high else None


def _not_a_mapping(located: Located[Data], name: str) -> Fault:
    return Fault(
        "SNT004",
        located.place,
        f"`{name}` is {kind_of(located.value)}, expected a mapping",
        f"write `{name}` as a mapping from names to numbers",
    )


def _bad_part(located: Located[Data], key: str, expected: str, *, key_place: bool = False) -> Fault:
    place = located.source.place((*located.route, key), key=key_place)
    return Fault(
        "SNT004",
        place,
        f"`{key}` beside the metric's value: expected {expected}",
        f"mend `{key}`, or take it out",
    )


def kind_of(value: Data) -> str:
    """What a value is, in words."""
    match value:
        case None:
            return "empty"
        case bool():
            return "a boolean"
        case Number():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "a mapping"
