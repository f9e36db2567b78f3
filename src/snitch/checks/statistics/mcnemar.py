"""McNemar's exact test, one-sided: are more items worse than better, beyond chance?

Of the items on which two models disagree, each is worse or better with probability one half if
the models are equally good (Q. McNemar, Psychometrika 12, 1947; the exact form is the sign test
of the discordant pairs).
"""

from __future__ import annotations

from math import comb

PRECISION = 256
"""Bits kept of a tail's terms; what lies below is less than 1e-70 of the result."""
MOST_WHOLE = 50_000
"""Discordant items up to which the first term is computed as a whole number."""


def p_value(worse: int, better: int) -> float:
    """The probability of at least so many worse items among the discordant ones.

    Integer arithmetic until the last division, so that the result is right to its last digit.

    Worse are the items that only the deployed model gets right, better those that only the
    candidate does.
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
    """The sum of C(trials, k) for k from `least` on, past the middle, without its last bits.

    Returns the sum and how many bits were cut off.
    """
    term, shift = _binomial(trials, least)
    total = 0
    while term:
        total += term
        term = term * (trials - least) // (least + 1)
        least += 1
    return total, shift


def _binomial(n: int, k: int) -> tuple[int, int]:
    """C(n, k) to `PRECISION` bits, and how many bits were cut off.

    Of hundreds of thousands of items the whole number would take seconds.
    """
    if n <= MOST_WHOLE:
        whole = comb(n, k)
        cut = max(0, whole.bit_length() - PRECISION)
        return whole >> cut, cut
    k = min(k, n - k)
    found, cut = 1 << (2 * PRECISION), -2 * PRECISION
    for i in range(1, k + 1):
        found = found * (n - k + i) // i
        excess = found.bit_length() - 3 * PRECISION
        if excess > 0:
            found, cut = found >> excess, cut + excess
    excess = found.bit_length() - PRECISION
    return found >> excess, cut + excess
