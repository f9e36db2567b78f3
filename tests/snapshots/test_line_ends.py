"""A checkout's line ends are no edit: what Git stores with LF has the id of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import DEPLOYED
from example import POLICY
from judging import at
from judging import codes
from judging import judge
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = "models/churn/config.yaml"
CHECKOUTS = [
    ("*.yaml text eol=crlf\n", "false"),
    ("*.yaml eol=crlf\n", "false"),
    ("* text=auto\n", "true"),
    ("", "true"),
    ("", "input"),
]


def checked_out(root: Path, attributes: str, setting: str) -> Repo:
    """Production, checked out with CRLF in a file that Git keeps with LF."""
    repo = Repo(root)
    files = at("models/churn", DEPLOYED)
    repo.commit("production", {**files, "snitch.yaml": POLICY, ".gitattributes": attributes})
    repo.git("config", "core.autocrlf", setting)
    with_crlf(repo)
    return repo


def with_crlf(repo: Repo, old: str = "", new: str = "") -> None:
    text = DEPLOYED["config.yaml"].replace(old, new) if old else DEPLOYED["config.yaml"]
    (repo.root / CONFIG).write_bytes(text.encode().replace(b"\n", b"\r\n"))


@pytest.mark.parametrize(("attributes", "setting"), CHECKOUTS)
def test_line_ends_of_a_checkout_are_no_edit(tmp_path: Path, attributes: str, setting: str) -> None:
    repo = checked_out(tmp_path, attributes, setting)
    assert repo.git("diff", "HEAD", "--name-only") == ""
    assert [model.name for model in judge(repo).models] == []
    with_crlf(repo, "owner: risk-ml", "owner: another")
    assert "CPL106" in codes(judge(repo))


@pytest.mark.parametrize(
    ("attributes", "setting"),
    [("", "false"), ("*.yaml -text\n", "true"), ("*.yaml binary\n", "true")],
)
def test_line_ends_that_git_would_store_are_an_edit(
    tmp_path: Path, attributes: str, setting: str
) -> None:
    repo = checked_out(tmp_path, attributes, setting)
    assert repo.git("diff", "HEAD", "--name-only") == CONFIG
    assert "CPL106" in codes(judge(repo))
    repo.git("add", "--all")
    assert "CPL106" in codes(judge(repo, candidate="index"))


def test_a_new_file_has_the_id_that_it_would_be_added_under(tmp_path: Path) -> None:
    repo = checked_out(tmp_path, "* text=auto\n", "false")
    repo.write({"models/churn/notes.yaml": "a: 1\r\n"})
    worktree = judge(repo)
    repo.git("add", "--all")
    staged = judge(repo, candidate="index")
    assert "CPL106" in codes(staged)
    assert codes(staged) == codes(worktree)
