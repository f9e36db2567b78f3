"""What is wrong with a model's paths: links, ways out of the model, names that clash."""

from __future__ import annotations

import posixpath
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from snitch.findings import Fault
from snitch.findings import Place
from snitch.findings import Severity
from snitch.registry.foreign import is_foreign
from snitch.snapshots import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.documents import Data
    from snitch.documents import Limits
    from snitch.documents import Located
    from snitch.registry.reading import Reading
    from snitch.snapshots import Entry

RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL"} | {f"{name}{n}" for name in ("COM", "LPT") for n in range(1, 10)}
)
FORBIDDEN = frozenset('<>:"|?*\\') | frozenset(map(chr, range(32)))
NAMED_PATHS = ("training.code", "weights.path")
CODE = (".py", ".ipynb")


def path_faults(reading: Reading, fields: Mapping[str, Located[Data]]) -> Iterator[Fault]:
    """SNT001, 005 and 007 of the model's own files and of the paths that its config names."""
    directory, files = reading.directory, reading.files
    yield from _beyond_limits(directory, files, reading.limits)
    links = [path for path, entry in files.items() if entry.kind is not Kind.FILE]
    if links:
        wanted = set(links)
        if reading.layout.names != "strict":
            # The family's directories hold more than the model: what is looked for belongs to it.
            named = {posixpath.join(directory, path) for path in _named(fields)}
            wanted = reading.looked_for() | named
        yield from (_link(path, files[path], wanted=path in wanted) for path in links)
    yield from _odd_names(path for path, entry in files.items() if entry.kind is Kind.FILE)
    yield from _repositories(files)
    yield from _clashes(files)
    yield from _ways_out(directory, fields)


def _named(fields: Mapping[str, Located[Data]]) -> Iterator[str]:
    """The paths that a config names."""
    for name in NAMED_PATHS:
        located = fields.get(name)
        if located is not None and isinstance(located.value, str):
            yield posixpath.normpath(located.value)


def _link(path: str, entry: Entry, *, wanted: bool) -> Fault:
    """What is no regular file; nothing is read through one that nobody looks for."""
    found = f"`{path}` is a {entry.kind.value}"
    if wanted or path.endswith(CODE):
        expected = f"{found}, expected a regular file"
        return Fault("SNT005", Place(path), expected, "commit the file itself in its place")
    return Fault(
        "SNT005",
        Place(path),
        f"{found}, and is not followed",
        "commit the file itself in its place if it belongs to the model",
        Severity.INFO,
    )


def _beyond_limits(directory: str, files: Mapping[str, Entry], limits: Limits) -> Iterator[Fault]:
    deep = next((path for path in files if path.count("/") > limits.max_path_depth), None)
    if deep is not None:
        yield Fault(
            "SNT001",
            Place(deep),
            f"`{deep[:80]}…` is deeper than `limits.max_path_depth`, "
            f"{limits.max_path_depth} directories",
            "move the files up, or have the policy's owners raise the limit",
        )
    code = sum(path.endswith(".py") and not is_foreign(path) for path in files)
    if code > limits.max_files:
        yield Fault(
            "SNT001",
            Place(directory),
            f"the model has {code} Python files, and `limits.max_files` allows {limits.max_files} "
            "to be read",
            "take what is no part of the model out of its directory, or have the policy's owners "
            "raise the limit",
        )


@lru_cache(maxsize=1024)
def _is_portable(name: str) -> bool:
    """Whether every system can hold a file of this name, and as no other one."""
    reserved = name.partition(".")[0].upper() in RESERVED
    return not reserved and not name.endswith((".", " ")) and FORBIDDEN.isdisjoint(name)


def _odd_names(paths: Iterable[str]) -> Iterator[Fault]:
    remedy = "rename the file; use letters, digits, `.`, `_` and `-`"
    for path in paths:
        if not _is_text(path):
            yield Fault("SNT005", Place(path), f"the name of `{path}` is not UTF-8", remedy)
        elif not _is_portable(path.rpartition("/")[2]):
            message = f"`{path}` has a name that not every system can hold"
            yield Fault("SNT005", Place(path), message, remedy, Severity.WARNING)


def _repositories(files: Mapping[str, Entry]) -> Iterator[Fault]:
    """Git repositories committed as ordinary files: Git itself would run what they configure."""
    for path in files:
        directory, _, name = path.rpartition("/")
        if name != "HEAD" or not directory:
            continue
        inside = (f"{directory}/objects/", f"{directory}/refs/")
        if f"{directory}/config" in files or any(other.startswith(inside) for other in files):
            yield Fault(
                "SNT005",
                Place(path),
                f"`{directory}` is a Git repository committed as files, whose configuration can "
                "name programs to run",
                "take it out: a model holds no repositories",
            )


def _ways_out(directory: str, fields: Mapping[str, Located[Data]]) -> Iterator[Fault]:
    """Paths that a config names outside of the model's directory; addresses are none."""
    for name in NAMED_PATHS:
        located = fields.get(name)
        if located is None or not isinstance(located.value, str) or "://" in located.value:
            continue
        if leads_out(located.value):
            yield Fault(
                "SNT005",
                located.place,
                f"`{name}` is `{located.value}`, which leaves the model's directory"
                f" `{directory or '.'}`",
                "name a file inside the model's directory, relative to it",
            )


def leads_out(path: str) -> bool:
    """Whether a path leads out of the directory that it is relative to, on any system."""
    normal = posixpath.normpath(path.replace("\\", "/"))
    return normal.startswith(("/", "../")) or normal == ".." or normal[1:2] == ":"


def _is_text(path: str) -> bool:
    return path.isascii() or not any("\udc80" <= char <= "\udcff" for char in path)


def _clashes(files: Mapping[str, Entry]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for path in files:
        key = folded(path)
        if key in seen:
            yield Fault("SNT007", Place(path), clash(path, seen[key]), "rename one of the two")
        seen.setdefault(key, path)


def folded(path: str) -> str:
    """One text for all paths that some disk takes for one."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def clash(path: str, other: str) -> str:
    """What is wrong with two paths that fold to one."""
    return (
        f"`{path}` and `{other}` differ by case or Unicode form only; "
        "on some disks one overwrites the other"
    )
