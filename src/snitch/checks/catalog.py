"""Which checks there are: the built-in families and the plugins that the policy names.

Both are entry points of one group. Nothing that the judged repository holds is ever imported.
"""

from __future__ import annotations

import importlib.util
import sysconfig
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError
from importlib.metadata import distribution
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

from snitch.checks.check import Check
from snitch.findings import CannotJudgeError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from importlib.metadata import EntryPoint

    from snitch.findings import Rule

GROUP = "snitch.checks"
DISTRIBUTION = "model-snitch"
FAMILY_CHARS = 3


@dataclass(frozen=True)
class Catalog:
    """All checks of a run, built-in ones first."""

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
            raise CannotJudgeError(message, f"{self._nearest(word)}`snitch rules` lists them all.")
        return codes

    def _nearest(self, word: str) -> str:
        from difflib import get_close_matches  # noqa: PLC0415 - only a typo needs it

        near = get_close_matches(word.strip().casefold(), self._by_word, n=1)
        if not near:
            return ""
        rule = self._by_word[near[0]]
        return f"Write `{rule.code}` or `{rule.name}` if that is meant; "

    @cached_property
    def _by_word(self) -> Mapping[str, Rule]:
        words = ((word.casefold(), rule) for rule in self.rules for word in (rule.code, rule.name))
        return dict(words)


def load(plugins: Sequence[str] = (), *, outside: Path | None = None) -> Catalog:
    """The built-in families, then the plugins in their order.

    Args:
        plugins: Entry-point names in the group `snitch.checks`, as the policy gives them.
        outside: The judged repository: nothing that lies in it is loaded.

    Raises:
        CannotJudgeError: a plugin is missing, lies in the repository, does not load, exports no
            check, or claims a family, code or name that another one has.
    """
    found = [*_built_in(outside), *(_plugin(name, outside) for name in dict.fromkeys(plugins))]
    checks = tuple(_check(point) for point in found)
    _claim(checks, found)
    return Catalog(checks)


def _built_in(outside: Path | None) -> list[EntryPoint]:
    try:
        installed = distribution(DISTRIBUTION)
    except PackageNotFoundError:
        message = f"the metadata of the distribution {DISTRIBUTION} is not installed"
        raise CannotJudgeError(message, f"Run `pip install {DISTRIBUTION}`.") from None
    points = list(installed.entry_points.select(group=GROUP))
    place = Path(str(installed.locate_file("")))
    # Snitch may well judge the repository that it is developed in.
    if _within(place, outside) and not _within(Path(__file__), outside):
        message = f"the repository holds a distribution named {DISTRIBUTION}, found in {place}"
        raise CannotJudgeError(message, "Delete it, or run Snitch with `PYTHONPATH` unset.")
    return points


def _plugin(name: str, outside: Path | None) -> EntryPoint:
    points = list(entry_points(group=GROUP, name=name))
    if len(points) != 1:
        found = "several installed distributions register" if points else "nothing registers"
        message = f"{found} the plugin `{name}` under the entry points `{GROUP}`; expected one"
        remedy = f"Correct `plugins` in the policy, or install the distribution of `{name}`."
        raise CannotJudgeError(message, remedy)
    [point] = points
    inside = next((path for path in _origins(point) if _within(path, outside)), None)
    if inside is not None:
        message = f"the plugin `{name}` lies inside the repository that it would judge, in {inside}"
        raise CannotJudgeError(message, "Install it from outside the repository.")
    return point


def _origins(point: EntryPoint) -> Iterator[Path]:
    """Where a plugin's metadata and its top-level package lie; nothing is imported for it."""
    if point.dist is not None:
        yield Path(str(point.dist.locate_file("")))
    spec = importlib.util.find_spec(point.module.partition(".")[0])
    if spec is not None:
        if spec.origin is not None:
            yield Path(spec.origin)
        yield from map(Path, spec.submodule_search_locations or ())


def _within(path: Path, outside: Path | None) -> bool:
    """True where a path lies in the repository, the interpreter's own packages apart."""
    if outside is None:
        return False
    place = path.resolve()
    own = (Path(sysconfig.get_path(name)).resolve() for name in ("purelib", "platlib"))
    return place.is_relative_to(outside.resolve()) and not any(map(place.is_relative_to, own))


def _check(point: EntryPoint) -> Check:
    try:
        loaded = point.load()
    except (Exception, SystemExit) as error:
        message = f"the check `{point.name}` does not load: {type(error).__name__}: {error}"
        raise CannotJudgeError(message, f"Install `{point.value}` again, or mend it.") from error
    if not isinstance(loaded, Check):
        message = f"`{point.value}` is a {type(loaded).__name__}, expected a snitch Check"
        raise CannotJudgeError(message, f"Correct the entry point `{point.name}`.")
    return loaded


def _claim(checks: Sequence[Check], points: Sequence[EntryPoint]) -> None:
    claimed: dict[str, str] = {}
    for check, point in zip(checks, points, strict=True):
        stray = next((rule.code for rule in check.rules if rule.family != check.family), None)
        if stray is not None:
            message = f"the check `{point.name}` claims {stray}, expected codes of {check.family}"
            raise CannotJudgeError(message, f"Correct the rules of `{point.name}`.")
        names = [name for rule in check.rules for name in (rule.code, rule.name)]
        for claim in (check.family, *names):
            holder = claimed.setdefault(claim.casefold(), point.name)
            if holder != point.name:
                message = f"the checks `{holder}` and `{point.name}` both claim `{claim}`"
                raise CannotJudgeError(message, f"Take `{point.name}` out of `plugins`.")
