"""What a release's `items` block says: which file, and which of its columns mean what."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from snitch.findings import Fault
from snitch.findings import Place
from snitch.registry.item_scores import Score
from snitch.registry.keypath import decimal_of
from snitch.registry.paths import leads_out
from snitch.snapshots.paths import join

if TYPE_CHECKING:
    from collections.abc import Mapping

    from snitch.documents import Data
    from snitch.registry.release import Release

MAX_BINS = 1_000


class RefusedError(Exception):
    """The items cannot be read: `fault` for the candidate's report, `reason` for a sentence."""

    def __init__(self, fault: Fault | None, reason: str) -> None:
        super().__init__(reason)
        self.fault = fault
        self.reason = reason


class Block:
    """The `items` block, checked.

    Raises:
        RefusedError: it says what cannot be.
    """

    def __init__(self, release: Release) -> None:
        self.release = release
        located = release.items
        data = located.value if located is not None else None
        if not isinstance(data, dict):
            raise self.invalid((), "a mapping with `path`, `id` and `scores`")
        self.path = self._path(data.get("path"))
        self.id = self._name(data, "id") or "id"
        self.cluster = self._name(data, "cluster")
        scores = data.get("scores")
        if not isinstance(scores, dict):
            raise self.invalid(("scores",), "a mapping from metrics to columns")
        self.scores = {name: self._score(name, one) for name, one in scores.items()}
        slices = {name for name, _ in release.metrics if name is not None}
        named = {name.partition("=")[0] for name in slices if "=" in name}
        self.texts = named | ({self.cluster} if self.cluster is not None else set())
        labels = {score.label for score in self.scores.values() if score.label is not None}
        self.numbers = {score.column for score in self.scores.values()} | labels
        self.wanted = {self.id} | self.texts | self.numbers

    def invalid(self, route: tuple[str, ...], expected: str, code: str = "SNT004") -> RefusedError:
        """The block says what it cannot."""
        located = self.release.items
        name = ".".join(("items", *route))
        place = Place(self.release.path)
        if located is not None:
            place = located.source.place((*located.route, *route))
        message = f"`{name}` is not what it should be; expected {expected}"
        fault = Fault(code, place, message, f"correct `{name}`, or take `items` out")
        return RefusedError(fault, f"`{name}` is not {expected}")

    def _path(self, value: Data) -> str:
        if not isinstance(value, str) or not value:
            raise self.invalid(("path",), "a file's path")
        normal = posixpath.normpath(value.replace("\\", "/"))
        if leads_out(value) or normal == ".":
            raise self.invalid(("path",), "a path inside the model's directory", "SNT005")
        return join(self.release.path, normal)

    def _name(self, data: Mapping[str, Data], key: str) -> str | None:
        value = data.get(key)
        if value is not None and not isinstance(value, str):
            raise self.invalid((key,), "the name of a column")
        return value

    def _score(self, metric: str, value: Data) -> Score:
        expected = "the name of a column, or a mapping with `score` and `label`"
        if isinstance(value, str):
            return Score(value)
        if not isinstance(value, dict):
            raise self.invalid(("scores", metric), expected)
        column, label = value.get("score"), value.get("label")
        if not isinstance(column, str) or not isinstance(label, str):
            raise self.invalid(("scores", metric), expected)
        bins, threshold = (decimal_of(value.get(key)) for key in ("bins", "threshold"))
        if bins is not None and not (bins == int(bins) and 0 < bins <= MAX_BINS):
            raise self.invalid(("scores", metric, "bins"), f"a whole number up to {MAX_BINS}")
        return Score(column, label, None if bins is None else int(bins), threshold)
