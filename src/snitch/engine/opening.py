"""A repository and the tree that is judged in it: all that needs neither a policy nor the checks.

Git may read a large index meanwhile, so `snitch check` does this before it loads the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.findings import CannotJudgeError
from snitch.frozen import dataclass
from snitch.snapshots import Repository

if TYPE_CHECKING:
    from snitch.engine.request import Request
    from snitch.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Opened:
    """What is judged, and where; whoever is given it closes the repository."""

    repository: Repository
    candidate: Snapshot


def open_candidate(request: Request) -> Opened:
    """Find the repository, and in it what the request asks to judge.

    Raises:
        CannotJudgeError: there is no repository, or no such candidate.
    """
    repository = Repository.discover(request.start)
    try:
        return Opened(repository, _candidate(request, repository))
    except BaseException:
        repository.close()
        raise


def _candidate(request: Request, repository: Repository) -> Snapshot:
    if request.candidate == "index":
        return repository.index()
    if request.candidate == "commit":
        return repository.commit(repository.resolve("HEAD" if request.ref is None else request.ref))
    if repository.head is None:
        message = "this repository has no commits yet, so there is nothing to compare"
        raise CannotJudgeError(
            message, "commit first, or judge what is staged: snitch check --staged"
        )
    return repository.worktree()
