"""Whether what a policy names exists: rules and layouts, judged once the checks are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from snitch.policy.nearest import nearest
from snitch.policy.nearest import suggestion
from snitch.policy.problem import Problem
from snitch.policy.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from snitch.documents import Route
    from snitch.findings import Rule
    from snitch.findings import Severity
    from snitch.policy.model import Policy
    from snitch.registry.layout import Layout


def verify_rules(policy: Policy, rules: Iterable[Rule]) -> list[Problem]:
    """Unknown rules and families, and rules that nobody can switch off, lower or waive."""
    known = {word: rule for rule in rules for word in (rule.code, rule.name)}
    problems = list(_severities(policy.rules, known, ("rules",)))
    for index, override in enumerate(policy.overrides):
        problems += _severities(override.rules or {}, known, ("overrides", index, "rules"))
    for index, waiver in enumerate(policy.waivers):
        problems += _waived(waiver.rule, known, ("waivers", index, "rule"))
    families = {rule.family for rule in known.values()}
    for index, family in enumerate(policy.require):
        if family not in families:
            hint = suggestion(family, sorted(families), what="family")
            message = f"unknown family {quoted(family)}; {hint}"
            remedy = "write a family that `snitch rules` lists"
            problems.append(Problem(message, remedy, ("require", index)))
    return problems


def verify_layouts(policy: Policy, built_in: Iterable[str]) -> list[Problem]:
    """Layouts that nobody defines, and definitions that would hide a built-in one."""
    standing = sorted(built_in)
    known = [*standing, *sorted(set(policy.layouts) - set(standing))]
    problems = []
    for index, glob in enumerate(policy.models):
        if glob.layout not in known:
            hint = suggestion(glob.layout, known, what="layout")
            message = f"unknown layout {quoted(glob.layout)}; {hint}"
            remedy = "write a known layout, or define this one under `layouts`"
            problems.append(Problem(message, remedy, ("models", index, "layout")))
    for name, layout in policy.layouts.items():
        if name in standing:
            message = f"{quoted(name)} is a built-in layout's name"
            problems.append(Problem(message, "choose another name", ("layouts", name), key=True))
        problems += _file_names(layout, ("layouts", name))
    return problems


def _file_names(layout: Layout, route: Route) -> Iterator[Problem]:
    """Names of files that would lead to nothing: what a model is, lies in its directory."""
    inside = layout.unit.each == "directory"
    for name in dict.fromkeys(layout.names_of_files):
        odd = {"", ".", ".."} & set(name.rstrip("/").split("/"))
        if odd if inside else name.startswith("/"):
            below = "the model's directory" if inside else "the repository"
            message = f"{quoted(name)} is no path below {below}"
            remedy = "write it with `/`, without a leading one and without `.` and `..`"
            yield Problem(message, remedy, (*route, "files"))


def severity_of(policy: Policy, rule: Rule) -> Severity | None:
    """The severity that the policy gives a rule by its code or name; None where it gives none.

    A fixed rule is never lowered, whatever the policy says.
    """
    found = None
    # Later layers stand later in the mapping, whichever of the two words they used.
    for word, severity in policy.rules.items():
        if word in (rule.code, rule.name):
            found = severity
    return None if found and rule.fixed and found.rank < rule.severity.rank else found


def _severities(
    severities: Mapping[str, Severity], known: Mapping[str, Rule], route: Route
) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for word, severity in severities.items():
        rule, here = known.get(word), (*route, word)
        if rule is None:
            yield _unknown(word, known, here, key=True)
            continue
        if rule.fixed and severity.rank < rule.severity.rank:
            message = f"{rule.code} {rule.name} cannot be switched off or lowered"
            yield Problem(message, "remove the line", here)
        other = seen.setdefault(rule.code, word)
        if other != word and severities[other] != severity:
            message = f"{quoted(other)} and {quoted(word)} are one rule with two severities"
            yield Problem(message, "keep one of the lines", here, key=True)


def _waived(word: str, known: Mapping[str, Rule], route: Route) -> Iterator[Problem]:
    rule = known.get(word)
    if rule is None:
        yield _unknown(word, known, route)
    elif rule.fixed:
        message = f"{rule.code} {rule.name} cannot be waived"
        yield Problem(message, "remove the waiver and mend what the rule finds", route)


def _unknown(word: str, known: Mapping[str, Rule], route: Route, *, key: bool = False) -> Problem:
    found = nearest(word, known)
    hint = suggestion(word, known, what="rule")
    remedy = f"write `{found}`" if found else "write a code or name that `snitch rules` lists"
    return Problem(f"unknown rule {quoted(word)}; {hint}", remedy, route, key=key)
