"""What `snitch init` may have found in a repository: nothing, but for what a test says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from snitch.engine.adoption import Found


def found(root: Path = Path(), **parts: Any) -> Found:
    """A repository without models, with these parts in place of what is not there."""
    whole: dict[str, Any] = {
        "production": "main",
        "forge": "github",
        "recognised": None,
        "others": (),
        "models": 0,
        "read": 0,
        "keeps_changelog": False,
        "with_changelog": 0,
        "metrics": (),
        "fields": {},
        "entry_fields": {},
        "benchmarks": (),
        "scripts": 0,
        "fixtures": (),
        "hints": (),
    }
    return Found(root, **(whole | parts))
