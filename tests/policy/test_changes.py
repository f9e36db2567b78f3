from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from policies import WHOLE
from policies import policy

from snitch.findings import Rule
from snitch.findings import Severity
from snitch.policy.changes import Loosening
from snitch.policy.changes import loosenings
from snitch.policy.changes import summary
from snitch.policy.model import Policy

RULES = (
    Rule("REG301", "metric-regressed", Severity.ERROR, "", "", ""),
    Rule("DEP504", "unpinned", Severity.WARNING, "", "", ""),
    Rule("DEP502", "deprecated", Severity.WARNING, "", "", "", also=(Severity.ERROR,)),
    Rule("ART604", "evaluation-stale", Severity.ERROR, "", "", ""),
)
MODELS = ("churn", "fraud", "legacy-a")
B = "benchmarks: {b: {current: '2', versions: ['1', '2'], models: [churn], %s}}"
W = "waivers: [{rule: %s, model: churn, reason: a, approved_by: b, expires: %s}]"
D = "dependencies: {%s}"
DVC = "models: [{path: a, layout: dvc}]\n"


def between(old: str, new: str) -> tuple[Loosening, ...]:
    return loosenings(policy(old), policy(new), MODELS, RULES)


OVERLAPPING = "overrides: [{models: [%s], freshness: %s}, {models: [%s], freshness: %s}]"
PAIRS = [
    # (the stricter policy, the looser one)
    ("metrics: {auc: {tolerance: 0.1}}", "metrics: {auc: {tolerance: 0.2}}"),
    ("metrics: {auc: {relative_tolerance: 1%}}", "metrics: {auc: {relative_tolerance: 2%}}"),
    (
        "metrics: {auc: {tolerance: 1, relative_tolerance: 1%}}",
        "metrics: {auc: {tolerance: 1}}",
    ),
    ("metrics: {auc: {tolerance: 0.2, warn: 0.1}}", "metrics: {auc: {tolerance: 0.2}}"),
    ("metrics: {auc: {min: 0.8}}", "metrics: {auc: {min: 0.7}}"),
    ("metrics: {auc: {min: 0.8}}", "metrics: {auc: {}}"),
    ("metrics: {auc: {max: 1}}", "metrics: {auc: {max: 2}}"),
    ("metrics: {auc: {range: [0, 1]}}", "metrics: {auc: {range: [0, 100]}}"),
    ("metrics: {auc: {min_gain: 0.1}}", "metrics: {auc: {}}"),
    ("metrics: {auc: {max_drop: 0.1}}", "metrics: {auc: {max_drop: 0.2}}"),
    ("metrics: {auc: {critical: true}}", "metrics: {auc: {critical: false}}"),
    ("metrics: {auc: {}}", "metrics: {auc: {ignore: true}}"),
    ("metrics: {auc: {min_n: 100}}", "metrics: {auc: {min_n: 200}}"),
    ("metrics: {auc: {}}", "metrics: {}"),
    (B % "grace_days: 0", B.replace("'2', v", "'1', v") % "grace_days: 0"),
    (B % "released: 2026-01-01, grace_days: 1", B % "released: 2026-01-01, grace_days: 2"),
    (B % "required_metrics: [auc]", B % "required_metrics: []"),
    (B % "required_slices: [a, b]", B % "required_slices: [a]"),
    ("version: 1", "regression: {mode: significance}"),
    ("version: 1", "regression: {inconclusive: warn}"),
    ("version: 1", "regression: {incumbent: accept}"),
    ("version: 1", "regression: {drift: {releases: 3}}"),
    ("version: 1", "regression: {drift: {factor: 9}}"),
    ("regression: {max_evaluations: 3}", "version: 1"),
    ("version: 1", "freshness: {max_age_days: 91}"),
    ("version: 1", "freshness: {warn_days: 1}"),
    (D % "require_pins: true", D % "require_pins: false"),
    (D % "disallowed: [{name: a}]", D % "disallowed: []"),
    (D % "disallowed: [{name: a}]", D % "disallowed: [{name: a, specifier: <2}]"),
    (D % "deprecated: [{name: a}]", D % "deprecated: []"),
    (
        D % "deprecated: [{name: a, after: 2026-01-01}]",
        D % "deprecated: [{name: a, after: 2026-02-01}]",
    ),
    (D % "allowed_sources: [index]", D % "allowed_sources: [index, vcs]"),
    ("require: [REG]", "version: 1"),
    ("plugins: [a]", "version: 1"),
    ("version: 1", "renames: [{model: a, to: b}]"),
    ("version: 1", "rules: {REG301: warning}"),
    ("rules: {unpinned: error}", "version: 1"),
    # The rule's default is a warning; some of its findings are errors where nobody sets it.
    ("version: 1", "rules: {DEP502: warning}"),
    # The rule's default is an error; its layout makes it a warning where nobody sets it.
    (f"{DVC}rules: {{ART604: error}}", DVC),
    ("rules: {X1: error}", "rules: {X1: info}"),
    ("version: 1", "limits: {max_file_kib: 2048}"),
    ("limits: {max_depth: 10}", "version: 1"),
    ("limits: {max_nodes: 9}", "limits: {max_nodes: 10}"),
    ("version: 1", W % ("REG301", "2026-12-31")),
    (W % ("REG301", "2026-12-30"), W % ("metric-regressed", "2026-12-31")),
    ("completeness: {config: {required: [a, b]}}", "completeness: {config: {required: [a]}}"),
    (
        "completeness: {changelog: {placeholders: [x]}}",
        "completeness: {changelog: {placeholders: []}}",
    ),
    ("models: [{path: a}, {path: b}]", "models: [{path: a}]"),
    ("version: 1", "models: [{path: 'models/*', exclude: ['models/x']}, {path: .}]"),
    ("version: 1", "overrides: [{models: [legacy-*], freshness: {max_age_days: 365}}]"),
    ("version: 1", "overrides: [{models: [nobody], rules: {REG301: off}}]"),
    ("version: 1", "overrides: [{models: ['[xy]-*'], rules: {REG301: off}}]"),
    ("version: 1", "overrides: [{models: ['[!xy]?'], rules: {REG301: off}}]"),
    ("overrides: [{models: ['*'], metrics: {auc: {min: 1}}}]", "version: 1"),
    # Of two exceptions that take one name the last wins, whether or not a model has it today.
    *(
        (
            OVERLAPPING % (other, "{max_age_days: 300}", one, "{max_age_days: 30}"),
            OVERLAPPING % (one, "{max_age_days: 30}", other, "{max_age_days: 300}"),
        )
        for one, other in (("a*", "'*b'"), ("'*eu*'", "x-*"))
    ),
]
BOTH_WAYS = [
    # Less of the past finds less drift and fewer names, more of it more rollbacks.
    *((f"limits: {{{name}: 100}}", "version: 1") for name in ("max_releases", "max_entries")),
    # Neither policy is provably stricter than the other.
    ("version: 1", "metrics: {auc: {tolerance: 0.2}}"),
    (
        "metrics: {slices.*.auc: {tolerance: 0.1}}",
        "metrics: {slices.*.auc: {tolerance: 0.1}, slices.a.auc: {tolerance: 1}}",
    ),
    (B % "grace_days: 0", B.replace("b:", "c:") % "grace_days: 0"),
    (B % f"sha256: {'a' * 64}", B % "items: 3"),
    (B % "items: 30", B % "items: 3"),
    (B % "items: 30", B.replace("[churn]", "[fraud]") % "items: 30"),
    (D % "serving_constraints: a.txt", D % "serving_constraints: b.txt"),
    ("version: 1", "models: [{path: 'models/*', layout: dvc}, {path: .}]"),
    ("metrics: {auc: {direction: higher}}", "metrics: {auc: {direction: lower}}"),
    ("environments: {production: a}", "environments: {production: b}"),
    ("regression: {seed: 1}", "regression: {seed: 2}"),
    ("models: [{path: a}, {path: b}]", "models: [{path: b}, {path: a}]"),
    (D % "serving_markers: {os_name: a}", D % "serving_markers: {os_name: b}"),
]


@pytest.mark.parametrize(("strict", "loose"), PAIRS)
def test_every_kind_of_loosening_is_told(strict: str, loose: str) -> None:
    found = between(strict, loose)
    assert found
    for one in found:
        assert one.message
        assert "\n" not in one.message
        assert one.route[0] in {*Policy.model_fields}


@pytest.mark.parametrize(("strict", "loose"), PAIRS)
def test_tightening_is_no_loosening(strict: str, loose: str) -> None:
    assert between(loose, strict) == ()


@pytest.mark.parametrize(("one", "other"), BOTH_WAYS)
def test_what_cannot_be_proven_stricter_is_a_loosening_both_ways(one: str, other: str) -> None:
    assert between(one, other)
    assert between(other, one)


@pytest.mark.parametrize("text", [WHOLE, "version: 1", *(pair[1] for pair in PAIRS)])
def test_equal_policies_differ_in_nothing(text: str) -> None:
    assert between(text, text) == ()
    assert summary(policy(text), policy(text)) == []


def test_a_benchmark_that_moves_on_is_no_loosening() -> None:
    old = "benchmarks: {b: {current: '2', versions: ['1', '2'], models: [churn], items: 30}}"
    new = "benchmarks: {b: {current: '3', versions: ['1', '2', '3'], models: [churn], items: 9}}"
    assert between(old, new) == ()
    assert between(new, old)


def test_a_deprecated_library_that_becomes_disallowed_is_no_loosening() -> None:
    assert between(D % "deprecated: [{name: a.b}]", D % "disallowed: [{name: a-B}]") == ()


def test_an_undeclared_direction_that_is_declared_as_known_is_no_loosening() -> None:
    assert between("version: 1", "metrics: {auc: {direction: higher}}") == ()
    assert between("version: 1", "metrics: {auc: {direction: lower}}")


def test_a_loosening_names_the_models_that_it_holds_for_and_where_it_is_written() -> None:
    new = "overrides: [{models: [legacy-*], freshness: {max_age_days: 365}}]"
    (one,) = between("version: 1", new)
    assert one.models == ("legacy-a",)
    assert one.route == ("overrides", 0, "freshness", "max_age_days")
    assert one.message == "`freshness.max_age_days` changes from 90 to 365"
    (waived,) = between("version: 1", W % ("REG301", "2026-12-31"))
    assert waived.models == ("churn",)
    assert waived.message == "a waiver of `REG301` for `churn` is added, until 2026-12-31"


def test_how_a_policy_is_written_does_not_matter() -> None:
    plain = "freshness: {max_age_days: 30}"
    other = "overrides: [{models: ['*'], freshness: {max_age_days: 30}}]"
    assert between(plain, other) == ()
    assert between("rules: {REG301: off}", "rules: {metric-regressed: off}") == ()


def test_a_summary_has_a_line_for_each_difference() -> None:
    old = policy("metrics: {auc: {min: 0.8, max: 1}}\nplugins: [a]")
    new = policy("metrics: {auc: {min: 0.9, tolerance: 0.1}}\nplugins: [a, b]")
    assert summary(old, new) == [
        "`metrics.auc.tolerance` is added: 0.1",
        "`metrics.auc.min` changes from 0.8 to 0.9",
        "`plugins` changes from [a] to [a, b]",
        "`metrics.auc.max` is removed: 1",
    ]


AMOUNTS = st.none() | st.sampled_from(["0", "0.1", "0.2", "1"])


@settings(max_examples=150)
@given(st.tuples(AMOUNTS, AMOUNTS), st.tuples(AMOUNTS, AMOUNTS), st.sampled_from(["0", "0.5", "2"]))
def test_a_tolerance_is_looser_exactly_when_it_allows_some_damage_more(
    old: tuple[str | None, str | None], new: tuple[str | None, str | None], deployed: str
) -> None:
    def allowed(pair: tuple[str | None, str | None]) -> float:
        parts = [float(pair[0])] if pair[0] is not None else []
        parts += [float(pair[1]) * float(deployed)] if pair[1] is not None else []
        return min(parts, default=0.0)

    def one(pair: tuple[str | None, str | None]) -> Policy:
        from snitch.documents import Number  # noqa: PLC0415 - near its only use

        keys = zip(("tolerance", "relative_tolerance"), pair, strict=True)
        standard: dict[str, Any] = {key: Number(text) for key, text in keys if text is not None}
        return Policy.model_validate({"metrics": {"auc": standard}})

    if allowed(new) > allowed(old):
        assert loosenings(one(old), one(new), MODELS)
