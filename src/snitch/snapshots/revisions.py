"""From what a person calls a commit to its id, without a chance to be misled.

`origin/main` may be a branch, a tag or a remote's branch; Git picks one and warns, Snitch asks.
Text from outside reaches Git only as a full ref name or as hexadecimal digits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import NoReturn

from snitch.findings.problem import CannotJudgeError

if TYPE_CHECKING:
    from snitch.snapshots.git import Git
    from snitch.snapshots.objects import Objects

REVISION = re.compile(r"(?P<name>[^~^]+)(?P<steps>(?:~[0-9]{0,6}|\^[0-9]{0,2})*)", re.ASCII)
NAME = re.compile(r"(?!-)[^\x00-\x20\x7f~^:?*\[\\]+")
BAD_PARTS = ("..", "@{", "//")
HEX = re.compile(r"[0-9a-f]{7,64}", re.ASCII)
FULL = (40, 64)
SPACES = ("refs/remotes/", "refs/heads/", "refs/tags/")
HEAD = "HEAD"
MAX_NAME = 1024


def is_ref_name(name: str) -> bool:
    """Whether Git would take this as a ref's name."""
    parts = name.split("/")
    return (
        len(name) <= MAX_NAME
        and NAME.fullmatch(name) is not None
        and name.isprintable()
        and not any(bad in name for bad in BAD_PARTS)
        and not any(part.startswith(".") or part.endswith((".lock", ".")) for part in parts)
        and all(parts)
        and name != "@"
    )


class Revisions:
    """Resolves the names of commits.

    Whether its history is cut off is for the remedy.
    """

    def __init__(self, git: Git, objects: Objects, *, shallow: bool) -> None:
        self._git = git
        self._objects = objects
        self._shallow = shallow
        self._refs: dict[tuple[str, ...], dict[str, str]] = {}

    def resolve(self, rev: str) -> str:
        """The id of the commit that a branch, tag, full ref, `HEAD` or id names.

        Steps back (`~n`, `^n`) may follow.

        Raises:
            CannotJudgeError: there is no such commit, or more than one.
        """
        match = REVISION.fullmatch(rev)
        if match is None or not is_ref_name(match["name"]):
            message = f"{rev!r} is no name of a commit"
            raise CannotJudgeError(message, FORMS)
        start = self._named(match["name"])
        return self._peel(start + match["steps"], rev) if match["steps"] else start

    def find(self, *refs: str) -> dict[str, str]:
        """The commits that full ref names record, without those that do not exist.

        A run asks once for the same names: whatever moves meanwhile, all of it judges one state.

        Raises:
            CannotJudgeError: one records an object that is no commit, or not there.
        """
        if refs not in self._refs:
            out = self._git.run("for-each-ref", "--format=%(refname) %(objectname)", *refs)
            pairs = [line.split(" ") for line in out.decode("utf-8", "replace").splitlines()]
            self._refs[refs] = {ref: self._peel(oid, ref) for ref, oid in pairs if ref in refs}
        return self._refs[refs]

    def head(self) -> str | None:
        """The commit of HEAD, None before the first.

        Raises:
            CannotJudgeError: HEAD records a commit that is not there, or Git cannot say.
        """
        answer = self._git.ask("show-ref", "--verify", "--", HEAD)
        if answer.status == 0:
            return self._peel(answer.out.decode("ascii").split(" ")[0], HEAD)
        if "not a valid ref" in answer.err:
            return None
        if "bad ref" not in answer.err:
            self._git.accepted("show-ref", answer)
        raise self.absent(HEAD)

    def absent(self, name: str) -> CannotJudgeError:
        """The error that a missing commit is, with the command that brings it."""
        branch = name.removeprefix("refs/remotes/").removeprefix("origin/")
        fetch = "git fetch --unshallow" if self._shallow else "git fetch"
        if name.removeprefix("refs/remotes/").startswith("origin/") and is_ref_name(branch):
            fetch += f" origin '+refs/heads/{branch}:refs/remotes/origin/{branch}'"
        else:
            fetch += " --tags origin"
        if self._shallow:
            message = f"there is no commit {name!r} in this shallow clone"
            return CannotJudgeError(message, f"{fetch}, or check out with `fetch-depth: 0`")
        return CannotJudgeError(f"there is no commit {name!r} here", fetch)

    def _named(self, name: str) -> str:
        if name == HEAD:
            found = self.head()
            if found is None:
                message = "the repository has no commits yet"
                raise CannotJudgeError(message, "commit something first: `git commit`")
            return found
        refs = [name] if name.startswith("refs/") else [space + name for space in SPACES]
        commits = self.find(*refs)
        is_id = HEX.fullmatch(name) is not None
        if len(commits) > 1 or (commits and is_id):
            named = ", ".join(f"`{ref}`" for ref in commits) + (" or an id" if is_id else "")
            message = f"{name!r} is not one name: it may be {named}"
            raise CannotJudgeError(message, f"give the full name, such as {next(iter(commits))}")
        if commits:
            return next(iter(commits.values()))
        return self._identified(name) if is_id else self._missing(name)

    def _identified(self, prefix: str) -> str:
        commit = self._peel(prefix, prefix)
        return commit if len(prefix) in FULL or commit.startswith(prefix) else self._missing(prefix)

    def _peel(self, name: str, said: str) -> str:
        found = self._objects.find([f"{name}^{{commit}}"], 0)[0]
        return found.oid if found is not None else self._missing(said)

    def _missing(self, name: str) -> NoReturn:
        raise self.absent(name)


FORMS = "give a branch, a tag, a full ref name or a commit id, with `~n` or `^n` if need be"
