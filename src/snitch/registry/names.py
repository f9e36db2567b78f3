"""Model names of one snapshot, read only where somebody asks."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from snitch.documents import read_document
from snitch.documents.yaml_heads import head_text
from snitch.findings import CannotJudgeError
from snitch.registry.fields import Scoped
from snitch.registry.fields import extract
from snitch.registry.fields import name_of
from snitch.registry.keypath import fill
from snitch.snapshots import Kind
from snitch.snapshots import load_trees
from snitch.snapshots.paths import join

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.documents import Limits
    from snitch.registry.layout import Layout
    from snitch.registry.location import Location
    from snitch.snapshots import Snapshot


YAML = (".yaml", ".yml")
AT_THE_TOP = ("config", ("name",))
"""Where most layouts keep the name: in the config, under `name`."""
AT_ONCE = 256
"""Configs read in one round, so that memory stays flat."""


class Names:
    """From a model's directory to its name: the config's, or else the directory's own."""

    def __init__(
        self,
        snapshot: Snapshot,
        locations: Mapping[str, Location],
        layouts: Mapping[str, Layout],
        limits: Limits,
    ) -> None:
        self._snapshot = snapshot
        self._layouts = layouts
        self._limits = limits
        self._locations = locations
        self._known: dict[str, str] = {}

    def __getitem__(self, path: str) -> str:
        """The name of the model in a directory."""
        if path not in self._known:
            own = self._locations[path].name if path in self._locations else None
            if own is not None:
                return own
            config = self._config(path)
            blob = None if config is None else self._snapshot.read(config, self._limit)
            self._known[path] = self._name(path, config, blob)
        return self._known[path]

    def unknown(self, paths: Iterable[str]) -> list[str]:
        """Those of the models that only their config can name, and nobody has read yet."""
        unread = [path for path in paths if path not in self._known]
        return [path for path in unread if self._locations[path].name is None]

    def read(self, paths: Sequence[str]) -> dict[str, str]:
        """The names of `unknown` models; of `AT_ONCE` at most, as all are read in one round.

        One whose config Git cannot give has none, so that whoever asks for it is told why.
        """
        load_trees(self._snapshot, paths)
        configs = {path: self._config(path) for path in paths}
        blobs = self._contents([config for config in configs.values() if config is not None])
        return {
            path: self._name(path, config, None if config is None else blobs[config])
            for path, config in configs.items()
            if config is None or config in blobs
        }

    def _contents(self, configs: Sequence[str]) -> dict[str, bytes]:
        """What configs hold, read in one round; without those that Git cannot give."""
        try:
            return dict(zip(configs, self._snapshot.read_many(configs, self._limit), strict=True))
        except CannotJudgeError:
            found = {}
            for config in configs:
                with suppress(CannotJudgeError):
                    found[config] = self._snapshot.read(config, self._limit)
            return found

    def known(self, paths: Iterable[str]) -> dict[str, str]:
        """The names of those of the models whose config was read."""
        return {path: self._known[path] for path in paths if path in self._known}

    def learn(self, names: Mapping[str, str]) -> None:
        """Remember what was read, here or of another snapshot that holds the very same."""
        self._known.update(names)

    def holders(self, name: str) -> list[str]:
        """The directories whose model has that name, sorted.

        A config that does not hold the name's bytes, nor any escape that could stand for them,
        is not parsed: of 100,000 models a handful is.
        """
        nameless = self._nameless
        unknown = [path for path in nameless if path not in self._known]
        configs = {path: self._config(path) for path in unknown}
        readable = {path: config for path, config in configs.items() if config is not None}
        blobs = dict(
            zip(
                readable,
                self._snapshot.read_many(readable.values(), self._limit),
                strict=True,
            )
        )
        found = [*self._given.get(name, ())]
        found += [path for path in nameless if self._known.get(path) == name]
        for path in unknown:
            blob = blobs.get(path)
            possible = own_name(path) == name or not self._layout(path).plain
            if blob is not None:
                spelt = name.encode(errors="backslashreplace")
                possible = possible or spelt in blob or b"\\" in blob
            if possible:
                self._known[path] = self._name(path, configs[path], blob)
                if self._known[path] == name:
                    found.append(path)
        return sorted(found)

    @cached_property
    def _given(self) -> dict[str, list[str]]:
        """Of models whose place tells their name, as a table's rows, the places by name."""
        found: dict[str, list[str]] = {}
        for path, location in self._locations.items():
            if location.name is not None:
                found.setdefault(location.name, []).append(path)
        return found

    @cached_property
    def _nameless(self) -> tuple[str, ...]:
        """The other models."""
        return tuple(path for path, it in self._locations.items() if it.name is None)

    @property
    def _limit(self) -> int:
        return self._limits.file_bytes

    def _config(self, path: str) -> str | None:
        layout = self._layout(path)
        if not layout.plain:
            return self._resolved(path, layout)
        for name in layout.files.config:
            candidate = join(path, name)
            entry = self._snapshot.entry(candidate)
            if entry is not None and entry.kind is Kind.FILE:
                return candidate
        return None

    def _unread_name(self, path: str) -> str:
        source = self._layout(path).fields.get("name")
        template = source.text if source is not None else ""
        found = fill(template, self._locations[path].known()) if template else ""
        return found or own_name(path)

    def _layout(self, path: str) -> Layout:
        return self._layouts[self._locations[path].layout]

    def _resolved(self, path: str, layout: Layout) -> str | None:
        from snitch.registry.files import resolve  # noqa: PLC0415 - most layouts need none

        for name in layout.files.config:
            for found, entry in resolve(self._snapshot, path, name, {}).items():
                if entry.kind is Kind.FILE:
                    return found
        return None

    def _name(self, path: str, config: str | None, blob: bytes | None) -> str:
        if config is None or blob is None:
            return self._unread_name(path)
        layout = self._layout(path)
        free = layout.names == "free"
        if config.endswith(YAML) and layout.routes.get("name") == AT_THE_TOP:
            # A tenth of what reading all of it takes.
            head = head_text(blob, "name")
            found = None if head is None else name_of(head, free=free)
            if found is not None:
                return found
        document = read_document(config, blob, self._limits, aliases=True)
        scope = {"config": Scoped(document, document.data)}
        fields = extract(layout, scope, self._locations[path].known(), ("name",))
        value = fields["name"].value if "name" in fields else None
        return name_of(value, free=free) or own_name(path)


def own_name(path: str) -> str:
    """What a model is called that nothing names: as its directory is."""
    return path.rpartition("/")[2] or "model"
