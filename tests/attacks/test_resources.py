"""A stack of 256 KiB and 1 GiB of memory: nothing that a change brings ends a run by a signal."""

from __future__ import annotations

import os
import resource
import subprocess
from typing import TYPE_CHECKING

import pytest
from example import GOOD
from example import POLICY
from judging import SNITCH
from judging import deployed

if TYPE_CHECKING:
    from pathlib import Path

STACK, SPACE, SECONDS = 256 << 10, 1 << 30, 60
AT = "models/churn"
DEEP = 24_900
LAUGHS = "a0: &a0 [x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)
MERGES = "a0: &a0 {k: v}\n" + "".join(
    f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 9)
)
BOMBS: dict[str, dict[str, str | bytes]] = {
    "nested YAML": {"config.yaml": "- " * DEEP + "a\n"},
    "nested flow": {"config.yaml": "[" * DEEP + "]" * DEEP},
    "laughs": {"config.yaml": LAUGHS},
    "merges": {"config.yaml": MERGES},
    "one alias often": {"config.yaml": f"a: &a {'x' * 50_000}\nb: [{', '.join(['*a'] * 2_000)}]\n"},
    "nested JSON": {"metrics.json": "[" * 200_000},
    "sexagesimal": {"config.yaml": f"version: 1{':59' * 100_000}\n"},
    "digits": {"metrics.json": f'{{"metrics": {{"auc": {"9" * 900_000}}}}}'},
    "hexadecimal": {"config.yaml": f"version: 0x{'f' * 900_000}\n"},
    "exponent": {"metrics.json": '{"metrics": {"auc": 1e100000000}}'},
    "dotted TOML": {"pyproject.toml": f"[{'.'.join(['a'] * 50_000)}]\n"},
    "nested TOML": {"pyproject.toml": f"a = {'[' * 100_000}"},
    "parentheses": {"requirements.txt": f"a; {'(' * 5_000}\n"},
    "quotes": {"CHANGELOG.md": f"## [1.4.0] - 2026-10-04\n{'>' * 200_000} x\n" * 2},
    "images": {"CHANGELOG.md": "## [1.4.0] - 2026-10-04\n" + "![" * 400_000},
    "large": {"metrics.json": b"[" + b"1," * 20_000_000},
    "a policy": {"../../snitch.yaml": "- " * DEEP + "a\n"},
}


def poor() -> None:
    """The room that a run is given: it and every Git process that it starts."""
    resource.setrlimit(resource.RLIMIT_STACK, (STACK, STACK))
    resource.setrlimit(resource.RLIMIT_AS, (SPACE, SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_bomb_ends_a_run_by_a_signal(tmp_path: Path, bomb: str) -> None:
    repo = deployed(tmp_path / "repo", policy=POLICY)
    files = {f"{AT}/{name}": it for name, it in {**GOOD, **BOMBS[bomb]}.items()}
    repo.commit(bomb, {os.path.normpath(name): it for name, it in files.items()})
    for candidate in ([], ["--ref", "HEAD"]):
        done = subprocess.run(
            [SNITCH, "check", "--as-of", "2026-10-05", "--format", "json", *candidate],
            cwd=repo.root,
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
            preexec_fn=poor,
            capture_output=True,
            check=False,
            text=True,
        )
        assert done.returncode == 1, done.stderr
        assert "Traceback" not in done.stderr
