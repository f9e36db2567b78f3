"""The first `snitch.yaml` of a repository, written so that its reader learns what to decide."""

from __future__ import annotations

import re
import textwrap
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.engine.adoption import BenchmarkSeen
    from snitch.engine.adoption import Found
    from snitch.engine.adoption import MetricSeen

WIDTH = 98
MAX_METRICS = 20
"""Metrics that are listed one by one, those of most models first."""
MAX_NAMES = 8

_PLAIN = re.compile(r"[A-Za-z/][A-Za-z0-9_./-]*[A-Za-z0-9_]", re.ASCII)
_SPOKEN = re.compile(r"(?i:yes|no|on|off|true|false|null|nan|inf)")
_PARTS = ("*", "?", "[")


def policy_text(found: Found, directions: Mapping[str, str] | None = None) -> str:
    """The policy that suits a repository as it is.

    Args:
        found: What the repository holds.
        directions: `higher`, `lower` or `ignore` by metric, as a person has answered.
    """
    parts = (
        _head(found),
        _models(found),
        _completeness(found),
        _benchmarks(found),
        _metrics(found, directions or {}),
        _freshness(found),
        _rest(found),
    )
    return "\n".join("\n".join(part) + "\n" for part in map(list, parts) if part)


def open_questions(found: Found) -> list[str]:
    """Metrics of which nobody can know which way is better, those of most models first."""
    return [
        metric.name
        for metric in found.metrics[:MAX_METRICS]
        if metric.direction is None and not metric.by_layout and not metric.counter
        if _may_stand(metric.name)
    ]


def _head(found: Found) -> Iterator[str]:
    yield from _comment(
        "The standard that `snitch check` holds every model to, proposed by `snitch init` from "
        "what this repository holds. Read it, change what you disagree with, and merge it: from "
        "then on the production branch's copy is in force, and no pull request can loosen the gate "
        "that judges it. `snitch policy check` says whether the file is valid, `snitch policy "
        "schema` tells every key to an editor."
    )
    yield "version: 1"
    if found.production != "main":
        yield ""
        yield from _comment("The branch whose tip is what runs in production.")
        yield f"environments: {{production: {_text(found.production)}}}"


def _models(found: Found) -> Iterator[str]:
    known = found.recognised
    if known is None:
        yield from _comment(
            "Which directories are models. None was found: this takes every directory below "
            "`models`, each with a config.yaml, metrics.json, CHANGELOG.md and requirements.txt. "
            "`snitch layouts` lists the other shapes that Snitch reads."
        )
        yield "models:\n  - path: models/*"
        return
    number = _count(found.models, "model")
    others = f" Signs of {_listed(found.others)} are there too." if found.others else ""
    yield from _comment(
        f"Which directories are models, and in which shape: {number} in the layout "
        f"`{known.layout}`, known by {_quoted(known.sign)}.{others} `snitch layouts show "
        f"{known.layout}` prints what is read from where; one of your own goes under `layouts`."
    )
    yield "models:"
    for pattern in known.patterns:
        yield f"  - path: {_text(pattern.path)}"
        if pattern.exclude:
            yield from _wrapped("    exclude: ", pattern.exclude)
        yield f"    layout: {pattern.layout}"


def _completeness(found: Found) -> Iterator[str]:
    yield from _comment(
        "What metadata must say: the fields that every model has already. Ask for more here as "
        "soon as all have it."
    )
    yield "completeness:"
    yield "  config:"
    yield from _required(found.fields, found.read, "model")
    if found.with_changelog:
        yield "  changelog:"
        yield from _required(found.entry_fields, found.with_changelog, "changelog")
    elif found.keeps_changelog:
        yield "  changelog:"
        yield "    required: []"
        yield from _comment("no model has one yet", "    ")


def _required(counts: Mapping[str, int], total: int, noun: str) -> Iterator[str]:
    everywhere = [name for name, number in counts.items() if total and number == total]
    yield from _wrapped("    required: ", everywhere)
    partly = [
        f"{name} ({number} of {_count(total, noun)})"
        for name, number in counts.items()
        if 0 < number < total
    ]
    never = [name for name, number in counts.items() if not number]
    if partly:
        yield from _comment(f"in some only: {', '.join(partly)}", "    ")
    if never:
        yield from _comment(f"nowhere yet: {', '.join(never)}", "    ")


def _benchmarks(found: Found) -> Iterator[str]:
    named = [one for one in found.benchmarks if "".join((one.name, *one.versions)).isprintable()]
    if not named:
        return
    yield from _comment(
        "Evaluation data sets. `current` is the version that releases must be measured on: here "
        "the newest that any model names. After a new version has come out, `released` and "
        "`grace_days` let the one before it pass for a while."
    )
    yield "benchmarks:"
    for benchmark in named:
        yield from _benchmark(benchmark)


def _benchmark(benchmark: BenchmarkSeen) -> Iterator[str]:
    yield f"  {_text(benchmark.name)}:"
    yield f"    current: {_text(benchmark.versions[-1])}"
    yield from _wrapped("    versions: ", benchmark.versions)
    if benchmark.sha256:
        yield f"    sha256: {benchmark.sha256.removeprefix('sha256:')}"
    if not any(set(name) & set(_PARTS) for name in benchmark.models):
        yield from _wrapped("    models: ", benchmark.models)


def _metrics(found: Found, directions: Mapping[str, str]) -> Iterator[str]:
    listed = [metric for metric in found.metrics if _may_stand(metric.name)]
    own = [metric for metric in listed if not metric.by_layout][:MAX_METRICS]
    known = [metric.name for metric in listed if metric.by_layout]
    if not own and not known:
        yield from _comment(
            "No metric was found. What one must hold is written like this, and compared exactly:"
        )
        yield "# metrics:"
        yield "#   auc: {direction: higher, tolerance: 0.02, warn: 0.01}"
        return
    yield from _comment(
        "How much worse than production a metric may be. That is a choice, and yours: none at all "
        "fails most retrainings, since retraining is noisy. In public histories a score between 0 "
        "and 1 loses more than 0.01 in one release of ten, and more than 0.02 in one of thirty, so "
        "the first is a warning here and the second an error. Measures without such a scale may "
        "lose 2 % of the deployed value."
    )
    if known:
        yield from _comment(
            f"The layout knows these already, and a line here takes its word's place: "
            f"{_listed(known)}."
        )
    lines = [line for metric in own if (line := _line(metric, directions))]
    if lines:
        yield "metrics:"
        yield from lines
    asked = [metric for metric in own if not _line(metric, directions)]
    if asked:
        yield from _comment(
            "Higher or lower? Snitch does not guess: say which is better, and take the `#` away."
        )
        yield from ([] if lines else ["# metrics:"])
        yield from (_question(metric) for metric in asked)
    rest = len([metric for metric in listed if not metric.by_layout]) - len(own)
    if rest:
        yield from _comment(f"And {rest} more metrics that fewer models report.")


def _line(metric: MetricSeen, directions: Mapping[str, str]) -> str:
    direction = metric.direction or directions.get(metric.name)
    if direction is None and metric.counter:
        direction = "ignore"
    if direction is None:
        return ""
    if direction == "ignore":
        return f"  {_text(metric.name)}: {{ignore: true}}   # no measure of quality"
    return f"  {_text(metric.name)}: {{direction: {direction}, {_tolerance(metric, direction)}}}"


def _question(metric: MetricSeen) -> str:
    tolerance = _tolerance(metric, "higher")
    return f"#  {_text(metric.name)}: {{direction: HIGHER_OR_LOWER, {tolerance}}}"


def _tolerance(metric: MetricSeen, direction: str) -> str:
    share = metric.least >= 0 and metric.greatest <= 1
    if share and direction == "higher" and metric.greatest > Decimal("0.1"):
        return "tolerance: 0.02, warn: 0.01"
    return "relative_tolerance: 2%"


def _freshness(found: Found) -> Iterator[str]:
    if "data.cutoff" not in found.fields:
        return
    if found.fields["data.cutoff"]:
        yield from _comment("How old the newest record of the training data may be.")
        yield "freshness: {max_age_days: 90, warn_days: 14}"
        return
    yield from _comment(
        "No model says yet when its training data ends (`data.cutoff`). As long as that is so, it "
        "is a warning; take the line away once it is not."
    )
    yield "rules: {data-date-missing: warning}"


def _rest(found: Found) -> Iterator[str]:
    yield from _comment(
        "Libraries that no model may depend on are listed like this, each with the reason that its "
        "author will read:"
    )
    yield "# dependencies:"
    yield "#   disallowed:"
    yield '#     - {name: tensorflow, specifier: "<2.12", reason: CVEs, use: tensorflow>=2.16}'
    if found.models:
        yield "#"
        yield from _comment(
            "What is wrong today need not be mended today: `snitch baseline` writes it to "
            "snitch-baseline.json, and from then on only new findings fail."
        )


def _comment(text: str, indent: str = "") -> Iterator[str]:
    yield from textwrap.wrap(
        text,
        WIDTH,
        initial_indent=f"{indent}# ",
        subsequent_indent=f"{indent}# ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _wrapped(start: str, names: Iterable[str]) -> Iterator[str]:
    shown = [_text(name) for name in names]
    flow = f"{start}[{', '.join(shown)}]"
    if len(flow) <= WIDTH:
        yield flow
        return
    yield start.rstrip()
    indent = " " * (len(start) - len(start.lstrip()) + 2)
    yield from (f"{indent}- {text}" for text in shown)


def _may_stand(name: str) -> bool:
    """Whether a policy can speak of that metric: `slices.` and globs mean something else there."""
    return name.strip() != "" and name.isprintable() and not re.search(r"^slices\.|[*?\[]", name)


def _text(text: str) -> str:
    safe = _PLAIN.fullmatch(text) is not None and _SPOKEN.fullmatch(text) is None
    return text if safe else _quote(text)


def _quote(text: str) -> str:
    """In double quotes, whatever the text holds."""
    return '"' + "".join(map(_character, text)) + '"'


def _character(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return char if char.isprintable() else f"\\U{ord(char):08x}"


def _quoted(text: str) -> str:
    return f"`{text}`" if text.isprintable() else _quote(text)


def _listed(names: Iterable[str]) -> str:
    every = [_quoted(name) for name in names]
    rest = len(every) - MAX_NAMES
    return ", ".join(every[:MAX_NAMES]) + (f" and {rest} more" if rest > 0 else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
