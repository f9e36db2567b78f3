"""The facts of a run that belong to no model: what the change does to the standard and the gate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.checks.surroundings import ATTRIBUTES
from snitch.checks.surroundings import is_gate_file
from snitch.engine.clashes import clashes
from snitch.engine.known import BASELINE_FILE
from snitch.engine.known import read_entries
from snitch.engine.links import links
from snitch.engine.proposal import proposal_of
from snitch.engine.removed import unaccounted
from snitch.engine.strays import strays
from snitch.engine.superseded import older_versions
from snitch.findings import CannotJudgeError
from snitch.policy import POLICY_FILE
from snitch.policy.load import is_named_like
from snitch.snapshots import Kind
from snitch.snapshots.paths import join

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.checks.check import Run
    from snitch.engine.judging import Judged
    from snitch.engine.selection import Selection
    from snitch.engine.session import Session
    from snitch.engine.waivers import Waivers
    from snitch.findings import Place
    from snitch.policy.model import Waiver
    from snitch.snapshots import Snapshot


def with_surroundings(
    run: Run,
    session: Session,
    selection: Selection,
    judged: Sequence[Judged],
    waivers: Waivers,
) -> Run:
    """The run, with everything that it says of the change as a whole."""
    names = [model.name for model in run.models]
    attributes = dict(_attributes(session, selection))
    too_long = waivers.too_long(names)
    pruned = _pruned(session, selection)
    return replace(
        run,
        removed=_lost(session, selection, judged),
        changed=selection.changed - pruned if pruned else selection.changed,
        touches_models=any(
            path not in selection.outside and not (is_gate_file(path) or is_named_like(path))
            for path in selection.changed
        ),
        proposal=proposal_of(session, selection, names),
        max_waiver_days=session.limits.max_waiver_days,
        too_long=too_long,
        strays=strays(session, selection),
        older_versions=older_versions(session, selection),
        links=links(session, selection),
        clashes=clashes(session, selection),
        attributes=attributes,
        metadata=tuple(_metadata(session, selection)) if attributes else (),
        waiver_places=_places(session, {*run.expired, *run.unused, *too_long}),
    )


def _lost(session: Session, selection: Selection, judged: Sequence[Judged]) -> dict[str, str]:
    """The removed models but those that come under another name: that is told of the new one."""
    renamed = {one.renamed_from for one in judged}
    removed = unaccounted(session, selection).items()
    return {name: path for name, path in removed if name not in renamed}


def _pruned(session: Session, selection: Selection) -> frozenset[str]:
    """The baseline file where the change takes findings out of it and adds none."""
    if BASELINE_FILE not in selection.changed or session.baseline is None:
        return frozenset()
    try:
        here = read_entries(session.candidate, "this change")
    except CannotJudgeError:
        return frozenset()
    grown = here.keys() - read_entries(session.baseline, session.baseline_ref)
    return frozenset() if grown else frozenset({BASELINE_FILE})


def _attributes(session: Session, selection: Selection) -> Iterator[tuple[str, tuple[str, str]]]:
    limit = session.limits.file_bytes
    if session.baseline is None:
        return
    touched = (
        path for path in selection.changed if path.rpartition("/")[2].casefold() == ATTRIBUTES
    )
    for path in sorted(touched):
        before, now = (_blob(tree, path, limit) for tree in (session.baseline, session.candidate))
        if len(now) > limit:
            message = f"`{path}` is longer than `limits.max_file_kib` lets anybody look"
            raise CannotJudgeError(message, "write what it says in fewer lines")
        yield path, (before.decode("utf-8", "replace"), now.decode("utf-8", "replace"))


def _blob(snapshot: Snapshot, path: str, limit: int) -> bytes:
    entry = snapshot.entry(path)
    if entry is None or entry.kind is not Kind.FILE:
        return b""
    return snapshot.read(path, limit)


def _metadata(session: Session, selection: Selection) -> Iterator[str]:
    """Where metadata stands or could stand, whether or not a file is there."""
    yield POLICY_FILE
    layouts = [layout.files for layout in session.layouts.values()]
    names = sorted(
        {
            name
            for files in layouts
            for name in (*files.config, *files.metrics, *files.changelog, *files.dependencies)
        }
    )
    for directory in selection.directories or ("models/model",):
        for name in names:
            yield join(directory, name)


def _places(session: Session, waivers: set[Waiver]) -> dict[Waiver, Place]:
    if not waivers:
        return {}
    return {
        waiver: session.loaded.place(("waivers", index))
        for index, waiver in enumerate(session.loaded.policy.waivers)
        if waiver in waivers
    }
