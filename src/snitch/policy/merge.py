"""How two standards become one: mappings key by key, everything else replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from pydantic import BaseModel

if TYPE_CHECKING:
    from snitch.documents import Data

JOINED = ("overrides", "waivers")
"""Lists of the top level that every file adds to: a file that is extended cannot lose its
exceptions, nor its overrides, by a later file's having some too."""


def merge_data(base: dict[str, Data], patch: dict[str, Data]) -> dict[str, Data]:
    """Two files' mappings as one; `overrides` and `waivers` are joined, in that order."""
    joined: dict[str, Data] = merge_models(base, patch)
    for name in JOINED:
        match base.get(name), patch.get(name):
            case list() as first, list() as second:
                joined[name] = [*first, *second]
            case _:
                pass
    return joined


def merge_models(base: Any, patch: Any) -> Any:  # noqa: ANN401 - models, mappings and leaves
    """Two parts of a policy as one: what the patch sets counts, by keys and fields."""
    match base, patch:
        case BaseModel(), BaseModel() if type(base) is type(patch):
            fields = {name: getattr(base, name) for name in type(base).model_fields}
            for name in patch.model_fields_set:
                fields[name] = merge_models(fields[name], getattr(patch, name))
            given = base.model_fields_set | patch.model_fields_set
            return type(base).model_construct(_fields_set=given, **fields)
        case dict(), dict():
            # What the patch says stands last: of a rule's code and its name the later one counts.
            merged = {name: value for name, value in base.items() if name not in patch}
            for name, value in patch.items():
                merged[name] = merge_models(base[name], value) if name in base else value
            return merged
        case _:
            return patch
