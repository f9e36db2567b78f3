"""The JSON report key by key, schema 1: its JSON Schema, and a report read back from its file.

Objects stay open: later versions may add keys, never change or remove one. A key with a default was
added, and is missing in older reports; every report that is written has all of them.
"""

# Annotations are no texts here: pydantic would compile each.
from collections.abc import Callable
from datetime import date
from typing import Annotated
from typing import Any
from typing import Literal
from typing import TypeVar

from pydantic import BaseModel
from pydantic import ConfigDict
from pydantic import Field
from pydantic import ValidationError
from pydantic import WithJsonSchema

from snitch import findings

T = TypeVar("T")

MAX_BYTES = 64 << 20
"""How much of a report's file is worth reading; what is longer is none."""
MOST = 1 << 31
"""The largest count, line or column."""

Count = Annotated[int, Field(ge=0, le=MOST)]
Ordinal = Annotated[int, Field(ge=1, le=MOST)]
Exact = Annotated[str, Field(description="An exact decimal, as text.")]
Day = Annotated[
    date, WithJsonSchema({"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})
]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True)


class Tool(_Part):
    """What wrote the report."""

    name: Literal["snitch"]
    version: str


class Candidate(_Part):
    """What was judged."""

    kind: Literal["worktree", "index", "commit"]
    commit: str | None


class Summary(_Part):
    """Counts; a waived finding counts only under `waived`."""

    models: Count
    errors: Count
    warnings: Count
    infos: Count
    waived: Count
    known: Count = 0


class Metric(_Part):
    """One row of the comparison between the deployed release and the candidate."""

    name: str
    slice: str | None
    candidate: Exact | None
    deployed: Exact | None
    delta: Exact | None
    direction: Literal["higher", "lower"] | None
    tolerance: Exact | None
    verdict: Literal[
        "regressed",
        "improved",
        "equal",
        "within-tolerance",
        "within-noise",
        "inconclusive",
        "new",
        "dropped",
        "not-comparable",
    ]
    critical: bool = False


class Model(_Part):
    """What was done with one model."""

    name: str
    path: str
    version: str | None
    deployed_version: str | None
    change: Literal["added", "modified", "unchanged", "moved", "removed"]
    metrics: tuple[Metric, ...]
    families: tuple[str, ...] = ()
    skipped: tuple[findings.Skipped, ...]
    trends: tuple[findings.Trend, ...] = ()


class Failure(_Part):
    """Something that kept Snitch from judging."""

    model: str | None
    path: str | None
    line: Ordinal | None
    column: Ordinal | None
    message: str
    remedy: str

    @property
    def place(self) -> findings.Place | None:
        """Where it stands; None for what has no place in a file."""
        return None if self.path is None else findings.Place(self.path, self.line, self.column)


class Waiver(_Part):
    """The exception that covers a finding."""

    reason: str
    approved_by: str
    expires: Day


class Finding(Failure):
    """One breach of one rule at one place."""

    code: str
    rule: str
    severity: Literal["info", "warning", "error"]
    metric: str | None = None
    slice: str | None = None
    fingerprint: str = ""
    waiver: Waiver | None


class Document(_Part):
    """The result of one `snitch check`, schema 1."""

    schema_: Literal[1] = Field(alias="schema")
    tool: Tool
    verdict: Literal["pass", "fail", "error"]
    as_of: Day
    candidate: Candidate
    baseline: findings.Baseline | None
    policy: findings.PolicySource | None
    summary: Summary
    total_models: Count = 0
    models: tuple[Model, ...]
    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...] = ()
    behind: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    deviations: tuple[str, ...] = ()


def report_schema() -> dict[str, Any]:
    """Return the schema, draft 2020-12, of what `--format json` writes."""
    schema = Document.model_json_schema()
    schema["title"] = "Snitch report"
    for part in (schema, *schema["$defs"].values()):
        part["required"] = list(part["properties"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def read(text: str) -> findings.Report:
    """The report of a `--format json`; rules have no more than code, name and severity.

    Raises:
        CannotJudgeError: the text is no such report; a comment without a verdict would read as
            a pass.
    """
    try:
        found = Document.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        message = f"the report is no `--format json` report of Snitch: {where}: {first['msg']}"
        remedy = "write it with `snitch check --format json=FILE`"
        raise findings.CannotJudgeError(message, remedy) from None
    return _report(found)


def _report(found: Document) -> findings.Report:
    models = [_model(one) for one in found.models]
    return findings.Report(
        version=found.tool.version,
        verdict=found.verdict,
        as_of=found.as_of,
        candidate=_as(findings.Candidate, found.candidate),
        baseline=found.baseline,
        policy=found.policy,
        summary=_as(findings.Summary, found.summary),
        models=tuple(one for one in models if one.change != "removed"),
        removed=tuple(one for one in models if one.change == "removed"),
        findings=tuple(map(_finding, found.findings)),
        failures=tuple(
            findings.Failure(one.message, one.remedy, one.model, one.place)
            for one in found.failures
        ),
        total_models=found.total_models,
        behind=found.behind,
        notices=found.notices,
        deviations=found.deviations,
    )


def _model(one: Model) -> findings.ModelReport:
    metrics = tuple(_as(findings.MetricChange, row) for row in one.metrics)
    return _as(findings.ModelReport, one, metrics=metrics)


def _finding(one: Finding) -> findings.Finding:
    severity = findings.Severity(one.severity)
    return findings.Finding(
        findings.Rule(one.code, one.rule, severity, "", "", ""),
        one.message,
        one.remedy,
        one.place,
        severity,
        one.model,
        one.metric,
        one.slice,
        None if one.waiver is None else _as(findings.AppliedWaiver, one.waiver),
    )


def _as(kind: Callable[..., T], part: _Part, **parts: object) -> T:
    """The report's own value of the same keys, with `parts` in place of those that hold others."""
    return kind(**{**dict(part), **parts})
