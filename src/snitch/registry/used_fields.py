"""Validates a large model by those of its fields that the data have: few use all that there are.

To make the validators of every section of a policy, and of every mechanism of a layout, took more
of a hook's time than judging.
"""

from __future__ import annotations

from typing import Any
from typing import TypeVar

from pydantic import BaseModel
from pydantic import ConfigDict
from pydantic import create_model

M = TypeVar("M", bound=BaseModel)


def validate(kind: type[M], data: object) -> M:
    """As `kind.model_validate`, for a model without validators of its own.

    Raises:
        ValidationError: as it does.
    """
    if not isinstance(data, dict):
        return kind.model_validate(data)
    used: dict[str, Any] = {
        name: (field.annotation, field)
        for name, field in kind.model_fields.items()
        if name in data or field.is_required()
    }
    config: ConfigDict = {**kind.model_config, "defer_build": False}
    part: type[BaseModel] = create_model(kind.__name__, __config__=config, **used)
    found = part.model_validate(data)
    return kind.model_construct(**{name: getattr(found, name) for name in used})
