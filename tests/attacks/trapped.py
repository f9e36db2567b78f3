"""A repository armed with everything that could make Git or Python run it, and a watch over it."""

from __future__ import annotations

import ast
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from repo import Repo
from snapshots.test_canaries import ATTRIBUTES
from snapshots.test_canaries import Trap
from snapshots.test_canaries import _arm as arm
from trust.test_machine import booby_trapped

if TYPE_CHECKING:
    from collections.abc import Callable

WATCHED = Path(__file__).with_name("watched.py")
Traps = tuple[Repo, Trap, Path]


def trapped(tmp_path: Path, prepare: Callable[[Repo], object] = lambda _: None) -> Traps:
    """A repository that a branch armed with all that is known; the trap, and its other trace."""
    repo, canary = booby_trapped(tmp_path)
    attributes = f"{ATTRIBUTES}*.json filter=evil diff=evil ident working-tree-encoding=UTF-8\n"
    repo.commit("attributes", {".gitattributes": attributes})
    prepare(repo)
    repo.tracking()
    (tmp_path / "trap").mkdir()
    trap = Trap(tmp_path / "trap")
    arm(repo, trap)
    (tmp_path / "out").mkdir()
    os.utime(repo.root / "models/churn/metrics.json", (1, 1))
    return repo, trap, canary


def contents(root: Path) -> dict[str, str]:
    """Every file below a directory, Git's own too."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def watched(repo: Repo, home: Path, command: list[str]) -> list[list[str]]:
    """What the run of one command did, as (kind, what)."""
    out = str(home / "out")
    done = subprocess.run(
        [sys.executable, "-B", WATCHED, home / "log", *(one.format(out=out) for one in command)],
        cwd=repo.root,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "PYTHONPATH": ".",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PAGER": str(home / "trap/canary"),
            "EDITOR": str(home / "trap/canary"),
        },
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr
    return [ast.literal_eval(line) for line in (home / "log").read_text().splitlines()]


def assert_quiet(traps: Traps, events: list[list[str]], allowed: tuple[Path, ...]) -> None:
    """Nothing ran but Git, nothing was sent, and Python wrote below these places only."""
    repo, trap, canary = traps
    assert trap.ran() == ""
    assert not canary.exists()
    places = tuple(map(str, allowed))
    for kind, *said in events:
        what = str(said[0])
        assert kind != "socket", said
        if kind == "program":
            assert Path(what).name == "git"
            assert Path(what).is_absolute()
        if kind == "code":
            assert not what.startswith(str(repo.root)), what
        if kind == "write":
            assert what == os.devnull or what.startswith(places), what
