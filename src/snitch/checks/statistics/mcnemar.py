"""McNemar's exact test, one-sided: are more items worse than better, beyond chance?

Of the items on which two models disagree, each is worse or better with probability one half if
the models are equally good (Q. McNemar, Psychometrika 12, 1947; the exact form is the sign test
of the discordant pairs).
"""

from __future__ import annotations

from math import comb

PRECISION = 256
"""Bits kept of a tail's terms; what lies below is less than 1e-70 of the result."""


def p_value(worse: int, better: int) -> float:
    """The probability of at least so many worse items among the discordant ones.

    Integer arithmetic until the last division, so that the result is right to its last digit.

    Args:
        worse: Items that only the deployed model gets right.
        better: Items that only the candidate gets right.
    """
    discordant = worse + better
    if worse == 0:
        return 1.0
    if 2 * worse > discordant:
        tail, shift = _tail(discordant, worse)
        return tail / (1 << (discordant - shift))
    tail, shift = _tail(discordant, better + 1)
    whole = 1 << (discordant - shift)
    return (whole - tail) / whole


def _tail(trials: int, least: int) -> tuple[int, int]:
    """The sum of C(trials, k) for k from `least` (past the middle) on, without its last bits.

    Returns the sum and how many bits were cut off.
    """
    if least > trials:
        return 0, 0
    term = comb(trials, least)
    shift = max(0, term.bit_length() - PRECISION)
    term >>= shift
    total = 0
    while term:
        total += term
        term = term * (trials - least) // (least + 1)
        least += 1
    return total, shift
