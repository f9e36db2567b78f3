from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest
from reports.scenarios import AUC_FALLS
from reports.scenarios import AUC_PLACE
from reports.scenarios import METRICS
from reports.scenarios import model
from reports.scenarios import report

from snitch.reports import FORMATS
from snitch.reports import RenderOptions
from snitch.reports import render

NAMES = [f"model-{number}" for number in range(1000)]
CROWD = report(
    "fail",
    models=tuple(model(name, metrics=METRICS) for name in NAMES),
    findings=tuple(
        replace(AUC_FALLS, model=name, place=replace(AUC_PLACE, line=line))
        for name in NAMES
        for line in range(1, 6)
    ),
)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_five_thousand_findings_take_about_a_second(name: str) -> None:
    start = perf_counter()
    render(CROWD, name, RenderOptions(color=True))
    # Generous: a shared machine may be several times slower than itself.
    assert perf_counter() - start < 5
