"""What a change of the lists of libraries lets through: taken off, narrowed, or put off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.documents.requirement_lines import normalised
from snitch.policy.comparison import dotted
from snitch.policy.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from packaging.specifiers import Specifier

    from snitch.policy.comparison import Loose
    from snitch.policy.libraries import Dependencies
    from snitch.policy.libraries import Deprecated
    from snitch.policy.libraries import Disallowed


def looser_libraries(old: Dependencies, new: Dependencies) -> Iterator[Loose]:
    """What became looser from one `dependencies` section to another, library by library."""
    for before in old.disallowed:
        if not any(_covers(after, before) for after in new.disallowed):
            route = ("dependencies", "disallowed")
            how = _how(before, new.disallowed)
            yield route, f"{quoted(before.name)} in {dotted(route)} is {how}"
    for was in old.deprecated:
        kept = any(_covers(now, was) and _by_then(was, now) for now in new.deprecated)
        if not kept and not any(_covers(now, was) for now in new.disallowed):
            route = ("dependencies", "deprecated")
            how = _how(was, new.deprecated)
            yield route, f"{quoted(was.name)} in {dotted(route)} is {how}"


def _how(old: Disallowed | Deprecated, new: Sequence[Disallowed | Deprecated]) -> str:
    known = any(_same_name(old.name, library.name) for library in new)
    return "narrowed or put off" if known else "removed"


def _covers(new: Disallowed | Deprecated, old: Disallowed | Deprecated) -> bool:
    return _same_name(old.name, new.name) and _takes_all(new.specifier, old.specifier)


def _same_name(one: str, other: str) -> bool:
    return normalised(one) == normalised(other)


def _by_then(old: Deprecated, new: Deprecated) -> bool:
    return old.after is None or (new.after is not None and new.after <= old.after)


def _takes_all(new: str, old: str) -> bool:
    """Whether each comparison of the new specifier follows from one of the old specifier's."""
    from packaging.specifiers import InvalidSpecifier  # noqa: PLC0415 - slow, and seldom needed
    from packaging.specifiers import SpecifierSet  # noqa: PLC0415 - slow, and seldom needed

    try:
        were, are = [*SpecifierSet(old)], [*SpecifierSet(new)]
    except InvalidSpecifier:  # a policy that is refused elsewhere
        return new == old
    return all(any(_follows(now, was) for was in were) for now in are)


def _follows(new: Specifier, old: Specifier) -> bool:
    from packaging.version import Version  # noqa: PLC0415 - slow, and seldom needed

    if new == old:
        return True
    if new.operator != old.operator or new.operator not in {"<", "<=", ">", ">="}:
        return False
    now, was = (Version(Version(one.version).base_version) for one in (new, old))
    # Pre-releases and post-releases of one version are ordered otherwise beside `<` and `>`.
    return now > was if new.operator.startswith("<") else now < was
