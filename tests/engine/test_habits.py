"""What a layout says of a rule's severity."""

from __future__ import annotations

from dataclasses import replace

import pytest
from example import GOOD

from snitch.checks.completeness import FILE_MISSING
from snitch.engine.habits import by_habit
from snitch.findings import Finding
from snitch.findings import Severity
from snitch.testing import release

FOUND = Finding(FILE_MISSING, "no config", "add one")
CODE = FILE_MISSING.code


@pytest.mark.parametrize(
    ("asked", "habit", "left"),
    [
        (None, Severity.WARNING, Severity.WARNING),
        (None, Severity.ERROR, None),
        (None, None, None),
        (Severity.INFO, Severity.WARNING, Severity.INFO),
        (Severity.WARNING, Severity.WARNING, Severity.WARNING),
        (Severity.WARNING, Severity.INFO, Severity.INFO),
    ],
)
def test_a_layout_only_ever_lowers(
    asked: Severity | None, habit: Severity | None, left: Severity | None
) -> None:
    model = replace(release(GOOD), severities={} if habit is None else {CODE: habit})
    assert by_habit(replace(FOUND, severity=asked), model).severity is left


def test_no_layout_lowers_what_is_always_in_force() -> None:
    model = replace(release(GOOD), severities={CODE: Severity.OFF})
    fixed = replace(FOUND, rule=replace(FILE_MISSING, fixed=True))
    assert by_habit(fixed, model) is fixed
