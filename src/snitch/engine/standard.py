"""The policy on its own: which one is in force here, and what is wrong with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.ledger.book import WORKTREE
from snitch.engine.ledger.book import Environment
from snitch.engine.session import checks_of
from snitch.engine.session import open_session
from snitch.engine.wanted import wanted
from snitch.findings import CannotJudgeError
from snitch.frozen import dataclass
from snitch.policy.effective import policy_for
from snitch.policy.load import load_file
from snitch.policy.problem import PolicyError

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.engine.request import Request
    from snitch.findings import PolicySource
    from snitch.policy.model import Policy


@dataclass(frozen=True, slots=True)
class InForce:
    """A policy, and what of it holds for whoever was asked about."""

    source: PolicySource
    policy: Policy
    note: str | None = None
    """What is to be told beside it."""


def in_force(request: Request) -> InForce:
    """The policy that `check` would judge this request by.

    With a model, named or by its path, its overrides are applied; a name that no model has is
    taken as it is, since a standard may be asked about before its models are there.

    Raises:
        CannotJudgeError: there is no repository, or the policy cannot be used.
    """
    model = next(iter(request.names), None)
    session = open_session(request)
    source, policy = session.loaded.source, session.loaded.policy
    with session.repository:
        if model is None:
            return InForce(source, policy)
        here = Environment(WORKTREE, "the working tree", session.candidate, session)
        try:
            chosen = wanted(session, here.places, here.names)
            first = here.names[min(chosen)]
        except CannotJudgeError as error:
            return InForce(source, policy_for(policy, model), f"{error.message}; {error.remedy}")
    several = f"`{model}` holds {len(chosen)} models, and this is what holds for `{first}`"
    return InForce(source, policy_for(policy, first), several if len(chosen) > 1 else None)


def problems_of(path: Path) -> list[tuple[str, str]]:
    """Everything that is wrong with a policy file: (message, remedy); empty for a valid one."""
    try:
        checks_of(load_file(path))
    except PolicyError as error:
        return [(str(problem), problem.remedy) for problem in error.problems]
    except CannotJudgeError as error:
        return [(error.message, error.remedy)]
    return []
