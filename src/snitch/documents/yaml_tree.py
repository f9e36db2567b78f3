"""YAML as data, from libyaml's events: they are made without recursion and construct nothing.

Loading YAML whole is what bombs are made for (nesting, merge keys, aliases, tags); a stream
of events can be judged one by one, and dropped where it passes a limit. Small texts without any
of these are composed at once (`yaml_nodes`), which takes half the time.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING
from typing import Any
from typing import NoReturn

import yaml

from snitch.documents.encoding import KIB
from snitch.documents.refusal import beyond
from snitch.documents.refusal import duplicate
from snitch.documents.refusal import invalid
from snitch.documents.refusal import shown
from snitch.documents.refusal import unreadable
from snitch.documents.yaml_events import events
from snitch.documents.yaml_events import extents
from snitch.documents.yaml_events import refuse_foreign_breaks
from snitch.documents.yaml_nodes import DoubtError
from snitch.documents.yaml_nodes import read_plain
from snitch.documents.yaml_scalars import Ambiguous
from snitch.documents.yaml_scalars import identity
from snitch.documents.yaml_scalars import resolve
from snitch.findings import Fault
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from snitch.documents.document import Data
    from snitch.documents.limits import Limits
    from snitch.documents.page import Page
    from snitch.findings import Place

__all__ = ["extents", "read"]


def read(page: Page, limits: Limits, max_aliases: int) -> tuple[Data, tuple[Fault, ...]]:
    """The data, and what is wrong with single keys and scalars.

    Raises:
        UnreadableError: The text is no YAML, passes a limit, or holds what Snitch reads in no
            file: tags, directives, several documents, merge keys.
    """
    refuse_foreign_breaks(page)
    try:
        return read_plain(page.text, limits), ()
    except DoubtError:
        return read_events(page, limits, max_aliases)


def read_events(page: Page, limits: Limits, max_aliases: int) -> tuple[Data, tuple[Fault, ...]]:
    """As `read`, event by event, with the place of everything at hand."""
    builder = _Builder(page, limits, max_aliases)
    handlers = {
        yaml.StreamStartEvent: _ignore,
        yaml.DocumentStartEvent: builder.document,
        yaml.ScalarEvent: builder.scalar,
        yaml.AliasEvent: builder.alias,
        yaml.MappingStartEvent: builder.open_mapping,
        yaml.SequenceStartEvent: builder.open_list,
        yaml.MappingEndEvent: builder.close,
        yaml.SequenceEndEvent: builder.close,
        yaml.DocumentEndEvent: _ignore,
        yaml.StreamEndEvent: _ignore,
    }
    for event in events(page, limits):
        handlers[event.__class__](event)
    return builder.data, tuple(builder.faults)


def _ignore(_event: object) -> None:
    """Nothing to build."""


@dataclasses.dataclass(slots=True, eq=False, repr=False)
class _Open:
    """A mapping or list that is not closed yet."""

    mapping: dict[str, Data] | None
    items: list[Data]
    starts: dict[object, int]
    """Where each key of a mapping stands, by its text and by what readers take it for."""
    anchor: str | None
    nodes_before: int
    key: str | None = None
    height: int = 1
    """How deep mappings and lists nest in it, itself included."""

    def add(self, value: Data) -> None:
        if self.mapping is None:
            self.items.append(value)
        elif self.key is not None:
            self.mapping[self.key] = value
            self.key = None


@dataclass(frozen=True, slots=True)
class _Anchored:
    """What an alias stands for; the value is shared, and its size counted each time."""

    value: Data
    nodes: int
    height: int


class _Builder:
    """Builds the tree, one call an event, with every limit at hand."""

    def __init__(self, page: Page, limits: Limits, max_aliases: int) -> None:
        self.page = page
        self.limits = limits
        self.max_nodes = limits.max_nodes
        self.max_text = limits.max_text_kib * KIB
        self.max_aliases = max_aliases
        self.top = _Open(None, [], {}, None, 0)
        self.outer: list[_Open] = []
        self.nodes = 0
        self.aliases = 0
        self.documents = 0
        self.anchors: dict[str, _Anchored | None] = {}
        """None for what is still open."""
        self.faults: list[Fault] = []

    @property
    def data(self) -> Data:
        """The root; None for an empty file."""
        return self.top.items[0] if self.top.items else None

    def document(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events are untyped
        self.documents += 1
        if event.version or event.tags:
            self._invalid(event, "a directive stands here", "remove the lines that start with `%`")
        if self.documents > 1:
            self._invalid(event, "a second document starts here", "keep one document a file")

    def scalar(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events are untyped
        self._count(event, 1)
        text = event.value
        top = self.top
        if event.tag is not None:
            self._refuse_tag(event)
        if event.anchor is not None:
            self._declare(event)
        if top.mapping is not None and top.key is None:
            self._key(event, top)
            return
        if len(text) > self.max_text:
            raise beyond(self._place(event), "the text is longer", self.limits, "max_text_kib")
        value = resolve(text) if event.implicit[0] else text
        if isinstance(value, Ambiguous):
            value = self._ambiguous(event, value)
        if event.anchor is not None:
            self._keep(event.anchor, _Anchored(value, 1, 0))
        top.add(value)

    def open_mapping(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events are untyped
        """A mapping begins."""
        self._open(event, {})

    def open_list(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events are untyped
        """A list begins."""
        self._open(event, None)

    def close(self, _event: object) -> None:
        """The mapping or list at hand ends."""
        done = self.top
        self.top = self.outer.pop()
        self.top.height = max(self.top.height, done.height + 1)
        value: Data = done.items if done.mapping is None else done.mapping
        if done.anchor is not None:
            self._keep(done.anchor, _Anchored(value, self.nodes - done.nodes_before, done.height))
        self.top.add(value)

    def alias(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events are untyped
        """An earlier value, again: it counts as if it were written out."""
        self.aliases += 1
        if self.aliases > self.max_aliases:
            self._refuse_alias(event)
        if self._wants_key():
            self._invalid(event, "an alias stands as a key", "write the key out")
        if event.anchor not in self.anchors:
            found = f"the alias `*{shown(event.anchor)}` names no anchor above it"
            self._invalid(event, found, "write the value out")
        target = self.anchors[event.anchor]
        if target is None:
            raise unreadable(
                self._place(event),
                f"the alias `*{shown(event.anchor)}` stands inside of what it repeats",
                "write the value out",
            )
        self._count(event, target.nodes)
        self._refuse_depth(event, len(self.outer) + target.height)
        self.top.height = max(self.top.height, target.height + 1)
        self.top.add(target.value)

    def _open(self, event: Any, mapping: dict[str, Data] | None) -> None:  # noqa: ANN401 - untyped
        if event.tag is not None:
            self._refuse_tag(event)
        if self._wants_key():
            self._invalid(event, "a mapping or a list stands as a key", "use text as the key")
        if event.anchor is not None:
            self._declare(event)
        before = self.nodes
        self._count(event, 1)
        self.outer.append(self.top)
        self._refuse_depth(event, len(self.outer))
        self.top = _Open(mapping, [], {}, event.anchor, before)

    def _key(self, event: Any, top: _Open) -> None:  # noqa: ANN401 - PyYAML's events are untyped
        text: str = event.value
        plain = event.implicit[0]
        if plain and text == "<<":
            remedy = "write the keys out; what is merged in is easily overlooked"
            self._invalid(event, "a merge key `<<` stands here", remedy)
        if len(text) > self.limits.max_key_chars:
            raise beyond(self._place(event), "the key is longer", self.limits, "max_key_chars")
        value = resolve(text) if plain else text
        if isinstance(value, Ambiguous):
            value = self._ambiguous(event, value)
        top.key = text
        if event.anchor is not None:
            self._keep(event.anchor, _Anchored(value, 1, 0))
        taken = identity(text, value)
        first = top.starts.get(text, top.starts.get(taken))
        if first is not None:
            self.faults.append(duplicate(self._place(event), text, self.page.position(first)[0]))
        else:
            top.starts[text] = top.starts[taken] = event.start_mark.index

    def _wants_key(self) -> bool:
        return self.top.mapping is not None and self.top.key is None

    def _count(self, event: Any, nodes: int) -> None:  # noqa: ANN401 - PyYAML's events are untyped
        self.nodes += nodes
        if self.nodes > self.max_nodes:
            raise beyond(self._place(event), "the file holds more values", self.limits, "max_nodes")

    def _refuse_depth(self, event: Any, depth: int) -> None:  # noqa: ANN401 - untyped
        if depth > self.limits.max_depth:
            raise beyond(self._place(event), "values nest deeper", self.limits, "max_depth")

    def _refuse_alias(self, event: Any) -> NoReturn:  # noqa: ANN401 - PyYAML's events are untyped
        if self.max_aliases:
            raise beyond(
                self._place(event), "the file holds more aliases", self.limits, "max_aliases"
            )
        raise unreadable(
            self._place(event),
            f"the alias `*{shown(event.anchor)}` stands here; this file may hold none",
            "write the value out",
        )

    def _refuse_tag(self, event: Any) -> NoReturn:  # noqa: ANN401 - PyYAML's events are untyped
        tag = shown(event.tag.replace("tag:yaml.org,2002:", "!!"))
        found = f"the tag `{tag}` stands here; no tags are read"
        self._invalid(event, found, "remove the tag; quote the value where it is text")

    def _declare(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events are untyped
        if event.anchor in self.anchors:
            found = f"the anchor `&{shown(event.anchor)}` stands here a second time"
            self._invalid(event, found, "give each anchor a name of its own")
        self.anchors[event.anchor] = None

    def _keep(self, anchor: str, anchored: _Anchored) -> None:
        self.anchors[anchor] = anchored

    def _ambiguous(self, event: Any, found: Ambiguous) -> Data:  # noqa: ANN401 - untyped
        message = f"`{shown(event.value)}` without quotes is {found.reading}"
        self.faults.append(Fault("SNT006", self._place(event), message, found.remedy))
        return found.value

    def _invalid(self, event: Any, message: str, remedy: str) -> NoReturn:  # noqa: ANN401 - untyped
        raise invalid(self._place(event), message, remedy)

    def _place(self, event: Any) -> Place:  # noqa: ANN401 - PyYAML's events are untyped
        return self.page.at(event.start_mark.index, event.end_mark.index)
