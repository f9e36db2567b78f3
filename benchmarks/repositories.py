"""Makes model repositories of any size, fast: blobs are named by their hash before Git sees them.

`refs/remotes/origin/main` is production. `HEAD`, the branch `one`, changes a single model on top of
it, as do index and files; the branch `every` releases all of them anew.
"""

from __future__ import annotations

import hashlib
import subprocess
from dataclasses import replace
from datetime import date
from typing import IO
from typing import TYPE_CHECKING

from snitch.frozen import dataclass
from snitch.registry import example

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TODAY = date(2026, 11, 23)
AUTHOR = b"Bench <bench@example.com> 1795000000 +0000"
ON_DISK = 10_000
"""Models up to which the files are checked out: index and commits are judged without them."""
PATTERN = example.PRODUCTION[0]


@dataclass(frozen=True, slots=True)
class Models:
    """A repository and how many models it holds."""

    root: Path
    count: int


def make(root: Path, count: int) -> Models:
    """Write a repository of `count` models, unless it is already there."""
    if not (root / ".git" / "made").exists():
        root.mkdir(parents=True, exist_ok=True)
        _git(root, "init", "--quiet", "--initial-branch=main")
        _import(root, count)
        _git(root, "symbolic-ref", "HEAD", "refs/heads/one")
        _git(root, "update-ref", "refs/remotes/origin/main", "refs/heads/main")
        _git(root, "config", "remote.origin.url", "https://example.com/models.git")
        _git(root, "repack", "-a", "-d", "--quiet")
        _git(root, "read-tree", "refs/heads/one")
        if count <= ON_DISK:
            _git(root, "checkout-index", "--all", "--quiet")
        (root / ".git" / "made").touch()
    return Models(root, count)


def stand_on(root: Path, branch: str) -> None:
    """Put HEAD on a branch; index and files stay, so that on `main` the change is a staged one."""
    _git(root, "symbolic-ref", "HEAD", f"refs/heads/{branch}")


def _import(root: Path, count: int) -> None:
    command = ["git", "fast-import", "--quiet", "--done"]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        out = process.stdin
        policy = ("snitch.yaml", example.policy(TODAY))
        production = [policy, *_files(count)]
        _commit(out, b"main", b"", production)
        _commit(out, b"one", b"from refs/heads/main\n", _files(1, released=True))
        _commit(out, b"every", b"from refs/heads/main\n", _files(count, released=True))
        out.write(b"done\n")
    if process.returncode:
        raise RuntimeError(" ".join(command))


def _files(count: int, *, released: bool = False) -> Iterable[tuple[str, str]]:
    for number in range(count):
        name = f"model-{number:06}"
        model = replace(PATTERN, name=name, weights="1.0.0")
        if released:
            model = replace(
                model,
                version="1.1.0",
                trained=6,
                cutoff=9,
                weights="1.1.0",
                metrics=(("auc", "0.913"), ("log_loss", "0.309")),
                note="Retrained.",
                earlier=(model,),
            )
        yield from example.files(model, TODAY).items()


def _commit(out: IO[bytes], branch: bytes, start: bytes, files: Iterable[tuple[str, str]]) -> None:
    """Blobs first, then the commit that names them by their ids."""
    lines = []
    for path, text in files:
        data = text.encode()
        oid = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
        out.write(b"blob\ndata %d\n%s\n" % (len(data), data))
        lines.append(b"M 100644 %s %s\n" % (oid.encode(), path.encode()))
    out.write(b"commit refs/heads/%s\ncommitter %s\ndata 5\nbench\n%s" % (branch, AUTHOR, start))
    out.writelines(lines)
    out.write(b"\n")


def _git(root: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=root, check=True, stdout=subprocess.DEVNULL)
