"""Frozen dataclasses that are quick to make: much of a hook's time is the making of classes.

The standard library compiles six methods for each of them. All but the constructor can be shared,
which makes a class in a third of the time; nothing else about it differs.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING
from functools import cache
from operator import attrgetter
from types import FunctionType
from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - for others to import
    from types import CodeType
else:

    def dataclass(*, frozen: bool, slots: bool = False) -> Callable[[type], type]:  # noqa: ARG001 - all are
        """As `dataclasses.dataclass`, for frozen classes only, whose fields are all arguments."""
        # The library need not know that it is frozen: it would compile methods that say so.
        make = dataclasses.dataclass(init=False, slots=slots, eq=False, repr=False)
        shared = SHARED | PICKLED if slots else SHARED

        def made(cls: type) -> type:
            # The library would read a docstring out of the constructor, slowly.
            cls.__doc__ = cls.__doc__ or cls.__name__
            for name, method in shared.items():
                setattr(cls, name, method)
            cls = make(cls)
            fields = dataclasses.fields(cls)
            cls.__values__ = attrgetter(*(field.name for field in fields if field.compare))
            cls.__init__ = _constructor(fields)
            return cls

        return made


def _constructor(fields: tuple[dataclasses.Field[Any], ...]) -> Callable[..., None]:
    """As the library would compile it, from the code of another class whose fields are alike."""
    known: dict[str, Any] = {"put": object.__setattr__, "left_out": MISSING}
    defaults = []
    for number, field in enumerate(fields):
        if field.default_factory is not MISSING:
            known[f"make_{number}"] = field.default_factory
            defaults.append(MISSING)
        elif field.default is not MISSING:
            defaults.append(field.default)
    code = _pattern(tuple(field.default_factory is not MISSING for field in fields))
    names = {f"field_{number}": field.name for number, field in enumerate(fields)}
    code = code.replace(
        co_varnames=tuple(names.get(name, name) for name in code.co_varnames),
        co_consts=tuple(names.get(constant, constant) for constant in code.co_consts),
    )
    return FunctionType(code, known, "__init__", tuple(defaults))


@cache
def _pattern(made: tuple[bool, ...]) -> CodeType:
    """The code of a constructor of so many fields, for each whether a factory makes its default."""
    names = [f"field_{number}" for number in range(len(made))]
    lines = ["pass"]
    for number, (name, is_made) in enumerate(zip(names, made, strict=True)):
        if is_made:
            lines.append(f"if {name} is left_out: {name} = make_{number}()")
        lines.append(f"put(self, {name!r}, {name})")
    known: dict[str, Any] = {}
    exec(f"def __init__(self, {', '.join(names)}):\n " + "\n ".join(lines), known)  # noqa: S102 - of no text but its own
    code: CodeType = known["__init__"].__code__
    return code


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


def _refuse(_self: object, name: str, *_value: object) -> None:
    message = f"cannot assign to field {name!r}"
    raise dataclasses.FrozenInstanceError(message)


def _state(self: Any) -> list[Any]:  # noqa: ANN401 - any dataclass
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:  # noqa: ANN401 - any dataclass
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


SHARED = {
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _shown,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
}
PICKLED = {"__getstate__": _state, "__setstate__": _restore}
"""What a class without a `__dict__` needs besides."""
