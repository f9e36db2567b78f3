"""`python -m benchmarks [--quick] [NAME…]`: measure, print the ratios, write JSON and a plot."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from statistics import median

from benchmarks import growth
from benchmarks import registry
from benchmarks import repositories
from benchmarks.bars import FIXED
from benchmarks.bars import MIB
from benchmarks.bars import Bar
from benchmarks.bars import Row
from benchmarks.bars import bars
from benchmarks.plot import plot
from benchmarks.processes import Run
from benchmarks.processes import run
from benchmarks.works import Work
from benchmarks.works import works

PEERS = ("dvc", "check-jsonschema")
RUNS = 7
SCHEMA = {"type": "object", "required": ["name", "version", "owner", "data", "features"]}


def main() -> int:
    """Measure, and return 1 where a bar is missed."""
    asked = _arguments()
    sizes = (10, 1_000, *(() if asked.quick else (10_000,)), *((100_000,) if asked.large else ()))
    peers = {name: path for name in PEERS if (path := shutil.which(name, path=asked.peers))}
    for name in PEERS:
        if name not in peers:
            _say(f"{name} is not installed, and skipped")
    wanted = [
        one
        for one in works(sizes, peers)
        if not asked.names or any(name in one.name for name in asked.names)
    ]
    directory = Path(asked.directory or tempfile.mkdtemp(prefix="snitch-benchmarks-"))
    made = {size: _made(directory, size) for size in sorted({one.models for one in wanted})}
    measured = _measure(wanted, made, asked.runs)
    rows = [row for bar in bars(sizes) if (row := _row(bar, measured)) is not None]
    if not asked.names or "growth" in asked.names:
        _say("reading files of twice the length")
        rows += growth.rows(asked.runs)
    if not asked.names or "registry" in asked.names:
        _say("the registry's commands")
        rows += registry.rows(directory, asked.runs)
    _print(rows, measured)
    _write(Path(asked.out), rows, measured)
    return 0 if all(row.holds for row in rows) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "names", nargs="*", help="parts of the names of what to measure, `growth`, `registry`"
    )
    parser.add_argument("--quick", action="store_true", help="10 and 1,000 models")
    parser.add_argument("--large", action="store_true", help="100,000 models as well")
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of each, interleaved")
    parser.add_argument("--directory", help="where the repositories are made and kept")
    parser.add_argument("--peers", help="a PATH on which peers are looked for")
    parser.add_argument("--out", default="benchmark-results", help="directory of JSON and plot")
    return parser.parse_args()


def _made(directory: Path, size: int) -> Path:
    _say(f"making a repository of {size:,} models")
    models = repositories.make(directory / f"models-{size}", size)
    (models.root / "schema.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    return models.root


def _measure(wanted: list[Work], made: dict[int, Path], runs: int) -> dict[str, list[Run]]:
    """Every work once for nothing, then in turns, so that a busy moment hits all of them."""
    measured: dict[str, list[Run]] = {one.name: [] for one in wanted}
    for number in range(runs + 1):
        _say(f"run {number} of {runs}")
        for one in wanted:
            root = made[one.models]
            repositories.stand_on(root, "main" if one.staged else "one")
            done = run(one.command, root)
            if number:
                measured[one.name].append(done)
            elif done.status:
                _say(f"{one.name}: exit status {done.status}")
    return measured


def _row(bar: Bar, measured: dict[str, list[Run]]) -> Row | None:
    one, other = measured.get(bar.work), measured.get(bar.beside)
    if not one or not (other or bar.beside in FIXED):
        return None
    if bar.of == "memory":
        beside = max(run.memory for run in other) if other else FIXED[bar.beside]
        ratio = max(run.memory for run in one) / beside
        return Row(f"memory: {bar.work}", bar.beside, ratio, ratio, bar.most)
    wall, cpu = (
        median(getattr(run, what) for run in one)
        / median(getattr(run, what) for run in other or ())
        for what in ("wall", "cpu")
    )
    return Row(bar.work, bar.beside, wall, cpu, bar.most)


def _print(rows: list[Row], measured: dict[str, list[Run]]) -> None:
    print(f"{'median':34} {'wall s':>8} {'cpu s':>8} {'MiB':>6}")  # noqa: T201 - the result
    for name, runs in measured.items():
        wall, cpu = median(run.wall for run in runs), median(run.cpu for run in runs)
        memory = max(run.memory for run in runs) / MIB
        print(f"{name:34} {wall:8.3f} {cpu:8.3f} {memory:6.0f}")  # noqa: T201 - the result
    print(f"\n{'work':34} {'beside':34} {'wall':>6} {'cpu':>6} {'bar':>6}")  # noqa: T201 - the result
    for row in rows:
        verdict = "pass" if row.holds else "FAIL"
        print(  # noqa: T201 - the result
            f"{row.work:34} {row.beside:34} {row.ratio:6.2f} {row.cpu:6.2f} {row.most:6.2f}  "
            f"{verdict}"
        )


def _write(out: Path, rows: list[Row], measured: dict[str, list[Run]]) -> None:
    out.mkdir(parents=True, exist_ok=True)
    runs = {
        name: [{"wall": run.wall, "cpu": run.cpu, "memory": run.memory} for run in found]
        for name, found in measured.items()
    }
    machine = {"python": sys.version.split()[0], "processors": os.cpu_count()}
    ratios = [{**asdict(row), "pass": row.holds} for row in rows]
    whole = {"machine": machine, "ratios": ratios, "runs": runs}
    (out / "results.json").write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    (out / "results.svg").write_text(plot(rows), encoding="utf-8")


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201 - progress of a program for the terminal


if __name__ == "__main__":
    sys.exit(main())
