"""`snitch init`: what it writes, what it leaves alone, and what it asks."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING
from typing import Any

import adopted
import pytest
import yaml
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from judging import SNITCH
from judging import snitch
from repo import Repo
from shapes import SHAPES

from snitch.engine.adoption import BenchmarkSeen
from snitch.engine.adoption import MetricSeen
from snitch.engine.adoption import look
from snitch.engine.first_policy import open_questions
from snitch.engine.first_policy import policy_text
from snitch.engine.gate_files import gate_files
from snitch.engine.standard import problems_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

found = partial(adopted.found, models=3, read=3, keeps_changelog=True, with_changelog=2)
LAB = {".gitlab-ci.yml": "a: {}\n"}
WRITTEN = (
    "snitch.yaml",
    ".pre-commit-config.yaml",
    ".github/workflows/snitch.yml",
    ".github/CODEOWNERS",
)


def made(root: Path, name: str = "app", **files: str) -> Repo:
    repo = Repo(root)
    repo.commit("as it is", {**SHAPES[name].files, **files})
    return repo


def texts(repo: Repo, **options: Any) -> dict[str, str]:
    """What would be written, by path."""
    return {file.path: file.text for file in gate_files(look(repo.root), "0.1.0", **options)}


def metric(name: str, value: str = "0.9", **parts: Any) -> MetricSeen:
    whole = {"direction": None, "by_layout": False, "counter": False}
    return MetricSeen(name, 3, Decimal(value), Decimal(value), **(whole | parts))


def test_everything_is_written_and_read_again(tmp_path: Path) -> None:
    repo = made(tmp_path / "r")
    said = snitch(repo, "init", "--yes", "--owners", "@acme/platform")
    assert said.status == 0
    assert said.out == ""
    for path in WRITTEN:
        assert f"wrote {path}" in said.err
        assert (repo.root / path).is_file()
    audit = snitch(repo, "check", "--all")
    assert audit.status == 0, audit.out
    assert "1 model judged" in audit.out


def test_a_file_that_is_there_stays_and_what_it_lacks_is_printed(tmp_path: Path) -> None:
    own = {path: f"# mine: {path}\n" for path in WRITTEN}
    repo = made(tmp_path / "r", **own)
    said = snitch(repo, "init", "--yes")
    assert said.status == 0
    for path, text in own.items():
        assert (repo.root / path).read_text() == text
        assert f"{path} is there already and stays as it is" in said.err
    assert "entry: snitch check --staged" in said.out
    assert "snitch check --format terminal" in said.out
    assert "/snitch.yaml" in said.out


def test_a_second_run_finds_its_own_files_complete(tmp_path: Path) -> None:
    repo = made(tmp_path / "r")
    assert snitch(repo, "init", "--yes").status == 0
    again = snitch(repo, "init", "--yes")
    assert (again.status, again.out) == (0, "")
    for path in WRITTEN:
        assert f"{path} is there already and lacks nothing" in again.err


def test_a_dry_run_shows_everything_and_writes_nothing(tmp_path: Path) -> None:
    repo = made(tmp_path / "r")
    said = snitch(repo, "init", "--dry-run")
    assert said.status == 0
    assert "layout: app" in said.out
    assert repo.git("status", "--porcelain") == ""


def test_where_nobody_can_be_asked_everything_is_written(tmp_path: Path) -> None:
    repo = made(tmp_path / "r")
    said = snitch(repo, "init")
    assert said.status == 0
    assert said.out == ""
    assert all((repo.root / path).is_file() for path in WRITTEN)


def test_a_person_is_asked(tmp_path: Path) -> None:
    repo = made(tmp_path / "r")
    here, there = pty.openpty()
    answers = ["lower", "@acme/platform", "y", "n", "y", "y"]
    os.write(here, "".join(f"{answer}\n" for answer in answers).encode())
    done = subprocess.run(
        [SNITCH, "init"],
        cwd=repo.root,
        env={**repo.environment, "TERM": "dumb"},
        stdin=there,
        capture_output=True,
        check=False,
        text=True,
    )
    os.close(here)
    os.close(there)
    assert done.returncode == 0, done.stderr
    assert "Which way is `uplift_gap` better" in done.stderr
    policy = yaml.safe_load((repo.root / "snitch.yaml").read_text())
    assert policy["metrics"]["uplift_gap"]["direction"] == "lower"
    assert not (repo.root / ".pre-commit-config.yaml").exists()
    assert "/snitch.yaml" in (repo.root / ".github/CODEOWNERS").read_text()


def test_an_empty_repository_gets_a_policy_to_start_from(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "r")
    said = snitch(repo, "init", "--yes")
    assert said.status == 0
    assert "No model was found" in said.err
    assert problems_of(repo.root / "snitch.yaml") == []


@pytest.mark.parametrize("branch", ["master", "trunk"])
def test_the_production_branch_is_the_one_that_there_is(tmp_path: Path, branch: str) -> None:
    repo = made(tmp_path / "r")
    repo.git("branch", "-m", branch)
    written = texts(repo)
    assert f"environments: {{production: {branch}}}" in written["snitch.yaml"]
    assert f"into `{branch}`" in written[".github/workflows/snitch.yml"]


def test_of_branches_that_nobody_calls_the_first_none_is_guessed(tmp_path: Path) -> None:
    repo = made(tmp_path / "r")
    repo.git("branch", "-m", "trunk")
    repo.git("branch", "idea")
    assert "environments" not in texts(repo)["snitch.yaml"]


@pytest.mark.parametrize(
    ("url", "files", "job"),
    [
        (None, {}, ".github/workflows/snitch.yml"),
        ("https://github.com/acme/m.git", LAB, ".github/workflows/snitch.yml"),
        ("git@gitlab.example:acme/m.git", {}, ".gitlab-ci.yml"),
        (None, LAB, ".gitlab-ci.yml"),
    ],
)
def test_the_job_is_for_the_forge_that_the_repository_has(
    tmp_path: Path, url: str | None, files: Mapping[str, str], job: str
) -> None:
    repo = made(tmp_path / "r", **files)
    if url is not None:
        repo.git("remote", "add", "origin", url)
    assert job in texts(repo)


def test_the_workflow_gives_nothing_away(tmp_path: Path) -> None:
    text = texts(made(tmp_path / "r"))[".github/workflows/snitch.yml"]
    workflow = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - texts only; `on` stays a text
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["on"]["pull_request"] == {
        "types": ["opened", "synchronize", "reopened", "edited"]
    }
    assert "merge_group" in workflow["on"]
    (job,) = workflow["jobs"].values()
    assert "if" not in job
    checkout, python, *runs = job["steps"]
    assert checkout["with"] == {"fetch-depth": "0", "persist-credentials": "false"}
    for step in (checkout, python):
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])
    assert not any("${{" in step["run"] for step in runs)


def test_owners_wait_for_a_name_or_have_one(tmp_path: Path) -> None:
    repo = made(tmp_path / "r")
    waiting = texts(repo)[".github/CODEOWNERS"]
    assert all(line.startswith("#") for line in waiting.splitlines())
    named = texts(repo, owners="@acme/platform")[".github/CODEOWNERS"]
    lines = [line.split() for line in named.splitlines() if not line.startswith("#")]
    assert [who for _, who in lines] == ["@acme/platform"] * 5
    assert [path for path, _ in lines] == [
        "/snitch.yaml",
        "/snitch-baseline.json",
        "/.pre-commit-config.yaml",
        "/.github/workflows/",
        "/.github/CODEOWNERS",
    ]


def test_owners_on_gitlab_own_its_job(tmp_path: Path) -> None:
    repo = made(tmp_path / "r", **LAB)
    named = texts(repo, owners="@acme/platform")["CODEOWNERS"]
    paths = [line.split()[0] for line in named.splitlines() if not line.startswith("#")]
    assert paths[-2:] == ["/.gitlab-ci.yml", "/CODEOWNERS"]


def test_the_hook_is_what_the_laptop_runs(tmp_path: Path) -> None:
    hooks = yaml.safe_load(texts(made(tmp_path / "r"))[".pre-commit-config.yaml"])
    (hook,) = hooks["repos"][0]["hooks"]
    assert hook["entry"] == "snitch check --staged"
    assert hook["additional_dependencies"] == ["model-snitch==0.1.0"]


def test_fields_are_required_where_all_models_have_them() -> None:
    text = policy_text(found(fields={"owner": 3, "description": 1, "features": 0}))
    assert "required: [owner]" in text
    assert "in some only: description (1 of 3 models)" in text
    assert "nowhere yet: features" in text


def test_the_newest_benchmark_version_is_current() -> None:
    seen = BenchmarkSeen("churn-standard", ("2026.1", "2026.10"), "ab" * 32, ("churn",))
    policy = yaml.safe_load(policy_text(found(benchmarks=(seen,))))
    assert policy["benchmarks"]["churn-standard"] == {
        "current": "2026.10",
        "versions": ["2026.1", "2026.10"],
        "sha256": "ab" * 32,
        "models": ["churn"],
    }


def test_a_direction_is_known_asked_for_or_not_needed() -> None:
    seen = (
        metric("auc", direction="higher"),
        metric("mae", "12", direction="lower"),
        metric("epoch", "9", counter=True),
        metric("gap"),
        metric("speed", by_layout=True),
    )
    text = policy_text(found(metrics=seen))
    assert yaml.safe_load(text)["metrics"] == {
        "auc": {"direction": "higher", "tolerance": 0.02, "warn": 0.01},
        "mae": {"direction": "lower", "relative_tolerance": "2%"},
        "epoch": {"ignore": True},
    }
    assert "#  gap: {direction: HIGHER_OR_LOWER" in text
    assert open_questions(found(metrics=seen)) == ["gap"]
    answered = policy_text(found(metrics=seen), {"gap": "lower"})
    assert yaml.safe_load(answered)["metrics"]["gap"]["direction"] == "lower"


@settings(max_examples=60)
@example(["auc"], None, [" "])
@example(["auc"], None, ["v1", "v2 "])
@given(
    st.lists(st.text(min_size=1, max_size=20), max_size=6, unique=True),
    st.sampled_from(["higher", "lower", None]),
    st.lists(st.text(min_size=1, max_size=10), min_size=1, max_size=3, unique=True),
)
def test_whatever_names_are_found_the_policy_is_valid(
    tmp_path_factory: pytest.TempPathFactory,
    names: list[str],
    direction: str | None,
    versions: list[str],
) -> None:
    seen = tuple(metric(name, direction=direction) for name in names)
    benchmarks = tuple(BenchmarkSeen(name, tuple(versions), None, ()) for name in names[:2])
    text = policy_text(found(metrics=seen, benchmarks=benchmarks))
    path = tmp_path_factory.mktemp("p") / "snitch.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert problems_of(path) == []
