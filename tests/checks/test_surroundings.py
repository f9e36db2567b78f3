"""What stands around the models, told of a run: where, how severely, and what to do."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from typing import Any

import pytest

from snitch.checks.check import Run
from snitch.checks.check import Stray
from snitch.checks.surroundings import ACTION_FILES
from snitch.checks.surroundings import CI_DIRECTORIES
from snitch.checks.surroundings import GATE_FILES
from snitch.checks.surroundings import gate_changed
from snitch.checks.surroundings import is_gate_file
from snitch.checks.surroundings import lfs_source_changed
from snitch.checks.surroundings import outside_policy
from snitch.findings import Place
from snitch.findings import Severity
from snitch.policy.model import ModelGlob
from snitch.policy.model import Policy

if TYPE_CHECKING:
    from snitch.findings import Finding

CONFIG = "models/churn/config.yaml"
WORKFLOW = ".github/workflows/snitch.yml"
ALONE = "have the owners of the gate review it"
TOGETHER = "take it out of this change; whoever owns the gate makes it in a change of its own"


def run(**facts: Any) -> Run:
    facts = {"policy": Policy(), "policy_path": "snitch.yaml", "total_models": 3, **facts}
    return Run(as_of=date(2026, 11, 23), models=(), **facts)


def attributes(before: str, now: str, path: str = ".gitattributes", **facts: Any) -> Finding:
    edit = {path: (before, now)}
    [finding] = gate_changed(run(attributes=edit, metadata=(CONFIG,), **facts))
    return finding


@pytest.mark.parametrize(
    ("path", "gate"),
    [
        *((f"{directory}a/b.sh", True) for directory in CI_DIRECTORIES),
        *((path, True) for path in sorted(GATE_FILES)),
        *((f"tools/gate/{name}", True) for name in sorted(ACTION_FILES)),
        ("action.yml", True),
        ("Jenkinsfile.release", True),
        ("release.jenkinsfile", True),
        ("ci/Jenkinsfile", True),
        ("tools/gate/reaction.yml", False),
        ("models/CODEOWNERS", False),
        (".github/README.md", False),
        (".gitlab/ci/README.md", True),
        (".github/Issue_Template/bug.yml", False),
        (".github/funding.yml", False),
        ("github/workflows/a.yml", False),
    ],
)
def test_what_runs_or_owns_the_gate_is_known_by_its_path(path: str, *, gate: bool) -> None:
    assert is_gate_file(path) is gate


def test_an_edit_of_the_gate_alone_is_a_warning_to_its_owners() -> None:
    [finding] = gate_changed(run(changed=frozenset({WORKFLOW, "README.md"})))
    assert finding.rule.code == "POL712"
    assert finding.severity is Severity.WARNING
    assert finding.message == f"this change edits `{WORKFLOW}`, which runs the gate"
    assert finding.remedy == ALONE
    assert finding.place == Place(WORKFLOW)


@pytest.mark.parametrize(
    "models",
    [
        {"touches_models": True},
        {"removed": {"churn": "models/churn"}},
        {
            "strays": {"zoo/fraud": Stray("a config")},
            "changed": frozenset({WORKFLOW, "zoo/fraud/a"}),
        },
        {"strays": {"": Stray("a config")}, "changed": frozenset({WORKFLOW, "a"})},
    ],
    ids=["edited", "removed", "taken by no glob", "taken by no glob at the root"],
)
def test_an_edit_of_the_gate_together_with_a_model_is_an_error(models: dict[str, Any]) -> None:
    [finding] = gate_changed(run(**{"changed": frozenset({WORKFLOW}), **models}))
    assert finding.severity is Severity.ERROR
    assert finding.message.endswith("gate; expected a change of its own, without models")
    assert finding.remedy == TOGETHER


def test_a_stray_that_the_change_does_not_touch_is_no_model_of_it() -> None:
    changed = frozenset({WORKFLOW, "zoo/fraudulent/a"})
    [finding] = gate_changed(run(changed=changed, strays={"zoo/fraud": Stray("a config")}))
    assert finding.severity is Severity.WARNING


def test_edits_of_the_gate_are_told_by_path_and_before_those_of_attributes() -> None:
    paths = ["CODEOWNERS", WORKFLOW, ".pre-commit-config.yaml"]
    edits = {"models/.gitattributes": ("", "* -diff\n"), ".gitattributes": ("", "* -diff\n")}
    facts = {"changed": frozenset(paths), "attributes": edits, "metadata": (CONFIG,)}
    found = gate_changed(run(**facts))
    assert [one.place.path for one in found if one.place] == [
        *(WORKFLOW, ".pre-commit-config.yaml", "CODEOWNERS"),
        *(".gitattributes", "models/.gitattributes"),
    ]


def test_an_added_line_of_attributes_is_told_as_a_whole() -> None:
    finding = attributes("*.bin -text\n", "*.bin -text\n  config.yaml -diff\n")
    line = "config.yaml -diff"
    assert finding.place == Place(".gitattributes", 2, 1, len(line), line)
    assert finding.severity is Severity.WARNING
    assert finding.message == (
        f"this change edits the line `{line}` of `.gitattributes`, which changes how `{CONFIG}` "
        "is read or shown"
    )


def test_a_removed_line_of_attributes_has_the_file_for_its_place() -> None:
    finding = attributes("*.yaml text\n", "", touches_models=True)
    assert finding.place == Place(".gitattributes", None, None, len("*.yaml text"), None)
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize("path", [".lfsconfig", "models/churn/.lfsconfig", ".GITMODULES"])
def test_another_source_of_weights_is_told_at_its_file(path: str) -> None:
    [finding] = lfs_source_changed(run(changed=frozenset({path, "lfsconfig", "a.lfsconfig"})))
    assert finding.rule.code == "ART607"
    assert finding.place == Place(path)
    assert finding.message == (
        f"this change edits `{path}`, which says where weights or submodules are fetched from; "
        "expected production's"
    )


def test_a_directory_that_no_glob_takes_is_told_with_where_models_are_looked_for() -> None:
    policy = Policy.model_validate({"models": [{"path": f"{one}/*"} for one in "abcdef"]})
    root, zoo = outside_policy(
        run(policy=policy, strays={"zoo": Stray("weights"), "": Stray("a config")})
    )
    assert (root.rule.code, root.place) == ("POL711", Place(""))
    assert zoo.place == Place("zoo")
    assert root.message == (
        "`.` holds a config, and the policy looks for models only in `a/*`, `b/*`, `c/*`, `d/*` "
        "and 2 more, so nothing judges it"
    )
    [bare] = outside_policy(run(policy=Policy(models=()), strays={"zoo": Stray("weights")}))
    assert bare.message.endswith("looks for models only in `models/*`, so nothing judges it")


def test_a_directory_that_a_glob_takes_and_its_layout_does_not_is_told_with_that_layout() -> None:
    among = ModelGlob(path="zoo/**", layout="ml-zoo")
    [finding] = outside_policy(run(strays={"zoo/fraud": Stray("the weights `a.tflite`", among)}))
    assert finding.message == (
        "`zoo/fraud` holds the weights `a.tflite`, and nothing that the layout `ml-zoo` of "
        "`zoo/**` calls a model, so nothing judges it"
    )
    assert finding.remedy.startswith("describe it as `snitch layouts show ml-zoo` tells, or have")
