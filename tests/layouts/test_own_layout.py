from __future__ import annotations

from typing import TYPE_CHECKING

import jsonschema  # type: ignore[import-untyped] # it has no types
import pytest
import yaml
from example import pointer
from judging import codes
from judging import judge
from judging import snitch
from repo import Repo

from snitch.findings import CannotJudgeError
from snitch.policy.schema import policy_schema
from snitch.registry.layout import built_in
from snitch.registry.layout import text_of_built_in

if TYPE_CHECKING:
    from pathlib import Path

LAYOUT = """\
  passport:
    description: a passport and a school report
    files:
      config: [passport.json]
      metrics: [report/latest.yaml]
      changelog: [diary.md]
      dependencies: [tools/requirements.txt]
      weights: ["brain/*.bin"]
    fields:
      name: config:who.am."i.am"
      version: config:who.edition
      owner: config:who.keeper
      description: config:who.about
      data.cutoff: {piece: config, path: "school.last day", convert: date}
      features: {piece: config, path: "school.subjects[title].title"}
      benchmark.name: metrics:exam
      benchmark.version: metrics:year
      evaluated_at: metrics:when
      weights_sha256: metrics:of
    metrics:
      - piece: metrics
        path: marks[subject].mark
        name: "{subject}"
        convert: percent
    standards:
      maths: {direction: higher, unit: percent, tolerance: 0.02, warn: 0.01}
"""
POLICY = f"""\
version: 1
models: [{{path: pupils/*, layout: passport}}]
layouts:
{LAYOUT}
completeness: {{config: {{required: [owner, description, data.cutoff, features]}}}}
benchmarks: {{finals: {{current: "2026", models: ["*"], required_metrics: [maths]}}}}
dependencies: {{disallowed: [{{name: abacus}}]}}
freshness: {{max_age_days: 90, warn_days: 5}}
"""
OID, OLD = "a" * 64, "b" * 64


def pupil(  # noqa: PLR0913, PLR0917 - each breaks one thing
    version: str = "1.1.0",
    maths: str = "81.5%",
    year: str = "2026",
    day: str = "25/09/2026",
    oid: str = OID,
    measured: str = OID,
    tools: str = "numpy==2.1.0\n",
    keeper: str = "risk-ml",
) -> dict[str, str | None]:
    return {
        "pupils/ada/passport.json": (
            f'{{"who": {{"am": {{"i.am": "ada"}}, "edition": "{version}", "keeper": "{keeper}",'
            f' "about": "Sums."}}, "school": {{"last day": "{day}",'
            ' "subjects": [{"title": "sums"}, {"title": "art"}]}}'
        ),
        "pupils/ada/report/latest.yaml": (
            f'exam: finals\nyear: "{year}"\nwhen: 2026-09-30T10:00:00Z\nof: {measured}\n'
            f"marks:\n- {{subject: maths, mark: {maths}}}\n- {{subject: art, mark: none yet}}\n"
        ),
        "pupils/ada/diary.md": "".join(
            f"## [{one}] - {when}\n- **Author:** ada@example.com\n\nLearnt of {one}.\n\n"
            for one, when in (("1.1.0", "2026-10-01"), ("1.0.0", "2026-07-01"))
            if one <= version
        ),
        "pupils/ada/tools/requirements.txt": tools,
        "pupils/ada/brain/left.bin": pointer(oid),
    }


def school(root: Path, **change: str) -> Repo:
    repo = Repo(root)
    repo.commit("first", {"snitch.yaml": POLICY, **pupil("1.0.0", "83.5%", oid=OLD, measured=OLD)})
    repo.branch("change")
    repo.commit("second", pupil(**change))
    return repo


def test_a_model_with_none_of_the_usual_names_is_judged_by_every_family(tmp_path: Path) -> None:
    report = judge(school(tmp_path))
    model = report.models[0]
    assert {"SNT", "CPL", "BEN", "REG", "FRS", "DEP", "ART"} <= set(model.families)
    assert (model.name, model.version, model.deployed_version) == ("ada", "1.1.0", "1.0.0")
    assert [(row.name, row.verdict) for row in model.metrics] == [("maths", "within-tolerance")]
    assert codes(report) == ["REG315"]


@pytest.mark.parametrize(
    ("change", "code", "path", "line"),
    [
        ({"keeper": ""}, "CPL102", "passport.json", 1),
        ({"version": "1.0.0"}, "CPL106", "passport.json", 1),
        ({"year": "2025"}, "BEN201", "report/latest.yaml", 2),
        ({"maths": "60%"}, "REG301", "report/latest.yaml", 6),
        ({"maths": "absent"}, "REG306", "report/latest.yaml", 6),
        ({"day": "25/03/2026"}, "FRS401", "passport.json", 1),
        ({"tools": "abacus==1\n"}, "DEP501", "tools/requirements.txt", 1),
        ({"measured": "c" * 64}, "ART603", "report/latest.yaml", 4),
        ({"tools": "numpy==\n"}, "DEP505", "tools/requirements.txt", 1),
    ],
)
def test_every_family_points_into_the_files_that_the_layout_names(
    tmp_path: Path, change: dict[str, str], code: str, path: str, line: int | None
) -> None:
    report = judge(school(tmp_path, **change))
    places = {
        (finding.rule.code, finding.place.path, finding.place.line)
        for finding in report.findings
        if finding.place is not None
    }
    found = [one for one in places if one[:2] == (code, f"pupils/ada/{path}")]
    assert found, places
    assert line is None or found[0][2] == line


def test_a_day_that_could_be_a_month_is_no_date(tmp_path: Path) -> None:
    report = judge(school(tmp_path, day="04/10/2026"))
    (fault,) = [one for one in report.findings if one.rule.code == "SNT004"]
    assert "04/10/2026" in fault.message


def test_the_command_shows_what_the_layout_reads_and_what_it_misses(tmp_path: Path) -> None:
    repo = school(tmp_path / "repo", keeper="")
    ran = snitch(repo, "layouts", "test", "passport", "pupils/*")
    assert ran.status == 0, ran.err
    assert "ada (pupils/ada)" in ran.out
    assert "  metric maths: 81.5  [pupils/ada/report/latest.yaml:6]" in ran.out
    assert f"  weights pupils/ada/brain/left.bin: sha256:{OID}" in ran.out
    file = tmp_path / "own.yaml"
    lines = LAYOUT.split("\n")[1:]
    file.write_text("\n".join(line[4:] for line in lines), encoding="utf-8")
    again = snitch(repo, "layouts", "test", str(file), "pupils/*")
    assert again.out == ran.out
    assert snitch(repo, "layouts", "test", "passport").out == ran.out
    none = snitch(repo, "layouts", "test", "dvc")
    assert none.status == 2
    assert "finds no model" in none.err


def test_the_command_lists_layouts_and_prints_one(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "repo")
    listed = snitch(repo, "layouts")
    assert "dvc " in listed.out
    assert "openmmlab " in listed.out
    shown = snitch(repo, "layouts", "show", "dvc")
    assert shown.out.startswith("# A DVC project")
    file = tmp_path / "dvc-mine.yaml"
    file.write_text(shown.out, encoding="utf-8")
    repo.commit("one", {"params.yaml": "a: 1\n", "metrics.json": '{"f1": 0.5}'})
    tried = snitch(repo, "layouts", "test", str(file), ".")
    assert "metric f1: 0.5  [metrics.json:1]" in tried.out
    assert snitch(repo, "layouts", "show", "dcv").status == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("    fieldz: {}", "unknown key `fieldz`"),
        ("    fields: {name: {piece: config, path: 'a..b'}}", "key path"),
        ("    metrics: [{path: x, pattern: '(a+)+$'}]", "do not nest"),
        ("    unit: {each: row}", "each"),
    ],
)
def test_a_layout_that_is_none_is_refused_at_its_line(tmp_path: Path, line: str, told: str) -> None:
    repo = Repo(tmp_path)
    policy = f"version: 1\nmodels: [{{path: m/*, layout: mine}}]\nlayouts:\n  mine:\n{line}\n"
    repo.commit("policy", {"snitch.yaml": policy})
    with pytest.raises(CannotJudgeError) as caught:
        judge(repo)
    assert told in str(caught.value) + caught.value.message


@pytest.mark.parametrize("name", built_in())
def test_the_schema_of_policies_takes_every_layout(name: str) -> None:
    schema = policy_schema()
    layout = yaml.safe_load(text_of_built_in(name))
    jsonschema.validate({"version": 1, "layouts": {"mine": layout}}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"version": 1, "layouts": {"mine": {"fieldz": {}}}}, schema)


def test_a_version_may_stand_in_a_tag(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    layout = (
        "{files: {config: [c.yaml]}, fields: {version: {piece: tag, pattern: 'm-v(?P<value>.+)'}}}"
    )
    policy = f"version: 1\nmodels: [{{path: m/*, layout: tagged}}]\nlayouts: {{tagged: {layout}}}\n"
    repo.commit("one", {"snitch.yaml": policy, "m/a/c.yaml": "x: 1\n"})
    repo.git("tag", "m-v1.2.0")
    repo.git("tag", "-a", "-m", "else", "other")
    repo.branch("change")
    repo.commit("two", {"m/a/c.yaml": "x: 2\n"})
    model = judge(repo).models[0]
    assert (model.version, model.deployed_version) == (None, "1.2.0")
    assert "CPL102" not in codes(judge(repo)) or "version" not in str(judge(repo).findings)
    repo.git("tag", "-a", "-m", "second", "m-v1.3.0")
    assert judge(repo, candidate="commit", ref="HEAD").models[0].version == "1.3.0"
