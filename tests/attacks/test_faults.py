"""Whatever fails in the middle of a run, it is exit 2 or the verdict that it would have been."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from snitch.cli.demo import write

if TYPE_CHECKING:
    from typing import Any

FAULTY = Path(__file__).with_name("faulty.py")
DAY = date(2026, 10, 5)
MOST = os.environ.get("FAULTS", "8")
"""How many of the reads and opens of a run are made to fail, evenly chosen; 0 for every one."""


def is_whole(text: str) -> bool:
    """Whether a report is one that was there before, or complete."""
    return text == "old" or "verdict" in json.loads(text)


@pytest.mark.slow
@pytest.mark.parametrize("options", [[], ["--ref", "HEAD"]], ids=["files", "commit"])
def test_no_fault_opens_the_gate_or_leaves_half_a_report(
    tmp_path: Path, options: list[str]
) -> None:
    repo, out = tmp_path / "demo", tmp_path / "out"
    out.mkdir()
    write(repo, DAY)
    done = subprocess.run(
        [sys.executable, FAULTY, repo, out, MOST, *options, "--as-of", DAY.isoformat(), "--all"],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    truth, *runs = (json.loads(line) for line in done.stdout.splitlines())
    assert truth["status"] == 1
    assert all(truth["counts"].values())
    assert len(runs) > 50
    wrong = [run["fault"] for run in runs if not stands(run, truth)]
    assert wrong == []
    same = sum(run["status"] == truth["status"] for run in runs)
    told = f"{len(runs)} faults: {len(runs) - same} times exit 2, {same} times the same verdict\n"
    sys.stdout.write(told)


def stands(run: dict[str, Any], truth: dict[str, Any]) -> bool:
    """Whether a run ended as it must.

    The past that a report draws decides nothing: where it cannot be read, a notice says so.
    """
    if not is_whole(run["report"]) or run["left"] != truth["left"] or "Traceback" in run["errors"]:
        return False
    return run["status"] == 2 or (
        run["status"] == truth["status"] and judgement(run) == judgement(truth)
    )


def judgement(run: dict[str, Any]) -> list[Any]:
    """What a report says but for notices and drawings."""
    data = json.loads(run["report"])
    models = [{key: it for key, it in one.items() if key != "trends"} for one in data["models"]]
    return [data["verdict"], data["summary"], data["findings"], models]
