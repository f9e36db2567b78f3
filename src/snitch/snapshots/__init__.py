"""Trees as they stood; the only room that knows Git."""

from snitch.snapshots.snapshot import Entry
from snitch.snapshots.snapshot import Kind
from snitch.snapshots.snapshot import Snapshot

__all__ = ["Entry", "Kind", "Snapshot"]
