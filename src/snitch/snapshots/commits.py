"""Commits: what the raw object says of itself, and the walks along history."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from typing import TYPE_CHECKING
from typing import Literal

from snitch.findings.problem import CannotJudgeError
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from snitch.snapshots.git import Git

MAX_COMMIT = 1 << 20
"""Bytes of a commit that are read: its headers come first."""

SIGNATURE = re.compile(r"(?P<name>.*?) ?<(?P<email>[^>]*)> (?P<time>-?[0-9]{1,18})(?: [+-][0-9]+)?")


GIVEN_UP = (
    *("--stdin", "-r", "-z", "--raw", "--no-abbrev", "--full-index"),
    *("--no-renames", "--no-ext-diff", "--no-textconv"),
)


@dataclass(frozen=True, slots=True)
class Removal:
    """A file that a branch once held."""

    commit: str
    """The last commit that held it."""
    path: str
    oid: str
    """Its blob."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who wrote or committed it, as the commit claims."""

    name: str
    email: str
    time: int
    """Seconds since 1970 in UTC, as claimed: anybody can write any date."""


@dataclass(frozen=True, slots=True)
class CommitInfo:
    """The headers of a commit."""

    oid: str
    tree: str
    parents: tuple[str, ...]
    author: Person
    committer: Person
    subject: str


def parse_commit(oid: str, data: bytes) -> CommitInfo:
    """A raw commit object.

    Raises:
        CannotJudgeError: it has no tree.
    """
    head, _, body = data.partition(b"\n\n")
    tree = ""
    parents: list[str] = []
    people: dict[str, Person] = {}
    for line in head.decode("utf-8", "replace").split("\n"):
        key, _, value = line.partition(" ")
        match key:
            case "tree" if not tree:
                tree = value
            case "parent":
                parents.append(value)
            case "author" | "committer":
                people.setdefault(key, _person(value))
    if len(tree) != len(oid):
        message = f"Git commit {oid} has no tree"
        raise CannotJudgeError(message, "run `git fsck`, and mend what it reports")
    nobody = Person("", "", 0)
    return CommitInfo(
        oid,
        tree,
        tuple(parents),
        people.get("author", nobody),
        people.get("committer", nobody),
        body.lstrip(b"\n").partition(b"\n")[0].decode("utf-8", "replace"),
    )


def find_merge_bases(git: Git, one: str, other: str) -> tuple[str, ...]:
    """The best common ancestors: none for strangers, or where a shallow clone cut them off."""
    return tuple(git.run("merge-base", "--all", one, other, accept=(1,)).decode("ascii").split())


def list_first_parents(git: Git, commit: str, limit: int, path: str | None = None) -> list[str]:
    """Commits along first parents from one on, newest first.

    With a path, only those that changed something at or below it.
    """
    options = ("--first-parent", f"--max-count={limit}", "--end-of-options", commit, "--")
    paths = () if not path else (path,)
    return git.run("rev-list", *options, *paths).decode("ascii").split()


def list_between(git: Git, base: str, tip: str, limit: int) -> list[str]:
    """Commits that one commit has in its history and another has not, at most `limit`."""
    options = (f"--max-count={limit}", "--end-of-options", tip, f"^{base}", "--")
    return git.run("rev-list", *options).decode("ascii").split()


def list_removals(git: Git, commits: Sequence[str], how: Literal["D", "M"] = "D") -> list[Removal]:
    """The files that commits took away, or (`M`) what they put something else in place of.

    The commits are the newest first, each followed by its first parent.
    """
    pairs = [f"{commit} {before}\n" for commit, before in pairwise(commits)]
    if not pairs:
        return []
    given_up = (*GIVEN_UP, f"--diff-filter={how}")
    out = git.run("diff-tree", *given_up, stdin="".join(pairs).encode("ascii"))
    found, before = [], dict(pairwise(commits))
    fields = iter(os.fsdecode(out).split("\0"))
    commit = ""
    for field in fields:
        if field.startswith(":"):
            found.append(Removal(before[commit], next(fields), field.split(" ")[2]))
        else:
            commit = field.strip()
    return found


def _person(text: str) -> Person:
    match = SIGNATURE.fullmatch(text)
    if match is None:
        return Person(text, "", 0)
    return Person(match["name"], match["email"], int(match["time"]))
