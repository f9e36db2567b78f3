"""One release whole, as it stood, with the commands that bring its weights."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from snitch.engine.ledger.book import WORKTREE
from snitch.engine.ledger.flat import facts_of
from snitch.engine.ledger.targets import target
from snitch.engine.ledger.unread import failures_of
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.documents import Entry
    from snitch.engine.ledger.book import Book
    from snitch.engine.ledger.flat import Facts
    from snitch.engine.ledger.targets import Target
    from snitch.findings import Failure
    from snitch.registry.release import Release
    from snitch.registry.release import Weights

EVIDENCE = "evidence/"
"""Where the stages of a pipeline leave what they found, below a model's directory."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything about one release."""

    release: Release
    ref: str
    """Where it stands: `origin/main`, `the working tree`, a revision."""
    commit: str | None
    facts: Facts
    entry: Entry | None
    """What the changelog says of its version."""
    evidence: tuple[str, ...]
    """Files that pipeline stages left, from the model's directory."""
    commands: tuple[str, ...]
    """What brings the weights, for a shell."""
    failures: tuple[Failure, ...] = ()
    """What of it cannot be read."""


def show(book: Book, model: str, where: str | None = None) -> Shown:
    """The release that a word names; by default what production holds.

    Raises:
        CannotJudgeError: there is no such model, or not there.
    """
    found = target(book, model, where)
    release = book.read(found.environment, found.location)
    version = release.metadata.version
    entries = () if release.changelog is None else release.changelog.entries
    entry = next((one for one in entries if one.version.value == version), None)
    return Shown(
        release=release,
        ref=found.environment.ref,
        commit=found.environment.commit,
        facts=facts_of(release),
        entry=entry,
        evidence=tuple(path for path in release.digests if path.startswith(EVIDENCE)),
        commands=tuple(
            command for one in release.weights for command in _commands(found, release, one)
        ),
        failures=failures_of(book.policy, release),
    )


def _commands(found: Target, release: Release, weights: Weights) -> Iterator[str]:
    """What brings one weights file; nothing where it stands there already."""
    path = quote(weights.path)
    name = quote(weights.path.rpartition("/")[2])
    here = found.environment.name == WORKTREE
    rev = found.environment.commit or "HEAD"
    address = _address(release)
    match weights.state:
        case "pointer" if here:
            yield f"git lfs pull --include {path}"
        case "pointer" | "smudged" if not here:
            yield f"git lfs fetch origin {rev} --include {path}"
            yield f"git cat-file blob {quote(f'{rev}:{weights.path}')} | git lfs smudge > {name}"
        case "content" if not here:
            yield f"git cat-file blob {quote(f'{rev}:{weights.path}')} > {name}"
        case "external" if address is not None:
            yield _copy(address)
        case "external" if release.layout == "dvc":
            yield f"dvc pull {path}" if here else f"dvc get --rev {rev} . {path}"


def _address(release: Release) -> str | None:
    """Where an object store keeps the weights, as the config says."""
    for name in ("weights.uri", "weights.url", "weights.path"):
        located = release.fields.get(name)
        if located is not None and isinstance(located.value, str) and "://" in located.value:
            return located.value
    return None


def _copy(address: str) -> str:
    match address.partition("://")[0]:
        case "s3":
            return f"aws s3 cp --recursive {quote(address)} ."
        case "gs":
            return f"gcloud storage cp --recursive {quote(address)} ."
        case "az" | "abfs" | "abfss" | "wasbs":
            return f"azcopy copy {quote(address)} . --recursive"
        case "hf":
            return f"huggingface-cli download {quote(address.removeprefix('hf://'))}"
        case _:
            return f"curl --fail --location --remote-name {quote(address)}"
