"""Files that run the gate, whichever system runs it."""

from __future__ import annotations

import pytest

from snitch.checks.surroundings import is_gate_file


@pytest.mark.parametrize(
    "path",
    [
        "Jenkinsfile",
        "ci/Jenkinsfile",
        "ci/Jenkinsfile.release",
        "ci/gate.jenkinsfile",
        ".travis.yml",
        ".drone.yml",
        ".woodpecker.yml",
        ".woodpecker/gate.yaml",
        ".gitea/workflows/gate.yml",
        ".forgejo/workflows/gate.yml",
        ".teamcity/settings.kts",
        ".husky/pre-commit",
        "lefthook.yml",
    ],
)
def test_what_runs_the_gate_is_known_by_its_name(path: str) -> None:
    assert is_gate_file(path)


@pytest.mark.parametrize(
    "path",
    [
        "models/churn/.travis.yml",
        ".gitea/ISSUE_TEMPLATE.md",
        "jenkinsfile/readme.txt",
        "travis.yml",
    ],
)
def test_what_only_resembles_it_is_none(path: str) -> None:
    assert not is_gate_file(path)
