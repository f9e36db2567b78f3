"""Old sins: findings that a repository had when it adopted the gate, and that do not fail it.

The file that lists them is trusted as the policy is: production's copy counts, and a change that
adds to it gains nothing before it is merged.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Any

from snitch.findings import CannotJudgeError
from snitch.findings.fingerprint import fingerprints
from snitch.policy.load import is_named_like
from snitch.snapshots import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.engine.session import Session
    from snitch.findings import Finding
    from snitch.findings import ModelReport
    from snitch.snapshots import Snapshot

BASELINE_FILE = "snitch-baseline.json"
SCHEMA = 1
MAX_BYTES = 64 << 20
REMEDY = "write it anew with `snitch baseline` on the production branch"


@dataclass(eq=False, repr=False)
class Known:
    """The findings of the file in force, and how many of them a run has met."""

    entries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By fingerprint; each tells a person what it stands for."""
    notices: tuple[str, ...] = ()
    met: int = 0

    def without(self, findings: Sequence[Finding], directories: Mapping[str, str]) -> list[Finding]:
        """Those of one model's findings (all of them) that the file does not hold.

        The rest is counted.

        What a waiver covers already, what nobody may switch off and what is wrong with the policy
        itself is not looked for.

        Args:
            findings: Of one model, or of the run as a whole.
            directories: As `directories_of` makes them.
        """
        if not self.entries:
            return list(findings)
        old = {index for index, mark in marks(findings, directories) if mark in self.entries}
        self.met += len(old)
        return [finding for index, finding in enumerate(findings) if index not in old]


def marks(findings: Sequence[Finding], directories: Mapping[str, str]) -> Iterable[tuple[int, str]]:
    """The fingerprints of those of a model's findings that a file may hold, with their index."""
    open_ones = [
        (index, finding)
        for index, finding in enumerate(findings)
        if finding.waiver is None and not finding.rule.fixed and not _is_of_policy(finding)
    ]
    found = fingerprints((finding for _, finding in open_ones), directories)
    return zip((index for index, _ in open_ones), found, strict=True)


def _is_of_policy(finding: Finding) -> bool:
    return finding.place is not None and is_named_like(finding.place.path)


def directories_of(models: Iterable[ModelReport]) -> dict[str, str]:
    """The directories of models by name; of two models under one name, neither's."""
    found: dict[str, str] = {}
    twice = set()
    for model in models:
        if found.setdefault(model.name, model.path) != model.path:
            twice.add(model.name)
    return {name: path for name, path in found.items() if name not in twice}


def known_findings(session: Session) -> Known:
    """The file in force: production's; without a policy there, the candidate's, as its policy is.

    Raises:
        CannotJudgeError: the file in force is there and cannot be read.
    """
    if not session.request.ignores or session.request.itself:
        return Known()
    here, there = session.candidate, session.baseline
    if there is None or (session.deployed is None and there.entry(BASELINE_FILE) is None):
        return Known(read_entries(here, here.kind))
    known = Known(read_entries(there, session.baseline_ref))
    if _digest(here) not in (None, _digest(there)):
        known.notices = (
            f"this change's {BASELINE_FILE} is not in force yet: {session.baseline_ref}'s is",
        )
    return known


def read_entries(snapshot: Snapshot, label: str) -> dict[str, dict[str, Any]]:
    """The entries of a snapshot's file by fingerprint; none where there is no file.

    Raises:
        CannotJudgeError: the file cannot be read as what it should be.
    """
    entry = snapshot.entry(BASELINE_FILE)
    if entry is None:
        return {}
    blob = snapshot.read(BASELINE_FILE, MAX_BYTES) if entry.kind is Kind.FILE else b""
    try:
        found = _entries(json.loads(blob))
    except (ValueError, RecursionError):
        found = None
    if found is None:
        message = f"`{label}:{BASELINE_FILE}` is not what `snitch baseline` writes"
        raise CannotJudgeError(message, REMEDY)
    return found


def _entries(data: object) -> dict[str, dict[str, Any]] | None:
    match data:
        case {"schema": 1, "findings": list(rows)}:
            found = {
                row["fingerprint"]: row
                for row in rows
                if isinstance(row, dict) and isinstance(row.get("fingerprint"), str)
            }
            return found if len(found) == len(rows) else None
        case _:
            return None


def _digest(snapshot: Snapshot) -> str | None:
    entry = snapshot.entry(BASELINE_FILE)
    return snapshot.digest(BASELINE_FILE) if entry is not None and entry.kind is Kind.FILE else None
