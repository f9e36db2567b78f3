"""A field that the policy asks for and a family's model lacks: what the remedy says mends it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from typing import Any

import pytest
import yaml
from judging import judge
from repo import Repo
from shapes import SHAPES

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.findings import Finding

ASKED = (
    *("owner", "description", "data.name", "data.version", "features", "hyperparameters"),
    *("training.code", "training.seed", "training.finished_at", "weights.path", "licence"),
)
ADDED = re.compile(
    r"add `(?P<pair>.+?)`(?: under `(?P<above>.+?)`)? to "
    r"(?P<part>this entry of |the front matter of )?(?P<path>\S+)"
)
COLUMN = re.compile(r"add a column `(?P<key>.+?)` to (?P<path>\S+), with this row's value")


def missing(repo: Repo) -> list[Finding]:
    return [it for it in judge(repo, everything=True).findings if it.rule.code == "CPL102"]


def asking(root: Path, shape: str) -> Repo:
    """A repository of the shape whose policy asks every model for every field."""
    one = SHAPES[shape]
    policy = (
        f'version: 1\nmodels: [{{path: "{one.path}", layout: {one.layout}}}]\n'
        f"completeness: {{config: {{required: [{', '.join(ASKED)}]}}}}\n"
    )
    repo = Repo(root)
    repo.commit("as it is", {**one.files, "snitch.yaml": policy})
    return repo


def mend(root: Path, finding: Finding) -> bool:
    """Does what a remedy says, literally; False where it tells no edit by its words alone."""
    place, said = finding.place, ADDED.fullmatch(finding.remedy)
    assert place is not None
    column = COLUMN.fullmatch(finding.remedy)
    if column is not None:
        _widen(root / column["path"], column["key"])
        return True
    if said is None:
        return False
    path = root / said["path"]
    assert place.path == said["path"]
    text = path.read_text() if path.exists() else ""
    value = yaml.safe_load("{" + said["pair"].replace("…", "x") + "}")
    front = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
    if said["part"] == "the front matter of ":
        before, rest = (front[1], text[front.end() :]) if front else ("", text)
        data = yaml.safe_load(before) or {}
        _put(data, said["above"], value)
        path.write_text(f"---\n{yaml.safe_dump(data)}---\n{rest}")
        return True
    data = yaml.safe_load(text) or {}
    element = data
    if said["part"]:
        element = _entry(data, str(finding.model).partition("/")[0])
    _put(element, said["above"], value)
    path.write_text(json.dumps(data) if path.suffix == ".json" else yaml.safe_dump(data))
    return True


def _put(data: dict[str, Any], above: str | None, pair: dict[str, Any]) -> None:
    for key in above.split(".") if above else ():
        data = data.setdefault(key, {})
    data.update(pair)


def _entry(data: Any, name: str) -> dict[str, Any]:
    """The mapping that names the model."""
    below = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    if isinstance(data, dict) and name in data.values():
        return data
    for one in below:
        found = _entry(one, name)
        if found:
            return found
    return {}


def _widen(path: Path, key: str) -> None:
    head, *rows = path.read_text().splitlines()
    path.write_text("\n".join([f"{head},{key}", *(f"{row},x" for row in rows)]) + "\n")


@pytest.mark.parametrize("shape", SHAPES)
def test_what_the_remedy_says_gives_the_field(tmp_path: Path, shape: str) -> None:
    repo = asking(tmp_path, shape)
    found = missing(repo)
    mended = [it for it in found if it.model == found[0].model and mend(tmp_path, it)]
    still = {(it.model, it.message) for it in missing(repo)}
    assert not [it.remedy for it in mended if (it.model, it.message) in still]


def test_a_key_that_the_family_has_for_something_else_is_not_to_be_written_below(
    tmp_path: Path,
) -> None:
    found = missing(asking(tmp_path, "ultralytics"))
    told = next(it for it in found if "`data.version`" in it.message)
    assert told.remedy == (
        "let a layout of the policy say where `data.version` stands, as the ultralytics layout "
        "does not, or leave it out of `completeness.config.required`"
    )


@pytest.mark.parametrize(
    ("shape", "field", "path", "remedy"),
    [
        ("huggingface", "description", "README.md", '`summary: "Probability that'),
        ("allennlp-card", "owner", "", "under `model_details`"),
        (
            "onnx",
            "features",
            "",
            "at `metadata.io_ports.inputs[*].name`, where the onnx",
        ),
    ],
)
def test_a_field_is_asked_for_where_the_family_keeps_it(
    tmp_path: Path, shape: str, field: str, path: str, remedy: str
) -> None:
    told = next(it for it in missing(asking(tmp_path, shape)) if f"`{field}`" in it.message)
    assert told.place is not None
    assert told.place.path.endswith(path)
    assert remedy in told.remedy


def test_an_entry_that_cannot_hold_a_field_is_not_asked_to(tmp_path: Path) -> None:
    policy = (
        'version: 1\nmodels: [{path: "models/*", layout: monai}]\n'
        "completeness: {changelog: {required: [author, summary]}}\n"
    )
    repo = Repo(tmp_path)
    repo.commit("as it is", {**SHAPES["monai"].files, "snitch.yaml": policy})
    told = next(it for it in judge(repo, everything=True).findings if it.rule.code == "CPL105")
    assert told.remedy == (
        "leave `author` out of `completeness.changelog.required`, as entries of the monai layout "
        "have no such field"
    )


def test_an_entry_that_is_a_key_is_asked_for_as_one(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    policy = 'version: 1\nmodels: [{path: "models/*", layout: monai}]\n'
    repo.commit("as it is", {**SHAPES["monai"].files, "snitch.yaml": policy})
    path = tmp_path / "models/organ/configs/metadata.json"
    text = path.read_text().replace('"version": "0.2.0"', '"version": "0.2.1"')
    path.write_text(text)
    [told] = [it for it in judge(repo).findings if it.rule.code == "CPL104"]
    assert told.remedy == 'add the entry `"0.2.1": "…"` above `0.2.0`'
    path.write_text(text.replace('"0.2.0": "re', '"0.2.1": "again", "0.2.0": "re'))
    assert not [it for it in judge(repo).findings if it.rule.family == "CPL"]


def test_a_family_without_a_date_of_evaluation_is_not_asked_for_one(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    policy = "version: 1\nmodels: [{path: ., layout: huggingface}]\n"
    repo.commit("as it is", {**SHAPES["huggingface"].files, "snitch.yaml": policy})
    card = tmp_path / "README.md"
    card.write_text(card.read_text().replace("value: 0.91", "value: 0.92"))
    [told] = [it for it in judge(repo).findings if it.rule.code == "ART608"]
    assert "evaluated_at" not in told.message + told.remedy
