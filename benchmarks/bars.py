"""What must hold, as data: a ratio between two works, or a work beside a fixed amount of memory."""

from __future__ import annotations

from snitch.frozen import dataclass

MIB = 2**20
FIXED = {"250 MiB": 250 * MIB}
"""Amounts of memory that stand in the place of a work."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A ratio that must hold."""

    work: str
    beside: str
    """Another work, or one of `FIXED`."""
    most: float
    of: str = "wall"
    """`wall` or `memory`."""


@dataclass(frozen=True, slots=True)
class Row:
    """A ratio as it was measured."""

    work: str
    beside: str
    ratio: float
    """Of wall time, or of what the bar speaks of."""
    cpu: float
    """Of processor time, which hardly moves when the machine is busy; of memory the same again."""
    most: float

    @property
    def holds(self) -> bool:
        """Whether the bar is met."""
        return self.ratio <= self.most


def bars(sizes: tuple[int, ...]) -> list[Bar]:
    """The bars of repositories of these sizes."""
    small, *large = sizes
    found = [
        Bar("--version", "import click", 1.3),
        Bar("--help", "import click", 1.3),
        Bar(f"one staged of {small}", "floor of a check", 1.5),
        Bar(f"one committed of {small}", "floor of a check", 1.5),
        Bar(f"one committed of {small}", "dvc metrics diff", 1.0),
        Bar(f"one committed of {small}", "check-jsonschema", 1.0),
    ]
    for models in large:
        most = 2.0 if models > 10_000 else 1.3  # noqa: PLR2004 - where the work of Git's trees begins
        found += [
            Bar(f"one staged of {models}", f"one staged of {small}", most),
            Bar(f"one committed of {models}", f"one committed of {small}", most),
            Bar(f"audit of {models}", f"floor of an audit of {models}", 2.0),
            Bar(f"audit of {models}", f"check-jsonschema of {models}", 1 / 8),
            Bar(f"audit of {models} releases", f"floor of an audit of {models}", 3.5),
            Bar(f"audit of {models}", "250 MiB", 1.0, "memory"),
            Bar(f"audit of {models} releases", "250 MiB", 1.0, "memory"),
        ]
        if models > large[0]:
            found += [
                Bar(f"audit of {models}{what}", f"audit of {large[0]}{what}", 1.5, "memory")
                for what in ("", " releases")
            ]
    return found
