"""Trees as they stood; the only room that knows Git."""

from snitch.snapshots.ahead import load_trees
from snitch.snapshots.ahead import read_ahead
from snitch.snapshots.baseline import BaselineRef
from snitch.snapshots.baseline import find_baseline
from snitch.snapshots.changes import ChangedPaths
from snitch.snapshots.changes import changed_paths
from snitch.snapshots.commits import CommitInfo
from snitch.snapshots.commits import Person
from snitch.snapshots.lfs import Pointer
from snitch.snapshots.lfs import PointerFault
from snitch.snapshots.lfs import parse_pointer
from snitch.snapshots.lfs_store import local_object
from snitch.snapshots.long_tree import directories_in
from snitch.snapshots.repository import Repository
from snitch.snapshots.snapshot import Entry
from snitch.snapshots.snapshot import Kind
from snitch.snapshots.snapshot import Snapshot

__all__ = [
    "BaselineRef",
    "ChangedPaths",
    "CommitInfo",
    "Entry",
    "Kind",
    "Person",
    "Pointer",
    "PointerFault",
    "Repository",
    "Snapshot",
    "changed_paths",
    "directories_in",
    "find_baseline",
    "load_trees",
    "local_object",
    "parse_pointer",
    "read_ahead",
]
