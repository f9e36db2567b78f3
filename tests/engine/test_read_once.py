"""An audit of a large registry takes half the time, as what did not change is read once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from typing import Any

from example import DEPLOYED
from example import GOOD
from example import POLICY
from judging import at
from judging import judge
from repo import Repo

from snitch.engine import judging
from snitch.registry.reader import read_release

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from snitch.registry.location import Location
    from snitch.registry.release import Release
    from snitch.snapshots import Snapshot


def model(name: str, files: dict[str, str] = GOOD) -> dict[str, str]:
    config = files["config.yaml"].replace("name: churn", f"name: {name}")
    return at(f"models/{name}", {**files, "config.yaml": config})


def test_a_release_is_read_again_only_where_something_of_it_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Counter[str] = Counter()

    def note(snapshot: Snapshot, location: Location, *args: Any, **options: Any) -> Release:
        read[location.path] += 1
        return read_release(snapshot, location, *args, **options)

    repo = Repo(tmp_path)
    sharing = model("sharing", {**GOOD, "requirements.txt": "-r ../../shared.txt\n"})
    same = {**model("same"), **sharing, "shared.txt": "numpy==2.1.0\n"}
    repo.commit("production", {"snitch.yaml": POLICY, **same, **model("changed", DEPLOYED)})
    repo.branch("change")
    repo.commit("change", {**model("changed"), "shared.txt": "numpy==2.2.0\n"})
    monkeypatch.setattr(judging, "read_release", note)
    report = judge(repo, everything=True, candidate="commit", ref="HEAD")
    assert report.verdict == "pass"
    assert read == {"models/same": 1, "models/changed": 2, "models/sharing": 2}
