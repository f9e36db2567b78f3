"""The policy on its own: which one is in force here, and what is wrong with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.request import Request
from snitch.engine.session import checks_of
from snitch.engine.session import open_session
from snitch.findings import CannotJudgeError
from snitch.policy.load import load_file
from snitch.policy.problem import PolicyError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from snitch.policy.load import LoadedPolicy


def in_force(
    start: Path,
    as_of: date,
    environ: Mapping[str, str],
    *,
    file: Path | None,
    revision: str | None,
) -> LoadedPolicy:
    """The policy that `check` would judge by, given the same options.

    Raises:
        CannotJudgeError: there is no repository, or the policy cannot be used.
    """
    session = open_session(
        Request(start, as_of, policy_file=file, policy_from=revision, environ=environ)
    )
    session.repository.close()
    return session.loaded


def problems_of(path: Path) -> list[tuple[str, str]]:
    """Everything that is wrong with a policy file: (message, remedy); empty for a valid one."""
    try:
        checks_of(load_file(path))
    except PolicyError as error:
        return [(str(problem), problem.remedy) for problem in error.problems]
    except CannotJudgeError as error:
        return [(error.message, error.remedy)]
    return []
