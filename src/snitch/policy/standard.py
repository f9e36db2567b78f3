"""Contradictions that a policy carries in itself: settings that could never do what they say.

A limit that can never apply is a limit switched off, so each is an error, at its place.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from typing import TYPE_CHECKING

from snitch.documents.limits import CEILINGS
from snitch.documents.limits import DEFAULTS
from snitch.policy.merge import merge_models
from snitch.policy.nearest import suggestion
from snitch.policy.problem import Problem
from snitch.policy.requirements import verify_dependencies
from snitch.policy.wording import quoted
from snitch.registry.globs import WILD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.documents import Route
    from snitch.policy.model import Benchmark
    from snitch.policy.model import MetricStandard
    from snitch.policy.model import Policy
    from snitch.policy.model import Waiver


def verify_standard(policy: Policy) -> Iterator[Problem]:
    """Everything about a policy that is wrong whatever rules and layouts there are."""
    yield from _models(policy)
    for name, benchmark in policy.benchmarks.items():
        yield from _benchmark(benchmark, ("benchmarks", name))
    yield from _metrics(policy.metrics, {}, ("metrics",))
    yield from verify_dependencies(policy.dependencies, ("dependencies",))
    for index, override in enumerate(policy.overrides):
        route = ("overrides", index)
        yield from _globs(override.models, (*route, "models"))
        yield from _metrics(override.metrics or {}, policy.metrics, (*route, "metrics"))
        if override.dependencies is not None:
            yield from verify_dependencies(override.dependencies, (*route, "dependencies"))
    for index, waiver in enumerate(policy.waivers):
        yield from _waiver(waiver, ("waivers", index))
    yield from _renames(policy)
    yield from _limits(policy)


def _models(policy: Policy) -> Iterator[Problem]:
    for index, glob in enumerate(policy.models):
        route = ("models", index)
        yield from _paths((glob.path,), (*route, "path"))
        yield from _paths(glob.exclude, (*route, "exclude"))
    counts = Counter(glob.path for glob in policy.models)
    for index, glob in enumerate(policy.models):
        if counts[glob.path] > 1:
            message = f"{quoted(glob.path)} stands twice in `models`"
            yield Problem(message, "keep one of the entries", ("models", index, "path"))


def _paths(globs: tuple[str, ...], route: Route) -> Iterator[Problem]:
    yield from _globs(globs, route)
    for glob in globs:
        parts = glob.split("/")
        if glob.startswith("/") or "\\" in glob or ".." in parts or "" in parts[:-1]:
            message = f"{quoted(glob)} is no path below the repository's root"
            yield Problem(message, "write it with `/` and without a leading one", route)


def _globs(globs: tuple[str, ...], route: Route) -> Iterator[Problem]:
    for glob in globs:
        opened = glob.find("[")
        if opened >= 0 and "]" not in glob[opened + 2 :]:
            message = f"the bracket in {quoted(glob)} is never closed"
            yield Problem(message, "close it, or write `[[]` for the bracket itself", route)


def _benchmark(benchmark: Benchmark, route: Route) -> Iterator[Problem]:
    yield from _globs(benchmark.models, (*route, "models"))
    yield from _globs(benchmark.required_slices, (*route, "required_slices"))
    versions = benchmark.versions
    if versions and benchmark.current not in versions:
        hint = suggestion(benchmark.current, versions, what="version")
        message = f"{quoted(benchmark.current)} is not among `versions`; {hint}"
        yield Problem(message, "add it to `versions`, oldest first", (*route, "current"))
    if len(set(versions)) < len(versions):
        message = "`versions` names one version twice"
        yield Problem(message, "name each once, oldest first", (*route, "versions"))
    if benchmark.grace_days and benchmark.released is None:
        message = "`grace_days` counts from `released`, and there is none"
        yield Problem(message, "add `released: YYYY-MM-DD`", (*route, "grace_days"))


def _metrics(
    metrics: dict[str, MetricStandard], base: dict[str, MetricStandard], route: Route
) -> Iterator[Problem]:
    for name, patch in metrics.items():
        yield from _metric_key(name, (*route, name))
        whole = merge_models(base[name], patch) if name in base else patch
        yield from _metric(whole, (*route, name))


def _metric_key(key: str, route: Route) -> Iterator[Problem]:
    if key.startswith("slices."):
        glob, _, name = key.removeprefix("slices.").rpartition(".")
        yield from _globs((glob,), route)
        if not glob or not name or not WILD.isdisjoint(name):
            message = f"{quoted(key)} names no metric of slices"
            yield Problem(message, "write `slices.GLOB.METRIC`, as `slices.*.auc`", route, key=True)
    elif not key.strip() or not WILD.isdisjoint(key):
        message = f"{quoted(key)} is no metric's name; names here are exact"
        remedy = "write each metric's whole name; only `slices.GLOB.METRIC` takes a glob"
        yield Problem(message, remedy, route, key=True)


def _metric(standard: MetricStandard, route: Route) -> Iterator[Problem]:
    low, high = standard.min, standard.max
    if low is not None and high is not None and low > high:
        message = f"`min` {low} is greater than `max` {high}: no value satisfies both"
        yield Problem(message, "lower `min` or raise `max`", (*route, "min"))
    tolerance, warn = standard.tolerance, standard.warn
    if warn is not None and tolerance is not None and warn > tolerance:
        message = f"`warn` {warn} is past the tolerance {tolerance}, where it is never reached"
        yield Problem(message, "write a smaller `warn`, or a greater `tolerance`", (*route, "warn"))
    yield from _range(standard, route)


def _range(standard: MetricStandard, route: Route) -> Iterator[Problem]:
    if standard.range is None:
        return
    least, most = standard.range
    if least >= most:
        message = f"`range` [{least}, {most}] holds no values"
        yield Problem(message, "write the least value first", (*route, "range"))
        return
    if standard.min is not None and standard.min > most:
        message = f"`min` {standard.min} is above the `range`: no value satisfies both"
        yield Problem(message, "lower `min` or widen `range`", (*route, "min"))
    if standard.max is not None and standard.max < least:
        message = f"`max` {standard.max} is below the `range`: no value satisfies both"
        yield Problem(message, "raise `max` or widen `range`", (*route, "max"))


def _waiver(waiver: Waiver, route: Route) -> Iterator[Problem]:
    if not WILD.isdisjoint(waiver.rule):
        message = f"a waiver excepts one rule, and {quoted(waiver.rule)} is a glob"
        yield Problem(message, "write one waiver for each rule", (*route, "rule"))
    if waiver.scope is None and not WILD.isdisjoint(waiver.model):
        message = f"a waiver excepts one model, and {quoted(waiver.model)} is a glob"
        remedy = "name one model, or add `scope: all` to except every model that the glob takes"
        yield Problem(message, remedy, (*route, "model"))
    if waiver.scope is not None:
        yield from _globs((waiver.model,), (*route, "model"))


def _renames(policy: Policy) -> Iterator[Problem]:
    counts = Counter(rename.model for rename in policy.renames)
    for index, rename in enumerate(policy.renames):
        if rename.model == rename.to or counts[rename.model] > 1:
            how = "to itself" if rename.model == rename.to else "twice"
            message = f"{quoted(rename.model)} is renamed {how}"
            yield Problem(message, "keep one new name", ("renames", index))


def _limits(policy: Policy) -> Iterator[Problem]:
    for part in fields(CEILINGS):
        value, ceiling = getattr(policy.limits, part.name, None), getattr(CEILINGS, part.name)
        if value is not None and value > ceiling:
            message = f"{value} is above the ceiling of {ceiling}"
            yield Problem(message, f"write at most {ceiling}", ("limits", part.name))
    most = policy.limits.max_waivers
    most = DEFAULTS.max_waivers if most is None else most
    if len(policy.waivers) > most:
        message = f"{len(policy.waivers)} waivers, where at most {most} are allowed"
        yield Problem(message, "remove those that have expired", ("waivers",))
