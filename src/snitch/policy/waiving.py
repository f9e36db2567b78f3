"""Writes one waiver into a policy's text: nothing else of the file changes, comments included.

The text is edited at the places that its document gives, then read again: unless exactly one
waiver is new, nothing is written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from snitch.documents import read_document
from snitch.documents.limits import DEFAULTS
from snitch.findings import CannotJudgeError
from snitch.policy import POLICY_FILE
from snitch.policy.load import load_edited
from snitch.policy.spelling import scalar

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.policy.model import Policy
    from snitch.policy.model import Waiver

KEY = "waivers"
DASH = re.compile(r"([ ]*)- ")


BOM = b"\xef\xbb\xbf"


def with_waiver(path: Path, blob: bytes, waiver: Waiver) -> bytes:
    """A policy's bytes with one waiver more, line ends and all else as they were.

    The path is for what it extends.

    Raises:
        CannotJudgeError: the policy cannot be read, or its form leaves no safe place for the
            waiver; the remedy is the text to paste.
    """
    before = load_edited(path, blob).policy
    mark, body = (BOM, blob[len(BOM) :]) if blob.startswith(BOM) else (b"", blob)
    text = body.decode("utf-8")
    windows = "\r\n" in text
    edited = inserted(text.replace("\r\n", "\n") if windows else text, waiver)
    found = mark + (edited.replace("\n", "\r\n") if windows else edited).encode()
    if not _adds_only(path, before, found, waiver):
        message = f"`{path.name}` is written in a form that the waiver cannot be added to safely"
        raise CannotJudgeError(message, f"add it under `{KEY}:` by hand: - {in_line(waiver)}")
    return found


def _adds_only(path: Path, before: Policy, blob: bytes, waiver: Waiver) -> bool:
    try:
        after = load_edited(path, blob).policy
    except CannotJudgeError:
        return False
    kept = list(after.waivers)
    if waiver not in kept:
        return False
    kept.remove(waiver)
    return kept == list(before.waivers) and after.model_copy(update={KEY: before.waivers}) == before


def written(waiver: Waiver) -> list[str]:
    """The waiver as the lines of a YAML mapping, keys in the order of the documentation."""
    return [
        f"{name}: {value.isoformat() if name == 'expires' else scalar(str(value))}"
        for name in type(waiver).model_fields
        if (value := getattr(waiver, name)) is not None
    ]


def as_item(waiver: Waiver, indent: str = "  ") -> str:
    """The waiver as one item of a list, each line ending in a line break."""
    head, *rest = written(waiver)
    return "".join([f"{indent}- {head}\n", *(f"{indent}  {line}\n" for line in rest)])


def in_line(waiver: Waiver) -> str:
    """The waiver as a mapping in braces."""
    return "{" + ", ".join(written(waiver)) + "}"


def inserted(text: str, waiver: Waiver) -> str:
    """A policy's text with one waiver more; not yet known to be what was wanted.

    The text has no carriage returns.
    """
    document = read_document(POLICY_FILE, text.encode(), DEFAULTS)
    data = document.data if isinstance(document.data, dict) else {}
    lines = text.split("\n")
    present = data.get(KEY)
    if KEY not in data:
        body = text if not text or text.endswith("\n") else f"{text}\n"
        return f"{body}{KEY}:\n{as_item(waiver)}"
    at = document.place((KEY,))
    number = (document.place((KEY,), key=True).line or 1) - 1
    if present is None and re.fullmatch(rf"{KEY}: *(#.*)?", lines[number]):
        return "\n".join(
            [*lines[: number + 1], *as_item(waiver).splitlines(), *lines[number + 1 :]]
        )
    if not isinstance(present, list):
        return text
    flow = _flow_start(lines, at.line, at.column)
    if flow is not None:
        return _in_flow(lines, flow, waiver, empty=not present)
    last = document.place((KEY, len(present) - 1)) if present else None
    start = (last.line or 1) - 1 if last is not None else number
    dash = DASH.match(lines[start])
    if dash is None:
        return text
    end = _end_of_item(lines, start, len(dash[1]))
    return "\n".join([*lines[:end], *as_item(waiver, dash[1]).splitlines(), *lines[end:]])


def _flow_start(lines: list[str], line: int | None, column: int | None) -> tuple[int, int] | None:
    """Where a list in brackets opens; None for one of dashes."""
    if line is None or column is None or lines[line - 1][column - 1 : column] != "[":
        return None
    return line - 1, column - 1


def _in_flow(lines: list[str], at: tuple[int, int], waiver: Waiver, *, empty: bool) -> str:
    number, column = at
    line = lines[number]
    head, tail = line[: column + 1], line[column + 1 :]
    if empty and not head[:-1].strip().partition("#")[2] and re.fullmatch(r" *\] *", tail):
        # An empty list becomes one of dashes.
        block = [head[:-1].rstrip(), *as_item(waiver).splitlines()]
        return "\n".join([*lines[:number], *block, *lines[number + 1 :]])
    item = in_line(waiver) + ("" if empty else ", " if tail.strip() else ",")
    return "\n".join([*lines[:number], f"{head}{item}{tail.lstrip(' ')}", *lines[number + 1 :]])


def _end_of_item(lines: list[str], start: int, indent: int) -> int:
    """The line after the last one of an item: what follows is less indented, or a comment."""
    end = start + 1
    for number in range(start + 1, len(lines)):
        line = lines[number]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if len(line) - len(line.lstrip(" ")) <= indent:
            break
        end = number + 1
    return end
