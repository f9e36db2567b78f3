"""A model's page: what production holds, how its metrics went, every release, its lineage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.reports.catalog.plot import plots
from snitch.reports.neutral.html import html
from snitch.reports.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.engine.ledger.catalog import Card
    from snitch.engine.ledger.history import Deployment
    from snitch.engine.ledger.history import History
    from snitch.engine.ledger.models import Overview
    from snitch.registry.release import Release

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
    yield f'All models</a></nav>\n<h1 class="title">{html(row.name)}</h1>\n'
    about = None if card.release is None else card.release.metadata.description
    yield f'<p class="soft">{html(about or "")}</p>\n</div></header>\n'
    yield '<main id="main"><div class="wrap wide">\n'
    if card.release is None or card.history is None:
        yield '<section class="block"><p>Production does not hold this model yet.</p></section>\n'
    else:
        yield from _facts(card, card.release, overview)
        yield from _past(card.history)
        yield from _lineage(card.history.deployments[:RELEASES])
        yield from _changelog(card.release)
    yield "</div></main>\n"


def _facts(card: Card, release: Release, overview: Overview) -> Iterator[str]:
    metadata = release.metadata
    pairs = [
        ("Production", f"{metadata.version or '?'} in {overview.environments['production']}"),
        ("Staging", " ".join(filter(None, (card.row.versions.get("staging"), card.row.staging)))),
        ("Owner", metadata.owner),
        ("Directory", release.path or "."),
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
    total = len(history.deployments)
    named = history.deployments[0].metrics if history.deployments else ()
    names = [name for name, _ in named]
    more = f", the newest {RELEASES}" if total > RELEASES else ""
    said = f"{count(total, 'release')} in {html(history.ref)}{more}"
    yield f'<section class="block"><h2>Releases</h2>\n<p class="soft small">{said}</p>\n'
    titles = ("Version", "Effective", "By", "Merged by", *names, "Commit")
    yield from _table_head("Releases", titles, names)
    for one in history.deployments[:RELEASES]:
        yield _stay(one, names)
    yield "</tbody></table></div></section>\n"


def _stay(one: Deployment, names: Sequence[str]) -> str:
    version = "removed" if one.removed else one.version or "?"
    if one.rollback is not None:
        version += " (rollback)"
    if one.waivers:
        version += f" ({count(len(one.waivers), 'waiver')})"
    values = dict(one.metrics)
    cells = "".join(f'<td class="num">{_cell(values.get(name))}</td>' for name in names)
    return (
        f'<tr><th scope="row" class="versions">{html(version)}</th>'
        f'<td class="versions">{one.effective.date().isoformat()}</td><td>{html(one.author)}</td>'
        f"<td>{_cell(one.merger)}</td>{cells}<td><code>{one.commit[:12]}</code></td></tr>\n"
    )


def _lineage(stays: Sequence[Deployment]) -> Iterator[str]:
    yield '<section class="block"><h2>Data and weights</h2>\n'
    yield from _table_head("Data and weights", ("Version", "Data", "Up to", "Benchmark", "Weights"))
    for one in stays:
        if one.release is None:
            continue
        digests = ", ".join(
            (weights.digest or weights.state).removeprefix("sha256:")[:12]
            for weights in one.release.weights[:3]
        )
        cutoff = "" if one.data_cutoff is None else one.data_cutoff.isoformat()
        yield f'<tr><th scope="row" class="versions">{html(one.version or "?")}</th>'
        yield f'<td>{_cell(one.data_version)}</td><td class="versions">{_cell(cutoff)}</td>'
        yield f"<td>{_cell(one.benchmark)}</td><td><code>{_cell(digests)}</code></td></tr>\n"
    yield "</tbody></table></div></section>\n"


def _changelog(release: Release) -> Iterator[str]:
    entries = () if release.changelog is None else release.changelog.entries[:ENTRIES]
    if not entries:
        return
    yield '<section class="block"><h2>Changelog</h2>\n'
    for entry in entries:
        yield f'<pre class="entry">{_lines(entry.text[:_TEXT])}</pre>\n'
    yield "</section>\n"


def _table_head(label: str, titles: Sequence[str], numbers: Sequence[str] = ()) -> Iterator[str]:
    yield f'<div class="card index scroll" role="group" aria-label="{label}" tabindex="0">'
    yield "<table><thead><tr>"
    for title in titles:
        number = ' class="num"' if title in numbers else ""
        yield f'<th scope="col"{number}>{html(title)}</th>'
    yield "</tr></thead>\n<tbody>\n"


def _cell(text: str | None) -> str:
    return html(text) if text else "-"


def _lines(text: str) -> str:
    return "\n".join(html(line) for line in text.split("\n"))
