"""In whatever order rows and models stand, the report is the same to the byte."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest
from judging import AS_OF
from judging import snitch
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

POLICY = """\
version: 1
models: [{path: models/*}]
regression: {mode: significance, inconclusive: warn}
metrics:
  accuracy: {tolerance: 0.001}
  mae: {tolerance: 0.001}
  auc: {tolerance: 0.001}
  "slices.plan=*.accuracy": {tolerance: 0.01}
"""
NAMES = ("ant", "bee", "cat")
ITEMS = 300


def rows(worse: int) -> list[tuple[str, ...]]:
    """Items of two plans: right or wrong, an error, a score and a label."""
    found = []
    for number in range(ITEMS):
        right = number % 10 > 1 and number >= worse
        label = number % 3 == 0
        error = number * 13 % 17 / 10 + (not right)
        score = 0.6 * label + (number * 7 % 11) / 20 - 0.3 * (label and not right)
        cells = (f"i{number:03}", int(right), error, score, int(label), f"p{number % 2}")
        found.append(tuple(map(str, cells)))
    return found


def model(name: str, version: str, worse: int, order: random.Random | None) -> dict[str, str]:
    found = rows(worse)
    positive = [float(row[3]) for row in found if row[4] == "1"]
    negative = [float(row[3]) for row in found if row[4] == "0"]
    wins = sum((a > b) + (a == b) / 2 for a in positive for b in negative)
    measured = {
        "metrics": {
            "accuracy": sum(row[1] == "1" for row in found) / ITEMS,
            "mae": sum(float(row[2]) for row in found) / ITEMS,
            "auc": wins / len(positive) / len(negative),
        },
        "slices": {
            f"plan={plan}": {
                "accuracy": sum(row[1] == "1" and row[5] == plan for row in found) / (ITEMS / 2)
            }
            for plan in ("p0", "p1")
        },
        "items": {
            "path": "items.csv",
            "scores": {
                "accuracy": "right",
                "mae": "error",
                "auc": {"score": "score", "label": "label"},
            },
        },
    }
    # The deployed rows stay, and with them the commit that the report names.
    if order is not None:
        order.shuffle(found)
    lines = ["id,right,error,score,label,plan", *map(",".join, found), ""]
    directory = f"models/{name}"
    return {
        f"{directory}/config.yaml": f"name: {name}\nversion: {version}\n",
        f"{directory}/metrics.json": json.dumps(measured, indent=1),
        f"{directory}/items.csv": "\n".join(lines),
    }


def told(root: Path, seed: int, form: str) -> str:
    chance = random.Random(seed)  # noqa: S311 - an order is no secret
    repo = Repo(root)
    for version, worse in (("1.0.0", 0), ("1.1.0", 30)):
        for name in chance.sample(NAMES, len(NAMES)):
            repo.write(model(name, version, worse, chance if version == "1.1.0" else None))
        if version == "1.0.0":
            repo.commit("production", {"snitch.yaml": POLICY})
    day = AS_OF.isoformat()
    ran = snitch(repo, "check", "--select", "REG", "--as-of", day, "--format", form)
    assert ran.status == 1
    return ran.out


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_the_order_of_rows_and_of_writing_moves_no_byte(tmp_path: Path, form: str) -> None:
    one, other = (told(tmp_path / str(seed), seed, form) for seed in (1, 2))
    assert one == other
    for words in ("McNemar", "paired bootstrap", "REG301", "REG303"):
        assert words in one.replace("&#39;", "'")
