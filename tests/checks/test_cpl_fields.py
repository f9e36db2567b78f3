from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from example import GOOD
from example import POLICY
from spoken import edited
from spoken import findings
from spoken import skips
from spoken import spots
from spoken import without

from snitch.checks.check import Subject
from snitch.checks.completeness import CHECK
from snitch.checks.completeness import judge
from snitch.findings import Finding
from snitch.findings import Skipped
from snitch.policy.model import Policy
from snitch.registry.release import Piece
from snitch.testing import release


def test_a_key_that_has_no_value_is_to_get_one_and_not_to_stand_there_twice() -> None:
    [finding] = findings(CHECK, edited(GOOD, "config.yaml", "owner: risk-ml", "owner:"))
    assert finding.remedy == 'write its value here, as `owner: "risk-ml"`'


def test_a_good_release_has_no_findings_and_nothing_is_skipped() -> None:
    assert findings(CHECK) == []
    assert skips(CHECK) == []


@pytest.mark.parametrize(
    ("name", "path"),
    [("config.yaml", "config.yaml"), ("metrics.json", "metrics.json"),
     ("CHANGELOG.md", "CHANGELOG.md")],
)  # fmt: skip
def test_a_missing_file_is_one_finding_at_the_expected_path(name: str, path: str) -> None:
    [finding] = findings(CHECK, without(GOOD, name))
    assert spots([finding]) == [("CPL101", path, None, None)]
    assert finding.message.startswith("the model in `models/churn` has no ")
    assert f"expected `models/churn/{path}`" in finding.message
    assert f"add `models/churn/{path}`" in finding.remedy


@pytest.mark.parametrize("name", ["CHANGELOG.md", "metrics.json"])
def test_a_missing_file_hides_no_missing_field_of_another(name: str) -> None:
    files = edited(without(GOOD, name), "config.yaml", "owner: risk-ml\n", "")
    assert [one.rule.code for one in findings(CHECK, files)] == ["CPL101", "CPL102"]


@pytest.mark.parametrize("name", ["config.yaml", "metrics.json"])
def test_a_broken_file_is_left_to_its_own_finding_and_said(name: str) -> None:
    broken = {**GOOD, name: "{"}
    assert findings(CHECK, broken) == []
    assert any("cannot be read" in skipped.reason for skipped in skips(CHECK, broken))


@pytest.mark.parametrize(
    ("old", "field", "line", "column"),
    [
        ("owner: risk-ml\n", "owner", 1, 1),
        ("name: churn\n", "name", 1, 1),
        ("version: 1.4.0\n", "version", 1, 1),
        ('  version: "2026.10"\n', "data.version", 5, 1),
        ("features: [tenure_months, plan, monthly_spend]\n", "features", 1, 1),
        ("code: train.py, ", "training.code", 11, 1),
    ],
)
def test_a_missing_field_points_at_its_parent(old: str, field: str, line: int, column: int) -> None:
    [finding] = findings(CHECK, edited(GOOD, "config.yaml", old, ""))
    assert spots([finding]) == [("CPL102", "config.yaml", line, column)]
    assert finding.message.startswith(f"`{field}` is missing in models/churn/config.yaml")
    key, _, parent = field.rpartition(".")[2], None, field.rpartition(".")[0]
    assert f"`{key}: " in finding.remedy
    assert (f"under `{parent}`" in finding.remedy) is bool(parent)


@pytest.mark.parametrize("value", ["", "null", '""', '"  "', "[]", "{}", '"\\u200b"'])
def test_an_empty_field_is_as_good_as_missing(value: str) -> None:
    [finding] = findings(CHECK, edited(GOOD, "config.yaml", "owner: risk-ml", f"owner: {value}"))
    assert finding.rule.code == "CPL102"
    assert finding.place is not None
    assert finding.place.line == 3
    assert "`owner` is empty" in finding.message


@pytest.mark.parametrize("value", ["0", "false"])
def test_a_falsy_value_is_a_value(value: str) -> None:
    files = edited(GOOD, "config.yaml", "seed: 7", f"seed: {value}")
    policy = POLICY.replace("training.code]", "training.code, training.seed]")
    assert [one for one in findings(CHECK, files, policy=policy) if "seed" in one.message] == []


def test_the_remedy_speaks_the_files_own_language() -> None:
    text = '{"name": "churn", "version": "1.4.0"}'
    files = {**without(GOOD, "config.yaml"), "config.json": text}
    remedies = [one.remedy for one in findings(CHECK, files) if "owner" in one.message]
    assert remedies == ['add `"owner": "risk-ml"` to models/churn/config.json']
    files = {**without(GOOD, "config.yaml"), "config.toml": 'name = "churn"\nversion = "1.4.0"\n'}
    remedies = [one.remedy for one in findings(CHECK, files) if "owner" in one.message]
    assert remedies == ['add `owner = "risk-ml"` to models/churn/config.toml']


@pytest.mark.parametrize(
    ("name", "text", "written"),
    [
        ("config.yaml", "name: churn\nversion: 1.4.0\n", 'hyperparameters: {"max_depth": 6}'),
        (
            "config.toml",
            'name = "churn"\nversion = "1.4.0"\n',
            'hyperparameters = {"max_depth" = 6}',
        ),
    ],
)
def test_what_a_remedy_says_is_what_the_field_takes(name: str, text: str, written: str) -> None:
    def judged(config: str) -> list[Finding]:
        files = {**without(GOOD, "config.yaml"), name: config}
        policy = "version: 1\ncompleteness: {config: {required: [hyperparameters]}}\n"
        return findings(CHECK, files, policy=policy)

    remedies = [one.remedy for one in judged(text) if one.rule.code == "CPL102"]
    assert remedies == [f"add `{written}` to models/churn/{name}"]
    assert "CPL102" not in [one.rule.code for one in judged(f"{text}{written}\n")]
    assert release({name: f"{text}{written}\n"}).metadata.hyperparameters is not None


def test_a_field_that_only_the_policy_knows_is_looked_up_in_the_config() -> None:
    policy = POLICY.replace("required: [owner", "required: [team.contact, owner", 1)
    [finding] = findings(CHECK, GOOD, policy=policy)
    assert finding.message.startswith("`team.contact` is missing")
    files = {**GOOD, "config.yaml": GOOD["config.yaml"] + "team: {contact: risk@example.com}\n"}
    assert findings(CHECK, files, policy=policy) == []
    files = {**GOOD, "config.yaml": GOOD["config.yaml"] + "team: {contact: TODO}\n"}
    assert spots(findings(CHECK, files, policy=policy)) == [("CPL103", "config.yaml", 14, 17)]
    files = {**GOOD, "config.yaml": GOOD["config.yaml"] + "team: risk\n"}
    assert [one.rule.code for one in findings(CHECK, files, policy=policy)] == ["CPL102"]


def test_a_field_of_the_metrics_is_asked_of_the_metrics() -> None:
    policy = POLICY.replace("required: [owner", "required: [evaluated_at, owner", 1)
    files = edited(GOOD, "metrics.json", '  "evaluated_at": "2026-10-03T14:00:00Z",\n', "")
    [finding] = findings(CHECK, files, policy=policy)
    assert spots([finding]) == [("CPL102", "metrics.json", 1, 1)]
    [finding] = findings(CHECK, without(GOOD, "metrics.json"), policy=policy)
    assert finding.rule.code == "CPL101"


def test_a_missing_cutoff_is_left_to_the_freshness_rule() -> None:
    assert findings(CHECK, edited(GOOD, "config.yaml", "  cutoff: 2026-10-01\n", "")) == []


@pytest.mark.parametrize(
    ("old", "new", "spot"),
    [
        ("owner: risk-ml", "owner: TODO", (3, 8)),
        ("owner: risk-ml", "owner: <tbd>", (3, 8)),
        ("code: train.py", "code: TBD", (11, 18)),
        ("version: 1.4.0", "version: TODO", (2, 10)),
    ],
)
def test_a_placeholder_in_a_required_field_is_told(
    old: str, new: str, spot: tuple[int, int]
) -> None:
    [finding] = findings(CHECK, edited(GOOD, "config.yaml", old, new))
    assert spots([finding]) == [("CPL103", "config.yaml", *spot)]
    assert f"`{new.partition(': ')[2]}`" in finding.message


def test_a_value_that_is_wrong_in_itself_is_no_placeholder_besides() -> None:
    assert findings(CHECK, edited(GOOD, "config.yaml", "2026-10-01", "TODO")) == []
    assert findings(CHECK, edited(GOOD, "config.yaml", "name: churn", "name: TODO")) == []


def test_a_field_that_nobody_requires_may_hold_any_word() -> None:
    assert findings(CHECK, edited(GOOD, "config.yaml", "name: accounts", "name: TODO")) == []


def test_the_policy_says_which_words_are_placeholders() -> None:
    files = edited(GOOD, "config.yaml", "owner: risk-ml", "owner: nobody")
    assert findings(CHECK, files) == []
    policy = POLICY.replace("[TODO, TBD]", "[Nobody]")
    assert [one.rule.code for one in findings(CHECK, files, policy=policy)] == ["CPL103"]


def test_two_models_of_one_name_are_told_at_the_name() -> None:
    twins = ("models/b", "models/a", "models/churn2")
    [finding] = findings(CHECK, twins=twins)
    assert spots([finding]) == [("CPL110", "config.yaml", 1, 7)]
    assert "`models/a`, `models/b` and `models/churn2`" in finding.message


@pytest.mark.parametrize("twin", ["models/churn/old", "models"])
def test_a_model_inside_another_is_told(twin: str) -> None:
    [finding] = findings(CHECK, twins=(twin,))
    assert finding.rule.code == "CPL110"
    assert "one inside the other" in finding.message
    assert f"`{twin}`" in finding.message


def test_a_twin_of_the_model_at_the_root_shares_its_name_and_is_not_inside_of_it() -> None:
    [finding] = findings(CHECK, path="", twins=("configs/net/metafile.yml#churn",))
    assert "is also that of the model in `configs/net/metafile.yml#churn`" in finding.message


def outcomes(policy: Policy, **changes: object) -> list[object]:
    subject = Subject(
        candidate=replace(release(GOOD), **changes),  # type: ignore[arg-type]
        deployed=None,
        policy=policy,
        as_of=date(2026, 11, 23),
        baseline="first-release",
    )
    return list(judge(subject))


def lacking(*names: str) -> dict[str, object]:
    lines = GOOD["config.yaml"].splitlines(keepends=True)
    text = "".join(line for line in lines if not line.startswith(names))
    found = release({**GOOD, "config.yaml": text})
    return {
        "fields": found.fields,
        "documents": found.documents,
        "not_applicable": frozenset(names),
    }


def test_a_field_that_the_layout_lacks_is_skipped_and_said() -> None:
    found = outcomes(Policy(), **lacking("owner", "features", "version"))
    assert not [one for one in found if isinstance(one, Finding)]
    reasons = [one.reason for one in found if isinstance(one, Skipped)]
    assert "the snitch layout keeps no owner and features" in reasons
    assert all(not one.whole for one in found if isinstance(one, Skipped))


def test_a_field_that_the_layout_lacks_is_asked_for_where_the_policy_names_it() -> None:
    policy = Policy.model_validate({"completeness": {"config": {"required": ["owner"]}}})
    found = outcomes(policy, **lacking("owner"))
    assert [one.rule.code for one in found if isinstance(one, Finding)] == ["CPL102"]


def test_a_piece_that_the_layout_lacks_is_skipped_and_said() -> None:
    pieces = {**release(GOOD).pieces, "metrics": Piece("not-applicable", "models/churn")}
    found = outcomes(Policy(), pieces=pieces)
    assert not [one for one in found if isinstance(one, Finding)]
    reasons = [one.reason for one in found if isinstance(one, Skipped)]
    assert "the snitch layout keeps no metrics" in reasons
