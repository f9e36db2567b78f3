"""Git as a reader: one absolute program, a fixed list of plumbing commands, nothing executed.

A repository's configuration, attributes and refs belong to whoever wrote them. Every command here
was tried against a configuration full of programs (tests/snapshots/test_canaries.py) and ran none.
"""

from __future__ import annotations

import os
import subprocess
from functools import cache
from typing import TYPE_CHECKING

from snitch.findings.problem import CannotJudgeError
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TIMEOUT = 30.0
"""Seconds that one command, or one answer of a conversation, may take."""

COMMANDS = frozenset(
    {
        "cat-file",
        "check-attr",
        "config",
        "diff-index",
        "diff-tree",
        "for-each-ref",
        "ls-files",
        "merge-base",
        "rev-list",
        "show-ref",
        "version",
    }
)

OPTIONS = (
    "--literal-pathspecs",
    "--no-replace-objects",
    "--no-optional-locks",
    "--no-pager",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.attributesFile=/dev/null"),
    *("-c", "protocol.allow=never"),
    *("-c", "safe.bareRepository=explicit"),
    *("-c", "core.quotePath=false"),
)

ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_ATTR_NOSYSTEM": "1",
}

INHERITED = ("PATH", "HOME", "XDG_CONFIG_HOME", "SYSTEMROOT")

OLDEST = (2, 30)

LEFT = ("promisor remote", "lazy fetching disabled")
"""What Git says where it misses an object that a partial clone left on the server."""
UNFILTERED = "run `git fetch --refetch --no-filter`, or clone without `--filter`"
"""What brings all of them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command wrote, and its exit status."""

    status: int
    out: bytes
    err: str


@dataclass(frozen=True, slots=True)
class Git:
    """The program, bound to one repository.

    Args:
        git_dir: The repository's own directory; a linked worktree's where there is one.
        work_tree: None for a bare repository.
        variables: Validated `GIT_INDEX_FILE` and object directories of the hook that runs us.
        room: Bytes of unpacked objects that a command keeps; None for as many as Git likes.
    """

    git_dir: Path
    work_tree: Path | None
    variables: Mapping[str, str]
    room: int | None = None

    def command(self, name: str, *args: str) -> list[str]:
        """The full argument list of an allowed command.

        Raises:
            CannotJudgeError: there is no usable Git.
        """
        if name not in COMMANDS:
            raise ValueError(name)
        place = [f"--git-dir={self.git_dir}"]
        if self.work_tree is not None:
            place.append(f"--work-tree={self.work_tree}")
        room = () if self.room is None else ("-c", f"core.deltaBaseCacheLimit={self.room}")
        return [program(), *place, *OPTIONS, *room, name, *args]

    def environment(self) -> dict[str, str]:
        """The whole environment of a command: nothing of the caller's but where things are."""
        return environment() | dict(self.variables)

    @property
    def directory(self) -> Path:
        """Where commands run."""
        return self.work_tree or self.git_dir

    def run(self, name: str, *args: str, stdin: bytes = b"", accept: tuple[int, ...] = ()) -> bytes:
        """Standard output of an allowed command.

        Raises:
            CannotJudgeError: it failed with a status that is not accepted, or took too long.
        """
        return self.accepted(name, self.ask(name, *args, stdin=stdin), accept)

    def ask(self, name: str, *args: str, stdin: bytes = b"") -> Answer:
        """An allowed command's output and status, whatever it is."""
        return self.begin(name, *args).answer(stdin)

    def begin(self, name: str, *args: str) -> Running:
        """An allowed command that runs while its caller does something else."""
        return Running(self.command(name, *args), self.directory, self.environment())

    def accepted(self, name: str, answer: Answer, accept: tuple[int, ...] = ()) -> bytes:
        """What a command wrote.

        Raises:
            CannotJudgeError: it failed with a status that is not accepted.
        """
        if answer.status and answer.status not in accept:
            said = (answer.err.strip().splitlines() or ["no word why"])[-1]
            message = f"`git {name}` failed with status {answer.status}: {said}"
            remedy = f"run `git fsck` in {self.directory}, and mend what it reports"
            if any(word in answer.err for word in LEFT):
                remedy = UNFILTERED
            raise CannotJudgeError(message, remedy)
        return answer.out


def configured(level: str, key: str) -> list[str]:
    """The values of a key in the `global` or `system` configuration, never a repository's."""
    line = [program(), "config", f"--{level}", "--includes", "-z", "--get-all", key]
    answer = execute(line, os.sep, environment(), b"")
    return os.fsdecode(answer.out).split("\0")[:-1] if answer.status == 0 else []


def environment() -> dict[str, str]:
    """The environment of every command, before a hook's variables."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return inherited | ENVIRONMENT


def program() -> str:
    """Git's absolute path, on the `PATH` of now.

    Raises:
        CannotJudgeError: there is none, or it is older than 2.30.
    """
    return _program(os.environ.get("PATH", os.defpath))


@cache
def _program(path: str) -> str:
    for directory in path.split(os.pathsep):
        found = os.path.join(directory, "git")  # noqa: PTH118 - a PATH entry may be any text
        if os.path.isabs(directory) and os.access(found, os.X_OK) and not os.path.isdir(found):  # noqa: PTH112, PTH117 - as above
            _check_version(found)
            return found
    message = "Git is not installed, or not on PATH"
    raise CannotJudgeError(message, "install Git 2.30 or later")


def _check_version(found: str) -> None:
    said = os.fsdecode(execute([found, "version"], os.sep, environment(), b"").out)
    numbers = said.removeprefix("git version ").split(".")
    try:
        version = (int(numbers[0]), int(numbers[1]))
    except (IndexError, ValueError):
        version = (0, 0)
    if version < OLDEST:
        message = f"{found} says {said.strip()!r}, and Snitch needs Git 2.30 or later"
        raise CannotJudgeError(message, "install Git 2.30 or later")


def execute(
    line: list[str], directory: Path | str, variables: Mapping[str, str], stdin: bytes
) -> Answer:
    """A command's output and status, within `TIMEOUT`; see `Running`."""
    return Running(line, directory, variables).answer(stdin)


class Running:
    """A command while it runs.

    Raises:
        CannotJudgeError: it cannot be started.
    """

    def __init__(
        self, line: list[str], directory: Path | str, variables: Mapping[str, str]
    ) -> None:
        pipe = subprocess.PIPE
        try:
            self._process = subprocess.Popen(  # noqa: S603 - an absolute program, an allowed command
                line, cwd=directory, env=variables, stdin=pipe, stdout=pipe, stderr=pipe
            )
        except OSError as error:
            message = f"Git could not be started: {error.strerror}"
            raise CannotJudgeError(message, "check that Git is installed and may be run") from None

    def answer(self, stdin: bytes = b"") -> Answer:
        """Its output and status, once.

        Raises:
            CannotJudgeError: they take longer than `TIMEOUT` from now.
        """
        try:
            out, err = self._process.communicate(stdin, TIMEOUT)
        except subprocess.TimeoutExpired:
            message = f"Git did not answer within {TIMEOUT:.0f} seconds"
            remedy = "check that the repository's disk answers, and run again"
            raise CannotJudgeError(message, remedy) from None
        finally:
            self.stop()
        return Answer(self._process.returncode, out, os.fsdecode(err))

    def stop(self) -> None:
        """End it, where it still runs."""
        with self._process:
            self._process.kill()
