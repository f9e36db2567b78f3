"""What a check leaves out it tells: why, whether the standard excuses it, and how much it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from example import DEPLOYED
from example import GOOD
from example import OLD_OID
from example import POLICY
from example import config
from example import metrics
from measured import skips
from spoken import edited
from spoken import without

from snitch.checks import completeness
from snitch.checks import dependencies
from snitch.checks import evaluation
from snitch.checks import freshness
from snitch.checks import regression
from snitch.checks import weights
from snitch.checks.check import Check
from snitch.checks.check import Subject
from snitch.findings import Skipped
from snitch.policy.model import Policy
from snitch.registry.release import Piece
from snitch.registry.release import Release
from snitch.registry.release import Weights
from snitch.testing import judge
from snitch.testing import release

COMMIT = "0123456789abcdef0123456789abcdef01234567"
SERVING = 'version: 1\ndependencies: {serving_constraints: "serving.txt"}\n'
SMALL = "version: 1\nmetrics: {auc: {min_n: 9}, log_loss: {ignore: true}}\n"
BOTH = "version: 1\nmetrics: {log_loss: {tolerance: 0.5, relative_tolerance: 0.5}}\n"
NO_ITEMS = '"items": {"path": "items.csv", "id": "id", "scores": {"auc": "s"}}, "metrics":'


def part(reason: str, *, excused: bool = False) -> Skipped:
    return Skipped(reason, excused=excused, whole=False)


@pytest.mark.parametrize(
    ("check", "broken", "expected"),
    [
        (completeness, {"config.yaml": "{"}, part("the config cannot be read")),
        (completeness, {"metrics.json": "{"}, part("the metrics cannot be read")),
        (freshness, {"config.yaml": "{"}, Skipped("the config cannot be read")),
        (freshness, {"config.yaml": None}, Skipped("the config is missing")),
        (
            freshness,
            {"config.yaml": config(cutoff="soon")},
            Skipped("data.cutoff is no date"),
        ),
        (evaluation, {"metrics.json": "{"}, Skipped("the metrics file cannot be read")),
        (evaluation, {"metrics.json": None}, Skipped("the metrics file is missing")),
        (regression, {"metrics.json": "{"}, Skipped("the metrics file cannot be read")),
        (regression, {"metrics.json": None}, Skipped("the metrics file is missing")),
        (
            regression,
            {"metrics.json": GOOD["metrics.json"].replace('"metrics":', NO_ITEMS, 1)},
            part("per-item results: `models/churn/items.csv` does not exist", excused=True),
        ),
        (
            dependencies,
            {"requirements.txt": None, "pyproject.toml": "["},
            part(
                "`models/churn/pyproject.toml` cannot be read: pins and imports are not judged",
            ),
        ),
    ],
    ids=lambda value: value.__name__ if hasattr(value, "__name__") else "",
)
def test_what_cannot_be_read_is_told_and_not_excused(
    check: Any, broken: dict[str, str | None], expected: Skipped
) -> None:
    files = {name: text for name, text in {**GOOD, **broken}.items() if text is not None}
    assert skips(judge(check.CHECK, files, DEPLOYED, policy=POLICY)) == [expected]


@pytest.mark.parametrize(
    ("check", "facts", "expected"),
    [
        (
            completeness,
            {"rollback": COMMIT},
            part(f"rollback to {COMMIT}: version and changelog order not compared", excused=True),
        ),
        (
            freshness,
            {"rollback": COMMIT},
            Skipped("rollback to the state of commit 0123456789ab", excused=True),
        ),
        (
            evaluation,
            {"rollback": COMMIT},
            Skipped("rollback to the state of commit 0123456789ab", excused=True),
        ),
        (
            regression,
            {"rollback": COMMIT},
            Skipped("rollback to the state of commit 0123456789ab", excused=True),
        ),
        (
            dependencies,
            {"rollback": COMMIT, "policy": "version: 1\ndependencies: {deprecated: [{name: a}]}\n"},
            part(f"a rollback to `{COMMIT}`: deprecated libraries are not judged", excused=True),
        ),
        (evaluation, {"policy": "version: 1\n"}, Skipped("the policy names no benchmarks")),
        (
            dependencies,
            {"policy": SERVING},
            part(
                "the serving constraints `serving.txt` cannot be read, so nothing is compared with "
                "them"
            ),
        ),
        (
            regression,
            {"policy": SMALL},
            part("`auc`: measured on fewer than 9 items", excused=True),
        ),
        (
            regression,
            {"policy": BOTH},
            part(
                "`log_loss`: `relative_tolerance` cannot be evaluated at a deployed value of 0; "
                "`tolerance` alone held",
                excused=True,
            ),
        ),
    ],
    ids=lambda value: value.__name__ if hasattr(value, "__name__") else "",
)
def test_what_the_standard_leaves_out_is_told_as_it_has_it(
    check: Any, facts: dict[str, Any], expected: Skipped
) -> None:
    few = '{"value": 0.912, "n": 8}'
    new = {**GOOD, "metrics.json": metrics(few)}
    old = {**DEPLOYED, "metrics.json": metrics(few, "0", OLD_OID)}
    assert skips(judge(check.CHECK, new, old, **{"policy": POLICY, **facts})) == [expected]


@pytest.mark.parametrize(
    ("check", "baseline", "expected"),
    [
        (
            completeness,
            "first-release",
            part("first release: no deployed version and changelog to compare with", excused=True),
        ),
        (
            completeness,
            "none",
            part("no production branch: no deployed version and changelog to compare with"),
        ),
        (completeness, "mended", part("the deployed release cannot be read")),
        (completeness, "unreadable", part("the deployed release cannot be read")),
        (regression, "first-release", part("first release", excused=True)),
        (regression, "none", Skipped("there is no production branch to compare with")),
        (
            regression,
            "mended",
            Skipped("the deployed release cannot be read, and this change mends it", excused=True),
        ),
        (regression, "unreadable", Skipped("the deployed release cannot be read")),
    ],
    ids=lambda value: value.__name__ if hasattr(value, "__name__") else "",
)
def test_what_lacks_a_baseline_is_excused_where_there_cannot_be_any(
    check: Any, baseline: str, expected: Skipped
) -> None:
    assert skips(judge(check.CHECK, GOOD, None, policy=POLICY, baseline=baseline)) == [expected]


def test_a_deployed_release_without_metrics_leaves_a_part_out() -> None:
    old = edited(DEPLOYED, "metrics.json", DEPLOYED["metrics.json"], '{"metrics": {}}')
    [skipped] = skips(judge(regression.CHECK, GOOD, old, policy=POLICY))
    assert skipped == part(regression.NO_METRICS_DEPLOYED)


def bare(**changes: Any) -> Release:
    """A release of a layout that lacks all pieces but config and changelog."""
    whole = release(GOOD)
    absent = Piece("not-applicable", "models/churn")
    lacks = dict.fromkeys(("metrics", "dependencies", "weights"), absent)
    return replace(
        whole,
        **{
            "pieces": {**whole.pieces, **lacks},
            "metrics": {},
            "dependencies": (),
            "weights": (),
            **changes,
        },
    )


def of(check: Check, candidate: Release, deployed: Release | None = None) -> list[Skipped]:
    assert check.judge is not None
    subject = Subject(candidate, deployed or candidate, Policy(), date(2026, 11, 23))
    return skips(check.judge(subject))


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        (completeness, part("the snitch layout keeps no metrics")),
        (evaluation, Skipped("no metrics stand where the layout `snitch` looks for them")),
        (regression, Skipped("no metrics stand where the layout `snitch` looks for them")),
        (dependencies, Skipped("the layout `snitch` keeps no dependency file")),
        (weights, Skipped("the layout `snitch` keeps no weights")),
    ],
    ids=lambda value: value.__name__ if hasattr(value, "__name__") else "",
)
def test_a_piece_that_the_layout_lacks_is_told(check: Any, expected: Skipped) -> None:
    assert of(check.CHECK, bare()) == [expected]


def test_fields_that_the_layout_lacks_are_told() -> None:
    undated = without(GOOD, "config.yaml")
    whole = release({**undated, "config.yaml": "name: churn\nversion: 1.4.0\n"})
    lacking = replace(whole, not_applicable=frozenset({"data.cutoff", "owner", "features"}))
    assert of(freshness.CHECK, lacking) == [Skipped("the snitch layout keeps no data.cutoff")]
    [skipped] = of(completeness.CHECK, lacking)
    assert skipped == part("the snitch layout keeps no owner, data.cutoff and features")


def test_dependencies_of_which_nothing_can_be_read_are_told() -> None:
    broken = {**bare().pieces, "dependencies": Piece("broken", "models/churn/uv.lock")}
    found = of(dependencies.CHECK, bare(pieces=broken))
    assert found == [Skipped("`models/churn/uv.lock` cannot be read")]


def test_versions_without_an_order_leave_their_comparison_out() -> None:
    new, old = release(GOOD), release(DEPLOYED)
    opaque = replace(new, version_scheme="opaque")
    [skipped] = of(completeness.CHECK, opaque, old)
    assert skipped == part("the versions of the snitch layout have no order", excused=True)
    for version, reason in (
        ("latest", "the deployed version `latest` has no order to compare with"),
        (None, "the deployed release has no readable version to compare with"),
    ):
        metadata = old.metadata.model_copy(update={"version": version})
        [skipped] = of(completeness.CHECK, new, replace(old, metadata=metadata))
        assert skipped == part(reason)


def test_weights_of_another_digest_leave_a_claim_out() -> None:
    other = Weights("models/churn/w.bin", "external", "md5:" + "a" * 32)
    text = GOOD["config.yaml"].replace("weights: {path: weights/model.safetensors}\n", "")
    whole = replace(release({**GOOD, "config.yaml": text}), weights=(other,))
    [skipped] = of(weights.CHECK, whole)
    assert skipped == part(
        "`models/churn/w.bin` has no SHA-256 that `weights_sha256` could be compared with"
    )
