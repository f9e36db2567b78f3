"""The files themselves: what the readers refused or could read in two ways, as findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks import confusables
from snitch.checks.check import Check
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Place
from snitch.findings import Rule
from snitch.findings import Severity
from snitch.registry.paths import clash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.checks.check import Run
    from snitch.checks.check import Subject

RULES = (
    Rule(
        "SNT001",
        "unreadable-file",
        Severity.ERROR,
        "A file cannot be read: its encoding, its size, its nesting or its count passes a limit.",
        why=(
            "What Snitch cannot read it cannot judge, and the serving stack will read it in some "
            "way of its own. The limits leave room for every honest config; beyond them lie "
            "accidents (a data set saved as metrics) and attacks (a kilobyte that expands to "
            "gigabytes)."
        ),
        remedy=(
            "Save the file as UTF-8 text. Move bulk out of metadata: per-item results belong "
            "into the file that `items` names, weights under Git LFS. The platform team can "
            "raise a limit under `limits` in the policy, up to a ceiling."
        ),
        bad="metrics.json   # 40 MiB: every prediction inline",
        good='{"metrics": {"auc": 0.912}, "items": {"path": "eval/items.csv", "id": "id"}}',
        fixed=True,
    ),
    Rule(
        "SNT002",
        "invalid-syntax",
        Severity.ERROR,
        "A file is not valid YAML, JSON, TOML or Markdown of the expected shape.",
        why=(
            "A file that does not parse describes no model: whatever loads it at serving time "
            "fails, or guesses. Left-over conflict markers are the usual cause, and the half "
            "that looks right is often the wrong half."
        ),
        remedy=(
            "Mend the line that the finding points at, one line earlier where a quote or bracket "
            "was left open. Snitch reads plain data only: no YAML tags, no second document, no "
            "comments in JSON."
        ),
        bad="owner: risk-ml\n<<<<<<< HEAD\nversion: 1.4.0",
        good="owner: risk-ml\nversion: 1.4.0",
    ),
    Rule(
        "SNT003",
        "duplicate-key",
        Severity.ERROR,
        "One key, or two spellings of one key, appears twice in a mapping.",
        why=(
            "Of two values one is in force and the other is what a reviewer sees; which is which "
            "depends on the parser. A reviewer who approves `auc: 0.93` may deploy `auc: 0.71` "
            "from forty lines below."
        ),
        remedy=(
            "Keep the one that is right. `val.auc` and `val: {auc: …}` are the same metric in "
            "two spellings: choose one of them."
        ),
        bad='{"auc": 0.93, "log_loss": 0.31, "auc": 0.71}',
        good='{"auc": 0.93, "log_loss": 0.31}',
        fixed=True,
    ),
    Rule(
        "SNT004",
        "invalid-value",
        Severity.ERROR,
        "A value has the wrong type, format or shape for its field.",
        why=(
            "A cutoff of `October` cannot be compared with today, a digest of 63 characters "
            "matches no file, a list where a mapping belongs hides what is in it. The rules "
            "behind such a field would stay silent for want of a value."
        ),
        remedy=(
            "Write the value in the form that the finding names: dates as YYYY-MM-DD, times as "
            "2026-10-03T12:00:00Z with their zone, digests as 64 hexadecimal digits, "
            "names in lower-case letters, digits, `.`, `_` and `-`."
        ),
        bad="data: {cutoff: October 2026}",
        good="data: {cutoff: 2026-10-01}",
    ),
    Rule(
        "SNT005",
        "unsafe-path",
        Severity.ERROR,
        "A path is a symbolic link, a submodule or a special file, or leaves the model.",
        why=(
            "A link that leaves the model lets a release borrow another one's good numbers, or "
            "shows a file of the machine that looks at it. What is judged must be what is "
            "committed, in the place where it is committed. Where a family's directories hold "
            "more than the model, as a whole repository does, a link in a place that nothing of "
            "the model is looked for in is only mentioned: nothing is read through it."
        ),
        remedy=(
            "Replace the link by the file itself, and write paths relative to the model's "
            "directory, without `..` and without a leading `/`."
        ),
        bad="models/churn/metrics.json -> ../../shared/metrics.json",
        good="models/churn/metrics.json   # a regular file",
        fixed=True,
    ),
    Rule(
        "SNT006",
        "ambiguous-scalar",
        Severity.WARNING,
        "An unquoted value is read by YAML otherwise than by a person.",
        why=(
            "YAML reads `1.10` as the number 1.1, `no` as false, `12:30:00` as 45000 and `1_000` "
            "as 1000. Snitch keeps the spelling, the program that loads the config does not: "
            "the version after 1.9 becomes 1.1. Where the value is a version, a metric or a "
            "bound this is an error."
        ),
        remedy="Put the value in quotes where text is meant, or write the plain number.",
        bad="version: 1.10\ncountry: no",
        good='version: "1.10"\ncountry: "no"',
        also=(Severity.ERROR,),
    ),
    Rule(
        "SNT007",
        "ambiguous-file",
        Severity.ERROR,
        "Two files could be the same piece, or their names differ by case or normal form only.",
        why=(
            "With config.yaml beside config.json, Snitch may judge one while the deployment "
            "loads the other. Names that differ by case are two files on Linux and one on a "
            "laptop, so a checkout silently drops one of them."
        ),
        remedy=(
            "Keep the file that the deployment loads and delete the others. To change the format, "
            "do both in one commit."
        ),
        bad="models/churn/config.yaml\nmodels/churn/config.json",
        good="models/churn/config.yaml",
    ),
)
_BY_CODE = {rule.code: rule for rule in RULES}


def judge(subject: Subject) -> Iterator[Finding]:
    """Every fault that a reader met, at its own place."""
    for fault in subject.candidate.faults:
        # A code that no rule declares raises here, and the gate fails closed.
        rule = _BY_CODE[fault.code]
        yield Finding(rule, fault.message, fault.remedy, fault.place, fault.severity)
    yield from confusables.judge(subject)


def survey(run: Run) -> Iterator[Finding]:
    """SNT005 of what stands in a model's place and is none that anybody could judge, and SNT007."""
    for path, kind in sorted(run.links.items()):
        yield Finding(
            _BY_CODE["SNT005"],
            f"{quoted(path)} is a {kind} where a model is expected; what it leads to is not judged",
            "commit the model itself in its place, or have the policy's owners `exclude` it",
            Place(path),
        )
    for path, other in sorted(run.clashes.items()):
        rule = _BY_CODE["SNT007"]
        yield Finding(rule, clash(path, other), "rename one of the two", Place(path))


CHECK = Check("SNT", (*RULES, confusables.CONFUSABLE_NAME), judge, survey)
