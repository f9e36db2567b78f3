"""One repository opened as a model registry: its environments, and how to find a model in each."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from snitch.engine.belonging import holders
from snitch.engine.belonging import inside_of
from snitch.engine.request import Request
from snitch.engine.session import open_session
from snitch.engine.wanted import path_from_root
from snitch.engine.wanted import shared
from snitch.findings import CannotJudgeError
from snitch.findings import Failure
from snitch.findings import Place
from snitch.frozen import dataclass
from snitch.registry.discovery import locate
from snitch.registry.history import Registry
from snitch.registry.history import unreadable
from snitch.registry.names import Names
from snitch.registry.names import own_name
from snitch.registry.touching import touched_models
from snitch.snapshots import changed_paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from typing_extensions import Self

    from snitch.engine.session import Session
    from snitch.policy.model import Policy
    from snitch.registry.location import Location
    from snitch.registry.release import Release
    from snitch.snapshots import Repository
    from snitch.snapshots import Snapshot

PRODUCTION = "production"
STAGING = "staging"
WORKTREE = "worktree"
ENVIRONMENTS = (PRODUCTION, STAGING, WORKTREE)


@dataclass(frozen=True)
class Environment:
    """A tree that holds releases: a branch, any commit, or the working tree."""

    name: str
    """`production`, `staging`, `worktree`, or the revision as it was asked for."""
    ref: str
    """What it is in Git: `origin/main`, a revision, `the working tree`."""
    snapshot: Snapshot
    session: Session

    @property
    def commit(self) -> str | None:
        """Its commit; of the working tree the one that is checked out."""
        return self.snapshot.commit

    @cached_property
    def locations(self) -> tuple[Location, ...]:
        """Its models' directories."""
        session = self.session
        return locate(self.snapshot, session.loaded.policy.models, session.layouts, session.limits)

    @cached_property
    def names(self) -> Names:
        """Its models' names."""
        return Names(self.snapshot, self.places, self.session.layouts, self.session.limits)

    @cached_property
    def places(self) -> dict[str, Location]:
        """Its models by directory."""
        return {location.path: location for location in self.locations}

    @cached_property
    def differing(self) -> frozenset[str]:
        """The directories of models in which it differs from production."""
        base = self.session.baseline
        if base is None or self.name == PRODUCTION:
            return frozenset()
        return between(self.session, base, self.snapshot, self.places)

    def inside(self, path: str) -> Sequence[str]:
        """The directories of other models below a model's."""
        return inside_of(path, [location.path for location in self.locations])

    def find(self, model: str) -> Location | None:
        """Where it holds a model, by name or directory.

        Of several of a name it is that whose directory is called so.

        Raises:
            CannotJudgeError: it is the name of several, none of which is called so.
        """
        # Most models are where their name says: then no other config need be read.
        called = (path for path in self.places if path.rpartition("/")[2] == model)
        named = [path for path in called if self.names[path] == model]
        named = named or self.names.holders(model)
        if len(named) > 1 and model not in named:
            raise shared(self.ref, model, named)
        from_here = path_from_root(self.session, model) if model else None
        paths = (*named, model.rstrip("/") or model, from_here)
        return next((self.places[path] for path in paths if path in self.places), None)


class Book:
    """A repository as a registry.

    Use it as a context manager: it keeps one Git process.
    """

    def __init__(self, session: Session) -> None:
        self.session = session

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.repository.close()

    @property
    def repository(self) -> Repository:
        """The repository."""
        return self.session.repository

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self.session.loaded.policy

    @cached_property
    def registry(self) -> Registry:
        """The same, for walks through history."""
        session = self.session
        repository = session.repository
        return Registry(
            repository, self.policy.models, session.layouts, session.limits, repository.boundary
        )

    @cached_property
    def production(self) -> Environment | None:
        """The deployed releases; None where there is no production branch."""
        session = self.session
        if session.baseline is None:
            return None
        return Environment(PRODUCTION, session.baseline_ref, session.baseline, session)

    @cached_property
    def staging(self) -> Environment | None:
        """The releases before production; None where there is no such branch."""
        branch = self.policy.environments.staging
        if not self.repository.has_branch(branch):
            return None
        remote = f"refs/remotes/origin/{branch}"
        found = self.repository.find_refs(remote, f"refs/heads/{branch}")
        ref = max(found)  # origin's, as production is origin's
        label = ref.removeprefix("refs/remotes/").removeprefix("refs/heads/")
        return Environment(STAGING, label, self.repository.commit(found[ref]), self.session)

    @cached_property
    def worktree(self) -> Environment | None:
        """The files on the disk; None in a bare repository."""
        if self.repository.location.work_tree is None:
            return None
        tree = self.repository.worktree()
        return Environment(WORKTREE, "the working tree", tree, self.session)

    @property
    def environments(self) -> Iterator[Environment]:
        """Those that there are, each opened when it is its turn."""
        for name in ENVIRONMENTS:
            found: Environment | None = getattr(self, name)
            if found is not None:
                yield found

    def environment(self, name: str) -> Environment:
        """One of them.

        Raises:
            CannotJudgeError: there is none of that name here.
        """
        found = next((one for one in self.environments if one.name == name), None)
        if found is None:
            raise self._absent(name)
        return found

    def _absent(self, name: str) -> CannotJudgeError:
        message = f"this repository has no {name} environment"
        match name:
            case "production" | "staging":
                branch = getattr(self.policy.environments, name)
                fetch = f"git fetch origin '+refs/heads/{branch}:refs/remotes/origin/{branch}'"
                remedy = f"{fetch}, or name another under `environments`"
                if "origin" not in self.repository.remotes():
                    remedy = f"make the branch `{branch}`, or name another under `environments`"
            case "worktree":
                message = f"{self.repository.root} is a bare repository: it has no working tree"
                remedy = "name a branch or a commit instead"
            case _:
                remedy = f"name one of {', '.join(ENVIRONMENTS)}"
        return CannotJudgeError(message, remedy)

    def at(self, revision: str) -> Environment:
        """The tree of any revision.

        Raises:
            CannotJudgeError: there is no such commit.
        """
        commit = self.repository.resolve(revision)
        return Environment(revision, revision, self.repository.commit(commit), self.session)

    def read(self, environment: Environment, location: Location) -> Release:
        """The release that an environment holds in a directory, without its code.

        Raises:
            CannotJudgeError: Git cannot give one of its files.
        """
        try:
            return self._read(environment, location)
        except CannotJudgeError as error:
            raise unreadable(location, environment.ref, error) from error

    def attempt(self, environment: Environment, location: Location) -> Release | Failure:
        """The same for an answer about many models: what cannot be read is one of them."""
        try:
            return self._read(environment, location)
        except CannotJudgeError as error:
            name = self.name_of(environment, location.path)
            return Failure(error.message, error.remedy, name, Place(location.path))

    def name_of(self, environment: Environment, path: str) -> str:
        """A model's name; without its config, that in production, else its directory's."""
        for one in (environment, self.production):
            if one is not None and path in one.places:
                with suppress(CannotJudgeError):
                    return one.names[path]
        return own_name(path)

    def _read(self, environment: Environment, location: Location) -> Release:
        from snitch.registry.reader import read_release  # noqa: PLC0415 - many answers need none

        session = self.session
        layout = session.layouts[location.layout]
        inside = environment.inside(location.path)
        return read_release(environment.snapshot, location, layout, session.limits, others=inside)


def between(
    session: Session, old: Snapshot, new: Snapshot, models: Mapping[str, Location]
) -> frozenset[str]:
    """The addresses of models in which two trees differ.

    A glob such as `models/**` also takes directories inside of models.
    """
    paths = changed_paths(old, new)
    patterns = session.loaded.policy.models
    found = touched_models(old, new, paths, patterns, session.layouts, session.limits)
    return frozenset(found | holders(found - models.keys(), models).keys())


def open_book(start: Path, as_of: date, jobs: int = 1) -> Book:
    """Open the repository around a directory; production is what its branch holds now.

    With 0 jobs it judges on all processors where models are many.

    Raises:
        CannotJudgeError: there is no repository, or its policy cannot be used.
    """
    # A CI job's variables would choose the commit before a push as the baseline of a gate; the
    # registry tells what is there now, so it does not ask them.
    #
    # Until production holds a policy the one on the disk is in force, as it is for `check`.
    request = Request(start, as_of, candidate="commit", jobs=jobs)
    session = open_session(request)
    if session.deployed is None and session.repository.location.work_tree is not None:
        session.repository.close()
        session = open_session(replace(request, candidate="worktree"))
    return Book(session)
