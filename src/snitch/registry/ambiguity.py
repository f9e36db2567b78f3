"""What an ambiguous scalar means in a known field: the text of `no`, a number that is judged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

from snitch.documents import Located
from snitch.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.documents import Data
    from snitch.findings import Fault
    from snitch.findings import Place
    from snitch.registry.release import Metric

CODE = "SNT006"
VERSIONS = ("version", "data.version", "benchmark.version")
SWITCHES = frozenset({"yes", "no", "on", "off"})
WRITTEN = ".lock"
"""How a file's name ends that a program writes and reads back by the same rules."""


def as_text(located: Located[Data]) -> Located[Data] | None:
    """The word that a person reads where YAML 1.1 reads a boolean; None for any other value."""
    if not isinstance(located.value, bool):
        return None
    place = located.place
    start = (place.column or 1) - 1
    word = (place.excerpt or "")[start : start + place.width]
    return Located(word, located.source, located.route) if word.lower() in SWITCHES else None


def weighed(
    faults: Sequence[Fault],
    fields: Mapping[str, Located[Data]],
    metrics: Mapping[Any, Metric],
) -> Sequence[Fault]:
    """The faults, an ambiguous scalar an error where it is a version or a metric.

    Elsewhere in a lock file it is no slip of a person's, and no person can mend it.
    """
    if not any(fault.code == CODE for fault in faults):
        return faults
    judged = [fields[name] for name in VERSIONS if name in fields]
    judged += [metric.written for metric in metrics.values()]
    grave = {_spot(located.place) for located in judged}
    return [
        replace(fault, severity=Severity.ERROR)
        if fault.code == CODE and _spot(fault.place) in grave
        else fault
        for fault in faults
        if fault.code != CODE
        or _spot(fault.place) in grave
        or not fault.place.path.endswith(WRITTEN)
    ]


def _spot(place: Place) -> tuple[str, int | None, int | None]:
    return place.path, place.line, place.column
