"""How a reader says that a file cannot be read: one exception that never leaves this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.brevity import shortened
from snitch.findings import Fault

if TYPE_CHECKING:
    from snitch.documents.limits import Limits
    from snitch.findings import Place


class UnreadableError(Exception):
    """Reading ends here; `fault` says why and where. `read_document` turns it into a value."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def beyond(place: Place, found: str, limits: Limits, limit: str) -> UnreadableError:
    """A hard limit is passed: SNT001 that names it."""
    message = f"{found} than `limits.{limit}` allows, which is {getattr(limits, limit)}"
    remedy = f"make the file simpler, or raise `limits.{limit}` in the policy"
    return UnreadableError(Fault("SNT001", place, message, remedy))


def unreadable(place: Place, message: str, remedy: str) -> UnreadableError:
    """The file holds what Snitch reads in no file: SNT001."""
    return UnreadableError(Fault("SNT001", place, message, remedy))


def invalid(place: Place, message: str, remedy: str) -> UnreadableError:
    """The file is not what its name claims: SNT002."""
    return UnreadableError(Fault("SNT002", place, message, remedy))


def duplicate(place: Place, key: str, first: int) -> Fault:
    """A key stands twice in one mapping: SNT003. `first` is the line of the one above."""
    return Fault(
        "SNT003",
        place,
        f"the key `{shown(key)}` stands here a second time; it stands first on line {first}",
        "remove or rename one of the two: readers disagree which of them counts",
    )


def shown(text: str) -> str:
    """A quotation short enough for a message."""
    return shortened(text, 60)
