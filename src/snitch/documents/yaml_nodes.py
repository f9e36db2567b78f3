"""The quick way through a YAML text that leaves no doubt: libyaml composes it, one pass reads it.

A text that could pass a limit or nest deep, and one with tags, anchors, aliases or directives, is
not composed at all. What the pass then doubts (an ambiguous scalar, a doubled key) is left to the
events, which tell where it stands: what comes out here is what they would give, or nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Any

import yaml

from snitch.documents.encoding import KIB
from snitch.documents.yaml_scalars import DOUBTFUL
from snitch.documents.yaml_scalars import Ambiguous
from snitch.documents.yaml_scalars import resolve

if TYPE_CHECKING:
    from snitch.documents.document import Data
    from snitch.documents.limits import Limits

MOST = 32 * KIB
"""Characters up to which a text is composed."""
DEEP = re.compile(r"\n[-?: ]{33}")
"""A line that could open many blocks within blocks: only such characters stand before one."""


class DoubtError(Exception):
    """The text wants the closer look of the events."""


class _Composer(yaml.cyaml.CParser if yaml.__with_libyaml__ else yaml.SafeLoader):  # type: ignore[misc] # one of two
    """libyaml's composer, which asks for no tags."""

    def resolve(self, *_node: object) -> str:
        """Nothing: scalars are read by `yaml_scalars`."""
        return ""

    def descend_resolver(self, *_node: object) -> None:
        """Nothing to know about parents."""

    def ascend_resolver(self) -> None:
        """Nothing to forget."""


def read_plain(text: str, limits: Limits) -> Data:
    """The data of a text without foreign line breaks.

    Raises:
        DoubtError: anything may be wrong with it, or it is large.
    """
    if len(text) > min(MOST, limits.max_nodes - 1, limits.max_text_kib * KIB):
        raise DoubtError
    if "&" in text or "*" in text or "!" in text or "%" in text:
        raise DoubtError
    if text.count("[") + text.count("{") > limits.max_depth or DEEP.search(f"\n{text}"):
        raise DoubtError
    composer = _Composer(text)
    try:
        root = composer.get_single_node()
    except (yaml.YAMLError, ValueError, OverflowError):
        raise DoubtError from None
    finally:
        composer.dispose()
    return None if root is None else _data(root, limits.max_key_chars, limits.max_depth)


def _data(node: Any, max_key: int, depth: int) -> Data:  # noqa: ANN401 - PyYAML's nodes are untyped
    """What a node holds, whose lists and mappings may nest `depth` deep."""
    if node.__class__ is yaml.ScalarNode:
        text: str = node.value
        return text if node.style or text[:1] not in DOUBTFUL else _resolved(text)
    if not depth:
        raise DoubtError
    if node.__class__ is yaml.SequenceNode:
        return [_data(item, max_key, depth - 1) for item in node.value]
    mapping: dict[str, Data] = {}
    for key, value in node.value:
        name = key.value
        if key.__class__ is not yaml.ScalarNode or name in mapping or not name.isascii():
            raise DoubtError
        plain = not key.style and name[:1] in DOUBTFUL
        if len(name) > max_key or (plain and _resolved(name) is not name):
            raise DoubtError
        # Most values are texts: no call for these.
        text = value.value
        is_text = value.__class__ is yaml.ScalarNode and (value.style or text[:1] not in DOUBTFUL)
        mapping[name] = text if is_text else _data(value, max_key, depth - 1)
    return mapping


def _resolved(text: str) -> Data:
    value = resolve(text)
    if isinstance(value, Ambiguous):
        raise DoubtError
    return value
