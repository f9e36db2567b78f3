"""Names that are read as another name: letters that look like others, and characters nobody sees.

`auc` with a Cyrillic first letter is another metric, and no reviewer can tell. Only names are
looked at (metrics, slices, hyperparameters, keys and files); text in values may be in any script,
and so may a name that nobody could take for an ASCII one (`κ_SRME`, `точность`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import partial
from typing import TYPE_CHECKING

from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Place
from snitch.findings import Rule
from snitch.findings import Severity
from snitch.registry.keypath import at_route
from snitch.registry.metadata_fields import FIELDS
from snitch.unseen import is_unseen

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator

    from snitch.checks.check import Subject
    from snitch.documents import Data
    from snitch.documents import Document
    from snitch.documents import Route
    from snitch.registry.release import Metric

CONFUSABLE_NAME = Rule(
    "SNT008",
    "confusable-name",
    Severity.ERROR,
    "A key or name has characters that look like others, or that nobody sees.",
    why=(
        "A metric whose name holds a Cyrillic letter, a zero-width space or a trailing blank looks "
        "like the one that the standard names and is another one: the reviewer sees `auc`, the "
        "policy's bound applies to nothing."
    ),
    remedy=(
        "Type the name anew with the letters of one script, without blanks at its ends; the "
        "finding tells which character is the odd one."
    ),
    bad='{"metrics": {"\\u0430uc": 0.99}}   # Cyrillic, shown like auc',
    good='{"metrics": {"auc": 0.912}}',
)

LOOK_ALIKES = dict(
    zip(
        "аеорсухѕіјһԁԛԝүӏвкмнтАВЕЅІЈКМНОРСТХУҮӀ"
        "οαυινρΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"  # noqa: RUF001 - Greek on purpose
        "օսոցհՕՍ",  # noqa: RUF001 - Armenian on purpose
        "aeopcyxsijhdqwylbkmhtABESIJKMHOPCTXYYIoauivpABEZHIKMNOPTYXouughOU",
        strict=True,
    )
)
"""Letters of other scripts that a reader takes for ASCII ones."""
_FINE = frozenset("²³¹µ⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉")
"""What a compatible form would change although nobody mistakes it: `R²`, `latency_µs`."""
_STYLES = "\ufe0e\ufe0f"
"""Seen on an emoji, and on nothing else."""
_WORD = re.compile(r"[^\W\d_]+")


def judge(subject: Subject) -> Iterator[Finding]:
    """SNT008 of every name in the candidate's metadata."""
    release = subject.candidate
    yield from _model(subject)
    known = {name for _, name in release.metrics} | set(subject.policy.metrics)
    if subject.deployed is not None:
        known |= {name for _, name in subject.deployed.metrics}
    for metric in release.metrics.values():
        if not is_plain(metric.name):
            yield from _odd("metric", metric.name, known, partial(_key_of, metric))
    where = release.fields.get("slices")
    for slice_ in release.slices:
        if where is not None and not is_plain(slice_):
            at = (*where.route, slice_)
            yield from _odd(
                "slice",
                slice_,
                release.slices,
                partial(where.source.place, at, key=True),
                strict=False,
            )
    yield from _features(subject)
    yield from _hyperparameters(subject)
    yield from _keys(subject)
    yield from _files(subject)


def is_plain(name: str) -> bool:
    """Whether a name is printable ASCII without blanks at its ends: never confusable."""
    return name.isascii() and name.isprintable() and name == name.strip()


def _key_of(metric: Metric) -> Place:
    written = metric.written
    route = written.route[:-1] if written.route[-1:] == ("value",) else written.route
    return written.source.place(route, key=True)


def _model(subject: Subject) -> Iterator[Finding]:
    """The model's own name, as its config gives it or as its family takes it from elsewhere."""
    release, deployed = subject.candidate, subject.deployed
    written = release.fields.get("name")
    name = release.name if written is None else written.value
    if isinstance(name, str) and not is_plain(name):
        known = () if deployed is None else (deployed.name,)
        yield from _odd("model", name, known, partial(release.place, "name"), strict=False)


def _features(subject: Subject) -> Iterator[Finding]:
    """Features by a name that holds what nobody sees."""
    listed = subject.candidate.fields.get("features")
    for index, name in enumerate(subject.candidate.metadata.features or ()):
        if listed is not None and not is_plain(name) and _unseen(name) is not None:
            at = (*listed.route, index)
            yield from _odd("feature", name, (), partial(listed.source.place, at), strict=False)


def _hyperparameters(subject: Subject) -> Iterator[Finding]:
    """Those by a name that holds what nobody sees, at any depth."""
    held = subject.candidate.fields.get("hyperparameters")
    if held is None:
        return
    for *above, name in _odd_routes(held.value, held.route):
        if _unseen(str(name)) is not None:
            place = partial(held.source.place, (*above, name), key=True)
            yield from _odd("hyperparameter", str(name), (), place, strict=False)


def _odd_routes(data: Data, route: Route) -> Iterator[Route]:
    """The routes to keys of mappings that are not plain."""
    match data:
        case dict():
            for key, value in data.items():
                at = (*route, key)
                if not is_plain(key):
                    yield at
                yield from _odd_routes(value, at)
        case list():
            for index, value in enumerate(data):
                yield from _odd_routes(value, (*route, index))


def _keys(subject: Subject) -> Iterator[Finding]:
    """Keys of config and metrics that a reader takes for a field."""
    release = subject.candidate
    for document in release.documents.values():
        routes = [it.route for it in release.fields.values() if it.source is document]
        for route in dict.fromkeys([(), *(route[:-1] for route in routes)]):
            odd_ones = [key for key in _level(document, route) if not is_plain(key)]
            if odd_ones:
                own = {str(it[-1]) for it in routes if it and it[:-1] == route}
                yield from _misread(document, route, odd_ones, KEYS | own)


KEYS = frozenset(key for field in FIELDS for key in field.split("."))
"""Those of all fields, which a misread one could stand for."""


def _level(document: Document, route: Route) -> Iterable[str]:
    """The keys of the mapping at a route, which may lead through lists."""
    data = at_route(document.data, route)
    return data if isinstance(data, dict) else ()


def _misread(
    document: Document, route: Route, odd_ones: Iterable[str], fields: Collection[str]
) -> Iterator[Finding]:
    for key in odd_ones:
        if folded(key) in fields or _unseen(key) is not None:
            yield from _odd(
                "key",
                key,
                fields,
                partial(document.place, (*route, key), key=True),
            )


def _files(subject: Subject) -> Iterator[Finding]:
    """Files whose name is taken for that of another one."""
    release = subject.candidate
    prefix = f"{release.path}/" if release.path else ""
    expected = {piece.path.rpartition("/")[2] for piece in release.pieces.values()}
    for path in release.digests:
        if not path.isascii() and path.isprintable():
            name = path.rpartition("/")[2]
            if folded(name) in expected and name not in expected:
                yield from _odd("file", name, expected, partial(Place, prefix + path))


def _odd(
    what: str,
    name: str,
    known: Collection[str],
    place: Callable[[], Place],
    *,
    strict: bool = True,
) -> Iterator[Finding]:
    reason = odd(name, known, strict=strict)
    if reason is not None:
        meant = folded(name)
        yield Finding(
            CONFUSABLE_NAME,
            f"the {what} {quoted(name)} {reason}; expected a name that reads as what it is",
            f"type it anew as {quoted(meant)}" if meant.isascii() and meant else "type it anew",
            place(),
        )


def odd(name: str, known: Collection[str] = (), *, strict: bool = True) -> str | None:
    """Why a name is confusable, in half a sentence; None where it is not.

    Where it is `strict`, a compatible form (a full-width letter) is one reason more; names of
    slices are values, and may hold what they like.
    """
    return None if is_plain(name) else next(_reasons(name, known, strict=strict), None)


def _reasons(name: str, known: Collection[str], *, strict: bool) -> Iterator[str]:
    unseen = _unseen(name)
    if unseen is not None:
        yield f"holds U+{ord(unseen):04X}, which nobody sees"
    if name != name.strip():
        yield "has blanks at its ends"
    for mixed in filter(None, map(_stranger, _WORD.findall(name))):
        yield f"mixes Latin letters with U+{ord(mixed):04X} {_called(mixed)}"
    plain = folded(name)
    if plain != name and plain.isascii() and plain in known:
        yield f"looks like {quoted(plain)}, which is another name"
    if strict and unicodedata.normalize("NFKC", name) != name:
        for strange in filter(_changes, name):
            yield f"holds U+{ord(strange):04X} {_called(strange)}, a variant of another character"
        if unicodedata.normalize("NFC", name) != name:
            yield "is written with combining characters where whole letters exist"


def folded(name: str) -> str:
    """The name as it is read: compatible forms and look-alikes replaced, unseen ones left out."""
    seen = "".join(char for char in name if not is_unseen(char) and char not in _STYLES)
    compatible = unicodedata.normalize("NFKC", seen).strip()
    return "".join(LOOK_ALIKES.get(char, char) for char in compatible)


def _changes(char: str) -> bool:
    return char not in _FINE and unicodedata.normalize("NFKC", char) != char


def _unseen(name: str) -> str | None:
    return next((char for char in name if is_unseen(char)), None)


def _stranger(word: str) -> str | None:
    """A letter that mixes into a Latin word unnoticed; honest symbols such as Δ and μ are none."""
    if word.isascii() or not any("LATIN" in unicodedata.name(char, "") for char in word):
        return None
    for char in word:
        script = unicodedata.name(char, "").partition(" ")[0]
        if script in {"CYRILLIC", "ARMENIAN", "CHEROKEE"} or char in LOOK_ALIKES:
            return char
    return None


def _called(char: str) -> str:
    return unicodedata.name(char, "a character without a name").lower()
