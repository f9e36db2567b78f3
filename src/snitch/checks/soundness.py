"""What a metric's own value must hold, whatever was deployed before: number, range, bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.comparison import broken_bound
from snitch.checks.comparison import in_other_unit
from snitch.checks.comparison import outside
from snitch.checks.comparison import plain
from snitch.checks.comparison import shortest
from snitch.checks.regression_rules import BOUND_VIOLATED
from snitch.checks.regression_rules import METRIC_NOT_A_NUMBER
from snitch.checks.regression_rules import OUT_OF_RANGE
from snitch.checks.standings import label
from snitch.checks.wording import listed
from snitch.checks.wording import quoted
from snitch.documents.document import MAX_EXPONENT
from snitch.documents.document import MAX_NUMBER_CHARS
from snitch.documents.document import Number
from snitch.findings import Finding
from snitch.findings import Severity
from snitch.findings import Skipped
from snitch.policy.directions import well_known
from snitch.policy.shares import in_two_units
from snitch.policy.shares import is_share

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from decimal import Decimal

    from snitch.checks.check import Subject
    from snitch.checks.standings import Key
    from snitch.checks.standings import Lookup
    from snitch.checks.standings import Standing
    from snitch.documents import Data
    from snitch.findings import Outcome
    from snitch.registry.release import Metric

NO_VALUE = frozenset({"nan", "inf", "infinity", "n/a", "na", "none", "null"})


def unsound(metric: Metric, standing: Standing) -> Finding | None:
    """REG306 or REG316: a value that can be neither compared nor held to bounds."""
    severity = None if standing.gates else Severity.WARNING
    limits = standing.standard.range
    if metric.value is None:
        return not_a_number(metric, severity)
    if limits is not None and outside(metric.value, limits):
        return out_of_range(metric, metric.value, limits, severity)
    return None


def in_another_unit(metric: Metric, deployed: Metric | None, standing: Standing) -> Finding | None:
    """REG316 of a share without a declared range that seems to gain, and only changes its unit."""
    if deployed is None or standing.standard.range is not None or not is_share(metric.name):
        return None
    value, before = metric.value, deployed.value
    if value is None or before is None or not in_two_units((before, value)):
        return None
    percent = abs(value) > abs(before)
    if percent != (standing.direction == "higher"):
        return None  # a loss, which is told as one and asks about the unit
    meant = value.scaleb(-2 if percent else 2)
    return Finding(
        OUT_OF_RANGE,
        f"{label(metric.key)} is {plain(value)}, deployed is {plain(before)}: "
        f"{'a percentage beside a fraction' if percent else 'a fraction beside a percentage'}, and "
        "neither a gain nor a loss",
        f"if {plain(value)} is meant in {'percent' if percent else 'a fraction'}, write "
        f"{shortest(meant)}; if it is not, have the policy's owners declare the `range`",
        metric.written.place,
        severity=None if standing.gates else Severity.WARNING,
        metric=metric.name,
        slice=metric.slice,
    )


def not_a_number(
    metric: Metric, severity: Severity | None = None, deployed: Metric | None = None
) -> Finding:
    """REG306: what is written, what that is, and what to write."""
    written, kind, remedy = describe(metric.written.value)
    expected = "expected a plain decimal number"
    if deployed is not None and deployed.value is not None:
        expected = f"the deployed release has a number ({plain(deployed.value)})"
    return Finding(
        METRIC_NOT_A_NUMBER,
        f"{label(metric.key)} is {quoted(written)}, {kind}; {expected}",
        remedy,
        metric.written.place,
        severity=severity,
        metric=metric.name,
        slice=metric.slice,
    )


def worded(subject: Subject, deployed: Mapping[Key, Metric], stand: Lookup) -> Iterator[Outcome]:
    """REG306 of text in a number's place: where production has the number, or the policy a metric.

    Elsewhere a family's text beside its numbers may be a name or a date. Of a well-known metric it
    is said that nobody judges it.
    """
    unjudged = []
    for key, metric in subject.candidate.worded.items():
        stood = stand(key)
        if key in subject.candidate.metrics or stood.ignored:
            continue
        if key in deployed or (stood.gates and metric.name in subject.policy.metrics):
            severity = None if stood.gates else Severity.WARNING
            yield not_a_number(metric, severity, deployed.get(key))
        elif _reads_as_value(metric.written.value) and well_known(metric.name):
            unjudged.append(label(key))
    if unjudged:
        yield Skipped(f"no number is {listed(unjudged)}: not judged", excused=True, whole=False)


def _reads_as_value(value: Data) -> bool:
    """Whether text may be meant as a number, as `0.9O` or `N/A`, and is no word such as `mse`."""
    return not isinstance(value, str) or any(map(str.isdigit, value)) or value.lower() in NO_VALUE


def describe(value: Data) -> tuple[str, str, str]:
    """A value that is no number, as (its spelling, what it is, how to mend it)."""
    evaluate = "mend the evaluation, which gave no number, and measure again"
    match value:
        case None:
            return "null", "no value at all", evaluate
        case bool():
            return str(value).lower(), "a boolean", "write the number that was measured"
        case Number(text):
            return text, *_odd_number(text, evaluate)
        case str():
            return f'"{value}"', *_odd_text(value, evaluate)
        case list():
            return "[…]", "a list", "give each number a name of its own"
        case _:
            return "{…}", "a mapping", "write a number, or a mapping with a `value`"


def _odd_number(text: str, evaluate: str) -> tuple[str, str]:
    word = text.lower().lstrip("+-.")
    if word.startswith("nan"):
        return "not a number", evaluate
    if word.startswith("inf"):
        return "an infinity", evaluate
    plain_form = f"at most {MAX_NUMBER_CHARS} characters, an exponent within ±{MAX_EXPONENT}"
    return "a number in no plain form", f"write digits with at most one point: {plain_form}"


def _odd_text(text: str, evaluate: str) -> tuple[str, str]:
    bare = text.strip()
    if Number(bare).decimal() is not None:
        return "text", f"write {bare} without quotes"
    if bare.endswith("%") and Number(bare[:-1].strip()).decimal() is not None:
        return (
            "a percentage as text",
            "write the plain number in the unit that production uses, without the percent sign",
        )
    if bare.lower().lstrip("+-.") in {"nan", "inf", "infinity"}:
        return "text", evaluate
    return "text", "write the number that was measured, without quotes"


def out_of_range(
    metric: Metric, value: Decimal, limits: tuple[Decimal, Decimal], severity: Severity | None
) -> Finding:
    """REG316, with the value that another unit would give."""
    found, (low, high) = plain(value), (plain(end) for end in limits)
    rescaled = in_other_unit(value, limits)
    remedy = (
        "write the value in the unit of its range, or mend the evaluation that gave it; a range "
        "that is wrong is the policy's owners' to correct"
    )
    if rescaled is not None:
        unit = "percent" if abs(rescaled) < abs(value) else "a fraction"
        remedy = f"if {found} is meant in {unit}, write {shortest(rescaled)}"
    return Finding(
        OUT_OF_RANGE,
        f"{label(metric.key)} is {found}, outside its range from {low} to {high}",
        remedy,
        metric.written.place,
        severity=severity,
        metric=metric.name,
        slice=metric.slice,
    )


def beyond_bound(metric: Metric, value: Decimal, standing: Standing) -> Finding | None:
    """REG304, where a value breaks `min` or `max`."""
    broken = broken_bound(value, standing.standard)
    if broken is None:
        return None
    bound, limit = broken
    side, least = ("below", "at least") if bound == "min" else ("above", "at most")
    return Finding(
        BOUND_VIOLATED,
        f"{label(metric.key)} is {plain(value)}, {side} the policy's `{bound}` of {plain(limit)}",
        f"bring {label(metric.key)} to {least} {plain(limit)}",
        metric.written.place,
        metric=metric.name,
        slice=metric.slice,
    )
