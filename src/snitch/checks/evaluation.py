"""BEN: were the numbers measured on the benchmark that the standard asks for, in full, in time?"""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from datetime import timezone
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from snitch.brevity import head
from snitch.checks.check import Check
from snitch.checks.evaluation_rules import BENCHMARK_DIGEST_MISMATCH
from snitch.checks.evaluation_rules import BENCHMARK_IN_GRACE
from snitch.checks.evaluation_rules import BENCHMARK_NOT_DECLARED
from snitch.checks.evaluation_rules import BENCHMARK_OUTDATED
from snitch.checks.evaluation_rules import BENCHMARK_UNKNOWN
from snitch.checks.evaluation_rules import EVALUATION_DATE_INVALID
from snitch.checks.evaluation_rules import REQUIRED_METRIC_MISSING
from snitch.checks.evaluation_rules import RULES
from snitch.checks.overuse import overused
from snitch.checks.required import required
from snitch.checks.wording import brought_back
from snitch.checks.wording import listed
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Severity
from snitch.findings import Skipped
from snitch.policy.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.checks.check import Subject
    from snitch.findings import Outcome
    from snitch.policy.model import Benchmark
    from snitch.registry.release import Release

CLOCK_SKEW = timedelta(days=1)
"""How far past the day of judgement an evaluation may be dated: zones and clocks differ."""


def judge(subject: Subject) -> Iterator[Outcome]:
    """Everything of the family for one model.

    A rollback is excused: its numbers were measured on what was current when production first
    held them, and an emergency does not wait for a new evaluation.
    """
    release, benchmarks = subject.candidate, subject.policy.benchmarks
    if subject.rollback is not None:
        yield Skipped(brought_back(subject.rollback), excused=True)
        return
    reason = _nothing_to_read(release)
    if reason is not None:
        yield Skipped(reason)
        return
    if not release.metrics:
        yield _no_metrics(release)
    declared = release.metadata.benchmark.name
    current = benchmarks.get(declared) if declared is not None else None
    yield from _undated(subject)
    yield from _dates(release, current, subject.as_of)
    yield from overused(subject)
    if not benchmarks:
        yield Skipped("the policy names no benchmarks")
        return
    assigned = [
        name
        for name, benchmark in benchmarks.items()
        if any(fnmatchcase(release.name, glob) for glob in benchmark.models)
    ]
    asked = {name: it for name, it in benchmarks.items() if name in {declared, *assigned}}
    yield from _declaration(release, benchmarks, assigned)
    if current is not None:
        for found in _version(release, current, subject.as_of):
            if not (subject.mends and found.rule is BENCHMARK_OUTDATED):
                yield found
    if release.metrics:
        yield from required(subject, asked)


def _nothing_to_read(release: Release) -> str | None:
    """Why there are no metrics to judge, where another family's finding says it already."""
    match release.pieces["metrics"].state:
        case "missing":
            return "the metrics file is missing"
        case "broken":
            return "the metrics file cannot be read"
        case "not-applicable" if not release.metrics:
            return f"no metrics stand where the layout {quoted(release.layout)} looks for them"
    return None


def _no_metrics(release: Release) -> Finding:
    return Finding(
        REQUIRED_METRIC_MISSING,
        "the metrics file has no metric; expected at least one number under `metrics`",
        "measure the model and write its numbers under `metrics`",
        release.place("metrics", key=True),
    )


def _declaration(
    release: Release, benchmarks: Mapping[str, Benchmark], assigned: Iterable[str]
) -> Iterator[Finding]:
    """BEN202 for an unknown name; BEN208 for each assigned benchmark that was not measured."""
    name = release.metadata.benchmark.name
    if name is not None and name not in benchmarks:
        meant = nearest(name, benchmarks)
        known = meant and f"the nearest is {quoted(meant)}"
        yield Finding(
            BENCHMARK_UNKNOWN,
            f"the policy knows no benchmark {quoted(name)}; "
            f"{known or f'it knows {listed(quoted(one) for one in sorted(benchmarks))}'}",
            f"write {quoted(meant)}, if that is what was measured"
            if meant
            else "measure the model on a benchmark of the policy",
            release.place("benchmark.name"),
        )
        return
    for expected in sorted(assigned):
        if name != expected and not _measured_by_value(release, expected):
            found = "name no benchmark" if name is None else f"measure {quoted(name)}"
            yield Finding(
                BENCHMARK_NOT_DECLARED,
                f"the metrics {found}; the policy assigns {quoted(expected)} to "
                f"{quoted(release.name)}",
                f"measure the model on {quoted(expected)} version "
                f"{quoted(benchmarks[expected].current)} and name it in the metrics' `benchmark`",
                release.place("benchmark.name"),
            )


def _measured_by_value(release: Release, benchmark: str) -> bool:
    """Whether any value carries this benchmark itself, as some layouts have it."""
    return any(metric.identity[:1] == (benchmark,) for metric in release.metrics.values())


def _version(release: Release, benchmark: Benchmark, as_of: date) -> Iterator[Finding]:
    """BEN201, BEN202, BEN207 or BEN208 for a version; BEN203 for the current one's data."""
    name, version = release.metadata.benchmark.name, release.metadata.benchmark.version
    if version == benchmark.current:
        yield from _digest(release, benchmark)
    elif version is None:
        yield Finding(
            BENCHMARK_NOT_DECLARED,
            f"the metrics name {quoted(name)} without a version; current is "
            f"{quoted(benchmark.current)}",
            f"write the `version` that was measured into `benchmark`, or {_measure(benchmark)}",
            release.place("benchmark.version"),
        )
    elif benchmark.versions and version not in benchmark.versions:
        meant = nearest(version, [*benchmark.versions, benchmark.current])
        hint = f", the nearest is {quoted(meant)}" if meant is not None else ""
        yield Finding(
            BENCHMARK_UNKNOWN,
            f"the policy knows no version {quoted(version)} of {quoted(name)}{hint}; current is "
            f"{quoted(benchmark.current)}",
            _measure(benchmark),
            release.place("benchmark.version"),
        )
    else:
        yield _earlier(release, benchmark, version, as_of)


def _measure(benchmark: Benchmark) -> str:
    return f"measure the model on version {quoted(benchmark.current)}"


def _earlier(release: Release, benchmark: Benchmark, version: str, as_of: date) -> Finding:
    """BEN207 as long as a version that is no longer current may pass, then BEN201."""
    measured = f"{quoted(release.metadata.benchmark.name)} {quoted(version)}"
    place = release.place("benchmark.version")
    until = _grace(benchmark, version)
    if until is not None and as_of <= until:
        return Finding(
            BENCHMARK_IN_GRACE,
            f"{measured} passes until {until}; current is {quoted(benchmark.current)}",
            f"{_measure(benchmark)} before {until}",
            place,
        )
    ended = f"; its grace ended on {until}" if until is not None else ""
    return Finding(
        BENCHMARK_OUTDATED,
        f"{measured} is not current, {quoted(benchmark.current)} is{ended}",
        _measure(benchmark),
        place,
    )


def _grace(benchmark: Benchmark, version: str) -> date | None:
    """The last day on which the version before the current one passes; None for others."""
    versions = benchmark.versions
    if benchmark.current not in versions or benchmark.released is None:
        return None
    before = versions.index(benchmark.current) - 1
    if benchmark.grace_days == 0 or before < 0 or versions[before] != version:
        return None
    most = (date.max - benchmark.released).days
    return benchmark.released + timedelta(days=min(benchmark.grace_days, most))


def _digest(release: Release, benchmark: Benchmark) -> Iterator[Finding]:
    """BEN203: other data, or data that nobody names, where the policy pins it."""
    found, pinned = release.metadata.benchmark.sha256, benchmark.sha256
    if pinned is None or found == pinned:
        return
    said = "the metrics do not say which data was measured"
    if found is not None:
        said = f"the benchmark's data has the digest {head(found)}…"
    elif "benchmark.sha256" in release.fields:
        said = "the benchmark's `sha256` is no SHA-256"
    yield Finding(
        BENCHMARK_DIGEST_MISMATCH,
        f"{said}; the policy pins {head(pinned)}…",
        f"measure the model on the data with SHA-256 {pinned}, and write the digest of what was "
        "measured as `benchmark.sha256`",
        release.place("benchmark.sha256"),
    )


def _undated(subject: Subject) -> Iterator[Finding]:
    """BEN206 as a warning: a date that is left out escapes all that it would be held to."""
    release, deployed = subject.candidate, subject.deployed
    written = release.fields.get("evaluated_at")
    if deployed is None or deployed.metadata.evaluated_at is None:
        return
    if written is None or written.value is None:
        yield Finding(
            EVALUATION_DATE_INVALID,
            "the metrics do not say when they were measured; those of the deployed release do",
            "let the evaluation write `evaluated_at`",
            release.place("evaluated_at"),
            severity=Severity.WARNING,
        )


def _dates(release: Release, benchmark: Benchmark | None, as_of: date) -> Iterator[Finding]:
    """BEN206, for the first thing that is wrong with the date."""
    moment, finished = release.metadata.evaluated_at, release.metadata.training.finished_at
    if moment is None:
        return
    day = moment.astimezone(timezone.utc).date()
    released = None if benchmark is None else benchmark.released
    is_current = benchmark is not None and (release.metadata.benchmark.version == benchmark.current)
    written = quoted(release.fields["evaluated_at"].value)
    if day - as_of > CLOCK_SKEW:
        wrong = f"the evaluation is dated {written}, after today ({as_of})"
    elif finished is not None and moment < finished:
        wrong = (
            f"the evaluation is dated {written}, before training finished "
            f"({quoted(release.fields['training.finished_at'].value)})"
        )
    elif is_current and released is not None and day < released:
        wrong = f"the evaluation is dated {written}, before its benchmark was released ({released})"
    else:
        return
    yield Finding(
        EVALUATION_DATE_INVALID,
        wrong,
        "run the evaluation again and let it write `evaluated_at`",
        release.place("evaluated_at"),
    )


CHECK = Check("BEN", RULES, judge=judge)
