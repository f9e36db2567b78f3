"""The smallest drop that a sample would have shown: what "inconclusive" is worth."""

from __future__ import annotations

from math import sqrt

from snitch.checks.statistics.normal import LEVEL
from snitch.checks.statistics.normal import POWER
from snitch.checks.statistics.normal import quantile

LEAST_DISCORDANT = 5
"""Fewer items that disagree can never reach the level: one half to the fifth is 0.03."""


def of_error(standard_error: float) -> float:
    """The smallest difference that a test with this standard error shows at 80 % power."""
    return (quantile(1 - LEVEL) + quantile(POWER)) * standard_error


def of_pairs(n: int, discordant: int) -> float:
    """The smallest drop of a proportion that McNemar's test shows at 80 % power.

    After R. J. Connor, "Sample size for testing differences in proportions for the
    paired-sample design", Biometrics 43, 207-211 (1987), solved for the difference.

    Of `n` items measured by both models, on `discordant` ones they disagree.
    """
    share = max(discordant, LEAST_DISCORDANT) / n
    level, power = quantile(1 - LEVEL), quantile(POWER)
    root = level**2 * n * share - (n + power**2) * share * (level**2 - power**2)
    drop = (level * sqrt(n * share) + sqrt(max(root, 0.0))) / (n + power**2)
    return min(drop, share, 1.0)
