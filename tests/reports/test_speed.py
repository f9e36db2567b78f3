from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest
from reports.scenarios import AUC_FALLS
from reports.scenarios import AUC_PLACE
from reports.scenarios import AUC_TREND
from reports.scenarios import METRICS
from reports.scenarios import model
from reports.scenarios import report

from snitch.reports import FORMATS
from snitch.reports import RenderOptions
from snitch.reports import render
from snitch.reports.markdown.budget import units

NAMES = [f"model-{number}" for number in range(1000)]
CROWD = report(
    "fail",
    models=tuple(model(name, metrics=METRICS, trends=(AUC_TREND,)) for name in NAMES),
    findings=tuple(
        replace(AUC_FALLS, model=name, place=replace(AUC_PLACE, line=line))
        for name in NAMES
        for line in range(1, 6)
    ),
)
TRIES = 5


def seconds(name: str, *, color: bool = False) -> float:
    start = process_time()
    render(CROWD, name, RenderOptions(color=color))
    return process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("name", FORMATS)
def test_five_thousand_findings_take_at_most_twice_as_long_as_in_json(
    name: str,
    color: bool,  # noqa: FBT001 - a dimension of the test
) -> None:
    # In turns, so that a busy machine is busy for both; the best of each is what they cost.
    times = [(seconds(name, color=color), seconds("json")) for _ in range(TRIES)]
    assert min(one for one, _ in times) < 2 * min(json for _, json in times)


@pytest.mark.slow
def test_a_comment_about_five_thousand_findings_names_every_model_that_fails() -> None:
    text = render(CROWD, "markdown", RenderOptions())
    assert units(text) <= 60_000
    for number in range(len(NAMES)):
        assert f"<code>model-{number}</code>" in text
