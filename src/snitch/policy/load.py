"""From `snitch.yaml` to the policy in force, with what it extends and where its values stand."""

from __future__ import annotations

import unicodedata
from dataclasses import field
from dataclasses import replace
from functools import reduce
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from snitch.documents.limits import DEFAULTS
from snitch.findings import CannotJudgeError
from snitch.findings import PolicySource
from snitch.frozen import dataclass
from snitch.policy import POLICY_FILE
from snitch.policy.extends import layers_of
from snitch.policy.merge import merge_data
from snitch.policy.model import Policy
from snitch.policy.places import place_in_layers
from snitch.policy.problem import PolicyError
from snitch.policy.problem import Problem
from snitch.policy.problem import refuse
from snitch.policy.severity_words import misspelt
from snitch.policy.shelves import in_directory
from snitch.policy.shelves import in_snapshot
from snitch.policy.standard import verify_standard
from snitch.policy.validation import validated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from snitch.documents import Document
    from snitch.documents import Route
    from snitch.findings import Place
    from snitch.policy.extends import Layer
    from snitch.policy.shelves import Reference
    from snitch.snapshots.snapshot import Snapshot

TAKEN_FOR_IT = frozenset({POLICY_FILE, "snitch.yml", ".snitch.yaml", ".snitch.yml"})
"""Names that a person may have meant to be the policy; only `POLICY_FILE` is."""


@dataclass(frozen=True)
class LoadedPolicy:
    """A policy, where it came from, and where each of its values stands."""

    policy: Policy
    source: PolicySource
    path: str | None
    """The policy's file as the snapshot (or, for a file on the disk, the person) names it;
    None for the defaults."""
    documents: tuple[Document, ...] = field(default=(), repr=False)
    """The files it was merged from, the one that counts least first."""

    def place(self, route: Route = (), *, key: bool = False) -> Place:
        """Where the value at a route of the merged policy stands, in whichever file writes it.

        The nearest parent's place where nothing is written there.
        """
        return place_in_layers(self.documents, route, key=key)

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Ends the run where there is any problem with this policy.

        Raises:
            PolicyError: there is one.
        """
        refuse(problems, lambda problem: self.place(problem.route, key=problem.key))


def defaults() -> LoadedPolicy:
    """The policy of a repository that has none."""
    source = PolicySource("defaults", sha256(b"").hexdigest())
    return LoadedPolicy(Policy.model_construct(), source, None)


def load(
    snapshot: Snapshot,
    *,
    label: str,
    repository: Path | None = None,
) -> LoadedPolicy | None:
    """The policy at a snapshot's root; None where there is none.

    `label` is the snapshot's name for people, as `origin/main`. No distribution below `repository`
    is trusted; without it, none below the one around the current directory.

    Raises:
        CannotJudgeError: it has a wrong name, cannot be read, or says what it must not
            (then a PolicyError, which lists everything).
    """
    if not _is_there(sorted(snapshot.children(""))):
        return None
    around = repository or _enclosing(Path.cwd())
    return _load(in_snapshot(snapshot, POLICY_FILE), f"{label}:{POLICY_FILE}", around)


def load_file(path: Path) -> LoadedPolicy:
    """A policy from the disk; it may extend files of its repository, or else of its directory.

    Raises:
        CannotJudgeError: as `load`, or there is no such file.
    """
    reference, repository = _on_disk(path)
    return _load(reference, str(path), repository or _enclosing(Path.cwd()))


def load_edited(path: Path, blob: bytes) -> LoadedPolicy:
    """The policy that a file on the disk would be if it held these bytes.

    Raises:
        CannotJudgeError: as `load`.
    """
    there, repository = _on_disk(path)

    def take(name: str, limit: int) -> bytes:
        return blob[: limit + 1] if name == there.path else there.take(name, limit)

    return _load(replace(there, take=take), str(path), repository)


def is_named_like(path: str) -> bool:
    """Whether a path of a repository is the policy's, or could be taken for it."""
    return unicodedata.normalize("NFKC", path).lower() in TAKEN_FOR_IT


def _is_there(names: list[str]) -> bool:
    alike = [name for name in names if is_named_like(name)]
    if alike in ([], [POLICY_FILE]):
        return bool(alike)
    listed = " and ".join(f"`{name}`" for name in alike)
    if POLICY_FILE in alike:
        message = f"{listed} stand side by side, and only one file can be the policy"
        raise CannotJudgeError(message, f"keep `{POLICY_FILE}` and remove the other")
    message = f"the policy is named {listed}, where `{POLICY_FILE}` is expected"
    raise CannotJudgeError(message, f"git mv {alike[0]} {POLICY_FILE}")


def _enclosing(directory: Path) -> Path | None:
    return next((at for at in (directory, *directory.parents) if (at / ".git").exists()), None)


def _on_disk(path: Path) -> tuple[Reference, Path | None]:
    """A file on the disk, and the repository that it is in; no path leaves either."""
    whole = path.absolute()
    repository = _enclosing(whole.parent)
    root = repository or whole.parent
    return in_directory(root, whole.relative_to(root).as_posix(), ""), repository


def _load(reference: Reference, source: str, repository: Path | None) -> LoadedPolicy:
    # Its own `limits` do not count yet.
    layers = layers_of(reference, DEFAULTS, repository)
    documents = tuple(layer.document for layer in layers)
    merged = reduce(merge_data, (layer.data for layer in layers))
    policy, problems = validated(merged)
    refuse(problems, lambda problem: place_in_layers(documents, problem.route, key=problem.key))
    if policy is None:  # pragma: no cover - an invalid policy has problems
        raise PolicyError([Problem(f"{source} is no policy", "run `snitch policy check`")])
    loaded = LoadedPolicy(policy, PolicySource(source, _digest(layers)), reference.path, documents)
    loaded.refuse(misspelt(merged, loaded.place))
    loaded.refuse(verify_standard(policy))
    return loaded


def _digest(layers: tuple[Layer, ...]) -> str:
    """Over the file's bytes; of several files, over their digests in the order of merging."""
    digests = [sha256(layer.blob) for layer in layers]
    if len(digests) == 1:
        return digests[0].hexdigest()
    return sha256(b"".join(digest.digest() for digest in digests)).hexdigest()
