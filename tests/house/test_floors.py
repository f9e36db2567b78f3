from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"

FLOORS = {
    "findings": 0,
    "brevity": 0,
    "frozen": 0,
    "rounds": 0,
    "strict": 0,
    "unseen": 0,
    "documents": 1,
    "snapshots": 1,
    "registry": 2,
    "policy": 2,
    "checks": 3,
    "engine": 4,
    "reports": 5,
    "forges": 5,
    "cli": 6,
    "api": 5,
    "testing": 6,
    "__main__": 7,
}
"""Each room and the floor that it is on; `testing` is for authors of plugins, above them all."""

ONLY = {
    "click": ("cli",),
    "rich": ("reports/terminal", "reports/markdown", "cli/progress.py"),
    "git": ("snapshots",),
    "subprocess": ("snapshots",),
    "yaml": ("documents", "policy/render.py", "registry/layout.py", "cli/init"),
    "markdown_it": ("documents", "reports"),
    "gitlab": ("forges",),
    "github": ("forges",),
}
"""Packages and the only places that may import them."""


def modules() -> list[Path]:
    return sorted((SOURCE / "snitch").rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


NAMES = frozenset(map(name_of, modules()))


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that a file imports, wherever in it, also for types only."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from ((alias.name, node.lineno) for alias in names)
            case ast.ImportFrom(module=str(module), names=names, level=0):
                # `from snitch.room import x` may name a module.
                inner = [name for alias in names if (name := f"{module}.{alias.name}") in NAMES]
                yield from ((name, node.lineno) for name in inner)
                if len(inner) < len(names):
                    yield module, node.lineno
            case _:
                pass


def room(path: Path) -> str:
    parts = path.relative_to(SOURCE / "snitch").parts
    return parts[0].removesuffix(".py")


def test_every_room_has_a_floor() -> None:
    assert {room(path) for path in modules()} - {"__init__"} <= set(FLOORS)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_nothing_imports_from_above(path: Path) -> None:
    here = room(path)
    if here == "__init__":
        return
    above = [
        f"line {line}: {name}"
        for name, line in imported(path)
        if name.startswith("snitch.")
        and (there := name.split(".")[1]) in FLOORS
        and FLOORS[there] > FLOORS[here]
    ]
    assert above == []


def test_rooms_of_one_floor_do_not_import_each_other_in_a_circle() -> None:
    edges = {
        (room(path), name.split(".")[1])
        for path in modules()
        for name, _ in imported(path)
        if name.startswith("snitch.") and name.split(".")[1] in FLOORS
    }
    level = {(a, b) for a, b in edges if a != b and FLOORS.get(a) == FLOORS[b]}
    assert [(a, b) for a, b in sorted(level) if (b, a) in level] == []


def test_no_module_imports_another_in_a_circle() -> None:
    graph = {
        name_of(path): {name for name, _ in imported(path) if name in NAMES}
        for path in modules()
        if room(path) != "__init__"
    }
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize("package", ONLY)
def test_a_package_is_imported_only_where_it_belongs(package: str) -> None:
    strays = [
        f"{path.relative_to(SOURCE)}:{line}"
        for path in modules()
        for name, line in imported(path)
        if name.partition(".")[0] == package
        and not str(path.relative_to(SOURCE / "snitch")).startswith(ONLY[package])
    ]
    assert strays == []
