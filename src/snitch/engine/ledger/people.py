"""Who made a release and who merged it, as the commits claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from snitch.snapshots import CommitInfo
    from snitch.snapshots import Repository

STEPS = 200
"""How far back on a merged branch the commit that made the release is sought."""
PLATFORMS = frozenset({"noreply@github.com", "noreply@gitlab.com", "noreply@bitbucket.org"})
"""Committers that are no person: a platform that squashed or rebased for somebody."""


def author_and_merger(
    repository: Repository, commit: CommitInfo, path: str
) -> tuple[str, str | None]:
    """The author of what a first-parent commit brought to a directory, and who merged it.

    Of a merge, the author is whoever last changed the directory on the merged branch, and the
    merger is the merge's own author; of any other commit they are its author and its committer,
    where that is another person. None where nobody is known to have merged.
    """
    if len(commit.parents) > 1:
        made = _made(repository, commit, path)
        author = commit.author.name if made is None else made.author.name
        return author, commit.author.name
    merger = commit.committer
    if merger.email in PLATFORMS or merger.email == commit.author.email:
        return commit.author.name, None
    return commit.author.name, merger.name


def _made(repository: Repository, merge: CommitInfo, path: str) -> CommitInfo | None:
    """The commit of a merged branch that last changed the directory to what the merge holds."""
    wanted = repository.commit(merge.oid, path).tree_id(path)
    for tip in () if merge.oid in repository.boundary else merge.parents[1:]:
        if repository.commit(tip, path).tree_id(path) != wanted:
            continue
        commit = repository.commit_info(tip)
        for _ in range(STEPS):
            if not commit.parents or commit.oid in repository.boundary:
                return commit
            before = commit.parents[0]
            if repository.commit(before, path).tree_id(path) != wanted:
                return commit
            commit = repository.commit_info(before)
        return None
    return None
