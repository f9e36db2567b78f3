"""The page of what Snitch stops and other gates let through: `python -m tools.conformance`.

docs/conformance.md is written from tests/conformance/cases.yaml, whose every case is a test, so
the page promises nothing that is not tried on every change.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "conformance" / "cases.yaml"
PAGE = ROOT / "docs" / "conformance.md"
HEAD = """\
# What other gates let through

Each of these is a change that a gate is known to wave through, or to stop for nothing, and what
Snitch says of it. Every one is a test: `tests/conformance/cases.yaml` holds them, and this page is
written from that file by `python -m tools.conformance`.
"""
EXITS = {0: "passes (exit 0)", 1: "fails (exit 1)", 2: "cannot be judged (exit 2)"}
LOOKS = {
    "empty": "The change removes the model and leaves an empty folder.",
    "shallow": "The job checks out the last commit of the branch and nothing else.",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page; with --check, 1 where it is out of date."""
    parser = argparse.ArgumentParser(prog="python -m tools.conformance", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether it is out of date")
    given = parser.parse_args(arguments)
    text = page()
    if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{PAGE.relative_to(ROOT)} is out of date")
    if not given.check:
        PAGE.write_text(text, encoding="utf-8")
    return 1 if given.check else 0


def page() -> str:
    """The whole page."""
    cases = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    return HEAD + "".join("\n".join(_case(case)) + "\n" for case in cases)


def _case(case: dict[str, Any]) -> Iterator[str]:
    yield f"\n## {case['name']}\n\n{case['why']}\n"
    if case.get("judged") in LOOKS:
        yield f"{LOOKS[case['judged']]}\n"
    yield from _block("yaml", "policy", case.get("policy"))
    yield from _block("text", "metrics", _metrics(case))
    for path, text in {**case.get("files", {}), **case.get("also", {})}.items():
        yield from _block("text", f"`{path}` of the change", text)
    if "items" in case:
        old, new = case["items"]
        yield f"The deployed release was scored on {old:,} items, the candidate on {new}.\n"
    if "benchmark" in case:
        yield f"The candidate was measured on version {case['benchmark']}, deployed on 2026.2.\n"
    if "renamed" in case:
        yield f"The change names the model `{case['renamed']}`.\n"
    found = ", ".join(f"[{code}](rules/{code}.md)" for code in case.get("found", ()))
    yield f"Snitch: **{EXITS[case['exit']]}**" + (f", {found}." if found else ".")


def _metrics(case: dict[str, Any]) -> str | None:
    if "files" in case or case.get("judged") == "empty":
        return None
    return f"deployed:  {case['deployed']}\ncandidate: {case['candidate']}"


def _block(language: str, title: str, text: str | None) -> Iterator[str]:
    if text:
        yield f"{title[0].upper()}{title[1:]}:\n\n```{language}\n{text.rstrip()}\n```\n"


if __name__ == "__main__":
    raise SystemExit(main())
