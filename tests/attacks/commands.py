"""The command itself, run on a branch that loses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attacks.shapes import WORSE
from judging import AS_OF
from judging import Ran
from judging import deployed
from judging import snitch

if TYPE_CHECKING:
    from pathlib import Path

    from repo import Repo

DAY = ("--as-of", AS_OF.isoformat())


def worse(root: Path) -> Repo:
    """A branch with a regression, and a remote that holds production."""
    repo = deployed(root)
    repo.commit("worse", WORSE)
    return repo.tracking()


def check(repo: Repo, *options: str, **environment: str) -> Ran:
    """`snitch check`, one line a finding."""
    return snitch(repo, "check", *DAY, "--format", "concise", *options, **environment)


def assert_regressed(ran: Ran) -> None:
    """Exit 1, for the loss."""
    assert ran.status == 1
    assert "REG301" in ran.out


def assert_refused(ran: Ran, *words: str) -> None:
    """Exit 2, with a reason and a remedy."""
    assert ran.status == 2, ran.out
    assert "fix:" in ran.err
    for word in words:
        assert word in ran.err
