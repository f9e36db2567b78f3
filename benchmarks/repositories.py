"""Makes model repositories of any size, fast: blobs are named by their hash before Git sees them.

`refs/remotes/origin/main` is production. `HEAD`, the branch `one`, changes a single model on top of
it, as do index and files; the branch `every` releases all of them anew.
"""

from __future__ import annotations

import hashlib
import subprocess
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import IO
from typing import TYPE_CHECKING

from snitch.frozen import dataclass
from snitch.registry import example

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from pathlib import Path

TODAY = date(2026, 11, 23)
AUTHOR = b"Bench <bench@example.com> 1795000000 +0000"
ON_DISK = 10_000
"""Models up to which the files are checked out: index and commits are judged without them."""
AT_ONCE = 1_000
"""Models in one commit."""
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
    production, released = (_models(root, count, released=later) for later in (False, True))
    with _importing(root) as out:
        policy = ("snitch.yaml", example.policy(TODAY))
        _commit(out, b"main", b"", [_blob(out, *policy), b"M 040000 %s models\n" % production])
        start = b"from refs/heads/main\n"
        _commit(out, b"one", start, _written(out, range(1), released=True))
        _commit(out, b"every", start, [b"M 040000 %s models\n" % released])


def _models(root: Path, count: int, *, released: bool) -> bytes:
    """The id of the tree of all models, put together from commits that hold some of them each.

    In one commit Git would look for every file among all others.
    """
    with _importing(root) as out:
        for start in range(0, count, AT_ONCE):
            some = range(start, min(start + AT_ONCE, count))
            _commit(out, b"some", b"deleteall\n", _written(out, some, released=released))
    parts = _git(root, "rev-list", "--reverse", "some").decode().split()
    lines = b"".join(_git(root, "ls-tree", f"{part}:models") for part in parts)
    _git(root, "update-ref", "-d", "refs/heads/some")
    return _git(root, "mktree", given=lines).strip()


@contextmanager
def _importing(root: Path) -> Iterator[IO[bytes]]:
    command = ["git", "fast-import", "--quiet", "--done"]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        yield process.stdin
        process.stdin.write(b"done\n")
    if process.returncode:
        raise RuntimeError(" ".join(command))


def _written(out: IO[bytes], numbers: Iterable[int], *, released: bool) -> list[bytes]:
    """The lines of a commit that name the models' files, whose blobs are written at once."""
    models = (_model(number, released=released) for number in numbers)
    files = (file for model in models for file in example.files(model, TODAY).items())
    return [_blob(out, path, text) for path, text in files]


def _model(number: int, *, released: bool) -> example.Model:
    model = replace(PATTERN, name=f"model-{number:06}", weights="1.0.0")
    if not released:
        return model
    return replace(
        model,
        version="1.1.0",
        trained=6,
        cutoff=9,
        weights="1.1.0",
        metrics=(("auc", "0.913"), ("log_loss", "0.309")),
        note="Retrained.",
        earlier=(model,),
    )


def _blob(out: IO[bytes], path: str, text: str) -> bytes:
    data = text.encode()
    oid = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
    out.write(b"blob\ndata %d\n%s\n" % (len(data), data))
    return b"M 100644 %s %s\n" % (oid.encode(), path.encode())


def _commit(out: IO[bytes], branch: bytes, start: bytes, lines: Iterable[bytes]) -> None:
    out.write(b"commit refs/heads/%s\ncommitter %s\ndata 5\nbench\n%s" % (branch, AUTHOR, start))
    out.writelines(lines)
    out.write(b"\n")


def _git(root: Path, *words: str, given: bytes | None = None) -> bytes:
    done = subprocess.run(["git", *words], cwd=root, check=True, input=given, capture_output=True)
    return done.stdout
