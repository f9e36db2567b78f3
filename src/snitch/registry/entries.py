"""Lists that hold several versions of one model: which of them is the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.registry.version_order import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from snitch.registry.metrics import Measurements
    from snitch.registry.release import Metric


def newest_of(metrics: Iterable[Metric], found: Measurements) -> Iterator[Metric]:
    """The numbers of each model's newest version; those of all versions go to `found`.

    The metrics come with their versions, in the order of the file.
    """
    models: dict[str, dict[str, list[Metric]]] = {}
    for metric in metrics:
        model = metric.name.removesuffix(metric.measure)
        models.setdefault(model, {}).setdefault(metric.version, []).append(metric)
        found.versions[metric.version, metric.key] = metric
    for versions in models.values():
        yield from versions[_newest(list(versions))]


def _newest(versions: list[str]) -> str:
    """The highest; where one of them is no release number, the last, as lists are appended to."""
    keys = [key_of(version) for version in versions]
    if all(is_release for is_release, _ in keys):
        return max(zip(keys, range(len(keys)), versions, strict=True))[2]
    return versions[-1]
