"""What a branch held of one model at a time, and which of these states are one release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.findings import CannotJudgeError
    from snitch.registry.location import Location
    from snitch.registry.release import Release

State = tuple[tuple[str, str], ...]
"""What config, metrics and weights hold, by path inside the model."""


@dataclass(frozen=True, slots=True)
class PastRelease:
    """One state of a model that the branch held."""

    commit: str
    """The first-parent commit that brought it."""
    release: Release
    location: Location
    """Where it stood."""


@dataclass(frozen=True, slots=True)
class Absence:
    """A time in which the branch did not hold the model."""

    commit: str
    """The first-parent commit that took it away."""
    location: Location
    """Where it had stood."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A state of the model that the branch held, and that Git cannot give any more."""

    commit: str
    """The first-parent commit that brought it."""
    location: Location
    """Where it stood."""
    error: CannotJudgeError


Moment = PastRelease | Absence | Unread


def runs(moments: Iterable[Moment]) -> Iterator[Moment]:
    """One of each run of equal states: the oldest, which is what brought it.

    The newest comes first.
    """
    found: Moment | None = None
    for now in moments:
        if found is not None and _state(now) != _state(found):
            yield found
        found = now
    if found is not None and not isinstance(found, Absence):
        yield found


def state_of(release: Release) -> State:
    """What config, metrics and weights of a release hold: equal states are the same release."""
    paths = {
        release.pieces[piece].path
        for piece in ("config", "metrics")
        if release.pieces[piece].state != "not-applicable"
    }
    paths |= {weights.path for weights in release.weights}
    paths |= set(release.documents)
    digests = {**release.digests, **release.essences}
    names = map(release.inside, sorted(paths))
    return tuple((name, digests[name]) for name in names if name in digests)


def _state(one: Moment) -> State | str | None:
    match one:
        case PastRelease():
            return state_of(one.release)
        case Unread():
            return one.commit  # nobody can tell whether it equals another one
        case Absence():
            return None


def rollbacks(past: Sequence[Moment]) -> dict[str, PastRelease]:
    """The releases that brought an earlier state back: commit to the first release of that state.

    The newest comes first, as `Registry.past` gives it.
    """
    first: dict[State, PastRelease] = {}
    found: dict[str, PastRelease] = {}
    for one in reversed(past):
        if isinstance(one, PastRelease):
            state = state_of(one.release)
            if state in first:
                found[one.commit] = first[state]
            else:
                first[state] = one
    return found
