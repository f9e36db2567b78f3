"""Every trap at once, under the commands that write: what they write is what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attacks.trapped import assert_quiet
from attacks.trapped import contents
from attacks.trapped import trapped
from attacks.trapped import watched
from example import GOOD
from judging import at
from judging import deployed
from judging import snitch

if TYPE_CHECKING:
    from pathlib import Path

    from attacks.trapped import Traps
    from repo import Repo

DAY = ["--as-of", "2026-10-05"]
WAIVER = ["--reason", "x", "--expires", "2026-12-01"]
GIT = (".git/objects/", ".git/refs/heads/", ".git/logs/")
HOOK, CI = ".pre-commit-config.yaml", ".github/"
COMMANDS: list[tuple[list[str], tuple[str, ...]]] = [
    (["init", "--yes"], (HOOK, CI, "CODEOWNERS", ".gitattributes", "snitch")),
    (["waive", "REG301", "churn", *WAIVER], ("snitch.yaml",)),
    (["baseline", *DAY], ("snitch-baseline.json",)),
    (["promote", "churn", *DAY], GIT),
    (["rollback", "churn", "--to", "1.3.2", *DAY], GIT),
    (["catalog", "--html", "{out}/site", *DAY], ()),
    (["comment", "--pr", "1", "--report", "{out}/report.json", "--dry-run"], ()),
    (["demo", "{out}/demo"], ()),
]
"""Each with the paths of the repository that it may write to."""


CONFIG = "[commit]\n\tgpgSign = true\n[user]\n\tname = Ana\n\temail = ana@example.com\n"


def prepare(repo: Repo) -> None:
    """Staging is ahead of production, which held an earlier release; every commit is signed."""
    repo.git("checkout", "--quiet", "-b", "released", "main")
    repo.commit("churn 1.4.0", at("models/churn", GOOD))
    repo.git("branch", "--force", "main")
    newer = {name: text.replace("1.4.0", "1.5.0") for name, text in GOOD.items()}
    newer["CHANGELOG.md"] = GOOD["CHANGELOG.md"].replace(
        "## [1.4.0]", "## [1.5.0] - 2026-10-05\n- **Author:** a\n- **Ticket:** ML-9\n\n## [1.4.0]"
    )
    repo.branch("staging")
    repo.commit("churn 1.5.0", at("models/churn", newer))
    repo.tracking("staging")
    repo.checkout("change")
    config = repo.root / ".git/config"
    config.write_text(f"{config.read_text()}{CONFIG}")


@pytest.fixture
def traps(tmp_path: Path) -> Traps:
    return trapped(tmp_path, prepare)


@pytest.mark.slow
@pytest.mark.parametrize(("command", "mine"), COMMANDS, ids=[words[0] for words, _ in COMMANDS])
def test_a_command_that_writes_runs_nothing_and_writes_what_it_says(
    traps: Traps, command: list[str], mine: tuple[str, ...]
) -> None:
    root = traps[0].root
    out = root.parent / "out"
    snitch(traps[0], "check", *DAY, f"--format=json={out / 'report.json'}")
    before, outside = contents(root), contents(root.parent)
    events = watched(traps[0], root.parent, command)
    after = contents(root)
    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    assert {path for path in changed if not path.startswith(mine)} == set()
    assert bool(changed) is bool(mine)
    assert {
        path
        for path, digest in contents(root.parent).items()
        if outside.get(path) != digest and not path.startswith(("repo/", "out/", "log"))
    } == set()
    assert_quiet(traps, events, (out, *(root / path for path in mine), root / ".snitch-"))


def test_init_writes_through_no_link_that_leads_out(tmp_path: Path) -> None:
    repo = deployed(tmp_path / "repo")
    repo.git("remote", "add", "origin", "https://github.com/acme/models.git")
    (tmp_path / "elsewhere").mkdir()
    (repo.root / ".github").symlink_to(tmp_path / "elsewhere")
    ran = snitch(repo, "init", "--yes")
    assert ran.status == 2
    assert "is a link that this repository holds" in ran.err
    assert list((tmp_path / "elsewhere").rglob("*")) == []
