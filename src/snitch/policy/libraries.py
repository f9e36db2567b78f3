"""What a policy says of libraries: which must not be shipped, which are on their way out."""

# Annotations are no texts here: pydantic would compile each, a fortieth of a hook's time.

from typing import Literal

from pydantic import Field

from snitch.policy.scalars import Day
from snitch.policy.scalars import Flag
from snitch.policy.scalars import Text
from snitch.policy.scalars import TreePath
from snitch.policy.scalars import Words
from snitch.strict import Strict


class Disallowed(Strict):
    """A library that must not be shipped."""

    name: Text
    """The distribution's name."""
    specifier: Words = ""
    """Which versions, as PEP 440 writes them; empty for all."""
    reason: Words = ""
    """Why, for the finding."""
    use: Words = ""
    """What to use instead."""


class Deprecated(Strict):
    """A library on its way out: a warning, an error after `after`."""

    name: Text
    """The distribution's name."""
    specifier: Words = ""
    """Which versions, as PEP 440 writes them; empty for all."""
    after: Day | None = None
    """The last day on which it is only a warning."""
    reason: Words = ""
    """Why, for the finding."""
    use: Words = ""
    """What to use instead."""


class Dependencies(Strict):
    """What a model may depend on."""

    require_pins: Flag = True
    """Whether every requirement must name an exact version."""
    disallowed: tuple[Disallowed, ...] = ()
    """Libraries that must not be shipped."""
    deprecated: tuple[Deprecated, ...] = ()
    """Libraries on their way out."""
    serving_constraints: TreePath | None = None
    """A constraints file of the serving stack, from the repository's root."""
    serving_markers: dict[str, Text] = Field(default={})
    """PEP 508 environment of the serving stack, as `{python_version: "3.11"}`."""
    allowed_sources: tuple[Literal["index", "url", "vcs", "path"], ...] = ("index",)
    """Where requirements may come from."""
