"""Remotes and branches: what a clone knows of where it came from."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from snitch.snapshots.git import Git


def list_remotes(git: Git) -> list[str]:
    """The remotes with a URL, in alphabetical order."""
    pattern = r"^remote\..+\.(url|fetch)$"
    out = git.run("config", "--local", "-z", "--name-only", "--get-regexp", pattern, accept=(1,))
    names = os.fsdecode(out).split("\0")[:-1]
    return sorted({name.removeprefix("remote.").rpartition(".")[0] for name in names})


def find_remote_url(git: Git, name: str) -> str | None:
    """The URL of a remote as configured, None where it has none."""
    out = git.run("config", "--local", "-z", "--get", f"remote.{name}.url", accept=(1,))
    return os.fsdecode(out).removesuffix("\0") or None


def find_symbolic(git: Git, ref: str) -> str | None:
    """The ref that a symbolic ref stands for."""
    out = git.run("for-each-ref", "--format=%(refname) %(symref)", ref)
    pairs = dict(line.split(" ", 1) for line in os.fsdecode(out).splitlines())
    return pairs.get(ref) or None


def list_branches(git: Git) -> set[str]:
    """The names of the branches that this clone has, or has fetched from origin."""
    places = ("refs/heads/", "refs/remotes/origin/")
    out = os.fsdecode(git.run("for-each-ref", "--format=%(refname)", *places))
    names = {ref.removeprefix(places[0]).removeprefix(places[1]) for ref in out.splitlines()}
    return names - {"HEAD"}
