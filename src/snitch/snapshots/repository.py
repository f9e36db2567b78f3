"""The door to this room: one repository, its commits, its trees."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cached_property
from functools import partial
from typing import TYPE_CHECKING

from snitch.findings.problem import CannotJudgeError
from snitch.snapshots import commits
from snitch.snapshots import remotes
from snitch.snapshots.committed import CommitSnapshot
from snitch.snapshots.discovery import hook_variables
from snitch.snapshots.discovery import is_bare
from snitch.snapshots.discovery import locate
from snitch.snapshots.discovery import locate_bare
from snitch.snapshots.git import UNFILTERED
from snitch.snapshots.git import Git
from snitch.snapshots.objects import Objects
from snitch.snapshots.paths import parents
from snitch.snapshots.revisions import Revisions
from snitch.snapshots.revisions import is_ref_name
from snitch.snapshots.staged import IndexSnapshot
from snitch.snapshots.staged import begin_comparison
from snitch.snapshots.staged import staged_changes
from snitch.snapshots.trees import object_digest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

    from typing_extensions import Self

    from snitch.snapshots.commits import CommitInfo
    from snitch.snapshots.commits import Removal
    from snitch.snapshots.discovery import Location
    from snitch.snapshots.git import Running
    from snitch.snapshots.held import HeldSnapshot
    from snitch.snapshots.snapshot import Entry
    from snitch.snapshots.touches import Touch
    from snitch.snapshots.worktree import WorktreeSnapshot

ENTRY = 4096
"""Bytes that an entry of a tree takes in a hundred versions of it."""


class Repository:
    """A repository to read from. Every method may raise `CannotJudgeError`.

    Use it as a context manager, or `close` it: it keeps one Git process.
    """

    def __init__(self, location: Location) -> None:
        self.location = location
        self.root: Path = location.root
        """The working tree's directory, or the bare repository's."""
        self.git_dir: Path = location.git_dir
        self.git = Git(location.git_dir, location.work_tree, hook_variables(location, os.environ))
        self.objects = Objects(self.git, self.is_partial, self._remedy)
        self._infos: dict[str, CommitInfo] = {}
        self._running: list[Running] = []
        self.revisions = Revisions(self.git, self.objects, shallow=self.is_shallow())

    @classmethod
    def discover(cls, start: Path) -> Repository:
        """The repository whose working tree a directory is in, or the bare one that it is.

        A bare one counts only where no working tree is around it: inside of one it is a file
        like others, and whoever wrote it is not to be trusted with a configuration.
        """
        return cls.bare(start) if is_bare(start) else cls(locate(start, os.environ))

    @classmethod
    def bare(cls, path: Path) -> Repository:
        """A repository without a working tree, named by the caller."""
        return cls(locate_bare(path))

    def close(self) -> None:
        """Ends the Git processes that still run."""
        for command in self._running:
            command.stop()
        self.objects.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @cached_property
    def head(self) -> str | None:
        """The commit checked out, None before the first."""
        return self.revisions.head()

    def resolve(self, rev: str) -> str:
        """The id of a commit by a branch, tag, full ref, `HEAD`, id, with `~n` or `^n` behind."""
        return self.revisions.resolve(rev)

    def find_refs(self, *refs: str) -> dict[str, str]:
        """The commits of those full ref names that exist."""
        return self.revisions.find(*refs)

    def has_branch(self, name: str) -> bool:
        """Whether origin, or this clone itself, has a branch of this name."""
        refs = (f"refs/remotes/origin/{name}", f"refs/heads/{name}")
        return is_ref_name(name) and bool(self.find_refs(*refs))

    def default_branch(self) -> str | None:
        """The branch that origin said to be its default when it was cloned."""
        target = remotes.find_symbolic(self.git, "refs/remotes/origin/HEAD")
        return target.removeprefix("refs/remotes/origin/") if target else None

    def branches(self) -> set[str]:
        """The names of the branches that this clone has, or has fetched from origin."""
        return remotes.list_branches(self.git)

    def remotes(self) -> list[str]:
        """The names of the remotes that the repository's configuration has."""
        return remotes.list_remotes(self.git)

    def remote_url(self, name: str = "origin") -> str | None:
        """Where a remote is, as the repository's configuration spells it."""
        return remotes.find_remote_url(self.git, name)

    def is_shallow(self) -> bool:
        """Whether history is cut off, so that "no ancestor" may only mean "not fetched"."""
        path = self.location.common_dir / "shallow"
        return path.is_file() and path.stat().st_size > 0

    @cached_property
    def boundary(self) -> frozenset[str]:
        """The commits of a shallow clone whose parents were not fetched."""
        path = self.location.common_dir / "shallow"
        return frozenset(path.read_text("ascii").split()) if self.is_shallow() else frozenset()

    def is_partial(self) -> bool:
        """Whether objects were left on the server by `git clone --filter`."""
        return any((self.location.common_dir / "objects" / "pack").glob("*.promisor"))

    def commit_info(self, oid: str) -> CommitInfo:
        """What a commit says of itself."""
        return self.commit_infos([oid])[0]

    def commit_infos(self, oids: Iterable[str]) -> list[CommitInfo]:
        """The same of many in one conversation, each read once."""
        wanted = list(oids)
        missing = list(dict.fromkeys(oid for oid in wanted if oid not in self._infos))
        for found in self.objects.read(missing, "commit", commits.MAX_COMMIT):
            self._infos[found.oid] = commits.parse_commit(found.oid, found.data)
        return [self._infos[oid] for oid in wanted]

    def commit(self, oid: str, at: str = "") -> CommitSnapshot:
        """The tree of a commit, by its full id.

        Whoever asks will keep to the directory `at`.
        """
        found = CommitSnapshot(self.objects, oid, self.commit_info(oid).tree)
        if at:
            found.seek(at)
        return found

    def nothing(self) -> CommitSnapshot:
        """A tree that holds nothing."""
        return CommitSnapshot(self.objects, None, None)

    def index(self) -> IndexSnapshot:
        """What `git commit` would commit now; Git reads it while the caller goes on."""
        head = self.head
        empty = object_digest("tree", b"", self.objects.format)
        base = CommitSnapshot(self.objects, None, empty) if head is None else self.commit(head)
        tree = base.tree_id("") or empty
        comparison = begin_comparison(self.git, tree)
        self._running.append(comparison)
        return IndexSnapshot(base, partial(staged_changes, self.git, comparison))

    def worktree(self) -> WorktreeSnapshot:
        """The files on the disk."""
        if self.location.work_tree is None:
            message = f"{self.root} is a bare repository: it has no working tree to judge"
            raise CannotJudgeError(message, "name a commit with `--ref`")
        from snitch.snapshots.worktree import WorktreeSnapshot  # noqa: PLC0415 - no gate's

        return WorktreeSnapshot(self.git, self.objects, self.root, self.head)

    def merge_base(self, one: str, other: str) -> str | None:
        """The best common ancestor of two commits, where there is exactly one."""
        bases = self.merge_bases(one, other)
        return bases[0] if len(bases) == 1 else None

    def merge_bases(self, one: str, other: str) -> tuple[str, ...]:
        """The best common ancestors of two commits: several where branches merged crosswise.

        Empty where there is none, or where `is_shallow` and it was not fetched.
        """
        # Most changes are one commit or one merge away, and their parents are read already.
        for base, tip in ((one, other), (other, one)):
            if base == tip or base in self.commit_info(tip).parents:
                return (base,)
        return commits.find_merge_bases(self.git, one, other)

    def first_parents(self, commit: str, limit: int) -> list[str]:
        """A commit and its first parents, newest first, at most `limit`."""
        return commits.list_first_parents(self.git, commit, limit)

    def between(self, base: str, tip: str, limit: int) -> list[str]:
        """The commits that `tip` has in its history and `base` has not, at most `limit`."""
        return commits.list_between(self.git, base, tip, limit)

    def history(self, path: str, commit: str, limit: int) -> list[str]:
        """Of `first_parents`, those that changed something at or below a path."""
        git = replace(self.git, room=self._room(path, commit))
        return commits.list_first_parents(git, commit, limit, path)

    def _room(self, path: str, commit: str) -> int | None:
        """Bytes for a hundred versions of the longest directory on the way to a path.

        Git stores a version as what differs from the next one, fifty times in a row. Unasked it
        keeps 96 MiB of them: to touch so much new memory can take half the time of a walk. None
        where that is not even enough.
        """
        tree = self.commit(commit)
        longest = max(len(tree.children(directory)) for directory in (path, *parents(path)))
        return ENTRY * max(longest, 1 << 10) if longest < 24 << 10 else None

    def touches(self, commit: str, *, merged: bool = False) -> Iterator[Touch]:
        """Commits from one on, newest first, each with the files that it changed.

        Along first parents, or with `merged` all of them.
        """
        from snitch.snapshots.touches import list_touches  # noqa: PLC0415 - only of histories

        return list_touches(self.git, commit, merged=merged)

    def held(
        self, commit: str, files: Mapping[str, Entry], blobs: Mapping[str, bytes]
    ) -> HeldSnapshot:
        """A part of a commit's tree, of which the caller knows every file and some contents."""
        from snitch.snapshots.held import HeldSnapshot  # noqa: PLC0415 - only of histories

        return HeldSnapshot(self.objects, commit, files, blobs)

    def blobs(self, oids: Iterable[str], limit: int) -> dict[str, bytes]:
        """Contents by id, all in one conversation; the longer ones are left out."""
        found = self.objects.read(oids, "blob", limit)
        return {one.oid: one.data for one in found if one.size <= limit}

    def removals(self, commit: str, limit: int) -> list[Removal]:
        """The files that the newest `limit` of `first_parents` took away, newest first."""
        return commits.list_removals(self.git, self.first_parents(commit, limit))

    def overwritten(self, commit: str, limit: int) -> list[Removal]:
        """What they put something else in place of, newest first."""
        return commits.list_removals(self.git, self.first_parents(commit, limit), "M")

    def _remedy(self, kind: str) -> str:
        if self.is_shallow() and kind == "commit":
            return "run `git fetch --unshallow`, or check out with `fetch-depth: 0`"
        if self.is_partial():
            return UNFILTERED
        # A plain fetch, also one that deepens, takes what a commit holds for there already.
        anew = "check out anew with `fetch-depth: 0`" if self.is_shallow() else "run `git fsck`"
        return f"run `git fetch --refetch`, or {anew}"
