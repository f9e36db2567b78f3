"""REG312: the per-item results are of the whole benchmark, each item once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.significance_rules import ITEMS_INCOMPLETE
from snitch.checks.wording import listed
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Place
from snitch.findings import Severity
from snitch.findings import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from snitch.checks.check import Subject
    from snitch.findings import Outcome
    from snitch.policy.model import Benchmark
    from snitch.policy.model import Policy
    from snitch.registry.item_scores import ItemScores
    from snitch.registry.release import Release

REMEDY = "evaluate the whole benchmark again, and write one row for each item"
FEW = 3
"""How many ids a message names."""


def wants_items(policy: Policy, release: Release) -> bool:
    """Whether anything is decided by per-item results, so that they must be read."""
    pinned = benchmark_of(policy, release)
    return (
        release.items is not None
        or policy.regression.mode == "significance"
        or (pinned is not None and (pinned.items is not None or pinned.items_sha256 is not None))
        or any(name in policy.metrics and (None, name) not in release.metrics for name in DERIVED)
    )


def benchmark_of(policy: Policy, release: Release) -> Benchmark | None:
    """The policy's benchmark of a release that was measured on its current version."""
    measured = release.metadata.benchmark
    known = policy.benchmarks.get(measured.name or "")
    return known if known is not None and known.current == measured.version else None


DERIVED = ("brier", "ece", "reliability_gap")
"""Metrics that are computed from per-item results where no metrics file gives them."""


def incomplete(subject: Subject) -> Iterator[Outcome]:
    """Items that are missing, too many or there twice: by the policy, or by the deployed ones."""
    candidate = subject.candidate
    items = candidate.item_scores
    if items is None:
        yield from _withheld(subject)
        return
    if items.reason is not None:
        yield Skipped(f"per-item results: {items.reason}", excused=True, whole=False)
        return
    twice = items.duplicates
    if twice:
        yield _finding(items, f"holds {_items(len(twice))} more than once: {_named(twice)}")
    else:
        from snitch.checks.claims import contradicted  # noqa: PLC0415 - for who gives items

        yield from contradicted(subject, items)
    pinned = benchmark_of(subject.policy, candidate)
    wrong = None if pinned is None else _unlike(items, candidate, pinned)
    if wrong is not None:
        yield _finding(items, wrong)
    elif pinned is None or pinned.items_sha256 is None:
        yield from _against(subject.deployed, candidate, items)


def _withheld(subject: Subject) -> Iterator[Finding]:
    """No items at all, where the policy pins them or the deployed release brings them.

    A warning where nothing is weighed by them: what they would show to be left out is unknown.
    """
    candidate = subject.candidate
    severity = None
    pinned = benchmark_of(subject.policy, candidate)
    expected = _deployed_ids(subject.deployed, candidate)
    if pinned is not None and pinned.items_sha256 is not None:
        why = "the policy pins the items of its benchmark"
    elif expected and subject.policy.regression.mode == "significance":
        why = f"the deployed release brings them for {_items(len(expected))}"
    elif _brings_items(subject.deployed, candidate) and subject.policy.regression.mode == "exact":
        why = "the deployed release does: whether every item was measured is not known"
        severity = Severity.WARNING
    else:
        return
    if candidate.metrics:
        place = candidate.place("metrics", key=True)
        message = f"the candidate gives no per-item results, and {why}"
        yield Finding(ITEMS_INCOMPLETE, message, REMEDY, place, severity)


def _brings_items(deployed: Release | None, candidate: Release) -> bool:
    """Whether the deployed release, measured on the same benchmark, names per-item results."""
    if deployed is None or deployed.items is None:
        return False
    return deployed.metadata.benchmark == candidate.metadata.benchmark


def _deployed_ids(deployed: Release | None, candidate: Release) -> tuple[str, ...]:
    """The items of the deployed release, where it was measured on the same benchmark."""
    if deployed is None or deployed.item_scores is None:
        return ()
    return deployed.item_scores.ids if _brings_items(deployed, candidate) else ()


def _items(count: int) -> str:
    return f"{count:,} item" if count == 1 else f"{count:,} items"


def _unlike(items: ItemScores, candidate: Release, pinned: Benchmark) -> str | None:
    measured = candidate.metadata.benchmark
    name = quoted(f"{measured.name} {measured.version}")
    count = len(set(items.ids))
    if pinned.items is not None and count != pinned.items:
        return f"holds {_items(count)}, and {name} has {pinned.items:,}"
    if pinned.items_sha256 is not None and items.sha256 != pinned.items_sha256:
        return (
            f"does not hold the items of {name}: the digest of its {count:,} ids is "
            f"{quoted(items.sha256)}, expected {quoted(pinned.items_sha256)}"
        )
    return None


def _against(deployed: Release | None, candidate: Release, items: ItemScores) -> Iterator[Finding]:
    expected = _deployed_ids(deployed, candidate)
    if not expected or expected == items.ids:
        return
    ours, theirs = set(items.ids), set(expected)
    missing, extra = theirs - ours, ours - theirs
    parts = [f"lacks {_items(len(missing))} ({_named(missing)})"] if missing else []
    other = "other" if len(extra) == 1 else "others"
    parts += [f"has {len(extra):,} {other} ({_named(extra)})"] if extra else []
    if parts:
        yield _finding(items, f"{' and '.join(parts)}: the deployed release's are different")


def _named(ids: Iterable[str]) -> str:
    """The first few, by the order of the ids."""
    return listed(map(quoted, sorted(ids)), FEW + 1)


def _finding(items: ItemScores, found: str) -> Finding:
    return Finding(ITEMS_INCOMPLETE, f"{quoted(items.path)} {found}", REMEDY, Place(items.path))
