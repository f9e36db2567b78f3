"""What a caller asks for: the options of `snitch check` as one value."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Request:
    """One run of `check`."""

    start: Path
    """A directory of the repository."""
    as_of: date
    candidate: str = "worktree"
    """`worktree`, `index`, or `commit` (then `ref` names it)."""
    ref: str | None = None
    baseline: str | None = None
    """The revision of the deployed releases; None finds the production branch."""
    changed_since: str | None = None
    everything: bool = False
    """Judge every model, touched or not."""
    names: tuple[str, ...] = ()
    """Names or paths of models to judge, touched or not; paths are relative to `start`."""
    policy_file: Path | None = None
    policy_from: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    """`error`, `warning` or `never`."""
    jobs: int = 1
    """Processes to judge with; 0 for as many as there are processors where models are many."""
    ignores: bool = True
    """False: as if there were no waivers and no baseline file."""
    itself: bool = False
    """Compare the candidate with itself, and list every finding: what is wrong without any
    change."""
    trends: bool = False
    """Whether a report will draw the past of critical metrics, which costs a walk through it."""
    environ: Mapping[str, str] = field(default_factory=dict)
    """The process's environment: CI systems tell their branches there."""
    deviations: tuple[str, ...] = ()
    """Flags and variables that differ from the default, for the report's provenance."""
