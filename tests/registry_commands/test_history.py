from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from example import POLICY
from judging import snitch
from pasts import book
from pasts import files
from pasts import on
from pasts import past
from pasts import release
from pasts import three_releases
from repo import Repo

from snitch.engine.ledger.blame import blame
from snitch.engine.ledger.history import at
from snitch.findings import CannotJudgeError

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.engine.ledger.history import History


def versions(found: History) -> list[str | None]:
    return [one.version for one in found.deployments]


def test_the_releases_come_newest_first_with_the_merges_that_brought_them(tmp_path: Path) -> None:
    repo, commits = three_releases(tmp_path)
    found = past(repo)
    assert versions(found) == ["1.2.0", "1.1.0", "1.0.0"]
    assert [one.commit for one in found.deployments] == commits[::-1]
    assert [one.merge for one in found.deployments] == [True, True, False]
    assert [one.effective.date() for one in found.deployments] == [
        date(2026, 9, 1),
        date(2026, 8, 1),
        date(2026, 7, 1),
    ]


def test_author_and_merger_are_told_apart(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    first = past(repo).deployments[0]
    assert (first.author, first.merger) == ("Ana", "Ben")


def test_a_squash_by_a_platform_has_an_author_and_no_merger(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    on(repo, "2026-09-03", "Cleo", "GitHub")
    repo.environment["GIT_AUTHOR_EMAIL"] = "cleo@example.com"
    repo.environment["GIT_COMMITTER_EMAIL"] = "noreply@github.com"
    repo.commit("churn 1.3.0 (#7)", files("1.3.0", "0.94"))
    first = past(repo).deployments[0]
    assert (first.author, first.merger, first.merge) == ("Cleo", None, False)


@pytest.mark.parametrize(
    ("day", "version"),
    [
        ("2026-06-30", None),
        ("2026-07-31", "1.0.0"),
        ("2026-08-01", "1.1.0"),
        ("2026-10-01", "1.2.0"),
    ],
)
def test_a_day_has_the_release_that_was_effective_at_its_end(
    tmp_path: Path, day: str, version: str | None
) -> None:
    repo, _ = three_releases(tmp_path)
    found = at(past(repo), date.fromisoformat(day))
    assert (found and found.version) == version


def test_a_rollback_is_recognised_and_names_the_version(tmp_path: Path) -> None:
    repo, commits = three_releases(tmp_path)
    release(repo, "2026-09-10", "back to 1.1.0", {**files("1.1.0", "0.91")})
    found = past(repo)
    assert versions(found) == ["1.1.0", "1.2.0", "1.1.0", "1.0.0"]
    first = found.deployments[0]
    assert (first.rollback_version, first.rollback) == ("1.1.0", commits[1])
    assert [one.rollback for one in found.deployments[1:]] == [None] * 3


def test_a_moved_model_is_followed_by_its_name(tmp_path: Path) -> None:
    repo, commits = three_releases(tmp_path)
    repo.git("mv", "models/churn", "models/leaving")
    repo.commit("moved")
    moved = release(repo, "2026-09-20", "1.3.0", {**files("1.3.0", "0.94", "models/leaving")})
    found = past(repo)
    assert versions(found) == ["1.3.0", "1.2.0", "1.1.0", "1.0.0"]
    # A move alone is no release: what it moved was effective before.
    assert [one.commit for one in found.deployments] == [moved, *commits[::-1]]


def test_a_model_that_moved_there_and_back_keeps_what_it_was_in_between(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.git("mv", "models/churn", "models/leaving")
    repo.commit("moved")
    repo.commit("1.3.0", files("1.3.0", "0.94", "models/leaving"))
    repo.git("mv", "models/leaving", "models/churn")
    repo.commit("and back")
    assert versions(past(repo)) == ["1.3.0", "1.2.0", "1.1.0", "1.0.0"]


def test_two_models_that_change_places_keep_their_own_past(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.git("mv", "models/churn", "models/x")
    repo.git("mv", "models/fraud", "models/churn")
    repo.git("mv", "models/x", "models/fraud")
    repo.commit("swapped")
    assert versions(past(repo)) == ["1.2.0", "1.1.0", "1.0.0"]
    assert versions(past(repo, "fraud")) == ["1.0.0"]


def test_a_model_removed_and_brought_back_has_a_gap(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    on(repo, "2026-09-10").git("rm", "-rq", "models/churn")
    repo.commit("gone")
    on(repo, "2026-09-20").commit("back", files("1.3.0", "0.94"))
    found = past(repo)
    assert versions(found) == ["1.3.0", None, "1.2.0", "1.1.0", "1.0.0"]
    then = at(found, date(2026, 9, 15))
    assert then is not None
    assert then.removed


def test_a_removed_model_still_has_its_past(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.git("rm", "-rq", "models/churn")
    repo.commit("gone")
    assert versions(past(repo)) == [None, "1.2.0", "1.1.0", "1.0.0"]


@pytest.mark.parametrize(
    ("policy", "directory", "asked"),
    [
        ("version: 1\nmodels: [{path: zoo/*}]\n", "zoo/churn", "churn"),
        ("version: 1\nmodels: [{path: zoo/*}]\n", "zoo/churn", "zoo/churn/"),
        ("version: 1\n", "models/churn", "churn"),
    ],
)
def test_a_removed_model_is_found_where_the_policy_would_have_it(
    tmp_path: Path, policy: str, directory: str, asked: str
) -> None:
    repo = on(Repo(tmp_path), "2026-07-01")
    repo.commit("start", {"snitch.yaml": policy, **files("1.0.0", "0.9", directory)})
    repo.git("rm", "-rq", directory)
    repo.commit("gone", {"README.md": "No models.\n"})
    assert versions(past(repo, asked)) == [None, "1.0.0"]


def test_a_model_renamed_in_place_keeps_its_past_and_goes_by_its_new_name(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    release(repo, "2026-09-10", "renamed", {**files("1.3.0", "0.94", name="leaving")})
    found = past(repo, "leaving")
    assert (found.model, versions(found)) == ("leaving", ["1.3.0", "1.2.0", "1.1.0", "1.0.0"])
    with book(repo) as opened:
        told = blame(opened, "models/churn", "auc")
    assert (told.model, len(told.movements)) == ("leaving", 4)


def test_a_directory_taken_over_by_another_model_has_no_past_of_the_first(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.git("rm", "-rq", "models/churn")
    repo.commit("gone")
    repo.commit("another", files("0.1.0", "0.7", name="newcomer"))
    assert versions(past(repo, "newcomer")) == ["0.1.0"]


def test_a_change_of_code_alone_is_no_release(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.commit("tidy", {"models/churn/train.py": "import numpy\n"})
    assert versions(past(repo)) == ["1.2.0", "1.1.0", "1.0.0"]


def test_the_waivers_of_that_day_come_along(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    waiver = (
        "waivers:\n  - {rule: REG301, model: churn, reason: agreed, approved_by: ada, "
        "expires: 2026-09-10}\n"
    )
    on(repo, "2026-09-05").commit("waiver", {"snitch.yaml": POLICY + waiver})
    release(repo, "2026-09-10", "1.3.0", {**files("1.3.0", "0.9")})
    release(repo, "2026-09-25", "1.4.0", {**files("1.4.0", "0.9")})
    found = past(repo)
    reasons = [[waiver.reason for waiver in one.waivers] for one in found.deployments]
    assert reasons == [[], ["agreed"], [], [], []]


def test_a_waiver_in_a_file_that_the_policy_extends_counts_while_that_file_held_it(
    tmp_path: Path,
) -> None:
    repo = on(Repo(tmp_path), "2026-07-01")
    waiver = (
        "waivers:\n  - {rule: REG301, model: churn, reason: agreed, approved_by: ada, "
        "expires: 2026-12-31}\n"
    )
    standard = {"snitch.yaml": "version: 1\nextends: [common.yaml]\n", "common.yaml": POLICY}
    repo.commit("1.0.0", {**standard, **files("1.0.0", "0.90")})
    repo.commit("1.1.0", {"common.yaml": POLICY + waiver, **files("1.1.0", "0.91")})
    repo.commit("1.2.0", {"common.yaml": POLICY, **files("1.2.0", "0.92")})
    reasons = [[it.reason for it in one.waivers] for one in past(repo).deployments]
    assert reasons == [[], ["agreed"], []]


def test_trends_hold_the_values_since_the_benchmark_changed(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    held = {
        path: text.replace('"2026.2"', '"2026.3"') for path, text in files("1.3.0", "0.95").items()
    }
    release(repo, "2026-09-10", "1.3.0", {**held})
    release(
        repo,
        "2026-09-11",
        "1.4.0",
        {
            **held,
            **{
                path: text.replace('"2026.2"', '"2026.3"')
                for path, text in files("1.4.0", "0.96").items()
            },
        },
    )
    found = past(repo)
    assert [one.benchmark for one in found.deployments][:3] == [
        "churn-standard 2026.3",
        "churn-standard 2026.3",
        "churn-standard 2026.2",
    ]
    assert [point.value for point in found.trends[0].points] == ["0.95", "0.96"]


def test_a_model_nobody_ever_had_names_the_nearest(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    with pytest.raises(CannotJudgeError) as error:
        past(repo, "chum")
    assert "`churn`" in error.value.remedy


def test_the_command_prints_the_day_asked_for(tmp_path: Path) -> None:
    repo, commits = three_releases(tmp_path)
    ran = snitch(repo, "history", "churn", "--at", "2026-08-15", "--format", "json")
    found = json.loads(ran.out)["deployments"]
    assert [(one["version"], one["commit"], one["until"]) for one in found] == [
        ("1.1.0", commits[1], "2026-09-01T12:00:00+00:00")
    ]
    assert snitch(repo, "history", "churn", "--at", "2020-01-01").status == 2
    table = snitch(repo, "history", "churn", COLUMNS="140").out
    assert "▁▃█  0.90 → 0.93  higher is better" in table


def test_of_a_model_that_is_gone_the_past_is_told_at_every_width(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.commit("gone", dict.fromkeys(files("1.2.0", "0.93")))
    for columns in ("60", "160"):
        ran = snitch(repo, "history", "churn", COLUMNS=columns)
        assert ran.status == 0
        assert "removed" in ran.out
        assert "0.93" in ran.out
