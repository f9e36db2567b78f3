"""Where files stand and what they are called: links, twins, moves, models that hide."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
from attacks.shapes import MODEL
from attacks.shapes import WORSE
from attacks.shapes import errors
from attacks.shapes import judged
from example import GOOD
from example import POLICY
from example import metrics
from example import pointer
from judging import at
from judging import changed
from judging import codes
from judging import deployed
from judging import judge
from judging import snitch

from snitch.findings import CannotJudgeError
from snitch.reports import RenderOptions
from snitch.reports import render

if TYPE_CHECKING:
    from pathlib import Path

    from repo import Repo

METRICS = f"{MODEL}/metrics.json"
BETTER = metrics("0.99")
WORSE_MODEL = {**GOOD, "metrics.json": metrics("0.908")}


def named(name: str, files: dict[str, str] = WORSE_MODEL) -> dict[str, str]:
    """A model's files under another name."""
    config = files["config.yaml"].replace("name: churn", f"name: {name}")
    return {**files, "config.yaml": config}


def both(repo: Repo) -> list[set[str]]:
    """What is found in the working tree and in the commit of the same."""
    there = errors(judge(repo))
    repo.commit("attack")
    return [there, errors(judge(repo, candidate="commit", ref="HEAD"))]


@pytest.mark.parametrize("target", ["/proc/self/environ", "../other/metrics.json", "/dev/zero"])
def test_c1_a_link_is_never_followed(tmp_path: Path, target: str) -> None:
    repo = changed(tmp_path)
    repo.write({"models/other/metrics.json": BETTER, METRICS: None})
    (repo.root / METRICS).symlink_to(target)
    for found in both(repo):
        assert "SNT005" in found
    text = render(judge(repo), "markdown", RenderOptions())
    assert os.environ["PATH"] not in text


def test_c2_no_directory_leads_elsewhere_or_round(tmp_path: Path) -> None:
    repo = changed(tmp_path / "repo")
    outside = tmp_path / "outside"
    outside.mkdir()
    for name, text in GOOD.items():
        (outside / name).parent.mkdir(exist_ok=True)
        (outside / name).write_text(text)
    repo.git("rm", "-r", "--quiet", MODEL)
    (repo.root / "models").mkdir(exist_ok=True)
    (repo.root / MODEL).symlink_to(outside)
    assert judge(repo).verdict != "pass"
    (repo.root / MODEL).unlink()
    repo.write(at(MODEL, GOOD))
    (repo.root / MODEL / "round").symlink_to("..")
    assert "SNT005" in errors(judge(repo))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes of this kind")
@pytest.mark.parametrize("kind", ["pipe", "socket"])
def test_c3_what_is_no_file_is_not_opened(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = changed(tmp_path)
    repo.write({METRICS: None})
    if kind == "pipe":
        os.mkfifo(repo.root / METRICS)
    else:
        monkeypatch.chdir(repo.root / MODEL)
        with socket.socket(socket.AF_UNIX) as plug:
            plug.bind("metrics.json")
    assert "SNT005" in errors(judge(repo))


def test_c4_a_file_that_is_swapped_while_it_is_read_gives_no_other(tmp_path: Path) -> None:
    """A thread swaps the metrics for a link to better ones, as fast as it can."""
    repo = deployed(tmp_path / "repo")
    repo.write(WORSE)
    (tmp_path / "better.json").write_text(BETTER)
    (tmp_path / "link").symlink_to(tmp_path / "better.json")
    done = threading.Event()

    def swap() -> None:
        while not done.is_set():
            (tmp_path / "next").symlink_to(tmp_path / "better.json")
            (tmp_path / "next").replace(repo.root / METRICS)
            (tmp_path / "next").write_text(WORSE[METRICS])
            (tmp_path / "next").replace(repo.root / METRICS)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        for _ in range(10):
            ran = snitch(repo, "check", "--as-of", "2026-10-05", "--format", "concise")
            assert ran.status in {1, 2}
            assert "0.99" not in ran.out
    finally:
        done.set()
        thread.join()


@pytest.mark.parametrize(
    "name",
    [b"a\nb.yaml", b"a\tb.py", b'a"b\\c.py', b"a\xffb.py"],
    ids=["\\n", "\\t", "quote", "ff"],
)
def test_c5_c6_odd_names_neither_hide_nor_break_anything(tmp_path: Path, name: bytes) -> None:
    repo = deployed(tmp_path)
    repo.write(WORSE)
    path = os.fsencode(repo.root / MODEL) + b"/" + name
    with open(path, "wb") as file:  # noqa: PTH123 - a name that is no text
        file.write(b"x = 1\n")
    for found in both(repo):
        assert "REG301" in found
        assert "SNT005" in found or b"\xff" not in name
    ran = snitch(repo, "check", "--as-of", "2026-10-05", "--format", "concise")
    assert ran.status == 1
    assert "a\nb" not in ran.out
    ran.out.encode()


@pytest.mark.parametrize("name", ["a:stream", "CON", "dot.", "blank "])
def test_c7_names_that_other_systems_refuse_stop_nothing(tmp_path: Path, name: str) -> None:
    repo = deployed(tmp_path)
    repo.commit("odd", {**WORSE, f"{MODEL}/{name}": "x"})
    report = judge(repo)
    assert "REG301" in errors(report)
    assert "SNT005" in codes(report)


@pytest.mark.parametrize("twin", ["Metrics.json", "METRICS.JSON"])
def test_c8_names_that_differ_by_case_only_are_told(tmp_path: Path, twin: str) -> None:
    assert "SNT007" in errors(judged(tmp_path, {twin: BETTER}))


def test_c8_names_that_differ_by_normal_form_only_are_told(tmp_path: Path) -> None:
    assert "SNT007" in errors(judged(tmp_path, {"caf\u00e9.yaml": "", "cafe\u0301.yaml": ""}))


@pytest.mark.parametrize(
    "second", ["config.yml", "config.json", "changelog.yaml", "eval_results.json"]
)
def test_c9_two_files_for_one_piece_are_told(tmp_path: Path, second: str) -> None:
    assert "SNT007" in errors(judged(tmp_path, {second: "{}"}))


@pytest.mark.parametrize(
    "name",
    [
        "'ch\u0443rn'",
        '"chu\\u200brn"',
        '"chu\\u202ern"',
        "../churn",
        "$(id)",
        "c" * 10_000,
        "Churn",
    ],
    ids=["homoglyph", "zero width", "bidi", "path", "shell", "long", "upper case"],
)
def test_c10_a_name_is_plain_letters(tmp_path: Path, name: str) -> None:
    found = errors(judged(tmp_path, {"config.yaml": named(name)["config.yaml"]}))
    assert {"SNT001", "SNT004", "SNT008"} & found


def test_c11_one_name_is_one_model(tmp_path: Path) -> None:
    repo = changed(tmp_path / "twice", **at("models/churn-b", GOOD))
    assert "CPL110" in errors(judge(repo))
    deep = deployed(tmp_path / "in", policy=POLICY.replace("models/*", "models/**"))
    deep.commit("nested", {**at(MODEL, GOOD), **at(f"{MODEL}/in", named("churn-in", GOOD))})
    assert "CPL110" in errors(judge(deep))


def test_c12_a_moved_model_is_compared_with_what_it_was(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.git("mv", MODEL, "models/attrition")
    repo.commit("moved", at("models/attrition", WORSE_MODEL))
    report = judge(repo)
    assert report.models[0].change == "moved"
    assert "REG301" in errors(report)


def test_c13_a_model_renamed_in_place_is_compared_and_told(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("renamed", at(MODEL, named("churn2")))
    assert {"POL710", "REG301"} <= errors(judge(repo))


def test_c14_a_model_that_no_glob_takes_is_told(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.commit("hidden", {**at("hidden/churn", WORSE_MODEL), "x/model.safetensors": pointer()})
    report = judge(repo)
    assert "POL711" in errors(report)
    assert codes(report).count("POL711") == 2


def test_c15_a_model_that_comes_back_is_no_first_release(tmp_path: Path) -> None:
    repo = deployed(tmp_path)
    repo.checkout("main")
    repo.git("rm", "-r", "--quiet", MODEL)
    repo.commit("gone", at("models/fraud", named("fraud", GOOD)))
    repo.branch("back")
    repo.commit("back, and worse", at(MODEL, WORSE_MODEL))
    assert "REG301" in errors(judge(repo))


def test_c16_no_model_is_no_pass(tmp_path: Path) -> None:
    repo = deployed(tmp_path / "none", policy=POLICY.replace("models/*", "nowhere/*"))
    assert {"POL706"} <= errors(judge(repo, everything=True))
    assert snitch(repo, "check").status == 1
    calm = deployed(tmp_path / "calm")
    calm.commit("docs", {"README.md": "words"})
    ran = snitch(calm, "check", "--changed-since", "main")
    assert ran.status == 0
    assert "0 of 1" in ran.out + ran.err


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        (".lfsconfig", "[lfs]\n\turl = https://evil.example\n", "ART607"),
        ("serving/constraints.txt", "numpy==1.0.0\n", "POL701"),
    ],
)
def test_c17_a_change_around_the_models_is_seen(
    tmp_path: Path, path: str, text: str, code: str
) -> None:
    serving = POLICY + "dependencies: {serving_constraints: serving/constraints.txt}\n"
    repo = deployed(tmp_path, policy=serving)
    repo.checkout("main")
    repo.commit("serving", {"serving/constraints.txt": "numpy==2.1.0\n"})
    repo.branch("around")
    repo.commit("around", {path: text})
    assert code in codes(judge(repo))


def test_c18_a_pointer_or_a_submodule_is_no_metadata(tmp_path: Path) -> None:
    assert errors(judged(tmp_path / "lfs", {"metrics.json": pointer()})) & {"SNT002", "SNT005"}
    repo = changed(tmp_path / "module")
    repo.git("rm", "--quiet", METRICS)
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{repo.head()},{METRICS}")
    repo.git("commit", "--quiet", "-m", "submodule")
    assert "SNT005" in errors(judge(repo, candidate="commit", ref="HEAD"))


@pytest.mark.parametrize("depth", [pytest.param(100, marks=pytest.mark.slow), 300])
def test_c19_a_million_names_and_deep_paths_end_soon(tmp_path: Path, depth: int) -> None:
    """Names of 250 bytes, made as trees alone; past its own limit, Snitch reads no further."""
    repo = deployed(tmp_path)
    repo.commit("worse", WORSE)
    blob = repo.git("hash-object", "-w", "--stdin", stdin=b"x")
    thousand = [f"{'n' * 246}{number:04}" for number in range(1_000)]
    wide = tree(repo, [("100644 blob", blob, name) for name in thousand])
    million = tree(repo, [("040000 tree", wide, name) for name in thousand])
    deep = tree(repo, [("100644 blob", blob, "x")])
    for _ in range(depth):
        deep = tree(repo, [("040000 tree", deep, "d")])
    repo.git("read-tree", "--prefix=models/churn/deep/", deep)
    whole = f"{repo.git('ls-tree', repo.git('write-tree'))}\n040000 tree {million}\twide\n"
    commit = repo.git("commit-tree", "-m", "much", "-p", "HEAD", make(repo, whole))
    started = time.process_time()
    if depth == 300:
        with pytest.raises(CannotJudgeError, match="deeper than 128 directories"):
            judge(repo, candidate="commit", ref=commit)
    else:
        report = judge(repo, candidate="commit", ref=commit)
        assert {"SNT001", "REG301"} <= errors(report)
        assert any("max_path_depth" in one.message for one in report.findings)
    assert time.process_time() - started < 60


def tree(repo: Repo, entries: list[tuple[str, str, str]]) -> str:
    return make(repo, "".join(f"{kind} {oid}\t{name}\n" for kind, oid, name in entries))


def make(repo: Repo, lines: str) -> str:
    return repo.git("mktree", stdin=lines.encode())
