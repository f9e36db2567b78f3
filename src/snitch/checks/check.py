"""What a check is and what it is handed: the shape that plugins share with the built-ins."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from snitch.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from datetime import date

    from snitch.documents import DependencyFile
    from snitch.findings import Finding
    from snitch.findings import ModelReport
    from snitch.findings import Outcome
    from snitch.findings import Place
    from snitch.findings import Rule
    from snitch.policy.model import ModelGlob
    from snitch.policy.model import Policy
    from snitch.policy.model import Waiver
    from snitch.registry.release import Release


@dataclass(frozen=True, slots=True)
class Subject:
    """One model, as everything that a check may look at. All of it is frozen."""

    candidate: Release
    deployed: Release | None
    """The release on the production branch; None where there is none, and `baseline` tells
    which of the different reasons it is."""
    policy: Policy
    """The policy in force, this model's overrides applied."""
    as_of: date
    baseline: str = "deployed"
    """`deployed`, `first-release` (Git shows that production never held it), `none` (there is
    no production branch to compare with), `unreadable` (the base is broken: the engine has
    failed this model) or `mended` (the base is broken and this change only mends it: it passes
    with a warning that names the lost comparison)."""
    change: str = "modified"
    """added, modified, unchanged or moved."""
    rollback: str | None = None
    """The commit at which production held exactly this state before; None for no rollback."""
    serving: DependencyFile | None = None
    """The serving stack's constraints, where the policy names a file of them."""
    renamed_from: str | None = None
    """The name under which production holds the model of this directory."""
    copied_from: str | None = None
    """Of a first release: the model whose weights, all of them, it has, and that production and
    the candidate keep."""
    past: tuple[Release, ...] = ()
    """The last releases that production deployed, the newest first, as many as the policy's
    `drift` looks at; empty unless a metric slid again."""
    evaluations: int | None = None
    """How many deployed releases were judged on the candidate's benchmark version; None unless
    the policy limits them."""
    twins: tuple[str, ...] = ()
    """Other directories of the candidate whose model has the same name, or that nest."""
    proposed: Policy | None = None
    """The policy that the candidate itself holds, this model's overrides applied; None where it
    is the one in force."""

    @property
    def mends(self) -> bool:
        """Whether the change only makes readable what production holds.

        What time alone has done to that release since is not this change's to mend.
        """
        return self.baseline == "mended"


@dataclass(frozen=True, slots=True)
class Loosened:
    """One thing that the change would let through and that does not pass now."""

    message: str
    place: Place
    remedy: str = ""
    """Where it is more than to leave that out."""
    models: tuple[str, ...] = ()
    """Models that it is known to hold for."""
    breaks: bool = False
    """True where nothing could be judged by the policy any more: an error in any company."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a change makes of the standard: in force once production holds it, and not before."""

    place: Place
    in_force: str
    """Which policy judges instead: `origin/main:snitch.yaml`."""
    differences: tuple[str, ...] = ()
    """Each in a sentence, stricter or looser."""
    loosened: tuple[Loosened, ...] = ()
    waivers: tuple[tuple[Waiver, Place], ...] = ()
    """Those that production's policy does not hold, or not as long."""
    authors: frozenset[str] = frozenset()
    """Names and addresses of who wrote the change, in lower case, where it brings waivers."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A directory that looks like a model and that the policy takes for none."""

    holds: str
    """By what it looks like one."""
    among: ModelGlob | None = None
    """The entry of the policy that looks there, and whose layout finds no model."""


@dataclass(frozen=True, slots=True)
class Run:
    """The whole run, for findings that belong to no single model's files."""

    policy: Policy
    policy_path: str | None
    """Where the policy in force stands, for places; None for the defaults."""
    as_of: date
    models: tuple[ModelReport, ...]
    """The models judged."""
    total_models: int
    """The models that the candidate holds, judged or not."""
    removed: Mapping[str, str] = field(default_factory=dict)
    """Models that production holds and the candidate does not: name to directory."""
    expired: tuple[Waiver, ...] = ()
    """Waivers past their date that would have covered a finding or any model judged."""
    unused: tuple[Waiver, ...] = ()
    """Waivers for judged models that covered nothing."""
    crashes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(model, family) to what a check raised or wrongly yielded; `""` is the run as a whole."""
    required: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(model, family) that the policy requires and that could not run, to the reason."""
    changed: AbstractSet[str] = frozenset()
    """The paths that this change touches; empty where there is no production to compare with."""
    touches_models: bool = False
    """Whether any of `changed` belongs to a model."""
    proposal: Proposal | None = None
    """What this change makes of the standard; None where it leaves it alone."""
    max_waiver_days: int = 180
    """How many days after the judgement a waiver may expire."""
    too_long: tuple[Waiver, ...] = ()
    """Waivers for judged models that expire later than any waiver may, and so cover nothing."""
    strays: Mapping[str, Stray] = field(default_factory=dict)
    """By their directories."""
    older_versions: Mapping[str, str] = field(default_factory=dict)
    """Files of versions beside those that change, to that of the newest, which is the model."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Links and submodules that the change puts where a model is looked for, and what each is."""
    clashes: Mapping[str, str] = field(default_factory=dict)
    """Paths of models, or around them, that differ from another one by case or form only."""
    attributes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Attribute files that this change touches, to their text in production and now."""
    metadata: tuple[str, ...] = ()
    """Paths where the candidate's models keep metadata, as far as `attributes` may reach them."""
    waiver_places: Mapping[Waiver, Place] = field(default_factory=dict)
    """Where waivers of the policy in force stand, of those named above."""

    @property
    def changes_models(self) -> bool:
        """Whether this change touches, removes or adds any model, taken by a glob or not."""
        if self.touches_models or self.removed:
            return True
        prefixes = tuple(f"{directory}/".lstrip("/") for directory in self.strays)
        return any(path.startswith(prefixes) for path in self.changed)


@dataclass(frozen=True, slots=True)
class Check:
    """A family of rules and the code that applies it.

    Registered under the entry-point group `snitch.checks`; built-in ones exactly as a
    plugin's. `judge` looks at one model, `survey` at the run as a whole; both are pure
    generators: no I/O, no clock, no environment. A family that does not look yields
    `Skipped` with its reason.
    """

    family: str
    rules: tuple[Rule, ...]
    judge: Callable[[Subject], Iterator[Outcome]] | None = None
    survey: Callable[[Run], Iterator[Finding]] | None = None
