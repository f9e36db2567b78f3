"""What a person has in a repository, to the byte, and releases that pass the gate."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pasts import on
from repo import Repo

from snitch.registry import example

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TODAY = date(2026, 11, 23)
PATTERN = example.PRODUCTION[0]
POLICY = example.policy(TODAY)

IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Ana"), ("EMAIL", "ana@example.com"))
}
"""Who commits."""


def two_deployed(root: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """Churn and fraud 1.0.0 in production; whoever commits is called Ana."""
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    made = on(Repo(root), "2026-10-01")
    made.commit("start", {"snitch.yaml": POLICY, **passing("churn", 0), **passing("fraud", 0)})
    return made


def passing(name: str, number: int, directory: str | None = None) -> dict[str, str]:
    """Release 1.`number`.0 of a model, better than the one before."""
    past: tuple[example.Model, ...] = ()
    model = PATTERN
    for turn in range(number + 1):
        model = replace(
            PATTERN,
            name=name,
            version=f"1.{turn}.0",
            metrics=(("auc", f"0.9{10 + turn}"), ("log_loss", f"0.3{50 - turn}")),
            trained=60 - turn,
            cutoff=62 - turn,
            note=f"Retrained, turn {turn}.",
            earlier=past,
        )
        past = (model, *past)
    held = example.files(model, TODAY)
    there = f"models/{directory or name}/"
    return {path.replace(f"models/{name}/", there): text for path, text in held.items()}


@dataclass(frozen=True)
class Possessions:
    """Everything that a command must leave alone."""

    refs: dict[str, str]
    head: str
    index: bytes
    files: dict[str, bytes]


def possessions(repo: Repo) -> Possessions:
    """What there is now."""
    lines = repo.git("for-each-ref", "--format=%(refname) %(objectname)").splitlines()
    git = repo.root / ".git"
    return Possessions(
        refs=dict(line.split(" ") for line in lines),
        head=(git / "HEAD").read_text(),
        index=(git / "index").read_bytes(),
        files={
            str(path.relative_to(repo.root)): path.read_bytes()
            for path in sorted(repo.root.rglob("*"))
            if path.is_file() and git not in path.parents
        },
    )


def tree(repo: Repo, commit: str, path: str = "") -> dict[str, str]:
    """Every file of a commit below a path, by the path from there on: mode and id."""
    prefix = f"{path}/" if path else ""
    out = repo.git("ls-tree", "-r", commit, prefix or ".")
    rows = (line.split("\t") for line in out.splitlines())
    return {name.removeprefix(prefix): what for what, name in rows}
