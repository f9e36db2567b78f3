"""Who made a release and who merged it, as the commits claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from snitch.registry.location import Location
    from snitch.snapshots import CommitInfo
    from snitch.snapshots import Entry
    from snitch.snapshots import Repository

STEPS = 200
"""How far back on a merged branch the commit that made the release is sought."""
PLATFORMS = frozenset({"noreply@github.com", "noreply@gitlab.com", "noreply@bitbucket.org"})
"""Committers that are no person: a platform that squashed or rebased for somebody."""


def author_and_merger(commit: CommitInfo, made: CommitInfo | None) -> tuple[str, str | None]:
    """The author of what a first-parent commit did to a model's files, and who merged it.

    Of a merge, the author is whoever last changed them on the merged branch, and the merger is the
    merge's own author; of any other commit they are its author and its committer, where that is
    another person. None where nobody is known to have merged.

    `made` is, of a merge, the commit that last changed them, where it is known.
    """
    if len(commit.parents) > 1:
        return (made or commit).author.name, commit.author.name
    merger = commit.committer
    if merger.email in PLATFORMS or merger.email == commit.author.email:
        return commit.author.name, None
    return commit.author.name, merger.name


def maker(repository: Repository, merge: CommitInfo, place: Location) -> CommitInfo | None:
    """The commit of a merged branch that last changed a model's files to what the merge holds."""
    path = place.file or place.path
    for tip in _parents(repository, merge):
        if _held(repository, tip, path) == _held(repository, merge.oid, path):
            return _first(repository, repository.commit_info(tip), path)
    return None


def _first(repository: Repository, commit: CommitInfo, path: str) -> CommitInfo | None:
    """From where on a commit and those before it hold the same at a path; None if too far back."""
    wanted = _held(repository, commit.oid, path)
    for _ in range(STEPS):
        parents = _parents(repository, commit)
        if not parents or _held(repository, parents[0], path) != wanted:
            return commit
        commit = repository.commit_info(parents[0])
    return None


def _held(repository: Repository, commit: str, path: str) -> Entry | None:
    return repository.commit(commit, path).entry(path)


def _parents(repository: Repository, commit: CommitInfo) -> tuple[str, ...]:
    """Those that a shallow clone holds."""
    return () if commit.oid in repository.boundary else commit.parents
