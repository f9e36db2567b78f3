"""The notebook says what it would say if somebody ran it now."""

from __future__ import annotations

import contextlib
import io
import json
import re
from datetime import datetime
from datetime import timezone
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from repo import Repo

from snitch.cli.demo import write
from snitch.engine.ledger.book import open_book
from snitch.engine.ledger.promotion import plan_promotion
from snitch.engine.ledger.promotion import prepare
from snitch.reports.ledger.promotion import message

if TYPE_CHECKING:
    import pytest

NOTEBOOK = Path(__file__).parents[2] / "docs" / "api.ipynb"


def _fits(told: str, shown: str) -> bool:
    """Whether two outputs agree; only dates of the demonstration move with the day."""
    return _undated(told) == _undated(shown)


def _undated(text: str) -> str:
    return re.sub(r"\d{4}[-.]\d\d[-.]\d\d", "DAY", text)


def test_the_notebook_runs_in_the_demonstration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = datetime.now(timezone.utc).date()
    write(tmp_path / "acme", today)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Ana")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ana@example.com")
    repo = Repo(tmp_path / "acme", existing=True)
    repo.git("branch", "staging")
    repo.checkout("main")
    with open_book(repo.root, today) as book:
        plan = plan_promotion(book, "staging", "production", ["fraud"])
        branch = prepare(book, plan, message).branch
    repo.environment["GIT_AUTHOR_NAME"] = "Ben"
    repo.merge(str(branch))
    monkeypatch.chdir(repo.root)
    names: dict[str, Any] = {}
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            said = io.StringIO()
            with contextlib.redirect_stdout(said):
                exec("".join(cell["source"]), names)  # noqa: S102 - our own notebook
            shown = "".join(cell["outputs"][0]["text"])
            assert _fits(said.getvalue(), shown), said.getvalue()
