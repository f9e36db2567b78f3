"""A model with dependency files, and what the audit says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from example import GOOD
from spoken import FIRST
from spoken import findings
from spoken import without

from snitch.checks.dependencies import CHECK

if TYPE_CHECKING:
    from snitch.findings import Finding

MODEL = {**without(GOOD, "requirements.txt"), "train.py": "x = 1\n"}
TENSORFLOW = '{name: TensorFlow, specifier: "<2.12", reason: CVE exposure, use: tensorflow>=2.16}'
UV = """\
version = 1
[[package]]
name = "numpy"
version = "{}"
source = {{ registry = "https://pypi.org/simple" }}
"""


def judged(dependencies: str = "", requirements: str | None = None, **facts: Any) -> list[Finding]:
    """What is found in `requirements.txt` and `files` under `dependencies: {…}`."""
    files = {**MODEL, **facts.pop("files", {})}
    if requirements is not None:
        files["requirements.txt"] = requirements
    policy = f"version: 1\ndependencies: {{{dependencies}}}\n"
    return findings(CHECK, files, FIRST, policy=policy, **facts)


def codes(found: list[Finding]) -> list[str]:
    return [one.rule.code for one in found]
