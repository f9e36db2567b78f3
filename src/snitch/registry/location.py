"""Where a model is: a directory, a file, or an element of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.frozen import dataclass

if TYPE_CHECKING:
    from snitch.documents import Route


@dataclass(frozen=True, slots=True)
class Location:
    """A model's address and the name of its layout."""

    path: str
    """What tells it from every other model of the snapshot: its directory, or its file, or
    `FILE#NAME` of an element."""
    layout: str
    root: str | None = None
    """Of a model that is no directory: the directory that the policy names."""
    file: str | None = None
    """The file that is the model, or that holds it."""
    name: str | None = None
    """Its name, where the place alone tells it."""
    route: Route = ()
    """Of an element: where in the file."""
    captures: tuple[tuple[str, str], ...] = ()
    """What the layout's `unit` has kept."""

    @property
    def directory(self) -> str:
        """What its files are relative to."""
        return self.path if self.root is None else self.root

    def known(self) -> dict[str, str]:
        """What every template may say of the model's place."""
        parts = self.path.split("/")
        parent = parts[-2] if len(parts) > 1 else ""
        found = {"directory": self.path, "folder": parts[-1], "parent": parent}
        found.update(self.captures)
        found.setdefault("name", self.name or found["folder"])
        return found

    def kept(self, name: str) -> str:
        """One of `captures`, or nothing."""
        return next((text for key, text in self.captures if key == name), "")
