"""Sections of a policy that are compared entry by entry: metrics, benchmarks, models and others.

Each function yields what became looser from one section to the other, with its route in the
new policy.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from typing import Any

from snitch.documents.limits import DEFAULTS
from snitch.findings import CannotJudgeError
from snitch.frozen import dataclass
from snitch.policy.comparison import compared
from snitch.policy.comparison import dotted
from snitch.policy.library_changes import looser_libraries
from snitch.policy.metric_changes import looser_metrics
from snitch.policy.severities import by_word
from snitch.policy.severities import looser_rules
from snitch.policy.wording import quoted
from snitch.registry.discovery import DEFAULT_PATTERNS
from snitch.registry.layout import load_built_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.findings import Rule
    from snitch.findings import Severity
    from snitch.policy.comparison import Loose
    from snitch.policy.libraries import Dependencies
    from snitch.policy.limits import LimitsStandard
    from snitch.policy.model import Benchmark
    from snitch.policy.model import MetricStandard
    from snitch.policy.model import Policy
    from snitch.policy.model import Waiver
    from snitch.registry.discovery import Pattern
    from snitch.registry.layout import Layout

    Section = Callable[[Any, Any, "Known"], Iterator[Loose]]

READ = frozenset({"max_entries", "max_files", "max_releases"})
"""Limits past which nothing is refused, but less is read: of a changelog, a model, the past."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a policy does not say itself, and what its keys mean all the same."""

    rules: Mapping[str, Rule]
    """By code and name, each with the severities that the layouts leave it."""
    layouts: tuple[Layout, ...]
    """Those of the new policy's models."""


def known_to(policy: Policy, rules: Iterable[Rule]) -> Known:
    """What stands behind a policy; a layout that nobody knows is refused elsewhere."""
    layouts = []
    for name in dict.fromkeys(glob.layout for glob in policy.models or DEFAULT_PATTERNS):
        with suppress(CannotJudgeError):
            layouts.append(policy.layouts.get(name) or load_built_in(name))
    return Known(by_word(rules, layouts), tuple(layouts))


def _metrics(
    old: Mapping[str, MetricStandard], new: Mapping[str, MetricStandard], known: Known
) -> Iterator[Loose]:
    return looser_metrics(old, new, known.layouts)


def _rules(
    old: Mapping[str, Severity], new: Mapping[str, Severity], known: Known
) -> Iterator[Loose]:
    return looser_rules(old, new, known.rules)


def _benchmarks(
    old: Mapping[str, Benchmark], new: Mapping[str, Benchmark], _known: Known
) -> Iterator[Loose]:
    for name, before in old.items():
        after, route = new.get(name), ("benchmarks", name)
        if after is None:
            yield route, f"{dotted(route)} is removed"
        else:
            yield from _benchmark(before, after, route)
    demanded = {glob for benchmark in old.values() for glob in benchmark.models}
    for name, added in new.items():
        # A second data set for models that had one may be the easier one.
        if name not in old and (not added.models or demanded & set(added.models)):
            route = ("benchmarks", name)
            yield route, f"{dotted(route)} is added, and releases may be measured on it instead"


def _benchmark(old: Benchmark, new: Benchmark, route: tuple[str, ...]) -> Iterator[Loose]:
    forward = new.current != old.current and _follows(old, new)
    for name in type(old).model_fields:
        before, after, here = getattr(old, name), getattr(new, name), (*route, name)
        if name == "versions":
            if after[: len(before)] != before:
                yield from compared(before, after, here, "Benchmark")
        elif name == "current":
            if not forward:
                yield from compared(before, after, here, "Benchmark")
        elif name in {"sha256", "items_sha256", "items", "released"}:
            # A new version has its own; a first one is a demand more.
            demand = before is None and not (name == "released" and new.grace_days)
            if after is None or not (forward or demand):
                yield from compared(before, after, here, "Benchmark")
        else:
            yield from compared(before, after, here, "Benchmark")


def _follows(old: Benchmark, new: Benchmark) -> bool:
    versions = new.versions
    if old.current not in versions or new.current not in versions:
        return False
    return versions.index(new.current) > versions.index(old.current)


def _dependencies(old: Dependencies, new: Dependencies, _known: Known) -> Iterator[Loose]:
    return looser_libraries(old, new)


def _waivers(old: Sequence[Waiver], new: Sequence[Waiver], known: Known) -> Iterator[Loose]:
    until: dict[object, Waiver] = {}
    for waiver in old:
        covered = _covered(waiver, known.rules)
        if covered not in until or waiver.expires > until[covered].expires:
            until[covered] = waiver
    for index, waiver in enumerate(new):
        before = until.get(_covered(waiver, known.rules))
        what = f"a waiver of {quoted(waiver.rule)} for {quoted(waiver.model)}"
        if before is None:
            yield ("waivers", index), f"{what} is added, until {waiver.expires}"
        elif waiver.expires > before.expires:
            days = f"from {before.expires} to {waiver.expires}"
            yield ("waivers", index), f"{what} is extended {days}"


def _covered(waiver: Waiver, rules: Mapping[str, Rule]) -> object:
    rule = rules[waiver.rule].code if waiver.rule in rules else waiver.rule
    only = (waiver.metric, waiver.slice, waiver.weights_sha256)
    return (rule, waiver.model, waiver.scope, only)


def _models(old: Sequence[Pattern], new: Sequence[Pattern], _known: Known) -> Iterator[Loose]:
    before = {glob.path: glob for glob in old or DEFAULT_PATTERNS}
    after = {glob.path: glob for glob in new or DEFAULT_PATTERNS}
    for path, glob in before.items():
        now = after.get(path)
        if now is None:
            yield ("models",), f"{quoted(path)} is no longer among `models`"
            continue
        index = list(after).index(path)
        here = ("models", index) if new else ("models",)
        for excluded in sorted(set(now.exclude) - set(glob.exclude)):
            yield (*here, "exclude"), f"{quoted(excluded)} is excluded from {quoted(path)}"
        if now.layout != glob.layout:
            yield (*here, "layout"), f"the layout of {quoted(path)} becomes {quoted(now.layout)}"
    kept = [path for path in before if path in after]
    # The first glob that takes a directory says what it is.
    if list(after)[: len(kept)] != kept:
        yield ("models",), "the order of `models` changes, and with it which entry counts"


def _layouts(old: Mapping[str, Any], new: Mapping[str, Any], _known: Known) -> Iterator[Loose]:
    for name, layout in old.items():
        if new.get(name) != layout:
            how = "changes" if name in new else "is removed"
            yield ("layouts", name), f"the layout {quoted(name)} {how}"


def _limits(old: LimitsStandard, new: LimitsStandard, _known: Known) -> Iterator[Loose]:
    for name in type(old).model_fields:
        default = getattr(DEFAULTS, name)
        before, after = getattr(old, name), getattr(new, name)
        before = default if before is None else before
        after = default if after is None else after
        if after > before:
            yield ("limits", name), f"{dotted(('limits', name))} is raised from {before} to {after}"
        elif after < before and name in READ:
            words = "is lowered, and what lies beyond is not looked at: from"
            yield ("limits", name), f"{dotted(('limits', name))} {words} {before} to {after}"


SECTIONS: dict[str, Section] = {
    "benchmarks": _benchmarks,
    "dependencies": _dependencies,
    "layouts": _layouts,
    "limits": _limits,
    "metrics": _metrics,
    "models": _models,
    "rules": _rules,
    "waivers": _waivers,
}
