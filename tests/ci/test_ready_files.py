"""The CI files that users copy: valid by their platforms' schemas, and safe by zizmor."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
WORKFLOWS = ["docs/ci/github.yml", "docs/ci/github-comment.yml"]
SCHEMAS = [
    *((name, "vendor.github-workflows") for name in WORKFLOWS),
    ("action.yml", "vendor.github-actions"),
    ("templates/gitlab-ci.yml", "vendor.gitlab-ci"),
    ("docs/ci/azure-pipelines.yml", "vendor.azure-pipelines"),
]


def tool(name: str) -> str:
    found = shutil.which(name, path=str(BIN))
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.mark.parametrize(("name", "schema"), SCHEMAS)
def test_the_file_is_valid_by_its_platforms_schema(name: str, schema: str) -> None:
    # The schema of Azure has patterns that are no Unicode regular expressions.
    flags = ["--regex-variant", "nonunicode", "--builtin-schema", schema]
    command = [tool("check-jsonschema"), *flags, str(ROOT / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", [*WORKFLOWS, "action.yml"])
def test_zizmor_finds_nothing(name: str) -> None:
    command = [tool("zizmor"), "--offline", "--no-progress", "--persona=auditor", str(ROOT / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", [*WORKFLOWS, "action.yml"])
def test_no_expression_stands_in_a_shell_line(name: str) -> None:

    def scripts(value: object) -> list[str]:
        match value:
            case dict():
                own = [value["run"]] if isinstance(value.get("run"), str) else []
                return own + [one for inner in value.values() for one in scripts(inner)]
            case list():
                return [one for inner in value for one in scripts(inner)]
            case _:
                return []

    found = scripts(yaml.safe_load((ROOT / name).read_text()))
    assert found
    assert not [script for script in found if "${{" in script]


STUB = '#!/bin/sh\nfor one in "$@"; do printf "%s\\t" "$one"; done >> "$CALLS"\necho >> "$CALLS"\n'
LISTED = 'if [ "$(basename "$0")" = gh ]; then printf "0abc 7\\n1def 8\\n"; fi\n'


@pytest.mark.parametrize(("head", "number"), [("1def", "8"), ("2fff", None)])
def test_the_comment_goes_to_the_request_of_that_very_head(
    tmp_path: Path, head: str, number: str | None
) -> None:
    calls = tmp_path / "calls"
    for name in ("gh", "git", "snitch"):
        (tmp_path / name).write_text(STUB + LISTED)
        (tmp_path / name).chmod(0o755)
    workflow = yaml.safe_load((ROOT / "docs/ci/github-comment.yml").read_text())
    script = workflow["jobs"]["snitch-comment"]["steps"][-1]["run"]
    environment = {
        "PATH": f"{tmp_path}:/usr/bin:/bin",
        "CALLS": str(calls),
        "GITHUB_REPOSITORY": "acme/models",
        "HEAD": "ana:main",
        "HEAD_SHA": head,
    }
    subprocess.run(["bash", "-eo", "pipefail", "-c", script], check=True, env=environment)
    said = [line.split("\t")[:-1] for line in calls.read_text().splitlines()]
    assert "head=ana:main" in said[0]
    commented = [call for call in said if call[:1] == ["comment"]]
    assert [call[2] for call in commented] == ([number] if number else [])
    # The checkout keeps no token, and a private repository gives nothing without one.
    assert all("credential.helper=!gh auth git-credential" in it for it in said if "fetch" in it)
