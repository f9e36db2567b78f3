"""Where a model's page is: a file name that every host and file system takes."""

from __future__ import annotations

import re
from hashlib import sha256

_STRANGE = re.compile(r"[^a-z0-9_-]+")


def index_address(number: int) -> str:
    """Return the path of a page of the index, counted from 0."""
    return f"index-{number + 1}.html" if number else "index.html"


def address(model: str) -> str:
    """Return the path of a model's page; two names never share one."""
    plain = _STRANGE.sub("-", model)[:60]
    if plain == model and plain:
        return f"models/{plain}.html"
    mark = sha256(model.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"models/{plain.strip('-') or 'model'}.{mark}.html"
