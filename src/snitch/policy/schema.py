"""The policy's JSON Schema, for editors and for `snitch policy schema`.

Descriptions are the docstrings that stand beside each key in the models: one source, read
from their text, so that loading a policy does not pay for them.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from functools import cache
from typing import TYPE_CHECKING
from typing import Any

from pydantic import BaseModel

from snitch.policy.extends import SECTIONS
from snitch.policy.model import Policy

if TYPE_CHECKING:
    from collections.abc import Iterator

DIALECT = "https://json-schema.org/draft/2020-12/schema"
EXAMPLES: dict[tuple[str, str], list[Any]] = {
    ("Policy", "extends"): [["package:acme_ml_standard/policy.yaml"]],
    ("Policy", "require"): [["REG", "ART"]],
    ("Policy", "rules"): [{"FRS402": "off", "DEP504": "warning"}],
    ("ModelGlob", "path"): ["models/*"],
    ("Benchmark", "current"): ["2026.2"],
    ("Benchmark", "models"): [["churn", "churn-*"]],
    ("Benchmark", "required_slices"): [["plan=*"]],
    ("MetricStandard", "tolerance"): [0.002],
    ("MetricStandard", "range"): [[0, 1]],
    ("Disallowed", "specifier"): ["<2.12"],
    ("Dependencies", "serving_markers"): [{"python_version": "3.11"}],
    ("Waiver", "rule"): ["REG301", "metric-regressed"],
}


def policy_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that every `snitch.yaml` fulfils.

    It is a shade wider than Snitch itself: it cannot tell that `min` is above `max`, nor that
    a rule does not exist.
    """
    kinds = list(_kinds(Policy))
    for kind in kinds:
        kind.model_rebuild()  # pydantic before 2.13 cannot write defaults of deferred models
    schema = Policy.model_json_schema()
    parts = {"Policy": schema, **schema.get("$defs", {})}
    for kind in kinds:
        properties = parts.get(kind.__name__, {}).get("properties", {})
        for name, text in _docstrings(kind).items():
            if name in properties:
                properties[name]["description"] = text
        for name, part in properties.items():
            _mend_default(part)
            if (kind.__name__, name) in EXAMPLES:
                part["examples"] = EXAMPLES[kind.__name__, name]
    for name in SECTIONS:
        schema["properties"][name] = _or_empty(schema["properties"][name])
    schema["title"] = "Snitch policy"
    return {"$schema": DIALECT, **schema}


def _or_empty(part: dict[str, Any]) -> dict[str, Any]:
    """A section of which only the key may be left."""
    told = {"default", "description", "examples", "title"}
    shape = {key: value for key, value in part.items() if key not in told}
    about = {key: value for key, value in part.items() if key in told}
    return {"anyOf": [shape, {"type": "null"}], **about}


def _mend_default(part: dict[str, Any]) -> None:
    if "$ref" in part:
        # Each key of the section tells its own.
        part.pop("default", None)
    elif part.get("type") == "number" and isinstance(part.get("default"), str):
        part["default"] = json.loads(part["default"])


def _kinds(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Every model class of the policy."""
    seen: dict[type[BaseModel], None] = {}
    waiting: list[Any] = [kind]
    while waiting:
        here = waiting.pop()
        if not (inspect.isclass(here) and issubclass(here, BaseModel)):
            waiting += getattr(here, "__args__", ())
        elif here not in seen:
            seen[here] = None
            waiting += [field.annotation for field in here.model_fields.values()]
    return iter(seen)


def _docstrings(kind: type[BaseModel]) -> dict[str, str]:
    """The text beside each field of a class."""
    return _of_module(kind.__module__).get(kind.__name__, {})


@cache
def _of_module(name: str) -> dict[str, dict[str, str]]:
    tree = ast.parse(inspect.getsource(sys.modules[name]))
    return {
        node.name: dict(_of_fields(node)) for node in tree.body if isinstance(node, ast.ClassDef)
    }


def _of_fields(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in zip(node.body, node.body[1:], strict=False):
        match field, below:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, " ".join(text.split())
            case _:
                pass
