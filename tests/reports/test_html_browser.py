"""The page in a real browser: readable for everybody, styled by its own sheet, and silent."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import pytest
from reports.scenarios import SCENARIOS
from reports.texts import NASTY
from reports.texts import report_of

from snitch.reports import RenderOptions
from snitch.reports import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from snitch.findings import Report

pytestmark = pytest.mark.slow

SCHEMES = {"light": 1, "dark": 0}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
PATIENCE = "--virtual-time-budget=60000"
CONTENT_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n')


@pytest.fixture(scope="module")
def browse(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Open a file in headless Chromium; what it wrote to its two streams."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("chromium is missing: apt-get install chromium")
    profile = tmp_path_factory.mktemp("profile")

    def run(path: Path, scheme: str, width: int, *options: str) -> Any:
        command = [
            chromium,
            *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            f"--user-data-dir={profile}",
            f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}",
            f"--window-size={width},1600",
            *options,
            path.as_uri(),
        ]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)

    return run


def installed(package: str, script: str) -> str:
    """The source of a script as npm installs it for the machine; skips where it does not."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is missing: apt-get install npm")
    root = subprocess.run([npm, "root", "--global"], capture_output=True, text=True, check=True)
    path = Path(root.stdout.strip()) / package / script
    if not path.exists():
        pytest.skip(f"{package} is missing: npm install --global {package}")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def axe() -> str:
    return installed("axe-core", "axe.min.js")


@pytest.fixture(scope="module")
def violations(
    browse: Callable[..., Any], axe: str, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, str, int], list[str]]:
    """What axe-core finds wrong with a page in a scheme at a width, as `rule: element`."""
    path = tmp_path_factory.mktemp("axe") / "page.html"
    script = (
        f"<script>{axe}</script><script>axe.run({{runOnly:{json.dumps(RULES)}}}).then(r=>{{"
        "const out=document.createElement('textarea');out.id='found';"
        "out.textContent=JSON.stringify({passes:r.passes.length,violations:r.violations.flatMap("
        "v=>v.nodes.map(n=>v.id+': '+n.html+' '+n.failureSummary))});"
        "document.body.append(out)})</script></body>"
    )

    def run(page: str, scheme: str, width: int) -> list[str]:
        # The page itself lets no script run: not even this one.
        path.write_text(CONTENT_POLICY.sub("", page).replace("</body>", script), encoding="utf-8")
        result = told(browse(path, scheme, width, PATIENCE, "--dump-dom").stdout)
        assert result["passes"] > 10
        violated: list[str] = result["violations"]
        return violated

    return run


def told(shown: str) -> Any:
    """What a script left in the page for us."""
    found = re.search(r'<textarea id="found">(.*?)</textarea>', shown, re.DOTALL)
    assert found, "the script gave no result"
    return json.loads(html.unescape(found[1]))


def page_of(whole: Report) -> str:
    return render(whole, "html", RenderOptions())


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("scenario", ["many-models", "waived", "hostile-names", "could-not-judge"])
def test_the_page_keeps_to_wcag_22_aa(
    scenario: str, scheme: str, width: int, violations: Callable[[str, str, int], list[str]]
) -> None:
    page = page_of(SCENARIOS[scenario]).replace("<details ", "<details open ")
    assert violations(page, scheme, width) == []


def test_the_checker_sees_what_is_wrong(violations: Callable[[str, str, int], list[str]]) -> None:
    page = page_of(SCENARIOS["fail"]).replace("--soft:#565c64", "--soft:#c9ccd0")
    found = violations(page, "light", 1200)
    assert found
    assert all(one.startswith("color-contrast: ") for one in found)


def test_the_browser_takes_the_style_sheet_and_has_nothing_to_refuse(
    browse: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_text(page_of(SCENARIOS["many-models"]), encoding="utf-8")
    log = browse(path, "light", 1200, "--enable-logging=stderr", "--dump-dom").stderr
    assert "Refused" not in log
    assert "violates" not in log
    path.write_text(page_of(SCENARIOS["fail"]).replace("--soft:#565c64", "--soft:red"))
    log = browse(path, "light", 1200, "--enable-logging=stderr", "--dump-dom").stderr
    assert "Content Security Policy" in log


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("scenario", ["many-models", "hostile-names", "long-report"])
def test_nothing_runs_off_the_side_of_a_phone(
    scenario: str, scheme: str, browse: Callable[..., Any], tmp_path: Path
) -> None:
    script = (
        "<script>document.title=String(document.documentElement.scrollWidth-innerWidth)</script>"
    )
    page = CONTENT_POLICY.sub("", page_of(SCENARIOS[scenario])).replace("</body>", script)
    path = tmp_path / "page.html"
    path.write_text(page.replace("<details ", "<details open "), encoding="utf-8")
    shown = browse(path, scheme, 390, "--dump-dom").stdout
    title = re.search("<title>(.*?)</title>", shown)
    assert title is not None
    assert int(title[1]) <= 0


def test_mermaid_reads_every_chart_of_a_comment(browse: Callable[..., Any], tmp_path: Path) -> None:
    mermaid = installed("mermaid", "dist/mermaid.min.js")
    wholes = [*SCENARIOS.values(), *(report_of([text]) for text in NASTY)]
    pages = [render(whole, "markdown", RenderOptions()) for whole in wholes]
    charts = [
        chart for page in pages for chart in re.findall(r"```mermaid\n(.*?)\n```", page, re.DOTALL)
    ]
    script = (
        f"<body><script>{mermaid}</script><script>(async()=>{{const bad=[];"
        f"for(const chart of {json.dumps(charts)})"
        "{try{await mermaid.parse(chart)}catch(error){bad.push(chart+error)}}"
        "const out=document.createElement('textarea');out.id='found';"
        "out.textContent=JSON.stringify(bad);document.body.append(out)})()</script></body>"
    )
    path = tmp_path / "charts.html"
    path.write_text(script, encoding="utf-8")
    assert len(charts) > len(NASTY)
    assert told(browse(path, "light", 800, PATIENCE, "--dump-dom").stdout) == []
