"""What signs.yaml and hints.yaml hold: by what a family is known, and what no family reads."""

# Annotations are no texts here, as in the other models of files.

from functools import cache
from pathlib import Path

from snitch.documents import Limits
from snitch.documents import read_document
from snitch.registry.layout import built_in
from snitch.strict import Strict


class Sign(Strict):
    """How one family is known; see signs.yaml."""

    layout: str
    holds: tuple[tuple[str, ...], ...]
    says: str = ""
    path: str = ""
    exclude: tuple[str, ...] = ()
    parts: bool = False


class Hint(Strict):
    """One kind of file that no family reads; see hints.yaml."""

    files: tuple[str, ...]
    says: tuple[str, ...] = ()
    saw: str
    write: str


@cache
def signs() -> tuple[Sign, ...]:
    """All signs of layouts that the package brings, the ones without doubt first."""
    known = set(built_in())
    found = (Sign.model_validate(row) for row in _rows("signs"))
    return tuple(sign for sign in found if sign.layout in known)


@cache
def hints() -> tuple[Hint, ...]:
    """What to say of files where no model is found, the most telling first."""
    return tuple(Hint.model_validate(row) for row in _rows("hints"))


def _rows(name: str) -> list[object]:
    file = Path(__file__).with_name(f"{name}.yaml")
    data = read_document(file.name, file.read_bytes(), Limits()).data
    rows = data.get(name) if isinstance(data, dict) else None
    return list(rows) if isinstance(rows, list) else []
