"""Calibration as a first-class metric: what the policy asks for and no metrics file gives.

The Brier score, the expected calibration error and the reliability gap at the decision threshold
follow from per-item probabilities and labels, so that naming them in the policy is enough.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from snitch.checks.coverage import DERIVED
from snitch.documents import Located
from snitch.documents import Number
from snitch.registry.release import Metric

if TYPE_CHECKING:
    from snitch.checks.check import Subject
    from snitch.checks.standings import Key
    from snitch.policy.model import Policy
    from snitch.registry.item_scores import Score
    from snitch.registry.release import Release

PLACES = 6
"""Digits after the point of a computed value."""


def with_derived(subject: Subject) -> Subject:
    """The subject with the metrics that its policy names and its items give."""
    policy, candidate, deployed = subject.policy, subject.candidate, subject.deployed
    known = {*candidate.metrics, *(deployed.metrics if deployed is not None else ())}
    names = [name for name in DERIVED if name in policy.metrics and (None, name) not in known]
    if not names or not all(map(_readable, (candidate, deployed))):
        return subject
    return replace(
        subject,
        candidate=_extended(candidate, names, policy),
        deployed=None if deployed is None else _extended(deployed, names, policy),
    )


def _readable(release: Release | None) -> bool:
    """Whether no items are out of reach; a release without any has none to miss."""
    scores = None if release is None else release.item_scores
    return scores is None or scores.reason is None


def _extended(release: Release, names: list[str], policy: Policy) -> Release:
    items = release.item_scores
    if items is None or not items.ids:
        return release
    found: dict[Key, Metric] = {}
    scores = dict(items.scores)
    for name in names:
        score = scores.get(name) or _labelled(scores)
        if score is None or score.label is None:
            continue
        value = _value(release, name, score, policy.metrics[name].threshold)
        if value is not None and release.items is not None:
            written = Located(Number(str(value)), release.items.source, release.items.route)
            found[None, name] = Metric(name, None, written, value)
            scores[name] = score
    if not found:
        return release
    extended = replace(items, scores=scores)
    return replace(release, metrics={**release.metrics, **found}, item_scores=extended)


def _labelled(scores: dict[str, Score]) -> Score | None:
    """The first score, by its metric's name, that is a probability with a label."""
    return next((scores[name] for name in sorted(scores) if scores[name].label), None)


def _value(release: Release, name: str, score: Score, threshold: Decimal | None) -> Decimal | None:
    from snitch.checks import item_contrasts  # noqa: PLC0415 - only where it is asked for
    from snitch.checks.item_evidence import sides_of  # noqa: PLC0415 - only where it is asked for

    items = release.item_scores
    if items is None:
        return None
    try:
        sides = sides_of((items, score), (items, score))
        found = item_contrasts.contrast(sides, name, score, threshold)
    except item_contrasts.NoEvidenceError:
        return None
    return Decimal(round(found.candidate * 10**PLACES)).scaleb(-PLACES)
