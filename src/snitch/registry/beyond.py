"""What other layouts than the house's need: metrics by sources, pointers, libraries, inputs."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from snitch.frozen import dataclass
from snitch.registry.release import Piece

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping

    from snitch.documents import Changelog
    from snitch.documents import DependencyFile
    from snitch.registry.metrics import Measurements
    from snitch.registry.reading import Reading
    from snitch.registry.release import Drifted
    from snitch.registry.release import Weights
    from snitch.registry.sources import ChangelogSource


@dataclass(frozen=True, slots=True)
class Beyond:
    """What the mechanisms found."""

    weights: tuple[Weights, ...]
    """Files first, then pointers."""
    dependencies: tuple[DependencyFile, ...] = ()
    drifted: tuple[Drifted, ...] = ()
    essences: Mapping[str, str] = field(default_factory=dict)


def beyond(
    reading: Reading, numbers: Measurements, files: tuple[Weights, ...], *, bare: bool = False
) -> Beyond:
    """Read what the layout's mechanisms lead to; `numbers` grows.

    With `bare` nothing is asked of a run's inputs.
    """
    from snitch.registry.declared import declared  # noqa: PLC0415 - the house layout needs none
    from snitch.registry.essences import essences  # noqa: PLC0415 - as above
    from snitch.registry.inputs import data_identity  # noqa: PLC0415 - as above
    from snitch.registry.inputs import drifted  # noqa: PLC0415 - as above
    from snitch.registry.measured import measure_sources  # noqa: PLC0415 - as above
    from snitch.registry.pointers import find_pointers  # noqa: PLC0415 - as above

    paths = measure_sources(reading, numbers, data_identity(reading))
    _metrics_piece(reading, numbers, paths)
    pointers = list(find_pointers(reading, reading.layout.pointers))
    libraries = declared(reading)
    if libraries and reading.pieces["dependencies"].state != "present":
        reading.pieces["dependencies"] = Piece("present", libraries[0].path)
    return Beyond(
        (*files, *(pointer.weights for pointer in pointers)),
        libraries,
        () if bare else tuple(drifted(reading)),
        essences(reading, numbers.metrics, pointers),
    )


def _metrics_piece(reading: Reading, numbers: Measurements, paths: list[str]) -> None:
    """The piece `metrics` is wherever the sources found them."""
    sources = reading.layout.metrics
    if not sources or reading.layout.files.metrics:
        return
    broken = [path for path in paths if reading.documents[path].broken]
    if broken:
        reading.pieces["metrics"] = Piece("broken", broken[0])
    elif numbers.metrics:
        first = next(iter(numbers.metrics.values())).written.source.path
        reading.pieces["metrics"] = Piece("present", first)
    elif "metrics" in reading.layout.optional:
        reading.pieces["metrics"] = Piece("not-applicable", reading.directory)
    elif paths:
        reading.pieces["metrics"] = Piece("present", paths[0])
    else:
        files = [name for source in sources for name in source.files]
        config = reading.pieces.get(sources[0].piece)
        path = reading.path(files[0]) if files else config.path if config else reading.directory
        reading.pieces["metrics"] = Piece("missing", path)


def changelog_within(
    reading: Reading, source: ChangelogSource, keep: Collection[str]
) -> Changelog | None:
    """The changelog that stands inside another piece."""
    from snitch.documents.changelog_structured import entries_of  # noqa: PLC0415 - of few layouts

    scope = reading.scopes.get(source.piece)
    optional = "changelog" in reading.layout.optional
    found = None
    if scope is not None and scope.data is not None:
        found = next(iter(scope.matches(source.path, reading.captures)), None)
    if scope is None or found is None or found.value is None:
        path = scope.document.path if scope is not None else reading.directory
        reading.pieces["changelog"] = Piece("not-applicable" if optional else "missing", path)
        return None
    reading.pieces["changelog"] = Piece("present", scope.document.path)
    limits = reading.limits
    return entries_of(scope.document, found.value, found.route, limits, frozenset(keep))
