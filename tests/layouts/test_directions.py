"""Which way is better, by a family's globs: none says the opposite of a name with one meaning."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from snitch.policy.directions import HIGHER
from snitch.policy.directions import LOWER
from snitch.policy.family import family_of
from snitch.registry.layout import built_in
from snitch.registry.layout import load_built_in
from snitch.registry.layout import parse_layout

if TYPE_CHECKING:
    from snitch.registry.layout import Layout

ONE = (Decimal(1),)


def direction(layout: Layout, name: str) -> str | None:
    known = family_of({name: ONE}, layout.standards).get(name, {})
    found = known.get("direction")
    return None if known.get("ignore") or found is None else str(found)


@pytest.mark.parametrize("name", built_in())
def test_no_family_turns_a_well_known_name_round(name: str) -> None:
    layout = load_built_in(name)
    for names, better in ((HIGHER, "higher"), (LOWER, "lower")):
        for word in sorted(names):
            # Only whole names are known by two segments.
            prefixes = ("",) if "." in word else ("", "COCO.")
            for spelt in (f"{prefix}{one}" for prefix in prefixes for one in (word, word.upper())):
                assert direction(layout, spelt) in (None, better), spelt


@pytest.mark.parametrize(
    ("family", "name"),
    [
        *(("openmmlab", f"D.{name}") for name in ("FID", "NME test", "LPIPS", "SAD", "CONN")),
        *(("openmmlab", f"D.{name}") for name in ("mATE", "mAOE", "P-MPJPE", "MSE", "NIQE")),
        *(("omz", name) for name in ("WER @ Librispeech", "RMSE", "Perplexity", "NME")),
        *(("allennlp-card", name) for name in ("Perplexity", "Loss", "Mean Error")),
    ],
)
def test_what_a_family_measures_downwards_is_better_lower(family: str, name: str) -> None:
    assert direction(load_built_in(family), name) == "lower"
    assert direction(load_built_in(family), f"{name} AP") in ("lower", "higher")


def test_only_a_rule_about_everything_gives_way_to_a_name() -> None:
    layout = parse_layout(
        "mine.yaml",
        b'standards: {"*_fid": {direction: higher}, "*": {direction: higher, tolerance: 0.1}}',
    )
    assert direction(layout, "our_fid") == "higher"
    assert direction(layout, "fid") is None
    assert direction(layout, "anything") == "higher"
    loose = parse_layout("loose.yaml", b'standards: {"*": {tolerance: 0.1}}')
    assert "tolerance" in family_of({"fid": ONE}, loose.standards)["fid"]
