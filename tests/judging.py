"""A repository with one deployed model, and the ways to judge a change of it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from example import DEPLOYED
from example import GOOD
from example import POLICY
from repo import Repo

from snitch.engine.checking import check
from snitch.engine.request import Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from snitch.findings import Report

AS_OF = date(2026, 10, 5)
SNITCH = str(Path(sys.executable).with_name("snitch"))


def at(directory: str, files: Mapping[str, str]) -> dict[str, str]:
    """A model's files by path from the repository's root."""
    return {f"{directory}/{name}".lstrip("/"): text for name, text in files.items()}


def deployed(root: Path, directory: str = "models/churn", policy: str | None = POLICY) -> Repo:
    """A repository whose `main` holds churn 1.3.2, with the branch `change` checked out."""
    repo = Repo(root)
    files = at(directory, DEPLOYED)
    if policy is not None:
        files["snitch.yaml"] = policy
    repo.commit("churn 1.3.2", files)
    repo.branch("change")
    return repo


def changed(root: Path, directory: str = "models/churn", **files: str | None) -> Repo:
    """The same with churn 1.4.0 committed on the branch."""
    repo = deployed(root, directory)
    repo.commit("churn 1.4.0", {**at(directory, GOOD), **files})
    return repo


def judge(repo: Repo, **options: Any) -> Report:
    """The report of one run in this process."""
    options.setdefault("as_of", AS_OF)
    return check(Request(start=repo.root, **options))


def codes(report: Report) -> list[str]:
    """The codes of the findings that are not waived, in the report's order."""
    return [finding.rule.code for finding in report.findings if finding.waiver is None]


@dataclass(frozen=True, slots=True)
class Ran:
    """What the command left."""

    status: int
    out: str
    err: str


def snitch(repo: Repo, *args: str, **environment: str) -> Ran:
    """The installed command, run in the repository with a scrubbed environment."""
    done = subprocess.run(
        [SNITCH, *args],
        cwd=repo.root,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(repo.root.parent),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            **environment,
        },
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)
