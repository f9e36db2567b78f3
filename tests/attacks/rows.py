"""The attacks that the corpus answers, by section; a test fails where one has no case."""

from __future__ import annotations

SECTIONS = {
    "A": (19, "trust, policy, platform"),
    "B": (24, "baseline and Git"),
    "C": (19, "paths and names"),
    "D": (36, "file contents"),
    "E": (31, "the judgement itself"),
    "F": (15, "output"),
}
ROWS = [f"{letter}{n}" for letter, (last, _) in SECTIONS.items() for n in range(1, last + 1)]
