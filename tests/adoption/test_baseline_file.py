"""Old sins: written down once, told by number from then on, and never a cover for new ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

from example import GOOD
from example import POLICY
from example import config
from example import metrics
from judging import at
from judging import changed
from judging import codes
from judging import deployed
from judging import judge
from judging import snitch

if TYPE_CHECKING:
    from pathlib import Path

    from repo import Repo

    from snitch.findings import Report

NAME = "snitch-baseline.json"
DAY = "2026-10-05"
OWNERLESS = config().replace("owner: risk-ml\n", "")
"""A config that the standard does not let pass."""
SIN = {**at("models/churn", GOOD), "models/churn/config.yaml": OWNERLESS}


def sinful(root: Path) -> Repo:
    """A repository with one old sin on `main`, which is checked out."""
    repo = deployed(root).checkout("main")
    repo.commit("an old sin", SIN)
    return repo


def written(repo: Repo, *args: str) -> list[dict[str, Any]]:
    """The entries that the command leaves."""
    assert snitch(repo, "baseline", "--as-of", DAY, *args).status == 0
    rows: list[dict[str, Any]] = json.loads((repo.root / NAME).read_text())["findings"]
    return rows


def audit(repo: Repo, **options: Any) -> Report:
    return judge(repo, everything=True, **options)


def test_what_is_written_is_known_from_then_on(tmp_path: Path) -> None:
    repo = sinful(tmp_path / "r")
    before = audit(repo)
    assert codes(before) == ["CPL102"]
    (row,) = written(repo)
    assert (row["code"], row["model"]) == ("CPL102", "churn")
    assert row["path"] == "models/churn/config.yaml"
    repo.commit("the old sins")
    after = audit(repo)
    assert (after.verdict, codes(after), after.summary.known) == ("pass", [], 1)


def test_the_report_tells_the_number_in_every_form(tmp_path: Path) -> None:
    repo = sinful(tmp_path / "r")
    written(repo)
    repo.commit("the old sins")
    said = snitch(repo, "check", "--all", "--as-of", DAY, "--format", "json")
    assert json.loads(said.out)["summary"]["known"] == 1
    for form in ("terminal", "markdown", "concise"):
        said = snitch(repo, "check", "--all", "--as-of", DAY, "--format", form)
        assert "1 known before" in said.out, form
        assert said.status == 0


def test_the_entries_stand_in_order_one_a_line(tmp_path: Path) -> None:
    repo = sinful(tmp_path / "r")
    as_fraud = [(path.replace("churn", "fraud"), text) for path, text in SIN.items()]
    fraud = {path: text.replace("churn", "fraud") for path, text in as_fraud}
    ownerless = {
        **fraud,
        "models/fraud/requirements.txt": "numpy>=1\npandas>=1\nscipy>=1\ntorch>=1\n",
    }
    repo.commit("another", ownerless)
    rows = written(repo)
    order = [tuple(row[key] for key in ("model", "path", "code", "fingerprint")) for row in rows]
    assert order == sorted(order)
    assert {model for model, *_ in order} == {"churn", "fraud"}
    assert len(order) > len({path for _, path, *_ in order})
    text = (repo.root / NAME).read_text()
    assert text.count("\n") == len(rows) + 5


def test_without_the_file_all_are_told(tmp_path: Path) -> None:
    repo = sinful(tmp_path / "r")
    written(repo)
    repo.commit("the old sins")
    assert codes(audit(repo, ignores=False)) == ["CPL102"]


def test_a_finding_is_known_after_lines_and_directories_moved(tmp_path: Path) -> None:
    repo = sinful(tmp_path / "r")
    written(repo)
    repo.commit("the old sins")
    repo.git("mv", "models/churn", "models/retention")
    path = repo.root / "models/retention/config.yaml"
    path.write_text("# moved\n\n" + path.read_text())
    repo.branch("moved").commit("moved")
    assert audit(repo).summary.known == 1


def test_a_new_finding_fails_beside_an_old_one(tmp_path: Path) -> None:
    repo = sinful(tmp_path / "r")
    written(repo)
    text = OWNERLESS.replace("description:", "explanation:")
    repo.commit("the old sins")
    repo.branch("next").commit("no description", {"models/churn/config.yaml": text})
    report = audit(repo)
    assert "CPL102" in codes(report)
    assert report.summary.known == 1
    assert all("owner" not in finding.message for finding in report.findings)


def test_a_change_cannot_excuse_itself(tmp_path: Path) -> None:
    repo = sinful(tmp_path / "r").branch("next")
    written(repo)
    repo.commit("my own sins")
    report = audit(repo)
    assert codes(report)[-1] == "CPL102"
    assert report.summary.known == 0
    assert [text for text in report.notices if NAME in text] == [
        f"this change's {NAME} is not in force yet: main's is"
    ]


def test_what_a_change_adds_to_the_file_is_a_change_of_the_gate(tmp_path: Path) -> None:
    repo = sinful(tmp_path / "r").branch("next")
    written(repo)
    repo.commit("my own sins")
    assert "POL712" in codes(judge(repo))
    repo.checkout("main").merge("next")
    repo.branch("mended").commit("an owner", {"models/churn/config.yaml": config()})
    assert written(repo, "--prune") == []
    repo.commit("pruned")
    assert "POL712" not in codes(judge(repo))


def test_before_any_policy_is_merged_the_changes_own_file_counts(tmp_path: Path) -> None:
    repo = deployed(tmp_path / "r", policy=None)
    repo.checkout("main").commit("an old sin", SIN)
    repo.branch("adopt").write({"snitch.yaml": POLICY})
    assert [row["code"] for row in written(repo)] == ["CPL102"]
    assert audit(repo).summary.known == 1


def test_a_regression_is_never_an_old_sin(tmp_path: Path) -> None:
    repo = changed(tmp_path / "r", **{"models/churn/metrics.json": metrics(auc="0.88")})
    assert "REG301" in codes(judge(repo))
    assert written(repo) == []


def test_rules_that_nobody_may_switch_off_are_not_covered(tmp_path: Path) -> None:
    text = '{"metrics": {"auc": 0.91, "auc": 0.92}}'
    repo = deployed(tmp_path / "r").checkout("main")
    repo.commit("twice", {"models/churn/metrics.json": text})
    assert "SNT003" not in [row["code"] for row in written(repo)]
    repo.commit("the old sins")
    assert "SNT003" in codes(audit(repo))


def test_what_is_wrong_with_the_policy_is_no_old_sin_of_a_model(tmp_path: Path) -> None:
    waiver = (
        "waivers:\n- {rule: REG301, model: churn, reason: agreed, approved_by: ada, "
        "expires: 2026-10-01}\n"
    )
    repo = sinful(tmp_path / "r")
    repo.commit("an old waiver", {"snitch.yaml": POLICY + waiver})
    assert "POL703" in codes(audit(repo))
    assert [row["code"] for row in written(repo)] == ["CPL102"]
    repo.commit("the old sins")
    assert codes(audit(repo)) == ["POL703"]


def test_pruning_drops_what_is_gone_and_adds_nothing(tmp_path: Path) -> None:
    repo = sinful(tmp_path / "r")
    assert "CPL102" in [row["code"] for row in written(repo)]
    mended = {"models/churn/config.yaml": config()}
    repo.commit("an owner", {**mended, "models/churn/requirements.txt": "numpy\n"})
    left = written(repo, "--prune")
    assert not [row for row in left if row["code"] == "CPL102"]
    assert "DEP504" not in [row["code"] for row in left]
    assert "DEP504" in [row["code"] for row in written(repo)]


def test_pruning_needs_a_file(tmp_path: Path) -> None:
    said = snitch(sinful(tmp_path / "r"), "baseline", "--prune", "--as-of", DAY)
    assert said.status == 2
    assert "there is no snitch-baseline.json to prune" in said.err


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    repo = sinful(tmp_path / "r")
    written(repo)
    first = (repo.root / NAME).read_bytes()
    written(repo)
    assert (repo.root / NAME).read_bytes() == first


def test_more_findings_of_a_rule_than_a_report_shows_are_all_known(tmp_path: Path) -> None:
    libraries = "".join(f"library{number}\n" for number in range(60))
    repo = sinful(tmp_path / "r")
    repo.commit("unpinned", {"models/churn/requirements.txt": libraries})
    assert [row["code"] for row in written(repo)].count("DEP504") == 60
    repo.commit("the old sins")
    assert "DEP504" not in codes(audit(repo))


def test_a_file_that_cannot_be_read_closes_the_gate(tmp_path: Path) -> None:
    broken = (
        "",
        "[]",
        '{"schema": 2, "findings": []}',
        '{"schema": 1, "findings": ["x"]}',
        '{"schema": 1, "findings": [{"fingerprint": 7}]}',
        "[" * 100_000,
    )
    for number, text in enumerate(broken):
        repo = sinful(tmp_path / str(number))
        repo.commit("broken", {NAME: text})
        said = snitch(repo, "check", "--all", "--as-of", DAY)
        assert said.status == 2
        assert f"`main:{NAME}` is not what `snitch baseline` writes" in said.err


def test_files_of_the_gate_are_no_part_of_a_model_at_the_root(tmp_path: Path) -> None:
    repo = deployed(tmp_path / "r", "", POLICY.replace("models/*", "."))
    repo.commit("the gate", {NAME: '{"schema": 1, "findings": []}', ".gitlab-ci.yml": "a: {}\n"})
    assert "CPL106" not in codes(judge(repo))
    repo.commit("another model", {"train.py": "import torch\n"})
    assert "CPL106" in codes(judge(repo))
