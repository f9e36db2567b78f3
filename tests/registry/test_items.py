"""A release's per-item results: exact numbers in canonical order, or a reason."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from evaluated import csv
from evaluated import evaluated
from evaluated import names
from example import pointer
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from snitch.documents import Limits
from snitch.registry.items import with_items
from snitch.testing import MemorySnapshot
from snitch.testing import release

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.registry.item_scores import ItemScores
    from snitch.registry.release import Release


def read(text: str, block: str = "", slices: str = "") -> Release:
    block = block or '"path": "items.csv", "id": "id", "scores": {"score": "value"}'
    return release(evaluated('"score": 0.5', text, f'"items": {{{block}}}', slices))


def scores(text: str, block: str = "", slices: str = "") -> ItemScores:
    found = read(text, block, slices)
    assert found.item_scores is not None
    assert found.item_scores.reason is None, found.item_scores.reason
    return found.item_scores


def test_a_release_without_items_has_none() -> None:
    assert release({"metrics.json": '{"metrics": {"auc": 1}}'}).item_scores is None


def test_rows_are_sorted_by_id() -> None:
    found = scores("id,value\nb,2\na,1\nB,3\n")
    assert found.ids == ("B", "a", "b")
    assert found.numbers["value"].units == (3, 1, 2)


@settings(max_examples=80)
@given(
    st.lists(
        st.one_of(
            st.decimals(-1000, 1000, places=5).map(str),
            st.floats(-1e6, 1e6).map(repr),
            st.sampled_from(["true", "False", ".5", "5.", "+1", "-0", "1E-60", "1e60"]),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_numbers_are_exact(texts: list[str]) -> None:
    column = scores(csv(id=names(len(texts)), value=texts)).numbers["value"]
    words = {"true": "1", "False": "0"}
    exact = [Decimal(words.get(text, text)) for text in texts]
    expected = [Fraction(0 if one.adjusted() < -60 else one) for one in exact]
    assert [Fraction(unit, 10**column.places) for unit in column.units] == expected


def test_many_different_numbers_are_exact_too() -> None:
    texts = [f"{number}.{number:04}" for number in range(3_000)]
    column = scores(csv(id=names(3_000), value=texts)).numbers["value"]
    assert column.places == 4
    assert column.units[17] == 170017


@pytest.mark.parametrize("text", ["NaN", "", "inf", "1_000", "0x1", "1" * 41, "1e61", "one", "٣"])
@pytest.mark.parametrize("many", [0, 2_000])
def test_what_is_no_number_is_told_with_its_line(text: str, many: int) -> None:
    rows = [f"{index}.5" for index in range(many)]
    found = read(csv(id=names(many + 2), value=["1", text, *rows]))
    assert found.item_scores is not None
    assert found.item_scores.reason is not None
    fault = found.faults[-1]
    assert (fault.code, fault.place.path, fault.place.line) == (
        "SNT004",
        "models/churn/items.csv",
        3,
    )
    assert "`value` of item 2" in fault.message


@pytest.mark.parametrize(
    ("block", "code", "part"),
    [
        ('"path": 7', "SNT004", "`items.path`"),
        ('"path": "../other/items.csv", "scores": {}', "SNT005", "inside the model's directory"),
        ('"path": "/etc/passwd", "scores": {}', "SNT005", "inside the model's directory"),
        ('"path": "C:\\\\x.csv", "scores": {}', "SNT005", "inside the model's directory"),
        ('"path": "no.csv", "scores": {}', "SNT004", "there is no `models/churn/no.csv`"),
        ('"path": "items.csv"', "SNT004", "`items.scores`"),
        ('"path": "items.csv", "id": 3, "scores": {}', "SNT004", "`items.id`"),
        ('"path": "items.csv", "scores": {"auc": 3}', "SNT004", "`items.scores.auc`"),
        ('"path": "items.csv", "scores": {"auc": {"score": "p"}}', "SNT004", "`label`"),
        (
            '"path": "i.csv", "scores": {"ece": {"score": "v", "label": "y", "bins": 0.5}}',
            "SNT004",
            "bins",
        ),
        ('"path": "items.csv", "scores": {"auc": "p"}', "SNT004", "has no column `p`"),
        ('"path": "items.csv", "id": "key", "scores": {}', "SNT004", "has no column `key`"),
        ('"path": "items.csv", "cluster": "c", "scores": {}', "SNT004", "has no column `c`"),
    ],
)
def test_a_block_that_cannot_be_followed_is_told(block: str, code: str, part: str) -> None:
    found = read("id,value\na,1\n", block)
    assert found.item_scores is not None
    assert found.item_scores.reason is not None
    assert found.faults[-1].code == code
    assert part in found.faults[-1].message


def test_items_that_are_no_mapping_are_told() -> None:
    found = release(evaluated('"score": 1', "", '"items": "items.csv"'))
    assert found.faults[-1].code == "SNT004"


def test_an_item_without_id_is_told() -> None:
    assert "empty, expected the item's id" in read("id,value\n,1\n").faults[-1].message


def test_clusters_and_slices_keep_their_columns() -> None:
    block = '"path": "items.csv", "cluster": "account", "scores": {"score": "value"}'
    found = scores(
        "id,value,account,plan,other\nb,1,x,free,9\na,0,y,paid,9\n",
        block,
        '"plan=free": {"score": 1}, "region=eu": {"score": 1}, "odd": {"score": 1}',
    )
    assert found.texts == {"account": ("y", "x"), "plan": ("paid", "free")}
    assert found.cluster == "account"


def test_the_digest_is_of_sorted_lines() -> None:
    found = scores("id,value\nb,1\na,0\n")
    assert found.sha256 == hashlib.sha256(b"a\nb\n").hexdigest()


def test_duplicates_are_counted_once_each() -> None:
    assert scores("id,value\nb,1\na,0\nb,1\nb,0\n").duplicates == ("b",)
    assert scores("id,value\nb,1\na,0\n").duplicates == ()


def with_pointer(text: bytes, oid: str) -> tuple[Release, MemorySnapshot]:
    files = evaluated(
        '"score": 0.5', "", '"items": {"path": "items.csv", "scores": {"score": "value"}}'
    )
    files["items.csv"] = pointer(oid, len(text))
    blobs = {f"models/churn/{name}": body.encode() for name, body in files.items()}
    return release(files), MemorySnapshot(blobs)


def test_a_pointer_is_resolved_from_the_local_store(tmp_path: Path) -> None:
    text = b"id,value\na,1\n"
    oid = hashlib.sha256(text).hexdigest()
    found, snapshot = with_pointer(text, oid)
    stored = tmp_path / "object"
    stored.write_bytes(text)
    assert found.item_scores is not None
    assert "not in the local Git LFS store (`git lfs pull`)" in (found.item_scores.reason or "")
    assert found.faults == ()
    seen: list[str] = []

    def look_up(wanted: str) -> Path:
        seen.append(wanted)
        return stored

    resolved = with_items(found, snapshot, Limits(), look_up).item_scores
    assert seen == [oid]
    assert resolved is not None
    assert resolved.ids == ("a",)
    stored.write_bytes(b"id,value\na,0\n")
    damaged = with_items(found, snapshot, Limits(), lambda _: stored).item_scores
    assert damaged is not None
    assert "damaged" in (damaged.reason or "")


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_no_file_crashes(text: str) -> None:
    found = read(text)
    assert found.item_scores is not None
