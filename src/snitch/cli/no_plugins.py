"""Keeps pydantic from looking for plugins: of what is installed only Snitch's own have a say.

Told so, pydantic looks for none, but loads what it would look with: `importlib.metadata`, with
`email`, `zipfile` and `socket` below it, takes a twentieth of a hook's time. It is loaded as soon
as somebody asks it for anything.
"""

from __future__ import annotations

import importlib
import os
import sys
from types import ModuleType
from typing import Any

METADATA = "importlib.metadata"


def keep_plugins_out() -> None:
    """Switch pydantic's plugins off, and put off what it would find them with."""
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    if METADATA not in sys.modules:
        late = _Late(METADATA)
        late.__path__ = [os.path.join(*importlib.__path__, "metadata")]  # noqa: PTH118 - pathlib is not loaded yet
        sys.modules[METADATA] = late
        vars(importlib)["metadata"] = late


class _Late(ModuleType):
    """`importlib.metadata` for whoever only imports it."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the module holds
        return getattr(_loaded(self), name)

    def entry_points(self, **wanted: str) -> Any:  # noqa: ANN401 - of several classes, by version
        """As the module's own, which pydantic imports by name and does not call."""
        return _loaded(self).entry_points(**wanted)


def _loaded(late: ModuleType) -> ModuleType:
    if sys.modules.get(METADATA) is late:
        del sys.modules[METADATA]
    return importlib.import_module(METADATA)
