"""Exact comparison of two measured numbers: one signed damage, weighed against the standard.

Every number stays the decimal that somebody wrote. Two values of at most 40 characters and an
exponent within ±60 differ in fewer than 200 digits, so no operation here ever rounds; the
context traps it if one did.
"""

from __future__ import annotations

from decimal import Context
from decimal import Decimal
from decimal import DivisionByZero
from decimal import Inexact
from decimal import InvalidOperation
from decimal import Overflow
from typing import TYPE_CHECKING

from snitch.frozen import dataclass

if TYPE_CHECKING:
    from snitch.policy.model import MetricStandard

EXACT = Context(prec=200, traps=[DivisionByZero, Inexact, InvalidOperation, Overflow])
ZERO = Decimal(0)
HUNDRED = Decimal(100)
ABOUT_HUNDRED = (Decimal(90), Decimal(110))
PLAIN_DIGITS = 24
"""Numbers whose first digit stands further than this from the point keep their exponent."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What lies between a deployed value and the candidate's."""

    delta: Decimal
    """candidate - deployed."""
    damage: Decimal
    """How much worse the candidate is; negative where it is better."""
    tolerance: Decimal
    """The damage allowed, absolute, whichever keys gave it."""
    breach: str | None
    """The key of the standard that the damage breaks: `tolerance`, `relative_tolerance`,
    `max_drop` or `min_gain`; None where it breaks none."""
    slipped: bool
    """Within the tolerance, but past `warn`."""
    relative_lost: bool = False
    """The standard has a relative tolerance, and a deployed 0 has no share."""

    @property
    def verdict(self) -> str:
        """As the table of metrics shows it."""
        if self.breach is not None:
            return "regressed"
        if self.damage == 0:
            return "equal"
        return "improved" if self.damage < 0 else "within-tolerance"


def compare(
    candidate: Decimal, deployed: Decimal, direction: str, standard: MetricStandard
) -> Comparison:
    """Weigh one value against the deployed one.

    Args:
        candidate: The value judged.
        deployed: The value that it must be as good as.
        direction: `higher` or `lower`: which is better.
        standard: What the policy allows; `tolerance`, `relative_tolerance` and `max_drop` must
            all hold, `min_gain` asks for an improvement.
    """
    delta = EXACT.subtract(candidate, deployed)
    damage = EXACT.minus(delta) if direction == "higher" else delta
    key, tolerance = allowance(standard, deployed)
    breach = key if damage > tolerance else unexcused(damage, standard)
    return Comparison(
        delta=delta,
        damage=damage,
        tolerance=tolerance,
        breach=breach,
        slipped=breach is None and standard.warn is not None and damage > standard.warn,
        relative_lost=standard.relative_tolerance is not None and deployed == 0,
    )


def unexcused(damage: Decimal, standard: MetricStandard) -> str | None:
    """The key that a damage breaks and no noise excuses: the largest drop, or a demanded gain."""
    if standard.max_drop is not None and damage > standard.max_drop:
        return "max_drop"
    short = standard.min_gain is not None and EXACT.minus(damage) < standard.min_gain
    return "min_gain" if short else None


def allowance(standard: MetricStandard, deployed: Decimal) -> tuple[str, Decimal]:
    """The damage allowed, absolute, and the key that gives it: the smaller of the two.

    A relative tolerance is a share of |deployed|, which a deployed 0 does not have: then the
    absolute one decides alone, and with none any damage is too much.
    """
    absolute, share = standard.tolerance, standard.relative_tolerance
    if share is not None and deployed != 0:
        relative = EXACT.multiply(share, deployed.copy_abs())
        if absolute is None or relative < absolute:
            return "relative_tolerance", relative
    return "tolerance", ZERO if absolute is None else absolute


def broken_bound(value: Decimal, standard: MetricStandard) -> tuple[str, Decimal] | None:
    """The bound that a value breaks, as (`min` or `max`, its value); both are inclusive."""
    if standard.min is not None and value < standard.min:
        return "min", standard.min
    if standard.max is not None and value > standard.max:
        return "max", standard.max
    return None


def outside(value: Decimal, limits: tuple[Decimal, Decimal]) -> bool:
    """Whether a value lies outside an inclusive range."""
    low, high = limits
    return not low <= value <= high


def in_other_unit(value: Decimal, limits: tuple[Decimal, Decimal]) -> Decimal | None:
    """The number inside the range that a value outside it would be in another unit.

    80.5 is 0.805 where 0 to 1 is expected (a percentage), 0.805 is 80.5 where 50 to 100 is (a
    fraction); None where neither explains it: 1.195 is next to the range, and no percentage.
    """
    reach = max(abs(end) for end in limits)
    for other in (EXACT.divide(value, HUNDRED), EXACT.multiply(value, HUNDRED)):
        if not outside(other, limits) and not reach < abs(value) < 2 * reach:
            return other
    return None


def rescaled(candidate: Decimal, deployed: Decimal) -> bool:
    """Whether two values are about 100 times apart, as in percent and as a fraction."""
    small, large = sorted((candidate.copy_abs(), deployed.copy_abs()))
    low, high = (EXACT.multiply(small, ratio) for ratio in ABOUT_HUNDRED)
    return small != 0 and low <= large <= high


def plain(value: Decimal) -> str:
    """A value as people write it, digits kept: `0.910`, `1000`; an exponent only far out."""
    if value != 0 and abs(value.adjusted()) > PLAIN_DIGITS:
        return str(value)
    return format(value, "f")


def shortest(value: Decimal) -> str:
    """`plain` without trailing zeros or a negative zero: for computed numbers."""
    if value == 0:
        return "0"
    text = plain(value)
    if "." in text and "E" not in text:
        return text.rstrip("0").rstrip(".")
    return text
