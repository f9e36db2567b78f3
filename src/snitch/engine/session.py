"""One run's fixed points: what is judged, against what, by which policy and checks."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from snitch.checks import catalog
from snitch.engine.in_force import deployed_policy
from snitch.engine.in_force import named_production
from snitch.engine.in_force import policy_in_force
from snitch.engine.in_force import production_branch
from snitch.engine.opening import open_candidate
from snitch.findings import Baseline
from snitch.findings import Candidate
from snitch.findings import CannotJudgeError
from snitch.frozen import dataclass
from snitch.policy import POLICY_FILE
from snitch.policy import load as policies
from snitch.policy.effective import layouts_of
from snitch.policy.effective import limits_of
from snitch.policy.verify import verify_layouts
from snitch.policy.verify import verify_rules
from snitch.registry.globs import fixed_part
from snitch.registry.layout import built_in
from snitch.snapshots import Kind
from snitch.snapshots import Repository
from snitch.snapshots import find_baseline
from snitch.snapshots import load_trees
from snitch.snapshots.baseline import is_in_ci

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

    from snitch.checks.catalog import Catalog
    from snitch.documents import DependencyFile
    from snitch.documents import Limits
    from snitch.engine.lost import Lost
    from snitch.engine.opening import Opened
    from snitch.engine.request import Request
    from snitch.policy.load import LoadedPolicy
    from snitch.registry.history import Registry
    from snitch.registry.layout import Layout
    from snitch.registry.release import Release
    from snitch.snapshots import BaselineRef
    from snitch.snapshots import Snapshot


@dataclass(frozen=True)
class Session:
    """Everything that is decided before the first model is looked at."""

    request: Request
    repository: Repository
    candidate: Snapshot
    baseline: Snapshot | None
    baseline_ref: str
    """What production is called."""
    forks: tuple[Snapshot, ...]
    """The merge bases of candidate and baseline; none where none can be had."""
    loaded: LoadedPolicy
    """The policy in force."""
    deployed: LoadedPolicy | None
    """The policy that production holds, in force or not."""
    catalog: Catalog
    notices: tuple[str, ...]
    note: Callable[[Release], object] | None = None
    """What a caller wants kept of each release judged, small enough to hand between processes."""

    @property
    def fork(self) -> Snapshot | None:
        """The one merge base; None where there is none, or none is the only one."""
        return self.forks[0] if len(self.forks) == 1 else None

    @property
    def tip(self) -> str | None:
        """Production's commit; None where there is none to compare with."""
        return None if self.baseline is None else self.baseline.commit

    @cached_property
    def limits(self) -> Limits:
        """The hard limits that the policy in force sets."""
        return limits_of(self.loaded.policy)

    @cached_property
    def layouts(self) -> Mapping[str, Layout]:
        """Every layout that the policy's patterns name."""
        return layouts_of(self.loaded.policy)

    @cached_property
    def lost(self) -> Lost:
        """What production once held and gave up."""
        from snitch.engine.lost import Lost  # noqa: PLC0415 - only new models were ever lost

        names = {name for layout in self.layouts.values() for name in layout.files.config}
        return Lost(self.repository, self.tip, names, self.loaded.policy.models, self.limits)

    @cached_property
    def registry(self) -> Registry:
        """The past of the models that the policy in force takes."""
        from snitch.registry.history import Registry  # noqa: PLC0415 - the past is seldom read

        policy = self.loaded.policy
        return Registry(self.repository, policy.models, self.layouts, self.limits)

    @cached_property
    def proposed(self) -> LoadedPolicy | CannotJudgeError | None:
        """The policy that the candidate holds, or why it cannot be read; None for no policy."""
        root, plugins = self.repository.root, self.loaded.policy.plugins
        try:
            found = policies.load(self.candidate, label=self.candidate.kind, repository=root)
            # Plugins that only the candidate names are not loaded, nor are their rules known.
            if found is not None and set(found.policy.plugins) <= set(plugins):
                _verify(found, self.catalog)
        except CannotJudgeError as error:
            return error
        return found

    @cached_property
    def serving(self) -> DependencyFile | None:
        """The serving stack's constraints, as the baseline holds them where there is one.

        Raises:
            CannotJudgeError: the policy names a file that is not there, or cannot be read whole.
        """
        path = self.loaded.policy.dependencies.serving_constraints
        if path is None:
            return None
        from snitch.engine.serving import serving_constraints  # noqa: PLC0415 - few policies ask

        return serving_constraints(path, self.baseline, self.candidate, self.limits)

    def described(self) -> tuple[Candidate, Baseline | None]:
        """Candidate and baseline as the report tells them."""
        tip = self.tip
        baseline = None if tip is None else Baseline(self.baseline_ref, tip)
        return Candidate(self.candidate.kind, self.candidate.commit), baseline


def open_session(request: Request, opened: Opened | None = None) -> Session:
    """Resolve every reference once, and load the policy in force.

    `opened` is from `open_candidate`, where that is done already.

    Raises:
        CannotJudgeError: the repository, a revision, the baseline or the policy cannot be had.
    """
    opened = opened or open_candidate(request)
    try:
        return _open(request, opened.repository, opened.candidate)
    except BaseException:
        opened.repository.close()
        raise


def _open(request: Request, repository: Repository, candidate: Snapshot) -> Session:
    notices: list[str] = []
    branch = production_branch(repository, candidate, request)
    reference, production = _baseline(request, repository, branch)
    deployed = deployed_policy(request, repository, production)
    loaded = policy_in_force(request, repository, candidate, deployed, notices)
    named = named_production(loaded.policy)
    if request.baseline is None and named is not None and named != branch:
        reference, production = _baseline(request, repository, named)
        if reference is None and loaded is deployed:
            message = f"the policy calls the branch {named!r} production, and there is none"
            remedy = "create it at the commit that is deployed, or mend `environments.production`"
            raise CannotJudgeError(message, remedy)
        notices.clear()
        deployed = deployed_policy(request, repository, production)
        loaded = policy_in_force(request, repository, candidate, deployed, notices)
    if reference is None:
        notices.append("there is no production branch to compare with: every model is new")
    elif reference.notice is not None:
        notices.append(reference.notice)
    baseline, ref = production or (None, "the baseline")
    forks = _forks(repository, candidate, baseline, notices)
    checks = checks_of(loaded, repository.root)
    # Trees are taken apart while Git still compares a large index with them.
    load_trees(candidate, {fixed_part(one.path) for one in loaded.policy.models})
    if baseline is not None and loaded is deployed:
        notices += _not_in_force(candidate, baseline, forks, ref)
    if baseline is not None and candidate.commit == baseline.commit and _is_itself(request):
        request = replace(request, everything=True)
        notices.append("candidate and baseline are one commit: every model is judged")
    return Session(
        request=request,
        repository=repository,
        candidate=candidate,
        baseline=baseline,
        baseline_ref=ref,
        forks=forks,
        loaded=loaded,
        deployed=deployed,
        catalog=checks,
        notices=tuple(notices),
    )


def checks_of(loaded: LoadedPolicy, outside: Path | None = None) -> Catalog:
    """The checks that a policy asks for; none of what lies in the repository `outside` is loaded.

    Raises:
        CannotJudgeError: a plugin cannot be had, or the policy names rules or layouts that
            nobody defines.
    """
    found = catalog.load(loaded.policy.plugins, outside=outside)
    _verify(loaded, found)
    return found


def _verify(loaded: LoadedPolicy, checks: Catalog) -> None:
    policy = loaded.policy
    loaded.refuse([*verify_layouts(policy, built_in()), *verify_rules(policy, checks.rules)])


def _is_itself(request: Request) -> bool:
    """Whether equal commits mean that a gate would compare a release with itself.

    On a laptop, a clean checkout of production is just that.
    """
    chosen = request.everything or request.names or request.changed_since
    gates = request.candidate == "commit" or is_in_ci(request.environ)
    return not chosen and gates and request.candidate != "index"


def _baseline(
    request: Request, repository: Repository, branch: str
) -> tuple[BaselineRef | None, tuple[Snapshot, str] | None]:
    reference = find_baseline(
        repository, requested=request.baseline, production=branch, environ=request.environ
    )
    if reference is None:
        return None, None
    return reference, (repository.commit(reference.commit), reference.ref)


def _not_in_force(
    candidate: Snapshot, baseline: Snapshot, forks: tuple[Snapshot, ...], ref: str
) -> Iterator[str]:
    """A sentence where the candidate's policy is another one than production's."""
    one, two, *old = (
        None
        if (entry := tree.entry(POLICY_FILE)) is None or entry.kind is not Kind.FILE
        else tree.digest(POLICY_FILE)
        for tree in (candidate, baseline, *forks)
    )
    if one != two:
        if one in old:
            yield f"this branch's snitch.yaml is older than {ref}'s, which is in force"
        else:
            yield f"this change's snitch.yaml is not in force yet: {ref}'s is"


def _forks(
    repository: Repository, candidate: Snapshot, baseline: Snapshot | None, notices: list[str]
) -> tuple[Snapshot, ...]:
    if baseline is None or candidate.commit is None or baseline.commit is None:
        return ()
    bases = repository.merge_bases(candidate.commit, baseline.commit)
    if not bases:
        shallow = " (this clone is shallow)" if repository.is_shallow() else ""
        notices.append(
            f"candidate and production share no commit{shallow}: every difference is judged"
        )
    return tuple(baseline if base == baseline.commit else repository.commit(base) for base in bases)
