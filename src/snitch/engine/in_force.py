"""Which policy judges: production's own wherever it has one, whatever the change brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.findings import CannotJudgeError
from snitch.policy import POLICY_FILE
from snitch.policy import load as policies
from snitch.snapshots.baseline import is_in_ci

if TYPE_CHECKING:
    from snitch.engine.request import Request
    from snitch.policy.load import LoadedPolicy
    from snitch.policy.model import Policy
    from snitch.snapshots import Repository
    from snitch.snapshots import Snapshot

PRODUCTION = "main"
"""The production branch until a policy says otherwise."""
CUSTOMARY = "master"
"""What production is called where nobody needs to be believed for it."""


def production_branch(repository: Repository, candidate: Snapshot, request: Request) -> str:
    """The production branch to look for first; the policy that it holds may name another one.

    It is `main` wherever there is one. Only a repository without one is asked what else it may
    be, and in CI its word is not taken: whoever names the branch of the deployed releases chooses
    what they are compared with.

    Raises:
        CannotJudgeError: in CI, nothing but the candidate's policy names it.
    """
    if request.baseline is not None or repository.has_branch(PRODUCTION):
        return PRODUCTION
    named = _named(repository, candidate)
    if named is None:
        # A shallow clone of one branch may take that one for the default.
        default = None if repository.is_shallow() else repository.default_branch()
        return next(filter(repository.has_branch, filter(None, (default, CUSTOMARY))), PRODUCTION)
    if named in {PRODUCTION, CUSTOMARY} or named == repository.default_branch():
        return named
    if is_in_ci(request.environ) and repository.has_branch(named):
        message = (
            f"only this change's own snitch.yaml says that `{named}` is production, and it is "
            "not to be trusted with that"
        )
        raise CannotJudgeError(message, f"name it in the CI job: --baseline origin/{named}")
    return named


def named_production(policy: Policy) -> str | None:
    """The production branch that a policy itself names; its default is nobody's word."""
    written = "production" in policy.environments.model_fields_set
    return policy.environments.production if written else None


def _named(repository: Repository, candidate: Snapshot) -> str | None:
    try:
        loaded = policies.load(candidate, label="candidate", repository=repository.root)
    except CannotJudgeError:
        return None
    return None if loaded is None else named_production(loaded.policy)


def deployed_policy(
    request: Request, repository: Repository, production: tuple[Snapshot, str] | None
) -> LoadedPolicy | None:
    """The policy that production holds, whether or not it is the one in force.

    Raises:
        CannotJudgeError: it cannot be read, and nothing else is asked for.
    """
    if production is None:
        return None
    baseline, ref = production
    try:
        return policies.load(baseline, label=ref, repository=repository.root)
    except CannotJudgeError as error:
        if request.policy_file is None and request.policy_from is None:
            message = f"the policy in force, {ref}'s, cannot be used: {error.message}"
            remedy = f"{error.remedy}; a change that does is judged with --policy-from HEAD"
            raise CannotJudgeError(message, remedy) from error
        return None


def policy_in_force(
    request: Request,
    repository: Repository,
    candidate: Snapshot,
    deployed: LoadedPolicy | None,
    notices: list[str],
) -> LoadedPolicy:
    """The policy to judge by; notices say where it is not simply production's.

    Raises:
        CannotJudgeError: it cannot be read.
    """
    if request.policy_file is not None:
        return policies.load_file(request.policy_file)
    if request.policy_from is not None:
        loaded = of_revision(repository, request.policy_from)
        if loaded is None:
            message = f"`{request.policy_from}` holds no snitch.yaml"
            raise CannotJudgeError(message, "name a revision that does with --policy-from")
        return loaded
    if deployed is not None:
        return deployed
    loaded = policies.load(candidate, label=candidate.kind, repository=repository.root)
    if loaded is None:
        there = "no snitch.yaml"
        if candidate.kind == "worktree" and repository.root.joinpath(POLICY_FILE).exists():
            there = "a snitch.yaml that Git ignores (`git add -f snitch.yaml` takes it in)"
        notices.append(f"there is {there}: the documented defaults are in force")
        return policies.defaults()
    notices.append("production holds no policy yet: this change is judged by its own")
    named = named_production(loaded.policy)
    if named not in {None, PRODUCTION}:
        notices.append(f"this change's own policy says that production is `{named}`")
    return loaded


def of_revision(repository: Repository, revision: str) -> LoadedPolicy | None:
    """The policy that a revision holds; None where it holds none.

    Raises:
        CannotJudgeError: there is no such revision, or its policy cannot be read.
    """
    snapshot = repository.commit(repository.resolve(revision))
    return policies.load(snapshot, label=revision, repository=repository.root)
