"""What a reader, a runner or a program is made to see: no text of the change does anything."""

from __future__ import annotations

import json
import os
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

import pytest
from attacks.shapes import MODEL
from attacks.shapes import WORSE
from attacks.shapes import errors
from example import CHANGELOG
from example import GOOD
from example import config
from example import metrics
from judging import at
from judging import changed
from judging import deployed
from judging import judge
from judging import snitch
from markdown_it import MarkdownIt

from snitch.reports import FORMATS
from snitch.reports import RenderOptions
from snitch.reports import render

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.findings import Report

DAY = ("--as-of", "2026-10-05")
COMMANDS = [
    "::error::x",
    "::add-mask::x",
    "::stop-commands::x",
    "##vso[task.setvariable variable=a]b",
    "##[error]x",
    "##teamcity[buildStatus]",
]


def hostile(root: Path, text: str) -> Report:
    """A losing release whose values say `text` wherever a report may quote them."""
    repo = deployed(root)
    whole = text
    text = text.encode(errors="replace").decode()
    spelt = json.dumps(whole)
    owner = config().replace("owner: risk-ml", f"owner: {spelt}")
    data = metrics("0.908").replace('"churn-standard"', spelt)
    data = data.replace('"slices": {', f'"slices": {{{spelt}: {{"auc": 1}}, ')
    files = {**GOOD, "config.yaml": owner.replace("2026.10", "x"), "metrics.json": data}
    files["CHANGELOG.md"] = CHANGELOG.replace("ML-123", text.replace("\n", " ") or "x")
    files["requirements.txt"] = f"{text}\n"
    repo.commit("hostile", at(MODEL, files))
    report = judge(repo)
    assert report.verdict == "fail"
    said = [
        replace(one, message=f"{one.message}: {whole}", remedy=whole, model=whole)
        for one in report.findings
    ]
    return replace(report, findings=(*report.findings, *said))


def shown(report: Report, name: str) -> str:
    return render(report, name, RenderOptions())


@pytest.mark.parametrize("command", COMMANDS)
def test_f1_no_text_commands_a_runner(tmp_path: Path, command: str) -> None:
    for number, before in enumerate(("", "\n", "\r", "\u2028", "\x85")):
        report = hostile(tmp_path / str(number), f"{before}{command}")
        for name in ("terminal", "concise", "markdown"):
            for line in re.split("[\n\r\u2028\x85]", shown(report, name)):
                assert not line.lstrip().startswith(("::", "##[", "##vso", "##teamcity"))
        for line in shown(report, "github").splitlines():
            assert line.startswith(("::error ", "::warning ", "::notice ")) or "::" not in line[:3]


def test_f2_f4_no_character_that_nobody_sees_reaches_a_reader(tmp_path: Path) -> None:
    unseen = "\x1b[31m\x9b1m\x08\r\u202e\u200b\U000e0041\u3164\u115f\u2800\ufeff"
    report = hostile(tmp_path, f"a{unseen}b")
    for name in FORMATS:
        text = shown(report, name)
        if name in {"json", "sarif", "gitlab"}:
            assert not {"\x1b", "\x9b", "\x08", "\r"} & set(text)
            continue
        assert not set(unseen) - set("[31m") & set(text), name


def test_f3_markup_of_the_terminal_is_text(tmp_path: Path) -> None:
    text = shown(hostile(tmp_path, "[/foo] [red]x[/red] :warning:"), "terminal")
    assert "[/foo] [red]x[/red] :warning:" in text


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b></details><!-- y --><img src=https://evil.example/a.png>",
        "![x](https://evil.example/a.png) [y](javascript:alert(1))",
        "@org/team #1 GH-1 https://evil.example $x$ :tada: abcdef12",
        "a\nb|c`d``e\\|",
    ],
    ids=["F5 HTML", "F5 links", "F6 mentions", "F7 tables"],
)
def test_f5_f6_f7_markdown_of_the_change_is_only_code(tmp_path: Path, text: str) -> None:
    """The report with this text has the structure of the report with a plain word."""

    def structure(words: str, name: str) -> tuple[list[str], str]:
        made = shown(hostile(tmp_path / name, words), "markdown")
        tokens = MarkdownIt("commonmark").enable("table").parse(made)
        kinds = [
            child.type
            for token in tokens
            for child in (token, *(token.children or ()))
            if child.type not in {"text", "code_inline", "html_inline", "softbreak"}
        ]
        prose = "".join(
            re.sub("<code>.*?</code>", "", token.content)
            for token in tokens
            if token.type == "inline"
        )
        return kinds, prose

    evil, prose = structure(text, "evil")
    plain, _ = structure("plain", "plain")
    for kind in ("image", "link_open", "html_block"):
        assert evil.count(kind) == plain.count(kind), kind
    for alive in ("@org/team", "evil.example", "javascript:", "<img", "GH-1", ":tada:"):
        assert alive not in prose


def test_f8_the_verdict_comes_before_anything_that_is_quoted(tmp_path: Path) -> None:
    report = hostile(tmp_path, "PASSED: all checks passed " * 40)
    first = shown(report, "markdown").split("PASSED")[0].lower()
    assert "snitch" in first
    assert "fail" in first or "error" in first or "must" in first


def test_f9_a_report_too_long_is_cut_by_rows_and_keeps_its_verdict(tmp_path: Path) -> None:
    report = hostile(tmp_path, "\U0001f600" * 100)
    many = replace(report, findings=report.findings * (10_000 // len(report.findings)))
    text = shown(many, "markdown")
    assert len(text.encode("utf-16-le")) // 2 <= 60_000
    assert text == shown(many, "markdown")
    assert " more" in text
    short = render(many, "markdown", RenderOptions(max_chars=4_000))
    assert len(short.encode("utf-16-le")) // 2 <= 4_000
    assert short.splitlines()[:3] == text.splitlines()[:3]


def test_f10_a_comment_that_fails_is_no_verdict(tmp_path: Path) -> None:
    repo = changed(tmp_path / "repo")
    path = tmp_path / "report.json"
    assert snitch(repo, "check", *DAY, "--format", f"json={path}").status == 0
    url = "http://127.0.0.1:9"
    options = ["--pr", "1", "--report", str(path), "--repository", "a/b", "--url", url]
    ran = snitch(repo, "comment", *options, GITHUB_TOKEN="t")  # noqa: S106 - of nothing
    assert ran.status in {1, 2}
    assert "not posted" in ran.err
    assert snitch(repo, "check", *DAY).status == 0


def test_f11_no_secret_of_the_machine_is_shown(tmp_path: Path) -> None:
    repo = deployed(tmp_path / "repo")
    repo.commit("worse", WORSE)
    repo.tracking()
    repo.git("remote", "set-url", "origin", "https://user:token123@git.example/models.git")
    (repo.root / MODEL / "metrics.json").unlink()
    (repo.root / MODEL / "metrics.json").symlink_to("/proc/self/environ")
    for name in FORMATS:
        ran = snitch(repo, "check", *DAY, "--format", name, SECRET="hunter2hunter2")  # noqa: S106
        assert ran.status == 1
        for secret in ("token123", "hunter2", str(repo.root), os.environ["PATH"]):
            assert secret not in ran.out, name


def test_f12_f13_programs_are_given_what_they_can_read(tmp_path: Path) -> None:
    report = hostile(tmp_path, 'a\x00b\x1bc\ud800d"e]]>&<f')

    def no_constant(name: str) -> Any:
        raise AssertionError(name)

    for name in ("json", "sarif", "gitlab"):
        text = shown(report, name)
        text.encode()
        json.loads(text, parse_constant=no_constant)
    text = shown(report, "junit")
    assert not {"\0", "\x1b", "\ud800"} & set(text)
    ET.fromstring(text.encode())  # noqa: S314 - our own report


@pytest.mark.parametrize("path", ["../../etc/passwd", "file:///etc/passwd", "a b/ü#?.json", "/x"])
def test_f13_places_are_relative_addresses(tmp_path: Path, path: str) -> None:
    repo = deployed(tmp_path)
    repo.commit("worse", WORSE)
    report = judge(repo)
    moved = [
        one if one.place is None else replace(one, place=replace(one.place, path=path))
        for one in report.findings
    ]
    sarif = json.loads(shown(replace(report, findings=tuple(moved)), "sarif"))
    for uri in re.findall(r'"uri": "([^"]*)"', json.dumps(sarif["runs"][0]["results"])):
        assert not re.match(r"[a-z]+:|/|\.\./", uri)
        assert re.fullmatch(r"[!-~]*", uri)


def test_f14_there_is_no_export_that_a_spreadsheet_would_run() -> None:
    assert not {"csv", "tsv", "xlsx"} & set(FORMATS)


@pytest.mark.slow
def test_f15_the_same_findings_are_the_same_bytes_on_every_machine(tmp_path: Path) -> None:
    """More models than one process takes, so that `--jobs` spreads them."""
    repo = deployed(tmp_path / "repo")
    many = {f"models/m{n}/config.yaml": f"name: m{n}\nowner: é\n" for n in range(70)}
    hidden = {"hidden/model.safetensors": "x"}
    repo.commit("worse", {**WORSE, **at("models/b", GOOD), **hidden, **many})
    assert errors(judge(repo))
    machines = [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "77", "TZ": "Etc/GMT+12", "LC_ALL": "C.UTF-8", "COLUMNS": "200"},
        {"PYTHONHASHSEED": "0", "LC_ALL": "en_US.UTF-8", "TERM": "dumb", "PYTHONUTF8": "0"},
    ]
    written = []
    for jobs, machine in zip(("1", "2", "5"), machines, strict=True):
        out = tmp_path / jobs
        out.mkdir()
        kinds = [f"--format={name}={out / name}" for name in FORMATS if name != "terminal"]
        assert snitch(repo, "check", *DAY, *kinds, "--jobs", jobs, **machine).status == 1
        written.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert len(written[0]) == len(FORMATS) - 1
    assert written[0] == written[1] == written[2]


@pytest.mark.parametrize("name", ["terminal", "json", "markdown"])
def test_f15_the_same_findings_are_the_same_bytes(tmp_path: Path, name: str) -> None:
    repo = deployed(tmp_path)
    repo.commit("worse", {**WORSE, **at("models/b", GOOD), "hidden/model.safetensors": "x"})
    first, second = (
        snitch(repo, "check", *DAY, "--format", name, "--jobs", jobs, **machine).out
        for jobs, machine in (
            ("1", {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"}),
            ("2", {"PYTHONHASHSEED": "77", "TZ": "Etc/GMT+12"}),
        )
    )
    assert first == second
    assert "REG301" in first
