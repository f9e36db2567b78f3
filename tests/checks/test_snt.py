from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from example import DEPLOYED
from example import GOOD
from spoken import edited
from spoken import findings
from spoken import spots
from spoken import without

from snitch.checks.check import Subject
from snitch.checks.files import CHECK
from snitch.checks.files import judge
from snitch.findings import Fault
from snitch.findings import Place
from snitch.findings import Severity
from snitch.policy.model import Policy
from snitch.testing import release


def test_a_good_release_has_no_faults() -> None:
    assert findings(CHECK) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "line", "column"),
    [
        ("config.yaml", "owner: risk-ml", "owner: [", "SNT002", None, None),
        ("config.yaml", "owner: risk-ml", "name: other", "SNT003", 3, 1),
        ("config.yaml", "cutoff: 2026-10-01", "cutoff: October", "SNT004", 8, 11),
        ("config.yaml", "name: churn", "name: Churn!", "SNT004", 1, 7),
        ("metrics.json", "2026-10-03T14:00:00Z", "noon", "SNT004", 3, 19),
    ],
)
def test_what_a_reader_refuses_is_a_finding_at_its_place(  # noqa: PLR0913, PLR0917 - one row each
    name: str, old: str, new: str, code: str, line: int | None, column: int | None
) -> None:
    found = findings(CHECK, edited(GOOD, name, old, new))
    assert [one.rule.code for one in found] == [code]
    assert found[0].place is not None
    assert found[0].place.path == f"models/churn/{name}"
    if line is not None:
        assert spots(found) == [(code, name, line, column)]


def test_a_version_without_quotes_is_an_error() -> None:
    found = findings(CHECK, edited(GOOD, "config.yaml", "version: 1.4.0", "version: 1.10"))
    assert spots(found) == [("SNT006", "config.yaml", 2, 10)]
    assert found[0].severity is Severity.ERROR


def test_a_word_without_quotes_is_text_where_text_is_meant() -> None:
    (found,) = findings(CHECK, edited(GOOD, "config.yaml", "owner: risk-ml", "owner: no"))
    assert spots([found]) == [("SNT006", "config.yaml", 3, 8)]
    assert found.severity is None


def test_an_ambiguous_metric_is_an_error_and_any_other_number_a_warning() -> None:
    measured = "metrics: {auc: 9e-1}\nnotes: 9e-1\n"
    files = {**without(GOOD, "metrics.json"), "metrics.yaml": measured}
    assert [
        (one.rule.code, one.place and one.place.line, one.severity)
        for one in findings(CHECK, files)
    ] == [
        ("SNT006", 1, Severity.ERROR),
        ("SNT006", 2, None),
    ]


def test_two_files_for_one_piece_are_told() -> None:
    found = findings(CHECK, {**GOOD, "config.json": "{}"})
    assert [one.rule.code for one in found] == ["SNT007"]


@pytest.mark.parametrize("severity", [None, Severity.ERROR])
@pytest.mark.parametrize("code", [f"SNT00{number}" for number in range(1, 8)])
def test_a_fault_becomes_a_finding_as_it_is(code: str, severity: Severity | None) -> None:
    place = Place("models/churn/config.yaml", 3, 8)
    fault = Fault(code, place, "what", "how", severity)
    candidate = replace(release(GOOD), faults=(fault, fault))
    found = list(judge(Subject(candidate, release(DEPLOYED), Policy(), date(2026, 11, 23))))
    assert len(found) == 2
    assert found[0].rule.code == code
    assert found[0].rule.fixed is (code in {"SNT001", "SNT003", "SNT005"})
    assert (found[0].message, found[0].remedy) == ("what", "how")
    assert found[0].place == place
    assert found[0].severity is severity


def test_a_fault_that_no_rule_declares_is_never_swallowed() -> None:
    candidate = replace(release(GOOD), faults=(Fault("SNT999", Place("x"), "", ""),))
    subject = Subject(candidate, None, Policy(), date(2026, 11, 23))
    with pytest.raises(KeyError):
        list(judge(subject))
