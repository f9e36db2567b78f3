"""The first minute in a repository of every family: recognised, a valid policy, a true report."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from judging import codes
from judging import judge
from repo import Repo
from shapes import SHAPES

from snitch.engine.adoption import look
from snitch.engine.first_policy import policy_text
from snitch.engine.recording import record
from snitch.engine.request import Request
from snitch.engine.standard import problems_of
from snitch.registry.signs import signs

if TYPE_CHECKING:
    from shapes import Shape

    from snitch.findings import Report

AS_OF = date(2026, 11, 23)
SAID = {
    "app": {"ART602": "warning", "CPL102": "warning", "REG307": "info"},
    "matbench": {"REG307": "info"},
    "spacy-meta": {"DEP504": "info"},
    "kipoi": {"DEP504": "info"},
    "allennlp-card": {"ART606": "warning"},
    "onnx": {"CPL102": "warning"},
    "shipyard": {"FRS403": "warning", "ART606": "warning"},
}
"""What is true of these files; the others' are in order."""


def adopted(root: Path, shape: Shape) -> tuple[Repo, Report]:
    """A repository in that shape, with the policy proposed for it, and what the audit says."""
    repo = Repo(root)
    repo.commit("as it is", shape.files)
    repo.write({"snitch.yaml": policy_text(look(root))})
    return repo, judge(repo, everything=True, as_of=AS_OF)


@pytest.mark.parametrize("name", SHAPES)
def test_a_family_is_recognised_and_judged_at_once(tmp_path: Path, name: str) -> None:
    shape = SHAPES[name]
    repo, report = adopted(tmp_path / "r", shape)
    found = look(repo.root)
    assert found.recognised is not None
    assert found.recognised.layout == shape.layout
    assert found.recognised.patterns[0].path == shape.path
    assert found.models == len(report.models) == shape.models
    assert problems_of(repo.root / "snitch.yaml") == []
    assert report.failures == ()
    said = {found.rule.code: found.severity for found in report.findings}
    assert {code: weight.value for code, weight in said.items() if weight} == SAID.get(name, {})


@pytest.mark.parametrize("name", ["monai", "shipyard", "app"])
def test_what_is_true_today_fails_nothing_once_it_is_written_down(
    tmp_path: Path, name: str
) -> None:
    repo, report = adopted(tmp_path / "r", SHAPES[name])
    recorded = record(Request(repo.root, AS_OF))
    recorded.path.write_text(recorded.text)
    after = judge(repo, everything=True, as_of=AS_OF)
    assert set(codes(after)) <= {"POL712"}
    assert (after.verdict, after.summary.known) == ("pass", len(report.findings))


def test_directories_without_a_model_are_left_out(tmp_path: Path) -> None:
    repo, _ = adopted(tmp_path / "r", SHAPES["snitch"])
    assert "exclude: [models/tools]" in (repo.root / "snitch.yaml").read_text()


def test_what_is_installed_or_a_test_is_no_model(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "r")
    shape = SHAPES["monai"].files
    for folder in (".venv/lib/site-packages/zoo", "tests/data", "node_modules/zoo"):
        repo.write({f"{folder}/{path}": text for path, text in shape.items()})
    repo.commit()
    assert look(repo.root).recognised is None


def test_a_model_without_a_changelog_is_still_of_the_house_layout(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "r")
    files = {"config.yaml": "name: churn\n", "metrics.json": '{"metrics": {"auc": 0.9}}'}
    repo.write({f"models/churn/{name}": text for name, text in files.items()})
    recognised = look(repo.root).recognised
    assert recognised is not None
    assert recognised.layout == "snitch"


def test_other_families_signs_are_told(tmp_path: Path) -> None:
    repo, _ = adopted(tmp_path / "r", SHAPES["monai"])
    repo.write({"dvc.yaml": "stages: {}\n"})
    found = look(repo.root)
    assert found.others == ("dvc",)
    assert "Signs of `dvc` are there too." in policy_text(found)


def test_every_sign_names_a_layout_and_every_shape_here_has_one() -> None:
    known = {sign.layout for sign in signs()}
    assert {shape.layout for shape in SHAPES.values()} <= known


@settings(max_examples=6)
@given(st.dictionaries(st.from_regex(r"[a-z.{}\[\]]{1,12}", fullmatch=True), st.text(), max_size=8))
def test_no_files_break_the_recognition(files: dict[str, str]) -> None:
    with TemporaryDirectory() as directory:
        repo = Repo(Path(directory) / "r")
        for folder, text in files.items():
            for name in ("metadata.json", "meta.yaml", "README.md", "config.yaml", "metrics.json"):
                repo.write({f"d{folder}/{name}": text.encode("utf-8", "surrogatepass")})
        found = look(repo.root)
        policy = repo.root / "snitch.yaml"
        policy.write_text(policy_text(found))
        assert problems_of(policy) == []


def card(name: str, table: str) -> dict[str, str]:
    return {f"models/{name}/README.md": f"# x-2020-01-15.zip\n\n{table}\n"}


@pytest.mark.parametrize(("others", "path"), [(3, "models/*"), (21, "models/*/**")])
def test_an_index_above_the_models_is_none_of_them(tmp_path: Path, others: int, path: str) -> None:
    table = "| testset | BLEU | chr-F |\n|---|---|---|\n| news | 27.1 | 0.51 |"
    files = {"models/README.md": "# All models\n", **card("de-en", table), **card("en-de", table)}
    for number in range(others):
        files |= card(f"work-{number}", "no results yet")
    repo = Repo(tmp_path / "r")
    repo.commit("as it is", files)
    found = look(repo.root).recognised
    assert found is not None
    assert (found.layout, found.patterns[0].path) == ("md-table", path)
    repo.write({"snitch.yaml": policy_text(look(repo.root))})
    report = judge(repo, everything=True, as_of=AS_OF)
    assert "CPL110" not in codes(report)
    assert {"de-en", "en-de"} <= {model.name for model in report.models}


def test_what_tests_bring_is_left_out_and_what_lies_elsewhere_is_told(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "r")
    house = {"config.yaml": "name: churn\n", "metrics.json": '{"metrics": {"auc": 0.9}}'}
    files = {
        f"{at}/{name}": text
        for at in ("models/churn", "lib/tests/made")
        for name, text in house.items()
    }
    weights = ("tests/data/[1]/a.pkl", "models/churn/tests/b.pkl", "tests/c.py", "zoo/tests.onnx")
    repo.commit("as it is", {**files, **dict.fromkeys(weights, "bytes")})
    assert look(repo.root).fixtures == ("lib/tests/**", "tests/**")
    repo.write({"snitch.yaml": policy_text(look(repo.root))})
    assert problems_of(repo.root / "snitch.yaml") == []
    report = judge(repo, everything=True, as_of=AS_OF)
    told = [one.place.path for one in report.findings if one.rule.code == "POL711" and one.place]
    assert told == ["zoo"]
    assert [model.name for model in report.models] == ["churn"]


def test_of_a_model_in_parts_each_part_is_one(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "r")
    parts = [f"models/intel/reader/reader-{part}/model.yml" for part in ("encoder", "decoder")]
    whole = [f"models/{at}/model.yml" for at in ("intel/faces", "public/cats", "public/dogs")]
    described = ("intel/reader", "intel/faces", "public/cats", "public/dogs")
    tests = [f"models/{at}/accuracy-check.yml" for at in described]
    repo.commit("as it is", dict.fromkeys([*parts, *whole, *tests, "demos/a/model.yml"], "a: 1\n"))
    found = look(repo.root)
    assert found.recognised is not None
    assert found.recognised.layout == "omz"
    assert found.models == 5
    repo.write({"snitch.yaml": policy_text(found)})
    report = judge(repo, everything=True, as_of=AS_OF)
    assert {model.path for model in report.models} == {path[:-10] for path in (*parts, *whole)}
