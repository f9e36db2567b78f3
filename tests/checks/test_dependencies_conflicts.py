"""Statements about one library that have no version in common, and those that have."""

from __future__ import annotations

import pytest
from audited import UV
from audited import codes
from audited import judged
from spoken import skips
from spoken import spots

from snitch.checks.dependencies import CHECK

# DEP503

SERVED = "require_pins: false, serving_constraints: serving/constraints.txt"


def test_a_version_that_the_serving_stack_does_not_take() -> None:
    found = judged(SERVED, "a==1\nnumpy==1.26.4", serving="# stack\nNumPy>=2,<3\n")
    assert spots(found) == [("DEP503", "requirements.txt", 2, 1)]
    assert found[0].message == (
        "`numpy==1.26.4` and the serving stack's `NumPy>=2,<3` (`serving/constraints.txt`, "
        "line 2) have no version in common"
    )
    assert found[0].remedy == "ask for a version that satisfies `NumPy>=2,<3`"


@pytest.mark.parametrize(
    ("wanted", "serving"),
    [
        ("numpy==2.1.0", "numpy>=2,<3"),
        ("numpy>=1", "numpy==2.1.0"),
        ("numpy", "numpy==2.1.0"),
        ("numpy==1", "pandas==2"),
        ("numpy==1\n", "numpy==2; sys_platform == 'win32'\nnumpy<2; sys_platform != 'win32'"),
        ("numpy==1; python_version < '3.9'\nnumpy==2; python_version >= '3.9'", "numpy==2"),
    ],
)
def test_versions_that_both_take(wanted: str, serving: str) -> None:
    assert judged(SERVED, wanted, serving=serving) == []


@pytest.mark.parametrize(
    ("wanted", "serving", "line"),
    [
        ("numpy==1; python_version < '3.9'\nnumpy==1.1; python_version >= '3.9'", "numpy==2", 1),
        ("numpy==1", "numpy==2; sys_platform == 'win32'\nnumpy==3; sys_platform != 'win32'", 1),
        ("numpy>=1\nnumpy<2", "numpy>=2", 2),
        ("numpy==1", "numpy==1; sys_platform == 'win32'\nnumpy==2", 1),
    ],
)
def test_alternatives_of_which_none_fits_are_told_once(
    wanted: str, serving: str, line: int
) -> None:
    assert spots(judged(SERVED, wanted, serving=serving)) == [
        ("DEP503", "requirements.txt", line, 1)
    ]


def test_alternatives_that_one_of_them_saves_do_not_hide_the_next_line() -> None:
    lines = "numpy==1; python_version < '3.9'\nnumpy==2; python_version >= '3.9'\nnumpy<2\n"
    found = judged(SERVED, lines, serving="numpy==2")
    assert [one.place.line for one in found if one.place and "serving" in one.message] == [3]


def test_of_conditional_constraints_the_first_is_named() -> None:
    serving = "numpy==2; sys_platform == 'win32'\nnumpy==3; sys_platform != 'win32'"
    (found,) = judged(SERVED, "numpy==1", serving=serving)
    assert found.remedy == "ask for a version that satisfies `numpy==2; sys_platform == 'win32'`"


def test_the_locked_version_is_the_one_that_is_served() -> None:
    files = {"uv.lock": UV.format("1.26.4")}
    found = judged(SERVED, "numpy>=1", serving="numpy>=2", files=files)
    assert spots(found) == [("DEP503", "uv.lock", 2, 3)]
    assert found[0].remedy.endswith(", and lock again")
    two = {"uv.lock": UV.format("1.26.4") + UV.format("2.1.0").partition("\n")[2]}
    assert judged(SERVED, "numpy>=1", serving="numpy>=2", files=two) == []


def test_serving_constraints_for_another_environment_bind_nobody() -> None:
    fixed = f"{SERVED}, serving_markers: {{sys_platform: linux}}"
    assert judged(fixed, "numpy==1", serving="numpy==2; sys_platform == 'win32'") == []


def test_serving_constraints_that_are_not_there_are_said() -> None:
    policy = f"version: 1\ndependencies: {{{SERVED}}}"
    (skipped,) = skips(CHECK, policy=policy)
    assert "`serving/constraints.txt`" in skipped.reason
    assert (skipped.whole, skipped.excused) == (False, False)
    assert skips(CHECK, policy=policy, serving="") == []


def test_a_requirement_and_the_lock_file_disagree() -> None:
    found = judged("", "numpy==1.0.0", files={"uv.lock": UV.format("1.1.0")})
    assert spots(found) == [("DEP503", "requirements.txt", 1, 1)]
    assert found[0].message == (
        "`numpy==1.0.0` and `numpy==1.1.0` (`models/churn/uv.lock`, line 2) have no version in "
        "common"
    )
    assert judged("", "numpy==1.1.0", files={"uv.lock": UV.format("1.1.0")}) == []
    two = {"uv.lock": UV.format("1.1.0") + UV.format("1.0.0").partition("\n")[2]}
    assert judged("", "numpy==1.0.0", files=two) == []
    (neither,) = judged("", "numpy==1.2.0", files=two)
    assert "and `numpy==1.1.0` (`models/churn/uv.lock`, line 2)" in neither.message


def test_two_lock_files_disagree() -> None:
    poetry = '[[package]]\nname = "numpy"\nversion = "{}"\n'
    lock = {"uv.lock": UV.format("1.1.0")}
    found = judged("", files={**lock, "poetry.lock": poetry.format("1.0.0")})
    assert codes(found) == ["DEP503"]
    assert judged("", files={**lock, "poetry.lock": poetry.format("1.1.0")}) == []
    more = UV.format("1.1.0") + UV.format("1.2.0").partition("\n")[2]
    both = poetry.format("1.0.0") + poetry.format("0.9.0")
    found = judged("", files={"uv.lock": more, "poetry.lock": both})
    assert spots(found) == [("DEP503", "poetry.lock", 1, 3)]
    assert found[0].message == (
        "`numpy==1.0.0` and `numpy==1.1.0` (`models/churn/uv.lock`, line 2) have no version in "
        "common"
    )


@pytest.mark.parametrize(
    "lines",
    [
        "a==1\na==2",
        "a>=2\na<2\na==1",
        "a==1\n-c limits.txt",
        "a==1; python_version < '3.9'\na==2",
    ],
)
def test_two_lines_disagree_once(lines: str) -> None:
    assert codes(judged("", lines, files={"limits.txt": "a==3"})) == ["DEP503"]


@pytest.mark.parametrize(
    "lines",
    [
        "a==1\na==1.0",
        "a==1\na>=1",
        "a==1; python_version < '3.9'\na==2; python_version >= '3.9'",
        "a==3\n-c limits.txt",
        "a==1\nb==2",
    ],
)
def test_two_lines_agree(lines: str) -> None:
    assert judged("", lines, files={"limits.txt": "a==3"}) == []


def test_extras_are_alternatives_to_one_another_and_not_to_the_rest() -> None:
    project = (
        '[project]\nname = "x"\nversion = "1"\ndependencies = [{}]\n'
        '[project.optional-dependencies]\ncpu = ["torch==1"]\ngpu = ["torch==2"]\n'
    )
    assert judged("", files={"pyproject.toml": project.format("")}) == []
    found = judged("", files={"pyproject.toml": project.format('"torch==1"')})
    assert spots(found) == [("DEP503", "pyproject.toml", 7, 8)]
