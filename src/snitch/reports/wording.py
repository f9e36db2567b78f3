"""The words that formats for people share: the verdict, the counts, where it all came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.brevity import head
from snitch.checks.wording import count
from snitch.checks.wording import few
from snitch.reports.grouping import hidden_losses

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from snitch.findings import MetricChange
    from snitch.findings import Place
    from snitch.findings import Report

    Quote = Callable[[str], str]
    """How a format shows untrusted text."""

_FEW = 10


def counts(report: Report) -> str:
    """What was found, in numbers: `2 errors, 1 warning`, or `no findings`."""
    summary = report.summary
    numbers = (
        (len(report.failures), "failure"),
        (summary.errors, "error"),
        (summary.warnings, "warning"),
        (summary.infos, "info"),
    )
    parts = [count(number, noun) for number, noun in numbers if number]
    parts += [f"{summary.waived} waived"] if summary.waived else []
    parts += [f"{summary.known} known before"] if summary.known else []
    return ", ".join(parts) or "no findings"


def judged(report: Report, quote: Quote) -> str:
    """What was judged: the one model by name and version, several by number."""
    match report.models:
        case [model]:
            version = () if model.version is None else (quote(model.version),)
            return " ".join((quote(model.name), *version))
        case [] if not report.total_models:
            return "no models"
        case []:
            return f"0 of {count(report.total_models, 'model')} changed"
        case _:
            return of_all(report)


def of_all(report: Report) -> str:
    """How many models were judged: `3 of 12 models`, or `3 models` where that is all."""
    number, total = len(report.models), report.total_models
    return f"{number} of {count(total, 'model')}" if total > number else count(number, "model")


def summary(report: Report, quote: Quote) -> str:
    """The verdict's reason in few words, as `churn 1.4.0: 2 errors, 1 warning`."""
    if report.failures:
        return f"not everything could be judged: {counts(report)}"
    nothing = not (report.models or report.findings)
    return f"{judged(report, quote)}: {'nothing to judge' if nothing else counts(report)}"


def sentence(report: Report, quote: Quote) -> str:
    """The verdict's reason in one line; it names a slice whose loss the average hides."""
    found = hidden_losses(report)
    if not found:
        return summary(report, quote)
    first, others = found[0], len(found) - 1
    model = f" of {quote(first.finding.model or '')}" if len(report.models) > 1 else ""
    more = f", and {count(others, 'more slice')} alike" if others else ""
    return (
        f"{summary(report, quote)}; {quote(first.gain.name)}{model} {_moved(first.gain, quote)} "
        f"overall, but {_moved(first.loss, quote)} on {quote(first.loss.slice or '')}{more}"
    )


def _moved(row: MetricChange, quote: Quote) -> str:
    verb = "fell" if (row.delta or "").startswith("-") else "rose"
    return f"{verb} from {quote(row.deployed or '?')} to {quote(row.candidate or '?')}"


def provenance(report: Report, quote: Quote) -> list[str]:
    """Where the verdict came from, each part in a few words; deviations from defaults last."""
    candidate, baseline, policy = report.candidate, report.baseline, report.policy
    joint = " " if candidate.kind == "commit" else " on "
    commit = "" if candidate.commit is None else joint + quote(head(candidate.commit))
    deviations = ", ".join(map(quote, report.deviations))
    return [
        f"snitch {quote(report.version)}",
        f"policy {quote(policy.source)} (sha256 {quote(head(policy.sha256))})"
        if policy
        else "no policy",
        f"baseline {quote(baseline.ref)} at {quote(head(baseline.commit))}"
        if baseline
        else "no baseline",
        f"candidate {quote(candidate.kind)}{commit}",
        f"as of {report.as_of.isoformat()}",
        *([f"not by default: {deviations}"] if deviations else []),
    ]


def names(items: Sequence[str], quote: Quote) -> str:
    """`a, b and 3 more`: the first few of `items`."""
    return few(items, _FEW, quote)


def position(place: Place) -> str:
    """`path:4:23`, as far as it is known; untrusted text still."""
    parts = (place.line, place.column if place.line is not None else None)
    return ":".join((place.path, *(str(part) for part in parts if part is not None)))
