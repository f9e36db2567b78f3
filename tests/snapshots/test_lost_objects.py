"""An object that a clone has lost: the remedy that is named brings it back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from repo import Repo

from snitch.findings import CannotJudgeError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from snitch.snapshots import Repository


@pytest.mark.parametrize("options", [(), ("--depth=1",)], ids=["whole", "shallow"])
def test_the_named_command_fetches_it_again(
    tmp_path: Path, open_repository: Callable[[Path], Repository], options: tuple[str, ...]
) -> None:
    origin = Repo(tmp_path / "origin")
    origin.commit("one", {"a": "a"})
    head = origin.commit("two", {"b": "b"})
    # Loose objects are what a fetch of few leaves, and what is lost one by one.
    clone = Repo(tmp_path / "clone")
    clone.git("config", "transfer.unpackLimit", "100")
    clone.git("remote", "add", "origin", f"file://{origin.root}")
    clone.git("fetch", "--quiet", *options, "origin")
    oid = clone.git("rev-parse", f"{head}:a")
    (clone.root / ".git/objects" / oid[:2] / oid[2:]).unlink()
    with pytest.raises(CannotJudgeError, match="is missing") as caught:
        open_repository(clone.root).commit(head).read("a")
    command = re.search(r"run `git ([^`]+)`", caught.value.remedy)
    assert command is not None
    clone.git(*command[1].split())
    assert open_repository(clone.root).commit(head).read("a") == b"a"
