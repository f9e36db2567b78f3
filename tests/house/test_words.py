from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
NAMES = ("Git ", "GitHub", "GitLab", "LFS", "Python ", "Snitch ", "Keep a Changelog")
"""What starts with a capital wherever it stands."""
SPEAKS = {"CannotJudgeError", "Problem", "MissingFileError", "Failure"}
"""Calls whose first two texts a person reads, a message and a remedy."""
OF_FILES = {"Fault", "Finding"}
FOREIGN = re.compile(r"/root/|/home/[a-z]|/work/|/opt/p|\.internal\b|://localhost")
"""Paths and hosts of one machine."""


def texts(node: ast.expr) -> Iterator[tuple[str, str]]:
    """The first and the last words of a text, None of them where they are computed."""
    match node:
        case ast.Constant(value=str(text)):
            yield text, text
        case ast.JoinedStr(values=[ast.Constant(value=str(first)), *_, last]):
            yield first, last.value if isinstance(last, ast.Constant) else ""  # type: ignore[misc]
        case ast.JoinedStr(values=[*_, ast.Constant(value=str(last))]):
            yield "", last
        case ast.IfExp(body=body, orelse=orelse):
            yield from texts(body)
            yield from texts(orelse)
        case _:
            pass


def spoken(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=arguments):
                if name in SPEAKS:
                    found = arguments[:2]
                elif name in OF_FILES:
                    found = [one for one in arguments[1:] if " " in "".join(sum(texts(one), ()))]
                else:
                    continue
            case ast.Assign(targets=[ast.Name(id="message" | "remedy")], value=value):
                found = [value]
            case _:
                continue
        for one in found:
            yield from texts(one)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_messages_and_remedies_start_small_and_end_open(path: Path) -> None:
    loud = [
        (first, last)
        for first, last in spoken(ast.parse(path.read_text(encoding="utf-8")))
        if (re.match("[A-Z][a-z ]", first) and not first.startswith(NAMES))
        or (last.endswith(".") and not last.endswith("..."))
        or "!" in first + last
    ]
    assert loud == []


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a Git checkout")
def test_nothing_names_one_machine() -> None:
    found = []
    for name in tracked():
        path = ROOT / name
        if not path.is_file() or name == "tests/house/test_words.py":
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{name}: {hit.group()}" for hit in FOREIGN.finditer(text)]
    assert found == []
