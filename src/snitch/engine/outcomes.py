"""What checks yield, and what is said of one that crashed, over one model or over the run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.engine.habits import by_habit
from snitch.findings import Finding
from snitch.findings import MetricChange
from snitch.findings import Skipped

if TYPE_CHECKING:
    from snitch.checks.check import Check
    from snitch.checks.check import Subject
    from snitch.engine.selected import Selected
    from snitch.findings import ModelReport

REST_OF_THE_MODEL = "only a file that the model shares has changed, not the model itself"


def raised(error: BaseException) -> str:
    """What a check raised."""
    return f"{type(error).__name__}: {error}"


def wrongly_yielded(check: Check, outcome: object) -> str | None:
    """What is wrong with what is no finding of one of the check's rules; None for nothing."""
    if not isinstance(outcome, Finding):
        return f"it yielded a {type(outcome).__name__}"
    if outcome.rule.code not in {rule.code for rule in check.rules}:
        return f"it yielded {outcome.rule.code}, a rule it does not declare"
    return None


class Outcomes:
    """What every check yields of one model, sorted."""

    def __init__(self, model: Selected, subject: Subject) -> None:
        self.model = model
        self.subject = subject
        self.findings: list[Finding] = []
        self.metrics: list[MetricChange] = []
        self.skipped: list[Skipped] = []
        self.families: list[str] = []
        self.crashes: list[tuple[str, str]] = []

    def run(self, check: Check) -> None:
        """Ask one check, whatever becomes of it."""
        if check.judge is None:
            return
        only = self.model.families
        if only is not None and check.family not in only:
            self.skipped.append(Skipped(REST_OF_THE_MODEL, excused=True, family=check.family))
            return
        looked = True
        try:
            for outcome in check.judge(self.subject):
                looked = self._take(check, outcome) and looked
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - SystemExit from a plugin must not end the gate
            self.crashes.append((check.family, raised(error)))
        if looked:
            self.families.append(check.family)

    def told(self, report: ModelReport) -> ModelReport:
        """The report with what is told of the model besides findings."""
        return replace(
            report,
            metrics=tuple(self.metrics),
            families=tuple(self.families),
            skipped=tuple(self.skipped),
        )

    def _take(self, check: Check, outcome: object) -> bool:
        match outcome:
            case MetricChange():
                self.metrics.append(outcome)
            case Skipped():
                self.skipped.append(replace(outcome, family=check.family))
                return not outcome.whole
            case _:
                wrong = wrongly_yielded(check, outcome)
                if wrong is not None:
                    self.crashes.append((check.family, wrong))
                if isinstance(outcome, Finding):
                    found = by_habit(outcome, self.subject.candidate)
                    self.findings.append(replace(found, model=self.model.name))
        return True
