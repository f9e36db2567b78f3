"""The standard as values: what `snitch.yaml` may say, key by key."""

# Annotations are no texts here: pydantic would compile each, a fortieth of a hook's time.

from decimal import Decimal
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Annotated
from typing import Literal

from pydantic import BeforeValidator
from pydantic import Field

from snitch.policy.libraries import Dependencies
from snitch.policy.limits import LimitsStandard
from snitch.policy.scalars import Amount
from snitch.policy.scalars import Count
from snitch.policy.scalars import Day
from snitch.policy.scalars import Digest
from snitch.policy.scalars import Factor
from snitch.policy.scalars import Flag
from snitch.policy.scalars import Positive
from snitch.policy.scalars import SeverityWord
from snitch.policy.scalars import Share
from snitch.policy.scalars import Some
from snitch.policy.scalars import Text
from snitch.policy.scalars import TreePath
from snitch.policy.scalars import whole
from snitch.registry.layout import Layout
from snitch.strict import Strict


class Environments(Strict):
    """Which branch is which environment."""

    production: Text = "main"
    """The branch whose tip holds the deployed releases."""
    staging: Text = "staging"
    """The branch before production."""


class ModelGlob(Strict):
    """Which directories are models, and in which shape."""

    path: TreePath
    """A glob of directories from the repository's root; `.` is the root itself."""
    exclude: tuple[TreePath, ...] = ()
    """Globs of directories that are no models after all."""
    layout: Text = "snitch"
    """The shape of these models: a built-in layout's name, or one of `layouts`."""


class ConfigStandard(Strict):
    """Fields that a config must have."""

    required: tuple[Text, ...] = (
        "owner",
        "description",
        "data.version",
        "data.cutoff",
        "features",
        "hyperparameters",
        "training.code",
    )
    """Dotted paths of fields."""


class ChangelogStandard(Strict):
    """Fields that a changelog entry must have."""

    required: tuple[Text, ...] = ("date", "author", "summary")
    """Names of fields, in lower case."""
    placeholders: tuple[Text, ...] = ("TODO", "TBD", "FIXME", "XXX", "N/A", "CHANGEME")
    """Values that count as none, whatever their case."""


class Completeness(Strict):
    """What metadata must say."""

    config: ConfigStandard = ConfigStandard.model_construct()
    """Fields that a config must have."""
    changelog: ChangelogStandard = ChangelogStandard.model_construct()
    """Fields that a changelog entry must have."""


class Benchmark(Strict):
    """One evaluation data set; exactly one version of it is current."""

    current: Text
    """The version that releases must be measured on, in quotes: `"2026.2"`."""
    sha256: Digest | None = None
    """Digest of the current version's data."""
    released: Day | None = None
    """When the current version came out; `grace_days` count from here."""
    grace_days: Count = 0
    """How long the version before it still passes, with a warning."""
    versions: tuple[Text, ...] = ()
    """Oldest first; the one before `current` is the one that grace lets pass."""
    models: tuple[Text, ...] = ()
    """Globs of model names that must be measured on it."""
    required_metrics: tuple[Text, ...] = ()
    """Metrics that every such release must report."""
    required_slices: tuple[Text, ...] = ()
    """Globs of slice names; each must match a slice, and those of the deployed release still."""
    items: Count | None = None
    """How many items the current version has."""
    items_sha256: Digest | None = None
    """Digest of the current version's list of items."""


class MetricStandard(Strict):
    """What one metric (or, by a glob `slices.*.auc`, one metric of slices) must hold."""

    direction: Literal["higher", "lower"] | None = None
    """Which way is better; well-known names have theirs without it."""
    tolerance: Positive | None = None
    """The largest damage, absolute, that is no regression."""
    relative_tolerance: Share | None = None
    """The same as a share of the deployed value, `0.01` or `1%`; both hold if both are given."""
    warn: Positive | None = None
    """A damage past this, inside the tolerance, is a warning."""
    min: Amount | None = None
    """The least value allowed, inclusive."""
    max: Amount | None = None
    """The greatest value allowed, inclusive."""
    range: tuple[Amount, Amount] | None = None
    """The least and greatest value that the metric's unit can give."""
    critical: Flag = False
    """True for a metric that is shown first and that rollback triggers watch."""
    min_gain: Positive | None = None
    """The least improvement over the deployed release."""
    max_drop: Positive | None = None
    """A damage past this fails whatever the noise."""
    threshold: Positive | None = None
    """The probability from which on the model's users decide, for `reliability_gap` and F1."""
    min_n: Count | None = None
    """The smallest sample that is judged."""
    ignore: Flag = False
    """True for counters, sizes and times that are no metric."""


class Drift(Strict):
    """Creep over releases, each within its tolerance."""

    releases: Some = 10
    """How many deployed releases the best one is sought in."""
    factor: Factor = Decimal(3)
    """How many tolerances below the best one is too far."""


class Regression(Strict):
    """How the candidate is compared with the deployed release."""

    mode: Literal["exact", "significance"] = "exact"
    """`exact`: a damage past the tolerance fails. `significance`: it is weighed first."""
    inconclusive: Literal["block", "warn"] = "block"
    """What a damage past the tolerance does that the test cannot tell from none."""
    seed: Count = 0
    """Seed of the bootstrap."""
    incumbent: Literal["refuse", "warn", "accept"] = "warn"
    """What a candidate's own measurement of the deployed model counts for."""
    drift: Drift = Drift.model_construct()
    """Creep over releases."""
    max_evaluations: Count | None = None
    """Releases judged on one benchmark version before a warning of its overuse."""


class Freshness(Strict):
    """How old training data may be, in days before the day of judgement."""

    max_age_days: Count = 90
    """Older data fails."""
    warn_days: Count = 14
    """Data that fails within so many days is a warning."""


class Override(Strict):
    """Sections that replace the standard's for some models, merged key by key."""

    models: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Globs of model names."""
    completeness: Completeness | None = None
    """As at the top level."""
    metrics: dict[str, MetricStandard] | None = None
    """As at the top level."""
    regression: Regression | None = None
    """As at the top level."""
    freshness: Freshness | None = None
    """As at the top level."""
    dependencies: Dependencies | None = None
    """As at the top level."""
    rules: dict[str, SeverityWord] | None = None
    """As at the top level."""


class Waiver(Strict):
    """A written, approved, expiring exception to one rule for one model."""

    rule: Text
    """One rule's code or name."""
    model: Text
    """One model's name; a glob of names only together with `scope: all`."""
    scope: Literal["all"] | None = None
    """`all`: `model` is a glob, and every model that it takes is excepted."""
    metric: Text | None = None
    """Only findings of this metric."""
    slice: Text | None = None
    """Only findings of this slice."""
    weights_sha256: Digest | None = None
    """Only while the model has these weights."""
    reason: Text
    """Why."""
    approved_by: Text
    """Who agreed."""
    expires: Day
    """The last day on which it holds, at most `limits.max_waiver_days` after the judgement."""

    def takes(self, model: str) -> bool:
        """Whether it speaks of a model of this name."""
        return fnmatchcase(model, self.model) if self.scope == "all" else model == self.model


class Rename(Strict):
    """An approved new name of a model."""

    model: Text
    """The name that production holds."""
    to: Text
    """The new name."""


class Policy(Strict):
    """One whole standard, defaults filled in."""

    version: Annotated[Literal[1], BeforeValidator(whole)] = 1
    """The version of this format."""
    extends: tuple[Text, ...] = ()
    """Policies that this one builds on, merged left to right, this file last: a path relative
    to this file, or `package:NAME/path.yaml` among an installed distribution's files."""
    environments: Environments = Environments.model_construct()
    """Which branch is which environment."""
    models: tuple[ModelGlob, ...] = ()
    """Which directories are models. Empty: `models/*` and a model at the root."""
    completeness: Completeness = Completeness.model_construct()
    """What metadata must say."""
    benchmarks: dict[str, Benchmark] = Field(default={})
    """Evaluation data sets by name."""
    metrics: dict[str, MetricStandard] = Field(default={})
    """What metrics must hold, by exact name, or `slices.GLOB.NAME` for a metric of slices."""
    regression: Regression = Regression.model_construct()
    """How the candidate is compared with the deployed release."""
    freshness: Freshness = Freshness.model_construct()
    """How old training data may be."""
    dependencies: Dependencies = Dependencies.model_construct()
    """What a model may depend on."""
    require: tuple[Text, ...] = ()
    """Families that must have run on every model, as `REG`."""
    rules: dict[str, SeverityWord] = Field(default={})
    """Severities by a rule's code or name."""
    overrides: tuple[Override, ...] = ()
    """Exceptions from the sections above for some models; of several, the last one wins."""
    waivers: tuple[Waiver, ...] = ()
    """Written, approved, expiring exceptions to one rule for one model."""
    plugins: tuple[Text, ...] = ()
    """Entry points of further checks, of distributions outside the repository."""
    limits: LimitsStandard = LimitsStandard.model_construct()
    """Hard limits."""
    layouts: dict[str, Layout] = Field(default={})
    """Layouts of this repository's own, by name."""
    renames: tuple[Rename, ...] = ()
    """Approved new names of models."""

    @cached_property
    def merged(self) -> "dict[tuple[int, ...], Policy]":
        """Memory of `snitch.policy.effective`: what each set of overrides makes of this policy."""
        return {}
