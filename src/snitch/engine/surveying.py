"""What every family says of the run as a whole, once all models are judged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from snitch.checks.check import Run
from snitch.checks.gate import CHECK_CRASHED
from snitch.checks.wording import quoted
from snitch.engine.outcomes import raised
from snitch.engine.outcomes import wrongly_yielded
from snitch.engine.surroundings import with_surroundings
from snitch.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from snitch.checks.check import Check
    from snitch.engine.judging import Judged
    from snitch.engine.selection import Selection
    from snitch.engine.session import Session
    from snitch.engine.waivers import Waivers

GATE = "POL"
"""The family that tells of the others' crashes, and so is asked last."""


def survey(
    session: Session,
    selection: Selection,
    judged: Sequence[Judged],
    waivers: Waivers,
    *,
    lost: bool,
) -> Iterator[Finding]:
    """Every family's findings about the run.

    `judged` is what became of the models, as far as it came; the process that judged the next one
    may be `lost`.
    """
    run = _run(session, selection, judged, waivers)
    if lost:
        first = quoted(selection.models[len(judged)].name)
        yield Finding(
            CHECK_CRASHED,
            f"the process that judged {first} and models after it ended before its work was done; "
            "expected it to judge them",
            "look for want of memory, and run again with `--jobs 1` to see which check it is",
        )
    checks = session.catalog.checks
    for check in sorted(checks, key=lambda one: one.family == GATE):
        found, crash = _surveyed(check, run)
        yield from found
        if crash is not None:
            run = replace(run, crashes={**run.crashes, ("", check.family): crash})


def _surveyed(check: Check, run: Run) -> tuple[list[Finding], str | None]:
    """What one family found, and what it raised or wrongly yielded."""
    found: list[Finding] = []
    try:
        outcomes: Iterable[object] = check.survey(run) if check.survey is not None else ()
        for one in outcomes:
            wrong = wrongly_yielded(check, one)
            if wrong is not None or not isinstance(one, Finding):
                return found, wrong
            found.append(one)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - SystemExit from a plugin must not end the gate
        return found, raised(error)
    return found, None


def _run(session: Session, selection: Selection, judged: Sequence[Judged], waivers: Waivers) -> Run:
    names = [one.report.name for one in judged]
    whole = session.request.everything and not session.request.names
    strangers = waivers.strangers(one.name for one in selection.models) if whole else ()
    run = Run(
        policy=session.loaded.policy,
        policy_path=session.loaded.path,
        as_of=session.request.as_of,
        models=tuple(one.report for one in judged),
        total_models=selection.total,
        expired=waivers.expired(names),
        unused=waivers.unused([*names, *strangers], _looked_for(session, judged))
        if session.request.select == ()
        else (),
        crashes={(one.report.name, family): what for one in judged for family, what in one.crashes},
        required=_required(session, judged),
    )
    return with_surroundings(run, session, selection, judged, waivers)


def _looked_for(session: Session, judged: Sequence[Judged]) -> Callable[[str, str], bool]:
    """Whether a rule's family ran on a model; of a run's own findings, that is always so."""
    families = {
        word: check.family
        for check in session.catalog.checks
        if check.judge is not None
        for rule in check.rules
        for word in (rule.code, rule.name)
    }
    ran = {one.report.name: one.report.families for one in judged}

    def looked_for(model: str, rule: str) -> bool:
        family = families.get(rule)
        return family is None or model not in ran or family in ran[model]

    return looked_for


def _required(session: Session, judged: Sequence[Judged]) -> dict[tuple[str, str], str]:
    """Families that the policy requires and that did not look at a model, with the reason."""
    wanted = session.loaded.policy.require
    return {
        (one.report.name, skipped.family): skipped.reason
        for one in judged
        for skipped in one.report.skipped
        if skipped.family in wanted and skipped.whole and not skipped.excused
    }
