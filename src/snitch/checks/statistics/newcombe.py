"""Score intervals for the difference of two proportions, measured on one sample or on two.

R. G. Newcombe, "Improved confidence intervals for the difference between binomial proportions
based on paired data", Statistics in Medicine 17, 2635-2650 (1998), method 10; and "Interval
estimation for the difference between independent proportions", ibid. 873-890, method 10. Both
build on E. B. Wilson's interval (JASA 22, 1927).
"""

from __future__ import annotations

from math import sqrt

from snitch.checks.statistics.normal import width


def wilson(successes: float, n: float) -> tuple[float, float]:
    """The score interval of one proportion; `successes` need not be whole."""
    z = width()
    middle = 2 * successes + z * z
    spread = z * sqrt(z * z + 4 * successes * (n - successes) / n)
    return (middle - spread) / (2 * (n + z * z)), (middle + spread) / (2 * (n + z * z))


def paired(both: int, worse: int, better: int, neither: int) -> tuple[float, float]:
    """The interval of deployed minus candidate, from the four counts of a paired table.

    Worse are the items that only the deployed model gets right, better those that only the
    candidate does.
    """
    n = both + worse + better + neither
    old, new = both + worse, both + better
    return _square_and_add((old, n), (new, n), _correlation(both, worse, better, neither))


def independent(deployed: tuple[float, float], candidate: tuple[float, float]) -> _Interval:
    """The interval of deployed minus candidate, each (successes, n) of a sample of its own."""
    return _square_and_add(deployed, candidate, 0.0)


_Interval = tuple[float, float]


def _square_and_add(old: _Interval, new: _Interval, correlation: float) -> _Interval:
    (low1, high1), (low2, high2) = wilson(*old), wilson(*new)
    first, second = old[0] / old[1], new[0] / new[1]
    difference = first - second

    def reach(one: float, other: float) -> float:
        return sqrt(max(0.0, one * one - 2 * correlation * one * other + other * other))

    return (
        max(-1.0, difference - reach(first - low1, high2 - second)),
        min(1.0, difference + reach(high1 - first, second - low2)),
    )


def _correlation(both: int, worse: int, better: int, neither: int) -> float:
    """The phi coefficient, with Newcombe's correction for continuity where it is positive."""
    margins = (both + worse) * (better + neither) * (both + better) * (worse + neither)
    if margins == 0:
        return 0.0
    cross = both * neither - worse * better
    if cross > 0:
        half = (both + worse + better + neither) / 2
        return max(cross - half, 0.0) / sqrt(margins)
    return cross / sqrt(margins)
