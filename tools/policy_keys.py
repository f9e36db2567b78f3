"""The keys of policies and of layouts as tables, one a section, from the JSON Schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

from snitch.documents.limits import CEILINGS
from snitch.documents.limits import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Iterator

Part = dict[str, Any]


def reference() -> str:
    """Markdown: a table of the top-level keys, and one of each section below them."""
    from snitch.policy.schema import policy_schema  # noqa: PLC0415 - loads pydantic

    schema = policy_schema()
    kinds: dict[str, Part] = schema["$defs"]
    return "\n".join(_sections(schema, kinds)) + "\n"


def layout_reference() -> str:
    """Markdown: the built-in layouts, and the same tables of a layout's own keys."""
    from snitch.policy.schema import policy_schema  # noqa: PLC0415 - loads pydantic

    kinds: dict[str, Part] = policy_schema()["$defs"]
    return "\n".join((*_families(), "", *_sections(kinds["Layout"], kinds))) + "\n"


def _families() -> Iterator[str]:
    from snitch.registry.layout import built_in  # noqa: PLC0415 - loads pydantic
    from snitch.registry.layout import load_built_in  # noqa: PLC0415 - as above

    yield "## The built-in layouts"
    yield ""
    yield "| name | family | versions | by habit |"
    yield "| --- | --- | --- | --- |"
    for name in built_in():
        layout = load_built_in(name)
        habits = ", ".join(f"{code} {word.value}" for code, word in layout.severities.items())
        yield f"| `{name}` | {layout.description} | {layout.version_scheme} | {habits} |"


def _sections(schema: Part, kinds: dict[str, Part]) -> Iterator[str]:
    yield "## All keys"
    yield ""
    yield from _table(schema)
    seen = {"Severity", "Layout"}  # layouts have a page of their own
    waiting = [(key, part) for key, part in schema["properties"].items()]
    while waiting:
        route, part = waiting.pop(0)
        kind = _kind(part)
        if kind is None or kind in seen or "properties" not in kinds[kind]:
            continue
        seen.add(kind)
        yield ""
        yield f"### `{route}{_below(part)}`"
        yield ""
        yield kinds[kind].get("description", "").strip()
        yield ""
        yield from _table(kinds[kind])
        inner = kinds[kind]["properties"].items()
        # What stands in a section is told right behind it.
        waiting[:0] = [(f"{route}{_below(part)}.{key}", below) for key, below in inner]


def _table(kind: Part) -> Iterator[str]:
    yield "| key | what | default | meaning |"
    yield "| --- | --- | --- | --- |"
    for key, part in kind["properties"].items():
        said = part.get("description", "").replace("|", "\\|")
        default = "required" if key in kind.get("required", ()) else _default(part)
        if kind["title"] == "LimitsStandard":
            default = f"{getattr(DEFAULTS, key)}, at most {getattr(CEILINGS, key)}"
        yield f"| `{key}` | {_what(part)} | {default} | {said} |"


def _what(part: Part) -> str:  # noqa: PLR0911 - one case a shape
    match part:
        case {"$ref": _}:
            return "section"
        case {"const": value}:
            return f"`{json.dumps(value)}`"
        case {"enum": values}:
            return " or ".join(f"`{value}`" for value in values if isinstance(value, str))
        case {"anyOf": kinds}:
            return " or ".join(
                dict.fromkeys(_what(one) for one in kinds if one != {"type": "null"})
            )
        case {"type": "array", "items": items} if items:
            return f"list of {_plural(_what(items))}"
        case {"type": "array", "prefixItems": [first, *_]}:
            return f"two {_plural(_what(first))}"
        case {"type": "object", "additionalProperties": dict(values)}:
            return f"mapping to {_plural(_what(values))}"
        case {"type": "string", "format": "date"}:
            return "day"
        case {"type": str(name)}:
            names = {"string": "text", "boolean": "true or false", "object": "mapping"}
            return names.get(name, name)
        case _:
            return "any"


def _plural(word: str) -> str:
    return word if word.startswith("`") or word in {"text", "any"} else f"{word}s"


def _default(part: Part) -> str:
    value = part.get("default")
    return "" if value in (None, [], {}, "") else f"`{json.dumps(value)}`"


def _kind(part: Part) -> str | None:
    """The section that a key holds, or holds many of."""
    match part:
        case {"$ref": str(reference)}:
            return reference.rpartition("/")[2]
        case {"items": dict(below)} | {"additionalProperties": dict(below)}:
            return _kind(below)
        case {"anyOf": kinds}:
            return next((kind for one in kinds if (kind := _kind(one))), None)
        case _:
            return None


def _below(part: Part) -> str:
    match part:
        case {"items": dict()}:
            return "[]"
        case {"additionalProperties": dict()}:
            return ".NAME"
        case {"anyOf": [first, *_]}:
            return _below(first)
        case _:
            return ""
