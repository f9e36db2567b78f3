"""What stands around the models: the gate's own files, sources of weights, models nobody takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import GOOD
from example import POLICY
from example import pointer
from judging import at
from judging import codes
from judging import deployed
from judging import judge

from snitch.checks.surroundings import is_gate_file
from snitch.findings import CannotJudgeError
from snitch.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path

GATES = [
    ".github/workflows/snitch.yml",
    ".github/CODEOWNERS",
    ".github/actions/gate/action.yml",
    ".gitlab-ci.yml",
    "Jenkinsfile",
    "azure-pipelines.yml",
    "bitbucket-pipelines.yml",
    ".pre-commit-config.yaml",
    "CODEOWNERS",
    "docs/CODEOWNERS",
    "tools/gate/action.yaml",
    ".github/scripts/gate.sh",
    ".github/ISSUE_TEMPLATE/action.yml",
]


@pytest.mark.parametrize("path", GATES)
def test_every_platforms_gate_is_known_in_any_letter_case(path: str) -> None:
    assert is_gate_file(path)
    assert is_gate_file(path.upper())


@pytest.mark.parametrize("path", GATES[:2])
def test_a8_a_change_of_the_gate_is_told_and_comes_alone(tmp_path: Path, path: str) -> None:
    repo = deployed(tmp_path)
    repo.commit("gate", {path: "on: never\n"})
    alone = judge(repo)
    assert codes(alone) == ["POL712"]
    assert alone.findings[0].severity is Severity.WARNING
    assert alone.findings[0].place is not None
    assert alone.findings[0].place.path == path
    repo.commit("and a model", at("models/churn", GOOD))
    assert judge(repo).verdict == "fail"


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "docs/index.md",
        "models/README.md",
        "src/github/workflows/x.yml",
        ".github/ISSUE_TEMPLATE/bug.yml",
        ".github/PULL_REQUEST_TEMPLATE.md",
        ".github/CONTRIBUTING.md",
        ".github/FUNDING.yml",
    ],
)
def test_other_files_are_nobodys_gate(path: str) -> None:
    assert not is_gate_file(path)


@pytest.mark.parametrize(
    ("line", "reaches"),
    [
        ("* text=auto", True),
        ("*.json -diff", True),
        ("models/** binary", True),
        ("models/churn/config.yaml linguist-generated", True),
        ("CHANGELOG.md merge=union", True),
        ("[attr]quiet -diff", True),
        ('"models/churn/metrics.json" -text', True),
        ("snitch.yaml -diff", True),
        ("*.safetensors filter=lfs diff=lfs merge=lfs -text", False),
        ("models/*/weights/** filter=lfs", False),
        ("*.png binary", False),
        ("# *.json -diff", False),
    ],
)
def test_attributes_count_where_they_reach_metadata(
    tmp_path: Path,
    line: str,
    reaches: bool,  # noqa: FBT001 - one column of the table
) -> None:
    repo = deployed(tmp_path)
    repo.commit("attributes", {".gitattributes": f"# ours\n{line}\n"})
    report = judge(repo)
    assert codes(report) == (["POL712"] if reaches else [])
    if reaches:
        place = report.findings[0].place
        assert place is not None
        assert (place.path, place.line, place.excerpt) == (".gitattributes", 2, line)


def test_a_removed_attribute_and_another_order_count_too(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.checkout("main")
    repo.commit("attributes", {".gitattributes": "*.json text\nmetrics.json -text\n"})
    repo.branch("edit")
    repo.commit("turned", {".gitattributes": "metrics.json -text\n*.json text\n"})
    assert codes(judge(repo)) == ["POL712"]
    repo.commit("removed", {".gitattributes": None})
    assert codes(judge(repo)) == ["POL712"]


@pytest.mark.parametrize("more", [0, 1])
def test_attributes_are_looked_at_as_far_as_a_file_may_go_and_no_change_passes_beyond(
    tmp_path: Path, more: int
) -> None:
    repo = deployed(tmp_path)
    line = "*.json -diff\n"
    comment = "#" * ((1 << 20) - len(line) - 1 + more)
    repo.commit("far down", {".gitattributes": f"{comment}\n{line}"})
    if more:
        with pytest.raises(CannotJudgeError, match=r"`\.gitattributes` is longer"):
            judge(repo)
        repo.git("branch", "--force", "main")
        repo.commit("shorter", {".gitattributes": "*.json diff\n"})
    assert codes(judge(repo)) == ["POL712"]


def test_attributes_of_a_directory_reach_only_below_it(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("docs", {"docs/.gitattributes": "* -diff\n"})
    assert codes(judge(repo)) == []
    repo.commit("models", {"models/churn/.gitattributes": "*.json -diff\n"})
    assert "POL712" in codes(judge(repo))


@pytest.mark.parametrize("path", [".lfsconfig", ".gitmodules", "models/churn/.lfsconfig"])
def test_another_source_of_weights_is_told(tmp_path: Path, path: str) -> None:
    repo = deployed(tmp_path)
    repo.commit("elsewhere", {path: "[lfs]\n\turl = https://example.net\n"})
    assert "ART607" in codes(judge(repo))


@pytest.mark.parametrize(
    "files",
    [
        at("zoo/churn", {name: GOOD[name] for name in ("config.yaml", "metrics.json")}),
        {"zoo/churn/weights/model.bin": pointer()},
        {"zoo/churn/model.safetensors": "raw bytes"},
        {"zoo/churn/booster": pointer()},
        {"zoo/churn/.pkl": "raw bytes"},
    ],
)
def test_a_model_that_no_glob_takes_is_told(tmp_path: Path, files: dict[str, str]) -> None:
    repo = deployed(tmp_path)
    repo.commit("hidden", files)
    report = judge(repo)
    assert "POL711" in codes(report)
    assert report.verdict == "fail"


@pytest.mark.parametrize(
    "files",
    [
        {"docs/churn.png": pointer()},
        {
            "data/rows.parquet": pointer(),
            "data/rows.tsv.bz2": pointer(),
            "data/scan.dcm": pointer(),
        },
        {"web/config.json": "{}", "web/README.md": "words"},
        {"tools/config.yaml": "a: 1\n"},
        {"media/.gitkeep": "", "datasets/PLACEHOLDER": ""},
        {"docs/booster": "words", "src/engine": "words"},
    ],
)
def test_what_is_no_model_is_left_in_peace(tmp_path: Path, files: dict[str, str]) -> None:
    repo = deployed(tmp_path)
    repo.commit("other", files)
    assert "POL711" not in codes(judge(repo))
    assert "POL711" not in codes(judge(repo, everything=True))


def test_only_what_the_policy_in_force_excludes_is_silent(tmp_path: Path) -> None:
    excluded = POLICY.replace("path: models/*", "path: models/*\n    exclude: [zoo/*]")
    repo = deployed(tmp_path / "in-force", policy=excluded)
    repo.commit("a toy", at("zoo/churn", GOOD))
    assert "POL711" not in codes(judge(repo))
    repo = deployed(tmp_path / "proposed")
    repo.commit("a toy", {**at("zoo/churn", GOOD), "snitch.yaml": excluded})
    assert {"POL711", "POL702"} <= set(codes(judge(repo)))


def test_an_audit_looks_everywhere_and_a_change_only_at_itself(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.checkout("main")
    repo.commit("hidden for long", {"zoo/churn/model.safetensors": pointer()})
    repo.branch("next")
    repo.commit("a model", at("models/churn", GOOD))
    assert codes(judge(repo)) == []
    assert codes(judge(repo, everything=True)) == ["POL711"]


def test_under_a_deep_glob_every_file_below_a_model_is_that_models(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=POLICY.replace("path: models/*", "path: models/**"))
    weights = "weights/model.safetensors"
    repo.commit("other weights", at("models/churn", {weights: GOOD[weights]}))
    report = judge(repo)
    assert [model.name for model in report.models] == ["churn"]
    assert {"CPL106", "ART603"} <= set(codes(report))
    assert "POL711" not in codes(report)


def test_models_inside_of_one_another_are_told_by_any_name(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=POLICY.replace("path: models/*", "path: models/**"))
    inner = {**GOOD, "config.yaml": GOOD["config.yaml"].replace("name: churn", "name: churn-in")}
    repo.commit("nested", {**at("models/churn", GOOD), **at("models/churn/inner", inner)})
    assert codes(judge(repo)) == ["CPL110", "CPL110"]


def test_limits_on_files_are_findings_that_name_the_limit(tmp_path: Path) -> None:
    limits = "limits: {max_files: 1, max_path_depth: 4}\n"
    repo = deployed(tmp_path, policy=POLICY + limits)
    repo.commit("much", at("models/churn", {**GOOD, "a.py": "", "a/b/c/d.txt": ""}))
    told = [one.message for one in judge(repo).findings if one.rule.code == "SNT001"]
    assert len(told) == 2
    assert "`limits.max_path_depth`" in told[0] + told[1]
    assert "`limits.max_files`" in told[0] + told[1]


@pytest.mark.parametrize("limit", ["max_file_kib: 4", "max_file_kib: 4, max_lock_kib: 1"])
def test_a_low_limit_on_locks_cuts_no_requirements_off(tmp_path: Path, limit: str) -> None:
    repo = deployed(tmp_path, policy=f"{POLICY}limits: {{{limit}}}\n")
    long = GOOD["requirements.txt"] + "# a word\n" * 512 + "tensorflow==2.9.0\n"
    repo.commit("long", at("models/churn", {**GOOD, "requirements.txt": long}))
    assert codes(judge(repo)) == ["SNT001"]


def test_more_models_than_the_limit_are_not_judged_at_all(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=f"{POLICY}limits: {{max_models: 1}}\n")
    second = {name: text.replace("churn", "fraud") for name, text in GOOD.items()}
    repo.commit("two", {**at("models/churn", GOOD), **at("models/fraud", second)})
    with pytest.raises(CannotJudgeError, match="max_models"):
        judge(repo)
