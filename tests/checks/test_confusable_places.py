"""SNT008: every odd name is told where it stands, and nothing beside it is."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from example import DEPLOYED
from example import GOOD
from example import OID
from measured import measured
from measured import model

from snitch.checks.check import Subject
from snitch.checks.confusables import judge
from snitch.policy.model import Policy
from snitch.registry.layout import load_built_in
from snitch.registry.layout import parse_layout
from snitch.testing import release

if TYPE_CHECKING:
    from snitch.registry.release import Release

COPY = "\u0441\u043e\u0440\u0443"
"""Cyrillic letters only, as a word in that script may be; shown like `copy`."""
A = "\u0430"
UNSEEN = "\u200b"
WIDE = "\uff41"


def told(
    candidate: Release, deployed: Release | None = None, policy: Policy | None = None
) -> list[tuple[str, int | None, int | None, str]]:
    """(file within the model, line, column, the message's beginning) of each finding."""
    subject = Subject(candidate, deployed, policy or Policy(), date(2026, 11, 23))
    return [
        (
            one.place.path.removeprefix("models/churn/"),
            one.place.line,
            one.place.column,
            one.message.partition(" `")[0],
        )
        for one in judge(subject)
        if one.place is not None
    ]


def of_metrics(metrics: str, slices: str = "") -> Release:
    return release(model(measured(metrics, slices)))


def spelt(name: str) -> str:
    return json.dumps(name)


def test_a_slice_is_a_value_and_may_hold_a_variant_of_a_letter() -> None:
    assert told(of_metrics('"auc": 1', f'"city={WIDE}": {{"auc": 1}}')) == []
    assert told(of_metrics(f'"{WIDE}": 1')) != []


def test_a_metric_is_told_at_its_name_whatever_its_value_is_written_as() -> None:
    odd = [spelt(f"{A}uc{number}") for number in range(3)]
    text = f'{odd[0]}: 1, {odd[1]}: {{"value": 2}}, "val": {{{odd[2]}: 3}}'
    starts = [len('"metrics": {') + text.index(one) + 1 for one in odd]
    found = told(of_metrics(text))
    assert found == [("metrics.json", 3, start, "the metric") for start in starts]


def test_a_slice_is_told_at_its_name_once_for_all_its_metrics() -> None:
    odd = spelt(f"plan={UNSEEN}")
    found = told(of_metrics('"auc": 1', f'"b": {{"auc": 1}}, {odd}: {{"auc": 1, "f1": 1}}'))
    assert found == [("metrics.json", 4, 11 + len('"b": {"auc": 1}, ') + 1, "the slice")]


def test_a_name_in_one_script_is_odd_where_another_name_looks_like_it() -> None:
    strange, known = of_metrics(f"{spelt(COPY)}: 1"), of_metrics('"copy": 1')
    named = Policy.model_validate({"metrics": {"copy": {"direction": "lower"}}})
    place = [("metrics.json", 3, 13, "the metric")]
    assert told(strange) == []
    assert told(of_metrics(f'{spelt(COPY)}: 1, "copy": 1')) == place
    assert told(strange, policy=named) == place
    assert told(strange, known) == place
    assert told(strange, of_metrics('"other": 1')) == []


@pytest.mark.parametrize("name", [f"pl{UNSEEN}an", "plan\u202e", "\ufeffplan"])
def test_a_feature_that_holds_what_nobody_sees_is_told_at_its_place(name: str) -> None:
    files = {**GOOD, "config.yaml": GOOD["config.yaml"].replace(" plan,", f" {spelt(name)},")}
    assert told(release(files), release(DEPLOYED)) == [("config.yaml", 9, 27, "the feature")]


@pytest.mark.parametrize("name", [f"pl{A}n", " plan", COPY, "größe"])
def test_a_feature_may_be_in_any_script(name: str) -> None:
    files = {**GOOD, "config.yaml": GOOD["config.yaml"].replace(" plan,", f" {spelt(name)},")}
    assert told(release(files)) == []


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (f"{spelt(f'd{A}ta')}: 1", (14, 1)),
        (f"{spelt(f'note{UNSEEN}')}: 1", (14, 1)),
        (f"{spelt(f'not{A}')}: 1", None),
        ("größe: 1", None),
        (f"more: {{{spelt(f'd{A}ta')}: 1}}", None),
    ],
)
def test_a_key_is_told_where_it_reads_as_a_field_or_holds_what_nobody_sees(
    line: str, place: tuple[int, int] | None
) -> None:
    found = told(release({**GOOD, "config.yaml": f"{GOOD['config.yaml']}{line}\n"}))
    assert found == ([] if place is None else [("config.yaml", *place, "the key")])


@pytest.mark.parametrize(
    ("after", "line", "column"),
    [("data:\n", 6, 3), ("training: {", 11, 12), ("weights: {", 13, 11)],
)
def test_a_key_beside_a_field_is_told_at_any_depth(after: str, line: int, column: int) -> None:
    key = spelt(f"s{A}mple{UNSEEN}")
    more = f"  {key}: 1\n" if after.endswith("\n") else f"{key}: 1, "
    changed = GOOD["config.yaml"].replace(after, after + more)
    found = told(release({**GOOD, "config.yaml": changed}))
    assert found == [("config.yaml", line, column, "the key")]


def test_a_key_of_the_layouts_own_is_one_to_be_read_as() -> None:
    card = f"---\nsummary: x\nd{A}tasets: [b]\nsumm{A}ry: y\nsumm{A}rise: z\n---\n# Churn\n"
    found = told(release({"README.md": card}, layout=load_built_in("huggingface")))
    assert found == [("README.md", 4, 1, "the key")]


LAYOUT = parse_layout(
    "mine.yaml",
    b"files: {config: [c.yaml]}\nfields: {owner: 'config:boss', description: 'config:m.t.lead'}\n",
)


@pytest.mark.parametrize(
    ("text", "told_at"),
    [
        ("boss: a\nb\u043ess: b\n", (2, 1)),
        ("boss: a\nle\u0430d: b\n", None),
        ("m:\n  t:\n    lead: a\n    le\u0430d: b\n", (4, 5)),
        ("m:\n  t:\n    lead: a\n  le\u0430d: b\n", None),
        ("m:\n  t:\n    lead: a\n    b\u043ess: b\n", None),
        ("m:\n  t:\n    lead: a\n  m\u0430: b\n", None),
    ],
)
def test_a_key_is_read_as_the_layouts_own_only_where_that_stands(
    text: str, told_at: tuple[int, int] | None
) -> None:
    found = told(release({"c.yaml": f"name: churn\n{text}"}, layout=LAYOUT))
    expected = [] if told_at is None else [("c.yaml", told_at[0] + 1, told_at[1], "the key")]
    assert found == expected


def test_a_key_in_an_element_of_a_list_is_read_as_the_others_there() -> None:
    layout = parse_layout(
        "l.yaml", b"files: {config: [c.yaml]}\nfields: {owner: 'config:m[0].boss'}\n"
    )
    text = "m:\n- boss: a\n  b\u043ess: b\n- b\u043ess: c\n"
    assert told(release({"c.yaml": text}, layout=layout)) == [("c.yaml", 3, 3, "the key")]


@pytest.mark.parametrize(
    ("path", "odd"),
    [
        (f"metrics.js{UNSEEN}on", False),
        ("metri\u0441s.json", True),
        ("eval/metri\u0441s.json", True),
        ("metri\u0441s.csv", False),
        ("größe.json", False),
    ],
)
def test_a_file_is_told_where_its_name_reads_as_that_of_a_piece(path: str, *, odd: bool) -> None:
    found = told(release({**GOOD, path: "{}"}))
    assert found == ([(path, None, None, "the file")] if odd else [])


def test_a_file_at_the_root_is_told_by_its_own_path() -> None:
    files = {**GOOD, f"config.y{A}ml": OID}
    assert told(release(files, path="")) == [(f"config.y{A}ml", None, None, "the file")]


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        (f"{A}uc", "type it anew as `auc`"),
        (f"auc{UNSEEN}", "type it anew as `auc`"),
        ("auc\u0436", "type it anew"),
        (UNSEEN, "type it anew"),
    ],
)
def test_a_remedy_spells_the_name_where_it_can_be_typed(name: str, remedy: str) -> None:
    subject = Subject(of_metrics(f"{spelt(name)}: 1"), None, Policy(), date(2026, 11, 23))
    assert next(one.remedy for one in judge(subject)) == remedy
