"""The gate itself: that it looked, that nothing crashed, and that its exceptions are in force.

Each concern is one small generator over the run; `survey` lists them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.checks import standards
from snitch.checks import surroundings
from snitch.checks.check import Check
from snitch.checks.standards import described
from snitch.checks.wording import listed
from snitch.checks.wording import quoted
from snitch.findings import Finding
from snitch.findings import Place
from snitch.findings import Rule
from snitch.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator

    from snitch.checks.check import Run
    from snitch.policy.model import Waiver

WAIVER_EXPIRED = Rule(
    "POL703",
    "waiver-expired",
    Severity.ERROR,
    "A waiver has passed its date and no longer covers anything.",
    why=(
        "A waiver is a debt with a date on it. One that outlives its date without anybody "
        "noticing turns an exception into the standard."
    ),
    remedy=(
        "Mend what the waiver excused and delete it, or have its owners renew it with a new "
        "reason and date, in a change of its own."
    ),
    bad="- {rule: REG301, model: churn, …, expires: 2026-10-01}   # judged in November",
    good="# gone: the regression was mended in 1.4.1",
)
WAIVER_UNUSED = Rule(
    "POL704",
    "waiver-unused",
    Severity.WARNING,
    "A waiver for a model that was judged covers no finding.",
    why=(
        "A waiver that covers nothing today covers the next accident tomorrow: the rule is off "
        "for that model, and nobody remembers it."
    ),
    remedy="Delete the waiver; the finding that it excused is gone, or its names are misspelt.",
    bad="- {rule: REG301, model: churn, metric: aux, …}   # the metric is called auc",
    good="- {rule: REG301, model: churn, metric: auc, …}",
)
NO_MODEL = Rule(
    "POL706",
    "no-model-found",
    Severity.ERROR,
    "The candidate holds no model at all.",
    why=(
        "A gate that looked at nothing has nothing to approve. A renamed directory or a misspelt "
        "glob would otherwise let every model through at once, in green."
    ),
    remedy=(
        "Correct the globs under `models` in the policy so that they match the directories that "
        "hold the configs, or run Snitch in the repository that holds the models."
    ),
    bad="models: [{path: model/*}]    # the directory is called models",
    good="models: [{path: models/*}]",
    fixed=True,
)
MODEL_REMOVED = Rule(
    "POL707",
    "model-removed",
    Severity.WARNING,
    "A model that production holds is gone from the candidate.",
    why=(
        "Removing a model takes it out of every comparison that follows, and whoever still calls "
        "it finds out in production. A model that is removed by one change and added by the next "
        "would lose its history of numbers."
    ),
    remedy=(
        "If the model is retired on purpose, tell the reviewer so. If it was renamed, say so "
        "under `renames` in the policy; if it was moved, keep its `name`."
    ),
    bad="git rm -r models/churn",
    good="git mv models/churn models/retention/churn   # same name: still that model",
)
CHECK_CRASHED = Rule(
    "POL708",
    "check-crashed",
    Severity.ERROR,
    "A check failed with an error of its own, so its family did not judge the model.",
    why=(
        "A crash is not a pass. What the check would have found is unknown, so the gate stays "
        "closed and the exit status is 2."
    ),
    remedy=(
        "Report the message to whoever maintains the check: Snitch for its own families, the "
        "plugin's authors for theirs. An older release of either may still judge the model."
    ),
    bad="ACM: KeyError: 'threshold'",
    good="ACM: ran on 3 models",
    fixed=True,
)
REQUIRED_SKIPPED = Rule(
    "POL709",
    "required-check-skipped",
    Severity.ERROR,
    "A family that the policy requires could not judge the model.",
    why=(
        "The policy lists the families that no release may do without. One that had nothing to "
        "look at has approved nothing."
    ),
    remedy=(
        "Give the family what it lacks: the finding names it. Where the family makes no sense "
        "for this model, its owners take it out of `require` in the policy."
    ),
    bad="require: [REG]   # and no metrics file",
    good="require: [REG]   # metrics.json on both sides",
    fixed=True,
)


def survey(run: Run) -> Iterator[Finding]:
    """Everything about the run as a whole."""
    for concern in _CONCERNS:
        yield from concern(run)


def _waivers_expired(run: Run) -> Iterator[Finding]:
    for waiver in _sorted(run.expired):
        yield Finding(
            WAIVER_EXPIRED,
            f"{described(waiver)} expired on {waiver.expires}; "
            f"expected a date not before {run.as_of}",
            "mend what it excused and delete it, or renew it in a change of its own",
            run.waiver_places.get(waiver) or _policy(run),
        )


def _waivers_unused(run: Run) -> Iterator[Finding]:
    for waiver in _sorted(run.unused):
        yield Finding(
            WAIVER_UNUSED,
            f"{described(waiver)} covers no finding of this run; expected at least one",
            "delete the waiver, or correct its rule, model, metric or slice",
            run.waiver_places.get(waiver) or _policy(run),
        )


def _no_model(run: Run) -> Iterator[Finding]:
    if run.total_models == 0:
        globs = [quoted(model.path) for model in run.policy.models]
        where = f"by {listed(globs)}" if globs else "in `models/*` nor at the root"
        yield Finding(
            NO_MODEL,
            f"no model found {where}; expected at least one directory with a config",
            "correct `models` in the policy (`snitch init --dry-run` tells what is there), or run "
            "Snitch in the repository of the models",
            _policy(run),
        )


def _removed(run: Run) -> Iterator[Finding]:
    for name, directory in sorted(run.removed.items()):
        yield Finding(
            MODEL_REMOVED,
            f"the model {quoted(name)}, which production holds in {quoted(directory or '.')}, "
            "is gone; expected it under its name somewhere in the repository",
            "restore it, name its successor under `renames` in the policy, or tell the reviewer "
            "that it is retired",
            Place(directory),
            model=name,
        )


def _crashed(run: Run) -> Iterator[Finding]:
    for (model, family), error in sorted(run.crashes.items()):
        where, what = (quoted(model), "the model") if model else ("the run as a whole", "it")
        yield Finding(
            CHECK_CRASHED,
            f"{family} crashed on {where}: {quoted(error)}; expected it to judge {what}",
            f"report this message to whoever maintains the family {family}",
            model=model or None,
        )


def _required(run: Run) -> Iterator[Finding]:
    for (model, family), reason in sorted(run.required.items()):
        yield Finding(
            REQUIRED_SKIPPED,
            f"{family} did not judge {quoted(model)}: {reason}; the policy requires it",
            f"give {family} what it lacks, or take it out of `require` in the policy",
            _policy(run),
            model=model,
        )


_CONCERNS: tuple[Callable[[Run], Iterator[Finding]], ...] = (
    standards.changed,
    standards.loosened,
    standards.not_in_force,
    surroundings.gate_changed,
    surroundings.outside_policy,
    _waivers_expired,
    _waivers_unused,
    _no_model,
    _removed,
    _crashed,
    _required,
)

CHECK = Check(
    "POL",
    (
        *standards.RULES,
        WAIVER_EXPIRED,
        WAIVER_UNUSED,
        NO_MODEL,
        MODEL_REMOVED,
        CHECK_CRASHED,
        REQUIRED_SKIPPED,
        surroundings.OUTSIDE_POLICY,
        surroundings.GATE_CHANGED,
    ),
    judge=standards.named,
    survey=survey,
)


def _policy(run: Run) -> Place | None:
    return Place(run.policy_path) if run.policy_path else None


def _sorted(waivers: Iterable[Waiver]) -> list[Waiver]:
    return sorted(
        waivers, key=lambda w: (w.model, w.rule, w.metric or "", w.slice or "", w.expires)
    )
