"""Lines of `.gitattributes`: which of them an edit adds or removes, and whose files they reach."""

from __future__ import annotations

from collections import Counter
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from snitch.policy import POLICY_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence


def reaching(
    path: str, before: str, now: str, metadata: Sequence[str]
) -> tuple[int | None, str, str] | None:
    """The first edited line that reaches a metadata file; None where none does.

    `before` and `now` are the file's text, empty in production where there is none there.

    Returns:
        The line's number (None where it was removed), its text, and a file that it reaches.
    """
    directory = path.rpartition("/")[0]
    for number, line in _edited(before, now):
        pattern = _pattern(line)
        if pattern is None:
            return number, line, metadata[0] if metadata else POLICY_FILE
        reached = next((one for one in metadata if _matches(one, pattern, directory)), None)
        if reached is not None:
            return number, line, reached
    return None


def _edited(before: str, now: str) -> Iterator[tuple[int | None, str]]:
    """Lines that were added, with their numbers, then those that were removed.

    Where the same lines only change their order, all of them count: the last one wins.
    """
    old, new = _lines(before), _lines(now)
    had, has = Counter(line for _, line in old), Counter(line for _, line in new)
    if had == has:
        if [line for _, line in old] != [line for _, line in new]:
            yield from new
        return
    for number, line in new:
        if has[line] > had[line]:
            yield number, line
    for line in had - has:
        yield None, line


def _lines(text: str) -> list[tuple[int, str]]:
    lines = ((number, line.strip(" \t\r")) for number, line in enumerate(text.split("\n"), 1))
    return [(number, line) for number, line in lines if line and not line.startswith("#")]


def _pattern(line: str) -> str | None:
    """The line's pattern; None for a macro, which may reach anything."""
    if line.startswith("[attr]"):
        return None
    if line.startswith('"'):
        return line[1:].partition('"')[0]
    return line.split(maxsplit=1)[0]


def _matches(path: str, pattern: str, directory: str) -> bool:
    """Whether a pattern of the attribute file in a directory reaches a path, as Git does.

    Letter case is ignored, as Git does on some machines: rather one line too many than one too
    few.
    """
    if directory and not path.startswith(f"{directory}/"):
        return False
    inner = path[len(directory) + 1 :] if directory else path
    inner, pattern = inner.casefold(), pattern.casefold()
    if "/" not in pattern:
        return fnmatchcase(inner.rpartition("/")[2], pattern)
    # `*` here also crosses directories, which Git's does not: again rather one too many.
    return fnmatchcase(inner, pattern.lstrip("/")) or fnmatchcase(f"/{inner}", pattern)
