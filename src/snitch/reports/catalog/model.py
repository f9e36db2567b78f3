"""A model's page: what production holds, how its metrics went, every release, its lineage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from snitch.brevity import head
from snitch.checks.wording import count
from snitch.engine.ledger.catalog import told_of
from snitch.reports.catalog.plot import plots
from snitch.reports.catalog.table import Cell
from snitch.reports.catalog.table import headed
from snitch.reports.catalog.table import plain
from snitch.reports.catalog.table import table
from snitch.reports.html.page import told_failure
from snitch.reports.ledger.history import since
from snitch.reports.neutral.html import html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.engine.ledger.catalog import Card
    from snitch.engine.ledger.history import Deployment
    from snitch.engine.ledger.history import History
    from snitch.engine.ledger.models import Overview
    from snitch.registry.release import Release
    from snitch.registry.release import Weights

RELEASES = 100
"""How many releases a page lists."""
ENTRIES = 20
_TEXT = 4000
"""How many characters of one changelog entry are shown."""


def model(card: Card, overview: Overview) -> Iterator[str]:
    """Yield the body of the page; nothing on it changes before the model does."""
    row = card.row
    yield '<a class="skip" href="#main">Skip to the model</a>\n'
    yield '<header><div class="wrap wide"><nav><a class="crumb" href="../index.html">'
    yield f'All models</a></nav>\n<h1 class="title">{_breaking(row.title)}</h1>\n'
    about = None if card.release is None else card.release.metadata.description
    yield f'<p class="soft">{html(about or "")}</p>\n</div></header>\n'
    yield '<main id="main"><div class="wrap wide">\n'
    yield from _unread(card)
    if "production" not in row.versions:
        yield '<section class="block"><p>Production does not hold this model yet.</p></section>\n'
    if card.release is not None and card.history is not None:
        yield from _facts(card, card.release, overview)
        yield from _past(card.history)
        yield from _lineage(card.history.deployments[:RELEASES])
        yield from _changelog(card.release)
    yield "</div></main>\n"


def _unread(card: Card) -> Iterator[str]:
    """What cannot be read of the model now, or of a release that production held."""
    told = [*told_of(card.row), *(("production", failure) for failure in card.failures)]
    for one in card.history.deployments[1:RELEASES] if card.history else ():
        told += [(head(one.commit), failure) for failure in one.failures]
    if told:
        yield '<section class="block"><h2>What cannot be read</h2>\n<div class="card body bare">\n'
        for where, failure in dict.fromkeys(told):
            yield from told_failure(failure, f"in {where}")
        yield "</div></section>\n"


def _breaking(name: str) -> str:
    """A long name, which may go on in the next line after a separator."""
    return re.sub(r"(?<=[._/-])(?=[^._/-])", "<wbr>", html(name))


def _facts(card: Card, release: Release, overview: Overview) -> Iterator[str]:
    metadata = release.metadata
    pairs = [
        ("Production", f"{metadata.version or '?'} in {overview.environments['production']}"),
        ("Staging", " ".join(filter(None, (card.row.versions.get("staging"), card.row.staging)))),
        ("Owner", metadata.owner),
        ("Path", card.row.path or "."),
        ("Data", " ".join(filter(None, (metadata.data.name, metadata.data.version)))),
        ("Data up to", metadata.data.cutoff and metadata.data.cutoff.isoformat()),
        ("Benchmark", card.row.benchmark),
        *(("Weights", f"{one.path}: {one.digest or one.state}") for one in release.weights[:20]),
    ]
    yield '<section class="block"><h2>In production</h2>\n<div class="card body bare">'
    yield '<dl class="facts">\n'
    for name, text in pairs:
        if text:
            yield f"<dt>{name}</dt><dd>{html(str(text))}</dd>\n"
    yield "</dl></div></section>\n"


def _past(history: History) -> Iterator[str]:
    drawn = list(plots(history))
    if drawn:
        yield '<section class="block"><h2>Metrics</h2>\n<div class="plots">\n'
        yield from drawn
        yield "</div></section>\n"
    shown = history.deployments[:RELEASES]
    total = len(history.deployments)
    named = history.deployments[0].metrics if history.deployments else ()
    names = [name for name, _ in named]
    more = f", the newest {RELEASES}" if total > RELEASES else ""
    said = f"{count(total, 'release')} in {html(history.ref)}{more}"
    yield f'<section class="block"><h2>Releases</h2>\n<p class="soft small">{said}</p>\n'
    metrics = (plain(name, "num") for name in names)
    titles = (*headed("Version", "Effective", "By", "Merged by"), *metrics, *headed("Commit"))
    yield from table("Releases", titles, [_stay(one, names) for one in shown])
    yield "</section>\n"


def _stay(one: Deployment, names: Sequence[str]) -> tuple[Cell, ...]:
    version = "removed" if one.removed else one.version or "?"
    if one.rollback is not None:
        version += " (rollback)"
    if one.waivers:
        version += f" ({count(len(one.waivers), 'waiver')})"
    values = dict(one.metrics)
    return (
        plain(version),
        plain(since(one), "day"),
        plain(one.author),
        plain(one.merger),
        *(plain(values.get(name), "num") for name in names),
        Cell(f"<code>{head(one.commit)}</code>"),
    )


def _lineage(stays: Sequence[Deployment]) -> Iterator[str]:
    yield '<section class="block"><h2>Data and weights</h2>\n'
    titles = headed("Version", "Data", "Up to", "Benchmark", "Weights")
    held = [(one, one.release) for one in stays if one.release is not None]
    yield from table("Data and weights", titles, [_sources(one, it) for one, it in held])
    yield "</section>\n"


def _sources(one: Deployment, release: Release) -> tuple[Cell, ...]:
    digests = ", ".join(_short(weights) for weights in release.weights[:3])
    return (
        plain(one.version or "?"),
        plain(one.data_version),
        plain(None if one.data_cutoff is None else one.data_cutoff.isoformat(), "day"),
        plain(one.benchmark),
        Cell(f"<code>{html(digests)}</code>" if digests else ""),
    )


def _short(weights: Weights) -> str:
    """The head of the digest, with its algorithm where that is not the usual one."""
    kind, _, digest = (weights.digest or "").rpartition(":")
    return ("" if kind == "sha256" else f"{kind}:") + head(digest) if digest else weights.state


def _changelog(release: Release) -> Iterator[str]:
    entries = () if release.changelog is None else release.changelog.entries[:ENTRIES]
    if not entries:
        return
    yield '<section class="block"><h2>Changelog</h2>\n'
    for entry in entries:
        yield f'<pre class="entry">{_lines(entry.text[:_TEXT])}</pre>\n'
    yield "</section>\n"


def _lines(text: str) -> str:
    return "\n".join(html(line) for line in text.split("\n"))
