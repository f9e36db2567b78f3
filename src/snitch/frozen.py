"""Frozen dataclasses that are quick to make: a hook's time is mostly the making of classes.

The standard library compiles six methods for each of them. Three can be shared by all, which makes
each class in half the time; nothing else about it differs.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - for others to import
else:

    def dataclass(*, frozen: bool, slots: bool = False) -> Callable[[type], type]:
        """As `dataclasses.dataclass`, for frozen classes only."""
        make = dataclasses.dataclass(frozen=frozen, slots=slots, eq=False, repr=False)

        def made(cls: type) -> type:
            cls.__eq__, cls.__hash__, cls.__repr__ = _equal, _hash, _shown
            cls = make(cls)
            names = (field.name for field in dataclasses.fields(cls) if field.compare)
            cls.__values__ = attrgetter(*names)
            return cls

        return made


def _equal(self: Any, other: Any) -> Any:  # noqa: ANN401 - any dataclass
    if type(self) is not type(other):
        return NotImplemented
    return self.__values__(self) == other.__values__(other)


def _hash(self: Any) -> int:  # noqa: ANN401 - any dataclass
    return hash(self.__values__(self))


def _shown(self: Any) -> str:  # noqa: ANN401 - any dataclass
    shown = (field.name for field in dataclasses.fields(self) if field.repr)
    inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{type(self).__qualname__}({inside})"
