"""Which numbers a candidate must be as good as, and which of its own have none to meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.brevity import head
from snitch.checks.regression_rules import INCUMBENT_CLAIMED
from snitch.checks.regression_rules import NOT_COMPARABLE
from snitch.checks.standings import order
from snitch.checks.wording import listed
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Severity
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.checks.standings import Key
    from snitch.checks.standings import Lookup
    from snitch.findings import Place
    from snitch.registry.release import Incumbent
    from snitch.registry.release import Metric
    from snitch.registry.release import Release

    Identity = tuple[str | None, ...]

CLAIM_SEVERITY = {"warn": Severity.WARNING, "accept": Severity.INFO}


@dataclass(frozen=True, slots=True)
class Yardstick:
    """The values to compare with, by key, and what is wrong with comparing the others."""

    metrics: Mapping[Key, Metric]
    findings: tuple[Finding, ...] = ()


def choose(candidate: Release, deployed: Release, stand: Lookup, claims: str) -> Yardstick:
    """The deployed values, or a valid `incumbent` block's where the benchmarks differ.

    `claims` is the policy's word on incumbents: `refuse`, `warn` or `accept`.
    """
    same: dict[Key, Metric] = {}
    foreign: dict[Key, tuple[Identity, Identity]] = {}
    for key, metric in candidate.metrics.items():
        old = deployed.metrics.get(key)
        if old is None:
            continue
        pair = identity(candidate, metric), identity(deployed, old)
        if alike(*pair):
            same[key] = old
        elif not stand(key).ignored:
            foreign[key] = pair
    gating = {key: foreign[key] for key in sorted(foreign, key=order) if stand(key).gates}
    claim = candidate.incumbent
    if not gating:
        return Yardstick(same)
    if claim is None or claims == "refuse" or not bound(claim, deployed):
        return Yardstick(same, tuple(_foreign(candidate, deployed, gating, claims)))
    missing = [key for key in gating if key not in claim.metrics]
    return Yardstick({**claim.metrics, **same}, tuple(_claimed(claim, missing, claims)))


def identity(release: Release, metric: Metric) -> Identity:
    """What a value measures: its own benchmark, split and revision, or its release's."""
    benchmark = release.metadata.benchmark
    return metric.identity or (benchmark.name, benchmark.version, benchmark.sha256)


def alike(one: Identity, other: Identity) -> bool:
    """Whether two values measure the same.

    A digest that one side does not give is no difference; a name or version is.
    """
    if len(one) != len(other):
        return False
    *names, digest = zip(one, other, strict=True)
    return all(left == right for left, right in names) and (
        None in digest or digest[0] == digest[1]
    )


def bound(claim: Incumbent, deployed: Release) -> bool:
    """Whether an incumbent block measures the very weights that production holds."""
    digest = bare(claim.weights_sha256)
    return digest is not None and digest in deployed_digests(deployed)


def deployed_digests(deployed: Release) -> set[str]:
    """SHA-256 of the deployed weights: of the files where they are known, else as said."""
    files = {bare(weights.digest) for weights in deployed.weights}
    said = {bare(deployed.metadata.weights.sha256), bare(deployed.metadata.weights_sha256)}
    known = {digest for digest in files if digest is not None}
    return known or {digest for digest in said if digest is not None}


def bare(digest: str | None) -> str | None:
    """A SHA-256 without its prefix; None for what is none."""
    if digest is None:
        return None
    text = digest.removeprefix("sha256:").lower()
    return None if ":" in text or not text else text


def _foreign(
    candidate: Release,
    deployed: Release,
    foreign: Mapping[Key, tuple[Identity, Identity]],
    claims: str,
) -> Iterator[Finding]:
    """REG305, once for each pair of benchmarks."""
    groups: dict[tuple[Identity, Identity], list[Key]] = {}
    for key, pair in foreign.items():
        groups.setdefault(pair, []).append(key)
    for pair, keys in groups.items():
        ours, theirs = pair
        yield Finding(
            NOT_COMPARABLE,
            f"{_names(keys)} {'was' if len(keys) == 1 else 'were'} measured on {_told(ours)}, in "
            f"the deployed release on {_told(theirs)}{_claim(candidate, deployed, claims)}",
            _remedy(deployed, claims),
            _place(candidate, candidate.metrics[keys[0]], pair),
            metric=keys[0][1] if len(keys) == 1 else None,
            slice=keys[0][0] if len(keys) == 1 else None,
        )


def _claimed(claim: Incumbent, missing: list[Key], claims: str) -> Iterator[Finding]:
    """REG317, and REG305 for what the block does not measure."""
    yield Finding(
        INCUMBENT_CLAIMED,
        "the comparison is with the `incumbent` numbers, which the author measured; the "
        "deployed release was measured on another benchmark",
        "have the incumbent's evaluation reproduced, or look at its log, before merging",
        claim.written.key_place,
        severity=CLAIM_SEVERITY[claims],
    )
    if missing:
        yield Finding(
            NOT_COMPARABLE,
            f"the `incumbent` block lacks {_names(missing)}, which the deployed release has on "
            "another benchmark",
            f"measure {_names(missing)} of the deployed weights too",
            claim.written.key_place,
            metric=missing[0][1] if len(missing) == 1 else None,
            slice=missing[0][0] if len(missing) == 1 else None,
        )


def _names(keys: Iterable[Key]) -> str:
    return listed(quoted(name if slice_ is None else f"{slice_}.{name}") for slice_, name in keys)


def _told(identity_: Identity) -> str:
    words = [word for word in identity_[:2] if word]
    digest = next(iter(identity_[2:]), None)
    if not words:
        return f"data {digest[:20]}…" if digest else "no benchmark that it names"
    return quoted(" ".join(words)) + (f" (data {head(digest)}…)" if digest else "")


def _claim(candidate: Release, deployed: Release, claims: str) -> str:
    """What keeps the incumbent block, where there is one, from being the baseline."""
    claim = candidate.incumbent
    if claim is None:
        return ""
    if claims == "refuse":
        return "; the policy refuses `incumbent` blocks"
    return (
        f"; the `incumbent` block is bound to weights {quoted(claim.weights_sha256)}, not to the "
        f"deployed {_expected(deployed) or 'ones'}"
    )


def _expected(deployed: Release) -> str:
    return listed(quoted(digest) for digest in sorted(deployed_digests(deployed)))


def _remedy(deployed: Release, claims: str) -> str:
    if claims == "refuse" or "incumbent" in deployed.not_applicable:
        return "measure the candidate on the benchmark of the deployed release"
    return (
        f"measure {' '.join(filter(None, ('the deployed weights', _expected(deployed))))} on the "
        "candidate's benchmark and "
        "give these numbers as `incumbent`, or measure the candidate on the deployed benchmark"
    )


def _place(candidate: Release, metric: Metric, pair: tuple[Identity, Identity]) -> Place:
    if metric.identity:
        return metric.written.place
    parts = ("benchmark.name", "benchmark.version", "benchmark.sha256")
    if len(pair[0]) == len(pair[1]):
        for part, left, right in zip(parts, *pair, strict=True):
            if left != right and part in candidate.fields:
                return candidate.place(part)
    return candidate.place("benchmark.version")
