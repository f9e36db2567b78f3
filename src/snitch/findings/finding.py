"""What was found: findings and the places they point at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.frozen import dataclass

if TYPE_CHECKING:
    from datetime import date

    from snitch.findings.rule import Rule
    from snitch.findings.rule import Severity


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. Lines and columns are 1-based; columns count characters."""

    path: str
    """Relative to the repository's root, with `/`; bytes that are not UTF-8 as surrogates."""
    line: int | None = None
    column: int | None = None
    width: int = 1
    """How many characters, from `column` on, the caret underlines."""
    excerpt: str | None = None
    """The text of that line as the candidate holds it, without its line break."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a file as such, met while reading it: an SNT finding to be."""

    code: str
    place: Place
    message: str
    remedy: str
    severity: Severity | None = None
    """Where it differs from the rule's default."""


@dataclass(frozen=True, slots=True)
class AppliedWaiver:
    """The exception that covers a finding."""

    reason: str
    approved_by: str
    expires: date


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of one rule at one place.

    `message` says what was found and what was expected; `remedy` which edit or command
    mends it. Both are plain text of any content: reports neutralise them.
    """

    rule: Rule
    message: str
    remedy: str
    place: Place | None = None
    severity: Severity | None = None
    """What the check asks for where it differs from the rule's default; after the engine
    it is what is in force, never None."""
    model: str | None = None
    """Set by the engine."""
    metric: str | None = None
    slice: str | None = None
    waiver: AppliedWaiver | None = None
    """Set by the engine."""

    @property
    def level(self) -> Severity:
        """What it weighs: what was asked for, else the rule's default."""
        return self.severity or self.rule.severity


@dataclass(frozen=True, slots=True)
class Skipped:
    """A family, or one part of it, that did not look at a model, and why."""

    reason: str
    excused: bool = False
    """True where the standard itself says that the family does not apply (a first release, a
    rollback); a policy that requires the family is satisfied then."""
    whole: bool = True
    """False where only a part of the family was skipped."""
    family: str = ""
    """Set by the engine."""


@dataclass(frozen=True, slots=True)
class MetricChange:
    """One row of the comparison between the deployed release and the candidate.

    Numbers are text as exact decimals; None where there is none.
    """

    name: str
    slice: str | None
    candidate: str | None
    deployed: str | None
    delta: str | None
    """candidate - deployed."""
    direction: str | None
    """`higher` or `lower` is better; None where nothing says."""
    tolerance: str | None
    verdict: str
    """regressed, improved, equal, within-tolerance, within-noise, inconclusive, new, dropped
    or not-comparable."""
    critical: bool = False


Outcome = Finding | Skipped | MetricChange
"""What a check yields."""
