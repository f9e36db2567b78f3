"""What stands around the models and decides whether they are judged, and where weights come from.

A workflow that no longer runs the gate passes everything; so does a directory that no glob takes,
and a Git LFS server that hands out other weights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.attributes import reaching
from snitch.checks.wording import listed
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Place
from snitch.findings import Rule
from snitch.findings import Severity
from snitch.policy import POLICY_FILE
from snitch.snapshots.paths import folder_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.checks.check import Run
    from snitch.checks.check import Stray

OUTSIDE_POLICY = Rule(
    "POL711",
    "model-outside-policy",
    Severity.ERROR,
    "A directory looks like a model, and the policy looks for none there.",
    why=(
        "A model where the policy does not look is deployed like the others and judged like none "
        "of them. A new directory beside the old ones, or a release moved there, passes every "
        "gate by not being looked at."
    ),
    remedy=(
        "Move the model to where the policy looks, or have the policy's owners add a `path` under "
        "`models`. What is no model goes under `exclude` of an entry there, in a change of its "
        "own."
    ),
    bad="zoo/churn/{config.yaml, metrics.json}   # models: [{path: models/*}]",
    good="models/churn/{config.yaml, metrics.json}",
)
GATE_CHANGED = Rule(
    "POL712",
    "gate-changed",
    Severity.ERROR,
    "This change edits what runs the gate, owns it, or decides how its files are read.",
    why=(
        "On a pull request, most platforms run the workflow that the pull request itself brings. "
        "Whoever edits it, the hook's configuration, the list of owners or the attributes of "
        "metadata files can switch the gate off and still show a green check. It is an error "
        "when the same change also changes a model, and a warning when it comes alone."
    ),
    remedy=(
        "Take the edit out of this change and put it into one of its own, reviewed by those who "
        "own the gate."
    ),
    bad=".github/workflows/snitch.yml   # run: true; together with a model",
    good=".github/workflows/snitch.yml   # in a change of its own",
    fixed=True,
)
LFS_SOURCE_CHANGED = Rule(
    "ART607",
    "lfs-source-changed",
    Severity.ERROR,
    "This change edits where Git LFS or a submodule fetches from.",
    why=(
        "`.lfsconfig` and `.gitmodules` name the servers that a deployment downloads from, with "
        "the deployment's own credentials. Another address can hand out other bytes, or collect "
        "the credentials of everybody who asks."
    ),
    remedy=(
        "Take the edit out of this change. Whoever runs the LFS server makes it in a change of "
        "its own, with this rule lowered or waived for that day by the policy's owners."
    ),
    bad="[lfs]\n\turl = https://lfs.example.net/other",
    good="# no .lfsconfig: weights come from the repository's own server",
)

CI_DIRECTORIES = (
    ".github/",
    ".gitea/workflows/",
    ".forgejo/workflows/",
    ".gitlab/ci/",
    ".circleci/",
    ".buildkite/",
    ".azure-pipelines/",
    ".woodpecker/",
    ".teamcity/",
    ".husky/",
)
FORMS = (
    ".github/issue_template",
    ".github/discussion_template",
    ".github/pull_request_template",
    ".github/funding.yml",
)
"""Forms and words for people, which no platform runs."""
GATE_FILES = frozenset(
    {
        ".gitlab-ci.yml",
        ".gitlab-ci.yaml",
        "jenkinsfile",
        "azure-pipelines.yml",
        "azure-pipelines.yaml",
        "bitbucket-pipelines.yml",
        ".travis.yml",
        ".drone.yml",
        ".woodpecker.yml",
        ".woodpecker.yaml",
        "lefthook.yml",
        ".lefthook.yml",
        ".pre-commit-config.yaml",
        ".pre-commit-config.yml",
        "codeowners",
        "docs/codeowners",
        ".gitlab/codeowners",
        ".bitbucket/codeowners",
        "snitch-baseline.json",
    }
)
ACTION_FILES = frozenset({"action.yml", "action.yaml"})
LFS_FILES = frozenset({".lfsconfig", ".gitmodules"})
ATTRIBUTES = ".gitattributes"


def is_of_the_gate(path: str) -> bool:
    """Whether a file is the standard, or runs the gate, or says who owns it."""
    return path == POLICY_FILE or is_gate_file(path)


def is_gate_file(path: str) -> bool:
    """Whether a file runs the gate or says who owns it, as some platform reads it."""
    folded = path.casefold()
    return (
        (folded.startswith(CI_DIRECTORIES) and not _is_for_people(folded))
        or folded in GATE_FILES
        or folded.rpartition("/")[2] in ACTION_FILES
        or "jenkinsfile" in folded.rpartition("/")[2]
    )


def _is_for_people(path: str) -> bool:
    return path.startswith(FORMS) or (path.startswith(".github/") and path.endswith(".md"))


def gate_changed(run: Run) -> Iterator[Finding]:
    """POL712, each edited file once; attribute files where they reach metadata."""
    for path in sorted(filter(is_gate_file, run.changed)):
        yield _gate(run, Place(path), f"this change edits {quoted(path)}, which runs the gate")
    for path, (before, now) in sorted(run.attributes.items()):
        found = reaching(path, before, now, run.metadata)
        if found is not None:
            number, line, example = found
            column = None if number is None else 1
            yield _gate(
                run,
                Place(path, number, column, len(line), line if number else None),
                f"this change edits the line {quoted(line)} of {quoted(path)}, which changes how "
                f"{quoted(example)} is read or shown",
            )


def _gate(run: Run, place: Place, what: str) -> Finding:
    together = run.changes_models
    expected = "; expected a change of its own, without models" if together else ""
    return Finding(
        GATE_CHANGED,
        f"{what}{expected}",
        "take it out of this change; whoever owns the gate makes it in a change of its own"
        if together
        else "have the owners of the gate review it",
        place,
        Severity.ERROR if together else Severity.WARNING,
    )


def lfs_source_changed(run: Run) -> Iterator[Finding]:
    """ART607, at each edited file."""
    sources = (path for path in run.changed if path.rpartition("/")[2].casefold() in LFS_FILES)
    for path in sorted(sources):
        yield Finding(
            LFS_SOURCE_CHANGED,
            f"this change edits {quoted(path)}, which says where weights or submodules are "
            "fetched from; expected production's",
            "take it out of this change, or have the policy's owners allow it first",
            Place(path),
        )


def outside_policy(run: Run) -> Iterator[Finding]:
    """POL711, once for each directory; of older versions without weights once for a model."""
    newest = {folder_of(file): folder_of(model) for file, model in run.older_versions.items()}
    for directory, stray in sorted(run.strays.items()):
        model = newest.get(directory, directory)
        if model != directory:
            what = f"{quoted(directory)} holds {stray.holds}"
            yield _older(what, model, Place(directory), Severity.ERROR)
        else:
            yield _stray(run, directory, stray)
    edited: dict[str, list[str]] = {}
    for file, model in sorted(run.older_versions.items()):
        if file in run.changed and folder_of(file) not in run.strays:
            edited.setdefault(model, []).append(file)
    for model, files in edited.items():
        what = f"this change edits {listed(map(quoted, files))}"
        yield _older(what, model, Place(files[0]), Severity.WARNING)


def _stray(run: Run, directory: str, stray: Stray) -> Finding:
    taken_up = "have the policy's owners take it up: as a `path` of `models`, or under an `exclude`"
    holds = f"{quoted(directory or '.')} holds {stray.holds}, and"
    if stray.among is None:
        globs = listed(quoted(model.path) for model in run.policy.models)
        message = f"{holds} the policy looks for models only in {globs or '`models/*`'}"
        remedy = f"move it there, or {taken_up}"
    else:
        path, layout = stray.among.path, stray.among.layout
        message = (
            f"{holds} nothing that the layout {quoted(layout)} of {quoted(path)} calls a model"
        )
        remedy = f"describe it as `snitch layouts show {layout}` tells, or {taken_up}"
    return Finding(
        OUTSIDE_POLICY,
        f"{message}, so nothing judges it",
        f"{remedy} there if it is no model",
        Place(directory),
    )


def _older(what: str, model: str, place: Place, severity: Severity) -> Finding:
    return Finding(
        OUTSIDE_POLICY,
        f"{what}, of a version older than {quoted(model)}, which is the model, so nothing judges "
        "it",
        "give what is to be deployed a newer version than that, and leave the older ones as "
        "production holds them",
        place,
        severity,
    )
