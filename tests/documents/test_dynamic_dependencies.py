"""Dependencies that a pyproject.toml leaves to whatever builds the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import GOOD
from example import REQUIREMENTS
from judging import at
from judging import deployed
from judging import judge
from judging import snitch

from snitch.documents import Limits
from snitch.documents import read_dependencies

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.documents import DependencyFile
    from snitch.findings import Report

OPEN = '[project]\nname = "churn"\nversion = "1"\ndynamic = ["dependencies"]\n'
TAKEN = (
    OPEN
    + """
[tool.setuptools.dynamic]
dependencies = {file = ["deps.txt", "more deps.txt"]}
optional-dependencies.gpu = {file = "gpu.txt"}
"""
)


def read(text: str, **others: str) -> DependencyFile:
    files = {f"m/{name.replace('__', '.')}": content for name, content in others.items()}
    blobs = {name: content.encode() for name, content in files.items()}
    blobs["m/pyproject.toml"] = text.encode()
    return read_dependencies("m/pyproject.toml", blobs.get, Limits())


def judged(root: Path, **files: str) -> Report:
    repo = deployed(root)
    repo.write(at("models/churn", {**GOOD, **files}))
    if "requirements.txt" not in files:
        repo.write({"models/churn/requirements.txt": None})
    return judge(repo)


def test_what_setuptools_takes_from_requirement_files_is_read_there() -> None:
    found = read(TAKEN, deps__txt="numpy==2.1.0\n", gpu__txt="cupy==13\n")
    asked = [(one.name, one.group, one.spelling.source.path) for one in found.requirements]
    assert asked == [("numpy", "", "m/deps.txt"), ("cupy", "gpu", "m/gpu.txt")]
    [(line, reason)] = found.unparsable
    assert line.value == "-r 'more deps.txt'"
    assert reason == "it includes a file that does not exist"
    assert line.place.line == 7


@pytest.mark.parametrize("extra", ["", "[tool.ruff]\nline-length = 100\n"])
def test_what_another_build_computes_is_no_list_of_dependencies(extra: str) -> None:
    assert read(OPEN + extra).silent
    assert read(extra).silent


@pytest.mark.parametrize(
    "text",
    [
        '[project]\nname = "churn"\nversion = "1"\n',
        OPEN + '[tool.poetry.dependencies]\nnumpy = "2.1.0"\n',
        '[dependency-groups]\ntrain = ["numpy==2.1.0"]\n',
        "[dependency-groups]\ntrain = 1\n",
        '[[tool.uv.index]]\nurl = "https://packages.example/simple"\n',
        "[project\n",
    ],
)
def test_a_file_that_says_anything_of_them_counts(text: str) -> None:
    assert not read(text).silent


def test_a_forbidden_library_is_found_behind_the_reference(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    files = {**GOOD, "pyproject.toml": TAKEN, "deps.txt": REQUIREMENTS + "evil\n"}
    files |= {"more deps.txt": "# none\n", "gpu.txt": ""}
    repo.write({**at("models/churn", files), "models/churn/requirements.txt": None})
    policy = repo.root / "snitch.yaml"
    forbidden = "dependencies: {disallowed: [{name: evil, reason: it is}]}\n"
    policy.write_text(policy.read_text() + forbidden)
    ran = snitch(repo, "check", "--policy", "snitch.yaml", "--format", "concise")
    assert "models/churn/deps.txt:3:1: DEP501" in ran.out


def test_a_file_that_configures_tools_is_no_dependency_file(tmp_path: Path) -> None:
    report = judged(tmp_path, **{"pyproject.toml": "[tool.ruff]\nline-length = 100\n"})
    assert "DEP508" in {finding.rule.code for finding in report.findings}


def test_it_may_stand_beside_one(tmp_path: Path) -> None:
    files = {"pyproject.toml": OPEN, "requirements.txt": REQUIREMENTS}
    assert judged(tmp_path, **files).findings == ()
