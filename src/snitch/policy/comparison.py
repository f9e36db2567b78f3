"""Two values of one shape side by side: which of their keys let more pass, in a sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from pydantic import BaseModel

from snitch.brevity import shortened
from snitch.policy.strictness import is_looser
from snitch.policy.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.documents import Route

    Loose = tuple[Route, str]
    """Where something became looser, and how."""

SHOWN = 60
"""How many characters of a value a sentence shows."""


def compared(old: Any, new: Any, route: Route, kind: str) -> Iterator[Loose]:  # noqa: ANN401
    """The looser leaves of two models of one class, or of two leaves."""
    if isinstance(old, BaseModel) and type(old) is type(new):
        for name in type(old).model_fields:
            before, after = getattr(old, name), getattr(new, name)
            yield from compared(before, after, (*route, name), type(old).__name__)
    elif is_looser(kind, str(route[-1]), old, new):
        yield route, change(route, old, new)


def change(route: Route, old: object, new: object) -> str:
    """`metrics.auc.min` changes from 0.85 to 0.8."""
    return f"{dotted(route)} changes from {shown(old)} to {shown(new)}"


def dotted(route: Route) -> str:
    """A route as people write it: `metrics.auc.min`."""
    return quoted(".".join(str(part) for part in route))


def shown(value: object) -> str:
    """A value of a policy, short."""
    match value:
        case None:
            return "none"
        case bool():
            return str(value).lower()
        case tuple():
            text = f"[{', '.join(shown(part) for part in value)}]"
        case BaseModel():
            text = value.__class__.__name__.lower()
        case _:
            text = str(getattr(value, "value", value))
    return shortened(text, SHOWN)
