"""Which checks there are: the built-in families and the plugins that the policy names.

Both are entry points of one group. Nothing that the judged repository holds is ever imported.
"""

from __future__ import annotations

import importlib
import importlib.util
import sysconfig
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from snitch.checks.check import Check
from snitch.checks.registrations import GROUP
from snitch.checks.registrations import registrations
from snitch.findings import CannotJudgeError
from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from snitch.checks.registrations import Registration
    from snitch.findings import Rule

DISTRIBUTION = "model_snitch"
FAMILY_CHARS = 3


@dataclass(frozen=True)
class Catalog:
    """All checks of a run, by the numbers of their rules."""

    checks: tuple[Check, ...]

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, by code."""
        rules = (rule for check in self.checks for rule in check.rules)
        return tuple(sorted(rules, key=lambda rule: rule.code))

    def find(self, word: str) -> Rule | None:
        """The rule of a code or a name, in any letter case."""
        return self._by_word.get(word.strip().casefold())

    def select(self, words: Iterable[str]) -> frozenset[str]:
        """The codes that codes, names and prefixes of at least a family's letters stand for.

        Raises:
            CannotJudgeError: a word stands for no rule.
        """
        return frozenset(code for word in words for code in self._codes(word))

    def _codes(self, word: str) -> list[str]:
        rule = self.find(word)
        if rule is not None:
            return [rule.code]
        prefix = word.strip().upper()
        codes = [rule.code for rule in self.rules if rule.code.startswith(prefix)]
        if len(prefix) < FAMILY_CHARS or not codes:
            message = f"`{word}` is no rule, family or prefix of codes"
            raise CannotJudgeError(message, f"{self._nearest(word)}`snitch rules` lists them all")
        return codes

    def _nearest(self, word: str) -> str:
        from snitch.policy.nearest import nearest  # noqa: PLC0415 - only a typo needs it

        near = nearest(word.strip(), self._by_word)
        if near is None:
            return ""
        rule = self._by_word[near]
        return f"write `{rule.code}` or `{rule.name}` if that is meant; "

    @cached_property
    def _by_word(self) -> Mapping[str, Rule]:
        return {word.casefold(): rule for rule in self.rules for word in (rule.code, rule.name)}


def installed() -> Catalog:
    """The built-in families and every plugin of this environment, for `snitch rules`.

    Raises:
        CannotJudgeError: as `load`.
    """
    here = Path.cwd()
    names = [one.name for one in registrations() if not _is_in_repository(one.home, here)]
    own = {one.name for one in _built_in(here)}
    return load([name for name in names if name not in own], outside=here)


def load(plugins: Sequence[str] = (), *, outside: Path | None = None) -> Catalog:
    """The built-in families and the plugins.

    Args:
        plugins: Entry-point names in the group `snitch.checks`, as the policy gives them.
        outside: The judged repository: nothing that lies in it is loaded.

    Raises:
        CannotJudgeError: a plugin is missing, lies in the repository, does not load, exports no
            check, or claims a family, code or name that another one has.
    """
    found = [*_built_in(outside), *(_plugin(name, outside) for name in dict.fromkeys(plugins))]
    checks = tuple(map(_check, found))
    _claim(checks, found)
    return Catalog(tuple(sorted(checks, key=_number)))


def _number(check: Check) -> str:
    """The families' own order: files come first, the gate last, plugins by their numbers."""
    return min((rule.code[FAMILY_CHARS:] for rule in check.rules), default="")


def _built_in(outside: Path | None) -> list[Registration]:
    found = list(registrations(DISTRIBUTION))
    if not found:
        message = f"no installed distribution registers Snitch's own checks under `{GROUP}`"
        raise CannotJudgeError(message, "run `pip install model-snitch`")
    home = found[0].home
    # Snitch may well judge the repository that it is developed in.
    if _is_in_repository(home, outside) and not _is_in_repository(Path(__file__), outside):
        message = f"the repository holds a distribution model-snitch of its own, in {home}"
        raise CannotJudgeError(message, "run Snitch with `PYTHONPATH` unset")
    return found


def _plugin(name: str, outside: Path | None) -> Registration:
    found = [one for one in registrations() if one.name == name]
    if len(found) != 1:
        who = "several installed distributions register" if found else "nothing installed registers"
        message = f"{who} the plugin `{name}` under the entry points `{GROUP}`; expected one"
        remedy = f"correct `plugins` in the policy, or install the distribution of `{name}`"
        raise CannotJudgeError(message, remedy)
    [plugin] = found
    inside = next((path for path in _origins(plugin) if _is_in_repository(path, outside)), None)
    if inside is not None:
        message = f"the plugin `{name}` lies inside the repository that it would judge, in {inside}"
        raise CannotJudgeError(message, "install it from outside the repository")
    return plugin


def _origins(plugin: Registration) -> Iterator[Path]:
    """Where a plugin's metadata and its top-level package lie; nothing is imported for it."""
    yield plugin.home
    spec = importlib.util.find_spec(plugin.module.partition(".")[0])
    if spec is not None:
        yield from map(Path, spec.submodule_search_locations or ())
        if spec.origin is not None:
            yield Path(spec.origin)


def _is_in_repository(path: Path, outside: Path | None) -> bool:
    """True where a path lies in the repository, the interpreter's own packages apart."""
    if outside is None:
        return False
    place = path.resolve()
    own = (Path(sysconfig.get_path(name)).resolve() for name in ("purelib", "platlib"))
    return place.is_relative_to(outside.resolve()) and not any(map(place.is_relative_to, own))


def _check(one: Registration) -> Check:
    target = f"{one.module}:{one.attribute}"
    try:
        loaded = getattr(importlib.import_module(one.module), one.attribute)
    except (Exception, SystemExit) as error:
        message = f"the check `{one.name}` does not load: {type(error).__name__}: {error}"
        raise CannotJudgeError(message, f"mend or reinstall what provides `{target}`") from error
    if not isinstance(loaded, Check):
        message = f"`{target}` is a {type(loaded).__name__}, expected a Check of snitch"
        raise CannotJudgeError(message, f"correct the entry point `{one.name}`")
    return loaded


def _claim(checks: Sequence[Check], found: Sequence[Registration]) -> None:
    """Refuse a family, code or name that two checks have: one would stand for the other."""
    holders: dict[str, int] = {}
    for number, (check, one) in enumerate(zip(checks, found, strict=True)):
        stray = next((rule.code for rule in check.rules if rule.family != check.family), None)
        if stray is not None:
            message = f"the check `{one.name}` claims {stray}, expected codes of {check.family}"
            raise CannotJudgeError(message, f"correct the rules of `{one.name}`")
        words = [word for rule in check.rules for word in (rule.code, rule.name)]
        for word in (check.family, *words):
            holder = holders.setdefault(word.casefold(), number)
            if holder != number:
                message = f"the checks `{found[holder].name}` and `{one.name}` both claim `{word}`"
                raise CannotJudgeError(message, f"take `{one.name}` out of `plugins`")
