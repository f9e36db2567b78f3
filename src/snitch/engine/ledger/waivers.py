"""The waivers that were in force for a model on the day of a commit."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from snitch.findings import CannotJudgeError
from snitch.policy import load as policies

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from snitch.engine.ledger.book import Book
    from snitch.policy.model import Policy
    from snitch.policy.model import Waiver
    from snitch.snapshots import Entry


class PastPolicies:
    """The policies that commits hold, each read once.

    Args:
        book: The registry.
        files: The policy's file by commit, where the caller knows it.
    """

    def __init__(self, book: Book, files: Mapping[str, Entry | None] | None = None) -> None:
        self._repository = book.repository
        self._files = files or {}
        self._known: dict[str, Policy | None] = {}
        session = book.session
        now = None if session.baseline is None else session.baseline.entry(policies.NAME)
        if session.deployed is not None and now is not None:
            self._keep(now, session.deployed.policy)

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
        if commit in self._files:
            entry = self._files[commit]
        else:
            entry = self._repository.commit(commit).entry(policies.NAME)
        if entry is None or entry.oid is None:
            return None
        found = self._known.get(entry.oid)
        if found is not None:
            return found
        snapshot = self._repository.commit(commit)
        try:
            loaded = policies.load(snapshot, label=commit, repository=self._repository.root)
        except CannotJudgeError:
            return None
        return None if loaded is None else self._keep(entry, loaded.policy)

    def _keep(self, entry: Entry, policy: Policy) -> Policy:
        if not policy.extends and entry.oid is not None:  # a file that it extends may have changed
            self._known[entry.oid] = policy
        return policy
