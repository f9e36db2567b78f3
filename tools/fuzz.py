"""Mutated files against every reader: `python -m tools.fuzz --executions 1000000`.

Seeds are small files of every format; a mutation splices, repeats, nests, replaces or cuts them,
or adds what parsers are known to stumble over. A reader may refuse, in its own words, and nothing
else: an exception, more than a second or more than 256 MiB ends a target with the input, and a
signal ends the run. It goes on in a thread of 256 KiB of stack and within 1 GiB of address space.
The same seed gives the same inputs; a line a target tells the slowest one, and how much memory
the process came to hold.
"""

from __future__ import annotations

import argparse
import random
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.fuzz_targets import targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.fuzz_targets import Target

SLOW = 1.0
"""Seconds of processor time that one input may take."""
MEMORY = 256 << 20
"""Bytes that one input may take."""
STACK = 256 << 10
"""Bytes of stack that readers are given."""
SPACE = 1 << 30
"""Bytes of address space that the process is given."""
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


@dataclass(frozen=True)
class Fuzzed:
    """What became of a target's inputs."""

    problem: str | None
    """What went wrong first, with the input; None where nothing did."""
    slowest: float
    """Seconds of processor time of the slowest input."""


def fuzz(name: str, target: Target, executions: int, seed: int = 0) -> Fuzzed:
    """Give a target so many inputs, or as many as it takes until something goes wrong."""
    dice = random.Random(f"{name} {seed}")  # noqa: S311 - no secret
    slowest, allowed = 0.0, _peak() + MEMORY
    for number in range(executions):
        blob = mutated(dice, target.seeds)
        start = time.thread_time()
        raised = None
        try:
            target.run(blob)
        except Exception as error:  # noqa: BLE001 - any is one too many
            raised = f"{type(error).__name__}: {error}"
        spent = time.thread_time() - start
        slowest = max(slowest, spent)
        problem = raised or (f"{spent:.1f} s" if spent > SLOW else None)
        if problem is None and _peak() > allowed:
            problem = f"more than {MEMORY >> 20} MiB"
        if problem is not None:
            return Fuzzed(f"{name} {number}: {problem}\n{blob!r}", slowest)
    return Fuzzed(None, slowest)


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
    failures: list[str] = []

    def run() -> None:
        for name in given.names or every:
            done = fuzz(name, every[name], given.executions, given.seed)
            found = done.problem or f"{name}: {given.executions:,} executions, nothing found"
            peak = f"the process held {_peak() / (1 << 20):.0f} MiB"
            print(f"{found}; the slowest took {done.slowest * 1000:.1f} ms, {peak}", flush=True)
            failures.extend(filter(None, [done.problem]))

    _bound_space()
    threading.stack_size(STACK)
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return 1 if failures else 0


def _peak() -> int:
    """The most bytes of memory that this process ever held; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415 - not everywhere

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _bound_space() -> None:
    """Let the process take no more than SPACE, where the system can see to it."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not everywhere

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (SPACE, hard))


if __name__ == "__main__":
    sys.exit(main())
