"""Which of two values of a policy's key lets more pass: one judge for each key.

A judge says True where the new value is looser, or where it cannot be proven not to be. A key
without a judge is looser whenever it differs, so that a key added later is on the safe side
until somebody has thought about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Looser = Callable[[Any, Any], bool]


def _greater(old: Any, new: Any) -> bool:  # noqa: ANN401 - any ordered value
    """For an upper bound, where None is no bound."""
    return new is None or (old is not None and new > old)


def _smaller(old: Any, new: Any) -> bool:  # noqa: ANN401 - any ordered value
    """For a lower bound or a demand, where None is none."""
    return new is None or (old is not None and new < old)


def _fewer(old: tuple[Any, ...], new: tuple[Any, ...]) -> bool:
    """For a list of demands."""
    return not set(old) <= set(new)


def _more(old: tuple[Any, ...], new: tuple[Any, ...]) -> bool:
    """For a list of permissions."""
    return not set(new) <= set(old)


def _wider(old: Any, new: Any) -> bool:  # noqa: ANN401 - a pair of decimals or None
    """For a range, where None is none."""
    return new is None or (old is not None and (new[0] < old[0] or new[1] > old[1]))


def _replaced(old: object, _new: object) -> bool:
    """For a value that is only a demand when it is there at all."""
    return old is not None


def _unset(old: object, new: object) -> bool:
    """For a demand that is true or false."""
    return bool(old) and not new


def _set(old: object, new: object) -> bool:
    """For a permission that is true or false."""
    return bool(new) and not old


def _never(_old: object, _new: object) -> bool:
    return False


def _along(*words: object) -> Looser:
    """For words in a row, the strictest first."""
    return lambda old, new: words.index(new) > words.index(old)


JUDGES: dict[tuple[str, str], Looser] = {
    ("ConfigStandard", "required"): _fewer,
    ("ChangelogStandard", "required"): _fewer,
    ("ChangelogStandard", "placeholders"): _fewer,
    ("MetricStandard", "warn"): _greater,
    ("MetricStandard", "min"): _smaller,
    ("MetricStandard", "max"): _greater,
    ("MetricStandard", "range"): _wider,
    ("MetricStandard", "critical"): _unset,
    # A sample below it is excused.
    ("MetricStandard", "min_n"): lambda old, new: (new or 0) > (old or 0),
    ("MetricStandard", "min_gain"): _smaller,
    ("MetricStandard", "max_drop"): _greater,
    ("MetricStandard", "ignore"): _set,
    # Judged with the metric's name, and together.
    ("MetricStandard", "direction"): _never,
    ("MetricStandard", "tolerance"): _never,
    ("MetricStandard", "relative_tolerance"): _never,
    ("Benchmark", "grace_days"): _greater,
    ("Benchmark", "models"): _fewer,
    ("Benchmark", "required_metrics"): _fewer,
    ("Benchmark", "required_slices"): _fewer,
    ("Regression", "mode"): _along("exact", "significance"),
    ("Regression", "inconclusive"): _along("block", "warn"),
    ("Regression", "incumbent"): _along("refuse", "warn", "accept"),
    ("Regression", "max_evaluations"): _greater,
    ("Drift", "releases"): _smaller,
    ("Drift", "factor"): _greater,
    ("Freshness", "max_age_days"): _greater,
    ("Freshness", "warn_days"): _smaller,
    ("Dependencies", "require_pins"): _unset,
    ("Dependencies", "serving_constraints"): _replaced,
    ("Dependencies", "allowed_sources"): _more,
    # Judged library by library.
    ("Dependencies", "disallowed"): _never,
    ("Dependencies", "deprecated"): _never,
    ("Policy", "require"): _fewer,
    ("Policy", "plugins"): _fewer,
    ("Policy", "renames"): _more,
    ("Policy", "version"): _never,
    # Its effect is in the other keys.
    ("Policy", "extends"): _never,
    ("Policy", "overrides"): _never,
}


def is_looser(kind: str, key: str, old: object, new: object) -> bool:
    """Whether a key's new value lets more pass than the old one, or may do so.

    `kind` is the class that has the key: `MetricStandard` of `min`.
    """
    if old == new:
        return False
    judge = JUDGES.get((kind, key))
    return judge is None or judge(old, new)
