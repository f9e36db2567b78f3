"""Where a report may be written: never through a link of the repository, never waited for."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest
from example import DEPLOYED
from example import POLICY
from judging import at
from judging import snitch
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

    from judging import Ran

HELD = "a link that this repository holds"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "repo")
    repo.commit("deployed", {"snitch.yaml": POLICY, **at("models/churn", DEPLOYED)})
    (tmp_path / "outside").mkdir()
    (repo.root / "reports").symlink_to(tmp_path / "outside")
    (repo.root / "docs").mkdir()
    (repo.root / "docs/far").symlink_to("../reports")
    repo.commit("links")
    return repo


def written(repo: Repo, path: str) -> Ran:
    return snitch(repo, "check", "--format", f"json={path}")


@pytest.mark.parametrize(
    "path", ["reports/x.json", "docs/far/x.json", "docs/../reports/x.json", "./reports/../x.json"]
)
def test_a_report_does_not_go_through_a_link_that_the_repository_holds(
    repo: Repo, path: str
) -> None:
    for name in (path, str(repo.root / path)):
        ran = written(repo, name)
        assert ran.status == 2
        assert HELD in ran.err
    assert list((repo.root.parent / "outside").iterdir()) == []
    assert not (repo.root.parent / "x.json").exists()


def test_it_goes_through_links_that_lead_to_the_repository(repo: Repo) -> None:
    """On macOS `/tmp` is one."""
    other = repo.root.parent / "elsewhere"
    other.symlink_to(repo.root)
    assert written(repo, str(other / "docs/x.json")).status == 0
    assert (repo.root / "docs/x.json").is_file()


@pytest.mark.parametrize("target", ["/dev/full", "outside", "../pipe"])
def test_a_link_in_its_place_is_replaced_whatever_it_leads_to(repo: Repo, target: str) -> None:
    os.mkfifo(repo.root.parent / "pipe")
    (repo.root / "report.json").symlink_to(target)
    assert written(repo, "report.json").status == 0
    assert stat.S_ISREG((repo.root / "report.json").lstat().st_mode)


def test_a_pipe_that_nobody_reads_is_not_waited_for(repo: Repo) -> None:
    pipe = repo.root.parent / "pipe"
    os.mkfifo(pipe)
    ran = written(repo, str(pipe))
    assert (ran.status, "nobody reads from it" in ran.err) == (2, True)


def test_a_pipe_that_somebody_reads_gets_the_report(repo: Repo) -> None:
    pipe = repo.root.parent / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert written(repo, str(pipe)).status == 0
        assert os.read(reader, 1 << 16).startswith(b"{")
    finally:
        os.close(reader)


def test_what_is_written_beside_reports_follows_no_link_either(repo: Repo) -> None:
    (repo.root / ".github").symlink_to(repo.root.parent / "outside")
    ran = snitch(repo, "init", "--yes")
    assert HELD in ran.err
    ran = snitch(repo, "catalog", "--html", "reports/site")
    assert (ran.status, HELD in ran.err) == (2, True)
    assert list((repo.root.parent / "outside").iterdir()) == []
