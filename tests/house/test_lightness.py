from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from judging import changed

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = ("pydantic", "git", "rich", "yaml", "markdown_it", "packaging", "tomli")
PROGRAM = """
import sys
from snitch.cli import run
sys.argv = ["snitch", *{words!r}]
status = run()
print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)
sys.exit(status)
"""


@pytest.mark.parametrize(
    "words",
    [
        ["--version"],
        ["--help"],
        ["explain", "REG301"],
        ["explain", "metric-regressed"],
        ["rules"],
        ["check", "--help"],
        ["policy", "--help"],
        ["demo", "--help"],
    ],
    ids=" ".join,
)
def test_what_a_person_asks_in_passing_loads_nothing_heavy(words: list[str]) -> None:
    program = PROGRAM.format(words=words, heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert done.stderr.strip().splitlines()[-1] == "[]"


UNASKED = ("email", "zipfile", "tempfile", "rich", "pickle")
LATE = """
import sys
from snitch.cli.no_plugins import keep_plugins_out
keep_plugins_out()
keep_plugins_out()
import pydantic
kind = pydantic.create_model("Kind", one=(int, ...))
print("email" in sys.modules)
import importlib.metadata as metadata
from importlib.metadata import entry_points
print(metadata.version("pydantic") == pydantic.VERSION, "email" in sys.modules)
print([one.name for one in entry_points(group="console_scripts", name="snitch")])
import importlib.metadata
print(importlib.metadata is sys.modules["importlib.metadata"])
"""


def test_a_check_loads_nothing_that_it_does_not_use(tmp_path: Path) -> None:
    words = ["check", "--staged", "--as-of", "2026-10-05"]
    repo = changed(tmp_path)
    repo.git("reset", "--soft", "main")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(words=words, heavy=UNASKED)],
        cwd=repo.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "PASS" in done.stdout
    assert done.stderr.strip().splitlines()[-1] == "[]"


def test_the_metadata_of_packages_are_loaded_when_somebody_asks_for_them() -> None:
    done = subprocess.run([sys.executable, "-c", LATE], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["False", "True True", "['snitch']", "True"]
