"""Who a finding is, apart from where its line stands today.

Code scanning, GitLab and a baseline file all need to know a finding again in the next run, when
lines have moved, files were reordered and a day has passed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

    from snitch.findings.finding import Finding

_AGE = re.compile(r"[0-9]+(?= days?\b)")
"""What differs tomorrow though nobody touched a thing. Other numbers stay: a finding about another
version or value is another finding, and must not hide behind the one that was known."""


def fingerprint(finding: Finding, directory: str | None = None) -> str:
    """Return 64 hex digits that stand for what the finding is about.

    They are made of rule, model, file, metric, slice and the text of its line, or the words of its
    message where no line is known. Line and column have no part in it, nor has the model's
    directory: a model that moves keeps its findings.

    The directory is that of its model; None where it belongs to none.
    """
    place = finding.place
    path = "" if place is None else _inside(place.path, directory)
    text = (
        _AGE.sub("0", finding.message)
        if place is None or place.excerpt is None
        else place.excerpt.strip()
    )
    identity = (finding.rule.code, finding.model, path, finding.metric, finding.slice, text)
    return sha256(json.dumps(identity).encode()).hexdigest()


def fingerprints(findings: Iterable[Finding], directories: Mapping[str, str]) -> list[str]:
    """Return a fingerprint for each of `findings`, no two alike.

    The second of two that nothing else tells apart ends in `:2`.

    The findings are those of one report, in its order; directories are by model's name.
    """
    seen: Counter[str] = Counter()
    found = []
    for finding in findings:
        one = fingerprint(finding, directories.get(finding.model or ""))
        seen[one] += 1
        found.append(one if seen[one] == 1 else f"{one}:{seen[one]}")
    return found


def _inside(path: str, directory: str | None) -> str:
    return path.removeprefix(f"{directory}/") if directory else path
