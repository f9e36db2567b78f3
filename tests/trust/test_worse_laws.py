"""A worse release is never judged better: in exact mode and under noise, however it is measured."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from measured import compared
from measured import findings
from measured import measured

from snitch.checks.regression import CHECK

LAWS = settings(max_examples=80)
MODES = ("exact", "significance")
STANDARD = "{direction: %s, tolerance: 0.02, warn: 0.01, max_drop: 0.2, min: 0.1, max: 0.95}"
units = st.integers(0, 1000).map(lambda number: str(Decimal(number).scaleb(-3)))
sizes = st.sampled_from(["", ', "n": 400', ', "n": 400, "stderr": 0.02', ', "ci": [0.3, 0.9]'])


def weight(new: str, old: str, policy: str, sample: tuple[str, str]) -> int:
    """How much the worst finding weighs."""
    files = [
        measured(f'"m": {{"value": {it}{more}}}', f'"s": {{"m": {{"value": {it}{more}}}}}')
        for it, more in ((new, sample[0]), (old, sample[1]))
    ]
    found = findings(compared(CHECK, files[0], files[1], policy))
    return max((one.level.rank for one in found), default=0)


@LAWS
@given(
    st.tuples(units, units, units),
    st.sampled_from(["higher", "lower"]),
    st.sampled_from(MODES),
    st.sampled_from(["block", "warn"]),
    st.tuples(sizes, sizes),
)
@example(("0.9", "0.88", "0.85"), "higher", "significance", "warn", (', "n": 400', ', "n": 400'))
def test_what_is_worse_weighs_no_less(
    values: tuple[str, str, str],
    way: str,
    mode: str,
    inconclusive: str,
    sample: tuple[str, str],
) -> None:
    old, *both = values
    better, worse = sorted(both, key=Decimal, reverse=way == "higher")
    policy = (
        f"metrics: {{m: {STANDARD % way}, 'slices.*.m': {STANDARD % way}}}\n"
        f"regression: {{mode: {mode}, inconclusive: {inconclusive}}}\n"
    )
    one, other = (weight(it, old, policy, sample) for it in (better, worse))
    # A bound on the other side is a bound: too good is no loss, and no matter here.
    beyond = (
        Decimal(better) > Decimal("0.95") if way == "higher" else Decimal(better) < Decimal("0.1")
    )
    assert one <= other or beyond
