"""Run by the canary test as a program of its own: Snitch under an audit hook that writes a log.

The first argument is the log, the others are Snitch's. One literal a line, an event that starts a
program, opens a connection, runs code of a file, or changes the disk.
"""

from __future__ import annotations

import os
import sys
from typing import Any

LOG = os.open(sys.argv.pop(1), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
PROGRAMS = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "pty.spawn"}
CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod"}


def told(value: object) -> Any:
    """An argument as plain text."""
    if isinstance(value, (list, tuple)):
        return [told(one) for one in value]
    return os.fsdecode(value) if isinstance(value, bytes) else str(value)


def opened_to_write(path: object, _mode: object, flags: int | None) -> bool:
    """Whether a path is opened for anything but reading."""
    return isinstance(path, (str, bytes)) and bool((flags or 0) & WRITING)


def hook(event: str, args: tuple[Any, ...]) -> None:
    """Write down what the test asks about."""
    if event in PROGRAMS:
        said = ["program", told(args[0]), told(args[1]) if len(args) > 1 else []]
    elif event.startswith("socket.") and event != "socket.gethostname":
        said = ["socket", event]
    elif event == "exec":
        said = ["code", getattr(args[0], "co_filename", "")]
    elif event == "os.mkdir" and os.path.isdir(args[0]):  # noqa: PTH112 - plain functions only
        return
    elif event in CHANGES or (event == "open" and opened_to_write(*args)):
        said = ["write", told(args[0])]
    else:
        return
    os.write(LOG, (repr(said) + "\n").encode(errors="backslashreplace"))


sys.addaudithook(hook)

from snitch.cli import main  # noqa: E402 - everything from here on is watched

sys.argv[0] = "snitch"
main()
