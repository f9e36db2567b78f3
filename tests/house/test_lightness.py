from __future__ import annotations

import subprocess
import sys

import pytest

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
