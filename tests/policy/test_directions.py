"""Which way is better, of names that say on which split they were measured."""

from __future__ import annotations

import pytest

from snitch.policy.directions import HIGHER
from snitch.policy.directions import LOWER
from snitch.policy.directions import SPLITS
from snitch.policy.directions import direction_of


@pytest.mark.parametrize("split", sorted(SPLITS))
@pytest.mark.parametrize(("metric", "direction"), [("auc", "higher"), ("RMSE", "lower")])
def test_a_split_in_the_name_changes_no_direction(split: str, metric: str, direction: str) -> None:
    """Before and behind the metric, as a word or as a segment."""
    for name in ("{s}_{m}", "{m}_{s}", "{s}-{m}", "{s} {m}", "{s}.{m}", "{s}/{m}", "x/{s}_{m}"):
        assert direction_of(name.format(s=split, m=metric)) == direction


@pytest.mark.parametrize(
    "name",
    ["test", "val_", "_val", "val_score", "time_test", "latent_auc", "auc_gap", "test_val_auc", ""],
)
def test_a_split_makes_no_metric_of_another_name(name: str) -> None:
    """What is left has to be a well-known name, and nothing less."""
    assert direction_of(name) is None


def test_no_well_known_name_is_told_otherwise_by_a_split_that_it_ends_with() -> None:
    """The whole name counts first."""
    assert not any(word in SPLITS for word in HIGHER | LOWER)
    assert all(direction_of(word) == "higher" for word in HIGHER)
    assert all(direction_of(word) == "lower" for word in LOWER)
