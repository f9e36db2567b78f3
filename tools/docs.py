"""The pages that are generated: `python -m tools.docs` writes them, `--check` compares.

docs/rules/ comes from the rules' own texts, the references of keys in docs/policy.md and
docs/layouts.md from the policy's JSON Schema: what `snitch explain` and editors show is what
stands there.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tools.policy_keys import layout_reference
from tools.policy_keys import reference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.findings import Rule

DOCS = Path(__file__).parents[1] / "docs"
START = "<!-- from here to the end: written by `python -m tools.docs` -->"
FAMILIES = {
    "SNT": "the files themselves",
    "CPL": "completeness",
    "BEN": "evaluation coverage",
    "REG": "performance regression",
    "FRS": "data freshness",
    "DEP": "dependency audit",
    "ART": "weights and evidence",
    "POL": "the gate itself",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages; with --check, 1 where one differs from what would be written."""
    parser = argparse.ArgumentParser(prog="python -m tools.docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say what is out of date")
    given = parser.parse_args(arguments)
    stale = [path for path, text in pages().items() if _read(path) != text]
    stale += [path for path in (DOCS / "rules").glob("*.md") if path not in pages()]
    for path in stale:
        print(f"{path.relative_to(DOCS.parent)} is out of date")
        if not given.check:
            _write(path)
    return 1 if stale and given.check else 0


def pages() -> dict[Path, str]:
    """Every generated page by its path."""
    from snitch.checks.catalog import load  # noqa: PLC0415 - `--help` need not load it

    rules = load().rules
    found = {DOCS / "rules" / f"{rule.code}.md": _page(rule) for rule in rules}
    found[DOCS / "rules" / "README.md"] = "\n".join(_index(rules)) + "\n"
    for name, keys in (("policy.md", reference()), ("layouts.md", layout_reference())):
        head = (_read(DOCS / name) or "").partition(START)[0]
        found[DOCS / name] = f"{head}{START}\n\n{keys}"
    return found


def _page(rule: Rule) -> str:
    always = ". Always in force: nobody can switch it off, lower or waive it" if rule.fixed else ""
    parts = [
        f"# {rule.code} {rule.name}",
        f"Severity: {rule.severity.value}{always}.",
        rule.summary.strip(),
        "## Why it matters",
        rule.why.strip(),
        "## How to mend it",
        rule.remedy.strip(),
    ]
    for title, snippet in (("Breaks the rule", rule.bad), ("Mended", rule.good)):
        if snippet:
            parts += [f"## {title}", _fenced(snippet)]
    return "\n\n".join(parts) + "\n"


def _fenced(snippet: str) -> str:
    text = snippet.strip("\n")
    fence = "````" if "```" in text else "```"
    return f"{fence}text\n{text}\n{fence}"


def _index(rules: Sequence[Rule]) -> Iterator[str]:
    yield "# Rules"
    yield ""
    yield "`snitch explain CODE` shows the same texts. A rule's severity is the policy's to change,"
    yield "except where the third column says `fixed`."
    families = list(dict.fromkeys(rule.family for rule in rules))
    known = list(FAMILIES)
    for family in sorted(families, key=lambda one: known.index(one) if one in FAMILIES else 99):
        yield ""
        yield f"## {family}: {FAMILIES.get(family, 'more')}"
        yield ""
        yield "| code | name | severity | what is wrong |"
        yield "| --- | --- | --- | --- |"
        for rule in rules:
            if rule.family == family:
                fixed = ", fixed" if rule.fixed else ""
                said = rule.summary.replace("|", "\\|")
                link = f"[{rule.code}]({rule.code}.md)"
                yield f"| {link} | {rule.name} | {rule.severity.value}{fixed} | {said} |"


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _write(path: Path) -> None:
    text = pages().get(path)
    if text is None:
        path.unlink()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
