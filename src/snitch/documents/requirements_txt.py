"""Requirement files in pip's grammar: continued lines, comments, options, and what they include."""

from __future__ import annotations

import posixpath
import re
import shlex
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from snitch.documents.dependencies import INCLUDED
from snitch.documents.dependencies import DependencyFile
from snitch.documents.dependencies import may_be_included
from snitch.documents.document import Located
from snitch.documents.document import TextDocument
from snitch.documents.encoding import KIB
from snitch.documents.encoding import decode
from snitch.documents.requirement_lines import Mention
from snitch.documents.requirement_lines import parse_editable
from snitch.documents.requirement_lines import parse_requirement
from snitch.findings import Fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from snitch.documents.dependencies import Requirement
    from snitch.documents.limits import Limits

# str.splitlines, which pip reads lines with, breaks at these too: what an editor shows as the
# tail of a comment is a requirement to pip.
_HIDDEN_BREAK = re.compile(r"[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_COMMENT = re.compile(r"(?:^|(?<=\s))#")
_OPTION = re.compile(r"(?:^|(?<=\s))-")
_QUOTED = re.compile(r"[^\t !#-&(-\[\]-~]")  # anything that is not plain ASCII out of quotes
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")

_INDEX = ("-i", "--index-url", "--pypi-url", "--extra-index-url", "-f", "--find-links")
_INCLUDE = ("-r", "--requirement", "-c", "--constraint")
_EDITABLE = ("-e", "--editable")
_FLAGS = ("--no-index", "--pre", "--prefer-binary", "--require-hashes")
_VALUED = (
    *("--no-binary", "--only-binary", "--trusted-host", "--use-feature"),
    *("--global-option", "--config-settings", "--config-setting", "-C", "--hash"),
)
_WITH_VALUE = frozenset((*_INDEX, *_INCLUDE, *_EDITABLE, *_VALUED))


@dataclass(eq=False, repr=False)
class Collected:
    """What reading has found so far, over a file and all that it includes."""

    path: str
    """The file that includes the others."""
    read: Callable[[str], bytes | None]
    limits: Limits
    requirements: list[Requirement] = field(default_factory=list)
    indexes: list[Located[str]] = field(default_factory=list)
    unparsable: list[tuple[Located[str], str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    seen: set[tuple[str, bool]] = field(default_factory=set)
    includes: int = 0

    def add(self, spelling: Located[str], found: Requirement | str) -> None:
        """Keep a requirement, or a line with the reason why it is none."""
        if isinstance(found, str):
            self.unparsable.append((spelling, found))
        else:
            self.requirements.append(found)

    def file(self, *, broken: bool = False) -> DependencyFile:
        """All of it as a value."""
        return DependencyFile(
            self.path,
            locked=False,
            requirements=tuple(self.requirements),
            indexes=tuple(self.indexes),
            unparsable=tuple(self.unparsable),
            faults=tuple(self.faults),
            broken=broken,
        )


def read_requirements_txt(
    path: str, read: Callable[[str], bytes | None], limits: Limits
) -> DependencyFile:
    """A requirement file and, in place of their lines, the files that it includes."""
    collected = Collected(path, read, limits)
    is_read = _read(path, read(path) or b"", collected, Mention())
    return collected.file(broken=not is_read)


def _read(path: str, blob: bytes, collected: Collected, mention: Mention) -> bool:
    """Collect from one file; False where it cannot be read."""
    collected.seen.add((path, mention.constraint))
    decoded = decode(path, blob, collected.limits.max_file_kib)
    if decoded.text is None:
        collected.faults += decoded.faults
        return False
    source = TextDocument(path, decoded.text)
    hidden = _HIDDEN_BREAK.search(decoded.text)
    if hidden is not None:
        collected.faults.append(_hidden_break(source, hidden))
        return False
    for line in _logical_lines(source, collected):
        if line.value:
            read_line(line, collected, mention)
    return True


def _logical_lines(source: TextDocument, collected: Collected) -> Iterator[Located[str]]:
    """Lines joined where a backslash continues them, without comments, each at its beginning."""
    parts: list[str] = []
    first = 0
    most = collected.limits.max_line_kib * KIB
    for number, line in enumerate(source.text.split("\n"), 1):
        if len(line) > most:
            collected.faults.append(_too_long(source, number, collected.limits))
            continue
        is_comment = line.lstrip().startswith("#")
        if not parts or not parts[0].strip():
            first, parts = number, []
        if line.endswith("\\") and not is_comment:
            parts.append(line.rstrip("\\"))
            continue
        parts.append(f" {line}" if is_comment and parts else line)
        yield _located(source, first, parts)
        parts = []
    if parts:
        yield _located(source, first, parts)


def _located(source: TextDocument, number: int, parts: list[str]) -> Located[str]:
    text = parts[0] if len(parts) == 1 else "".join(parts)
    comment = _COMMENT.search(text) if "#" in text else None
    text = (text[: comment.start()] if comment else text).rstrip()
    value = text.lstrip()
    column = len(text) - len(value) + 1
    width = len(parts[0].rstrip()) - column + 1 if len(parts) > 1 else len(value)
    return Located(value, source, (number, column, max(1, width)))


def read_line(line: Located[str], collected: Collected, mention: Mention) -> None:
    """Collect what one logical line says: a requirement with its options, or options alone."""
    text = line.value
    option = _OPTION.search(text) if "-" in text else None
    if option is None:
        collected.add(line, parse_requirement(line, mention))
        return
    try:
        words = _words(text[option.start() :])
    except ValueError:
        collected.unparsable.append((line, "a quotation mark in its options is not closed"))
        return
    options = list(_options(words))
    wanted = text[: option.start()].rstrip()
    if wanted:
        hashes = tuple(value for name, value in options if name == "--hash")
        spelling = Located(wanted, line.source, _narrowed(line, len(wanted)))
        here = Mention(hashes, mention.group, mention.constraint)
        collected.add(spelling, parse_requirement(spelling, here))
    for name, value in options:
        if not _apply(name, value, line, collected, mention):
            break


def _words(text: str) -> list[str]:
    """As a shell splits them, which pip asks; ValueError where a quotation is not closed."""
    return shlex.split(text) if _QUOTED.search(text) else text.split()


def _narrowed(line: Located[str], width: int) -> tuple[str | int, ...]:
    if not isinstance(line.source, TextDocument):
        return line.route
    number, column, most = line.route
    return (number, column, min(width, most) if isinstance(most, int) else width)


def _options(words: list[str]) -> Iterator[tuple[str, str]]:
    """Options with their values, as `--name value`, `--name=value`, `-n value` and `-nvalue`."""
    rest = iter(words)
    for word in rest:
        if word.startswith("--"):
            name, equals, value = word.partition("=")
        else:
            name, equals, value = word[:2], word[2:], word[2:].removeprefix("=")
        if name in _WITH_VALUE and not equals:
            value = next(rest, "")
        yield name, value


def _apply(
    name: str, value: str, line: Located[str], collected: Collected, mention: Mention
) -> bool:
    """Do what an option says; False where pip has no such option."""
    if name in _WITH_VALUE and not value:
        collected.unparsable.append((line, f"a value is expected after `{name}`"))
    elif name in _INDEX:
        collected.indexes.append(Located(value, line.source, line.route))
    elif name in _INCLUDE:
        is_constraint = mention.constraint or name in ("-c", "--constraint")
        _include(value, line, collected, Mention(group=mention.group, constraint=is_constraint))
    elif name in _EDITABLE:
        spelling = Located(value, line.source, line.route)
        collected.add(spelling, parse_editable(spelling, mention))
    elif name not in _FLAGS and name not in _VALUED:
        collected.unparsable.append((line, "it has an option that pip does not take here"))
        return False
    return True


def _include(target: str, line: Located[str], collected: Collected, mention: Mention) -> None:
    if "${" in target:
        reason = "only the environment knows which file it includes"
    elif _URL.match(target):
        reason = "it includes a file by URL; only files of the repository are read"
    elif (path := _resolved(line.source.path, target)) is None:
        reason = "it includes a file outside the repository"
    elif not _is_told(path, collected.path):
        reason = f"it includes a file whose name ends with none of {', '.join(INCLUDED)}"
    elif (path, mention.constraint) in collected.seen:
        return
    elif collected.includes >= collected.limits.max_includes:
        collected.faults.append(_too_many(line, collected.limits))
        return
    elif (blob := collected.read(path)) is None:
        reason = "it includes a file that does not exist"
    else:
        collected.includes += 1
        _read(path, blob, collected, mention)
        return
    collected.unparsable.append((line, reason))


def _resolved(path: str, target: str) -> str | None:
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
    is_outside = joined.startswith(("/", "../")) or joined in ("..", ".")
    return None if is_outside else joined


def _is_told(path: str, start: str) -> bool:
    """Whether a change of an included file is noticed: beside the first file all of them are."""
    inside = path.startswith(posixpath.join(posixpath.dirname(start), ""))
    return inside or may_be_included(posixpath.basename(path))


def _hidden_break(source: TextDocument, found: re.Match[str]) -> Fault:
    before = source.text[: found.start()]
    line = before.count("\n") + 1
    column = found.start() - before.rfind("\n")
    return Fault(
        "SNT001",
        source.place((line, column, 1)),
        f"the character U+{ord(found[0]):04X} breaks the line for pip and not for an editor",
        "remove the character; break lines with LF",
    )


def _too_long(source: TextDocument, number: int, limits: Limits) -> Fault:
    return Fault(
        "SNT001",
        source.place((number, 1, 1)),
        f"the line is longer than {limits.max_line_kib} KiB (`limits.max_line_kib`), "
        "so it is not read",
        "break the line, with a backslash at the end of each part but the last",
    )


def _too_many(line: Located[str], limits: Limits) -> Fault:
    return Fault(
        "SNT001",
        line.place,
        f"more than {limits.max_includes} files are included (`limits.max_includes`)",
        "bring the requirements together in fewer files",
    )
