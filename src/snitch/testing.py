"""Try a check on files in memory: for the authors of plugins, and for our own tests."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from snitch.documents import Limits
from snitch.frozen import dataclass
from snitch.policy import POLICY_FILE
from snitch.policy.effective import policy_for
from snitch.policy.load import load
from snitch.policy.model import Policy
from snitch.registry.items import with_items
from snitch.registry.layout import load_built_in
from snitch.registry.location import Location
from snitch.registry.reader import read_release
from snitch.snapshots import Entry
from snitch.snapshots import Kind
from snitch.snapshots.paths import join
from snitch.snapshots.paths import prefix

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.checks.check import Check
    from snitch.documents import DependencyFile
    from snitch.findings import Outcome
    from snitch.registry.layout import Layout
    from snitch.registry.release import Release
    from snitch.snapshots.lfs import Pointer

from snitch.checks.check import Subject


@dataclass(frozen=True)
class MemorySnapshot:
    """A commit that exists in memory only: a mapping from paths to bytes."""

    blobs: Mapping[str, bytes]
    kind: str = "commit"
    commit: str | None = None

    @cached_property
    def _entries(self) -> dict[str, dict[str, Entry]]:
        found: dict[str, dict[str, Entry]] = {}
        for path in self.blobs:
            entry, name = Entry(Kind.FILE, self.digest(path)), path
            while name:
                parent, _, leaf = name.rpartition("/")
                found.setdefault(parent, {})[leaf] = entry
                entry, name = Entry(Kind.DIRECTORY), parent
        return found

    def children(self, directory: str) -> Mapping[str, Entry]:
        """The names directly in a directory."""
        return dict(sorted(self._entries.get(directory, {}).items()))

    def files(self, directory: str) -> Mapping[str, Entry]:
        """Every path below a directory."""
        below = prefix(directory)
        return {
            path: Entry(Kind.FILE, self.digest(path))
            for path in sorted(self.blobs)
            if path.startswith(below)
        }

    def entry(self, path: str) -> Entry | None:
        """What stands at a path."""
        parent, _, leaf = path.rpartition("/")
        return self._entries.get(parent, {}).get(leaf)

    def read(self, path: str, limit: int | None = None) -> bytes:
        """A file's bytes."""
        if path not in self.blobs:
            raise FileNotFoundError(path)
        return self.blobs[path] if limit is None else self.blobs[path][: limit + 1]

    def read_many(self, paths: Iterable[str], limit: int | None = None) -> Iterator[bytes]:
        """The bytes of many files."""
        return (self.read(path, limit) for path in paths)

    def digest(self, path: str) -> str:
        """Git's id of the file as a blob."""
        blob = self.blobs[path]
        return hashlib.sha1(b"blob %d\0" % len(blob) + blob).hexdigest()  # noqa: S324 - Git's own

    def smudged(self, path: str) -> Pointer | None:  # noqa: ARG002 - Snapshot's shape
        """Nothing is: a commit holds pointers."""
        return None

    def tree_id(self, directory: str) -> str | None:
        """An id equal exactly when all below a directory is equal."""
        lines = [f"{path} {entry.oid}" for path, entry in self.files(directory).items()]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def release(
    files: Mapping[str, str | bytes], *, path: str = "models/churn", layout: Layout | None = None
) -> Release:
    """A release read from files in memory, given relative to the model's directory."""
    blobs = {
        join(path, name): text.encode() if isinstance(text, str) else text
        for name, text in files.items()
    }
    snapshot, limits = MemorySnapshot(blobs), Limits()
    layout = layout or load_built_in("snitch")
    return with_items(
        read_release(snapshot, Location(path, "snitch"), layout, limits, code=True),
        snapshot,
        limits,
    )


def judge(  # noqa: PLR0913 - the facts that a check may ask for
    check: Check,
    candidate: Mapping[str, str | bytes],
    deployed: Mapping[str, str | bytes] | None = None,
    *,
    policy: str = "",
    as_of: str = "2026-11-23",
    path: str = "models/churn",
    baseline: str | None = None,
    change: str | None = None,
    rollback: str | None = None,
    serving: str | None = None,
    twins: tuple[str, ...] = (),
) -> list[Outcome]:
    """What a check yields for one model.

    Args:
        check: The check.
        candidate: The candidate's files, relative to the model's directory.
        deployed: The deployed release's files; None for a first release.
        policy: The text of a `snitch.yaml`.
        as_of: The day of the judgement.
        path: The model's directory.
        baseline: See `Subject.baseline`; by default it follows from `deployed`.
        change: See `Subject.change`; by default it follows from `deployed`.
        rollback: See `Subject.rollback`.
        serving: The text of the serving stack's constraints file.
        twins: See `Subject.twins`.
    """
    loaded = load(MemorySnapshot({POLICY_FILE: policy.encode()}), label="test") if policy else None
    new = release(candidate, path=path)
    old = None if deployed is None else release(deployed, path=path)
    subject = Subject(
        candidate=new,
        deployed=old,
        policy=policy_for(loaded.policy if loaded is not None else Policy(), new.name),
        as_of=date.fromisoformat(as_of),
        baseline=baseline or ("first-release" if deployed is None else "deployed"),
        change=change or ("added" if deployed is None else "modified"),
        rollback=rollback,
        serving=None if serving is None else _constraints(serving),
        twins=twins,
    )
    return list(check.judge(subject)) if check.judge is not None else []


def _constraints(text: str) -> DependencyFile:
    from snitch.documents import read_dependencies  # noqa: PLC0415 - only where it is asked for

    path = "serving/constraints.txt"
    return read_dependencies(path, {path: text.encode()}.get, Limits())
