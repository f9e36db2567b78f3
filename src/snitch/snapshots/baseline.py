"""Which commit is the deployed release: the tip of production, never what a machine suggests.

The production branch's name comes from the policy, its commit from the remote's branch by full
name. A CI system's variables are worth this much:

- The target of a pull request (`GITHUB_BASE_REF`, `CI_MERGE_REQUEST_TARGET_BRANCH_NAME`,
  `BITBUCKET_PR_DESTINATION_BRANCH`, `SYSTEM_PULLREQUEST_TARGETBRANCH`, `CHANGE_TARGET`) never
  chooses the baseline: whoever opens a request chooses its target. A different one is said.
- A push to production would be compared with itself. There the commit that production stood on
  before the push is the baseline: the one that the system names (`before` in GitHub's event file,
  `CI_COMMIT_BEFORE_SHA`), else the first parent of the commit that was pushed.
- `CI_MERGE_REQUEST_DIFF_BASE_SHA` is a merge base, and no baseline.
- In CI a missing production branch is an error: a checkout without it would otherwise make every
  model a first release. Everywhere else it is one as soon as there is a remote.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from snitch.findings.problem import CannotJudgeError
from snitch.frozen import dataclass
from snitch.snapshots.revisions import is_ref_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from snitch.snapshots.repository import Repository

MAX_EVENT = 1 << 25
"""Bytes of an event file; GitHub's own limit is below."""


@dataclass(frozen=True, slots=True)
class BaselineRef:
    """The deployed release's commit, and how it was found."""

    ref: str
    """As a person writes it: `origin/main`."""
    commit: str
    found: str
    """What the commit is: `origin's production branch`."""
    is_usual: bool = True

    @property
    def notice(self) -> str | None:
        """A sentence for whoever should know that it is not simply origin's branch."""
        if self.is_usual:
            return None
        return f"the baseline is {self.commit[:12]}: {self.found}"


@dataclass(frozen=True, slots=True)
class _System:
    """The variables by which one CI system tells what it runs for."""

    name: str
    marker: str
    branch: str
    """The branch that was pushed, with or without `refs/heads/`."""
    target: str
    """The branch that a pull request wants to go to."""
    before: str | None
    fetch: str
    """How its checkout is told to fetch everything."""


SYSTEMS = (
    _System(
        "GitHub Actions",
        "GITHUB_ACTIONS",
        "GITHUB_REF",
        "GITHUB_BASE_REF",
        None,
        "`fetch-depth: 0` in actions/checkout",
    ),
    _System(
        "GitLab CI",
        "GITLAB_CI",
        "CI_COMMIT_BRANCH",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
        "CI_COMMIT_BEFORE_SHA",
        "`GIT_DEPTH: 0`",
    ),
    _System(
        "Bitbucket Pipelines",
        "BITBUCKET_BUILD_NUMBER",
        "BITBUCKET_BRANCH",
        "BITBUCKET_PR_DESTINATION_BRANCH",
        None,
        "`clone: {depth: full}`",
    ),
    _System(
        "Azure Pipelines",
        "TF_BUILD",
        "BUILD_SOURCEBRANCH",
        "SYSTEM_PULLREQUEST_TARGETBRANCH",
        None,
        "`fetchDepth: 0`",
    ),
    _System(
        "Jenkins",
        "JENKINS_URL",
        "BRANCH_NAME",
        "CHANGE_TARGET",
        None,
        "a refspec of all branches, and no shallow clone",
    ),
)


def find_baseline(
    repository: Repository,
    *,
    requested: str | None,
    production: str,
    environ: Mapping[str, str],
) -> BaselineRef | None:
    """The commit to compare with; None where nothing can ever have been deployed.

    Requested is what `--baseline` says, over everything else.

    Raises:
        CannotJudgeError: the branch should be there and is not; the remedy fetches it.
    """
    if requested is not None:
        return BaselineRef(requested, repository.resolve(requested), "asked for by --baseline")
    if not is_ref_name(production):
        message = f"{production!r} is no name of a branch"
        raise CannotJudgeError(message, "correct `environments.production` in the policy")
    system = next((one for one in SYSTEMS if environ.get(one.marker)), None)
    tip = _tip(repository, production, system, in_ci=is_in_ci(environ))
    if tip is None or system is None:
        return tip
    target = _branch(environ, system.target)
    if target and target != production:
        found = f"{tip.found}, although the pull request goes to {target!r}"
        return BaselineRef(tip.ref, tip.commit, found, is_usual=False)
    pushed = not target and _branch(environ, system.branch) == production and _is_push(environ)
    return _before(repository, tip, system, environ) if pushed else tip


def is_in_ci(environ: Mapping[str, str]) -> bool:
    """Whether the environment says that this is a CI job: then more has to be there."""
    return _is_set(environ, "CI") or any(environ.get(one.marker) for one in SYSTEMS)


def _tip(
    repository: Repository, production: str, system: _System | None, *, in_ci: bool
) -> BaselineRef | None:
    tracked, local = f"refs/remotes/origin/{production}", f"refs/heads/{production}"
    refs = repository.find_refs(tracked, local)
    if tracked in refs:
        return BaselineRef(f"origin/{production}", refs[tracked], "origin's production branch")
    if local in refs and repository.location.work_tree is None:
        how = "the production branch of this bare repository"
        return BaselineRef(production, refs[local], how)
    remotes = repository.remotes()
    if len(remotes) == 1 and remotes != ["origin"]:
        other = f"refs/remotes/{remotes[0]}/{production}"
        if is_ref_name(other) and (found := repository.find_refs(other)):
            how = f"the production branch of {remotes[0]!r}, the only remote"
            return BaselineRef(
                other.removeprefix("refs/remotes/"), found[other], how, is_usual=False
            )
    if remotes:
        raise _missing(repository, production, remotes, system)
    if local in refs:
        how = "the local production branch, as there is no remote"
        return BaselineRef(production, refs[local], how, is_usual=False)
    if in_ci:
        raise _missing(repository, production, ["origin"], system)
    return None


def _missing(
    repository: Repository, production: str, remotes: list[str], system: _System | None
) -> CannotJudgeError:
    remote = "origin" if "origin" in remotes else remotes[0]
    deepen = " --unshallow" if repository.is_shallow() else ""
    spec = f"+refs/heads/{production}:refs/remotes/{remote}/{production}"
    also = f", or check out with {system.fetch}" if system else ""
    if not (deepen or system):  # somebody's laptop, and perhaps nothing was ever pushed
        also = f"; where {remote} is empty still, push {production} once with --no-verify"
    return CannotJudgeError(
        f"the production branch {remote}/{production} is not in this clone",
        f"git fetch{deepen} {remote} '{spec}'{also}",
    )


def _before(
    repository: Repository, tip: BaselineRef, system: _System, environ: Mapping[str, str]
) -> BaselineRef | None:
    head = repository.head
    # Whatever the variables say: what production does not hold was never pushed to it.
    if head is not None and repository.merge_base(head, tip.commit) != head:
        return tip
    named = _event_before(environ) if system.before is None else environ.get(system.before, "")
    if named and set(named) != {"0"} and named != head:
        how = f"where {tip.ref} stood before this push, as {system.name} says"
        return BaselineRef(named, repository.resolve(named), how, is_usual=False)
    if head is None or not repository.commit_info(head).parents:
        return None
    how = f"the first parent of HEAD, as this is a push to {tip.ref}"
    return BaselineRef("HEAD^", repository.resolve("HEAD^1"), how, is_usual=False)


def _event_before(environ: Mapping[str, str]) -> str:
    import json  # noqa: PLC0415 - for one event of one system

    try:
        with Path(environ.get("GITHUB_EVENT_PATH", "")).open("rb") as file:
            event = json.loads(file.read(MAX_EVENT))
    except (OSError, ValueError, RecursionError):
        return ""
    before = event.get("before") if isinstance(event, dict) else None
    return before if isinstance(before, str) else ""


def _is_push(environ: Mapping[str, str]) -> bool:
    """Whether it is a push, as far as the system says what it runs for."""
    kind = environ.get("GITHUB_EVENT_NAME") or environ.get("CI_PIPELINE_SOURCE") or "push"
    return kind == "push"


def _branch(environ: Mapping[str, str], name: str) -> str:
    return environ.get(name, "").removeprefix("refs/heads/")


def _is_set(environ: Mapping[str, str], name: str) -> bool:
    return environ.get(name, "").lower() not in {"", "0", "false"}
