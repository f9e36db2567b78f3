from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError
from dataclasses import field
from dataclasses import fields
from dataclasses import replace

import pytest

from snitch.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Slotted:
    """A value without a dictionary of its own."""

    one: int
    many: list[int] = field(default_factory=list, compare=False)
    hidden: str = field(default="x", repr=False)


@dataclass(frozen=True)
class Open:
    """A value with one."""

    one: int = 1


def test_a_value_is_made_compared_and_shown_as_the_library_does_it() -> None:
    assert Slotted(1) == Slotted(1, [2]) != Slotted(2)
    assert hash(Slotted(1)) == hash(Slotted(1, [2]))
    assert repr(Slotted(one=1, hidden="y")) == "Slotted(one=1, many=[])"
    other: object = Open(1)
    assert Slotted(1) != other
    assert [one.name for one in fields(Slotted)] == ["one", "many", "hidden"]
    assert replace(Slotted(1), one=3).one == 3


def test_a_default_factory_makes_a_new_one_each_time() -> None:
    assert Slotted(1).many is not Slotted(1).many


@pytest.mark.parametrize("value", [Slotted(1, [2], "z"), Open(3)])
def test_nothing_is_changed_and_everything_is_copied(value: Slotted | Open) -> None:
    with pytest.raises(FrozenInstanceError):
        value.one = 2  # type: ignore[misc] # it is refused
    with pytest.raises(FrozenInstanceError):
        del value.one
    again = pickle.loads(pickle.dumps(value))  # noqa: S301 - our own
    assert again == value == copy.deepcopy(value)


def test_an_argument_too_many_or_too_few_is_refused() -> None:
    with pytest.raises(TypeError):
        Slotted()  # type: ignore[call-arg] # it is refused
    with pytest.raises(TypeError):
        Open(two=2)  # type: ignore[call-arg] # it is refused
