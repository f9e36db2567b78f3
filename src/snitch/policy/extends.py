"""What a policy builds on: files of the same tree and of installed distributions, in order.

Every file comes once, before the file that extends it, in the order of the lists; where two
files extend the same third one, it counts where it comes first. Files merge in this order, so
that a later one wins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.documents import read_document
from snitch.findings import Place
from snitch.findings import Severity
from snitch.frozen import dataclass
from snitch.policy.model import Policy
from snitch.policy.problem import PolicyError
from snitch.policy.problem import Problem
from snitch.policy.shelves import MissingFileError
from snitch.policy.shelves import Reference
from snitch.policy.wording import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.documents import Data
    from snitch.documents import Document
    from snitch.documents import Limits

MAX_DEPTH = 8
"""Levels of `extends` below the policy itself."""
MAX_FILES = 64
"""Files of one policy."""
PACKAGE = "package:"
SECTIONS = frozenset(Policy.model_fields) - {"version"}
"""Keys of the top level that hold a list or a mapping."""


@dataclass(frozen=True)
class Layer:
    """One file of a policy."""

    document: Document
    data: dict[str, Data]
    blob: bytes


@dataclass(frozen=True, slots=True)
class Context:
    """What does not change while files are gathered."""

    limits: Limits
    repository: Path | None
    """Installed distributions below it are not trusted."""


def layers_of(start: Reference, limits: Limits, repository: Path | None) -> tuple[Layer, ...]:
    """A policy's files, the one that counts least first, `start` last.

    Raises:
        PolicyError: one cannot be read, is not there, is outside, or extends itself.
    """
    found: dict[str, Layer] = {}
    _gather(start, (), Place(start.shown), Context(limits, repository), found)
    return tuple(found.values())


def _gather(
    reference: Reference,
    chain: tuple[str, ...],
    asked_at: Place,
    context: Context,
    found: dict[str, Layer],
) -> None:
    chain = (*chain, reference.shown)
    if reference.shown in found:
        return
    if reference.shown in chain[:-1]:
        raise _error(asked_at, "extends itself", chain, "remove one link of the chain")
    if len(chain) - 1 > MAX_DEPTH or len(found) >= MAX_FILES:
        what = f"extends more than {MAX_DEPTH} levels or {MAX_FILES} files"
        raise _error(asked_at, what, chain, "merge some of the files")
    layer = _read(reference, chain, asked_at, context.limits)
    for index, target in enumerate(_targets(layer)):
        place = layer.document.place(("extends", index))
        try:
            # A package's own files are resolved inside it.
            if target.startswith(PACKAGE):
                from snitch.policy.packages import package_file  # noqa: PLC0415 - of few policies

                parent = package_file(target.removeprefix(PACKAGE), context.repository)
            else:
                parent = reference.beside(target)
        except MissingFileError as error:
            raise _error(place, str(error), (*chain, target), error.remedy) from None
        _gather(parent, chain, place, context, found)
    found[reference.shown] = layer


def _read(reference: Reference, chain: tuple[str, ...], asked_at: Place, limits: Limits) -> Layer:
    try:
        blob = reference.read(limits.max_policy_kib * 1024)
    except MissingFileError as error:
        raise _error(asked_at, str(error), chain, error.remedy) from None
    if len(blob) > limits.max_policy_kib * 1024:
        what = f"{reference.shown} is larger than {limits.max_policy_kib} KiB"
        raise _error(asked_at, what, chain, "split the policy or shorten it")
    document = read_document(reference.shown, blob, limits)
    problems = [
        Problem(fault.message, fault.remedy, place=fault.place)
        for fault in document.faults
        # A word that YAML misreads is judged with its type: `off` is a fine severity.
        if fault.code != "SNT006" or fault.severity is Severity.ERROR
    ]
    if problems:
        raise PolicyError(problems)
    if document.broken or not isinstance(document.data, dict):
        message = "expected a policy, a mapping of keys such as `version: 1`"
        raise PolicyError([Problem(message, "write one, or remove the file", place=asked_at)])
    return Layer(document, _written(document.data), blob)


def _written(data: dict[str, Data]) -> dict[str, Data]:
    """A file's mapping without sections of which only the key is left: they say nothing."""
    return {
        name: value for name, value in data.items() if value is not None or name not in SECTIONS
    }


def _targets(layer: Layer) -> list[str]:
    match layer.data.get("extends", []):
        case list() as targets if all(isinstance(target, str) and target for target in targets):
            return [target for target in targets if isinstance(target, str)]
        case _:
            place = layer.document.place(("extends",))
            message = "`extends`: expected a list of paths"
            remedy = "write `extends: [shared/policy.yaml]`"
            raise PolicyError([Problem(message, remedy, place=place)])


def _error(place: Place, what: str, chain: tuple[str, ...], remedy: str) -> PolicyError:
    way = f" ({' → '.join(quoted(name).strip('`') for name in chain)})" if len(chain) > 1 else ""
    return PolicyError([Problem(f"{what}{way}", remedy, place=place)])
