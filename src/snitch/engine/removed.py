"""The models that a change takes away, as its report lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.findings import ModelReport
from snitch.registry.reader import read_release

if TYPE_CHECKING:
    from snitch.engine.selection import Selection
    from snitch.engine.session import Session
    from snitch.registry.location import Location


def unaccounted(session: Session, selection: Selection) -> dict[str, str]:
    """The removed models but those that the policy lets come under another name, and that do."""
    renames = session.loaded.policy.renames
    heirs = {rename.model for rename in renames if selection.names.holders(rename.to)}
    return {name: path for name, path in selection.removed.items() if name not in heirs}


def removed_models(session: Session, selection: Selection) -> tuple[ModelReport, ...]:
    """What the report says of each: where production has it, and in which version."""
    places = {place.path: place for place in selection.gone}
    return tuple(
        ModelReport(name, path, None, _version(session, places[path]), "removed")
        for name, path in sorted(unaccounted(session, selection).items())
    )


def _version(session: Session, place: Location) -> str | None:
    if session.baseline is None:
        return None
    layout = session.layouts[place.layout]
    release = read_release(session.baseline, place, layout, session.limits)
    return release.metadata.version
