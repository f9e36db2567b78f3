"""Repositories with a past: releases that came to production by merges, on days of their own."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from example import CHANGELOG
from example import GOOD
from example import POLICY
from example import config
from example import metrics
from example import pointer
from repo import Repo

from snitch.engine.ledger.book import open_book
from snitch.engine.ledger.history import history

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.engine.ledger.book import Book
    from snitch.engine.ledger.history import History

AS_OF = date(2026, 10, 5)
OIDS = {version: digit * 64 for version, digit in (("1.0.0", "1"), ("1.1.0", "2"), ("1.2.0", "3"))}


def files(
    version: str, auc: str, directory: str = "models/churn", name: str = "churn"
) -> dict[str, str]:
    """A release of a model, by path from the repository's root."""
    found = {
        **GOOD,
        "config.yaml": config(version).replace("name: churn", f"name: {name}"),
        "metrics.json": metrics(auc, oid=OIDS.get(version, "4" * 64)),
        "weights/model.safetensors": pointer(OIDS.get(version, "4" * 64)),
        "CHANGELOG.md": CHANGELOG.replace("1.4.0", version),
    }
    return {f"{directory}/{path}": text for path, text in found.items()}


def rows(**accuracy: int) -> dict[str, str | None]:
    """A file with a model a row, each by its name and its accuracy."""
    models = [
        {"Name": name, "Results": [{"Dataset": "X", "Task": "T", "Metrics": {"accuracy": value}}]}
        for name, value in accuracy.items()
    ]
    return {"zoo/metafile.yml": json.dumps({"Models": models}, indent=1)}


def on(repo: Repo, day: str, author: str = "Ana", committer: str = "Ben") -> Repo:
    """From here on commits are made on a day by somebody."""
    repo.environment |= {
        "GIT_AUTHOR_DATE": f"{day}T12:00:00+00:00",
        "GIT_COMMITTER_DATE": f"{day}T12:00:00+00:00",
        "GIT_AUTHOR_NAME": author,
        "GIT_COMMITTER_NAME": committer,
    }
    return repo


def release(
    repo: Repo, day: str, what: str, held: dict[str, str | None], author: str = "Ana"
) -> str:
    """Commits files on a branch and merges it into the one checked out; the merge."""
    here = repo.git("symbolic-ref", "--short", "HEAD")
    on(repo, day, author, author).branch("work")
    repo.commit(what, held)
    on(repo, day, "Ben", "Ben").checkout(here)
    merge = repo.merge("work", f"Merge {what}")
    repo.git("branch", "-D", "work")
    return merge


def three_releases(root: Path) -> tuple[Repo, list[str]]:
    """Churn 1.0.0, 1.1.0 and 1.2.0 in production, a month each, beside fraud; and the commits."""
    repo = on(Repo(root), "2026-07-01")
    policy = POLICY.replace("range: [0, 1]}", "range: [0, 1], critical: true}")
    start = {
        "snitch.yaml": policy,
        **files("1.0.0", "0.90"),
        **files("1.0.0", "0.80", "models/fraud", "fraud"),
    }
    commits = [repo.commit("the first releases", start)]
    commits.append(release(repo, "2026-08-01", "churn 1.1.0", {**files("1.1.0", "0.91")}))
    commits.append(release(repo, "2026-09-01", "churn 1.2.0", {**files("1.2.0", "0.93")}))
    on(repo, "2026-09-02").commit("a note", {"README.md": "Models.\n"})
    return repo, commits


def book(repo: Repo) -> Book:
    """The repository as a registry."""
    return open_book(repo.root, AS_OF)


def past(repo: Repo, model: str = "churn") -> History:
    """What the registry tells of a model."""
    with book(repo) as opened:
        return history(opened, model)
