"""The JSON Schema of the JSON report, which other programs may hold it to.

Objects stay open: later versions may add keys, never change or remove one.
"""

from __future__ import annotations

from typing import Any

from snitch.findings import Severity

_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_COUNT = {"type": "integer", "minimum": 0}
_ORDINAL_OR_NULL = {"type": ["integer", "null"], "minimum": 1}
_BOOLEAN = {"type": "boolean"}
_DATE = {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_DECIMAL_OR_NULL = {"type": ["string", "null"], "description": "An exact decimal, as text."}


def report_schema() -> dict[str, Any]:
    """Return the schema, draft 2020-12, of what `--format json` writes."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Snitch report",
        "description": "The result of one `snitch check`, schema 1.",
        **_object(
            schema={"const": 1},
            tool=_object(name={"const": "snitch"}, version=_TEXT),
            verdict={"enum": ["pass", "fail", "error"]},
            as_of=_DATE,
            candidate=_object(
                kind={"enum": ["worktree", "index", "commit"]},
                commit=_TEXT_OR_NULL,
            ),
            baseline=_or_null(_object(ref=_TEXT, commit=_TEXT)),
            policy=_or_null(_object(source=_TEXT, sha256=_TEXT)),
            summary=_object(
                models=_COUNT,
                errors=_COUNT,
                warnings=_COUNT,
                infos=_COUNT,
                waived=_COUNT,
                known=_COUNT,
            ),
            total_models=_COUNT,
            models=_list(_model()),
            findings=_list(_finding()),
            failures=_list(_object(model=_TEXT_OR_NULL, **_PLACE, message=_TEXT, remedy=_TEXT)),
            behind=_list(_TEXT),
            notices=_list(_TEXT),
            deviations=_list(_TEXT),
        ),
    }


_PLACE: dict[str, Any] = {
    "path": _TEXT_OR_NULL,
    "line": _ORDINAL_OR_NULL,
    "column": _ORDINAL_OR_NULL,
}

_POINT: dict[str, Any] = {"version": _TEXT_OR_NULL, "value": _TEXT}

_VERDICTS = (
    "regressed",
    "improved",
    "equal",
    "within-tolerance",
    "within-noise",
    "inconclusive",
    "new",
    "dropped",
    "not-comparable",
)


def _model() -> dict[str, Any]:
    return _object(
        name=_TEXT,
        path=_TEXT,
        version=_TEXT_OR_NULL,
        deployed_version=_TEXT_OR_NULL,
        change={"enum": ["added", "modified", "unchanged", "moved", "removed"]},
        metrics=_list(
            _object(
                name=_TEXT,
                slice=_TEXT_OR_NULL,
                candidate=_DECIMAL_OR_NULL,
                deployed=_DECIMAL_OR_NULL,
                delta=_DECIMAL_OR_NULL,
                direction={"enum": ["higher", "lower", None]},
                tolerance=_DECIMAL_OR_NULL,
                verdict={"enum": list(_VERDICTS)},
                critical=_BOOLEAN,
            )
        ),
        families=_list(_TEXT),
        skipped=_list(_object(family=_TEXT, reason=_TEXT, excused=_BOOLEAN, whole=_BOOLEAN)),
        trends=_list(
            _object(
                name=_TEXT,
                direction={"enum": ["higher", "lower", None]},
                points=_list(_object(**_POINT)),
                candidate=_or_null(_object(**_POINT)),
            )
        ),
    )


def _finding() -> dict[str, Any]:
    levels = [level.value for level in Severity if level is not Severity.OFF]
    return _object(
        code=_TEXT,
        rule=_TEXT,
        severity={"enum": levels},
        model=_TEXT_OR_NULL,
        **_PLACE,
        message=_TEXT,
        remedy=_TEXT,
        metric=_TEXT_OR_NULL,
        slice=_TEXT_OR_NULL,
        fingerprint=_TEXT,
        waiver=_or_null(_object(reason=_TEXT, approved_by=_TEXT, expires=_DATE)),
    )


def _object(**properties: Any) -> dict[str, Any]:  # noqa: ANN401 - schemas are plain data
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}
