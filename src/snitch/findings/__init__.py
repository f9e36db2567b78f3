"""The values that everything else speaks in: frozen, and dependent on nothing."""

from snitch.findings.finding import AppliedWaiver
from snitch.findings.finding import Fault
from snitch.findings.finding import Finding
from snitch.findings.finding import MetricChange
from snitch.findings.finding import Outcome
from snitch.findings.finding import Place
from snitch.findings.finding import Skipped
from snitch.findings.problem import CannotJudgeError
from snitch.findings.report import Baseline
from snitch.findings.report import Candidate
from snitch.findings.report import Failure
from snitch.findings.report import ModelReport
from snitch.findings.report import PolicySource
from snitch.findings.report import Report
from snitch.findings.report import Summary
from snitch.findings.report import Trend
from snitch.findings.report import TrendPoint
from snitch.findings.rule import Rule
from snitch.findings.rule import Severity

__all__ = [
    "AppliedWaiver",
    "Baseline",
    "Candidate",
    "CannotJudgeError",
    "Failure",
    "Fault",
    "Finding",
    "MetricChange",
    "ModelReport",
    "Outcome",
    "Place",
    "PolicySource",
    "Report",
    "Rule",
    "Severity",
    "Skipped",
    "Summary",
    "Trend",
    "TrendPoint",
]
