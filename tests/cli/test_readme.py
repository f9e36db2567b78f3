"""What README promises: its commands exist, its files are valid, its example is real output."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it has no types
from judging import deployed
from judging import snitch
from repo import Repo

from snitch.policy.load import load_file
from snitch.policy.schema import policy_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`(snitch [^`]+)`")


def blocks(page: Path, language: str) -> list[str]:
    text = page.read_text(encoding="utf-8")
    return [body for kind, body in FENCE.findall(text) if kind == language]


def commands(page: Path) -> Iterator[str]:
    """Every command line of ours that a page shows, in blocks or in the running text."""
    lines = [match.group(1) for match in SPAN.finditer(FENCE.sub("", page.read_text("utf-8")))]
    for block in (*blocks(page, "console"), *blocks(page, "sh"), *blocks(page, "bash")):
        # Where a block shows prompts, its other lines are what the commands said.
        typed = [line for line in block.splitlines() if line.startswith("$ ")]
        lines += typed or block.splitlines()
    for line in lines:
        for command in re.split(r"&&|\|", line.removeprefix("$ ")):
            if command.strip().startswith("snitch "):
                yield command.strip()


def shown() -> list[tuple[str, str]]:
    return sorted({(page.name, command) for page in PAGES for command in commands(page)})


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    home = Repo(tmp_path_factory.mktemp("readme") / "home")
    assert snitch(home, "demo", "demo").status == 1
    return Repo(home.root / "demo", existing=True)


@pytest.mark.parametrize(("page", "command"), shown())
def test_every_command_shown_has_the_options_it_is_shown_with(
    page: str, command: str, demo: Repo
) -> None:
    words = shlex.split(command.partition(" #")[0])[1:]
    names = [word for word in words if re.fullmatch("[a-z]+", word)][:2]
    ran = snitch(demo, "--help")
    for path in (names, names[:1]):
        ran = snitch(demo, *path, "--help")
        if ran.status == 0:
            break
    assert ran.status == 0, f"{page}: {command}"
    for word in words:
        if word.startswith("--") and word not in {"--version", "--help"}:
            assert word.partition("=")[0] in ran.out, f"{page}: {command}"


def test_the_first_screen_is_what_snitch_says_of_the_demonstration(demo: Repo) -> None:
    [block] = [text for text in blocks(ROOT / "README.md", "console") if "FAIL" in text]
    command, *lines = block.splitlines()
    said = snitch(demo, *shlex.split(command.removeprefix("$ "))[1:]).out
    # Numbers of versions and models are the example's own; each finding's lines are the real ones.
    for line in lines:
        if line.strip() and not line.startswith(("FAIL", "churn ")):
            assert line.strip() in said


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_policies_shown_are_valid(page: Path, tmp_path: Path) -> None:
    for number, block in enumerate(blocks(page, "yaml")):
        data = yaml.safe_load(block)
        if isinstance(data, dict) and data.get("version") == 1 and "repos" not in data:
            file = tmp_path / f"{number}.yaml"
            file.write_text(block)
            load_file(file)


def test_the_hook_shown_exists() -> None:
    hooks = {one["id"] for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    shown_hooks = {
        hook["id"]
        for block in blocks(ROOT / "README.md", "yaml")
        if "repos:" in block
        for repo in yaml.safe_load(block)["repos"]
        for hook in repo["hooks"]
    }
    assert shown_hooks == {"snitch"}
    assert shown_hooks <= hooks


def test_the_gate_shown_runs_and_writes_what_it_names(tmp_path: Path) -> None:
    [job] = [text for text in blocks(ROOT / "README.md", "yaml") if "jobs:" in text]
    steps = yaml.safe_load(job)["jobs"]["snitch"]["steps"]
    [command] = [step["run"] for step in steps if step.get("run", "").startswith("snitch check")]
    repo = deployed(tmp_path)
    assert snitch(repo, *shlex.split(command)[1:]).status == 0
    assert (repo.root / "snitch.md").is_file()


def test_the_policy_shown_is_in_the_schema_for_editors() -> None:
    [text] = [block for block in blocks(ROOT / "README.md", "yaml") if "waivers:" in block]
    data = json.loads(json.dumps(yaml.safe_load(text), default=str))
    Draft202012Validator(policy_schema()).validate(data)
