"""Which family a repository belongs to, and where its models are, from its files' names alone."""

from __future__ import annotations

import posixpath
from fnmatch import fnmatchcase
from glob import escape
from typing import TYPE_CHECKING

from snitch.frozen import dataclass
from snitch.registry.discovery import Glob
from snitch.registry.foreign import is_foreign
from snitch.registry.globs import matches
from snitch.registry.layout import load_built_in
from snitch.registry.signs import signs
from snitch.snapshots import Kind
from snitch.snapshots.paths import parents

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from snitch.registry.signs import Sign
    from snitch.snapshots import Snapshot

NOT_SHIPPED = frozenset({"test", "tests", "testdata", "fixtures", "docs"})
"""Directories whose files only look like a model's."""
RUNS = frozenset({"wandb"})
"""Directories in which a tool keeps every run that there was, released or not."""
POOLS = frozenset({"models", "model", "zoo", "model_zoo", "modelcards"})
"""Directories in which further models are to be expected beside a lone one."""
MAX_PATTERNS = 5
MAX_EXCLUDED = 20
MAX_READ = 5_000
"""Files that are searched for the text that a sign wants."""
HEAD = 64 * 1024
"""Bytes of one file that are searched."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A family, the entries that take its models, and a file that gave it away."""

    layout: str
    patterns: tuple[Glob, ...]
    sign: str


def recognise(snapshot: Snapshot) -> tuple[Recognised, ...]:
    """The families whose signs a repository shows, each once, the likeliest first."""
    tree = _Tree(snapshot)
    hits: dict[str, Recognised] = {}
    for sign in signs():
        found = None if sign.layout in hits else _found(tree, sign)
        if found is not None:
            hits[sign.layout] = found
    return tuple(hits.values())


class _Tree:
    """A snapshot's files, those that could belong to models, by directory."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        paths = files_of_models(snapshot)
        self.paths = [path for path in paths if RUNS.isdisjoint(path.split("/")[:-1])]
        self.names: dict[str, set[str]] = {"": set()}
        for path in self.paths:
            below = path
            while below:
                folder, _, leaf = below.rpartition("/")
                known = self.names.setdefault(folder, set())
                if leaf in known:
                    break
                known.add(leaf)
                below = folder

    def holds(self, directory: str, glob: str) -> bool:
        """Whether a directory holds a file or a directory of that relative name."""
        folder, leaf = posixpath.split(posixpath.join(directory, glob))
        names = self.names.get(folder, ())
        return leaf in names or ("*" in leaf and any(fnmatchcase(name, leaf) for name in names))

    def directories(self, parent: str) -> set[str]:
        """The directories in one."""
        return {
            path
            for name in self.names.get(parent, ())
            if (path := posixpath.join(parent, name)) in self.names
        }


def files_of_models(snapshot: Snapshot) -> list[str]:
    """Files that could belong to models: none of a test, of somebody else or in hiding."""
    files = snapshot.files("").items()
    return [path for path, entry in files if entry.kind is Kind.FILE and _may_belong(path)]


def _may_belong(path: str) -> bool:
    return not is_foreign(path) and NOT_SHIPPED.isdisjoint(path.split("/")[:-1])


def _found(tree: _Tree, sign: Sign) -> Recognised | None:
    if load_built_in(sign.layout).unit.each != "directory":
        paths = [path for path in tree.paths if any(matches(path, glob) for glob in sign.holds[0])]
        told = next(_saying(tree, sign, paths), None)
        root = Glob(".", sign.layout)
        return None if told is None else Recognised(sign.layout, (root,), told)
    told_by = _unread(dict(_directories(tree, sign)), sign.layout)
    if not told_by:
        return None
    models = {path for path in told_by if told_by.keys().isdisjoint(_around(path))}
    patterns = _own_pattern(tree, models, sign) or tuple(_patterns(tree, models, sign.layout))
    return Recognised(sign.layout, patterns, next(iter(told_by.values())))


def _unread(told_by: dict[str, str], layout: str) -> dict[str, str]:
    """The directories without those whose numbers are the root's, where that is a model."""
    if "" not in told_by:
        return told_by
    globs = [glob for source in load_built_in(layout).metrics for glob in source.files]
    return {
        path: told
        for path, told in told_by.items()
        if not path or not any(matches(told, glob) for glob in globs)
    }


def _around(path: str) -> list[str]:
    """The directories in which a model may not be another's; the root may hold others."""
    return [*parents(path)][:-1]


def _own_pattern(tree: _Tree, models: set[str], sign: Sign) -> tuple[Glob, ...]:
    """The family's usual glob, where it takes every model and hardly anything else."""
    if not sign.path or not all(matches(path, sign.path) for path in models):
        return ()
    others = [
        path
        for path in sorted(tree.names)
        if path not in models and matches(path, sign.path)
        if not any(matches(path, glob) for glob in sign.exclude)
    ]
    if len(others) > MAX_EXCLUDED:
        return ()
    return (Glob(sign.path, sign.layout, (*sign.exclude, *map(escape, others))),)


def _directories(tree: _Tree, sign: Sign) -> Iterator[tuple[str, str]]:
    """Directories that a sign takes for models, each with the file that says so."""
    first, *rest = sign.holds
    candidates: dict[str, str] = {}
    for directory in tree.names:
        for glob in first:
            if tree.holds(directory, glob):
                candidates.setdefault(directory, posixpath.join(directory, glob))
    # `metrics/metrics.json` is a piece of the directory above, where that is a model.
    pieces = {
        posixpath.join(directory, glob) for directory in candidates for glob in first if "/" in glob
    }
    complete = {
        directory: path
        for directory, path in candidates.items()
        if path not in pieces or posixpath.dirname(path) != directory
        if all(any(tree.holds(directory, glob) for glob in group) for group in rest)
    }
    said = set(_saying(tree, sign, complete.values()))
    if sign.parts:
        parts = dict(_parts(tree, sign, candidates))
        complete, said = complete | parts, said.union(parts.values())
    yield from ((folder, path) for folder, path in sorted(complete.items()) if path in said)


def _parts(tree: _Tree, sign: Sign, candidates: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Those of the candidates that are parts of a model, which a directory above describes."""
    others = [glob for group in sign.holds[1:] for glob in group]
    for directory, path in candidates.items():
        if any(tree.holds(above, glob) for above in parents(directory) for glob in others):
            yield directory, path


def _saying(tree: _Tree, sign: Sign, paths: Iterable[str]) -> Iterator[str]:
    if not sign.says:
        yield from paths
        return
    files = set(tree.paths)
    chosen = [path for path in paths if path in files][:MAX_READ]
    wanted = sign.says.encode()
    for path, blob in zip(chosen, tree.snapshot.read_many(chosen, HEAD), strict=True):
        if wanted in blob:
            yield path


def _patterns(tree: _Tree, models: set[str], layout: str) -> Iterator[Glob]:
    """Few globs that take these directories and no other."""
    if "" in models:
        yield Glob(".", layout)
        models = models - {""}
    parents = sorted({path.rpartition("/")[0] for path in models})
    if len(parents) > MAX_PATTERNS:
        yield _below(tree, posixpath.commonpath(parents), layout)
        return
    for parent in parents:
        here = {path for path in models if path.rpartition("/")[0] == parent}
        others = sorted(tree.directories(parent) - here)
        if len(here) == 1 and parent.rpartition("/")[2] not in POOLS:
            yield Glob(escape(next(iter(here))), layout)
        elif not parent and len(here) <= MAX_EXCLUDED:
            yield from (Glob(escape(path), layout) for path in sorted(here))
        elif not parent or len(others) > MAX_EXCLUDED:
            # Only directories that hold a piece are models under this one.
            yield _below(tree, parent, layout)
        else:
            yield Glob(f"{escape(parent)}/*", layout, tuple(map(escape, others)))


def _below(tree: _Tree, directory: str, layout: str) -> Glob:
    """What takes every model below a directory, and not the directory where it looks like one."""
    files = load_built_in(layout).files
    itself = any(tree.holds(directory, name) for name in (*files.config, *files.metrics))
    below = "*/**" if directory and itself else "**"
    return Glob(posixpath.join(escape(directory), below), layout)
