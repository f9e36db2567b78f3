"""What a release is compared with, and what buys nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from attacks.shapes import AUC
from attacks.shapes import MODEL
from attacks.shapes import WAIVER
from attacks.shapes import WORSE
from attacks.shapes import errors
from example import DEPLOYED
from example import GOOD
from example import OLD_OID
from example import POLICY
from example import metrics
from example import pointer
from judging import at
from judging import changed
from judging import codes
from judging import deployed
from judging import judge

if TYPE_CHECKING:
    from pathlib import Path

DAY = ("--as-of", "2026-10-05")
WEIGHTS = "weights/model.safetensors"
SLICES = '"slices": {"plan=enterprise": {"n": 1200, "auc": 0.93}}'
MENDED = DEPLOYED["metrics.json"].replace("0.911", "0.910")


def test_e3_a_slice_made_too_small_to_count_is_told(tmp_path: Path) -> None:
    slices = '  "slices.*.auc": {direction: higher, tolerance: 0.01, min_n: 200}\n'
    policy = POLICY.replace("freshness:", f"{slices}freshness:")
    told = {
        '"n": 5, "auc": 0.5': {"REG303", "REG309"},
        '"auc": 0.5': {"REG303"},
        # As good as production, on what is left of it.
        '"n": 599, "auc": 0.93': {"REG309"},
        '"n": 600, "auc": 0.93': set(),
    }
    for number, (text, found) in enumerate(told.items()):
        repo = deployed(tmp_path / str(number), policy=policy)
        data = GOOD["metrics.json"].replace('"n": 1200, "auc": 0.93', text)
        repo.commit("small", at(MODEL, {**GOOD, "metrics.json": data}))
        report = judge(repo)
        assert errors(report) == found
        assert ("REG309" in codes(report)) is ('"n"' in text)


def test_e3_a_slice_that_is_gone_is_told_by_whoever_asked_for_it(tmp_path: Path) -> None:
    """The benchmark by its list of slices, a metric's standard by its pattern."""
    slices = '  "slices.*.auc": {direction: higher, tolerance: 0.01, min_n: 200}\n'
    policy = POLICY.replace("freshness:", f"{slices}freshness:")
    repo = deployed(tmp_path, policy=policy)
    repo.commit(
        "gone",
        at(MODEL, {**GOOD, "metrics.json": GOOD["metrics.json"].replace(SLICES, '"slices": {}')}),
    )
    assert errors(judge(repo)) == {"BEN205", "REG303"}


@pytest.mark.parametrize("text", [None, "{"], ids=["removed", "broken"])
def test_e1_a_file_of_metrics_taken_away_is_a_loss_whatever_else_is_off(
    tmp_path: Path, text: str | None
) -> None:
    """One finding says so: that of the file, and where nobody asks for it that of the metrics."""
    cause = "SNT002" if text else "CPL101"
    files: dict[str, str | bytes | None] = {**at(MODEL, GOOD), f"{MODEL}/metrics.json": text}
    policies = {
        "": cause,
        "rules: {CPL101: off, SNT002: off}\n": "REG302",
        "rules: {CPL101: warning, SNT002: info}\n": "REG302",
        f"waivers:\n  - {WAIVER % (cause, 'churn', '2026-12-01')}\n": "REG302",
    }
    for number, (keys, code) in enumerate(policies.items()):
        repo = deployed(tmp_path / str(number), policy=POLICY + keys)
        repo.commit("nothing to compare", files)
        assert errors(judge(repo)) == {code}
        assert errors(judge(repo, select=("REG",))) == {"REG302"}


def test_e4_a_direction_turned_with_the_release_is_not_in_force(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    turned = POLICY.replace("auc: {direction: higher", "auc: {direction: lower")
    repo.commit("turned", {**WORSE, "snitch.yaml": turned})
    assert {"REG301", "POL702"} <= errors(judge(repo))
    beside = metrics().replace(AUC, '"auc": {"value": 0.908, "direction": "lower"}')
    repo.commit("beside", {"snitch.yaml": POLICY, f"{MODEL}/metrics.json": beside})
    assert judge(repo).verdict == "fail"


def test_e5_a_benchmark_that_the_change_declares_is_not_current(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    policy = POLICY.replace('current: "2026.2"', 'current: "2026.3"')
    policy = policy.replace('"2026.2"]', '"2026.2", "2026.3"]')
    text = metrics("0.5").replace("2026.2", "2026.3")
    repo.commit("next", {**at(MODEL, {**GOOD, "metrics.json": text}), "snitch.yaml": policy})
    assert {"REG305", "BEN202"} & errors(judge(repo))


def test_e10_better_numbers_for_the_same_evaluation_are_told(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    text = DEPLOYED["metrics.json"].replace("0.911", "0.999")
    repo.commit("edited", at(MODEL, {**DEPLOYED, "metrics.json": text}))
    assert "ART608" in codes(judge(repo))


@pytest.mark.parametrize("path", [".lfsconfig", ".gitmodules"])
def test_e15_another_source_of_weights_is_told(tmp_path: Path, path: str) -> None:
    repo = changed(tmp_path)
    repo.commit("elsewhere", {path: "[lfs]\n\turl = https://evil.example\n"})
    assert "ART607" in errors(judge(repo))


def test_e16_every_file_of_weights_is_bound(tmp_path: Path) -> None:
    repo = changed(tmp_path)
    repo.commit("a second file", {f"{MODEL}/weights/other.safetensors": b"\x80" * 4096})
    assert "ART602" in errors(judge(repo))


def test_e17_weights_that_could_run_are_never_opened(tmp_path: Path) -> None:
    """Which formats may ship is a standard of its own; here nothing is unpickled."""
    ran = tmp_path / "ran"
    pickle = f"cposix\nsystem\n(S'touch {ran}'\ntR.".encode()
    repo = changed(tmp_path / "repo")
    repo.commit("pickle", {f"{MODEL}/weights/model.pkl": pickle})
    assert judge(repo).verdict == "fail"
    assert not ran.exists()


def test_e18_many_small_losses_are_one_large_one(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.checkout("main")
    for step in range(1, 9):
        value = str(Decimal("0.911") - Decimal("0.002") * step)
        version = f"1.3.{2 + step}"
        entry = (
            f"## [{version}] - 2026-07-{4 + step:02}\n- **Author:** a\n- **Ticket:** ML-{step}\n"
        )
        log = (repo.root / MODEL / "CHANGELOG.md").read_text()
        log = log.replace("## [", f"{entry}- Step {step}.\n\n## [", 1)
        files = {
            "config.yaml": DEPLOYED["config.yaml"].replace("1.3.2", version),
            "metrics.json": metrics(value, "0.312", f"{step:064}"),
            WEIGHTS: pointer(f"{step:064}"),
            "CHANGELOG.md": log,
        }
        if step == 8:
            repo.branch("eighth")
        repo.commit(version, at(MODEL, files))
    found = codes(judge(repo))
    assert "REG301" not in found
    assert "REG314" in found


@pytest.mark.parametrize("claim", ['"stderr": 1e6', '"ci": [0, 1]', '"n": 1'])
def test_e19_the_candidates_own_uncertainty_buys_nothing(tmp_path: Path, claim: str) -> None:
    for mode in ("exact", "significance"):
        policy = f"{POLICY}regression: {{mode: {mode}}}\n"
        repo = deployed(tmp_path / mode, policy=policy)
        text = GOOD["metrics.json"].replace(AUC, f'"auc": {{"value": 0.85, {claim}}}')
        repo.commit("noisy", at(MODEL, {**GOOD, "metrics.json": text}))
        assert {"REG301", "REG309", "REG311", "SNT004"} & errors(judge(repo))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [("0", "0", False), ("0", "0.01", True), ("-0.2", "-0.199", False), ("-0.2", "-0.19", True)],
)
def test_e20_a_share_of_nothing_or_less_is_no_trick(
    tmp_path: Path,
    old: str,
    new: str,
    found: bool,  # noqa: FBT001 - one column of the table
) -> None:
    repo = deployed(tmp_path)
    repo.checkout("main")
    repo.commit("old", at(MODEL, {"metrics.json": metrics("0.911", old, OLD_OID)}))
    repo.branch("next")
    repo.commit("new", at(MODEL, {**GOOD, "metrics.json": metrics("0.912", new)}))
    assert ("REG301" in errors(judge(repo))) is found


@pytest.mark.parametrize("text", ["NaN", "{", "true"])
def test_e21_a_deployed_value_that_is_none_is_exit_2_and_can_be_mended(
    tmp_path: Path, text: str
) -> None:
    broken = text if text == "{" else metrics(text, "0.312", OLD_OID)
    repo = deployed(tmp_path)
    repo.checkout("main")
    repo.commit("broken", at(MODEL, {"metrics.json": broken}))
    repo.branch("next")
    repo.commit("next", at(MODEL, GOOD))
    assert judge(repo).verdict == "error"
    repo.branch("mended", "main")
    repo.commit("only mended", at(MODEL, {"metrics.json": MENDED}))
    report = judge(repo, as_of=date(2026, 9, 1))
    assert report.verdict == "pass"
    assert report.summary.warnings


def test_e22_values_that_are_none_enter_no_comparison_in_any_order(tmp_path: Path) -> None:
    for number, order in enumerate(['"a": NaN, "auc": 0.5', '"auc": 0.5, "a": NaN']):
        repo = changed(tmp_path / str(number))
        text = GOOD["metrics.json"].replace(AUC, order)
        repo.commit("nan", {f"{MODEL}/metrics.json": text})
        assert {"REG306", "REG301"} <= errors(judge(repo))
