"""The policy on its own: which one is in force here, and what is wrong with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.session import checks_of
from snitch.engine.session import open_session
from snitch.engine.wanted import wanted
from snitch.findings import CannotJudgeError
from snitch.frozen import dataclass
from snitch.policy.effective import policy_for
from snitch.policy.load import load_file
from snitch.policy.problem import PolicyError
from snitch.registry.discovery import Places
from snitch.registry.names import Names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from snitch.engine.request import Request
    from snitch.engine.session import Session
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
        try:
            found = list(_named(session))
        except CannotJudgeError as error:
            return InForce(source, policy_for(policy, model), f"{error.message}; {error.remedy}")
    if len(found) > 1:
        note = f"`{model}` holds {len(found)} models, and this is what holds for `{found[0]}`"
        return InForce(source, policy_for(policy, found[0]), note)
    return InForce(source, policy_for(policy, found[0]))


def _named(session: Session) -> Iterator[str]:
    places = Places(
        session.candidate, session.loaded.policy.models, session.layouts, session.limits
    )
    names = Names(session.candidate, places, session.layouts, session.limits)
    yield from (names[path] for path in sorted(wanted(session, places, names)))


def problems_of(path: Path) -> list[tuple[str, str]]:
    """Everything that is wrong with a policy file: (message, remedy); empty for a valid one."""
    try:
        checks_of(load_file(path))
    except PolicyError as error:
        return [(str(problem), problem.remedy) for problem in error.problems]
    except CannotJudgeError as error:
        return [(error.message, error.remedy)]
    return []
