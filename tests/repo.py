"""A throwaway Git repository that tests write to, with every setting of the machine shut out."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ENVIRONMENT = {
    "GIT_AUTHOR_NAME": "Ana",
    "GIT_AUTHOR_EMAIL": "ana@example.com",
    "GIT_AUTHOR_DATE": "2026-10-04T12:00:00+00:00",
    "GIT_COMMITTER_NAME": "Ben",
    "GIT_COMMITTER_EMAIL": "ben@example.com",
    "GIT_COMMITTER_DATE": "2026-10-04T12:00:00+00:00",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


class Repo:
    """A repository in a directory of its own, on the branch `main`.

    Args:
        root: Where it is made, or already stands.
        init: Options of `git init`.
        existing: Take the repository that stands there instead of making one.
    """

    def __init__(self, root: Path, *init: str, existing: bool = False) -> None:
        self.root = root
        self.environment = {
            **ENVIRONMENT,
            "PATH": os.environ["PATH"],
            "HOME": str(root.parent),
        }
        if not existing:
            root.mkdir(parents=True, exist_ok=True)
            self.git("init", "--quiet", "--initial-branch=main", *init)

    def git(
        self,
        *args: str | os.PathLike[str],
        stdin: bytes = b"",
        environment: Mapping[str, str] | None = None,
    ) -> str:
        """Standard output of one Git command, without its last newline."""
        done = subprocess.run(
            ["git", *args],
            cwd=self.root,
            env={**self.environment, **(environment or {})},
            input=stdin,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            message = f"git {args}: {done.returncode}\n{os.fsdecode(done.stderr)}"
            raise AssertionError(message)
        return os.fsdecode(done.stdout).removesuffix("\n")

    def write(self, files: Mapping[str, str | bytes | None]) -> Repo:
        """Writes files below the root, making directories; None removes one."""
        for name, content in files.items():
            path = self.root / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def commit(
        self,
        message: str = "change",
        files: Mapping[str, str | bytes | None] | None = None,
    ) -> str:
        """Commits the whole working tree, after writing files; the new commit's id."""
        self.write(files or {})
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "--no-verify", "-m", message)
        return self.head()

    def head(self) -> str:
        """The id of the commit that is checked out."""
        return self.git("rev-parse", "HEAD")

    def branch(self, name: str, *start: str) -> Repo:
        """Makes a branch, here or at a commit, and checks it out."""
        self.git("checkout", "--quiet", "-b", name, *start)
        return self

    def checkout(self, name: str) -> Repo:
        """Checks out a branch or a commit."""
        self.git("checkout", "--quiet", name)
        return self

    def merge(self, name: str, message: str = "merge") -> str:
        """Merges a branch into the one checked out, always with a commit; its id."""
        self.git("merge", "--quiet", "--no-ff", "--no-verify", "-m", message, name)
        return self.head()

    def clone(self, target: Path, *options: str) -> Repo:
        """A clone over the file protocol, so that `--depth` and `--filter` work."""
        self.git("clone", "--quiet", *options, f"file://{self.root}", target)
        return Repo(target, existing=True)

    def tracking(self, branch: str = "main", remote: str = "origin") -> Repo:
        """Pretends that a remote exists and that a branch was just pushed to it."""
        if remote not in self.git("remote").split("\n"):
            self.git("remote", "add", remote, "https://git.example/models.git")
        self.git("update-ref", f"refs/remotes/{remote}/{branch}", branch)
        return self
