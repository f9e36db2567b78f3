"""The files that make a policy hold: the hook, the CI job, and who must agree to their change."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from textwrap import indent
from typing import TYPE_CHECKING

from snitch.engine.adoption import without_models
from snitch.engine.first_policy import policy_text
from snitch.engine.known import BASELINE_FILE
from snitch.frozen import dataclass
from snitch.policy import POLICY_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from snitch.engine.adoption import Found

CHECKOUT = "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2"
PYTHON = "actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065 # v5.6.0"
HOOKS = ".pre-commit-config.yaml"
OWNER_FILES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")


@dataclass(frozen=True, slots=True)
class GateFile:
    """One file to write, or, where it is there already, what to add to it by hand."""

    path: str
    text: str
    snippet: str
    """What an existing file lacks."""
    purpose: str
    exists: bool
    """It stays as it is."""
    complete: bool
    """Whether the file that is there holds the snippet already."""


def gate_files(
    found: Found,
    version: str,
    *,
    owners: str | None = None,
    directions: Mapping[str, str] | None = None,
) -> tuple[GateFile, ...]:
    """Everything that `snitch init` writes, the policy first.

    The hook is pinned to `version`. Owners are spelt as in CODEOWNERS (`@acme/platform`); without
    any, lines wait for a name.
    """
    policy = policy_text(found, directions)
    pipeline = _gitlab if found.forge == "gitlab" else _github
    return (
        _standard(found, policy),
        _hook(found, version),
        pipeline(found),
        _owners(found, owners),
    )


def _standard(found: Found, policy: str) -> GateFile:
    file = _file(found, POLICY_FILE, policy, policy, "the standard")
    # What an earlier run wrote for want of a model, and nobody has touched since, is no standard.
    return replace(
        file, exists=file.exists and _held(found, POLICY_FILE) != policy_text(without_models(found))
    )


def _file(found: Found, path: str, text: str, snippet: str, purpose: str) -> GateFile:
    exists = (found.root / path).exists()
    return GateFile(path, text, snippet, purpose, exists, snippet in _held(found, path))


def _held(found: Found, path: str) -> str:
    file = found.root / path
    with suppress(OSError):
        return file.read_text("utf-8", "replace") if file.is_file() else ""
    return ""


def _hook(found: Found, version: str) -> GateFile:
    hook = (
        "  - repo: local\n"
        "    hooks:\n"
        "      - id: snitch\n"
        "        name: snitch\n"
        "        entry: snitch check --staged\n"
        "        language: python\n"
        f"        additional_dependencies: [model-snitch=={version}]\n"
        "        always_run: true\n"
        "        pass_filenames: false\n"
        "        require_serial: true\n"
    )
    head = (
        "# Judges the models of every commit on the laptop, as they are staged: `pip install\n"
        "# pre-commit && pre-commit install`. It is advice; the job in CI is the gate.\n"
    )
    return _file(found, HOOKS, f"{head}repos:\n{hook}", hook, "the hook, on the laptop")


def _github(found: Found) -> GateFile:
    path = ".github/workflows/snitch.yml"
    text = f"""\
# The gate. Require the job `snitch-gate` for merging into `{found.production}`: until then it is
# advice. There is no `paths:` filter on purpose, because a skipped job counts as a success.
name: snitch
on:
  pull_request:
    # `edited`: a request that is given another base branch is judged again.
    types: [opened, synchronize, reopened, edited]
  merge_group:
permissions:
  contents: read # the models and their history; nothing is written
jobs:
  snitch-gate:
    runs-on: ubuntu-latest
    steps:
      # Actions are pinned by commit, since a tag can be moved.
      - uses: {CHECKOUT}
        with:
          fetch-depth: 0 # the gate compares with production, so it needs the history
          persist-credentials: false
      - uses: {PYTHON}
        with:
          python-version: "3.12"
      - run: python -m pip install model-snitch
      - name: Judge the models of this change
        run: |
          status=0
          snitch check --format terminal --format markdown=snitch.md || status=$?
          if [ -f snitch.md ]; then cat snitch.md >> "$GITHUB_STEP_SUMMARY"; fi
          exit "$status"
"""
    return _file(found, path, text, text, "the gate, in CI")


def _gitlab(found: Found) -> GateFile:
    branch = "$CI_DEFAULT_BRANCH"
    job = f"""\
snitch:
  stage: test
  image: python:3.12
  variables:
    GIT_DEPTH: "0" # the gate compares with production, so it needs the history
    GIT_LFS_SKIP_SMUDGE: "1"
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
    - pip install --quiet model-snitch
    - git fetch --quiet origin "+refs/heads/{branch}:refs/remotes/origin/{branch}"
    - snitch check --format terminal --format gitlab=gl-code-quality.json --format junit=snitch.xml
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality.json
      junit: snitch.xml
"""
    head = "# The gate. Require pipelines to succeed before merging: until then it is advice.\n"
    return _file(found, ".gitlab-ci.yml", head + job, job, "the gate, in CI")


def _owners(found: Found, owners: str | None) -> GateFile:
    default = OWNER_FILES[0] if found.forge == "github" else OWNER_FILES[1]
    path = next((name for name in OWNER_FILES if (found.root / name).exists()), default)
    job = "/.github/workflows/" if found.forge == "github" else "/.gitlab-ci.yml"
    names = (f"/{POLICY_FILE}", f"/{BASELINE_FILE}", f"/{HOOKS}", job, f"/{path}")
    width = max(map(len, names))
    lines = "".join(f"{name:<{width}} {owners or '@ORGANISATION/TEAM'}\n" for name in names)
    head = (
        "# Who must agree to a change of the gate itself. Let the branch's rules ask for a review\n"
        "# by code owners, and keep these lines the last: of several that match, the last counts.\n"
    )
    if owners is None:
        head += "# Put the team in that owns the standard, and take the `# ` away.\n"
        lines = indent(lines, "# ")
    return _file(found, path, head + lines, lines, "who owns the standard")
