"""The waivers that were in force for a model on the day of a commit."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from snitch.findings import CannotJudgeError
from snitch.policy import load as policies

if TYPE_CHECKING:
    from datetime import date

    from snitch.policy.model import Policy
    from snitch.policy.model import Waiver
    from snitch.snapshots import Repository


class PastPolicies:
    """The policies that commits hold, each read once."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._known: dict[str, Policy | None] = {}

    def waivers(self, commit: str, model: str, day: date) -> tuple[Waiver, ...]:
        """The waivers that a commit's policy holds for a model and that have not expired.

        Of a policy that cannot be read, none are known.
        """
        policy = self._at(commit)
        if policy is None:
            return ()
        return tuple(
            waiver
            for waiver in policy.waivers
            if waiver.expires >= day
            and (waiver.model == model or (waiver.scope and fnmatchcase(model, waiver.model)))
        )

    def _at(self, commit: str) -> Policy | None:
        snapshot = self._repository.commit(commit)
        entry = snapshot.entry(policies.NAME)
        if entry is None or entry.oid is None:
            return None
        found = self._known.get(entry.oid)
        if found is not None:
            return found
        try:
            loaded = policies.load(snapshot, label=commit, repository=self._repository.root)
        except CannotJudgeError:
            return None
        policy = None if loaded is None else loaded.policy
        if policy is None or not policy.extends:  # a file that it extends may have changed
            self._known[entry.oid] = policy
        return policy
