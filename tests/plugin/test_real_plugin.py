"""A plugin package as a platform team would write it, installed, and found through the policy."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import pytest
from example import GOOD
from example import POLICY
from judging import Ran
from judging import at
from judging import changed
from judging import deployed
from judging import snitch

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from repo import Repo

DAY = ("--as-of", "2026-10-05")

CHECK = '''\
"""Rules of Acme's own."""

from snitch.checks.check import Check
from snitch.findings import Finding, Rule, Severity

OWNER_UNKNOWN = Rule(
    code="ACM901",
    name="owner-unknown",
    severity=Severity.ERROR,
    summary="The owner is no team of Acme's.",
    why="A page at night goes to the owner.",
    remedy="Name a team of the directory.",
    bad="owner: ana",
    good="owner: risk-ml",
)
TEAMS = {"risk-ml", "search"}


def judge(subject):
    owner = subject.candidate.metadata.owner
    if owner not in TEAMS:
        yield Finding(
            OWNER_UNKNOWN,
            f"`owner` is `{owner}`; expected a team",
            "name a team of the directory",
            subject.candidate.place("owner"),
        )


CHECK = Check("ACM", (OWNER_UNKNOWN,), judge)
'''
PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "acme-snitch"
version = "1.0"

[project.entry-points."snitch.checks"]
acme = "acme_snitch:CHECK"
"""
PLUGGED = POLICY + "plugins: [acme]\n"
OTHER_OWNER = GOOD["config.yaml"].replace("owner: risk-ml", "owner: ana")


def write(home: Path, source: str = CHECK) -> Path:
    """The plugin's source tree."""
    package = home / "acme_snitch"
    package.mkdir(parents=True)
    (home / "pyproject.toml").write_text(PROJECT)
    (package / "__init__.py").write_text(source)
    return home


def install(site: Path, source: str = CHECK, target: str = "acme_snitch:CHECK") -> Path:
    """What an installer would put into a directory on the path."""
    (site / "acme_snitch").mkdir(parents=True)
    (site / "acme_snitch" / "__init__.py").write_text(source)
    info = site / "acme_snitch-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-snitch\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[snitch.checks]\nacme = {target}\n")
    return site


def ran(repo: Repo, site: Path, *args: str, **environment: str) -> Ran:
    return snitch(repo, *args, PYTHONPATH=str(site), **environment)


def report(repo: Repo, site: Path) -> tuple[int, dict[str, tuple[str, int]], Mapping[str, object]]:
    done = ran(repo, site, "check", *DAY, "--format", "json")
    data = json.loads(done.out)
    found = {one["code"]: (one["path"], one["line"]) for one in data["findings"]}
    return done.status, found, data


def plugged(root: Path, config: str = OTHER_OWNER, policy: str = PLUGGED) -> Repo:
    repo = deployed(root, policy=policy)
    repo.commit("churn 1.4.0", at("models/churn", {**GOOD, "config.yaml": config}))
    return repo


def test_a_plugin_judges_like_a_built_in_check(tmp_path: Path) -> None:
    site = install(tmp_path / "site")
    status, found, _ = report(plugged(tmp_path / "repo"), site)
    assert (status, found) == (1, {"ACM901": ("models/churn/config.yaml", 3)})
    assert report(plugged(tmp_path / "good", GOOD["config.yaml"]), site)[:2] == (0, {})


def test_its_rules_are_explained_listed_selected_and_weighed(tmp_path: Path) -> None:
    site = install(tmp_path / "site")
    policy = PLUGGED + "rules: {owner-unknown: warning}\n"
    repo = plugged(tmp_path / "repo", policy=policy)
    assert ran(repo, site, "explain", "owner-unknown").out.startswith("ACM901 owner-unknown")
    assert "ACM901" in ran(repo, site, "rules").out
    assert ran(repo, site, "check", *DAY, "--select", "ACM").status == 0
    assert ran(repo, site, "check", *DAY, "--select", "ACM", "--fail-on", "warning").status == 1
    assert ran(repo, site, "check", *DAY, "--ignore", "ACM", "--fail-on", "warning").status == 0


def test_a_plugin_that_the_policy_does_not_name_stays_out(tmp_path: Path) -> None:
    site = install(tmp_path / "site")
    assert report(plugged(tmp_path / "repo", policy=POLICY), site)[:2] == (0, {})


def test_a_plugin_that_is_not_installed_is_exit_2(tmp_path: Path) -> None:
    done = ran(plugged(tmp_path / "repo"), tmp_path, "check", *DAY)
    assert done.status == 2
    assert "nothing installed registers the plugin `acme`" in done.err
    assert "install the distribution of `acme`" in done.err


def test_a_plugin_inside_the_repository_is_never_run(tmp_path: Path) -> None:
    repo = plugged(tmp_path / "repo")
    trap = tmp_path / "ran"
    install(repo.root / "site", f"open({str(trap)!r}, 'w')\n" + CHECK)
    done = ran(repo, repo.root / "site", "check", *DAY)
    assert done.status == 2
    assert "the plugin `acme`" in done.err
    assert not trap.exists()


def test_a_built_in_code_cannot_be_claimed(tmp_path: Path) -> None:
    source = CHECK.replace("ACM901", "REG301").replace('Check("ACM"', 'Check("REG"')
    done = ran(plugged(tmp_path / "repo"), install(tmp_path / "site", source), "check", *DAY)
    assert done.status == 2
    assert "both claim" in done.err


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("    raise ValueError('lost')\n    yield", "ValueError: lost"),
        ("    raise SystemExit(0)\n    yield", "SystemExit: 0"),
        ("    import os\n    yield 'a text'", "str"),
        ("    return 7", "TypeError"),
    ],
)
def test_a_plugin_that_crashes_closes_the_gate(tmp_path: Path, body: str, said: str) -> None:
    head = CHECK[: CHECK.index("def judge")]
    source = (
        f'{head}def judge(subject):\n{body}\n\n\nCHECK = Check("ACM", (OWNER_UNKNOWN,), judge)\n'
    )
    site = install(tmp_path / "site", source)
    status, found, data = report(plugged(tmp_path / "repo"), site)
    assert status == 2
    assert list(found) == ["POL708"]
    assert data["verdict"] == "error"
    assert said in json.dumps(data["findings"])
    assert ran(plugged(tmp_path / "again"), site, "check", "--fail-on", "never").status == 2


@pytest.mark.slow
@pytest.mark.network
def test_the_package_is_built_and_installed_by_pip(tmp_path: Path) -> None:

    site = tmp_path / "site"
    done = os.spawnv(  # noqa: S606 - pip, of this very environment
        os.P_WAIT,
        sys.executable,
        [
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"),
            *("--disable-pip-version-check", "--target", str(site)),
            str(write(tmp_path / "source")),
        ],
    )
    if done:
        pytest.skip("the package index is out of reach")
    assert report(plugged(tmp_path / "repo"), site)[0] == 1


def test_a_change_cannot_bring_its_own_plugin(tmp_path: Path) -> None:
    site = install(tmp_path / "site")
    repo = changed(tmp_path / "repo", **{"snitch.yaml": PLUGGED})
    _, found, data = report(repo, site)
    assert "ACM901" not in found
    assert data["policy"]["source"] == "main:snitch.yaml"  # type: ignore[index]
