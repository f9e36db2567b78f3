"""Which losses of metrics another finding explains."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from snitch.checks.completeness import FILE_MISSING
from snitch.checks.regression_rules import METRIC_DROPPED
from snitch.engine.echoes import without_echoes
from snitch.findings import AppliedWaiver
from snitch.findings import Finding
from snitch.findings import Place
from snitch.findings import Severity

PATH = "models/churn/metrics.json"
CAUSE = Finding(FILE_MISSING, "no metrics", "add them", Place(PATH), severity=Severity.ERROR)
LOSS = Finding(METRIC_DROPPED, "all metrics are lost", "measure them", Place(PATH))
WAIVED = AppliedWaiver("a reason", "ana@example.com", date(2026, 12, 1))


def test_a_file_that_is_missed_speaks_for_all_of_its_metrics() -> None:
    assert without_echoes([LOSS, CAUSE]) == [CAUSE]


@pytest.mark.parametrize(
    "cause",
    [
        replace(CAUSE, severity=Severity.WARNING),
        replace(CAUSE, waiver=WAIVED),
        replace(CAUSE, place=None),
        replace(CAUSE, place=Place("models/churn/config.yaml")),
        replace(CAUSE, rule=METRIC_DROPPED, metric="auc"),
    ],
)
def test_a_cause_that_closes_no_gate_there_explains_no_loss(cause: Finding) -> None:
    assert without_echoes([LOSS, cause]) == [LOSS, cause]


@pytest.mark.parametrize(
    "loss",
    [
        replace(LOSS, metric="auc"),
        replace(LOSS, place=None),
        replace(LOSS, place=Place("models/churn/more.json")),
        replace(LOSS, rule=FILE_MISSING),
    ],
)
def test_any_other_finding_stays(loss: Finding) -> None:
    assert without_echoes([CAUSE, loss]) == [CAUSE, loss]
