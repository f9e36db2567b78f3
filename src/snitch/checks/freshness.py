"""How old the training data is: judged against the day of the run, never against a clock."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from snitch.checks import homes
from snitch.checks.check import Check
from snitch.checks.wording import brought_back
from snitch.checks.wording import count
from snitch.findings import Finding
from snitch.findings import Rule
from snitch.findings import Severity
from snitch.findings import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from snitch.checks.check import Subject
    from snitch.findings import Outcome

STALE = Rule(
    "FRS401",
    "data-stale",
    Severity.ERROR,
    "The newest training record is older than the standard allows.",
    why=(
        "The world moves on after the cutoff: prices, customers, fraud patterns. A model trained "
        "on old data scores well on an old benchmark and badly on today's traffic, and nothing "
        "else in this report would show it."
    ),
    remedy=(
        "Train again on newer data and write the new cutoff. A family that ages slowly can have "
        "a longer `freshness.max_age_days` through an override in the policy; a single release "
        "that cannot wait needs a waiver."
    ),
    bad="data: {cutoff: 2026-01-31}   # judged in November, max_age_days: 90",
    good="data: {cutoff: 2026-10-01}",
)
EXPIRING = Rule(
    "FRS402",
    "data-expiring",
    Severity.WARNING,
    "The training data is still fresh enough, but not for long.",
    why=(
        "A release that waits for review or for a slot in the canary may be stale by the time it "
        "is merged; the next retraining takes longer than the days that are left."
    ),
    remedy=(
        "Plan the next training now. The warning starts `freshness.warn_days` before the limit "
        "and blocks nothing."
    ),
    bad="data: {cutoff: 2026-09-01}   # 83 of 90 days old",
    good="data: {cutoff: 2026-11-01}",
)
MISSING = Rule(
    "FRS403",
    "data-date-missing",
    Severity.ERROR,
    "Nothing says how new the training data is.",
    why=(
        "Without a cutoff nobody can tell a model trained last week from one trained on data of "
        "three years ago, and a freshness rule that has nothing to look at would pass both."
    ),
    remedy=(
        "Write the day of the newest record that training saw as `data.cutoff`, taken from the "
        "query or snapshot that made the training set, not from the day of training."
    ),
    bad='data: {name: accounts, version: "2026.10"}',
    good='data: {name: accounts, version: "2026.10", cutoff: 2026-10-01}',
)
FUTURE = Rule(
    "FRS404",
    "data-date-in-future",
    Severity.ERROR,
    "The cutoff of the training data lies in the future.",
    why=(
        "Records from tomorrow do not exist, so the date is wrong, and a wrong date in the "
        "future keeps a model fresh for as long as its author likes."
    ),
    remedy=(
        "Correct `data.cutoff`; a swapped day and month is the usual cause. One day of grace "
        "covers time zones ahead of UTC."
    ),
    bad="data: {cutoff: 2027-10-01}   # judged in November 2026",
    good="data: {cutoff: 2026-10-01}",
)
OLDER = Rule(
    "FRS405",
    "data-older-than-deployed",
    Severity.WARNING,
    "The training data ends earlier than that of the deployed release.",
    why=(
        "A new release on older data is usually a training job that read yesterday's snapshot. "
        "It forgets what production has already learnt."
    ),
    remedy=(
        "Check which data set the training read. Where the older data is meant (a poisoned week "
        "left out, say), tell the reviewer so in the changelog."
    ),
    bad="data: {cutoff: 2026-08-01}   # production: 2026-09-01",
    good="data: {cutoff: 2026-10-01}   # production: 2026-09-01",
)

FIELD = "data.cutoff"
EXAMPLE = "2026-10-01"
GRACE = timedelta(days=1)
"""A cutoff may be a day ahead of the gate's calendar, which is UTC."""


def judge(subject: Subject) -> Iterator[Outcome]:
    """FRS of one model, or the reason why its data has no age to judge."""
    if subject.rollback is not None:
        yield Skipped(brought_back(subject.rollback), excused=True)
        return
    cutoff = subject.candidate.metadata.data.cutoff
    if cutoff is None:
        yield from _absent(subject)
    elif cutoff > subject.as_of + GRACE:
        yield _future(subject, cutoff)
    elif subject.mends:
        yield Skipped("this change only mends the release that production holds", excused=True)
    else:
        yield from _age(subject, cutoff)
        yield from _backwards(subject, cutoff)


CHECK = Check("FRS", (STALE, EXPIRING, MISSING, FUTURE, OLDER), judge)


def _absent(subject: Subject) -> Iterator[Outcome]:
    release = subject.candidate
    config = release.pieces["config"]
    written = release.fields.get(FIELD)
    standard = subject.policy.completeness.config
    asked = "required" in standard.model_fields_set and FIELD in standard.required
    if written is not None and written.value not in (None, ""):
        yield Skipped(f"{FIELD} is no date")
    elif config.state in ("missing", "broken"):
        found = "is missing" if config.state == "missing" else "cannot be read"
        yield Skipped(f"the config {found}")
    elif FIELD in release.not_applicable and not asked:
        yield Skipped(f"the {release.layout} layout keeps no {FIELD}")
    else:
        place = homes.place(release, FIELD)
        yield Finding(
            MISSING,
            f"`{FIELD}` is missing in {place.path}; "
            "expected the day of the newest record that training saw",
            homes.addition(release, FIELD, EXAMPLE)
            if FIELD in release.expected
            else homes.unkept(release, FIELD),
            place,
        )


def _future(subject: Subject, cutoff: date) -> Finding:
    return Finding(
        FUTURE,
        f"the training data's cutoff {cutoff} lies after {subject.as_of}, the day of this run; "
        f"expected {subject.as_of} or earlier",
        f"correct `{FIELD}` to the day of the newest record that training saw",
        subject.candidate.place(FIELD),
    )


def _age(subject: Subject, cutoff: date) -> Iterator[Finding]:
    standard = subject.policy.freshness
    age = (subject.as_of - cutoff).days
    left = standard.max_age_days - age
    limit = f"at most {standard.max_age_days} days"
    if left < 0:
        yield Finding(
            STALE,
            f"the training data ends on {cutoff}, {age} days before {subject.as_of}; "
            f"expected {limit}",
            f"train on data up to {subject.as_of - timedelta(standard.max_age_days)} or later "
            f"and write that day as `{FIELD}`",
            subject.candidate.place(FIELD),
        )
    elif left <= standard.warn_days:
        when = f"within {count(left, 'day')}" if left else "today"
        yield Finding(
            EXPIRING,
            f"the training data ends on {cutoff} and is {age} days old; expected {limit}, "
            f"which leaves {left}",
            f"deploy {when}, or train again on newer data",
            subject.candidate.place(FIELD),
        )


def _backwards(subject: Subject, cutoff: date) -> Iterator[Finding]:
    deployed = subject.deployed.metadata.data.cutoff if subject.deployed else None
    if deployed is not None and cutoff < deployed:
        yield Finding(
            OLDER,
            f"the training data ends on {cutoff}, that of the deployed release on {deployed}; "
            "expected the same day or a later one",
            "train on the newest data, or say in the changelog why older data is meant",
            subject.candidate.place(FIELD),
        )
