"""Every trap at once: settings, hooks, attributes, modules at the root. Nothing of it runs."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from attacks.trapped import assert_quiet
from attacks.trapped import contents
from attacks.trapped import trapped
from attacks.trapped import watched

from snitch.reports import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from attacks.trapped import Traps

ALL = [f"--format={name}={{out}}/{name}" for name in FORMATS]
DAY = ["--as-of", "2026-10-05"]
CHECKS = [
    ["check", *DAY, *ALL],
    ["check", *DAY, *ALL, "--staged"],
    ["check", *DAY, *ALL, "--ref", "HEAD"],
]
READING = [
    *(["check", *DAY, "--format", name, *kind] for name in FORMATS for kind in ([], ["--staged"])),
    ["check", *DAY, "--all", "--jobs", "2"],
    ["check", *DAY, "--changed-since", "main", "--policy-from", "HEAD"],
    ["check", *DAY, "models/churn", "--policy", "snitch.yaml", "--no-ignores"],
    ["models"],
    ["history", "churn"],
    ["show", "churn"],
    ["diff", "churn", "main", "HEAD"],
    ["blame", "churn", "auc"],
    ["layouts"],
    ["rules"],
    ["explain", "REG301"],
    ["policy", "show", "churn"],
    ["policy", "check"],
    ["policy", "diff", "main", "HEAD"],
    ["init", "--dry-run"],
]


@pytest.fixture
def traps(tmp_path: Path) -> Traps:
    return trapped(tmp_path)


def assert_reads(traps: Traps, command: list[str]) -> None:
    """The command writes nothing but what it was told to write."""
    root = traps[0].root
    before = contents(root)
    events = watched(traps[0], root.parent, command)
    assert contents(root) == before
    assert_quiet(traps, events, (root.parent / "out",))


@pytest.mark.parametrize("command", CHECKS, ids=" ".join)
def test_a_judgement_runs_nothing_of_the_repository(traps: Traps, command: list[str]) -> None:
    assert_reads(traps, command)
    assert len(list((traps[0].root.parent / "out").iterdir())) == len(FORMATS)


@pytest.mark.slow
@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_no_command_that_reads_runs_anything_or_writes(traps: Traps, command: list[str]) -> None:
    assert_reads(traps, command)


def test_the_watch_itself_sees(traps: Traps) -> None:
    repo, *_ = traps
    events = watched(repo, repo.root.parent, CHECKS[0])
    kinds = {kind for kind, *_ in events}
    assert {"program", "code", "write"} <= kinds
    with suppress(AssertionError):  # it fails over what it runs
        repo.git("status")
    assert traps[1].ran()
