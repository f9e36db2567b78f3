from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

import pytest
from example import GOOD
from example import POLICY
from example import config
from example import metrics
from judging import at
from judging import changed
from judging import deployed
from judging import snitch

if TYPE_CHECKING:
    from pathlib import Path

    from repo import Repo

DAY = ("--as-of", "2026-10-05")
UNPINNED = "numpy>=2\nscikit-learn==1.5.2\n"
WORSE = at("models/churn", {"metrics.json": metrics("0.906"), "requirements.txt": UNPINNED})
CODES = ["REG301", "DEP504"]
LENIENT = POLICY.replace("tolerance: 0.002, warn: 0.001", "tolerance: 0.5")
WAIVER = """\
waivers:
  - {rule: REG301, model: churn, reason: agreed, approved_by: platform, expires: 2026-12-31}
"""


def worse(root: Path) -> Repo:
    return changed(root, **WORSE)


def found(repo: Repo, *args: str) -> tuple[int, list[str], dict[str, Any]]:
    ran = snitch(repo, "check", *DAY, "--format", "json", *args)
    report = json.loads(ran.out)
    return ran.status, [finding["code"] for finding in report["findings"]], report


def test_a_good_release_passes_and_a_bad_one_does_not(tmp_path: Path) -> None:
    assert found(changed(tmp_path / "good"))[:2] == (0, [])
    assert found(worse(tmp_path / "bad"))[:2] == (1, CODES)


def test_staged_judges_what_is_staged_and_nothing_else(tmp_path: Path) -> None:
    repo = changed(tmp_path)
    repo.write(WORSE)
    assert found(repo, "--staged")[:2] == (0, [])
    assert found(repo)[:2] == (1, CODES)
    repo.git("add", "-A")
    repo.write(at("models/churn", GOOD))
    assert found(repo)[:2] == (0, [])
    status, codes, report = found(repo, "--staged")
    assert (status, codes, report["candidate"]["kind"]) == (1, CODES, "index")


def test_ref_judges_a_commit_whatever_is_checked_out(tmp_path: Path) -> None:
    repo = worse(tmp_path)
    bad = repo.head()
    repo.commit("mended", at("models/churn", GOOD))
    assert found(repo)[:2] == (0, [])
    status, codes, report = found(repo, "--ref", bad)
    assert (status, codes) == (1, CODES)
    assert report["candidate"] == {"kind": "commit", "commit": bad}
    assert found(repo, "--ref", "HEAD~1")[:2] == (1, CODES)


def test_baseline_is_what_it_is_compared_with(tmp_path: Path) -> None:
    repo = changed(tmp_path)
    better = repo.head()
    repo.commit(
        "worse again",
        at("models/churn", {"metrics.json": metrics("0.90"), "config.yaml": config("1.4.1")}),
    )
    _, codes, report = found(repo, "--baseline", better)
    assert "REG301" in codes
    assert report["baseline"] == {"ref": better, "commit": better}
    assert report["models"][0]["deployed_version"] == "1.4.0"


def test_changed_since_chooses_the_models_and_production_stays_the_baseline(
    tmp_path: Path,
) -> None:
    repo = worse(tmp_path)
    assert found(repo, "--changed-since", "HEAD")[2]["models"] == []
    status, codes, report = found(repo, "--changed-since", "HEAD~1")
    assert (status, codes) == (1, CODES)
    assert report["models"][0]["deployed_version"] == "1.3.2"


def test_all_judges_what_nobody_touched(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    assert found(repo)[2]["models"] == []
    assert [model["name"] for model in found(repo, "--all")[2]["models"]] == ["churn"]


@pytest.mark.parametrize("word", ["churn", "models/churn", "./models/churn/metrics.json"])
def test_models_are_named_by_name_and_by_path(tmp_path: Path, word: str) -> None:
    report = found(deployed(tmp_path), word)[2]
    assert [model["name"] for model in report["models"]] == ["churn"]


def test_policy_is_a_file_and_wins_over_production_s(tmp_path: Path) -> None:
    repo = worse(tmp_path)
    lenient = tmp_path.with_name("lenient.yaml")
    lenient.write_text(LENIENT)
    status, codes, report = found(repo, "--policy", str(lenient))
    assert (status, codes) == (0, ["DEP504"])
    assert report["policy"]["source"] == str(lenient)


def test_policy_from_is_a_revision(tmp_path: Path) -> None:
    repo = worse(tmp_path)
    repo.branch("proposal", "main")
    repo.commit("a lenient standard", {"snitch.yaml": LENIENT})
    repo.checkout("change")
    assert found(repo)[0] == 1
    status, codes, report = found(repo, "--policy-from", "proposal")
    assert (status, codes) == (0, ["DEP504"])
    assert report["policy"]["source"] == "proposal:snitch.yaml"


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (["--select", "REG"], ["REG301"]),
        (["--select", "REG30"], ["REG301"]),
        (["--select", "reg301"], ["REG301"]),
        (["--select", "metric-regressed"], ["REG301"]),
        (["--select", "REG301,unpinned"], CODES),
        (["--select", "CPL FRS"], []),
        (["--select", "REG", "--select", "unpinned"], CODES),
        (["--ignore", "REG", "--ignore", "DEP"], []),
        (["--ignore", "REG301"], ["DEP504"]),
        (["--ignore", "metric-regressed"], ["DEP504"]),
        (["--ignore", "REG"], ["DEP504"]),
        (["--select", "REG,DEP", "--ignore", "DEP504"], ["REG301"]),
    ],
    ids=" ".join,
)
def test_rules_are_selected_by_code_name_and_prefix(
    tmp_path: Path, options: list[str], codes: list[str]
) -> None:
    assert found(worse(tmp_path), *options)[1] == codes


def test_fixed_rules_cannot_be_deselected(tmp_path: Path) -> None:
    broken = at("models/churn", {"metrics.json": '{"metrics": {"auc": NaN}}'})
    codes = found(changed(tmp_path, **broken), "--ignore", "SNT,REG,BEN,ART", "--select", "CPL")[1]
    assert "REG306" in codes


def test_a_fixed_rule_that_is_ignored_by_name_is_said_to_stay(tmp_path: Path) -> None:
    ran = snitch(changed(tmp_path), "check", *DAY, "--ignore", "metric-not-a-number,FRS,REG301")
    assert "REG306 cannot be left out, and is judged in spite of --ignore" in ran.out
    assert ran.out.count("cannot be left out") == 1


@pytest.mark.parametrize(
    ("option", "word", "near"),
    [("--select", "REG3001", "REG301"), ("--ignore", "metric-regresed", "metric-regressed")],
)
def test_an_unknown_rule_names_the_nearest(
    tmp_path: Path, option: str, word: str, near: str
) -> None:
    ran = snitch(worse(tmp_path), "check", option, word)
    assert (ran.status, ran.out) == (2, "")
    assert word in ran.err
    assert near in ran.err


@pytest.mark.parametrize(("bar", "status"), [("error", 0), ("warning", 1), ("never", 0)])
def test_fail_on_says_what_fails(tmp_path: Path, bar: str, status: int) -> None:
    slipped = at("models/churn", {"metrics.json": metrics("0.9095")})
    assert found(changed(tmp_path, **slipped), "--fail-on", bar)[:2] == (status, ["REG315"])


def test_fail_on_never_does_not_hide_that_nothing_could_be_judged(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy="version: 2\n")
    assert snitch(repo, "check", "--fail-on", "never").status == 2


def test_as_of_is_the_day_of_judgement(tmp_path: Path) -> None:
    repo = changed(tmp_path)
    ran = snitch(repo, "check", "--format", "json", "--as-of", "2027-10-05")
    report = json.loads(ran.out)
    assert report["as_of"] == "2027-10-05"
    assert "FRS401" in [finding["code"] for finding in report["findings"]]
    assert snitch(repo, "check", "--as-of", "05.10.2026").status == 2


def test_jobs_make_no_difference(tmp_path: Path) -> None:
    repo = worse(tmp_path)
    for number in range(3):
        name = f"twin-{number}"
        text = config().replace("name: churn", f"name: {name}")
        repo.commit(name, at(f"models/{name}", {**GOOD, "config.yaml": text}))
    one = snitch(repo, "check", "--all", *DAY, "--jobs", "1")
    two = snitch(repo, "check", "--all", *DAY, "--jobs", "3")
    assert (one.status, one.out) == (two.status, two.out)
    assert snitch(repo, "check", "--jobs", "0").status == 2


def test_quiet_is_silent_where_nothing_is_to_be_mended_and_only_there(tmp_path: Path) -> None:
    ran = snitch(changed(tmp_path / "good"), "check", *DAY, "--quiet")
    assert (ran.status, ran.out) == (0, "")
    assert "REG301" in snitch(worse(tmp_path / "bad"), "check", *DAY, "--quiet").out


@pytest.mark.parametrize("format_", ["json", "sarif", "gitlab"])
def test_quiet_leaves_a_program_its_document(tmp_path: Path, format_: str) -> None:
    ran = snitch(changed(tmp_path / "good"), "check", *DAY, "--quiet", "--format", format_)
    assert (ran.status, ran.err) == (0, "")
    json.loads(ran.out)


def test_no_ignores_judges_as_if_there_were_no_waivers(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=POLICY + WAIVER)
    repo.commit("worse", at("models/churn", {**GOOD, "metrics.json": metrics("0.908")}))
    status, _, report = found(repo)
    assert (status, report["summary"]["waived"]) == (0, 1)
    status, codes, report = found(repo, "--no-ignores")
    assert (status, codes, report["summary"]["waived"]) == (1, ["REG301"], 0)


@pytest.mark.parametrize(
    "options",
    [
        ["--staged", "--ref", "HEAD"],
        ["--all", "--changed-since", "HEAD"],
        ["--all", "churn"],
        ["--policy", "snitch.yaml", "--policy-from", "HEAD"],
    ],
    ids=" ".join,
)
def test_options_that_contradict_each_other_are_refused(tmp_path: Path, options: list[str]) -> None:
    ran = snitch(changed(tmp_path), "check", *options)
    assert (ran.status, ran.out) == (2, "")
    assert "exclude each other" in ran.err


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (["chekc"], "`check`"),
        (["check", "--stagde"], "--staged"),
        (["check", "--format", "marcdown"], "`markdown`"),
        (["check", "--format", "json="], "names no file"),
        (["check", "--format", "json", "--format", "junit"], "standard output"),
        (["check", "--format", "json=a", "--format", "junit=a"], "`a`"),
        (["check", "--fail-on", "info"], "never"),
        (["explain", "REG3001"], "`REG301`"),
    ],
    ids=str,
)
def test_usage_errors_name_what_was_meant(tmp_path: Path, words: list[str], near: str) -> None:
    ran = snitch(changed(tmp_path), *words)
    assert (ran.status, ran.out) == (2, "")
    assert near in ran.err


def test_every_deviation_from_the_defaults_stands_in_the_provenance(tmp_path: Path) -> None:
    ran = snitch(changed(tmp_path), "check", *DAY, "--fail-on", "never", "--ignore", "FRS")
    flat = " ".join(ran.out.split())
    assert "--fail-on never" in flat
    assert "--ignore FRS" in flat
