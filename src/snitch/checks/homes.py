"""Where a release's missing field belongs: the file and keys that its layout reads.

A remedy names what an author types. The families keep a description, an owner or a cutoff each
under keys of their own, some of them in an entry of a shared file or in a page's front matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.wording import quoted
from snitch.documents import Located
from snitch.findings import Place
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.documents import Data
    from snitch.documents import Route
    from snitch.registry.release import Release

FRONT = "front"
"""Under which a Markdown document holds its front matter."""
TABLES = (".csv", ".tsv", ".md")
"""Where a model that is an entry is a row, and a field a column."""
_PATTERN = set('$*[]{}()"')


@dataclass(frozen=True, slots=True)
class Home:
    """A place to write a field at."""

    path: str
    base: Route = ()
    """Where the model's own part of the file begins."""
    keys: tuple[str, ...] = ()
    """The keys below it; none where the field has no keys of its own."""
    spelt: str = ""
    """The layout's key path where that is more than plain keys."""
    row: bool = False
    """Whether it is a row of a table, and the field a column."""


def home(release: Release, name: str) -> Home:
    """Where the layout reads a field; one that it does not know is looked up in the config."""
    source = release.expected.get(name)
    piece = "config" if source is None else source.piece
    path = release.pieces[piece].path if piece in release.pieces else release.path
    base = release.routes.get(path, ())
    if source is None and base and path.endswith(TABLES):
        return Home(path, base, (name,), row=True)
    if source is None:
        return Home(path, (FRONT,) if path.endswith(".md") else base, tuple(name.split(".")))
    if source.pattern or not source.path or _PATTERN & set(source.path):
        return Home(path, base, spelt=source.path.removeprefix("$."))
    first, *rest = source.path.split(".")
    if first == FRONT and path.endswith(".md"):
        return Home(path, (*base, first), tuple(rest))
    return Home(path, base, (first, *rest))


def written(release: Release, name: str) -> Located[Data] | None:
    """A field as written; one that the layout does not know is looked up in the config."""
    found = release.fields.get(name)
    if found is not None or name in release.expected:
        return found
    at = home(release, name)
    document = release.documents.get(at.path)
    if document is None:
        return None
    route = (*at.base, *at.keys)
    *_, (length, value) = _walked(document.data, route)
    return Located(value, document, route) if length == len(route) else None


def _walked(data: Data, route: Route) -> Iterator[tuple[int, Data]]:
    """How far a route leads, and to what."""
    yield 0, data
    for length, key in enumerate(route, 1):
        match data, key:
            case (dict(), str()) if key in data:
                data = data[key]
            case (list(), int()) if key < len(data):
                data = data[key]
            case _:
                return
        yield length, data


def place(release: Release, name: str) -> Place:
    """Where a field stands, or the nearest of what it belongs below."""
    at = home(release, name)
    if name in release.fields or at.path == release.pieces["config"].path:
        return release.place(name)
    document = release.documents.get(at.path)
    return Place(at.path) if document is None else document.place(at.base)


def addition(release: Release, name: str, example: str, *, empty: bool = False) -> str:
    """The edit that gives a release a field: `add `owner: "risk-ml"` to config.yaml`.

    The example is a value of it, as JSON; `empty` says that the key is there already.
    """
    at = home(release, name)
    if empty:
        return f"write its value here, as {_spelt(at.path, name.rpartition('.')[2], example)}"
    if name not in release.expected and _is_taken(release, at):
        return unkept(release, name)
    if not at.keys:
        what = f" at {quoted(at.spelt)}" if at.spelt not in ("", "$") else ""
        where = f"in {at.path}{what}, where the {release.layout} layout reads it"
        return f"give {quoted(name)} {where}, as {example}"
    *above, key = at.keys
    if at.row:
        return f"add a column {quoted(key)} to {at.path}, with this row's value"
    under = f" under {quoted('.'.join(above))}" if above else ""
    return f"add {_spelt(at.path, key, example)}{under} to {_part(at)}"


def unkept(release: Release, name: str) -> str:
    """What is left where the family has no room for a field that the policy asks for."""
    return (
        f"let a layout of the policy say where {quoted(name)} stands, as the {release.layout} "
        "layout does not, or leave it out of `completeness.config.required`"
    )


def _is_taken(release: Release, at: Home) -> bool:
    """Whether a key on the way holds something else already: `data: coco.yaml`."""
    document = release.documents.get(at.path)
    if document is None:
        return False
    *_, (length, value) = _walked(document.data, (*at.base, *at.keys[:-1]))
    return length > len(at.base) and value is not None and not isinstance(value, dict)


def _part(at: Home) -> str:
    if at.base[-1:] == (FRONT,):
        return f"the front matter of {at.path}"
    return f"this entry of {at.path}" if at.base else at.path


def _spelt(path: str, key: str, example: str) -> str:
    if path.endswith(".json"):
        return f'`"{key}": {example}`'
    if path.endswith(".toml"):
        inline = example.replace('": ', '" = ')
        return f"`{key} = {inline}`"
    return f"`{key}: {example}`"
