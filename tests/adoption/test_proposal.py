"""What `snitch init` sees in a repository of several models, and what it proposes from that."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pytest
import yaml
from adopted import found
from example import BENCHMARK_SHA
from example import GOOD
from judging import at
from repo import Repo

from snitch.engine.adoption import BenchmarkSeen
from snitch.engine.adoption import MetricSeen
from snitch.engine.adoption import look
from snitch.engine.first_policy import policy_text

if TYPE_CHECKING:
    from pathlib import Path

UNDATED = """\
# Changelog

## [1.4.0]
- **Author:** ana@example.com

## [1.3.0] - 2026-07-04
- **Ticket:** ML-1
### Changed
- All.
"""


def model(name: str, **changes: tuple[str, str]) -> dict[str, str]:
    """The good release under another name, measured on the same benchmark."""
    files = {path: text.replace("churn", name) for path, text in GOOD.items()}
    files["metrics.json"] = files["metrics.json"].replace(f"{name}-standard", "churn-standard")
    for file, (old, new) in changes.items():
        path = next(path for path in files if path.startswith(file))
        assert old in files[path]
        files[path] = files[path].replace(old, new)
    return at(f"models/{name}", files)


def metric(name: str, least: str, greatest: str, **parts: Any) -> MetricSeen:
    whole: dict[str, Any] = {"direction": "higher", "by_layout": False, "counter": False}
    return MetricSeen(name, 1, Decimal(least), Decimal(greatest), **(whole | parts))


@pytest.fixture
def two(tmp_path: Path) -> Repo:
    """Two models: the second says less of itself, measured more, on a later benchmark."""
    repo = Repo(tmp_path)
    numbers = '"auc": 0.95, "score": null, "speed": 120, "n_items": 3'
    fraud = model(
        "fraud",
        config=("owner: risk-ml\n", 'owner: ""\n'),
        metrics=('"auc": 0.912', numbers),
        CHANGELOG=(GOOD["CHANGELOG.md"], UNDATED),
    )
    path = "models/fraud/metrics.json"
    fraud[path] = fraud[path].replace('"version": "2026.2"', '"version": "2026.10"')
    repo.commit("as it is", {**model("churn"), **fraud})
    return repo


def test_what_models_have_in_common_is_counted(two: Repo) -> None:
    seen = look(two.root)
    assert (seen.models, seen.read, seen.keeps_changelog, seen.with_changelog) == (2, 2, True, 2)
    assert seen.fields == {
        "owner": 1,
        "description": 2,
        "data.name": 2,
        "data.version": 2,
        "data.cutoff": 2,
        "features": 2,
        "hyperparameters": 2,
        "training.code": 2,
        "training.seed": 2,
    }
    # Of the newest entries.
    assert seen.entry_fields == {"date": 1, "author": 2, "ticket": 1, "summary": 1}


def test_a_changelog_counts_once_it_has_an_entry(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    empty = {**model("fraud"), "models/fraud/CHANGELOG.md": "# Changelog\n"}
    told = "# Changelog\n\n## [1.4.0]\nRetrained.\n"
    repo.write({**empty, **model("spam"), "models/spam/CHANGELOG.md": told})
    repo.write(model("none")).write({"models/none/CHANGELOG.md": None})
    seen = look(tmp_path)
    assert (seen.models, seen.with_changelog) == (3, 1)
    assert seen.entry_fields == {"date": 0, "author": 0, "ticket": 0, "summary": 1}


def test_without_a_model_nothing_is_counted(tmp_path: Path) -> None:
    Repo(tmp_path).commit("no model", {"README.md": "Words.\n"})
    seen = look(tmp_path)
    assert (seen.recognised, seen.models, seen.read, seen.metrics) == (None, 0, 0, ())


def test_the_newest_version_is_found_whatever_its_parts_are(tmp_path: Path) -> None:
    versions = ("1.rc", "1.9", "1.10", "9" * 19, f"1{'0' * 19}")
    old, repo = '"version": "2026.2"', Repo(tmp_path)
    for index, version in enumerate(versions):
        repo.write(model(f"m{index}", metrics=(old, f'"version": "{version}"')))
    repo.write(model("unversioned", metrics=(f"{old}, ", "")))
    (seen,) = look(tmp_path).benchmarks
    assert seen.versions == versions
    assert "unversioned" not in seen.models


def test_metrics_are_seen_over_all_models_those_of_most_first(two: Repo) -> None:
    assert look(two.root).metrics == (
        replace(metric("auc", "0.912", "0.95"), models=2),
        replace(metric("log_loss", "0.31", "0.31", direction="lower"), models=2),
        metric("n_items", "3", "3", direction=None, counter=True),
        metric("speed", "120", "120", direction=None),
    )


def test_what_the_layout_says_of_a_metric_is_known(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    numbers = '{"loss": 0.5, "epoch": 3, "auc": 0.9, "oddity": 2}'
    repo.commit("as it is", {"params.yaml": "a: 1\n", "dvc.lock": "", "metrics.json": numbers})
    seen = look(tmp_path)
    assert seen.recognised is not None
    assert seen.recognised.layout == "dvc"
    known = {one.name: (one.by_layout, one.direction) for one in seen.metrics}
    assert known["loss"] == (True, "lower")
    assert known["epoch"] == (True, None)
    assert known["oddity"] == (False, None)


def test_the_newest_benchmark_is_the_greatest_number_and_has_a_digest_all_agree_on(
    two: Repo,
) -> None:
    versions = ("2026.2", "2026.10")
    assert look(two.root).benchmarks == (
        BenchmarkSeen("churn-standard", versions, BENCHMARK_SHA, ("churn", "fraud")),
    )
    spam = model("spam", metrics=(BENCHMARK_SHA, "b" * 64))
    path = "models/spam/metrics.json"
    two.commit("older", {**spam, path: spam[path].replace("2026.2", "2026.9")})
    (seen,) = look(two.root).benchmarks
    assert seen.versions == ("2026.2", "2026.9", "2026.10")
    assert look(two.root).entry_fields["date"] == 2
    assert (seen.sha256, seen.models) == (BENCHMARK_SHA, ("churn", "fraud", "spam"))
    two.commit("disputed", {path: spam[path].replace("2026.2", "2026.10")})
    assert look(two.root).benchmarks[0].sha256 is None


def test_the_policy_asks_for_what_all_have_and_tells_what_some_have(two: Repo) -> None:
    text = policy_text(look(two.root))
    assert yaml.safe_load(text) == {
        "version": 1,
        "models": [{"path": "models/*", "layout": "snitch"}],
        "completeness": {
            "config": {
                "required": [
                    "description",
                    "data.name",
                    "data.version",
                    "data.cutoff",
                    "features",
                    "hyperparameters",
                    "training.code",
                    "training.seed",
                ]
            },
            "changelog": {"required": ["author"]},
        },
        "benchmarks": {
            "churn-standard": {
                "current": "2026.10",
                "versions": ["2026.2", "2026.10"],
                "sha256": BENCHMARK_SHA,
                "models": ["churn", "fraud"],
            }
        },
        "metrics": {
            "auc": {"direction": "higher", "tolerance": 0.02, "warn": 0.01},
            "log_loss": {"direction": "lower", "relative_tolerance": "2%"},
            "n_items": {"ignore": True},
        },
        "freshness": {"max_age_days": 90, "warn_days": 14},
    }
    lines = text.splitlines()
    assert "    # in some only: owner (1 of 2 models)" in lines
    assert "#  speed: {direction: HIGHER_OR_LOWER, relative_tolerance: 2%}" in lines
    assert all(len(line) <= 98 for line in lines)
    assert text.replace("# ", "").count("2 models in the layout `snitch`") == 1


@pytest.mark.parametrize(
    ("least", "greatest", "direction", "shared"),
    [
        ("0", "1", "higher", True),
        ("0.2", "0.11", "higher", True),
        ("0.01", "0.1", "higher", False),
        ("-0.1", "0.9", "higher", False),
        ("0.5", "1.01", "higher", False),
        ("0", "1", "lower", False),
    ],
)
def test_a_score_between_0_and_1_may_lose_a_share_of_that_scale(
    tmp_path: Path,
    least: str,
    greatest: str,
    direction: str,
    shared: bool,  # noqa: FBT001 - one column of the table
) -> None:
    one = metric("m", least, greatest, direction=direction)
    written = yaml.safe_load(policy_text(found(tmp_path, metrics=(one,))))["metrics"]["m"]
    assert ("tolerance" in written) is shared
    assert ("relative_tolerance" in written) is not shared


@pytest.mark.parametrize("known", [False, True])
def test_a_question_stands_below_a_key_whether_or_not_a_metric_is_known(
    tmp_path: Path, *, known: bool
) -> None:
    asked = metric("speed", "1", "2", direction=None)
    every = (metric("auc", "0.9", "0.95"), asked) if known else (asked,)
    lines = policy_text(found(tmp_path, metrics=every)).splitlines()
    keys = [line for line in lines if line.removeprefix("# ") == "metrics:"]
    assert keys == (["metrics:"] if known else ["# metrics:"])
    assert sum(line.startswith("#  speed: ") for line in lines) == 1


def test_metrics_beyond_the_first_twenty_are_counted(tmp_path: Path) -> None:
    many = tuple(metric(f"m{number}", "0", "1") for number in range(23))
    text = policy_text(found(tmp_path, metrics=many))
    assert len(yaml.safe_load(text)["metrics"]) == 20
    assert "# And 3 more metrics that fewer models report." in text.splitlines()
    exactly = policy_text(found(tmp_path, metrics=many[:20]))
    assert "more metrics that fewer" not in exactly


def test_metrics_that_the_layout_knows_are_named_up_to_eight(tmp_path: Path) -> None:
    known = tuple(metric(f"m{number}", "0", "1", by_layout=True) for number in range(9))
    flat = " ".join(line[2:] for line in policy_text(found(tmp_path, metrics=known)).splitlines())
    assert "place: `m0`, `m1`, `m2`, `m3`, `m4`, `m5`, `m6`, `m7` and 1 more." in flat
    eight = policy_text(found(tmp_path, metrics=known[:8]))
    assert "`m7`." in eight
    assert "metrics:" not in yaml.safe_load(eight)


def test_a_repository_without_a_model_is_shown_the_shapes(tmp_path: Path) -> None:
    text = policy_text(found(tmp_path))
    assert yaml.safe_load(text) == {
        "version": 1,
        "models": [{"path": "models/*"}],
        "completeness": {"config": {"required": []}},
    }
    assert "snitch baseline" not in text
    one = policy_text(found(tmp_path, models=1, read=1, fields={"owner": 0}, production="live"))
    assert "    # nowhere yet: owner" in one.splitlines()
    assert "snitch baseline" in one
    assert yaml.safe_load(one)["environments"] == {"production": "live"}


def test_data_without_an_end_is_a_warning_until_all_say_it(tmp_path: Path) -> None:
    text = policy_text(found(tmp_path, fields={"data.cutoff": 0}))
    assert yaml.safe_load(text)["rules"] == {"data-date-missing": "warning"}
    assert "freshness" not in yaml.safe_load(text)


def test_a_changelog_that_no_model_keeps_yet_is_not_asked_for(tmp_path: Path) -> None:
    text = policy_text(found(tmp_path, keeps_changelog=True, entry_fields={"date": 0}))
    assert yaml.safe_load(text)["completeness"]["changelog"] == {"required": []}
    assert "    # no model has one yet" in text.splitlines()
