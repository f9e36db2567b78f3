"""A waiver from what a person asks for: one known rule, one known model, one date."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from snitch.engine.wanted import LISTED
from snitch.engine.wanted import no_model
from snitch.findings import CannotJudgeError
from snitch.policy import POLICY_FILE
from snitch.policy.effective import layouts_of
from snitch.policy.effective import limits_of
from snitch.policy.load import load_file
from snitch.policy.model import Waiver
from snitch.policy.nearest import nearest_or
from snitch.policy.waiving import with_waiver
from snitch.registry.discovery import Places
from snitch.registry.names import Names
from snitch.snapshots import Repository

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from snitch.checks.catalog import Catalog
    from snitch.policy.load import LoadedPolicy


def waived(
    start: Path, asked: Mapping[str, str | date | None], as_of: date
) -> tuple[Path, bytes, Waiver]:
    """The policy's file, its new bytes and the waiver in it; nothing is written.

    Raises:
        CannotJudgeError: there is no policy, or the waiver could never be in force.
    """
    with Repository.discover(start) as repository:
        path = repository.root / POLICY_FILE
        if not path.is_file() or path.is_symlink():
            message = f"there is no `{POLICY_FILE}` at the repository's root to write a waiver to"
            raise CannotJudgeError(message, "write one: snitch init")
        loaded = load_file(path)
        _check_model(repository, loaded, str(asked["model"]))
    waiver = Waiver.model_validate({key: value for key, value in asked.items() if value})
    _check_date(waiver, as_of, limits_of(loaded.policy).max_waiver_days)
    if waiver in loaded.policy.waivers:
        message = f"`{POLICY_FILE}` holds this waiver already"
        raise CannotJudgeError(message, "nothing is to be done")
    return path, with_waiver(path, path.read_bytes(), waiver), waiver


def rule_of(catalog: Catalog, word: str) -> str:
    """The code of a rule that may be waived.

    Raises:
        CannotJudgeError: there is none of that code or name, or nobody may waive it.
    """
    rule = catalog.find(word)
    if rule is None:
        known = [name for one in catalog.rules for name in (one.code, one.name)]
        message = f"no rule `{word}`"
        raise CannotJudgeError(message, nearest_or(word, known, "`snitch rules` lists them"))
    if rule.fixed:
        message = f"{rule.code} {rule.name} cannot be waived by anybody"
        raise CannotJudgeError(message, f"mend what it finds: snitch explain {rule.code}")
    return rule.code


def _check_date(waiver: Waiver, as_of: date, most: int) -> None:
    last = as_of + timedelta(days=most)
    if waiver.expires < as_of:
        message = f"a waiver that expires on {waiver.expires} covers nothing after that day"
        raise CannotJudgeError(message, f"name a day from {as_of} to {last}")
    if waiver.expires > last:
        message = f"a waiver may last {most} days at most, and {waiver.expires} is beyond that"
        raise CannotJudgeError(message, f"name a day from {as_of} to {last}")


def _check_model(repository: Repository, loaded: LoadedPolicy, name: str) -> None:
    policy, tree = loaded.policy, repository.worktree()
    layouts, limits = layouts_of(policy), limits_of(policy)
    places = Places(tree, policy.models, layouts, limits)
    names = Names(tree, places, layouts, limits)
    if not names.holders(name):
        raise no_model(name, nearest_or(name, sorted(names[at] for at in places), LISTED))
