"""Which way is better: said for each metric that is judged, and not turned round by the change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.regression_rules import DIRECTION_CHANGED
from snitch.checks.regression_rules import DIRECTION_UNKNOWN
from snitch.checks.standings import first_of
from snitch.checks.standings import lookup
from snitch.checks.standings import order
from snitch.checks.wording import quoted
from snitch.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from snitch.checks.check import Subject
    from snitch.checks.standings import Key
    from snitch.checks.standings import Lookup
    from snitch.registry.release import Metric


def undirected(fit: dict[Key, Metric], stand: Lookup, deployed: Iterable[Key]) -> Iterator[Finding]:
    """REG307, once a metric, for what is compared or bounded."""
    known = set(deployed)
    names: dict[str, Key] = {}
    for key in sorted(fit, key=order):
        stood = stand(key)
        wanted = stood.gates and stood.direction is None and (key in known or stood.bounded)
        if wanted:
            names.setdefault(first_of(key[1]), key)
    for name, key in names.items():
        yield Finding(
            DIRECTION_UNKNOWN,
            f"nothing says whether a higher or a lower {quoted(name)} is better",
            f"declare `direction: higher` or `direction: lower` for `metrics.{name}` in the "
            "policy, or `ignore: true` if nobody judges it",
            fit[key].written.key_place,
            metric=name,
        )


def turned(subject: Subject, names: Iterable[str]) -> Iterator[Finding]:
    """REG310: the policy that the change brings along turns a direction round."""
    proposed = subject.proposed
    if proposed is None:
        return
    now, then = lookup(subject.policy), lookup(proposed)
    for name in sorted(set(names)):
        before, after = now((None, name)).direction, then((None, name)).direction
        if before is not None and after is not None and before != after:
            yield Finding(
                DIRECTION_CHANGED,
                f"this change declares that a {after} {quoted(name)} is better; in force is, and "
                f"judged was by, {before}",
                f"take the new direction of `metrics.{name}` out of this change",
                metric=name,
            )
