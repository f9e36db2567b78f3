"""No attack without a case, wherever it stands."""

from __future__ import annotations

import re
from pathlib import Path

from attacks.rows import ROWS

CASES = re.compile(r'Attack\(\s*"(\w\d+)"|^def test_((?:[a-f]\d+_)+)', re.MULTILINE)


def test_every_row_has_a_case() -> None:
    found: set[str] = set()
    for path in Path(__file__).parents[1].glob("*/test_*.py"):
        for row, name in CASES.findall(path.read_text(encoding="utf-8")):
            found |= {row} if row else set(name.upper().strip("_").split("_"))
    assert len(ROWS) == 144
    assert found == set(ROWS)
