"""REG: is the candidate at least as good as the release that it replaces?

It decides what is compared with what, and what to say where nothing is; `pairs` weighs each pair.
"""

from __future__ import annotations

from itertools import count
from itertools import takewhile
from typing import TYPE_CHECKING

from snitch.checks.check import Check
from snitch.checks.coverage import DERIVED
from snitch.checks.coverage import incomplete
from snitch.checks.directions import turned
from snitch.checks.directions import undirected
from snitch.checks.losses import dropped
from snitch.checks.losses import in_spite_of
from snitch.checks.pairs import Pair
from snitch.checks.pairs import weigh
from snitch.checks.regression_rules import NO_BOUND_FOR_FIRST_RELEASE
from snitch.checks.regression_rules import NOT_COMPARABLE
from snitch.checks.regression_rules import RULES
from snitch.checks.relocated import relocated
from snitch.checks.relocated import told
from snitch.checks.rows import uncompared
from snitch.checks.samples import shrunk
from snitch.checks.slide import drifted
from snitch.checks.soundness import beyond_bound
from snitch.checks.soundness import in_another_unit
from snitch.checks.soundness import not_a_number
from snitch.checks.soundness import unsound
from snitch.checks.soundness import worded
from snitch.checks.standings import first_of
from snitch.checks.standings import label
from snitch.checks.standings import lookup
from snitch.checks.standings import order
from snitch.checks.standings import sample_size
from snitch.checks.wording import brought_back
from snitch.checks.wording import quoted
from snitch.checks.yardstick import choose
from snitch.findings import Finding
from snitch.findings import MetricChange
from snitch.findings import Severity
from snitch.findings import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.checks.check import Subject
    from snitch.checks.standings import Key
    from snitch.checks.standings import Lookup
    from snitch.checks.standings import Standing
    from snitch.findings import Outcome
    from snitch.registry.release import Metric
    from snitch.registry.release import Release

NO_METRICS_DEPLOYED = "the deployed release has no metrics"


def judge(subject: Subject) -> Iterator[Outcome]:
    """Everything of the family for one model.

    A rollback is excused from all but numbers that are none. Bounds hold for every other
    candidate, whether or not there is a release to compare it with.
    """
    stand = lookup(subject.policy)
    if any(name in subject.policy.metrics for name in DERIVED):
        from snitch.checks.derived import with_derived  # noqa: PLC0415 - for who asks for it

        subject = with_derived(subject)
    candidate = subject.candidate
    judged = {key: it for key, it in candidate.metrics.items() if not stand(key).ignored}
    if subject.rollback is not None:
        yield Skipped(brought_back(subject.rollback), excused=True)
        for metric in judged.values():
            if metric.value is None:
                yield not_a_number(metric)
        return
    before = {} if subject.deployed is None else subject.deployed.metrics
    yield from worded(subject, before, stand)
    reason = _nothing_to_read(subject)
    if reason is not None:
        yield Skipped(reason)
        yield from _all_dropped(subject, stand, reason)
        return
    unfit = {
        key: found
        for key, metric in judged.items()
        if (found := unsound(metric, stand(key)))
        or (found := in_another_unit(metric, before.get(key), stand(key)))
    }
    fit = {key: metric for key, metric in judged.items() if key not in unfit}
    yield from unfit.values()
    yield from incomplete(subject)
    yield from _bounds(subject, fit, stand)
    against = _comparable_release(subject)
    yield from undirected(fit, stand, () if against is None else against.metrics)
    yield from turned(subject, (name for _, name in fit))
    if against is None:
        yield from _uncompared(subject, judged, stand)
    else:
        yield from _compared(subject, against, fit, stand)


def _nothing_to_read(subject: Subject) -> str | None:
    """Why there are no metrics to judge, where another family's finding says it already."""
    state = subject.candidate.pieces["metrics"].state
    deployed = subject.deployed
    match state:
        case "missing":
            return "the metrics file is missing"
        case "broken" if not subject.candidate.metrics:
            return "the metrics file cannot be read"
        case "not-applicable" if deployed is None or not deployed.metrics:
            layout = quoted(subject.candidate.layout)
            return f"no metrics stand where the layout {layout} looks for them"
    return None


def _all_dropped(subject: Subject, stand: Lookup, reason: str) -> Iterator[Finding]:
    """What is lost of a deployed release where nothing can be read of the candidate."""
    held = _comparable_release(subject)
    if held is not None:
        gated = [key for key in held.metrics if stand(key).gates and not stand(key).ignored]
        gone = [key for key in gated if key not in subject.candidate.worded]
        yield from dropped(subject.candidate, held, gone, reason)


def _bounds(subject: Subject, fit: dict[Key, Metric], stand: Lookup) -> Iterator[Finding]:
    for key, metric in fit.items():
        if metric.value is not None and not _too_small(subject, key, stand(key)):
            found = beyond_bound(metric, metric.value, stand(key))
            if found is not None:
                yield found


def _too_small(subject: Subject, key: Key, standing: Standing) -> bool:
    """Whether the sample is below the policy's `min_n`.

    The deployed release's word counts where it has the metric: a candidate cannot shrink its
    way out.
    """
    release = subject.deployed
    if release is None or key not in release.metrics:
        release = subject.candidate
    metric = release.metrics.get(key)
    return metric is not None and standing.too_small(sample_size(release, metric))


def _comparable_release(subject: Subject) -> Release | None:
    """The deployed release where there is one with metrics to compare."""
    deployed = subject.deployed
    return deployed if subject.baseline == "deployed" and deployed and deployed.metrics else None


def _uncompared(subject: Subject, judged: dict[Key, Metric], stand: Lookup) -> Iterator[Outcome]:
    """What is said where there is nothing to compare with: four different things."""
    verdict = "new"
    match subject.baseline:
        case "first-release":
            yield Skipped("first release", excused=True, whole=False)
            yield from _unbounded(subject, judged, stand)
        case "none":
            yield Skipped("there is no production branch to compare with")
        case "deployed":
            yield Skipped(NO_METRICS_DEPLOYED, whole=False)
            yield _lost_comparison(subject, NO_METRICS_DEPLOYED)
        case "mended":
            verdict = "not-comparable"
            reason = "the deployed release cannot be read, and this change mends it"
            yield Skipped(reason, excused=True)
            yield _lost_comparison(subject, reason)
        case _:
            verdict = "not-comparable"
            yield Skipped("the deployed release cannot be read")
    for key in sorted(judged, key=order):
        yield uncompared(key, judged[key].value, None, stand(key), verdict)


def _lost_comparison(subject: Subject, reason: str) -> Finding:
    return Finding(
        NOT_COMPARABLE,
        f"no metric was compared: {reason}",
        "look at the numbers themselves before merging; the next release is compared with them",
        subject.candidate.place("metrics", key=True),
        severity=Severity.WARNING,
    )


def _unbounded(subject: Subject, judged: dict[Key, Metric], stand: Lookup) -> Iterator[Finding]:
    """REG313: no bound on any critical metric, or with none critical on any at all."""
    standings = [stand(key) for key in judged]
    critical = [it for it in standings if it.standard.critical] or standings
    if critical and not any(it.bounded for it in critical):
        yield Finding(
            NO_BOUND_FOR_FIRST_RELEASE,
            "this first release is held to no `min` or `max`, and there is no deployed release "
            "to compare it with",
            "give its critical metrics a `min` or `max` under `metrics` in the policy",
            subject.candidate.place("metrics", key=True),
        )


def _compared(
    subject: Subject, deployed: Release, fit: dict[Key, Metric], stand: Lookup
) -> Iterator[Outcome]:
    candidate, policy = subject.candidate, subject.policy
    yardstick = choose(candidate, deployed, stand, policy.regression.incumbent)
    yield from yardstick.findings
    gone = []
    moved = relocated(candidate, deployed)
    entries: list[Pair | MetricChange] = []
    for key in sorted({*candidate.metrics, *deployed.metrics}, key=order):
        known = _known(key, deployed)
        stood, old = stand(known), deployed.metrics.get(known)
        if stood.ignored:
            continue
        small = stood.gates and _too_small(subject, key, stood)
        if small:
            few = f"{label(key)}: measured on fewer than {stood.standard.min_n} items"
            yield Skipped(few, excused=True, whole=False)
        if key not in candidate.metrics:
            before = None if old is None else old.value
            told_already = key in moved or key in candidate.worded
            verdict = "not-comparable" if told_already else "dropped"
            entries.append(uncompared(key, None, before, stood, verdict))
            gone += [key] if stood.gates and not small and not told_already else []
            continue
        pair = Pair(candidate.metrics[key], old, yardstick.metrics.get(known), stood, small)
        entries.append(pair if key in fit else pair.row("not-comparable"))
    yield from _weighed(subject, deployed, entries)
    yield from dropped(candidate, deployed, gone)
    yield from told(moved, deployed)
    yield from drifted(subject)
    if candidate.versions:
        from snitch.checks.versions_listed import rewritten  # noqa: PLC0415 - of few layouts

        yield from rewritten(candidate, deployed, stand)


def _known(key: Key, deployed: Release) -> Key:
    """The deployed release's name for it: of one more value, as `acc (3)`, that of its last one.

    Where the deployed release has one value and the candidate two, nobody can tell which of them
    it was, so both must hold; to a list of more, the next one was appended.
    """
    slice_, first = key[0], first_of(key[1])
    if key in deployed.metrics or (slice_, first) not in deployed.metrics:
        return key
    again = ((slice_, f"{first} ({number})") for number in count(2))
    return [(slice_, first), *takewhile(deployed.metrics.__contains__, again)][-1]


def _weighed(
    subject: Subject, deployed: Release, entries: list[Pair | MetricChange]
) -> Iterator[Outcome]:
    """Every pair in its place, in significance mode with the evidence of its noise."""
    candidate, policy = subject.candidate, subject.policy
    by_significance = policy.regression.mode == "significance"
    if by_significance:
        from snitch.checks.significance import proven  # noqa: PLC0415 - for who asks for it

        entries = proven(entries, candidate, deployed, policy)
    gained: set[Key] = set()
    for entry in entries:
        if isinstance(entry, MetricChange):
            yield entry
            continue
        for outcome in weigh(entry):
            if isinstance(outcome, MetricChange) and outcome.verdict == "improved":
                gained.add((outcome.slice, outcome.name))
            yield in_spite_of(outcome, gained)
        yield from shrunk(entry, candidate, deployed, weighed=by_significance)


CHECK = Check("REG", RULES, judge=judge)
