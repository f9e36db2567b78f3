"""Changes of the standard itself: what a change edits, loosens or excepts beside its models.

Nothing of it is in force before it is merged, so nobody can pass by it; it is told so that
whoever reviews the change sees it, in the words of the standard rather than in a diff.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks.wording import listed
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Place
from snitch.findings import Rule
from snitch.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from snitch.checks.check import Proposal
    from snitch.checks.check import Run
    from snitch.checks.check import Subject
    from snitch.policy.model import Waiver
    from snitch.registry.release import Release

POLICY_CHANGED = Rule(
    "POL701",
    "policy-changed",
    Severity.WARNING,
    "This change edits the policy; production's own is in force until it is merged.",
    why=(
        "The policy is the contract between the platform team and everybody who ships models. A "
        "change of it that hides among the files of a release is approved by people who looked "
        "at the release."
    ),
    remedy=(
        "Have the policy's owners review the differences that the finding lists, best in a "
        "change of its own. `snitch policy diff` tells how many models would newly pass or fail."
    ),
    bad="freshness: {max_age_days: 365}   # production: 90; together with a model",
    good="freshness: {max_age_days: 365}   # alone, reviewed by its owners",
)
POLICY_LOOSENED = Rule(
    "POL702",
    "policy-loosened",
    Severity.ERROR,
    "This change lets something through that the policy in force refuses.",
    why=(
        "The author of a release must not choose the standard that it is held to. Effective "
        "policies are compared model by model, so that an override, a glob or an extended file "
        "counts like a plain edit; what cannot be proven stricter counts as looser. It is an "
        "error when the same change also changes a model, and a warning when it comes alone."
    ),
    remedy=(
        "Take the loosening out of this change. If the standard is to be loosened, its owners "
        "do that in a change that touches no model."
    ),
    bad="metrics: {auc: {tolerance: 0.02}}   # production: 0.002; together with a model",
    good="metrics: {auc: {tolerance: 0.02}}   # in a change of its own",
    fixed=True,
)
WAIVER_NOT_IN_FORCE = Rule(
    "POL705",
    "waiver-not-in-force",
    Severity.WARNING,
    "A waiver is not in force: this change brings it, or it lasts longer than any may.",
    why=(
        "A waiver that the excused change brings along would excuse whatever its author likes. "
        "And one that expires in ten years is no exception but another standard, which belongs "
        "into the policy where everybody sees it."
    ),
    remedy=(
        "Merge the waiver first, in a change of its own, then check this one again. Let it expire "
        "within `limits.max_waiver_days` (180 days by default) of the day of the judgement."
    ),
    bad="- {rule: REG301, model: churn, …}   # added beside the regression that it excuses",
    good="- {rule: REG301, model: churn, …}   # merged the day before",
)
MODEL_RENAMED = Rule(
    "POL710",
    "model-renamed",
    Severity.ERROR,
    "A model that production holds under another name comes under a new one.",
    why=(
        "A name is a model's identity: under a new one it is a first release, and nothing would "
        "compare it with what it was. Snitch compares it nevertheless, and asks whether consumers, "
        "dashboards and waivers know the new name."
    ),
    remedy=(
        "Keep the name. If the model is to be renamed, its owners add it under `renames` in the "
        "policy first, in a change of its own. If it is another model, remove the old one in a "
        "change of its own and give the new one a directory and weights of its own. Of a new model "
        "beside the old one, with the very weights of it, a warning says that nothing compares "
        "the two."
    ),
    bad="name: churn-v2   # production holds this directory as churn",
    good="renames: [{model: churn, to: churn-v2}]   # in the policy in force",
    also=(Severity.WARNING,),
)
RULES = (POLICY_CHANGED, POLICY_LOOSENED, WAIVER_NOT_IN_FORCE, MODEL_RENAMED)

SHOWN = 6


def changed(run: Run) -> Iterator[Finding]:
    """POL701: what the change makes of the policy, in a few sentences."""
    proposal = run.proposal
    if proposal is None:
        return
    what = listed(proposal.differences, SHOWN) or "the policy can no longer be read"
    yield Finding(
        POLICY_CHANGED,
        f"this change edits the policy: {what}; in force until it is merged is "
        f"{quoted(proposal.in_force)}",
        f"have its owners review it{_seen_by(proposal)}",
        proposal.place,
    )


def _seen_by(proposal: Proposal) -> str:
    """The command that tells the models concerned, where the policy in force is a commit's."""
    from shlex import quote  # noqa: PLC0415 - only where something is found

    revision, colon, _ = proposal.in_force.rpartition(":snitch.yaml")
    if not colon:
        return ""
    command = f"snitch policy diff {quote(revision)} HEAD"
    return f"; `{command}` tells the models that it concerns, once it is committed"


TAKE_BACK = "leave it out of this change; its owners may loosen the standard in a change of its own"

REVIEW = "have its owners review what it lets through"


def loosened(run: Run) -> Iterator[Finding]:
    """POL702: each thing that would newly pass."""
    if run.proposal is None:
        return
    together = run.changes_models
    for one in run.proposal.loosened:
        concerns = f" (for {listed(map(quoted, one.models))})" if one.models else ""
        beside = "; expected a change of the standard to come without models" if together else ""
        yield Finding(
            POLICY_LOOSENED,
            f"{one.message}{concerns}{beside}",
            one.remedy or (TAKE_BACK if together else REVIEW),
            one.place,
            Severity.ERROR if together or one.breaks else Severity.WARNING,
        )


def not_in_force(run: Run) -> Iterator[Finding]:
    """POL705: waivers that the change brings, and those that last too long."""
    most = run.max_waiver_days
    for waiver, place in () if run.proposal is None else run.proposal.waivers:
        told = f"{described(waiver)} is added or extended by this change and covers nothing until "
        yield Finding(
            WAIVER_NOT_IN_FORCE,
            "; ".join([f"{told}it is merged", *_doubts(waiver, run)]),
            "merge the waiver first, in a change of its own, then check this one again"
            if run.changes_models
            else "have its owners review it; it is in force once it is merged",
            place,
        )
    for waiver in run.too_long:
        yield Finding(
            WAIVER_NOT_IN_FORCE,
            f"{described(waiver)} expires on {waiver.expires}, more than {most} days after "
            f"{run.as_of}, and covers nothing; expected at most {most}",
            "have its owners renew it with an earlier date, in a change of its own",
            run.waiver_places.get(waiver),
        )


def _doubts(waiver: Waiver, run: Run) -> Iterator[str]:
    """What a reviewer of a new waiver should know."""
    if _too_far(waiver, run):
        yield f"it also expires more than {run.max_waiver_days} days ahead"
    authors = frozenset() if run.proposal is None else run.proposal.authors
    if waiver.approved_by.strip().casefold() in authors:
        yield f"{quoted(waiver.approved_by)} approves it and wrote the change"


def _too_far(waiver: Waiver, run: Run) -> bool:
    return (waiver.expires - run.as_of).days > run.max_waiver_days


def named(subject: Subject) -> Iterator[Finding]:
    """POL710: what production holds under another name, renamed or copied."""
    yield from _renamed(subject)
    yield from _copied(subject)


def _renamed(subject: Subject) -> Iterator[Finding]:
    """The model is one that production knows under another name, not yet approved."""
    was, now = subject.renamed_from, subject.candidate.name
    if was is None:
        return
    if any(rename.model == was and rename.to == now for rename in subject.policy.renames):
        return
    yield Finding(
        MODEL_RENAMED,
        f"production holds this model as {quoted(was)}; expected that name, or its new name "
        f"{quoted(now)} under `renames` in the policy in force",
        f"{_name_back(subject.candidate, was)}, or have the policy's owners add "
        f"`{{model: {was}, to: {now}}}` under `renames` first",
        subject.candidate.place("name"),
    )


def _name_back(release: Release, name: str) -> str:
    """The edit that undoes a rename; not every family keeps a name under that key."""
    home = release.expected.get("name")
    plain = home is not None and home.path == "name"
    return f"write `name: {name}`" if plain else f"give it the name {quoted(name)} back"


def _copied(subject: Subject) -> Iterator[Finding]:
    """As a warning: a new model with weights that one has or had which production keeps."""
    original = subject.copied_from
    if original is None:
        return
    place = subject.candidate.weights[0].path
    yield Finding(
        MODEL_RENAMED,
        f"production's {quoted(original)} has or had these very weights; as a model of another "
        "name this is a first release, and nothing compares its numbers with those",
        f"hold them against those of {quoted(original)} before merging, or commit the weights that "
        "are meant",
        Place(place),
        Severity.WARNING,
    )


def described(waiver: Waiver) -> str:
    """A waiver in a few words."""
    value = " and ".join(filter(None, (waiver.metric, waiver.slice)))
    of = f", {quoted(value)}" if value else ""
    return f"the waiver of {waiver.rule} for {quoted(waiver.model)}{of}"
