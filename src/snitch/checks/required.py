"""BEN204, BEN205: the metrics and slices that benchmarks require are there."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from snitch.checks.evaluation_rules import REQUIRED_METRIC_MISSING
from snitch.checks.evaluation_rules import REQUIRED_SLICE_MISSING
from snitch.checks.wording import listed
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.policy.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.checks.check import Subject
    from snitch.policy.model import Benchmark
    from snitch.registry.release import Release


def required(subject: Subject, asked: Mapping[str, Benchmark]) -> Iterator[Finding]:
    """What the benchmarks that are asked of a model require, and its metrics lack."""
    yield from _coverage(subject.candidate, asked)
    yield from _slices_lost(subject, asked)


def _coverage(release: Release, asked: Mapping[str, Benchmark]) -> Iterator[Finding]:
    """BEN204 and BEN205, each metric and pattern once however many benchmarks ask for it."""
    overall = [name for slice_, name in release.metrics if slice_ is None]
    slices = _measured(release)
    for name, source in _wanted(asked, "required_metrics").items():
        if name in overall:
            continue
        meant = nearest(name, overall)
        hint = f", but they have {quoted(meant)}" if meant is not None else ""
        yield Finding(
            REQUIRED_METRIC_MISSING,
            f"{quoted(source)} requires the metric {quoted(name)}; the metrics have none{hint}",
            f"measure {quoted(name)} and write it under exactly this name",
            release.place("metrics", key=True),
            metric=name,
        )
    for glob, source in _wanted(asked, "required_slices").items():
        if not any(fnmatchcase(slice_, glob) for slice_ in slices):
            there = listed(quoted(slice_) for slice_ in sorted(slices)) or "no slices"
            why = f"{quoted(source)} requires a slice {quoted(glob)}; the metrics have {there}"
            yield _slice_missing(release, glob, why)


def _slices_lost(subject: Subject, asked: Mapping[str, Benchmark]) -> Iterator[Finding]:
    """BEN205, each slice that production was measured on and a pattern asks for."""
    release, deployed = subject.candidate, subject.deployed
    if deployed is None or _benchmark(deployed) != _benchmark(release):
        return
    ours, theirs = _measured(release), deployed.slices
    for glob, source in _wanted(asked, "required_slices").items():
        if not any(fnmatchcase(slice_, glob) for slice_ in ours):
            continue
        for slice_ in sorted(one for one in set(theirs).difference(ours) if fnmatchcase(one, glob)):
            yield _slice_missing(
                release,
                slice_,
                f"{quoted(source)} requires slices {quoted(glob)}; the deployed release has "
                f"{quoted(slice_)}, and the metrics have none",
            )


def _slice_missing(release: Release, slice_: str, why: str) -> Finding:
    which = f"a slice like {quoted(slice_)}" if set(slice_) & set("*?[") else quoted(slice_)
    remedy = f"measure {which} and write its metrics under `slices`"
    place = release.place("slices", key=True)
    return Finding(REQUIRED_SLICE_MISSING, why, remedy, place, slice=slice_)


def _measured(release: Release) -> frozenset[str]:
    """The slices in which any number stands."""
    metrics = release.metrics.values()
    return frozenset(it.slice for it in metrics if it.slice is not None and it.value is not None)


def _benchmark(release: Release) -> tuple[str | None, str | None]:
    return release.metadata.benchmark.name, release.metadata.benchmark.version


def _wanted(asked: Mapping[str, Benchmark], what: str) -> dict[str, str]:
    """From everything that is required to the first benchmark that requires it."""
    found: dict[str, str] = {}
    for source in sorted(asked):
        wanted: tuple[str, ...] = getattr(asked[source], what)
        for name in wanted:
            found.setdefault(name, source)
    return found
