"""Metrics as a layout's `metrics` find them: in any piece, many files, tables or lines of text."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from snitch.documents import Located
from snitch.documents import Number
from snitch.documents import TextDocument
from snitch.registry.conversions import convert
from snitch.registry.entries import newest_of
from snitch.registry.fields import Scoped
from snitch.registry.keypath import decimal_of
from snitch.registry.keypath import fill
from snitch.registry.keypath import text_of
from snitch.registry.keypath import walk
from snitch.registry.listings import listed
from snitch.registry.patterns import matching_lines
from snitch.registry.release import Metric

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.documents import Data
    from snitch.documents import Document
    from snitch.registry.keypath import Match
    from snitch.registry.metrics import Measurements
    from snitch.registry.reading import Reading
    from snitch.registry.sources import MetricSource

NOT_FINITE = frozenset({"nan", "inf", "infinity"})


def measure_sources(
    reading: Reading, found: Measurements, identity: tuple[str | None, ...]
) -> list[str]:
    """Add what every source of the layout finds; the paths of the files that they read.

    `identity` is of numbers that no source gives a benchmark of their own.
    """
    read: dict[str, None] = {}
    for source in reading.layout.metrics:
        for scope, captures in _scopes(reading, source):
            read[scope.document.path] = None
            metrics = _metrics(source, scope, captures)
            for metric in newest_of(metrics, found) if source.version else metrics:
                if source.strict or isinstance(metric.written.value, Number):
                    _take(found, metric, identity, scope.document)
                else:
                    found.worded.setdefault(metric.key, metric)
    return list(read)


def _scopes(reading: Reading, source: MetricSource) -> Iterator[tuple[Scoped, dict[str, str]]]:
    """Where a source looks: its piece, or each of its files."""
    if not (source.files or source.listed):
        scope = reading.scopes.get(source.piece)
        if scope is not None:
            yield scope, reading.captures
        return
    names = (*source.files, *(name for one in source.listed for name in listed(reading, one)))
    for path in reading.regular(names)[: reading.limits.max_files]:
        document = reading.document(path)
        leaf = path.rpartition("/")[2]
        kept = {"file": leaf, "stem": posixpath.splitext(leaf)[0]}
        yield Scoped(document, document.data), {**reading.captures, **kept}


def _metrics(source: MetricSource, scope: Scoped, captures: Mapping[str, str]) -> Iterator[Metric]:
    known = dict(captures)
    for name, path in source.also.items():
        texts = [text_of(match.value) for match in walk(scope.document.data, path)]
        known[name] = next((text for text in texts if text), "")
    if any(True for path in source.unless for _ in scope.matches(path, known)):
        return
    if source.pattern:
        yield from _lines(source, scope, known)
        return
    for number, match in enumerate(_matches(source, scope, known), 1):
        located: Located[Data] = Located(match.value, scope.document, match.route)
        version = fill(source.version, match.captures) or str(number) if source.version else ""
        for name, value in _flatten(located):
            kept = {**known, **match.captures, "key": name}
            if _is_taken(source, name):
                metric = _metric(source, value, kept)
                if metric is not None:
                    yield replace(metric, version=version) if version else metric


def _matches(source: MetricSource, scope: Scoped, captures: Mapping[str, str]) -> Sequence[Match]:
    """What the first of the paths leads to that leads anywhere."""
    found = (list(scope.matches(path, captures)) for path in source.path)
    return next((matches for matches in found if matches), [])


def _is_taken(source: MetricSource, name: str) -> bool:
    wanted = not source.only or any(fnmatchcase(name, glob) for glob in source.only)
    return wanted and not any(fnmatchcase(name, glob) for glob in source.exclude)


def _flatten(located: Located[Data]) -> Iterator[tuple[str, Located[Data]]]:
    """Every scalar or list below, by its dotted name; a number itself is named by its key."""
    if not isinstance(located.value, dict):
        yield str(located.route[-1]) if located.route else "value", located
        return
    pending = [("", located)]
    while pending:
        prefix, group = pending.pop()
        deeper = []
        for key, value in group.value.items() if isinstance(group.value, dict) else ():
            inner: Located[Data] = Located(value, group.source, (*group.route, key))
            name = f"{prefix}{key}"
            if isinstance(value, dict):
                deeper.append((f"{name}.", inner))
            else:
                yield name, inner
        pending.extend(reversed(deeper))


def _lines(source: MetricSource, scope: Scoped, captures: Mapping[str, str]) -> Iterator[Metric]:
    for text, place in _texts(source, scope, captures):
        lines = [line for line in matching_lines(source.pattern, text) if "value" in line.groups]
        for line in lines[-1:] if source.last else lines:
            written = line.groups["value"]
            # What a log writes for a number that is none, nobody takes for text.
            value = Number(written) if written.lower().lstrip("+-") in NOT_FINITE else written
            start, end = line.spans["value"]
            located: Located[Data] = Located(value, place.source, place.route)
            if not any(source.path):
                located = Located(value, place.source, (line.number, start + 1, end - start))
            kept = {**captures, "key": captures.get("stem", "value"), **line.groups}
            metric = _metric(source, located, kept, how="number")
            if metric is not None:
                yield metric


def _texts(
    source: MetricSource, scope: Scoped, captures: Mapping[str, str]
) -> Iterator[tuple[str, Located[None]]]:
    """The file's text, or each text that the path leads to, with its place."""
    document = scope.document
    if not any(source.path):
        yield document.text, Located(None, TextDocument(document.path, document.text))
        return
    for match in _matches(source, scope, captures):
        if isinstance(match.value, str):
            yield match.value, Located(None, document, match.route)


def _metric(
    source: MetricSource,
    located: Located[Data],
    captures: Mapping[str, str],
    how: str | None = None,
) -> Metric | None:
    """A number, or a text or boolean in its place; None for what stands for nothing."""
    value = convert(located.value, source.convert or how)  # type: ignore[arg-type] # `number`
    if not (
        source.strict or isinstance(value, (Number, bool)) or (isinstance(value, str) and value)
    ):
        return None
    # A part that stands for nothing takes its dot along.
    name = re.sub(r"\.{2,}", ".", fill(source.name, captures))
    said = (source.benchmark, source.split, source.revision)
    parts = [fill(part, captures).strip() for part in said]
    size = Number(fill(source.n, captures).replace(",", "")).decimal() if source.n else None
    return Metric(
        name=name,
        slice=fill(source.slice, captures) or None,
        written=Located(value, located.source, located.route),
        value=decimal_of(value),
        n=int(size) if size is not None and size == size.to_integral_value() else None,
        identity=(*parts[:2], parts[2] or None) if any(parts) else (),
        measure=captures.get("key", name),
    )


def _take(
    found: Measurements, metric: Metric, identity: tuple[str | None, ...], document: Document
) -> None:
    """Add a metric under a name that no other has: by its folder or file, then by a number."""
    if not metric.identity and identity:
        metric = replace(metric, identity=identity)
    name = metric.name
    if metric.key in found.metrics:
        first = found.metrics[metric.key].written.source.path
        for part in _distinguishing(document.path, first):
            metric = replace(metric, name=f"{part}.{name}")
            if metric.key not in found.metrics:
                break
    number = 2
    while metric.key in found.metrics:
        metric = replace(metric, name=f"{name} ({number})")
        number += 1
    found.take(metric)


def _distinguishing(path: str, first: str) -> Iterator[str]:
    """Parts of a path that the first one does not have: its folder's name, its own."""
    folder, stem = _folder_and_stem(path)
    other, other_stem = _folder_and_stem(first)
    if folder and folder != other:
        yield folder
    if stem != other_stem:
        yield stem


def _folder_and_stem(path: str) -> tuple[str, str]:
    folder, _, leaf = path.rpartition("/")
    return folder.rpartition("/")[2], posixpath.splitext(leaf)[0]
