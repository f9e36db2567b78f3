"""The index that a commit is about to be made of: the tree under HEAD, and what differs from it.

Only the differences are listed, so that a hook's work grows with the change and not with the
repository.
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from snitch.findings.problem import CannotJudgeError
from snitch.snapshots.changed_tree import ChangedTree
from snitch.snapshots.paths import check_depth
from snitch.snapshots.paths import join
from snitch.snapshots.paths import parents
from snitch.snapshots.paths import split
from snitch.snapshots.snapshot import Entry
from snitch.snapshots.snapshot import Kind
from snitch.snapshots.trees import blob_of
from snitch.snapshots.trees import tree_digest
from snitch.snapshots.trees import tree_entry

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.snapshots.committed import CommitSnapshot
    from snitch.snapshots.git import Git
    from snitch.snapshots.git import Running
    from snitch.snapshots.lfs import Pointer

DIFF = (
    *("--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--ita-invisible-in-index"),
    *("--no-ext-diff", "--no-textconv", "--ignore-submodules=none", "--full-index"),
)


def begin_comparison(git: Git, tree: str) -> Running:
    """Have Git compare the index with a tree, for `staged_changes`."""
    return git.begin("diff-index", *DIFF, tree)


def staged_changes(git: Git, comparison: Running) -> dict[str, Entry | None]:
    """What the index has in place of a tree's entries, by path; None for a removed path.

    Raises:
        CannotJudgeError: a merge has left conflicts in the index.
    """
    out = git.accepted("diff-index", comparison.answer())
    fields = os.fsdecode(out).split("\0")
    changes: dict[str, Entry | None] = {}
    for meta, path in zip(fields[::2], fields[1::2], strict=False):
        _, mode, _, oid, status = meta.split(" ")
        if status.startswith("U"):
            message = f"the index holds an unresolved merge conflict in {path!r}"
            raise CannotJudgeError(message, "resolve the conflict and `git add` the file")
        changes[check_depth(path)] = (
            None if status.startswith("D") else tree_entry(int(mode, 8), oid)
        )
    return changes


class IndexSnapshot:
    """A Snapshot of the index.

    `changes` gives `staged_changes`, when they are first asked for, relative to the base.
    """

    kind = "index"

    def __init__(
        self, base: CommitSnapshot, changes: Callable[[], Mapping[str, Entry | None]]
    ) -> None:
        self.commit = base.commit
        self.objects = base.objects
        self._base = base
        self._read = changes
        self._children: dict[str, Mapping[str, Entry]] = {}

    @cached_property
    def _changes(self) -> Mapping[str, Entry | None]:
        return self._read()

    @cached_property
    def _beside(self) -> dict[str, set[str]]:
        """The names in each directory that have changed, or hold what has."""
        found: dict[str, set[str]] = {}
        for path in self._changes:
            name = path
            for parent in parents(path):
                found.setdefault(parent, set()).add(name.rpartition("/")[2])
                name = parent
        return found

    def load(self, directories: Iterable[str]) -> None:
        """Reads the trees of directories at once, before `children` asks for each."""
        self._base.load(directories)

    def children(self, directory: str) -> Mapping[str, Entry]:
        """The names directly in a directory."""
        if directory not in self._beside:
            return self._base.children(directory) if self._untouched(directory) else {}
        if directory not in self._children:
            self._children[directory] = self._merged(directory)
        return self._children[directory]

    def files(self, directory: str) -> Mapping[str, Entry]:
        """Every path below a directory."""
        if directory not in self._beside:
            return self._base.files(directory) if self._untouched(directory) else {}
        found: dict[str, Entry] = {}
        for name, entry in self.children(directory).items():
            path = join(directory, name)
            found.update(self.files(path) if entry.kind is Kind.DIRECTORY else {path: entry})
        return dict(sorted(found.items()))

    def entry(self, path: str) -> Entry | None:
        """What stands at a path."""
        found: Entry | None = Entry(Kind.DIRECTORY)
        at = ""
        for name in split(path):
            if found is None or found.kind is not Kind.DIRECTORY:
                return None
            found = self.children(at).get(name)
            at = join(at, name)
        return found

    def read(self, path: str, limit: int | None = None) -> bytes:
        """A file's bytes."""
        return next(self.read_many([path], limit))

    def read_many(self, paths: Iterable[str], limit: int | None = None) -> Iterator[bytes]:
        """The bytes of many files."""
        wanted = list(paths)
        oids = [blob_of(self.entry(path), path) for path in wanted]
        return (found.data for found in self._base.objects.read(oids, "blob", limit, wanted))

    def digest(self, path: str) -> str:
        """The blob's id, also of a link."""
        return blob_of(self.entry(path), path, link=True)

    def smudged(self, path: str) -> Pointer | None:  # noqa: ARG002 - Snapshot's shape
        """Nothing: an index holds pointers."""
        return None

    def tree_id(self, directory: str) -> str | None:
        """The id that the directory's tree has, or will have once it is committed."""
        entry = self.entry(directory)
        if entry is None or entry.kind is not Kind.DIRECTORY:
            return None
        if entry.oid is not None:
            return entry.oid
        if directory not in self._beside:
            return self._base.tree_id(directory)
        children = {
            name: child if child.oid else Entry(child.kind, self.tree_id(join(directory, name)))
            for name, child in self.children(directory).items()
        }
        return tree_digest(children, self._base.objects.format)

    def _merged(self, directory: str) -> Mapping[str, Entry]:
        changes: dict[str, Entry | None] = {}
        for name in self._beside[directory]:
            path = join(directory, name)
            changes[name] = self._changes.get(path)
            if changes[name] is None and path in self._beside and self.children(path):
                changes[name] = Entry(Kind.DIRECTORY)
        known = self._base.children(directory) if self._untouched(directory) else {}
        return ChangedTree(known, changes)

    def _untouched(self, directory: str) -> bool:
        """Whether the base's directory of that name is one in the index too."""
        return all(self._changes.get(path) is None for path in (directory, *parents(directory)))
