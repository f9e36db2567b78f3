from __future__ import annotations

import pytest
from policies import loaded
from policies import policy

from snitch.findings import Rule
from snitch.findings import Severity
from snitch.policy.problem import PolicyError
from snitch.policy.verify import severity_of
from snitch.policy.verify import verify_layouts
from snitch.policy.verify import verify_rules

RULES = (
    Rule("REG301", "metric-regressed", Severity.ERROR, "", "", ""),
    Rule("DEP504", "unpinned", Severity.WARNING, "", "", ""),
    Rule("ART603", "evaluation-of-other-weights", Severity.ERROR, "", "", "", fixed=True),
)
WAIVER = (
    "waivers: [{{rule: {rule}, model: {model}, reason: a, approved_by: b, expires: 2026-12-31}}]"
)


def complaints(text: str) -> list[str]:
    found = loaded(text)
    with pytest.raises(PolicyError) as caught:
        found.refuse(verify_rules(found.policy, RULES))
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rules: {REG310: off}", "snitch.yaml:1:9: unknown rule `REG310`; the nearest known rule"),
        ("rules: {metric-regresed: off}", "the nearest known rule is `metric-regressed`"),
        ("rules: {REG*: off}", "unknown rule `REG*`"),
        ("overrides: [{models: [a], rules: {DEP505: off}}]", "unknown rule `DEP505`"),
        ("rules: {ART603: warning}", "ART603 evaluation-of-other-weights cannot be switched off"),
        ("rules: {evaluation-of-other-weights: off}", "cannot be switched off or lowered"),
        ("overrides: [{models: [a], rules: {ART603: off}}]", "cannot be switched off"),
        ("rules: {REG301: info, metric-regressed: error}", "one rule with two severities"),
        (WAIVER.format(rule="REG31", model="a"), "unknown rule `REG31`"),
        (WAIVER.format(rule="ART603", model="a"), "cannot be waived"),
        ("require: [RGE]", "unknown family `RGE`; the nearest known family is `REG`"),
    ],
)
def test_rules_that_do_not_exist_or_are_fixed_are_told(text: str, message: str) -> None:
    assert any(message in found for found in complaints(text)), complaints(text)


def test_codes_and_names_are_interchangeable() -> None:
    good = "rules: {unpinned: error, REG301: off, ART603: error}\nrequire: [REG]\n"
    assert verify_rules(policy(good), RULES) == []
    both = policy("rules: {unpinned: error, REG301: off}")
    assert severity_of(both, RULES[1]) is Severity.ERROR
    assert severity_of(both, RULES[0]) is Severity.OFF
    assert severity_of(both, RULES[2]) is None


def test_the_later_file_wins_whichever_of_the_two_words_it_uses() -> None:
    found = loaded(
        "extends: [a.yaml]\nrules: {REG301: error}\n", a__yaml="rules: {metric-regressed: off}"
    )
    assert severity_of(found.policy, RULES[0]) is Severity.ERROR


def test_a_fixed_rule_is_never_lowered_even_by_an_unverified_policy() -> None:
    assert severity_of(policy("rules: {ART603: off}"), RULES[2]) is None


def test_layouts_must_exist_and_must_not_hide_a_built_in_one() -> None:
    unknown = policy("models: [{path: a, layout: snich}]")
    assert "the nearest known layout is `snitch`" in verify_layouts(unknown, ["snitch"])[0].message
    assert verify_layouts(policy("models: [{path: a}]"), ["snitch"]) == []


@pytest.mark.parametrize(
    ("layout", "named"),
    [
        ("files: {config: [../shared.json]}", "../shared.json"),
        ("files: {config: [a.json], others: {more: [x/../b.json]}}", "x/../b.json"),
        ("metrics: [{files: [./m.json]}]", "./m.json"),
        ("pointers: [{files: [/w.dvc], path: outs}]", "/w.dvc"),
        (
            "unit: {each: file, files: ['*.json']}\n    files: {others: {more: [/a.json]}}",
            "/a.json",
        ),
    ],
)
def test_a_layout_names_no_file_where_none_is_looked_for(layout: str, named: str) -> None:
    found = loaded(f"layouts:\n  mine:\n    {layout}\n")
    with pytest.raises(PolicyError, match=r"no path below the (model's directory|repository)") as e:
        found.refuse(verify_layouts(found.policy, ["snitch"]))
    assert f"`{named}`" in str(e.value.problems[0])


@pytest.mark.parametrize(
    "layout",
    [
        "files: {config: [a/b.json, '*.json'], weights: ['w/**', 'w/']}",
        "unit: {each: file, files: ['*.json']}\n    files: {others: {more: [../a.json]}}",
    ],
)
def test_a_layout_names_files_below_what_they_are_relative_to(layout: str) -> None:
    assert verify_layouts(policy(f"layouts:\n  mine:\n    {layout}\n"), ["snitch"]) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("metrics: {auc: {min: 2, max: 1}}", "`min` 2 is greater than `max` 1"),
        ("metrics: {auc: {range: [1, 0]}}", "`range` [1, 0] holds no values"),
        ("metrics: {auc: {range: [0, 1], min: 2}}", "`min` 2 is above the `range`"),
        ("metrics: {auc: {range: [0, 1], max: -1}}", "`max` -1 is below the `range`"),
        ("metrics: {auc: {tolerance: 0.1, warn: 0.2}}", "where it is never reached"),
        ("metrics: {val.*: {min: 1}}", "names here are exact"),
        ("metrics: {slices.auc: {min: 1}}", "names no metric of slices"),
        ("metrics: {'slices.*.*': {min: 1}}", "names no metric of slices"),
        (
            "metrics: {auc: {max: 1}}\noverrides: [{models: [a], metrics: {auc: {min: 2}}}]",
            "snitch.yaml:2:48: `min` 2 is greater than `max` 1",
        ),
        ("benchmarks: {b: {current: '3', versions: ['1', '2']}}", "`3` is not among `versions`"),
        ("benchmarks: {b: {current: '1', versions: ['1', '1']}}", "one version twice"),
        ("benchmarks: {b: {current: '1', grace_days: 3}}", "counts from `released`"),
        ("benchmarks: {b: {current: '1', models: ['a[']}}", "never closed"),
        ("overrides: [{models: ['a[b']}]", "never closed"),
        ("models: [{path: /abs}]", "no path below the repository's root"),
        ("models: [{path: a/../b}]", "no path below the repository's root"),
        ("models: [{path: a}, {path: a, layout: dvc}]", "stands twice"),
        ("dependencies: {disallowed: [{name: 'a b'}]}", "no distribution's name"),
        ("dependencies: {deprecated: [{name: a, specifier: 2.x}]}", "no version specifier"),
        ("dependencies: {serving_markers: {python_versoin: '3'}}", "is `python_version`"),
        (WAIVER.format(rule="REG*", model="a"), "excepts one rule"),
        (WAIVER.format(rule="REG301", model="'*'"), "excepts one model"),
        ("renames: [{model: a, to: a}]", "renamed to itself"),
        ("renames: [{model: a, to: b}, {model: a, to: c}]", "renamed twice"),
        ("limits: {max_waivers: 0}\n" + WAIVER.format(rule="X1", model="a"), "at most 0 are"),
    ],
)
def test_a_setting_that_could_never_do_what_it_says_is_an_error(text: str, message: str) -> None:
    with pytest.raises(PolicyError) as caught:
        loaded(text)
    found = [str(problem) for problem in caught.value.problems]
    assert any(message in problem for problem in found), found


def test_what_does_not_contradict_itself_passes() -> None:
    assert (
        policy(
            "metrics: {auc: {min: 0, max: 1, range: [0, 1], tolerance: 0.1, warn: 0.1}}\n"
            "waivers: [{rule: REG301, model: '*', scope: all, reason: a, approved_by: b,"
            " expires: 2026-12-31}]\n"
            "models: [{path: '.'}, {path: 'models/*', exclude: ['models/[a-c]*']}]\n"
        )
        .waivers[0]
        .scope
        == "all"
    )
