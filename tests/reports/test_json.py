from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it ships none
from reports.scenarios import FAIL
from reports.scenarios import NOTHING
from reports.scenarios import SCENARIOS
from reports.scenarios import WAIVED
from reports.texts import many_texts
from reports.texts import report_of

from snitch.findings.fingerprint import fingerprint
from snitch.reports import RenderOptions
from snitch.reports import render
from snitch.reports.json_document import report_schema

if TYPE_CHECKING:
    from snitch.findings import Report

VALIDATOR = Draft202012Validator(report_schema())


def loaded(whole: Report) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(render(whole, "json", RenderOptions()))
    return value


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(report_schema())


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_scenario_keeps_to_the_schema(scenario: str) -> None:
    VALIDATOR.validate(loaded(SCENARIOS[scenario]))


@settings(max_examples=30)
@given(many_texts)
def test_any_text_keeps_to_the_schema(fill: list[str]) -> None:
    VALIDATOR.validate(loaded(report_of(fill)))


def test_the_schema_knows_every_key_that_is_written() -> None:
    whole = report_schema()

    def undeclared(value: Any, schema: dict[str, Any]) -> list[str]:
        schema = schema.get("anyOf", [schema])[0]
        if "$ref" in schema:
            schema = whole["$defs"][schema["$ref"].rpartition("/")[2]]
        match value:
            case dict():
                known = schema["properties"]
                missing = sorted(set(value) ^ set(known))
                return missing + [
                    name
                    for key in value
                    if key in known
                    for name in undeclared(value[key], known[key])
                ]
            case list():
                return [name for item in value for name in undeclared(item, schema["items"])]
            case _:
                return []

    assert undeclared(loaded(report_of(["x"])), whole) == []


def test_a_finding_has_its_place_and_no_waiver() -> None:
    found = loaded(FAIL)["findings"][2]
    assert found == {
        "code": "REG301",
        "rule": "metric-regressed",
        "severity": "error",
        "model": "churn",
        "path": "models/churn/metrics.json",
        "line": 4,
        "column": 23,
        "message": FAIL.findings[2].message,
        "remedy": FAIL.findings[2].remedy,
        "metric": "auc",
        "slice": None,
        "fingerprint": fingerprint(FAIL.findings[2], "models/churn"),
        "waiver": None,
    }


def test_a_waived_finding_stays_with_its_waiver() -> None:
    value = loaded(WAIVED)
    assert value["summary"] == {
        "models": 1,
        "errors": 0,
        "warnings": 0,
        "infos": 0,
        "waived": 1,
        "known": 0,
    }
    assert value["findings"][0]["waiver"] == {
        "reason": "Fairness fix agreed in ML-99",
        "approved_by": "platform-team",
        "expires": "2026-12-31",
    }


def test_where_there_is_no_baseline_or_policy_there_is_null() -> None:
    value = loaded(SCENARIOS["could-not-judge"])
    assert value["baseline"] is None
    assert value["policy"] is None


def test_an_empty_change_is_whole() -> None:
    value = loaded(NOTHING)
    assert (value["schema"], value["models"], value["total_models"]) == (1, [], 12)
