"""What is measured, and beside what: programs run in repositories of many sizes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

PYTHON = sys.executable
SNITCH = str(Path(sys.executable).with_name("snitch"))
FLOOR = str(Path(__file__).with_name("floor.py"))
IMPORTS = "import click, pydantic, yaml, git, packaging, subprocess\n"
REVISION = 'subprocess.run(["git", "rev-parse", "HEAD"])'
AUDIT = ("check", "--all", "--baseline", "main", "--fail-on", "never", "--ref")
COMMITTED = ("check", "--ref", "HEAD", "--baseline", "main")
"""As a CI job calls it."""
CONFIGS = "git ls-files -z -- 'models/*/config.yaml' | xargs -0 check-jsonschema --schemafile"


@dataclass(frozen=True, slots=True)
class Work:
    """Something to measure."""

    name: str
    command: tuple[str, ...]
    models: int
    """How many models the repository holds."""
    staged: bool = False
    """Whether HEAD is production and the change only in the index."""


def _snitch(*words: str) -> tuple[str, ...]:
    return (SNITCH, *words)


def works(sizes: tuple[int, ...], peers: Mapping[str, str]) -> list[Work]:
    """Everything that can be measured on repositories of these sizes with the peers there are."""
    small = sizes[0]
    found = [
        Work("import click", (PYTHON, "-c", "import click"), small),
        Work("--version", _snitch("--version"), small),
        Work("--help", _snitch("--help"), small),
        Work("floor of a check", (PYTHON, "-c", IMPORTS + REVISION), small),
    ]
    for models in sizes:
        found += [
            Work(f"one staged of {models}", _snitch("check", "--staged"), models, staged=True),
            Work(f"one committed of {models}", _snitch(*COMMITTED), models),
        ]
    if "dvc" in peers:
        found.append(Work("dvc metrics diff", (peers["dvc"], "metrics", "diff"), small))
    if "check-jsonschema" in peers:
        line = f"{CONFIGS.replace('check-jsonschema', peers['check-jsonschema'])} schema.json"
        one = (
            f"{peers['check-jsonschema']} --schemafile schema.json models/model-000000/config.yaml"
        )
        found.append(Work("check-jsonschema", ("sh", "-c", f"{one}; git diff main"), small))
        found += [
            Work(f"check-jsonschema of {models}", ("sh", "-c", line), models)
            for models in sizes[1:]
        ]
    for models in sizes[1:]:
        found += [
            Work(f"floor of an audit of {models}", (PYTHON, FLOOR, "main"), models),
            Work(f"audit of {models}", _snitch(*AUDIT, "main"), models),
            Work(f"audit of {models} releases", _snitch(*AUDIT, "every"), models),
        ]
    return found
