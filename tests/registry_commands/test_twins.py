"""Models under one name in several directories: each is told, by its directory."""

from __future__ import annotations

import json

import pytest
from judging import snitch
from pasts import book
from pasts import files
from pasts import on
from repo import Repo

from snitch.engine.ledger.catalog import catalog
from snitch.engine.ledger.difference import differences
from snitch.engine.ledger.models import overview
from snitch.reports.catalog import pages

POLICY = """\
version: 1
models:
  - path: models/*/*
freshness: {max_age_days: 60}
"""


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Churn twice, the larger with old data, and fraud once; staging holds a newer small churn."""
    made = on(Repo(tmp_path_factory.mktemp("twins")), "2026-10-05")
    large = files("3.0.0", "0.9", "models/large/churn")
    config = large["models/large/churn/config.yaml"].replace("2026-10-01", "2026-01-01")
    made.commit(
        "models",
        {
            "snitch.yaml": POLICY,
            **files("2.0.0", "0.8", "models/small/churn"),
            **large,
            "models/large/churn/config.yaml": config,
            **files("1.0.0", "0.7", "models/small/fraud", "fraud"),
        },
    )
    made.branch("staging").commit("2.1.0", files("2.1.0", "0.85", "models/small/churn"))
    return made.checkout("main")


def test_each_has_a_row_with_its_own_versions_verdict_and_standing(repo: Repo) -> None:
    with book(repo) as opened:
        rows = {row.title: row for row in overview(opened).models}
    assert list(rows) == ["fraud", "models/large/churn", "models/small/churn"]
    assert [row.name for row in rows.values()] == ["fraud", "churn", "churn"]
    small, large = rows["models/small/churn"], rows["models/large/churn"]
    assert (small.versions["staging"], small.staging) == ("2.1.0", "ahead")
    assert (large.versions["staging"], large.staging) == ("3.0.0", "same")
    assert "FRS401" in large.verdict.codes
    assert "FRS401" not in small.verdict.codes


def test_each_has_a_page(repo: Repo) -> None:
    with book(repo) as opened:
        site = dict(pages(catalog(opened)))
    assert len(site) == 4
    index = site["index.html"]
    assert ">models/large/churn</a>" in index
    assert ">models/small/churn</a>" in index


def test_each_is_compared_with_itself(repo: Repo) -> None:
    both = {f"models/{size}/churn/metrics.json": "{}\n" for size in ("small", "large")}
    repo.branch("next").commit("no metrics", dict(both))
    repo.checkout("main")
    with book(repo) as opened:
        found = differences(opened, None, "production", "next", everything=False)
    assert [(one.model, one.before.version, one.after.version) for one in found] == [
        ("models/large/churn", "3.0.0", "3.0.0"),
        ("models/small/churn", "2.0.0", "2.0.0"),
    ]


def test_programs_are_told_name_and_directory(repo: Repo) -> None:
    ran = snitch(repo, "models", "--as-of", "2026-10-05", "--format", "json")
    told = [(row["name"], row["path"]) for row in json.loads(ran.out)["models"]]
    assert told == [
        ("fraud", "models/small/fraud"),
        ("churn", "models/large/churn"),
        ("churn", "models/small/churn"),
    ]
