"""The first `snitch.yaml` of a repository, written so that its reader learns what to decide."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from snitch.checks.wording import count
from snitch.documents.limits import CEILINGS
from snitch.documents.limits import DEFAULTS
from snitch.engine.spelling import comment
from snitch.engine.spelling import listed
from snitch.engine.spelling import quoted
from snitch.engine.spelling import wrapped
from snitch.policy.spelling import scalar
from snitch.registry.globs import WILD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.engine.adoption import BenchmarkSeen
    from snitch.engine.adoption import Found
    from snitch.engine.adoption import MetricSeen

TESTS = " Tests bring what looks like models and is not deployed: `exclude` leaves that out."
MAX_METRICS = 20
"""Metrics that are listed one by one, those of most models first."""


def policy_text(found: Found, directions: Mapping[str, str] | None = None) -> str:
    """The policy that suits a repository as it is.

    The directions are `higher`, `lower` or `ignore` by metric, as a person has answered.
    """
    parts = (
        _head(found),
        _models(found),
        _completeness(found),
        _benchmarks(found),
        _metrics(found, directions or {}),
        _freshness(found),
        _limits(found),
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
    yield from comment(
        "The standard that `snitch check` holds every model to, proposed by `snitch init` from "
        "what this repository holds. Read it, change what you disagree with, and merge it: from "
        "then on the production branch's copy is in force, and no pull request can loosen the gate "
        "that judges it. `snitch policy check` says whether the file is valid, `snitch policy "
        "schema` tells every key to an editor."
    )
    yield "version: 1"
    if found.production != "main":
        yield ""
        yield from comment("The branch whose tip is what runs in production.")
        yield f"environments: {{production: {scalar(found.production)}}}"


def _models(found: Found) -> Iterator[str]:
    known = found.recognised
    if known is None:
        yield from comment(
            "Which directories are models. None was found: this takes every directory below "
            "`models`, each with a config.yaml, metrics.json, CHANGELOG.md and requirements.txt. "
            "`snitch layouts` lists the other shapes that Snitch reads."
        )
        yield "models:\n  - path: models/*"
        return
    models = count(found.models, "model")
    others = f" Signs of {listed(found.others)} are there too." if found.others else ""
    yield from comment(
        f"Which directories are models, and in which shape: {models} in the layout "
        f"`{known.layout}`, known by {quoted(known.sign)}.{others} `snitch layouts show "
        f"{known.layout}` prints what is read from where; one of your own goes under `layouts`."
        f"{TESTS if found.fixtures else ''}"
    )
    yield "models:"
    for number, pattern in enumerate(known.patterns):
        yield f"  - path: {scalar(pattern.path)}"
        exclude = pattern.exclude if number else (*pattern.exclude, *found.fixtures)
        if exclude:
            yield from wrapped("    exclude: ", exclude)
        yield f"    layout: {pattern.layout}"


def _completeness(found: Found) -> Iterator[str]:
    yield from comment(
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
        yield from comment("no model has one yet", "    ")


def _required(counts: Mapping[str, int], total: int, noun: str) -> Iterator[str]:
    everywhere = [name for name, number in counts.items() if total and number == total]
    yield from wrapped("    required: ", everywhere)
    partly = [
        f"{name} ({number} of {count(total, noun)})"
        for name, number in counts.items()
        if 0 < number < total
    ]
    never = [name for name, number in counts.items() if not number]
    if partly:
        yield from comment(f"in some only: {', '.join(partly)}", "    ")
    if never:
        yield from comment(f"nowhere yet: {', '.join(never)}", "    ")


def _benchmarks(found: Found) -> Iterator[str]:
    named = [one for one in found.benchmarks if all(map(_is_plain, (one.name, *one.versions)))]
    if not named:
        return
    yield from comment(
        "Evaluation data sets. `current` is the version that releases must be measured on: here "
        "the newest that any model names. After a new version has come out, `released` and "
        "`grace_days` let the one before it pass for a while."
    )
    yield "benchmarks:"
    for benchmark in named:
        yield from _benchmark(benchmark)


def _is_plain(text: str) -> bool:
    """Whether a policy takes a text as it is."""
    return text.isprintable() and bool(text) and text == text.strip()


def _benchmark(benchmark: BenchmarkSeen) -> Iterator[str]:
    yield f"  {scalar(benchmark.name)}:"
    yield f"    current: {scalar(benchmark.versions[-1])}"
    yield from wrapped("    versions: ", benchmark.versions)
    if benchmark.sha256:
        yield f"    sha256: {benchmark.sha256.removeprefix('sha256:')}"
    if all(map(WILD.isdisjoint, benchmark.models)):
        yield from wrapped("    models: ", benchmark.models)


def _metrics(found: Found, directions: Mapping[str, str]) -> Iterator[str]:
    named = [metric for metric in found.metrics if _may_stand(metric.name)]
    own = [metric for metric in named if not metric.by_layout][:MAX_METRICS]
    known = [metric.name for metric in named if metric.by_layout]
    if not own and not known:
        yield from comment(
            "No metric was found. What one must hold is written like this, and compared exactly:"
        )
        yield "# metrics:"
        yield "#   auc: {direction: higher, tolerance: 0.02, warn: 0.01}"
        return
    yield from comment(
        "How much worse than production a metric may be. That is a choice, and yours: none at all "
        "fails most retrainings, since retraining is noisy. In public histories a score between 0 "
        "and 1 loses more than 0.01 in one release of ten, and more than 0.02 in one of thirty, so "
        "the first is a warning here and the second an error. Measures without such a scale may "
        "lose 2 % of the deployed value."
    )
    if known:
        yield from comment(
            f"The layout knows these already, and a line here takes its word's place: "
            f"{listed(known)}."
        )
    lines = [line for metric in own if (line := _line(metric, directions))]
    if lines:
        yield "metrics:"
        yield from lines
    asked = [metric for metric in own if not _line(metric, directions)]
    if asked:
        yield from comment(
            "Higher or lower? Snitch does not guess: say which is better, and take the `#` away."
        )
        yield from ([] if lines else ["# metrics:"])
        yield from (_question(metric) for metric in asked)
    rest = len([metric for metric in named if not metric.by_layout]) - len(own)
    if rest:
        yield from comment(f"And {rest} more metrics that fewer models report.")


def _line(metric: MetricSeen, directions: Mapping[str, str]) -> str:
    direction = metric.direction or directions.get(metric.name)
    if direction is None and metric.counter:
        direction = "ignore"
    if direction is None:
        return ""
    if direction == "ignore":
        return f"  {scalar(metric.name)}: {{ignore: true}}   # no measure of quality"
    return f"  {scalar(metric.name)}: {{direction: {direction}, {_tolerance(metric, direction)}}}"


def _question(metric: MetricSeen) -> str:
    tolerance = _tolerance(metric, "higher")
    return f"#  {scalar(metric.name)}: {{direction: HIGHER_OR_LOWER, {tolerance}}}"


def _tolerance(metric: MetricSeen, direction: str) -> str:
    share = metric.least >= 0 and metric.greatest <= 1
    if share and direction == "higher" and metric.greatest > Decimal("0.1"):
        return "tolerance: 0.02, warn: 0.01"
    return "relative_tolerance: 2%"


def _freshness(found: Found) -> Iterator[str]:
    if "data.cutoff" not in found.fields:
        return
    if found.fields["data.cutoff"]:
        yield from comment("How old the newest record of the training data may be.")
        yield "freshness: {max_age_days: 90, warn_days: 14}"
        return
    yield from comment(
        "No model says yet when its training data ends (`data.cutoff`). As long as that is so, it "
        "is a warning; take the line away once it is not."
    )
    yield "rules: {data-date-missing: warning}"


def _limits(found: Found) -> Iterator[str]:
    """Those that the repository is past already, with room to grow."""
    there = {"max_models": found.models, "max_files": found.scripts}
    raised = {
        name: min(2 * number, getattr(CEILINGS, name))
        for name, number in there.items()
        if number > getattr(DEFAULTS, name)
    }
    if raised:
        yield from comment("Past what a run looks at without being told to.")
        yield f"limits: {{{', '.join(f'{name}: {number}' for name, number in raised.items())}}}"


def _rest(found: Found) -> Iterator[str]:
    yield from comment(
        "Libraries that no model may depend on are listed like this, each with the reason that its "
        "author will read:"
    )
    yield "# dependencies:"
    yield "#   disallowed:"
    yield '#     - {name: tensorflow, specifier: "<2.12", reason: CVEs, use: tensorflow>=2.16}'
    if found.models:
        yield "#"
        yield from comment(
            "What is wrong today need not be mended today: `snitch baseline` writes it to "
            "snitch-baseline.json, and from then on only new findings fail."
        )


def _may_stand(name: str) -> bool:
    """Whether a policy can speak of that metric: `slices.` and globs mean something else there."""
    return name.strip() != "" and name.isprintable() and not re.search(r"^slices\.|[*?\[]", name)
