"""An audit of a large registry takes half the time, as what did not change is read once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from typing import Any

from example import DEPLOYED
from example import GOOD
from example import POLICY
from example import named
from judging import at
from judging import judge
from repo import Repo

from snitch.engine import judging
from snitch.registry.names import Names
from snitch.registry.reader import read_release

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest

    from snitch.findings import Report
    from snitch.registry.location import Location
    from snitch.registry.release import Release
    from snitch.snapshots import Snapshot


def model(name: str, files: dict[str, str] = GOOD) -> dict[str, str]:
    return at(f"models/{name}", named(files, name))


def audit(directory: Path) -> Report:
    """Of three models: one as it was, one changed, one that shares a file which changed."""
    repo = Repo(directory)
    sharing = model("sharing", {**GOOD, "requirements.txt": "-r ../../shared.txt\n"})
    same = {**model("same"), **sharing, "shared.txt": "numpy==2.1.0\n"}
    repo.commit("production", {"snitch.yaml": POLICY, **same, **model("changed", DEPLOYED)})
    repo.branch("change")
    repo.commit("change", {**model("changed"), "shared.txt": "numpy==2.2.0\n"})
    return judge(repo, everything=True, candidate="commit", ref="HEAD")


def test_a_release_is_read_again_only_where_something_of_it_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Counter[str] = Counter()

    def note(snapshot: Snapshot, location: Location, *args: Any, **options: Any) -> Release:
        read[location.path] += 1
        return read_release(snapshot, location, *args, **options)

    monkeypatch.setattr(judging, "read_release", note)
    assert audit(tmp_path).verdict == "pass"
    assert read == {"models/same": 1, "models/changed": 2, "models/sharing": 2}


def test_a_name_is_read_again_only_where_the_model_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Counter[str] = Counter()
    of_some = Names.read

    def note(names: Names, paths: Sequence[str]) -> dict[str, str]:
        read.update(paths)
        return of_some(names, paths)

    monkeypatch.setattr(Names, "read", note)
    assert audit(tmp_path).verdict == "pass"
    assert read == {"models/same": 1, "models/changed": 2, "models/sharing": 1}
