"""Whatever a change names or writes, what comes out of a run is inert in every format.

The words go where an author can put them: file and model names, versions, metrics, slices,
benchmarks, owners, changelogs, requirements, and the reasons of production's own policy.
"""

from __future__ import annotations

import json
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from example import CHANGELOG
from example import GOOD
from example import POLICY
from example import config
from example import metrics
from hypothesis import HealthCheck
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from judging import at
from judging import deployed
from judging import judge
from markdown_it import MarkdownIt
from policies import policy
from reports.test_hostile_text import assert_harmless
from reports.test_hostile_text import shown
from reports.texts import texts

from snitch.policy.problem import PolicyError
from snitch.reports import FORMATS

if TYPE_CHECKING:
    from snitch.findings import Report

MODEL = "models/churn"
INERT = re.compile(r"<code>.*?</code>|`[^`]*`")
ALIVE = ("@org/team", "evil.example", "<img", "</details><", "javascript:", ":tada:", "GH-1")


def named(text: str) -> str:
    """A text as a name of a file: without what no file system takes."""
    kept = text.replace("/", "").replace("\0", "").encode("utf-8", "surrogatepass")[:80]
    return kept.decode("utf-8", "surrogateescape").strip(".") or "x"


def spelt(text: str) -> str:
    """A text as JSON and YAML both write it."""
    return json.dumps(text.encode("utf-8", "replace").decode())


def waiver(word: str) -> str:
    """A waiver with a reason as hostile as a policy may have it."""
    written = f"{{rule: REG301, model: churn, reason: {word}, approved_by: {word}"
    keys = f"waivers: [{written}, expires: 2026-12-01}}]\n"
    try:
        policy(POLICY + keys)
    except PolicyError:
        return ""
    return keys


def hostile(root: Path, text: str) -> Report:
    """A losing release that says `text` wherever it can, under a policy that quotes it too."""
    word = spelt(text)
    repo = deployed(root, policy=POLICY + waiver(word))
    values = metrics("0.908").replace('"churn-standard"', word).replace("2026.2", "1")
    values = values.replace('"metrics": {', f'"metrics": {{{word}: NaN, ')
    values = values.replace('"slices": {', f'"slices": {{{word}: {{"auc": 1}}, ')
    line = text.encode("utf-8", "replace").decode()
    files: dict[str, str | bytes] = {
        **GOOD,
        "config.yaml": config()
        .replace("owner: risk-ml", f"owner: {word}")
        .replace("accounts", word)
        .replace("version: 1.4.0", f"version: {word}"),
        "metrics.json": values,
        "CHANGELOG.md": CHANGELOG.replace("ML-123", line.replace("\n", " ") or "x"),
        "requirements.txt": f"{line}\n{line}==1\n",
        f"weights/{named(text)}.safetensors": b"\x80" * 64,
    }
    repo.commit("hostile", {f"{MODEL}/{name}": it for name, it in files.items()})
    other = at(f"models/{named(text)}", {**GOOD, "config.yaml": config().replace("churn", word)})
    repo.commit("another", dict(other))
    return judge(repo)


def skeleton(text: str) -> list[str]:
    """The kinds of a Markdown text's parts that could do something."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    parts = [part for token in tokens for part in (token, *(token.children or ()))]
    return [part.type for part in parts if part.type in {"image", "link_open"}]


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example("![x](https://evil.example) @org/team <img src=x> </details><!-- :tada: GH-1")
@given(texts)
def test_nothing_that_an_author_writes_comes_through_alive(tmp_path: Path, text: str) -> None:
    report = hostile(Path(tempfile.mkdtemp(dir=tmp_path)) / "repo", text)
    assert report.verdict == "fail"
    for name in FORMATS:
        made = shown(report, name)
        assert_harmless(made)
        made.encode("utf-8")
    for name in ("json", "sarif", "gitlab"):
        json.loads(shown(report, name), parse_constant=refused)
    ET.fromstring(shown(report, "junit").encode())  # noqa: S314 - our own report
    prose = INERT.sub("", shown(report, "markdown"))
    assert not [word for word in ALIVE if word in prose]
    assert "image" not in skeleton(shown(report, "markdown"))


def refused(word: str) -> None:
    raise AssertionError(word)
