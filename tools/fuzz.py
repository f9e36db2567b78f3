"""Mutated files against every reader: `python -m tools.fuzz --executions 1000000`.

Seeds are small files of every format; a mutation splices, repeats, nests, replaces or cuts them,
or adds what parsers are known to stumble over. A reader may refuse, in its own words, and nothing
else: an exception, more than a second or more than 1 GiB of memory ends the run with the input.
The same seed gives the same inputs.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

SLOW = 1.0
"""Seconds of processor time that one input may take."""
MEMORY = 1 << 30
LARGEST = 60_000
"""Bytes of an input: beyond it readers only look at the size."""

TOKENS = (
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b"- ",
        b": ",
        b", ",
        b'"',
        b"'",
        b"\n",
        b"\r\n",
        b"\t",
        b"#",
        b"|",
        b">",
    ),
    *(
        b"&a ",
        b"*a ",
        b"<<: *a\n",
        b"!!int ",
        b"!!python/name:x ",
        b"---\n",
        b"...\n",
        b"%YAML 1.2\n",
    ),
    *(
        b"NaN",
        b"1e999",
        b"-0",
        b"0x1f",
        b"1_000",
        b"2024-99-99",
        b"12:30:00",
        b"~",
        b"null",
        b"true",
    ),
    *(
        b"\x00",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xc2\x85",
        b"\xe2\x80\xa8",
        b"\xe2\x80\x8b",
        b"\\ud800",
        b"\\u0000",
    ),
    *(
        b"## [1.0.0] - 2026-01-01\n",
        b"<!-- ",
        b" -->",
        b"```\n",
        b"> ",
        b"![",
        b"](",
        b"| a | b |\n",
    ),
    *(
        b"-r x.txt\n",
        b"a; (",
        b"==1.0",
        b"; python_version<'2'",
        b" @ file:///x",
        b"${X}",
        b" \\\n",
    ),
    *(b"version https://git-lfs.github.com/spec/v1\n", b"oid sha256:", b"size ", b"<<<<<<< a\n"),
    *(b"refs/heads/", b"@{", b"..", b"^{commit}", b"~1", b"-x", b"HEAD", b"a/" * 40, b"9" * 50),
)
METRICS = (
    b'{"benchmark": {"name": "b", "version": "1"}, "metrics": {"auc": 0.9, "x": {"value": 1}}}'
)
CONFIG = b"name: churn\nversion: 1.4.0\ndata: {cutoff: 2026-10-01}\nfeatures: [a, b]\n"
TOML = b'name = "churn"\n[data]\ncutoff = 2026-10-01\n[[x]]\ny = 1.5\n'
POLICY = (
    b"version: 1\nmodels: [{path: models/*}]\nmetrics: {auc: {direction: higher, tolerance: 0.1}}\n"
    b"rules: {REG301: off}\nwaivers: [{rule: REG301, model: m, reason: x, approved_by: y, "
    b"expires: 2026-12-01}]\nlimits: {max_depth: 9}\n"
)
CHANGES = (
    b"# Changelog\n\n## [1.0.0] - 2026-01-01\n- **Author:** a\n### Changed\n- x\n\n## 0.9\ny\n"
)
LISTED = b"- {version: 1.0.0, date: 2026-01-01, author: a, summary: s, changes: [x]}\n"
REQUIREMENTS = (
    b"numpy==2.1.0\nscipy>=1 ; python_version > '3'  # c\n-r other.txt\nx @ https://h/x.whl\n"
)
LOCK = b'version = 1\n[[package]]\nname = "a"\nversion = "1"\nsource = { registry = "https://x" }\n'
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 7\n"


@dataclass(frozen=True)
class Target:
    """One reader, and small inputs that it takes."""

    seeds: tuple[bytes, ...]
    run: Callable[[bytes], object]


def targets() -> dict[str, Target]:
    """Every reader of what a change may bring, by name."""
    from snitch.documents import Limits  # noqa: PLC0415 - `--help` need not load it
    from snitch.documents import read_changelog  # noqa: PLC0415
    from snitch.documents import read_dependencies  # noqa: PLC0415
    from snitch.documents import read_document  # noqa: PLC0415
    from snitch.findings import CannotJudgeError  # noqa: PLC0415
    from snitch.policy.load import load  # noqa: PLC0415
    from snitch.snapshots.lfs import parse_pointer  # noqa: PLC0415
    from snitch.snapshots.paths import split  # noqa: PLC0415
    from snitch.snapshots.revisions import is_ref_name  # noqa: PLC0415
    from snitch.testing import MemorySnapshot  # noqa: PLC0415

    limits = Limits()

    def document(path: str) -> Callable[[bytes], object]:
        return lambda blob: read_document(path, blob, limits, aliases=True)

    def dependencies(path: str) -> Callable[[bytes], object]:
        return lambda blob: read_dependencies(path, {path: blob}.get, limits)

    def policy(blob: bytes) -> object:
        try:
            return load(MemorySnapshot({"snitch.yaml": blob}), label="main")
        except CannotJudgeError:
            return None

    return {
        "yaml": Target((CONFIG, METRICS, LISTED), document("config.yaml")),
        "json": Target((METRICS,), document("metrics.json")),
        "toml": Target((TOML, LOCK), document("config.toml")),
        "changelog": Target((CHANGES,), lambda blob: read_changelog("C.md", blob, limits)),
        "changes": Target((LISTED,), lambda blob: read_changelog("c.yaml", blob, limits)),
        "policy": Target((POLICY,), policy),
        "requirements": Target((REQUIREMENTS,), dependencies("requirements.txt")),
        "lock": Target((LOCK,), dependencies("uv.lock")),
        "environment": Target(
            (b"dependencies: [a=1, {pip: [b==2]}]\n",), dependencies("environment.yml")
        ),
        "pointer": Target((POINTER,), parse_pointer),
        "names": Target(
            (b"refs/heads/main", b"origin/main", b"models/churn/config.yaml"),
            lambda blob: (is_ref_name(os.fsdecode(blob)), split(os.fsdecode(blob))),
        ),
    }


def mutated(dice: random.Random, seeds: Sequence[bytes]) -> bytes:
    """A seed after a few mutations."""
    blob = dice.choice(seeds)
    for _ in range(dice.choice((1, 1, 2, 3, 5, 8))):
        start, end = sorted(dice.randrange(len(blob) + 1) for _ in range(2))
        piece = blob[start:end]
        match dice.randrange(8):
            case 0:
                blob = blob[:start] + blob[end:]
            case 1:
                blob = blob[:start] + dice.choice(TOKENS) + blob[start:]
            case 2:
                blob = blob[:start] + dice.choice(TOKENS) + blob[end:]
            case 3:
                blob = blob[:start] + piece * dice.choice((2, 3, 20)) + blob[end:]
            case 4:
                blob = blob[:start] + dice.choice(TOKENS) * dice.choice((3, 40, 400)) + blob[start:]
            case 5:
                blob = blob[:start] + dice.randbytes(dice.randint(1, 4)) + blob[end:]
            case 6:
                other = dice.choice(seeds)
                blob = blob[:start] + other[dice.randrange(len(other)) :]
            case _:
                blob = blob[:start] + bytes(dice.choices(piece or b" ", k=len(piece))) + blob[end:]
        blob = blob[:LARGEST]
    return blob


def fuzz(name: str, target: Target, executions: int, seed: int = 0) -> str | None:
    """What went wrong first, with the input; None where nothing did."""
    dice = random.Random(f"{name} {seed}")  # noqa: S311 - no secret
    for number in range(executions):
        blob = mutated(dice, target.seeds)
        start = time.process_time()
        try:
            target.run(blob)
        except Exception as error:  # noqa: BLE001 - any is one too many
            return f"{name} {number}: {type(error).__name__}: {error}\n{blob!r}"
        spent = time.process_time() - start
        if spent > SLOW:
            return f"{name} {number}: {spent:.1f} s\n{blob!r}"
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz the targets named, or all; 1 where a reader did anything but read or refuse."""
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="TARGET", help="[default: all]")
    parser.add_argument("--executions", type=int, default=10_000, help="of each target")
    parser.add_argument("--seed", type=int, default=0, help="which inputs")
    given = parser.parse_args(arguments)
    every = targets()
    if unknown := set(given.names) - set(every):
        parser.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(every)}")
    _bound_memory()
    failures = 0
    for name in given.names or every:
        problem = fuzz(name, every[name], given.executions, given.seed)
        print(problem or f"{name}: {given.executions:,} executions, nothing found", flush=True)
        failures += problem is not None
    return 1 if failures else 0


def _bound_memory() -> None:
    """Let no input take more than MEMORY, where the system can see to it."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not everywhere

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))


if __name__ == "__main__":
    sys.exit(main())
