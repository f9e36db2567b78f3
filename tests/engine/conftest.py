"""A repository with a release and a change of most of its models."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from repo import Repo

from snitch.registry import example

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 23)


@pytest.fixture
def released(tmp_path: Path) -> Repo:
    """Seven models in production, six of them released anew, most of those with findings."""
    repo = Repo(tmp_path / "models")
    production = [example.files(model, TODAY) for model in example.PRODUCTION]
    repo.write({"snitch.yaml": example.policy(TODAY)})
    repo.write({path: text for files in production for path, text in files.items()}).commit()
    repo.git("checkout", "--quiet", "-b", "new")
    news = [example.files(model, TODAY) for model in example.PULL_REQUEST]
    repo.write({path: text for files in news for path, text in files.items()}).commit()
    return repo
