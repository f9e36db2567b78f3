"""Which files of a working tree have other line ends than Git keeps: CRLF here, LF there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from snitch.snapshots.git import Git

CRLF, LF = b"\r\n", b"\n"
ON = frozenset({"true", "yes", "on", "1", "input"})


def kept_with_lf(git: Git, paths: Iterable[str]) -> frozenset[str]:
    """The paths whose CRLF Git stores as LF, by attributes and by `core.autocrlf`.

    Raises:
        CannotJudgeError: Git cannot say.
    """
    names = os.fsencode("\0".join([*paths, ""]))
    out = os.fsdecode(git.run("check-attr", "-z", "--stdin", "text", "eol", stdin=names))
    said = os.fsdecode(git.run("config", "--get", "core.autocrlf", accept=(1,)))
    by_default = said.strip().lower() in ON
    fields = out.split("\0")
    # For each path twice its name, an attribute and the value: `text` first, then `eol`.
    rows = zip(fields[::6], fields[2::6], fields[5::6], strict=False)
    return frozenset(_converted(rows, by_default=by_default))


def _converted(rows: Iterable[tuple[str, str, str]], *, by_default: bool) -> Iterator[str]:
    for path, text, eol in rows:
        declared = text in ("set", "auto") or eol in ("lf", "crlf")
        if text != "unset" and (declared or by_default):
            yield path
