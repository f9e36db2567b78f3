"""ART, weights and evidence: the files are there, and the metrics were measured on them."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from snitch.checks import drift
from snitch.checks import weight_rules as rules
from snitch.checks.check import Check
from snitch.checks.remeasured import evaluated_anew
from snitch.checks.remeasured import remeasured
from snitch.checks.surroundings import LFS_SOURCE_CHANGED
from snitch.checks.surroundings import lfs_source_changed
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Place
from snitch.findings import Skipped
from snitch.registry.release import SHA256

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.checks.check import Subject
    from snitch.findings import Outcome
    from snitch.registry.release import Release
    from snitch.registry.release import Weights

_HEX = re.compile(r"[0-9a-f]{7,64}", re.ASCII)
_CLAIMS = {"weights_sha256": "the metrics measure", "weights.sha256": "the config names"}


def judge(subject: Subject) -> Iterator[Outcome]:
    """Looks at the weights of one model and at what the metrics say of them."""
    yield from drift.judge(subject)
    release = subject.candidate
    if not release.weights and release.pieces["weights"].state == "not-applicable":
        yield from _lost(subject)
        yield Skipped(f"the layout {quoted(release.layout)} keeps no weights")
        return
    yield from _files(release)
    yield from _other_weights(subject)
    yield from _stale(subject)
    yield from remeasured(subject)
    yield from _unbound(release)


def _lost(subject: Subject) -> Iterator[Finding]:
    """Of a family whose models may do without weights: those that this one had, and has no more."""
    candidate, deployed = subject.candidate, subject.deployed
    if deployed is None or deployed.layout != candidate.layout:
        return
    had = [weights for weights in deployed.weights if weights.state not in {"missing", "empty"}]
    if had:
        first, more = had[0].path, f" and {len(had) - 1} more" if had[1:] else ""
        yield Finding(
            rules.WEIGHTS_MISSING,
            f"the candidate has no weights; the deployed release has {quoted(first)}{more}",
            "put them back, or commit the pointer to them where the deployed release had it",
            Place(first),
        )


def _files(release: Release) -> Iterator[Finding]:
    nowhere = release.pieces["weights"].path
    if not release.weights and not _is_unsafe(release, nowhere):
        yield _missing(release, nowhere)
    for weights in release.weights:
        place = Place(weights.path)
        match weights.state:
            case "missing":
                if not _is_unsafe(release, weights.path):
                    yield _missing(release, weights.path)
            case "empty":
                yield Finding(
                    rules.WEIGHTS_MISSING,
                    f"the weights file {quoted(weights.path)} is empty",
                    "put the trained weights in its place and add them through Git LFS",
                    place,
                )
            case "content":
                yield _not_in_lfs(weights.path)
            case "malformed":
                yield Finding(
                    rules.POINTER_MALFORMED,
                    f"{quoted(weights.path)} is no valid Git LFS pointer: {weights.detail}",
                    "put the real weights in its place and run `git add` with Git LFS installed",
                    Place(weights.path, 1, 1),
                )


def _not_in_lfs(path: str) -> Finding:
    from shlex import quote  # noqa: PLC0415 - only where something is wrong

    # `track` takes a pattern, in which these are no characters of a name.
    exactly = "--filename " if set(path) & set("*?[]!#\\") else ""
    name = quote(path)
    return Finding(
        rules.WEIGHTS_NOT_IN_LFS,
        f"{quoted(path)} holds the weights themselves; expected a Git LFS pointer",
        f"`git lfs track {exactly}{name}`, then `git rm --cached {name}` and "
        f"`git add .gitattributes {name}`",
        Place(path),
    )


def _is_unsafe(release: Release, path: str) -> bool:
    """Whether the path is no regular file, or leads out of the model: SNT005 tells of it."""
    unsafe = [fault.place for fault in release.faults if fault.code == "SNT005"]
    if not unsafe:
        return False
    return release.place("weights.path") in unsafe or any(
        f"{path.rstrip('/')}/".startswith(f"{place.path}/") for place in unsafe
    )


def _missing(release: Release, path: str) -> Finding:
    named = release.metadata.weights.path
    is_named = named is not None and path == f"{release.path}/{named}".lstrip("/")
    return Finding(
        rules.WEIGHTS_MISSING,
        f"the weights file {quoted(path)} does not exist"
        if is_named
        else f"the model has no weights; expected a Git LFS pointer, as {quoted(path)}",
        "commit the weights through Git LFS" + (", or correct `weights.path`" if is_named else ""),
        release.place("weights.path") if is_named else Place(path),
    )


def _main(release: Release) -> Weights | None:
    """The weights that the config names; without a name the only ones there are."""
    named = release.metadata.weights.path
    if named is not None:
        path = f"{release.path}/{named}".lstrip("/")
        return next((weights for weights in release.weights if weights.path == path), None)
    return release.weights[0] if len(release.weights) == 1 else None


def _other_weights(subject: Subject) -> Iterator[Outcome]:
    """ART603 at most once: where metrics and config err together, the metrics' line speaks."""
    release = subject.candidate
    main = _main(release)
    bound = (main,) if main is not None else release.weights
    known = [weights for weights in bound if weights.digest is not None]
    expected = {weights.sha256: weights.path for weights in known if weights.sha256}
    for field, says in _CLAIMS.items():
        claim = _claim(release, field)
        if claim is None or not known:
            continue
        if not expected:
            yield Skipped(
                f"{quoted(known[0].path)} has no SHA-256 that {quoted(field)} could be compared "
                "with",
                whole=False,
            )
        elif not any(digest.startswith(claim) for digest in expected):
            digest, path = next(iter(expected.items()))
            yield Finding(
                rules.OTHER_WEIGHTS,
                f"{says} {quoted(claim)}{_mistake(subject, claim)}; expected {quoted(digest)}, "
                f"the digest of {quoted(path)}",
                "evaluate the committed weights and commit those metrics, or commit the weights "
                "that were evaluated",
                release.place(field),
            )
            return


def _claim(release: Release, field: str) -> str | None:
    """The digest that a field records.

    One that is cut short is SNT004 already; here it only matters whether it can be that of the
    weights, so it is read as far as it goes.
    """
    located = release.fields.get(field)
    if located is None or not isinstance(located.value, str):
        return None
    text = located.value.lower().removeprefix(SHA256)
    return text if _HEX.fullmatch(text) else None


def _mistake(subject: Subject, claim: str) -> str:
    """What the recorded digest is instead, where that can be told."""
    from snitch.snapshots.lfs import Pointer  # noqa: PLC0415 - `explain` must not load Git's room

    for weights in subject.candidate.weights:
        digest = weights.sha256
        if digest.startswith(claim):
            return f", which is {quoted(weights.path)}"
        pointer = Pointer(digest, weights.size or 0).text.encode()
        if digest and pointer and hashlib.sha256(pointer).hexdigest().startswith(claim):
            return f", which is the pointer file {quoted(weights.path)} and not its content"
    deployed = subject.deployed.weights if subject.deployed is not None else ()
    if any(weights.sha256.startswith(claim) for weights in deployed):
        return ", which is the deployed release"
    return ""


def _stale(subject: Subject) -> Iterator[Outcome]:
    candidate, deployed = subject.candidate, subject.deployed
    if deployed is None or deployed is candidate or not candidate.metrics:
        return
    if evaluated_anew(candidate, deployed) or _values(candidate) != _values(deployed):
        return
    changed = next(_replaced(candidate, deployed), None)
    if changed is not None:
        yield Finding(
            rules.EVALUATION_STALE,
            f"{quoted(changed.path)} changed, and all metrics{_date_too(candidate)} are those of "
            "the deployed release",
            "evaluate the new weights and commit the metrics"
            + ("" if "evaluated_at" in candidate.not_applicable else " with their `evaluated_at`"),
            candidate.place("evaluated_at")
            if changed.pointer is None
            else changed.pointer.key_place,
        )


def _values(release: Release) -> dict[tuple[str | None, str], object]:
    """What an evaluation measured: equal for two that are the same one."""
    return {
        key: metric.written.value if metric.value is None else metric.value
        for key, metric in release.metrics.items()
    }


def _date_too(release: Release) -> str:
    return "" if release.metadata.evaluated_at is None else " and the evaluation's date"


def _replaced(candidate: Release, deployed: Release) -> Iterator[Weights]:
    """Weights with another content than the deployed release has in their place.

    The main file is compared with the main file wherever it went; any other one with the file
    of its name: one that is new beside the weights that were measured replaces nothing.
    """
    old_main, new_main = _main(deployed), _main(candidate)
    before = {_content(deployed, weights) for weights in deployed.weights}
    names = {deployed.inside(weights.path): weights for weights in deployed.weights}
    for weights in candidate.weights:
        if weights is new_main and old_main is not None:
            if _differ(_content(candidate, weights), _content(deployed, old_main)):
                yield weights
            continue
        old, now = names.get(candidate.inside(weights.path)), _content(candidate, weights)
        if old is not None and now not in before and _differ(now, _content(deployed, old)):
            yield weights


def _content(release: Release, weights: Weights) -> str:
    """What a weights file is known by: of raw bytes, Git's id of them; empty where unknown."""
    if weights.state != "content":
        return weights.digest or ""
    blob = release.digests.get(release.inside(weights.path), "")
    return f"git:{blob}" if blob else ""


def _differ(one: str, other: str) -> bool:
    """Whether two contents differ for certain: digests of one kind that are not equal."""
    first, second = one.partition(":"), other.partition(":")
    return first[0] == second[0] and first[2] != second[2]


def _unbound(release: Release) -> Iterator[Finding]:
    for weights in release.weights:
        if weights.state == "external" and weights.digest is None:
            yield _hashless(release, weights)
    written = release.fields.get("weights_sha256")
    if (
        release.pieces["metrics"].state != "present"
        or "weights_sha256" in release.not_applicable
        or (written is not None and written.value is not None)
        or not any(weights.sha256 for weights in release.weights)
    ):
        return
    yield Finding(
        rules.DIGEST_UNBOUND,
        "the metrics do not say which weights they measure; expected `weights_sha256`",
        "have the evaluation record the SHA-256 of the weights it loaded as `weights_sha256`",
        release.place("weights_sha256"),
    )


def _hashless(release: Release, weights: Weights) -> Finding:
    return Finding(
        rules.DIGEST_UNBOUND,
        f"the pointer to {quoted(weights.path)} gives no digest of its content, so nobody can tell "
        "which weights the metrics measure",
        "write the content's hash beside its address",
        release.place("weights") if weights.pointer is None else weights.pointer.place,
    )


CHECK = Check(
    family="ART",
    rules=(*rules.RULES, LFS_SOURCE_CHANGED, drift.RUN_OUTDATED),
    judge=judge,
    survey=lfs_source_changed,
)
