"""What a repository holds before it has a policy: its models, and what they have in common."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.checks.entries import value_of
from snitch.checks.placeholders import is_blank
from snitch.checks.standings import first_of
from snitch.engine.fixtures import fixtures
from snitch.engine.likeliest import likeliest
from snitch.frozen import dataclass
from snitch.policy.directions import direction_of
from snitch.registry.foreign import is_foreign
from snitch.registry.globs import takes_name
from snitch.registry.hints import HINTED
from snitch.registry.hints import seen
from snitch.registry.layout import load_built_in
from snitch.registry.recognition import recognise
from snitch.registry.version_order import key_of
from snitch.snapshots import Repository

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal
    from pathlib import Path

    from snitch.documents import Entry
    from snitch.registry.hints import Seen
    from snitch.registry.layout import Layout
    from snitch.registry.recognition import Recognised
    from snitch.registry.release import Release
    from snitch.snapshots import Snapshot

WANTED = (
    "owner",
    "description",
    "data.name",
    "data.version",
    "data.cutoff",
    "features",
    "hyperparameters",
    "training.code",
    "training.seed",
)
"""Fields that a policy may require of a config."""
ENTRY_FIELDS = ("date", "author", "ticket", "summary")
_COUNTERS = """
    epoch *_epoch epochs step *_step steps iteration* n_* num_* *_count *count *_size size* *_bytes
    *rows *samples support tp fp tn fn
    *params *parameters *flops* *_time time* *_seconds *_sec duration* timestamp* threshold* seed
    *runtime* *_per_second *learning_rate lr
"""
COUNTERS = tuple(_COUNTERS.split())
"""Names of numbers that measure no quality, in lower case, by their last part."""


@dataclass(frozen=True, slots=True)
class MetricSeen:
    """One metric over all models that report it."""

    name: str
    models: int
    least: Decimal
    greatest: Decimal
    direction: str | None
    """None where nobody can know."""
    by_layout: bool
    """Whether the layout knows it already."""
    counter: bool
    """Whether its name is that of a count, a size or a time."""


@dataclass(frozen=True, slots=True)
class BenchmarkSeen:
    """One benchmark that models name."""

    name: str
    versions: tuple[str, ...]
    """The oldest first, as far as they can be ordered."""
    sha256: str | None
    """Of the newest version, where all who name it agree."""
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that a proposal is made of."""

    root: Path
    production: str
    forge: str
    """`github` or `gitlab`."""
    recognised: Recognised | None
    others: tuple[str, ...]
    """Further layouts whose signs are there."""
    models: int
    read: int
    keeps_changelog: bool
    """Whether models of this layout have one."""
    with_changelog: int
    metrics: tuple[MetricSeen, ...]
    fields: dict[str, int]
    """From each wanted field that the layout keeps to how many models have it."""
    entry_fields: dict[str, int]
    """The same of the newest changelog entries."""
    benchmarks: tuple[BenchmarkSeen, ...]
    scripts: int
    """Python files of the model that has most of them."""
    fixtures: tuple[str, ...]
    """Globs of tests that hold weights, or a model of their own."""
    hints: tuple[Seen, ...]
    """Where no model or no metric was found: what there is instead."""


def look(start: Path) -> Found:
    """Look at the working tree around a directory.

    Raises:
        CannotJudgeError: there is no repository, or it cannot be read.
    """
    with Repository.discover(start) as repository:
        tree = repository.worktree()
        families = recognise(tree)
        family = likeliest(tree, families)
        recognised = None if family is None else family.recognised
        releases = [] if family is None else family.releases
        layout = load_built_in("snitch") if family is None else family.layout
        metrics = _metrics(releases, layout)
        # What a hint says to write must be read once it is written.
        helps = not metrics and (recognised is None or HINTED in layout.metric_files)
        return Found(
            root=repository.root,
            production=_production(repository),
            forge=_forge(repository, tree),
            recognised=recognised,
            others=tuple(other.layout for other in families if other is not recognised),
            models=0 if family is None else len(family.locations),
            read=len(releases),
            keeps_changelog=bool(layout.files.changelog or layout.changelog),
            with_changelog=sum(_newest(release) is not None for release in releases),
            metrics=metrics,
            fields=_fields(releases, layout),
            entry_fields=_entry_fields(releases, layout),
            benchmarks=_benchmarks(releases),
            scripts=max(map(_scripts, releases), default=0),
            fixtures=()
            if family is None
            else fixtures(tree, layout, {one.path for one in family.locations}),
            hints=tuple(seen(tree)) if helps else (),
        )


def ignored(root: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Those of the files there that Git passes over, as a `.gitignore` has it."""
    with Repository.discover(root) as repository:
        tree = repository.worktree()
        return tuple(path for path in paths if tree.entry(path) is None)


def without_models(found: Found) -> Found:
    """The same repository, as if it held no model."""
    layout = load_built_in("snitch")
    return replace(
        found,
        recognised=None,
        others=(),
        models=0,
        read=0,
        keeps_changelog=True,
        with_changelog=0,
        metrics=(),
        fields=_fields([], layout),
        entry_fields=_entry_fields([], layout),
        benchmarks=(),
        scripts=0,
    )


def _production(repository: Repository) -> str:
    """The branch to deploy from: `main`, what the clone calls its default, or the only one."""
    branches = repository.branches()
    only = branches if len(branches) == 1 else ()
    names = ("main", repository.default_branch(), "master", "production", *only)
    return next((name for name in names if name in branches), "main")


def _forge(repository: Repository, tree: Snapshot) -> str:
    url = repository.remote_url() or ""
    if "gitlab" in url or (tree.entry(".gitlab-ci.yml") and "github" not in url):
        return "gitlab"
    return "github"


def _metrics(releases: Iterable[Release], layout: Layout) -> tuple[MetricSeen, ...]:
    values: defaultdict[str, list[Decimal]] = defaultdict(list)
    for release in releases:
        for (slice_, name), metric in release.metrics.items():
            # A second value of a name is held to what the name is.
            if slice_ is None and metric.value is not None and first_of(name) == name:
                values[name].append(metric.value)
    found = [_metric(name, seen, layout) for name, seen in values.items()]
    return tuple(sorted(found, key=lambda metric: (-metric.models, metric.name)))


def _metric(name: str, values: list[Decimal], layout: Layout) -> MetricSeen:
    rule = next((rule for glob, rule in layout.standards.items() if takes_name(glob, name)), None)
    known = rule.direction if rule is not None else None
    last = name.rpartition(".")[2].lower()
    return MetricSeen(
        name=name,
        models=len(values),
        least=min(values),
        greatest=max(values),
        direction=known or direction_of(name),
        by_layout=rule is not None and (known is not None or rule.ignore),
        counter=any(takes_name(glob, last) for glob in COUNTERS),
    )


def _scripts(release: Release) -> int:
    return sum(path.endswith(".py") and not is_foreign(path) for path in release.digests)


def _fields(releases: list[Release], layout: Layout) -> dict[str, int]:
    kept = [name for name in WANTED if name not in layout.not_applicable]
    return {name: sum(_has(release, name) for release in releases) for name in kept}


def _has(release: Release, name: str) -> bool:
    located = release.fields.get(name)
    return located is not None and located.value not in (None, "", [], {})


def _newest(release: Release) -> Entry | None:
    """The first entry of its changelog."""
    return None if release.changelog is None else next(iter(release.changelog.entries), None)


def _entry_fields(releases: list[Release], layout: Layout) -> dict[str, int]:
    newest = [entry for entry in map(_newest, releases) if entry is not None]
    return {
        name: sum(not is_blank(value_of(entry, name)) for entry in newest)
        for name in ENTRY_FIELDS
        if name in layout.entry_fields
    }


def _benchmarks(releases: Iterable[Release]) -> tuple[BenchmarkSeen, ...]:
    found: defaultdict[str, list[tuple[str, str | None, str]]] = defaultdict(list)
    for release in releases:
        benchmark = release.metadata.benchmark
        if benchmark.name and benchmark.version:
            found[benchmark.name].append((benchmark.version, benchmark.sha256, release.name))
    return tuple(_benchmark(name, rows) for name, rows in sorted(found.items()))


def _benchmark(name: str, rows: list[tuple[str, str | None, str]]) -> BenchmarkSeen:
    versions = tuple(sorted({version for version, _, _ in rows}, key=key_of))
    digests = {digest for version, digest, _ in rows if version == versions[-1]}
    digest = digests.pop() if len(digests) == 1 else None
    return BenchmarkSeen(name, versions, digest, tuple(sorted({model for _, _, model in rows})))
