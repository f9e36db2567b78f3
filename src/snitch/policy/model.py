"""The standard as values: what `snitch.yaml` may say, key by key."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads the annotations
from decimal import Decimal  # noqa: TC003 - pydantic reads the annotations
from typing import Annotated
from typing import Literal

from pydantic import BaseModel
from pydantic import ConfigDict
from pydantic import Field

from snitch.findings import Severity
from snitch.policy.scalars import Amount
from snitch.policy.scalars import Day
from snitch.policy.scalars import SeverityWord
from snitch.policy.scalars import Share
from snitch.policy.scalars import Text
from snitch.policy.scalars import Whole
from snitch.registry.layout import Layout

Count = Annotated[Whole, Field(ge=0)]


class Strict(BaseModel):
    """Frozen, and an unknown key is an error: a typo must never switch a limit off."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Environments(Strict):
    """Branch names."""

    production: Text = "main"
    staging: Text = "staging"


class ModelGlob(Strict):
    """Which directories are models, and in which shape."""

    path: Text
    """A glob of directories from the repository's root; `.` is the root itself."""
    exclude: tuple[Text, ...] = ()
    layout: Text = "snitch"


class ConfigStandard(Strict):
    """Fields that a config must have, as dotted paths."""

    required: tuple[Text, ...] = (
        "owner",
        "description",
        "data.version",
        "data.cutoff",
        "features",
        "hyperparameters",
        "training.code",
    )


class ChangelogStandard(Strict):
    """Fields that a changelog entry must have."""

    required: tuple[Text, ...] = ("date", "author", "summary")
    placeholders: tuple[Text, ...] = ("TODO", "TBD", "FIXME", "XXX", "N/A", "CHANGEME")


class Completeness(Strict):
    """Metadata completeness."""

    config: ConfigStandard = ConfigStandard()
    changelog: ChangelogStandard = ChangelogStandard()


class Benchmark(Strict):
    """One evaluation data set; exactly one version of it is current."""

    current: Text
    sha256: Annotated[Text, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    released: Day | None = None
    grace_days: Count = 0
    versions: tuple[Text, ...] = ()
    """Oldest first; the one before `current` is the one that grace lets pass."""
    models: tuple[Text, ...] = ()
    """Globs of model names that must be measured on it."""
    required_metrics: tuple[Text, ...] = ()
    required_slices: tuple[Text, ...] = ()
    """Globs of slice names; each must match at least one slice."""
    items: Count | None = None
    items_sha256: Text | None = None


class MetricStandard(Strict):
    """What one metric (or, by a glob `slices.*.auc`, one metric of slices) must hold."""

    direction: Literal["higher", "lower"] | None = None
    tolerance: Annotated[Amount, Field(ge=0)] | None = None
    relative_tolerance: Annotated[Share, Field(ge=0)] | None = None
    warn: Annotated[Amount, Field(ge=0)] | None = None
    min: Amount | None = None
    max: Amount | None = None
    range: tuple[Amount, Amount] | None = None
    critical: bool = False
    min_gain: Annotated[Amount, Field(ge=0)] | None = None
    max_drop: Annotated[Amount, Field(ge=0)] | None = None
    min_n: Count | None = None
    ignore: bool = False
    """True for counters, sizes and times that are no metric."""


class Drift(Strict):
    """Creep over releases, each within its tolerance."""

    releases: Annotated[Whole, Field(ge=1)] = 10
    factor: Annotated[Amount, Field(ge=1)] = Decimal(3)


class Regression(Strict):
    """How the candidate is compared with the deployed release."""

    mode: Literal["exact", "significance"] = "exact"
    inconclusive: Literal["block", "warn"] = "block"
    seed: Count = 0
    incumbent: Literal["refuse", "warn", "accept"] = "warn"
    drift: Drift = Drift()
    max_evaluations: Count | None = None
    """Releases judged on one benchmark version before a warning of its overuse."""


class Freshness(Strict):
    """How old training data may be, in days before `as_of`."""

    max_age_days: Count = 90
    warn_days: Count = 14


class Disallowed(Strict):
    """A library that must not be shipped."""

    name: Text
    specifier: str = ""
    reason: str = ""
    use: str = ""


class Deprecated(Strict):
    """A library on its way out: a warning, an error after `after`."""

    name: Text
    specifier: str = ""
    after: Day | None = None
    reason: str = ""
    use: str = ""


class Dependencies(Strict):
    """What a model may depend on."""

    require_pins: bool = True
    disallowed: tuple[Disallowed, ...] = ()
    deprecated: tuple[Deprecated, ...] = ()
    serving_constraints: Text | None = None
    """A constraints file of the serving stack, from the repository's root."""
    serving_markers: dict[str, Text] = {}
    """PEP 508 environment of the serving stack, as `{python_version: "3.11"}`."""
    allowed_sources: tuple[Literal["index", "url", "vcs", "path"], ...] = ("index",)


class Override(Strict):
    """Sections that replace the standard's for some models, merged key by key."""

    models: tuple[Text, ...]
    completeness: Completeness | None = None
    metrics: dict[str, MetricStandard] | None = None
    regression: Regression | None = None
    freshness: Freshness | None = None
    dependencies: Dependencies | None = None
    rules: dict[str, SeverityWord] | None = None


class Waiver(Strict):
    """A written, approved, expiring exception to one rule for one model."""

    rule: Text
    model: Text
    metric: Text | None = None
    slice: Text | None = None
    weights_sha256: Text | None = None
    reason: Text
    approved_by: Text
    expires: Day


class Rename(Strict):
    """An approved new name of a model."""

    model: Text
    to: Text


class LimitsStandard(Strict):
    """Hard limits; keys and ceilings are those of `snitch.documents.limits`."""

    max_file_kib: Count | None = None
    max_lock_kib: Count | None = None
    max_policy_kib: Count | None = None
    max_depth: Count | None = None
    max_nodes: Count | None = None
    max_aliases: Count | None = None
    max_key_chars: Count | None = None
    max_text_kib: Count | None = None
    max_line_kib: Count | None = None
    max_includes: Count | None = None
    max_entries: Count | None = None
    max_files: Count | None = None
    max_models: Count | None = None
    max_path_depth: Count | None = None
    max_waivers: Count | None = None
    max_waiver_days: Count | None = None
    max_findings: Count | None = None
    max_releases: Count | None = None
    max_seconds: Count | None = None


class Policy(Strict):
    """One whole standard, defaults filled in."""

    version: Literal[1] = 1
    extends: tuple[Text, ...] = ()
    environments: Environments = Environments()
    models: tuple[ModelGlob, ...] = ()
    """Empty: the documented defaults, `models/*` and a model at the root."""
    completeness: Completeness = Completeness()
    benchmarks: dict[str, Benchmark] = {}
    metrics: dict[str, MetricStandard] = {}
    regression: Regression = Regression()
    freshness: Freshness = Freshness()
    dependencies: Dependencies = Dependencies()
    require: tuple[Text, ...] = ()
    """Families that must have run on every model (POL709)."""
    rules: dict[str, SeverityWord] = {}
    overrides: tuple[Override, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    plugins: tuple[Text, ...] = ()
    limits: LimitsStandard = LimitsStandard()
    layouts: dict[str, Layout] = {}
    renames: tuple[Rename, ...] = ()


__all__ = ["Amount", "Policy", "Severity", "date"]
