from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from example import GOOD
from example import metrics
from judging import SNITCH
from judging import at
from judging import changed
from judging import deployed
from judging import snitch
from repo import Repo

from snitch.reports import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

DAY = ("--as-of", "2026-10-05")
WORSE = at("models/churn", {"metrics.json": metrics("0.80")})
ESC = "\x1b["


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_goes_to_standard_output_and_to_a_file_alike(
    tmp_path: Path, name: str
) -> None:
    repo = changed(tmp_path / "repo", **WORSE)
    target = tmp_path / "report"
    ran = snitch(repo, "check", *DAY, "--format", name, "--format", f"{name}={target}")
    assert ran.status == 1
    assert ran.out.removesuffix("\n") == target.read_text(encoding="utf-8").removesuffix("\n")
    assert "REG301" in ran.out
    assert ran.err == ""


def test_several_formats_in_one_run(tmp_path: Path) -> None:
    repo = changed(tmp_path / "repo", **WORSE)
    out = tmp_path / "report.json"
    ran = snitch(repo, "check", *DAY, "--format", "concise", "--format", f"json={out}")
    assert ran.out.startswith("models/churn/metrics.json:5:22: REG301")
    assert json.loads(out.read_text())["verdict"] == "fail"


def test_a_report_file_is_replaced_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    repo = changed(tmp_path / "repo", **WORSE)
    target = tmp_path / "out" / "report.md"
    target.parent.mkdir()
    target.write_text("an older report" * 10_000)
    assert snitch(repo, "check", *DAY, "--format", f"markdown={target}").status == 1
    assert "older" not in target.read_text(encoding="utf-8")
    assert [path.name for path in target.parent.iterdir()] == ["report.md"]


def test_a_report_that_cannot_be_written_is_exit_2_and_says_so(tmp_path: Path) -> None:
    repo = changed(tmp_path / "repo")
    nowhere = ("--format", f"json={tmp_path}/nowhere/report.json")
    ran = snitch(repo, "check", *DAY, *nowhere, "--format", "concise")
    assert ran.status == 2
    assert "nowhere/report.json" in ran.err
    assert f"fix: mkdir -p {tmp_path}/nowhere" in ran.err
    assert ran.out == snitch(repo, "check", *DAY, "--format", "concise").out


def test_what_cannot_be_judged_still_makes_the_reports_that_were_asked_for(
    tmp_path: Path,
) -> None:
    repo = deployed(tmp_path / "repo", policy="version: 2\n")
    out = tmp_path / "report.json"
    ran = snitch(repo, "check", "--format", "terminal", "--format", f"json={out}")
    assert ran.status == 2
    assert json.loads(out.read_text())["verdict"] == "error"


@pytest.mark.parametrize(
    ("options", "environment", "colored"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
    ],
)
def test_color_is_for_terminals_unless_somebody_says_otherwise(
    tmp_path: Path, options: list[str], environment: dict[str, str], *, colored: bool
) -> None:
    ran = snitch(changed(tmp_path, **WORSE), "check", *DAY, *options, **environment)
    assert (ESC in ran.out) is colored
    assert ESC not in ran.err


def test_a_subdirectory_gives_the_same_report(tmp_path: Path) -> None:
    repo = changed(tmp_path, **WORSE)
    below = Repo(tmp_path / "models" / "churn" / "weights", existing=True)
    for name in ("terminal", "concise", "json"):
        options = ("check", *DAY, "--format", name)
        assert snitch(below, *options) == snitch(repo, *options)


def test_a_path_is_relative_to_where_one_stands(tmp_path: Path) -> None:
    repo = changed(tmp_path, **WORSE)
    below = Repo(tmp_path / "models", existing=True)
    assert snitch(below, "check", "churn/metrics.json", *DAY).out != ""
    assert snitch(repo, "check", "churn/metrics.json", *DAY).status == 2


def test_the_same_input_gives_the_same_bytes_whatever_the_machine_is_set_to(
    tmp_path: Path,
) -> None:
    repo = changed(tmp_path, **WORSE)
    extra = {**GOOD, "metrics.json": metrics("0.5", "0.9")}
    repo.commit("more", at("models/fraud", extra))
    for name in ("terminal", "markdown", "json", "sarif"):
        ran = {
            snitch(repo, "check", *DAY, "--format", name, **environment).out
            for environment in (
                {"PYTHONHASHSEED": "1"},
                {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati"},
                {"PYTHONHASHSEED": "3", "TZ": "America/Anchorage", "LC_ALL": "C.UTF-8"},
                {"PYTHONHASHSEED": "4", "LANG": "de_DE.UTF-8"},
            )
        }
        assert len(ran) == 1


def test_an_output_that_knows_ascii_only_gets_escapes_and_no_crash(tmp_path: Path) -> None:
    text = GOOD["config.yaml"].replace("name: churn", "name: chürn")
    repo = changed(tmp_path, **at("models/churn", {"config.yaml": text}))
    ran = snitch(repo, "check", *DAY, PYTHONIOENCODING="ascii", LC_ALL="C", PYTHONUTF8="0")
    assert ran.status in {0, 1}
    assert ran.out.isascii()


def test_a_reader_that_goes_away_is_no_traceback(tmp_path: Path) -> None:
    repo = changed(tmp_path, **WORSE)
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [SNITCH, "check", "--format", "json"],
        cwd=repo.root,
        env=repo.environment,
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
        text=True,
    )
    os.close(write)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_ctrl_c_is_130_and_leaves_nothing(tmp_path: Path) -> None:
    repo = changed(tmp_path / "repo", **WORSE)
    target = tmp_path / "out" / "report.json"
    target.parent.mkdir()
    before = repo.git("status", "--porcelain")
    # A Git that takes its time holds the run at a known place.
    gate = tmp_path / "git"
    gate.mkdir()
    slow = gate / "git"
    slow.write_text("#!/bin/sh\nexec sleep 30\n")
    slow.chmod(0o755)
    process = subprocess.Popen(
        [SNITCH, "check", *DAY, "--format", f"json={target}"],
        cwd=repo.root,
        env={**repo.environment, "PATH": f"{gate}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(1.5)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130, err
    assert out == ""
    assert "Traceback" not in err
    assert list(target.parent.iterdir()) == []
    assert repo.git("status", "--porcelain") == before
