"""The pages that tell how to begin: every command is run, and says what the page says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from transcripts import played
from transcripts import steady

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("git-lfs") is None, reason="git-lfs is not installed")
@pytest.mark.parametrize("page", ["tutorial.md", "adopting.md"])
def test_a_page_says_what_its_commands_say(tmp_path: Path, page: str) -> None:
    text = (DOCS / page).read_text()
    assert steady(played(text, tmp_path / "home")) == steady(text)
