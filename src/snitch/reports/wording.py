"""The words that formats for people share: the verdict, the counts, where it all came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from snitch.findings import Place
    from snitch.findings import Report

    Quote = Callable[[str], str]
    """How a format shows untrusted text."""

_SHORT = 12


def count(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


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
    return ", ".join(parts) or "no findings"


def judged(report: Report, quote: Quote) -> str:
    """What was judged: the one model by name and version, several by number."""
    match report.models:
        case [model]:
            version = () if model.version is None else (quote(model.version),)
            return " ".join((quote(model.name), *version))
        case []:
            return f"0 of {count(report.total_models, 'model')} changed"
        case models if report.total_models > len(models):
            return f"{len(models)} of {count(report.total_models, 'model')}"
        case models:
            return count(len(models), "model")


def sentence(report: Report, quote: Quote) -> str:
    """The verdict's reason in one line, as `churn 1.4.0: 2 errors, 1 warning`."""
    nothing = not (report.models or report.findings or report.failures)
    return f"{judged(report, quote)}: {'nothing to judge' if nothing else counts(report)}"


def provenance(report: Report, quote: Quote) -> list[str]:
    """Where the verdict came from, each part in a few words; deviations from defaults last."""
    candidate, baseline, policy = report.candidate, report.baseline, report.policy
    stands = "" if candidate.kind == "commit" else "on "
    commit = "no commit" if candidate.commit is None else quote(candidate.commit[:_SHORT])
    return [
        f"snitch {quote(report.version)}",
        f"policy {quote(policy.source)} (sha256 {quote(policy.sha256[:_SHORT])})"
        if policy
        else "no policy",
        f"baseline {quote(baseline.ref)} at {quote(baseline.commit[:_SHORT])}"
        if baseline
        else "no baseline",
        f"candidate {quote(candidate.kind)} {stands}{commit}",
        f"as of {report.as_of.isoformat()}",
        *(f"deviates from the default: {quote(deviation)}" for deviation in report.deviations),
    ]


def names(items: Sequence[str], quote: Quote, most: int = 10) -> str:
    """`a, b and 3 more`: at most `most` of `items`."""
    shown = ", ".join(quote(item) for item in items[:most])
    rest = len(items) - most
    return f"{shown} and {rest} more" if rest > 0 else shown


def position(place: Place) -> str:
    """`path:4:23`, as far as it is known; untrusted text still."""
    parts = (place.line, place.column if place.line is not None else None)
    return ":".join((place.path, *(str(part) for part in parts if part is not None)))
