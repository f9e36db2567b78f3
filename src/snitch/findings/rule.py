"""What can be wrong: rules and how much each one weighs."""

from __future__ import annotations

from enum import Enum

from snitch.frozen import dataclass


class Severity(str, Enum):
    """How much a finding weighs; `off` exists only in policies."""

    OFF = "off"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for `off`, 3 for `error`: comparable where the text is not."""
        return _RANKS[self]


_RANKS = {Severity.OFF: 0, Severity.INFO: 1, Severity.WARNING: 2, Severity.ERROR: 3}


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong with a model, declared once.

    `snitch explain`, `snitch rules`, every report and docs/rules/ are generated from it.
    """

    code: str
    """Three letters for the family and three digits, stable for ever: `REG301`."""
    name: str
    """The code in words: `metric-regressed`."""
    severity: Severity
    """The default; the policy may change it unless the rule is fixed."""
    summary: str
    """One sentence: what is wrong when this rule speaks."""
    why: str
    """One paragraph: what happens in production when nobody minds."""
    remedy: str
    """One paragraph: how an author mends it."""
    bad: str = ""
    """A snippet that breaks the rule."""
    good: str = ""
    """The same snippet, mended."""
    fixed: bool = False
    """True for rules that nobody can switch off, lower, waive or deselect."""
    also: tuple[Severity, ...] = ()
    """Other severities that a finding of it may ask for where the policy sets none."""

    @property
    def family(self) -> str:
        """The letters of the code: `REG`."""
        return self.code.rstrip("0123456789")
