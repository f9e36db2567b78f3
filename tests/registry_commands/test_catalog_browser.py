"""The site in a real browser: for everybody, in both schemes, and its script does what it says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

import pytest
from pasts import book
from pasts import files
from pasts import release
from pasts import three_releases
from reports.test_html_browser import CONTENT_POLICY
from reports.test_html_browser import SCHEMES
from reports.test_html_browser import axe  # noqa: F401 - a fixture
from reports.test_html_browser import browse  # noqa: F401 - a fixture
from reports.test_html_browser import told
from reports.test_html_browser import violations  # noqa: F401 - a fixture

from snitch.engine.ledger.catalog import catalog
from snitch.reports.catalog import pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A site whose churn was measured on two versions of a benchmark."""
    repo, _ = three_releases(tmp_path_factory.mktemp("repo"))
    repo.git("branch", "staging")
    for version, auc in (("1.3.0", "0.95"), ("1.4.0", "0.96")):
        held = files(version, auc)
        held = {path: text.replace('"2026.2"', '"2026.3"') for path, text in held.items()}
        release(repo, "2026-09-10", version, {**held})
    with book(repo) as opened:
        return dict(pages(catalog(opened)))


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("page", ["index.html", "models/churn.html"])
def test_every_page_keeps_to_wcag_22_aa(
    site: dict[str, str],
    page: str,
    scheme: str,
    width: int,
    violations: Callable[[str, str, int], list[str]],  # noqa: F811 - the fixture
) -> None:
    assert violations(site[page], scheme, width) == []


def test_a_change_of_the_benchmark_is_marked(site: dict[str, str]) -> None:
    page = site["models/churn.html"]
    assert page.count('class="mark"') == 1
    assert "on churn-standard 2026.2, then churn-standard 2026.3</p>" in page


def test_the_browser_has_nothing_to_refuse(
    site: dict[str, str],
    browse: Callable[..., Any],  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    for name, text in site.items():
        path = tmp_path / name.replace("/", "-")
        path.write_text(text, encoding="utf-8")
        shown = browse(path, "light", 1200, "--enable-logging=stderr", "--dump-dom")
        assert "Refused" not in shown.stderr
        assert "Content Security Policy" not in shown.stderr
        if name == "index.html":
            assert "2 of 2 models" in shown.stdout


def test_search_hides_and_sort_orders_rows(
    site: dict[str, str],
    browse: Callable[..., Any],  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    script = """<script>
    const shown=()=>[...document.querySelectorAll("#models tbody tr")].filter(r=>!r.hidden)
      .map(r=>r.cells[0].textContent);
    const found={before:shown()};
    document.querySelectorAll("#models thead button")[0].click();
    document.querySelectorAll("#models thead button")[0].click();
    found.sorted=shown();
    found.order=document.querySelector("#models thead th").getAttribute("aria-sort");
    const box=document.getElementById("search");
    box.value="fra";box.dispatchEvent(new Event("input"));
    found.searched=shown();
    const out=document.createElement("textarea");out.id="found";
    out.textContent=JSON.stringify(found);document.body.append(out);
    </script></body>"""
    page = CONTENT_POLICY.sub("", site["index.html"]).replace("</body>", script)
    path = tmp_path / "index.html"
    path.write_text(page, encoding="utf-8")
    found = told(browse(path, "light", 1200, "--dump-dom").stdout)
    assert found == {
        "before": ["churn", "fraud"],
        "sorted": ["fraud", "churn"],
        "order": "descending",
        "searched": ["fraud"],
    }, json.dumps(found)
