"""Tables with many models: the work grows with the rows, not with their product."""

from __future__ import annotations

from snitch.documents import Limits
from snitch.registry.discovery import DefaultPattern
from snitch.registry.discovery import locate
from snitch.registry.layout import load_built_in
from snitch.registry.names import Names
from snitch.registry.touching import touched_models
from snitch.snapshots import ChangedPaths
from snitch.testing import MemorySnapshot

LAYOUTS = {"csv-leaderboard": load_built_in("csv-leaderboard")}
PATTERNS = [DefaultPattern(".", layout="csv-leaderboard")]


READ: list[str] = []


class Counted(MemorySnapshot):
    """A snapshot that notes what is read of it."""

    def read(self, path: str, limit: int | None = None) -> bytes:
        """As any, and noted."""
        READ.append(path)
        return super().read(path, limit)


def table(rows: int, last: str) -> Counted:
    """A table of so many models; the last one scores as told."""
    lines = [f"m{number},224,80.0" for number in range(rows - 1)]
    text = "\n".join(("model,img_size,top1", *lines, f"m{rows - 1},224,{last}", ""))
    return Counted({"results/net.csv": text.encode()})


def reads(rows: int) -> int:
    """How often the tables are read to find the one row that differs."""
    READ.clear()
    old, new = table(rows, "70.0"), table(rows, "71.0")
    found = touched_models(old, new, ChangedPaths(["results/net.csv"]), PATTERNS, LAYOUTS, Limits())
    assert found == {f"results/net.csv#net/m{rows - 1}/224"}
    return len(READ)


def test_a_table_is_read_as_often_with_many_rows_as_with_few() -> None:
    """A round of Git for each row took most of a check's time."""
    assert reads(500) == reads(2)


def test_rows_are_found_by_name_without_reading_the_table_again() -> None:
    """Their places tell their names."""
    tree = table(3, "70.0")
    places = {one.path: one for one in locate(tree, PATTERNS, LAYOUTS, Limits())}
    READ.clear()
    names = Names(tree, places, LAYOUTS, Limits())
    assert names.holders("net/m1/224") == ["results/net.csv#net/m1/224"]
    assert names.holders("net/m9/224") == []
    assert not READ
