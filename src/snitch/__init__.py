"""Snitch tells on machine-learning models that break the deployment standard."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from snitch.api import ModelRepository
    from snitch.api import open  # noqa: A004 - `snitch.open` reads as it is
    from snitch.findings import CannotJudgeError

__all__ = ["CannotJudgeError", "ModelRepository", "__version__", "open"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Load what is asked for: `import snitch` itself, and so every command, loads nothing."""
    match name:
        case "CannotJudgeError":
            from snitch.findings import CannotJudgeError  # noqa: PLC0415 - only when asked for

            return CannotJudgeError
        case "ModelRepository" | "open":
            from snitch import api  # noqa: PLC0415 - only when asked for

            return getattr(api, name)
        case _:
            message = f"module 'snitch' has no attribute {name!r}"
            raise AttributeError(message)
