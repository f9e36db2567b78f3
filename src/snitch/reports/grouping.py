"""The report's findings and models in the order in which people want to read them."""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from typing import TYPE_CHECKING
from typing import TypeVar

from snitch.frozen import dataclass
from snitch.policy import POLICY_FILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping

    from snitch.findings import AppliedWaiver
    from snitch.findings import Failure
    from snitch.findings import Finding
    from snitch.findings import MetricChange
    from snitch.findings import ModelReport
    from snitch.findings import Place
    from snitch.findings import Report
    from snitch.findings import Rule
    from snitch.findings import Severity

T = TypeVar("T", "Finding", "Failure")

INCONCLUSIVE = "REG311"
SLICE_REGRESSED = "REG303"
TROUBLE = frozenset(("regressed", "dropped", "not-comparable", "inconclusive"))
"""The verdicts on a metric that somebody must look at."""


@dataclass(frozen=True, slots=True)
class Group:
    """One model's findings, the gravest first, waived ones left out."""

    name: str | None
    """None for findings that belong to no model."""
    model: ModelReport | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class HiddenLoss:
    """A slice that got worse although its metric improved overall."""

    finding: Finding
    gain: MetricChange
    """The metric overall."""
    loss: MetricChange
    """The metric of the slice."""


@dataclass(frozen=True, slots=True)
class SkippedTogether:
    """Families that the same models skipped for the same reason."""

    families: tuple[str, ...]
    reason: str
    models: tuple[str, ...]


def per_model(found: Iterable[T]) -> defaultdict[str | None, list[T]]:
    """Findings or failures by the model that they belong to; None of the change as a whole."""
    groups: defaultdict[str | None, list[T]] = defaultdict(list)
    for one in found:
        groups[one.model].append(one)
    return groups


def open_findings(report: Report, level: Severity | None = None) -> list[Finding]:
    """The findings that no waiver covers, of one severity where `level` names it."""
    return [
        finding
        for finding in report.findings
        if finding.waiver is None and (level is None or finding.level is level)
    ]


def hidden_losses(report: Report) -> list[HiddenLoss]:
    """What an average hides, in the report's order; what is waived left out."""
    losses = [
        finding
        for finding in open_findings(report)
        if finding.rule.code == SLICE_REGRESSED and finding.slice is not None
    ]
    if not losses:
        return []
    rows = {
        (model.name, row.name, row.slice): row
        for model in report.models
        for row in model.metrics
        if row.verdict == ("improved" if row.slice is None else "regressed")
    }
    found = []
    for finding in losses:
        key = finding.model or "", finding.metric or ""
        gain, loss = rows.get((*key, None)), rows.get((*key, finding.slice))
        if gain is not None and loss is not None:
            found.append(HiddenLoss(finding, gain, loss))
    return found


def gravest_first(report: Report) -> Callable[[Iterable[Finding]], list[Finding]]:
    """What puts findings in order: the gravest first, and of these what an average hides."""
    hidden = {loss.finding for loss in hidden_losses(report)}

    def ordered(findings: Iterable[Finding]) -> list[Finding]:
        return sorted(findings, key=lambda one: (-one.level.rank, one not in hidden))

    return ordered


def waived_findings(report: Report) -> list[tuple[Finding, AppliedWaiver]]:
    """The findings that a waiver covers, each with it."""
    return [(finding, finding.waiver) for finding in report.findings if finding.waiver]


def by_model(report: Report) -> list[Group]:
    """Findings in groups of one model, those with the gravest first."""
    models = {model.name: model for model in report.models}
    ordered = gravest_first(report)
    groups = [
        Group(name, models.get(name) if name is not None else None, tuple(ordered(items)))
        for name, items in per_model(open_findings(report)).items()
    ]
    return sorted(groups, key=lambda group: -group.findings[0].level.rank)


def by_rule(report: Report) -> list[tuple[Rule, int]]:
    """Each rule with open findings and how many it has, the most first."""
    rules = {finding.rule.code: finding.rule for finding in open_findings(report)}
    counted = Counter(finding.rule.code for finding in open_findings(report))
    return sorted(
        ((rules[code], number) for code, number in counted.items()),
        key=lambda pair: (-pair[1], pair[0].code),
    )


def skipped_together(report: Report) -> list[SkippedTogether]:
    """What was not looked at, one entry a reason and set of families."""
    together: defaultdict[tuple[tuple[str, ...], str], list[str]] = defaultdict(list)
    for model in report.models:
        families: defaultdict[str, list[str]] = defaultdict(list)
        for skip in model.skipped:
            families[skip.reason].append(skip.family if skip.whole else f"part of {skip.family}")
        for reason, names in families.items():
            together[tuple(names), reason].append(model.name)
    return [
        SkippedTogether(families, reason, tuple(models))
        for (families, reason), models in together.items()
    ]


def path_of(place: Place | None, model: str | None, directories: Mapping[str, str]) -> str:
    """Where to show a finding in formats that want a path always.

    That is its own file, its model's directory, or the policy, which holds the broken standard.
    """
    if place is not None and place.path:
        return place.path
    return directories.get(model or "") or POLICY_FILE
