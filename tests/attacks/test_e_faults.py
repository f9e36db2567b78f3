"""What happens when something breaks in the middle of the judgement."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from attacks.shapes import MODEL
from attacks.shapes import WORSE
from attacks.shapes import errors
from example import CHANGELOG
from example import GOOD
from example import OID
from example import POLICY
from example import config
from example import metrics
from judging import SNITCH
from judging import at
from judging import changed
from judging import codes
from judging import deployed
from judging import judge
from judging import snitch
from plugin.test_real_plugin import CHECK as PLUGIN
from plugin.test_real_plugin import PLUGGED
from plugin.test_real_plugin import install
from plugin.test_real_plugin import plugged
from plugin.test_real_plugin import ran as with_site

from snitch.reports import FORMATS

DAY = ("--as-of", "2026-10-05")
WEIGHTS = "weights/model.safetensors"
SLICES = '"slices": {"plan=enterprise": {"n": 1200, "auc": 0.93}}'


MANY = {f"models/m{number}/config.yaml": f"name: m{number}\n" for number in range(70)}
"""Enough models for two processes."""


def with_body(*lines: str) -> str:
    """A plugin whose check does this."""
    head = PLUGIN[: PLUGIN.index("def judge")]
    body = "\n    ".join(lines)
    tail = "\n\n\nCHECK = Check('ACM', (OWNER_UNKNOWN,), judge)\n"
    return f"{head}def judge(subject):\n    {body}{tail}"


def test_e24_the_worst_model_decides(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    fine = {**GOOD, "config.yaml": config().replace("name: churn", "name: churn-z")}
    repo.commit("two", {**WORSE, **at("models/churn-z", fine)})
    report = judge(repo)
    assert len(report.models) == 2
    assert report.verdict == "fail"
    assert snitch(repo, "check", *DAY).status == 1


@pytest.mark.parametrize(
    "body",
    [
        "raise ValueError\n    yield",
        "raise SystemExit(0)\n    yield",
        "return 7",
        "yield 'no finding'",
        "subject.policy.metrics = {}\n    yield",
    ],
)
def test_e25_a_check_that_breaks_closes_the_gate(tmp_path: Path, body: str) -> None:
    source = with_body(body)
    site = install(tmp_path / "site", source)
    done = with_site(plugged(tmp_path / "repo"), site, "check", *DAY, "--format", "json")
    assert done.status == 2
    assert "POL708" in done.out


@pytest.mark.parametrize(
    "body",
    ["raise ValueError", "raise SystemExit(0)", "raise GeneratorExit", "return 7", "yield 'no'"],
)
def test_e25_a_survey_that_breaks_closes_the_gate_and_hides_nothing(
    tmp_path: Path, body: str
) -> None:
    head, check = with_body("return iter(())").split("CHECK = ")
    check = check.replace("judge)", "judge, survey)")
    source = f"{head}def survey(run):\n    {body}\n\n\nCHECK = {check}"
    repo = plugged(tmp_path / "repo")
    repo.commit("worse", WORSE)
    site = install(tmp_path / "site", source)
    done = with_site(repo, site, "check", *DAY, "--format", "json")
    assert done.status == 2
    found = {one["code"] for one in json.loads(done.out)["findings"]}
    assert {"POL708", "REG301"} <= found


def test_e25_what_a_check_prints_is_no_part_of_the_report(tmp_path: Path) -> None:
    source = with_body("print('{')", "return iter(())")
    site = install(tmp_path / "site", source)
    done = with_site(plugged(tmp_path / "repo"), site, "check", *DAY, "--format", "json")
    assert done.status == 0
    assert json.loads(done.out)["verdict"] == "pass"
    assert "{" in done.err


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_e25_a_check_that_hangs_is_ended_and_closes_the_gate(tmp_path: Path, jobs: str) -> None:
    """In a process of the audit the report tells so; on its own the run has only words."""
    mark = tmp_path / "hangs"
    told = f"open({str(mark)!r}, 'a').write(f'{{os.getpid()}} ')"
    source = with_body("import os", told, "while True: pass")
    site = install(tmp_path / "site", source)
    policy = f"{PLUGGED}limits: {{max_seconds: 1}}\n"
    repo = plugged(tmp_path / "repo", policy=policy)
    repo.commit("enough for two processes", MANY)
    done = with_site(repo, site, "check", *DAY, "--all", "--jobs", jobs, "--fail-on", "never")
    assert done.status == 2
    assert ("POL708" if jobs == "2" else "passed its limit of 1 seconds") in done.out + done.err
    for number in mark.read_text().split():
        assert not Path(f"/proc/{number}").exists()


def test_e26_a_plugin_cannot_claim_a_built_in_code(tmp_path: Path) -> None:
    source = PLUGIN.replace("ACM901", "REG301").replace('Check("ACM"', 'Check("REG"')
    site = install(tmp_path / "site", source)
    assert with_site(plugged(tmp_path / "repo"), site, "check", *DAY).status == 2


def test_e27_a_worker_that_dies_closes_the_gate(tmp_path: Path) -> None:
    """What the others judged is told all the same, and that it is not all."""
    source = with_body(
        "import os",
        "if subject.candidate.name == 'm9': os.kill(os.getpid(), 9)",
        "return iter(())",
    )
    site = install(tmp_path / "site", source)
    repo = plugged(tmp_path / "repo")
    repo.commit("enough for two processes", {**MANY, **WORSE})
    done = with_site(repo, site, "check", *DAY, "--all", "--jobs", "2", "--format", "json")
    assert done.status == 2
    report = json.loads(done.out)
    assert report["verdict"] == "error"
    assert {"POL708", "REG301"} <= {one["code"] for one in report["findings"]}
    assert 0 < len(report["models"]) < 71
    assert "this report is incomplete" in report["failures"][0]["message"]


def test_e27_the_only_process_that_dies_is_no_pass(tmp_path: Path) -> None:
    site = install(tmp_path / "site", with_body("import os", "os.kill(os.getpid(), 9)", "yield"))
    done = with_site(plugged(tmp_path / "repo"), site, "check", *DAY, "--jobs", "1")
    assert done.status == -signal.SIGKILL
    assert done.out == ""


def test_e28_a_run_past_its_time_is_incomplete_and_says_so(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=f"{POLICY}limits: {{max_seconds: 0}}\n")
    repo.commit("worse", WORSE)
    ran = snitch(repo, "check", *DAY, "--fail-on", "never")
    assert ran.status == 2
    assert "incomplete" in ran.out + ran.err


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_e29_a_report_that_cannot_be_written_is_exit_2(tmp_path: Path, name: str) -> None:
    repo = changed(tmp_path / "repo")
    (tmp_path / "file").write_text("")
    for target in ("/dev/full", str(tmp_path / "file" / "x"), str(tmp_path)):
        ran = snitch(repo, "check", *DAY, "--format", f"{name}={target}")
        assert ran.status == 2
        assert ran.err
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [SNITCH, "check", *DAY, "--format", name],
            cwd=repo.root,
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_e30_no_terminal_is_too_poor(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("worse", {**WORSE, f"{MODEL}/config.yaml": config().replace("risk-ml", "René")})
    poor = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "TERM": "dumb", "COLUMNS": "1"}
    ran = snitch(repo, "check", *DAY, **poor)
    assert ran.status == 1
    assert "REG301" in ran.out
    assert "\x1b" not in ran.out


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_e31_a_run_that_is_stopped_says_so_and_leaves_nothing(
    tmp_path: Path, number: signal.Signals, status: int
) -> None:
    repo = changed(tmp_path / "repo")
    gate = tmp_path / "gate"
    gate.mkdir()
    (gate / "git").write_text(f"#!/bin/sh\ntouch '{tmp_path}/there'\nexec sleep 30\n")
    (gate / "git").chmod(0o755)
    target = tmp_path / "out" / "report.json"
    target.parent.mkdir()
    process = subprocess.Popen(
        [SNITCH, "check", *DAY, "--format", f"json={target}"],
        cwd=repo.root,
        env={"PATH": f"{gate}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(3_000):
        if (tmp_path / "there").exists():
            break
        time.sleep(0.01)
    process.send_signal(number)
    assert process.wait(30) in {status, -number}
    assert list(target.parent.iterdir()) == []


def test_e11_an_upper_case_digest_is_the_same_digest(tmp_path: Path) -> None:
    repo = changed(tmp_path)
    repo.commit("upper", {f"{MODEL}/metrics.json": metrics(oid=OID.upper())})
    assert "ART603" not in codes(judge(repo))
    assert json.loads(snitch(repo, "check", *DAY, "--format", "json").out)["models"]


def test_e23_a_leading_v_is_no_other_version(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    same = at(MODEL, {**GOOD, "config.yaml": config("v1.3.2"), "CHANGELOG.md": CHANGELOG})
    repo.commit("v", same)
    assert {"CPL106", "CPL111"} & errors(judge(repo))
