"""Metrics that are shares of something: a fraction in one file and a percentage in another.

The table holds exact names, as that of directions does.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from snitch.policy.directions import HIGHER
from snitch.policy.directions import well_known

if TYPE_CHECKING:
    from collections.abc import Iterable

_COUNTED = "psnr inception_score throughput_rps throughput_qps tokens_per_second"
_LOWER = """
    error_rate wer cer ter mer der eer false_positive_rate false_negative_rate fpr fnr
    ece mce expected_calibration_error mape smape wape wmape hallucination_rate toxicity
"""

SHARES = (HIGHER - frozenset(_COUNTED.split())) | frozenset(_LOWER.split())
PERCENT = Decimal(100)
ODD = 10
"""So many times as much across 1 is a percentage beside a fraction: no score moves so far."""


def is_share(name: str) -> bool:
    """Whether a name is known to be that of a share."""
    return well_known(name) in SHARES


def in_two_units(values: Iterable[Decimal]) -> bool:
    """Whether the deployed value and the candidate's are numbers in two units."""
    sizes = [abs(value) for value in values]
    small, large = min(sizes, default=0), max(sizes, default=0)
    return 0 < small <= 1 < large <= PERCENT and ODD * small <= large
