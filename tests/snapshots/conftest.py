"""Repositories of a test's own, and the door to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from repo import Repo

from snitch.snapshots import Repository

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

FOREIGN = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in FOREIGN:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("SUDO_UID", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repo")


@pytest.fixture
def open_repository() -> Iterator[Callable[[Path], Repository]]:
    """Opens the repository around a path, and closes it after the test."""
    opened: list[Repository] = []

    def open_one(path: Path) -> Repository:
        opened.append(Repository.discover(path))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()
