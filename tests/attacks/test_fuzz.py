"""Readers take or refuse whatever they are given, and do nothing else."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tools.fuzz import fuzz
from tools.fuzz import mutated
from tools.fuzz_targets import Target
from tools.fuzz_targets import targets

NAMES = sorted(targets())
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", NAMES)
def test_mutated_files_are_read_or_refused(name: str) -> None:
    seed = random.SystemRandom().randrange(2**32)
    assert fuzz(name, targets()[name], 100, seed).problem is None, f"seed {seed}"


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_many_mutated_files_are_read_or_refused_within_bounds(name: str) -> None:
    command = [sys.executable, "-m", "tools.fuzz", name, "--executions", "5000"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_reader_that_raises_is_found_out() -> None:
    def fragile(blob: bytes) -> None:
        blob.decode("ascii")

    found = fuzz("fragile", Target((b"name: churn\n",), fragile), 1_000).problem
    assert found is not None
    assert "UnicodeDecodeError" in found


def test_one_seed_is_one_series_of_inputs() -> None:
    first, second = (
        [mutated(dice, (b"name: churn\n", b"[1]")) for _ in range(50)]
        for dice in (random.Random(7), random.Random(7))  # noqa: S311 - no secret
    )
    assert first == second
