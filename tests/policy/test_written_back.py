from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import jsonschema  # type: ignore[import-untyped] # it ships none
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from policies import WHOLE
from policies import policy

from snitch.documents import Number
from snitch.policy.effective import policy_for
from snitch.policy.model import Policy
from snitch.policy.render import render
from snitch.policy.render import spelt
from snitch.policy.schema import policy_schema


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return policy_schema()


def as_json(text: str) -> Any:
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def errors(schema: dict[str, Any], text: str) -> list[str]:
    found = jsonschema.Draft202012Validator(schema).iter_errors(as_json(text))
    return [error.message for error in found]


def test_the_schema_fulfils_its_dialect_and_whole_policies_fulfil_it(
    schema: dict[str, Any],
) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    assert errors(schema, WHOLE) == []
    assert errors(schema, render(policy(WHOLE))) == []
    json.dumps(schema, allow_nan=False)


@pytest.mark.parametrize(
    "text",
    [
        "metrics: {auc: {tolerence: 1}}",
        "freshness: {max_age_days: -1}",
        "metrics: {auc: {tolerance: -1}}",
        "regression: {drift: {factor: 0}}",
        "benchmarks: {b: {}}",
        "rules: {A: fatal}",
        "version: 2",
        "overrides: [{models: []}]",
    ],
)
def test_the_schema_refuses_what_loading_refuses(schema: dict[str, Any], text: str) -> None:
    assert errors(schema, text)


def test_every_key_of_the_schema_has_a_description(schema: dict[str, Any]) -> None:
    parts = {"Policy": schema, **schema["$defs"]}
    parts = {name: part for name, part in parts.items() if name not in {"Layout", "Files"}}
    bare = [
        f"{name}.{key}"
        for name, part in parts.items()
        for key, value in part.get("properties", {}).items()
        if not value.get("description")
    ]
    assert bare == []


def test_a_rendered_policy_loads_as_an_equal_one() -> None:
    for text in (WHOLE, "version: 1\n"):
        whole = policy(text)
        assert policy(render(whole)) == whole
        one = policy_for(whole, "legacy-x")
        assert policy(render(one)) == one


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=9)
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, places=None).filter(
    lambda number: Number(str(number)).decimal() is not None and len(str(number)) < 30
)


@given(
    st.dictionaries(WORDS.filter(lambda word: word.isalnum()), AMOUNTS, max_size=3),
    st.lists(WORDS, max_size=4),
    st.lists(st.sampled_from(["no", "1.10", "1e3", "12:30:00", "null", "~", "y", "2026-01-01"])),
)
def test_numbers_and_words_survive_being_written(
    metrics: dict[str, Decimal], words: list[str], traps: list[str]
) -> None:
    whole = Policy.model_validate(
        {
            "metrics": {name: {"min": value} for name, value in metrics.items()},
            "plugins": [*words, *traps],
        }
    )
    again = policy(render(whole))
    assert again == whole
    spelled = {name: str(part.min) for name, part in again.metrics.items()}
    assert {name: Decimal(text) for name, text in spelled.items()} == metrics


@given(AMOUNTS)
def test_a_spelt_number_is_a_plain_decimal_of_the_same_value(number: Decimal) -> None:
    assert Number(spelt(number)).decimal() == number
