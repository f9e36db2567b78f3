"""Whether a release is all there: its files, its fields, its version and its changelog entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks import entries
from snitch.checks import history
from snitch.checks import homes
from snitch.checks import twins
from snitch.checks import versions
from snitch.checks.check import Check
from snitch.checks.placeholders import is_blank
from snitch.checks.placeholders import is_placeholder
from snitch.checks.wording import listed
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Place
from snitch.findings import Rule
from snitch.findings import Severity
from snitch.findings import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.checks.check import Subject
    from snitch.documents import Data
    from snitch.findings import Outcome
    from snitch.registry.release import Release

FILE_MISSING = Rule(
    "CPL101",
    "file-missing",
    Severity.ERROR,
    "The model has no config, no metrics or no changelog.",
    why=(
        "The config says what the model is, the metrics say how good it is, the changelog says "
        "why it changed. Without one of them a reviewer approves a model blind, and the "
        "comparison with production has nothing to compare."
    ),
    remedy=(
        "Add the file at the path that the finding names. The evaluation writes the metrics; the "
        "config and the changelog are yours. Files that .gitignore hides, or that were never "
        "added to the commit, count as missing."
    ),
    bad="models/churn/\n  config.yaml\n  weights/model.safetensors",
    good="models/churn/\n  config.yaml\n  metrics.json\n  CHANGELOG.md\n"
    "  weights/model.safetensors",
)
FIELD_MISSING = Rule(
    "CPL102",
    "field-missing",
    Severity.ERROR,
    "A field that the standard requires is absent or empty.",
    why=(
        "Each required field answers a question that somebody asks under pressure: who owns this "
        "model, which data did it see, how is it trained again. The answer is easy to write on "
        "the day of training and often lost a month later."
    ),
    remedy=(
        "Add the field that the finding names. `name` and `version` are always required, the "
        "others by `completeness.config.required` in the policy. A missing `data.cutoff` is "
        "reported by the rule data-date-missing instead."
    ),
    bad="name: churn\nversion: 1.4.0\nowner:",
    good="name: churn\nversion: 1.4.0\nowner: risk-ml",
)
PLACEHOLDER = Rule(
    "CPL103",
    "placeholder-value",
    Severity.ERROR,
    "A required field holds a placeholder instead of a value.",
    why=(
        "`TODO` satisfies a form and nobody else. A field that looks filled in is worse than a "
        "missing one: the gap is found when the answer is needed."
    ),
    remedy=(
        "Write the real value. Which words count as placeholders is the policy's "
        "`completeness.changelog.placeholders`; punctuation, letter case and invisible or "
        "look-alike characters make no difference."
    ),
    bad="owner: TBD",
    good="owner: risk-ml",
)
ALWAYS = ("name", "version")
FRESHNESS_SPEAKS = "data.cutoff"
"""The rule data-date-missing asks for it: one cause, one finding."""
EXAMPLES = {
    "name": '"churn"',
    "version": '"1.0.0"',
    "owner": '"risk-ml"',
    "description": '"Probability that an account closes within 90 days."',
    "data.name": '"accounts"',
    "data.version": '"2026.10"',
    "features": '["tenure_months", "plan"]',
    "hyperparameters": '{"max_depth": 6}',
    "training.code": '"train.py"',
    "training.seed": "7",
    "training.finished_at": '"2026-10-03T12:00:00Z"',
    "evaluation.command": '["python", "evaluate.py"]',
    "weights.path": '"weights/model.safetensors"',
}
_CONTENTS = {
    "config": "with the model's name, version and the fields that the policy requires",
    "metrics": "written by the evaluation: benchmark, evaluated_at, weights_sha256 and metrics",
    "changelog": "with an entry for this version, its date, author and summary",
}
_NO_BASELINE = {
    "first-release": "first release: no deployed version and changelog to compare with",
    "none": "no production branch: no deployed version and changelog to compare with",
}


def judge(subject: Subject) -> Iterator[Outcome]:
    """All of CPL for one model."""
    yield from twins.judge(subject)
    yield from _files(subject.candidate)
    yield from _fields(subject)
    yield from _placeholders(subject)
    yield from _uncompared(subject)
    yield from versions.judge(subject)
    yield from entries.judge(subject)
    yield from history.judge(subject)


CHECK = Check(
    "CPL",
    (
        FILE_MISSING,
        FIELD_MISSING,
        PLACEHOLDER,
        twins.DUPLICATE_NAME,
        *versions.RULES,
        *entries.RULES,
        history.REWRITTEN,
    ),
    judge,
)


def _files(release: Release) -> Iterator[Outcome]:
    for name, contents in _CONTENTS.items():
        piece = release.pieces[name]
        if piece.state == "not-applicable":
            yield Skipped(f"the {release.layout} layout keeps no {name}", whole=False)
        elif piece.state == "missing":
            yield Finding(
                FILE_MISSING,
                f"the model in {quoted(release.path or '.')} has no {name}; "
                f"expected {quoted(piece.path)}",
                f"add {quoted(piece.path)}, {contents}",
                Place(piece.path),
            )
        elif piece.state == "broken":
            yield Skipped(f"the {name} cannot be read", whole=False)
    if release.changelog is not None and not release.changelog.complete:
        reason = "changelog entries past `limits.max_entries`, none of production's: not judged"
        yield Skipped(reason, excused=True, whole=False)


def _fields(subject: Subject) -> Iterator[Outcome]:
    release = subject.candidate
    standard = subject.policy.completeness.config
    # A default asks only for what the layout can hold; a policy's author means every word.
    explicit = "required" in standard.model_fields_set
    foreign = [] if explicit else [n for n in standard.required if n in release.not_applicable]
    if foreign:
        kept = f"the {release.layout} layout keeps no {listed(foreign, len(foreign))}"
        yield Skipped(kept, whole=False)
    required = [name for name in ALWAYS if name not in release.not_applicable]
    required += [n for n in standard.required if n not in foreign and n != FRESHNESS_SPEAKS]
    for name in dict.fromkeys(required):
        located = homes.written(release, name)
        if located is None or is_empty(located.value):
            yield from _field(release, name, "missing" if located is None else "empty")


def _field(release: Release, name: str, found: str) -> Iterator[Finding]:
    place = homes.place(release, name)
    if any(p.path == place.path and p.state != "present" for p in release.pieces.values()):
        return  # the file itself is what is wrong, and said so
    example = EXAMPLES.get(name, "…")
    yield Finding(
        FIELD_MISSING,
        f"{quoted(name)} is {found} in {place.path}; expected a value as {example}",
        homes.addition(release, name, example, empty=found == "empty"),
        place,
    )


def is_empty(value: Data) -> bool:
    """True for null, empty collections and text without a visible character."""
    if isinstance(value, str):
        return is_blank(value)
    return value is None or value in ([], {})


def _placeholders(subject: Subject) -> Iterator[Finding]:
    release = subject.candidate
    standard = subject.policy.completeness
    words = standard.changelog.placeholders
    for name in dict.fromkeys((*ALWAYS, *standard.config.required)):
        located = homes.written(release, name)
        if located is None or not isinstance(located.value, str):
            continue
        if is_placeholder(located.value, words):
            place = located.place
            if not any(fault.place == place for fault in release.faults):
                yield _placeholder(name, located.value, place)
    for name, value, place in entries.placeholder_values(subject):
        yield _placeholder(name, value, place)


def _placeholder(name: str, value: str, place: Place) -> Finding:
    return Finding(
        PLACEHOLDER,
        f"{quoted(name)} is the placeholder {quoted(value)}; expected a real value",
        f"write the real {name} in its place",
        place,
    )


def _uncompared(subject: Subject) -> Iterator[Skipped]:
    if subject.rollback is not None:
        reason = f"rollback to {subject.rollback}: version and changelog order not compared"
        yield Skipped(reason, excused=True, whole=False)
    elif subject.deployed is None:
        excused = subject.baseline == "first-release"
        reason = _NO_BASELINE.get(subject.baseline, "the deployed release cannot be read")
        yield Skipped(reason, excused=excused, whole=False)
