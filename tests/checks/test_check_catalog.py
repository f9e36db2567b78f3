from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from snitch.checks.catalog import installed
from snitch.checks.catalog import load
from snitch.checks.registrations import registrations
from snitch.findings import CannotJudgeError

if TYPE_CHECKING:
    from collections.abc import Iterator

FAMILIES = ["SNT", "CPL", "BEN", "REG", "FRS", "DEP", "ART", "POL"]

PLUGIN = """
from snitch.checks.check import Check
from snitch.findings import Rule, Severity
RULE = Rule({code!r}, {name!r}, Severity.ERROR, "s", "w", "r")
CHECK = Check({family!r}, (RULE,))
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A directory on the path to install plugins in; their modules are forgotten afterwards."""
    home = tmp_path / "site"
    home.mkdir()
    monkeypatch.syspath_prepend(home)
    before = set(sys.modules)
    yield home
    for name in set(sys.modules) - before:
        if name.startswith("acme"):
            del sys.modules[name]


def install(site: Path, source: str, name: str = "acme", target: str = "") -> None:
    module = f"acme_{name}"
    site.joinpath(f"{module}.py").write_text(source)
    info = site / f"{module}-1.0.dist-info"
    info.mkdir()
    target = target or f"{module}:CHECK"
    lines = f"[console_scripts]\nx = y:z\n[snitch.checks]\n# ours\n{name} = {target}\n"
    info.joinpath("entry_points.txt").write_text(lines)


def plugin(family: str = "ACM", code: str = "ACM901", name: str = "acme-rule") -> str:
    return PLUGIN.format(family=family, code=code, name=name)


def test_the_built_in_families_are_those_of_the_distribution() -> None:
    assert [check.family for check in load().checks] == FAMILIES


def test_rules_come_by_code_and_each_is_claimed_once() -> None:
    rules = load().rules
    codes = [rule.code for rule in rules]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in rules}) == len(rules)


@pytest.mark.parametrize("word", ["CPL101", "cpl101", "file-missing", "File-Missing", " CPL101 "])
def test_a_rule_is_found_by_code_and_by_name(word: str) -> None:
    rule = load().find(word)
    assert rule is not None
    assert rule.code == "CPL101"


def test_an_unknown_word_finds_nothing() -> None:
    assert load().find("CPL999") is None
    assert load().find("CPL") is None


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["FRS"], {"FRS401", "FRS402", "FRS403", "FRS404", "FRS405"}),
        (["frs4"], {"FRS401", "FRS402", "FRS403", "FRS404", "FRS405"}),
        (["FRS401", "data-stale"], {"FRS401"}),
        (["SNT00", "data-expiring"], {f"SNT00{n}" for n in range(1, 9)} | {"FRS402"}),
        ([], set()),
    ],
)
def test_rules_are_selected_by_prefix_code_and_name(words: list[str], codes: set[str]) -> None:
    assert load().select(words) == codes


@pytest.mark.parametrize(
    ("word", "near"),
    [("FRS409", "FRS40"), ("data-stael", "`FRS401` or `data-stale`"), ("F", ""), ("", "")],
)
def test_an_unknown_selection_names_the_nearest_rule(word: str, near: str) -> None:
    with pytest.raises(CannotJudgeError) as caught:
        load().select([word])
    assert f"`{word}` is no rule" in caught.value.message
    assert near in caught.value.remedy
    assert caught.value.remedy.endswith("`snitch rules` lists them all")


def test_a_plugin_is_loaded_by_its_entry_points_name(site: Path, tmp_path: Path) -> None:
    install(site, plugin())
    catalog = load(["acme", "acme"], outside=tmp_path / "repository")
    assert [check.family for check in catalog.checks] == [*FAMILIES, "ACM"]
    assert catalog.find("acme-rule") is not None
    assert "ACM" not in [check.family for check in load().checks]


def test_every_installed_plugin_is_listed(site: Path) -> None:
    install(site, plugin())
    assert [check.family for check in installed().checks] == [*FAMILIES, "ACM"]


def test_a_plugin_in_the_current_directory_is_not_listed(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(site, "raise RuntimeError")
    monkeypatch.chdir(site)
    assert [check.family for check in installed().checks] == FAMILIES


def refused(*names: str, outside: Path | None = None) -> str:
    with pytest.raises(CannotJudgeError) as caught:
        load(names, outside=outside)
    assert caught.value.remedy
    return caught.value.message


def test_a_plugin_that_nothing_registers_is_refused() -> None:
    assert "nothing installed registers the plugin `acme`" in refused("acme")


def test_a_plugin_that_two_distributions_register_is_refused(site: Path) -> None:
    install(site, plugin())
    (site / "other-1.dist-info").mkdir()
    text = "[snitch.checks]\nacme = other:CHECK\n"
    (site / "other-1.dist-info" / "entry_points.txt").write_text(text)
    assert "several installed distributions" in refused("acme")


def test_a_plugin_inside_the_repository_is_refused_and_never_imported(
    site: Path, tmp_path: Path
) -> None:
    install(site, "raise RuntimeError")
    assert "lies inside the repository" in refused("acme", outside=tmp_path)
    assert "acme_acme" not in sys.modules


def test_a_plugin_whose_code_alone_is_inside_the_repository_is_refused(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(site, "raise RuntimeError")
    repository = tmp_path / "repository"
    repository.mkdir()
    (site / "acme_acme.py").rename(repository / "acme_acme.py")
    monkeypatch.syspath_prepend(repository)
    assert "lies inside the repository" in refused("acme", outside=repository)
    package = repository / "acme_acme"
    package.mkdir()
    (repository / "acme_acme.py").rename(package / "check.py")
    assert "lies inside the repository" in refused("acme", outside=repository)


def test_the_interpreters_own_packages_may_lie_in_the_repository(site: Path) -> None:
    install(site, plugin())
    root = Path(sysconfig.get_path("purelib")).parents[-2]
    assert load(outside=root).checks


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("raise RuntimeError('broken')", "does not load: RuntimeError: broken"),
        ("raise SystemExit(0)", "does not load: SystemExit: 0"),
        ("import acme_missing", "does not load: ModuleNotFoundError"),
        ("", "does not load: AttributeError"),
        ("CHECK = 'a check'", "is a str, expected a Check"),
        (plugin(code="REG301"), "claims REG301, expected codes of ACM"),
        (plugin(family="REG", code="REG999"), "`regression` and `acme` both claim `REG`"),
        (plugin(name="file-missing"), "`completeness` and `acme` both claim `file-missing`"),
        (plugin(family="acm", code="ACM1"), "claims ACM1"),
    ],
)
def test_a_plugin_that_is_no_check_of_its_own_is_refused(
    site: Path, source: str, words: str
) -> None:
    install(site, source)
    assert words in refused("acme")


def test_a_built_in_name_is_no_plugin() -> None:
    assert "both claim" in refused("files")


def test_a_distribution_that_comes_first_on_the_path_hides_the_later_one(site: Path) -> None:
    install(site, plugin())
    assert len([one for one in registrations() if one.name == "acme"]) == 1
    assert [one.name for one in registrations("acme_acme")] == ["acme"]


def test_a_copy_of_snitchs_metadata_in_the_repository_is_refused(site: Path) -> None:
    info = site / "model_snitch-9.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text("[snitch.checks]\nfiles = snitch.checks.files:CHECK\n")
    assert "a distribution model-snitch of its own" in refused(outside=site)


def test_without_installed_metadata_nothing_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(CannotJudgeError) as caught:
        load()
    assert caught.value.remedy == "run `pip install model-snitch`"


def test_metadata_that_is_no_text_registers_nothing(site: Path) -> None:
    info = site / "bad-1.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_bytes(b"[snitch.checks]\nacme = \xff:CHECK\n")
    (site / "none-1.dist-info").mkdir()
    assert [one for one in registrations() if one.home == site] == []


HEAVY = ("pydantic", "yaml", "git", "rich", "packaging", "importlib.metadata", "markdown_it")


def test_the_catalog_loads_nothing_heavy() -> None:
    program = (
        "import sys; from snitch.checks.catalog import load; rules = load().rules; "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
