"""What a change of the standard lets through that did not pass before.

Two policies are compared as they hold for each model, overrides merged, so that a loosening
is seen however it is written. What cannot be proven to be at least as strict counts as looser.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING
from typing import Any

from pydantic import BaseModel

from snitch.frozen import dataclass
from snitch.policy.comparison import change
from snitch.policy.comparison import compared
from snitch.policy.comparison import dotted
from snitch.policy.comparison import shown
from snitch.policy.effective import policy_for
from snitch.policy.imagined import imagined_by
from snitch.policy.sections import SECTIONS
from snitch.policy.sections import known_to
from snitch.policy.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from snitch.documents import Route
    from snitch.findings import Rule
    from snitch.policy.comparison import Loose
    from snitch.policy.model import Policy
    from snitch.policy.model import Waiver
    from snitch.policy.sections import Known


@dataclass(frozen=True, slots=True)
class Loosening:
    """One thing that passes under the new policy and did not under the old one."""

    route: Route
    """Where in the new policy; what was removed is nearest to its parent."""
    message: str
    """One sentence's worth, without a full stop."""
    models: tuple[str, ...] = ()
    """Which of the models asked about it holds for, sorted."""


def loosenings(
    old: Policy, new: Policy, models: Iterable[str], rules: Iterable[Rule] = ()
) -> tuple[Loosening, ...]:
    """Everything that the new policy asks less of than the old one, for any model.

    Besides the models given, imaginary ones are compared: one that no override names, one for
    every override's glob, and one for every two that can take the same name.

    An unknown rule's default severity is taken for `error` where it is set and for `off` where it
    was.
    """
    named = set(models)
    imagined = imagined_by(
        glob for policy in (old, new) for override in policy.overrides for glob in override.models
    )
    known = known_to(new, rules)
    pairs: dict[tuple[int, int], list[str]] = {}
    for name in sorted(named | imagined | {""}):
        pairs.setdefault((id(policy_for(old, name)), id(policy_for(new, name))), []).append(name)
    found: dict[Loose, list[str]] = {}
    for names in pairs.values():
        one, other = policy_for(old, names[0]), policy_for(new, names[0])
        for loose in dict.fromkeys(_looser(one, other, known)):
            found.setdefault(loose, []).extend(names)
    return tuple(
        Loosening(_written(new, route, names), message, _affected(new, route, named & set(names)))
        for (route, message), names in found.items()
    )


def summary(old: Policy, new: Policy) -> list[str]:
    """Every difference between two policies as a line, stricter or looser."""
    before, after = dict(_leaves(old, ())), dict(_leaves(new, ()))
    lines = []
    for route in [*after, *(route for route in before if route not in after)]:
        if route not in before:
            lines.append(f"{dotted(route)} is added: {shown(after[route])}")
        elif route not in after:
            lines.append(f"{dotted(route)} is removed: {shown(before[route])}")
        elif before[route] != after[route]:
            lines.append(change(route, before[route], after[route]))
    return [*lines, *_waiver_lines(old.waivers, new.waivers)]


def _waiver_lines(old: tuple[Waiver, ...], new: tuple[Waiver, ...]) -> Iterator[str]:
    for verb, waivers, others in (("removed", old, new), ("added", new, old)):
        for waiver in waivers:
            if waiver not in others:
                yield (
                    f"a waiver of {quoted(waiver.rule)} for {quoted(waiver.model)}, "
                    f"until {waiver.expires}, is {verb}"
                )


def _looser(old: Policy, new: Policy, known: Known) -> Iterator[Loose]:
    for name in type(old).model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        if name in SECTIONS:
            yield from SECTIONS[name](before, after, known)
            if not isinstance(before, BaseModel) or name == "limits":
                continue
        yield from compared(before, after, (name,), type(old).__name__)


def _affected(new: Policy, route: Route, names: set[str]) -> tuple[str, ...]:
    match route:
        case ("waivers", int() as index):
            return tuple(sorted(filter(new.waivers[index].takes, names)))
        case _:
            return tuple(sorted(names))


def _written(new: Policy, route: Route, names: list[str]) -> Route:
    """Where the value is written: for models that only an override takes, in the last one."""
    if "" in names:
        return route
    for index, override in reversed(list(enumerate(new.overrides))):
        if any(fnmatchcase(names[0], glob) for glob in override.models) and _sets(override, route):
            return ("overrides", index, *route)
    return route


def _sets(part: Any, route: Route) -> bool:  # noqa: ANN401 - a part of a policy
    for key in route:
        match part:
            case BaseModel() if key in part.model_fields_set:
                part = getattr(part, str(key))
            case dict() if key in part:
                part = part[key]
            case _:
                return False
    return True


def _leaves(value: Any, route: Route) -> Iterator[tuple[Route, Any]]:  # noqa: ANN401
    match value:
        case BaseModel():
            # What an override leaves out is not its word.
            said = value.model_fields_set if route[:1] == ("overrides",) else None
            for name in type(value).model_fields:
                if (said is not None and name not in said) or (*route, name) == ("waivers",):
                    continue
                yield from _leaves(getattr(value, name), (*route, name))
        case dict():
            for name, part in value.items():
                yield from _leaves(part, (*route, name))
        case None | ():
            pass
        case tuple() if isinstance(value[0], BaseModel):
            for index, part in enumerate(value):
                yield from _leaves(part, (*route, index))
        case _:
            yield route, value
