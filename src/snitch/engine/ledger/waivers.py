"""The waivers that were in force for a model on the day of a commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.engine.ledger.book import PRODUCTION
from snitch.findings import CannotJudgeError
from snitch.policy import POLICY_FILE
from snitch.policy import load as policies

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from snitch.engine.ledger.book import Book
    from snitch.policy.model import Policy
    from snitch.policy.model import Waiver
    from snitch.snapshots import Entry


class PastPolicies:
    """The policies that commits hold, each read once.

    `held` gives the policy's file in a commit.
    """

    def __init__(self, book: Book, held: Callable[[str], Entry | None]) -> None:
        self._repository = book.repository
        self._held = held
        self._known: dict[str | None, Policy] = {}
        self._keep(book.environment(PRODUCTION).snapshot.entry(POLICY_FILE), book.policy)

    def waivers(self, commit: str, model: str, day: date) -> tuple[Waiver, ...]:
        """The waivers that a commit's policy holds for a model and that have not expired.

        Of a policy that cannot be read, none are known.
        """
        policy = self._at(commit)
        if policy is None:
            return ()
        return tuple(
            waiver for waiver in policy.waivers if waiver.expires >= day and waiver.takes(model)
        )

    def _at(self, commit: str) -> Policy | None:
        entry = self._held(commit)
        if entry is None:
            return None
        if entry.oid in self._known:
            return self._known[entry.oid]
        snapshot = self._repository.commit(commit)
        try:
            loaded = policies.load(snapshot, label=commit, repository=self._repository.root)
        except CannotJudgeError:
            return None
        return None if loaded is None else self._keep(entry, loaded.policy)

    def _keep(self, entry: Entry | None, policy: Policy) -> Policy:
        if entry is not None and not policy.extends:  # a file that it extends may have changed
            self._known[entry.oid] = policy
        return policy
