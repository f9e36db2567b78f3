"""Directories that look like a model and that the policy takes for none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.check import Stray
from snitch.engine.belonging import is_among
from snitch.registry.foreign import NEVER_MODELS
from snitch.registry.globs import matches
from snitch.rounds import rounds
from snitch.snapshots import Kind
from snitch.snapshots import load_trees
from snitch.snapshots import parse_pointer
from snitch.snapshots.lfs import Pointer
from snitch.snapshots.paths import Walk
from snitch.snapshots.paths import folder_of
from snitch.snapshots.paths import join
from snitch.snapshots.paths import parents

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from snitch.engine.selection import Selection
    from snitch.engine.session import Session
    from snitch.registry.layout import Layout
    from snitch.snapshots import Snapshot

_WEIGHTS = """
    safetensors onnx pt pth ckpt pkl pickle joblib h5 hdf5 keras tflite gguf ggml mlmodel
    cbm ubj booster nemo engine trt
"""
_OTHERS = """
    py pyi ipynb md rst txt yaml yml json jsonl toml cfg ini lock sh sql html css js ts tex
    png jpg jpeg gif svg webp ico bmp tif tiff psd eps pdf ttf otf woff woff2 doc docx ppt pptx
    csv tsv parquet arrow feather avro orc xls xlsx db sqlite tmx geojson shp dbf gpkg
    dcm nii las laz pcd ply obj stl glb mp3 mp4 wav flac ogg m4a mov avi mkv webm dvc
"""
_PACKED = ("gz", "bz2", "xz", "zst")
WEIGHTS = frozenset(_WEIGHTS.split())
"""Suffixes of files that hold weights and hardly anything else."""
NO_WEIGHTS = frozenset(_OTHERS.split())
"""Suffixes of files that are something else, whether Git LFS keeps them or not."""
AT_ONCE = 256
"""Directories whose trees are read in one go."""
HOLDERS = frozenset({"weights", "checkpoints"})
"""Directories inside of a model that hold its weights."""


def strays(session: Session, selection: Selection) -> dict[str, Stray]:
    """Each such directory.

    Those that the change touches; in an audit every one of the candidate's.
    """
    found: dict[str, Stray] = {}
    nested = is_among("", selection.directories)
    if session.request.everything:
        paths = list(_all_outside(session, selection))
    else:
        paths = sorted(selection.outside)
    outside = [path for path in paths if path not in selection.taken]
    folders = dict.fromkeys((*map(folder_of, outside), *sorted(_inside(selection))))
    directories = [folder for folder in folders if not _is_excluded(session, folder)]
    for some in rounds(directories, AT_ONCE):
        load_trees(session.candidate, some)
        for directory in some:
            if _holds_config_and_metrics(session, directory) and not (nested and directory == ""):
                found[directory] = _stray(session, directory, "a config and metrics")
    if nested:
        # Whatever else lies below a model at the root belongs to that model.
        return found
    kept = set(directories)
    for path in _weights(session.candidate, [path for path in outside if folder_of(path) in kept]):
        directory, _, name = path.rpartition("/")
        parent, _, leaf = directory.rpartition("/")
        at = parent if leaf in HOLDERS else directory
        if at not in found:
            found[at] = _stray(session, at, f"the weights `{name}`")
    return found


def _stray(session: Session, directory: str, holds: str) -> Stray:
    for model in session.loaded.policy.models:
        whole = session.layouts[model.layout].unit.each == "directory"
        around = (directory,) if whole else (directory, *parents(directory))
        if any(matches(at, model.path) for at in around):
            return Stray(holds, model)
    return Stray(holds)


def _inside(selection: Selection) -> Iterator[str]:
    """Directories below those of models, with touched files."""
    for folder in set(map(folder_of, selection.changed)):
        around = (folder, *parents(folder))
        holder = next((at for at in around if is_among(at, selection.directories)), None)
        if holder is not None and holder != folder:
            yield folder


def _all_outside(session: Session, selection: Selection) -> Iterator[str]:
    models = {path for path in selection.directories if path}
    pending, walk = [""], Walk()
    while pending:
        parent = pending.pop()
        for name, entry in session.candidate.children(parent).items():
            walk.count(parent)
            path = join(parent, name)
            if entry.kind is Kind.FILE:
                yield path
            elif (
                entry.kind is Kind.DIRECTORY
                and path not in models
                and name not in NEVER_MODELS
                and not name.startswith(".")
            ):
                pending.append(path)


def _is_excluded(session: Session, folder: str) -> bool:
    globs = [glob for model in session.loaded.policy.models for glob in model.exclude]
    return any(matches(at, glob) for glob in globs for at in (folder, *parents(folder)))


def _holds_config_and_metrics(session: Session, directory: str) -> bool:
    children = session.candidate.children(directory).items()
    names = {name for name, entry in children if entry.kind is Kind.FILE}
    return any(has_config_and_metrics(names, layout) for layout in session.layouts.values())


def has_config_and_metrics(names: set[str], layout: Layout) -> bool:
    """Whether files of these names in one directory describe a model of a layout."""
    return not (names.isdisjoint(layout.files.config) or names.isdisjoint(layout.files.metrics))


def suffix_of(name: str) -> str:
    """The last one, or of a packed file the one below: rows stay rows under `tsv.bz2`."""
    stem, dot, last = name.rpartition(".")
    if last in _PACKED:
        return stem.rpartition(".")[2]
    return last if dot else ""


def _weights(snapshot: Snapshot, paths: Iterable[str]) -> Iterator[str]:
    unsure: dict[str, str] = {}
    for path in paths:
        entry = snapshot.entry(path)
        suffix = suffix_of(path.rpartition("/")[2].lower())
        if entry is None or entry.kind is not Kind.FILE or suffix in NO_WEIGHTS:
            continue
        if suffix in WEIGHTS:
            yield path
        else:
            unsure[path] = entry.oid or path
    # A million copies of one file are one blob to read.
    once = {blob: path for path, blob in unsure.items()}
    read = zip(once, snapshot.read_many(once.values(), Pointer.LIMIT), strict=True)
    # An empty file (`.gitkeep`) is a pointer by the letter, to nothing.
    pointers = {blob for blob, text in read if text and parse_pointer(text) is not None}
    for path, blob in unsure.items():
        if blob in pointers or snapshot.smudged(path) is not None:
            yield path
