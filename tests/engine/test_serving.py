"""The serving stack's constraints limit every model, or nothing is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import GOOD
from example import POLICY
from judging import at
from judging import codes
from judging import deployed
from judging import judge

from snitch.findings import CannotJudgeError

if TYPE_CHECKING:
    from pathlib import Path

    from repo import Repo

SERVED = f"{POLICY}dependencies: {{serving_constraints: serving.txt}}\n"
CONFLICT = "numpy<2\n"
WANTED = {**GOOD, "requirements.txt": "numpy==2.1.0\n"}


def served(root: Path, constraints: bytes | None) -> Repo:
    """Production with these constraints (None for a link to others), and a change of its model."""
    repo = deployed(root, policy=SERVED).checkout("main")
    repo.write({"serving.txt": constraints or b"", "real.txt": CONFLICT})
    if constraints is None:
        (root / "serving.txt").unlink()
        (root / "serving.txt").symlink_to("real.txt")
    repo.commit("constraints")
    repo.git("branch", "--force", "change", "main")
    repo.checkout("change").commit("1.4.0", at("models/churn", WANTED))
    return repo


@pytest.mark.parametrize(
    ("constraints", "reason"),
    [
        (None, "is no file"),
        (b"numpy<<2\n", "line 1"),
        (b"-r gone.txt\n", "does not exist"),
        (CONFLICT.encode("utf-16"), "UTF-16"),
        (b"numpy<2\0\n", "NUL"),
    ],
)
def test_constraints_that_cannot_be_read_whole_let_nothing_pass(
    tmp_path: Path, constraints: bytes | None, reason: str
) -> None:
    repo = served(tmp_path, constraints)
    with pytest.raises(CannotJudgeError, match=reason):
        judge(repo)


def test_a_change_that_mends_the_constraints_is_judged_by_them(tmp_path: Path) -> None:
    repo = served(tmp_path, b"numpy<<2\n")
    repo.commit("mended", {"serving.txt": CONFLICT})
    assert "DEP503" in codes(judge(repo))


def test_constraints_that_can_be_read_are_production_s(tmp_path: Path) -> None:
    repo = served(tmp_path, CONFLICT.encode())
    repo.commit("looser", {"serving.txt": "numpy\n"})
    assert "DEP503" in codes(judge(repo))
