"""Per-item results of 100,000 items on both sides, judged by the whole command.

`python -m benchmarks.items` makes a repository for each kind of evidence, runs `snitch check` on
it with NumPy and without, in turns, and prints medians. It returns 1 where a bar is missed, or
where the two report anything different.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.processes import Run
from benchmarks.processes import run
from snitch.checks.item_contrasts import Sides
from snitch.checks.item_contrasts import contrast
from snitch.checks.item_contrasts import decided
from snitch.frozen import dataclass
from snitch.registry.item_scores import Score

if TYPE_CHECKING:
    from collections.abc import Sequence

    Column = Sequence[object]

ITEMS = 100_000
RUNS = 7
SECONDS = {"NumPy": 2.0, "no NumPy": 10.0}
MEMORY = 300 * 2**20
PLACES = 16
"""Digits of a probability: what Python writes of one, which is more than anybody needs."""
WITHOUT = "import sys; sys.modules['numpy'] = None; from snitch.cli import main; main()"
COMMANDS = {
    "NumPy": (sys.executable, "-c", "from snitch.cli import main; main()"),
    "no NumPy": (sys.executable, "-c", WITHOUT),
}
CHECK = ("check", "--as-of", "2026-11-23", "--select", "REG", "--fail-on", "never")


@dataclass(frozen=True, slots=True)
class Work:
    """Metrics of one kind of evidence."""

    name: str
    metrics: tuple[str, ...]
    cluster: bool = False
    slices: int = 0


WORKS = (
    Work("right or wrong", ("accuracy",)),
    Work("right or wrong, 20 slices", ("accuracy",), slices=20),
    Work("real scores", ("mae",)),
    Work("real scores, 20,000 clusters", ("mae",), cluster=True),
    Work("real scores, 20 slices", ("mae",), slices=20),
    Work("area under the curve", ("auc",)),
    Work("F1", ("f1",)),
    Work("calibration error", ("ece",)),
    Work("all of a classifier's", ("auc", "f1", "accuracy", "brier", "ece", "reliability_gap")),
)


def main() -> int:
    """Measure, and return 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.items", description=__doc__)
    parser.add_argument("names", nargs="*", help="parts of the names of what to measure")
    parser.add_argument("--items", type=int, default=ITEMS, help="on either side")
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of each, in turns")
    asked = parser.parse_args()
    good = True
    print(f"{'evidence':30} {'':>9} {'wall s':>7} {'cpu s':>7} {'MiB':>5}")  # noqa: T201 - the result
    for work in WORKS:
        if asked.names and not any(name in work.name for name in asked.names):
            continue
        with tempfile.TemporaryDirectory(prefix="snitch-items-") as directory:
            root = Path(directory)
            make(root, work, asked.items)
            good = _measure(root, work, asked.runs) and good
    return 0 if good else 1


def _measure(root: Path, work: Work, runs: int) -> bool:
    told = {name: _told(root, command) for name, command in COMMANDS.items()}
    found: dict[str, list[Run]] = {name: [] for name in COMMANDS}
    for _ in range(runs):
        for name, command in COMMANDS.items():
            ran = run((*command, *CHECK), root)
            if ran.status:
                raise RuntimeError(f"{work.name}: exit status {ran.status}")
            found[name].append(ran)
    good = len(set(told.values())) == 1
    for name, each in found.items():
        wall, cpu = median(one.wall for one in each), median(one.cpu for one in each)
        memory = max(one.memory for one in each)
        # Of processor time an idle machine takes as much wall time and a busy one any.
        held = cpu <= SECONDS[name] and memory <= MEMORY
        good = good and held
        verdict = "pass" if held else "FAIL"
        print(  # noqa: T201 - the result
            f"{work.name:30} {name:>9} {wall:7.2f} {cpu:7.2f} {memory / 2**20:5.0f}  {verdict}"
        )
    if len(set(told.values())) > 1:
        print(f"{work.name:30} FAIL: two reports")  # noqa: T201 - the result
    return good


def _told(root: Path, command: Sequence[str]) -> str:
    """The report, which must be of evidence."""
    whole = (*command, *CHECK, "--format", "json")
    out = subprocess.run(whole, cwd=root, check=True, capture_output=True, text=True).stdout
    messages = [one["message"] for one in json.loads(out)["findings"] if one["code"][:3] == "REG"]
    if not any("interval of the loss" in message for message in messages):
        raise RuntimeError(f"nothing was weighed: {messages}")
    return out


def make(root: Path, work: Work, items: int) -> None:
    """A repository whose production and working tree hold one release each."""
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=root, check=True)
    chance = random.Random(0)  # noqa: S311 - a benchmark is no secret
    ids = [hashlib.md5(b"%d" % number).hexdigest() for number in range(items)]  # noqa: S324 - an id
    base = [chance.betavariate(1, 2) for _ in range(items)]
    labels = [int(chance.random() < p) for p in base]
    slices = [f"s{number % work.slices:02}" if work.slices else "" for number in range(items)]
    standards = "\n".join(
        f'  {name}: {{tolerance: 0}}\n  "slices.*.{name}": {{tolerance: 0}}'
        for name in work.metrics
    )
    (root / "snitch.yaml").write_text(
        f"version: 1\nregression: {{mode: significance}}\nmetrics:\n{standards}\n", encoding="utf-8"
    )
    model = root / "models" / "churn"
    (model / "eval").mkdir(parents=True)
    for version, noise in (("1.0.0", 0.1), ("1.1.0", 0.15)):
        shaken = (min(max(p + chance.gauss(0, noise), 0), 1) for p in base)
        scores = [f"{p:.{PLACES}f}" for p in shaken]
        columns: dict[str, Column] = {"id": ids, "p": scores, "label": labels, "group": slices}
        columns["account"] = [f"account-{number % 20_000}" for number in range(items)]
        if work.metrics == ("accuracy",):
            columns["p"] = [int(round(float(p)) == y) for p, y in zip(scores, labels, strict=True)]
        _write(model, work, version, columns, chance)
        if version == "1.0.0":
            subprocess.run(["git", "add", "--all"], cwd=root, check=True)
            author = ("-c", "user.name=Ana", "-c", "user.email=ana@example.com")
            subprocess.run(["git", *author, "commit", "-qm", version], cwd=root, check=True)


def _write(
    model: Path, work: Work, version: str, columns: dict[str, Column], chance: random.Random
) -> None:
    rows = list(zip(*columns.values(), strict=True))
    chance.shuffle(rows)
    lines = [",".join(columns), *(",".join(map(str, row)) for row in rows), ""]
    (model / "eval" / "items.csv").write_text("\n".join(lines), encoding="utf-8")
    (model / "config.yaml").write_text(f"name: churn\nversion: {version}\n", encoding="utf-8")
    plain = len(work.metrics) == 1 and work.metrics[0] in {"accuracy", "mae"}
    block: dict[str, object] = {"path": "eval/items.csv", "id": "id"}
    block["scores"] = {
        name: "p" if plain else {"score": "p", "label": "label"} for name in work.metrics
    }
    if work.cluster:
        block["cluster"] = "account"
    groups: dict[object, list[int]] = {}
    for index, group in enumerate(columns["group"]):
        groups.setdefault(group, []).append(index)
    measured = {
        "benchmark": {"name": "churn-standard", "version": "1"},
        "metrics": _values(work, columns, range(len(rows)), plain=plain),
        "slices": {
            f"group={group}": _values(work, columns, members, plain=plain)
            for group, members in sorted(groups.items(), key=str)
            if group
        },
        "items": block,
    }
    (model / "metrics.json").write_text(json.dumps(measured, indent=1), encoding="utf-8")


def _values(
    work: Work, columns: dict[str, Column], members: Sequence[int], *, plain: bool
) -> dict[str, float]:
    scale = 10**PLACES
    scores = [int(Fraction(str(columns["p"][i])) * scale) for i in members]
    labels = None if plain else [int(str(columns["label"][i])) for i in members]
    found = {}
    for name in work.metrics:
        sides = decided(Sides(scores, scores, scale, labels), name, Score("p"), None)
        found[name] = round(float(contrast(sides, name, Score("p"), None).candidate), 9)
    return found


if __name__ == "__main__":
    sys.exit(main())
