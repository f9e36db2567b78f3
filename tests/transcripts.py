"""Pages whose shell sessions are real: each command is run, and its output stands beneath it.

`python tests/transcripts.py docs/tutorial.md` writes the output of today into a page; the tests
run the same and compare. `<!-- repository: NAME -->` starts a session in a repository of that
shape, and every page starts in an empty directory.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from repo import ENVIRONMENT
from repo import Repo
from shapes import SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterator

_PART = re.compile(
    r"^<!-- repository: ([a-z -]+) -->$|^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
_CHANGING = (
    (re.compile(r"\b[0-9a-f]{12}\b|\b[0-9a-f]{64}\b"), "0" * 12),
    (re.compile(r"\b20[0-9]{2}-[0-9]{2}-[0-9]{2}\b"), "2026-11-23"),
    (re.compile(r"\b[0-9a-f]{7}\b"), "0" * 7),
)
"""What differs from one day and machine to the next: commits, digests and the day."""
_PROGRESS = "Uploading LFS objects"


@dataclass
class Session:
    """A shell, as far as a page needs one."""

    directory: Path
    home: Path
    status: int = 0
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, command: str) -> str:
        """What a command prints, on either stream."""
        after = self.home / "after"
        script = f"(exit {self.status})\n{command}\necho \"$?:$PWD\" > '{after}'\n"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.directory,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            text=True,
        )
        status, _, directory = after.read_text().strip().partition(":")
        self.status, self.directory = int(status), Path(directory)
        return done.stdout


def played(text: str, home: Path) -> str:
    """A page with the output that its commands give now."""
    scratch = home / "work"
    scratch.mkdir(parents=True)
    programs = Path(sys.executable).parent
    session = Session(scratch, home)
    session.environment = {
        **{name: value for name, value in ENVIRONMENT.items() if name != "GIT_CONFIG_GLOBAL"},
        "PATH": f"{programs}:{os.environ['PATH']}",
        "HOME": str(home),
        "GIT_ADVICE": "0",
    }

    def replaced(part: re.Match[str]) -> str:
        if part[1] is not None:
            session.directory = _repository(home / part[1].replace(" ", "-"), part[1])
            return part[0]
        return "```console\n" + "".join(_answered(session, part[2])) + "```"

    return _PART.sub(replaced, text)


def _repository(root: Path, shape: str) -> Path:
    repo = Repo(root)
    repo.commit("as it is", SHAPES[shape].files)
    return root


def _answered(session: Session, block: str) -> Iterator[str]:
    """The commands of a block (`$`, continued by `>`), each with what it prints."""
    for command in re.findall(r"^\$ .*\n(?:> ?.*\n)*", block, re.MULTILINE):
        yield command
        first, *rest = command.splitlines()
        output = session.run("\n".join([first[2:], *(line[2:] for line in rest)]))
        lines = [line.rstrip() for line in output.splitlines() if not line.startswith(_PROGRESS)]
        yield "".join(f"{line}\n" for line in lines)


def steady(text: str) -> str:
    """A page without what differs from day to day."""
    for pattern, instead in _CHANGING:
        text = pattern.sub(instead, text)
    return text


if __name__ == "__main__":
    for name in sys.argv[1:]:
        page = Path(name)
        with tempfile.TemporaryDirectory() as temporary:
            page.write_text(played(page.read_text(), Path(temporary) / "home"))
