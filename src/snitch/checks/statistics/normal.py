"""The normal distribution's two functions that every approximation here needs."""

from __future__ import annotations

from functools import cache
from math import erfc
from math import sqrt

LEVEL = 0.05
"""The one-sided level of every test: how often equal models are taken for a worse one."""
CONFIDENCE = 0.95
"""Of every two-sided interval."""
POWER = 0.8
"""How often a drop must be noticed to count as detectable."""


@cache
def quantile(share: float) -> float:
    """The value below which a standard normal variable lies with this probability."""
    from statistics import NormalDist  # noqa: PLC0415 - slow to import, and seldom needed

    return NormalDist().inv_cdf(share)


def upper_tail(z: float) -> float:
    """The probability that a standard normal variable exceeds a value."""
    return erfc(z / sqrt(2)) / 2


def width() -> float:
    """How many standard errors a two-sided interval reaches to either side."""
    return quantile((1 + CONFIDENCE) / 2)
