from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from policies import WHOLE
from policies import loaded
from policies import policy
from policies import tree

from snitch.findings import CannotJudgeError
from snitch.findings import Place
from snitch.findings import Severity
from snitch.policy.load import defaults
from snitch.policy.load import load
from snitch.policy.load import load_file
from snitch.policy.model import Policy
from snitch.policy.problem import PolicyError

if TYPE_CHECKING:
    from pathlib import Path


def problems(text: str) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        loaded(text)
    return [str(problem) for problem in caught.value.problems]


def test_every_key_of_a_whole_policy_is_read_as_spelt() -> None:
    read = policy(WHOLE)
    assert read.models[0].path == "models/*"
    assert read.completeness.changelog.placeholders == ("TODO", "TBD")
    benchmark = read.benchmarks["churn-standard"]
    assert benchmark.current == "2026.2"
    assert benchmark.released == date(2026, 6, 1)
    assert benchmark.versions == ("2025.4", "2026.1", "2026.2")
    auc = read.metrics["auc"]
    assert auc.tolerance == Decimal("0.002")
    assert auc.range == (Decimal(0), Decimal(1))
    assert auc.critical
    assert read.metrics["log_loss"].relative_tolerance == Decimal("0.01")
    assert read.metrics["slices.*.auc"].min_n == 200
    assert read.rules == {"FRS402": Severity.OFF, "DEP504": Severity.WARNING}
    assert read.dependencies.disallowed[0].specifier == "<2.12"
    assert read.dependencies.deprecated[0].after == date(2027, 1, 1)
    assert read.overrides[0].models == ("legacy-*",)
    assert read.waivers[0].expires == date(2026, 12, 31)
    assert read.limits.max_file_kib == 1024


def test_the_source_names_the_snapshot_and_the_digest_of_the_bytes() -> None:
    text = "version: 1\n"
    source = loaded(text).source
    assert source.source == "origin/main:snitch.yaml"
    assert source.sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_no_policy_is_none_and_defaults_are_the_empty_policy() -> None:
    assert load(tree({"README.md": ""}), label="main") is None
    assert defaults().policy == Policy()
    assert defaults().path is None


@pytest.mark.parametrize("name", ["snitch.yml", "Snitch.yaml", ".snitch.yaml"])
def test_another_name_for_the_policy_is_an_error_that_names_the_right_one(name: str) -> None:
    with pytest.raises(CannotJudgeError, match=r"`snitch\.yaml`") as instead:
        load(tree({name: "version: 1\n"}), label="main")
    assert name in instead.value.message
    with pytest.raises(CannotJudgeError, match=r"`snitch\.yaml`") as beside:
        load(tree({name: "version: 1\n", "snitch.yaml": "version: 1\n"}), label="main")
    assert name in beside.value.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "metrics: {auc: {tolerence: 0.1}}",
            (
                "snitch.yaml:1:17: unknown key `tolerence` in `metrics.auc`; "
                "the nearest known key is `tolerance`"
            ),
        ),
        ("metric: {}", "unknown key `metric` in the policy; the nearest known key is `metrics`"),
        ("freshness: {max_age: 3}", "nearest known key is `max_age_days`"),
        ("models: [{paths: a}]", "unknown key `paths` in `models[0]`; the nearest known key"),
        ("overrides: [{models: [a], fresh: {}}]", "the nearest known key is `freshness`"),
        ("overrides: [{models: [a], freshness: {max_age_day: 1}}]", "in `overrides[0].freshness`"),
        ("completeness: {config: {require: []}}", "the nearest known key is `required`"),
        ("benchmarks: {b: {curent: x}}", "the nearest known key is `current`"),
        ("regression: {drift: {release: 3}}", "in `regression.drift`; the nearest known key"),
        ("dependencies: {disallowed: [{nam: x}]}", "the nearest known key is `name`"),
        ("limits: {max_file_kb: 3}", "in `limits`; the nearest known key is `max_file_kib`"),
    ],
)
def test_an_unknown_key_at_any_level_names_the_nearest_known_one(text: str, message: str) -> None:
    assert any(message in problem for problem in problems(text)), problems(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version: 2", "`version`: expected 1"),
        ("benchmarks: {b: {current: 2026.10}}", 'write "2026.10" in quotes'),
        ("benchmarks: {b: {current: no}}", "YAML reads this word as true or false"),
        ("benchmarks: {b: {released: 2026-06-01}}", "key `current` is missing in `benchmarks.b`"),
        ("benchmarks: {b: {current: a, released: 2026-02-30}}", "2026-02-30 is no day"),
        ("benchmarks: {b: {current: a, released: 20260230}}", "expected a date as YYYY-MM-DD"),
        ("benchmarks: {b: {current: a, sha256: abc}}", "expected a SHA-256"),
        ("metrics: {auc: {tolerance: 1%}}", "only `relative_tolerance` takes a percentage"),
        ('metrics: {auc: {tolerance: "0.1"}}', "without quotes"),
        ("metrics: {auc: {tolerance: .nan}}", "expected a plain decimal number"),
        ("metrics: {auc: {tolerance: -0.1}}", "expected at least 0"),
        ("metrics: {auc: {relative_tolerance: -1%}}", "expected at least 0"),
        ("metrics: {auc: {direction: up}}", "expected 'higher' or 'lower'"),
        ("metrics: {auc: {critical: 1}}", "expected true or false"),
        ("metrics: {auc: {range: [0]}}", "`metrics.auc.range`: expected more values"),
        ("metrics: {auc: 0.3}", "expected a mapping"),
        ("metrics: []", "expected a mapping"),
        ("plugins: acme", "expected a list"),
        ("freshness: {max_age_days: 1.0}", "expected a whole number"),
        ("rules: {REG301: fatal}", "expected off, info, warning or error"),
        ("rules: {REG301: on}", "expected off, info, warning or error"),
        ("rules: {DEP504: off, REG301: no}", "snitch.yaml:1:30: `REG301` is `no`; expected off,"),
        ("rules: {REG301: false}", "`REG301` is `false`; expected off, info, warning or error"),
        ("overrides: [{models: [a], rules: {REG301: No}}]", "snitch.yaml:1:43: `REG301` is `No`;"),
        ("overrides: [{models: []}]", "expected at least 1"),
        ("limits: {max_depth: 65}", "65 is above the ceiling of 64"),
    ],
)
def test_a_wrong_value_says_what_was_expected_and_where(text: str, message: str) -> None:
    found = problems(text)
    assert any(message in problem for problem in found), found
    assert all(problem.startswith("snitch.yaml:1:") for problem in found)


def test_several_problems_show_the_first_of_the_file_and_count_the_rest() -> None:
    with pytest.raises(PolicyError) as caught:
        loaded("version: 1\nb: 1\nc: 2\nfreshness: {d: 1}\n")
    assert caught.value.message.startswith("snitch.yaml:2:1: unknown key `b`")
    assert caught.value.message.endswith("; and 2 more")
    assert len(caught.value.problems) == 3


def test_of_a_flood_of_mistakes_a_hundred_and_one_are_told_and_the_rest_counted() -> None:
    told = problems("version: 1\n" + "".join(f"k{number}: 1\n" for number in range(5_000)))
    assert len(told) == 101
    assert told[-1].startswith("snitch.yaml:102:1: unknown key `k100` in the policy")
    assert told[-1].endswith("; 4899 more are not listed")


def test_a_message_repeats_little_of_a_hostile_key_and_nothing_unprintable() -> None:
    with pytest.raises(PolicyError) as caught:
        loaded('"' + "k\\e" * 80 + '": 1\n')
    assert len(caught.value.message) < 300
    assert caught.value.message.isprintable()


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n", "text\n", "a: [\n", "a: 1\na: 2\n"])
def test_a_file_that_is_no_mapping_cannot_be_judged_by(text: str) -> None:
    assert problems(text)


def test_a_link_in_the_policys_place_is_refused() -> None:
    with pytest.raises(CannotJudgeError, match="symbolic link"):
        load(tree({"snitch.yaml": None}), label="main")


def test_a_policy_beyond_the_size_limit_is_refused() -> None:
    with pytest.raises(CannotJudgeError, match="256 KiB"):
        loaded("version: 1\n" + "#" * (256 * 1024))


def test_a_value_is_placed_where_it_stands() -> None:
    place = loaded(WHOLE).place(("rules", "FRS402"))
    assert (place.path, place.line, place.column) == ("snitch.yaml", 33, 17)
    assert defaults().place(("rules",)) == Place("snitch.yaml")


def test_a_file_on_the_disk_is_read_with_what_stands_beside_it(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("freshness: {max_age_days: 5}\n")
    (tmp_path / "mine.yaml").write_text("extends: [base.yaml]\n")
    found = load_file(tmp_path / "mine.yaml")
    assert found.policy.freshness.max_age_days == 5
    assert found.source.source == str(tmp_path / "mine.yaml")


def test_a_file_that_is_not_there_cannot_be_judged_by(tmp_path: Path) -> None:
    with pytest.raises(CannotJudgeError, match=r"no file `none\.yaml`"):
        load_file(tmp_path / "none.yaml")


KEYS = st.sampled_from(
    [*Policy.model_fields, "auc", "path", "models", "current", "tolerance", "min", "range", "x"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150)
@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_any_mapping_is_a_policy_or_a_sentence_in_one_line(data: dict[str, object]) -> None:
    import yaml  # noqa: PLC0415 - only this test writes any YAML

    text = yaml.safe_dump(data, allow_unicode=True)
    try:
        loaded(text)
    except CannotJudgeError as error:
        assert "\n" not in error.message  # noqa: PT017 - most are refused
        assert error.remedy  # noqa: PT017
