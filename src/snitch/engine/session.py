"""One run's fixed points: what is judged, against what, by which policy and checks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from snitch.checks import catalog
from snitch.documents import Limits
from snitch.documents import read_dependencies
from snitch.findings import Baseline
from snitch.findings import Candidate
from snitch.findings import CannotJudgeError
from snitch.policy import load as policies
from snitch.policy.effective import limits_of
from snitch.policy.verify import verify_layouts
from snitch.policy.verify import verify_rules
from snitch.registry.layout import built_in
from snitch.registry.layout import load_built_in
from snitch.snapshots import Repository
from snitch.snapshots import find_baseline

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from snitch.checks.catalog import Catalog
    from snitch.documents import DependencyFile
    from snitch.engine.request import Request
    from snitch.policy.load import LoadedPolicy
    from snitch.registry.layout import Layout
    from snitch.snapshots import BaselineRef
    from snitch.snapshots import Snapshot

PRODUCTION = "main"
"""The production branch until a policy says otherwise."""


@dataclass(frozen=True)
class Session:
    """Everything that is decided before the first model is looked at."""

    request: Request
    repository: Repository
    candidate: Snapshot
    baseline: Snapshot | None
    baseline_ref: str | None
    fork: Snapshot | None
    """The merge base of candidate and baseline; None where none can be had."""
    loaded: LoadedPolicy
    catalog: Catalog
    notices: tuple[str, ...]

    @cached_property
    def limits(self) -> Limits:
        """The hard limits that the policy in force sets."""
        return limits_of(self.loaded.policy)

    @cached_property
    def layouts(self) -> Mapping[str, Layout]:
        """Every layout that the policy's patterns name."""
        policy = self.loaded.policy
        names = {pattern.layout for pattern in policy.models} | {"snitch"}
        return {
            name: policy.layouts[name] if name in policy.layouts else load_built_in(name)
            for name in sorted(names)
        }

    @cached_property
    def serving(self) -> DependencyFile | None:
        """The serving stack's constraints, as the baseline holds them where there is one.

        Raises:
            CannotJudgeError: the policy names a file that is not there.
        """
        path = self.loaded.policy.dependencies.serving_constraints
        if path is None:
            return None
        trusted = self.baseline or self.candidate
        for snapshot in (trusted, self.candidate):
            if snapshot.entry(path) is not None:
                return read_dependencies(path, _reader(snapshot, self.limits), self.limits)
        message = (
            f"the policy's `dependencies.serving_constraints` names `{path}`, which is not there"
        )
        raise CannotJudgeError(message, f"commit `{path}`, or take the key out of the policy")

    def described(self) -> tuple[Candidate, Baseline | None]:
        """Candidate and baseline as the report tells them."""
        baseline = None
        if self.baseline is not None and self.baseline.commit is not None:
            baseline = Baseline(self.baseline_ref or "", self.baseline.commit)
        return Candidate(self.candidate.kind, self.candidate.commit), baseline


def _reader(snapshot: Snapshot, limits: Limits) -> Callable[[str], bytes | None]:
    def read(path: str) -> bytes | None:
        try:
            return snapshot.read(path, limits.max_lock_kib * 1024)
        except FileNotFoundError:
            return None

    return read


def open_session(request: Request) -> Session:
    """Resolve every reference once, and load the policy in force.

    Raises:
        CannotJudgeError: the repository, a revision, the baseline or the policy cannot be had.
    """
    repository = Repository.discover(request.start)
    try:
        return _open(request, repository)
    except BaseException:
        repository.close()
        raise


def _open(request: Request, repository: Repository) -> Session:
    candidate = _candidate(request, repository)
    notices: list[str] = []
    branch = _production(repository, candidate, request)
    reference, production = _baseline(request, repository, branch)
    loaded = _policy(request, repository, candidate, production, notices)
    named = loaded.policy.environments.production
    if request.baseline is None and production is not None and named != branch:
        reference, production = _baseline(request, repository, named)
        notices.clear()
        loaded = _policy(request, repository, candidate, production, notices)
    if reference is None:
        notices.append("there is no production branch to compare with: every model is new")
    elif reference.notice is not None:
        notices.append(reference.notice)
    baseline, ref = production or (None, None)
    fork = _fork(repository, candidate, baseline, notices)
    rules = catalog.load(loaded.policy.plugins, outside=repository.root)
    loaded.refuse(
        [
            *verify_layouts(loaded.policy, built_in()),
            *verify_rules(loaded.policy, rules.rules),
        ]
    )
    return Session(
        request, repository, candidate, baseline, ref, fork, loaded, rules, tuple(notices)
    )


def _baseline(
    request: Request, repository: Repository, branch: str
) -> tuple[BaselineRef | None, tuple[Snapshot, str] | None]:
    reference = find_baseline(
        repository, requested=request.baseline, production=branch, environ=request.environ
    )
    if reference is None:
        return None, None
    return reference, (repository.commit(reference.commit), reference.ref)


def _candidate(request: Request, repository: Repository) -> Snapshot:
    if request.candidate == "index":
        return repository.index()
    if request.candidate == "commit":
        return repository.commit(repository.resolve(request.ref or "HEAD"))
    if repository.head is None:
        message = "this repository has no commits yet, so there is nothing to compare"
        raise CannotJudgeError(message, "commit first, or judge what is staged: snitch check --staged")
    return repository.worktree()


def _production(repository: Repository, candidate: Snapshot, request: Request) -> str:
    """Return the production branch to look for first.

    It is `main`, unless the repository has none and the candidate's policy names another branch:
    then that branch's own policy is the one in force.
    """
    if request.baseline is not None or repository.has_branch(PRODUCTION):
        return PRODUCTION
    try:
        loaded = policies.load(candidate, label="candidate", repository=repository.root)
    except CannotJudgeError:
        loaded = None
    if loaded is not None:
        return loaded.policy.environments.production
    return repository.default_branch() or PRODUCTION


def _policy(
    request: Request,
    repository: Repository,
    candidate: Snapshot,
    production: tuple[Snapshot, str] | None,
    notices: list[str],
) -> LoadedPolicy:
    if request.policy_file is not None:
        return policies.load_file(request.policy_file)
    if request.policy_from is not None:
        snapshot = repository.commit(repository.resolve(request.policy_from))
        loaded = policies.load(snapshot, label=request.policy_from, repository=repository.root)
        if loaded is None:
            message = f"`{request.policy_from}` holds no snitch.yaml"
            raise CannotJudgeError(message, "name a revision that does with --policy-from")
        return loaded
    own = candidate.entry(policies.NAME)
    if production is not None:
        baseline, ref = production
        deployed = policies.load(baseline, label=ref, repository=repository.root)
        if deployed is not None:
            if own is None or candidate.digest(policies.NAME) != baseline.digest(policies.NAME):
                notices.append(f"this change's snitch.yaml is not in force yet: {ref}'s is")
            return deployed
    loaded = policies.load(candidate, label=candidate.kind, repository=repository.root)
    if loaded is None:
        notices.append("there is no snitch.yaml: the documented defaults are in force")
        return policies.defaults()
    if production is not None:
        notices.append("production holds no policy yet: this change is judged by its own")
    return loaded


def _fork(
    repository: Repository, candidate: Snapshot, baseline: Snapshot | None, notices: list[str]
) -> Snapshot | None:
    if baseline is None or candidate.commit is None or baseline.commit is None:
        return None
    base = repository.merge_base(candidate.commit, baseline.commit)
    if base is None:
        shallow = " (this clone is shallow)" if repository.is_shallow() else ""
        notices.append(
            f"candidate and production share no commit{shallow}: every difference is judged"
        )
        return None
    return baseline if base == baseline.commit else repository.commit(base)
