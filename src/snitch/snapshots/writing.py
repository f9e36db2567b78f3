"""The only room that writes to a repository: objects and one new branch, never what a person has.

No command here knows a working tree or an index, and no hook runs. What is written before the last
step is objects that nothing refers to, which Git itself clears away; the last step makes the branch
and verifies in one transaction that the refs it was prepared from are still where they were.
"""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

from snitch.findings.problem import CannotJudgeError
from snitch.snapshots.git import OPTIONS
from snitch.snapshots.git import execute
from snitch.snapshots.git import program
from snitch.snapshots.revisions import is_ref_name
from snitch.snapshots.snapshot import Entry
from snitch.snapshots.snapshot import Kind
from snitch.snapshots.trees import MODES
from snitch.snapshots.trees import tree_digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.snapshots.repository import Repository

COMMANDS = frozenset({"commit-tree", "mktree", "update-ref"})

IDENTITY = tuple(
    f"GIT_{who}_{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL", "DATE")
)
"""Variables that say who commits, and when; without them Git's configuration does."""

TYPES = {Kind.DIRECTORY: b"tree", Kind.SUBMODULE: b"commit"}


def write_tree(repository: Repository, base: str, edits: Mapping[str, Entry | None]) -> str:
    """Write a commit's tree with some files replaced, added or (None) removed; the tree's id.

    What is not named stays to the byte.

    Raises:
        CannotJudgeError: an edit meets something that stands in its way, or Git does not write.
    """
    pending: dict[str, Mapping[str, Entry]] = {}
    root = _edited(repository, repository.commit_info(base).tree, edits, "", pending)
    if root is None:
        root = tree_digest({}, repository.objects.format)
        pending[root] = {}
    lines = b"".join(_listed(entries) + b"\0" for entries in pending.values())
    said = _run(repository, "mktree", "-z", "--batch", "--missing", stdin=lines)
    written = said.decode("ascii").split()
    if written != list(pending):
        message = "Git wrote other trees than it was given"
        raise CannotJudgeError(message, "run `git fsck`, and mend what it reports")
    return root


def write_commit(repository: Repository, tree: str, parent: str, message: str) -> str:
    """Write a commit; its id.

    Raises:
        CannotJudgeError: Git does not know who commits, or does not write.
    """
    text = message.encode("utf-8", "backslashreplace")
    return _run(repository, "commit-tree", tree, "-p", parent, stdin=text).decode("ascii").strip()


def create_branch(
    repository: Repository, branch: str, commit: str, unmoved: Mapping[str, str]
) -> None:
    """Make a new branch, if and only if other refs are still what they were.

    `unmoved` are full ref names, with the commits that they must hold.

    Raises:
        CannotJudgeError: the branch exists, or a ref has moved; then nothing has changed.
    """
    if not is_ref_name(branch) or branch == "HEAD" or branch.startswith("-"):
        message = f"{branch!r} is no name of a branch"
        raise CannotJudgeError(message, "name another one: --branch NAME")
    if repository.find_refs(f"refs/heads/{branch}"):
        message = f"a branch `{branch}` stands there already"
        raise CannotJudgeError(message, "delete it, or name another one: --branch NAME")
    lines = ["start", *(f"verify {ref} {oid}" for ref, oid in unmoved.items())]
    lines += [f"create refs/heads/{branch} {commit}", "prepare", "commit", ""]
    with _uninterrupted():
        _update(repository, lines)


def remove_branch(repository: Repository, branch: str, commit: str) -> None:
    """Take a branch away again, if it is there and still where it was made.

    Raises:
        CannotJudgeError: it is not.
    """
    _update(repository, ["start", f"delete refs/heads/{branch} {commit}", "prepare", "commit", ""])


def _update(repository: Repository, lines: Sequence[str]) -> None:
    said = "\n".join(lines).encode("utf-8", "surrogateescape")
    _run(repository, "update-ref", "-m", "snitch: prepared", "--stdin", stdin=said)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Holds Ctrl-C back, from Git too, which would leave its locks behind if it were killed."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _edited(
    repository: Repository,
    tree: str | None,
    edits: Mapping[str, Entry | None],
    where: str,
    pending: dict[str, Mapping[str, Entry]],
) -> str | None:
    """The id of an edited tree, None for one that is empty then; `pending` gets what is new."""
    entries = {} if tree is None else dict(repository.objects.tree(tree))
    if tree is not None and tree_digest(entries, repository.objects.format) != tree:
        message = f"the tree of `{where or '.'}` has modes that Git does not write any more"
        raise CannotJudgeError(
            message, "write it anew in a commit of its own: git add --renormalize"
        )
    here = {path: entry for path, entry in edits.items() if "/" not in path}
    for name in (name for name, entry in here.items() if entry is None):
        entries.pop(name, None)
    for name, inner in _by_directory(edits).items():
        held = entries.pop(name, None)
        if held is not None and held.kind is not Kind.DIRECTORY:
            raise _in_the_way(f"{where}{name}")
        child = None if held is None else held.oid
        oid = _edited(repository, child, inner, f"{where}{name}/", pending)
        if oid is not None:
            entries[name] = Entry(Kind.DIRECTORY, oid)
    for name, entry in here.items():
        if name in entries and entries[name].kind is Kind.DIRECTORY:
            raise _in_the_way(f"{where}{name}")
        if entry is not None:
            entries[name] = entry
    return _kept(repository, tree, entries, pending)


def _by_directory(
    edits: Mapping[str, Entry | None],
) -> dict[str, dict[str, Entry | None]]:
    """The edits below each directory, by paths from there on."""
    below: dict[str, dict[str, Entry | None]] = {}
    for path, entry in edits.items():
        name, slash, rest = path.partition("/")
        if slash:
            below.setdefault(name, {})[rest] = entry
    return below


def _kept(
    repository: Repository,
    tree: str | None,
    entries: Mapping[str, Entry],
    pending: dict[str, Mapping[str, Entry]],
) -> str | None:
    if not entries:
        return None
    new = tree_digest(entries, repository.objects.format)
    if new != tree:
        pending[new] = entries
    return new


def _in_the_way(path: str) -> CannotJudgeError:
    message = f"`{path}` is a file on one side and a directory on the other"
    return CannotJudgeError(message, "bring both branches to one shape first, by a merge")


def _listed(entries: Mapping[str, Entry]) -> bytes:
    """A tree as `mktree` reads it."""
    return b"".join(
        b"%s %s %s\t%s\0"
        % (
            MODES.get(entry.kind, b"100755" if entry.executable else b"100644").zfill(6),
            TYPES.get(entry.kind, b"blob"),
            (entry.oid or "").encode(),
            name.encode("utf-8", "surrogateescape"),
        )
        for name, entry in entries.items()
    )


def _run(repository: Repository, name: str, *args: str, stdin: bytes) -> bytes:
    if name not in COMMANDS:
        raise ValueError(name)
    git = repository.git
    who = {key: os.environ[key] for key in IDENTITY if key in os.environ}
    line = [program(), f"--git-dir={git.git_dir}", *OPTIONS, "-c", "i18n.commitEncoding=UTF-8"]
    answer = execute([*line, name, *args], git.git_dir, git.environment() | who, stdin)
    if answer.status:
        raise _refused(name, answer.err)
    return answer.out


def _refused(name: str, said: str) -> CannotJudgeError:
    last = (said.strip().splitlines() or ["no word why"])[-1]
    if "ident" in said or "user.email" in said or "user.name" in said:
        message = "Git does not know who commits"
        return CannotJudgeError(
            message, 'say it: git config user.name "…"; git config user.email …'
        )
    if name == "update-ref":
        message = f"the branch was not made, because something moved or stands there: {last}"
        remedy = "run `git fetch`, then the command again"
        if "exists" in last:
            remedy = "delete that branch, or name this one otherwise: --branch NAME"
        return CannotJudgeError(message, remedy)
    return CannotJudgeError(
        f"`git {name}` failed: {last}", "run `git fsck`, and mend what it reports"
    )
