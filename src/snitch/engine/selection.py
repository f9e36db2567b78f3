"""Which models a run judges, and which release of production each is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.belonging import Directories
from snitch.engine.belonging import shared_out
from snitch.engine.belonging import with_nested
from snitch.engine.belonging import with_twins
from snitch.engine.jobs import jobs_for
from snitch.engine.retired import Retired
from snitch.engine.selected import Selected
from snitch.engine.shared import installing_from
from snitch.engine.wanted import wanted
from snitch.findings import CannotJudgeError
from snitch.frozen import dataclass
from snitch.registry.discovery import Places
from snitch.registry.names import AT_ONCE
from snitch.registry.names import Names
from snitch.registry.touching import taken
from snitch.registry.touching import touched_models
from snitch.registry.touching import unreadable_files
from snitch.rounds import rounds
from snitch.snapshots import changed_paths

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from snitch.engine.deadline import Deadline
    from snitch.engine.session import Session
    from snitch.registry.location import Location
    from snitch.snapshots import ChangedPaths
    from snitch.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Selection:
    """The run's models."""

    models: tuple[Selected, ...]
    total: int
    behind: tuple[str, ...]
    removed: Mapping[str, str]
    """Models that production holds and the candidate does not, and where they stood."""
    gone: tuple[Location, ...]
    """Their places in production."""
    retired: Retired
    """The same by their weights, of those that are no directories."""
    directories: tuple[str, ...]
    """Every model directory of the candidate."""
    names: Names
    """The names of the candidate's models, by directory."""
    changed: AbstractSet[str]
    """The paths that this change touches, inside of models and outside."""
    at_root: frozenset[str]
    """Those of `changed` that stand in the repository's root."""
    outside: frozenset[str]
    """Those of `changed` that no model holds."""
    taken: frozenset[str]
    """The files of models that are no directories."""


def select(session: Session, deadline: Deadline) -> Selection:
    """Choose the models; with `--all` or names, whatever they are, else those touched.

    Raises:
        CannotJudgeError: a name is no model's, or there are more models than the limit.
    """
    patterns = session.loaded.policy.models
    here = Places(session.candidate, patterns, session.layouts, session.limits)
    production = session.baseline or session.repository.nothing()
    there = Places(production, patterns, session.layouts, session.limits)
    # The candidate's models are all counted, production's only asked for.
    total = len(here)
    held = taken(session.candidate, here.others, session.layouts, session.limits)
    touched = _touched(session, here, there, held)
    pairing = _Pairing(session, production, (here, there), touched.different)
    request = session.request
    chosen = _chosen(session, here, pairing.names, touched.models)
    if request.everything:
        pairing.learn_all(deadline)
    models = [pairing.attempt(here[path]) for path in sorted(chosen)]
    if not request.names:
        models += _through_other_files(session, pairing, here, chosen, touched)
    if request.everything:
        models = with_twins(models)
    models = with_nested(models, here.directories)
    models.sort(key=lambda model: (model.name, model.location.path))
    gone = () if request.names else tuple(pairing.gone(touched.models))
    return Selection(
        models=tuple(models),
        total=total,
        behind=tuple(sorted(pairing.there_names[path] for path in touched.behind)),
        removed={pairing.there_names[one.path]: one.path for one in gone},
        gone=gone,
        retired=Retired(session, gone),
        directories=tuple(here),
        names=pairing.names,
        changed=touched.paths,
        at_root=frozenset(path for path in touched.paths if "/" not in path),
        outside=frozenset(touched.outside),
        taken=frozenset(held),
    )


def _chosen(
    session: Session, here: Places, names: Names, touched: Collection[str]
) -> Collection[str]:
    request = session.request
    if request.names:
        chosen = wanted(session, here, names)
    elif request.everything:
        chosen = set(here)
    else:
        chosen = {path for path in touched if path in here}
    if len(chosen) > session.limits.max_models:
        message = f"{len(chosen)} models are to be judged, past `limits.max_models`"
        remedy = f"judge at most {session.limits.max_models} at once, or raise the limit"
        raise CannotJudgeError(message, remedy)
    return chosen


class _Pairing:
    """Finds for a model of the candidate its release in production: by name."""

    def __init__(
        self,
        session: Session,
        production: Snapshot,
        places: tuple[Places, Places],
        different: Collection[str],
    ) -> None:
        layouts, limits = session.layouts, session.limits
        self.session = session
        self.here, self.there = places
        self.names = Names(session.candidate, self.here, layouts, limits)
        self.there_names = Names(production, self.there, layouts, limits)
        self.different = different
        self.unreadable = unreadable_files(production, self.there.others, layouts, limits)
        """Files of production that should hold models and cannot be read."""

    def learn_all(self, deadline: Deadline) -> None:
        """Read every name: of a model that does not differ, once for both trees."""
        self._learn(self.names, self.here, deadline)
        same = {
            path
            for path, location in self.here.items()
            if self.there.get(path) == location and path not in self.different
        }
        self.there_names.learn(self.names.known(same))
        self._learn(self.there_names, self.there, deadline)

    def _learn(self, names: Names, paths: Iterable[str], deadline: Deadline) -> None:
        unknown = names.unknown(paths)
        parts = list(rounds(unknown, AT_ONCE))
        jobs = min(jobs_for(self.session.request.jobs, len(unknown)), len(parts))
        end = deadline.end_of_processes
        found: Iterable[dict[str, str]] = map(names.read, parts)
        if jobs > 1:
            from snitch.engine.processes import spread  # noqa: PLC0415 - only for audits

            # What this process's Git has read need not stay in memory while others ask theirs.
            self.session.repository.close()
            found = spread(names.read, parts, jobs, end)
        for some in found:
            names.learn(some)

    def attempt(self, location: Location, families: frozenset[str] | None = None) -> Selected:
        """As `pair`; what Git cannot give keeps this model from being judged, and no other."""
        try:
            return self.pair(location, families)
        except CannotJudgeError as error:
            return Selected(location, location.path or ".", None, "modified", trouble=error)

    def pair(  # noqa: PLR0911 - one for each way of being found
        self, location: Location, families: frozenset[str] | None = None
    ) -> Selected:
        name = self.names[location.path]
        same_place = self.there.get(location.path)
        if same_place is not None and self.there_names[location.path] == name:
            change = "modified" if location.path in self.different else "unchanged"
            # One place for both: of ten thousand models the second ones take a megabyte.
            deployed = location if same_place == location else same_place
            return Selected(location, name, deployed, change, families=families)
        twins = tuple(path for path in self.names.holders(name) if path != location.path)
        moved = [path for path in self.there_names.holders(name) if path not in self.here]
        if moved:
            return Selected(location, name, self.there[moved[0]], "moved", twins=twins)
        if same_place is not None:
            was = self.there_names[location.path]
            if not self.names.holders(was):
                return Selected(location, name, same_place, "modified", was, twins)
        elsewhere = [path for path in self.there_names.holders(name) if path in self.here]
        still = [path for path in elsewhere if self.names[path] != name]
        if still:
            return Selected(location, name, self.there[still[0]], "moved", twins=twins)
        if elsewhere:
            return Selected(location, name, self.there[elsewhere[0]], "modified", twins=twins)
        if location.file in self.unreadable:
            # Nobody can tell which models that file held: this one is none that is new.
            return Selected(location, name, location, "modified", twins=twins)
        return Selected(location, name, None, "added", twins=twins)

    def gone(self, touched: Iterable[str]) -> Iterator[Location]:
        """Those of production that no directory of the candidate holds under their name."""
        session = self.session
        unreadable = unreadable_files(
            session.candidate, self.here.others, session.layouts, session.limits
        )
        for path in sorted(touched):
            one = self.there.get(path)
            if one is None or path in self.here:
                continue
            if one.file in unreadable or path in self.unreadable:
                continue
            if not self.names.holders(self.there_names[path]):
                yield one


@dataclass(frozen=True, slots=True)
class _Touched:
    """What the change touches."""

    models: Collection[str]
    """Directories that differ from production's and from the merge base's."""
    different: Collection[str]
    """Directories that differ from production's, by whose doing ever."""
    behind: Collection[str] = ()
    """Directories on which production moved on and the change did not."""
    outside: Collection[str] = ()
    """Touched files outside of models."""
    paths: AbstractSet[str] = frozenset()
    """Every touched file."""


def _touched(session: Session, here: Places, there: Places, held: set[str]) -> _Touched:
    if session.baseline is None:
        every = set(here)
        return _Touched(every, every)
    patterns = session.loaded.policy.models
    candidate, layouts, limits = session.candidate, session.layouts, session.limits
    directories = Directories(here, there)

    def between(start: Snapshot, paths: ChangedPaths) -> tuple[set[str], set[str]]:
        models, outside = shared_out(paths, directories)
        models |= touched_models(start, candidate, paths, patterns, layouts, limits)
        return models, outside - held

    differs = changed_paths(session.baseline, candidate)
    different, outside = between(session.baseline, differs)
    since = session.request.changed_since
    if since is not None:
        start = session.repository.commit(session.repository.resolve(since))
        later = changed_paths(start, candidate)
        since_then, around = between(start, later)
        return _Touched(since_then, different, (), around, later)
    if not session.forks or session.fork is session.baseline:
        return _Touched(different, different, (), outside, differs)
    # Where branches merged crosswise, what equals one base may differ from another.
    changes = [(fork, changed_paths(fork, candidate)) for fork in session.forks]
    ours = set().union(*(between(fork, paths)[0] for fork, paths in changes))
    mine = frozenset().union(*(paths for _, paths in changes))
    both = different & ours
    behind = {path for path in different - both if path in there}
    return _Touched(both, different, behind, outside & mine, differs & mine)


def _through_other_files(
    session: Session,
    pairing: _Pairing,
    here: Places,
    chosen: Collection[str],
    touched: _Touched,
) -> list[Selected]:
    """Models judged on dependencies only, because a file that they install from has changed."""
    candidate, layouts, limits = session.candidate, session.layouts, session.limits
    rest: Iterable[Location] = (here[path] for path in here if path not in chosen)
    if session.loaded.policy.dependencies.serving_constraints not in touched.outside:
        rest = installing_from(touched.paths, rest, layouts, candidate, limits)
    only = frozenset({"DEP"})
    return [pairing.attempt(place, only) for place in rest]
