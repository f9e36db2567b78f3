"""Tiny model repositories in the shapes of public ones, made from facts alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import yaml
from example import pointer

if TYPE_CHECKING:
    from collections.abc import Callable

Files = dict[str, str]
CASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"),
    yaml.BaseLoader,  # noqa: S506 - the safe base class, that leaves every scalar as text
)
"""Every scalar as text, as it is spelt."""
PATTERNS = {
    "monai": "models/*",
    "ores": ".",
    "openmmlab": "configs/*",
    "spacy": ".",
    "dvc": "projects/*",
    "kipoi": "kipoi/*",
}
LAYOUTS = {name: {"spacy": "spacy-meta"}.get(name, name) for name in PATTERNS}
DIGEST = "0" * 32


@dataclass(frozen=True)
class Told:
    """One case in its shape."""

    model: str
    before: Files
    after: Files


def number(text: str) -> Any:
    """What JSON writes for the spelling."""
    return json.loads(text)


def pair(case: dict[str, Any], key: str, default: tuple[str, str]) -> tuple[Any, Any]:
    """Before and after."""
    found = case.get(key, default)
    return found[0], found[1]


def monai(case: dict[str, Any]) -> Told:
    """configs/metadata.json and large_files.yml."""
    name = f"{case['id'].lower()}_segmentation"
    versions = pair(case, "version", ("0.1.0", "0.1.1"))
    hashes = pair(case, "hash", (DIGEST, DIGEST))
    # One entry's words stay the same where its version was changed in place.
    same = "entries" in case and len(case["entries"][0]) == len(case["entries"][1])
    entries = pair(case, "entries", ([versions[0]], [versions[1], versions[0]]))  # type: ignore[arg-type]

    def files(side: int) -> Files:
        value = (case["before"], case["after"])[side]
        metrics = {"Binary Dice": 0.8}
        if value != "null":
            metrics[case["metric"]] = number(value)
        metadata = {
            "version": versions[side],
            "changelog": {
                version: f"what {place if same else version} brought"
                for place, version in enumerate(entries[side])
            },
            "monai_version": "1.3.0",
            "pytorch_version": case.get("torch", "2.4.0"),
            "numpy_version": "1.24.4",
            "optional_packages_version": {"nibabel": "5.2.1"},
            "name": "Segmentation of something",
            "authors": "somebody",
            "description": "Segments something.",
            "data_source": "somewhere",
            "eval_metrics": metrics,
        }
        mirror = ("https://one.example", "https://two.example")[side]
        return {
            f"models/{name}/configs/metadata.json": json.dumps(metadata, indent=2),
            f"models/{name}/large_files.yml": (
                f"large_files:\n- path: models/model.pt\n  url: {mirror}/model.pt\n"
                f'  hash_val: "{hashes[side]}"\n  hash_type: md5\n'
            ),
        }

    return Told(name, files(0), files(1))


def ores(case: dict[str, Any]) -> Told:
    """A report in indented text and an LFS pointer."""
    name = f"{case['id'].lower()}wiki.damaging"
    versions = pair(case, "version", ("0.5.1", "0.5.1"))
    sizes = pair(case, "n", ("19000", "19000"))
    oids = pair(case, "oid", ("1" * 64, "2" * 64))
    word = case["metric"].partition(" ")[0]

    def files(side: int) -> Files:
        value = (case["before"], case["after"])[side]
        # The measure that the case is not about stays as it is, unless all of it was made anew.
        other = "0.41" if case["before"] == case["after"] else ("0.41", "0.42")[side]
        return {
            f"model_info/{name}.md": (
                "Model Information:\n\t - type: GradientBoosting\n"
                f"\t - version: {versions[side]}\n"
                "\t - params: {'center': True, 'scale': True, 'seed': None}\n"
                "Environment:\n\t - revscoring_version: '2.8.2'\n\nStatistics:\n"
                f"counts (n={sizes[side]}):\n\tlabel        n\n\t-------  -----\n"
                f"\tTrue      1000\n{word} (micro=0.951, macro={value}):\n"
                "\t  False    True\n\t-------  ------\n\t 0.9  0.8\n"
                f"recall (micro={other}, macro={other}):\n"
            ),
            f"models/{name}.gradient_boosting.model": pointer(oids[side]),
        }

    return Told(name, files(0), files(1))


def openmmlab(case: dict[str, Any]) -> Told:
    """A metafile of two models, of which one changes."""
    family = case["id"].lower()
    name = f"{family}-tiny_8xb128"
    stamps = pair(case, "hash", ("20220101-00000000", "20220101-00000000"))

    def files(side: int) -> Files:
        def entry(called: str, value: str, stamp: str) -> str:
            return (
                f"  - Name: {called}\n    Config: configs/{family}/{called}.py\n"
                "    In Collection: Nets\n"
                "    Metadata: {FLOPs: 33G, Parameters: 4120000000, Training Data: ImageNet-1k}\n"
                f"    Results:\n    - Dataset: {case['dataset']}\n      Task: Classification\n"
                f"      Metrics: {{{case['metric']}: {value}}}\n"
                f"    Weights: https://files.example/v0/{called}_{stamp}.pth\n"
            )

        value = (case["before"], case["after"])[side]
        text = "Collections:\n  - Name: Nets\nModels:\n" + entry(name, value, stamps[side])
        text += entry(f"{family}-base", "70.0", "20220101-11111111")
        if "broken" in case and side == 0:
            text += "  - Name: [unclosed\n    Config: {\n"
        return {f"configs/{family}/metafile.yml": text}

    return Told(name, files(0), files(1))


def spacy(case: dict[str, Any]) -> Told:
    """One JSON file a version."""
    name = f"{case['id'].lower()}_core_news_sm"
    versions = pair(case, "version", ("3.0.0", "3.1.0"))

    def text(side: int) -> str:
        value = (case["before"], case["after"])[side]
        speed = value if case["metric"] == "speed" else ("11085.5", "12104.6")[side]
        spelt = speed if side or case["metric"] != "speed" else json.dumps(speed)
        others = {"dep_las": 0.8, "dep_las_per_type": {"nsubj": {"p": 0.9, "r": 0.9, "f": 0.9}}}
        if case["metric"] != "speed":
            others[case["metric"]] = number(value)
        body = json.dumps(
            {
                "lang": "da",
                "name": name.partition("_")[2],
                "version": versions[side],
                "description": "A pipeline.",
                "author": "somebody",
                "license": "MIT",
                "spacy_version": ">=3.0.0,<3.1.0",
                "sources": [{"name": "A corpus", "url": "https://corpus.example"}],
                "pipeline": ["tagger", "parser"],
                "performance": others,
            },
            indent=2,
        )
        return body.replace('"performance": {', f'"performance": {{\n    "speed": {spelt},')

    paths = [f"meta/{name}-{version}.json" for version in versions]
    # A published version stays where it is; a new one stands beside it.
    return Told(name, {paths[0]: text(0)}, {paths[0]: text(0), paths[1]: text(1)})


def dvc(case: dict[str, Any]) -> Told:
    """params.yaml, dvc.lock, metrics, and pointers to data."""
    name = case["id"].lower()
    root = f"projects/{name}"
    path, *digests = case.get("data", ["data/raw.csv", DIGEST, DIGEST])
    params = dict(case.get("params", {}))
    stale = "stale" in case

    def files(side: int) -> Files:
        value = number((case["before"], case["after"])[side])
        used = 0 if stale else side
        scores: dict[str, Any] = {"step": 19 + side, "prc": [{"precision": 0.3, "recall": 1.0}]}
        place = scores
        *outer, leaf = case["metric"].split(".")
        for key in outer:
            place = place.setdefault(key, {})
        place[leaf] = value
        wanted: dict[str, Any] = {"seed": 1}
        for dotted, values in params.items():
            here = wanted
            *parents, key = dotted.split(".")
            for parent in parents:
                here = here.setdefault(parent, {})
            here[key] = values[side]
        deps = [{"path": "src/train.py", "md5": "5" * 32}]
        if digests[used] != "null":
            deps.append({"path": path, "md5": digests[used]})
        model = DIGEST if stale or case["before"] == case["after"] else str(side) * 32
        lock = {
            "schema": "2.0",
            "stages": {
                "train": {
                    "cmd": "python src/train.py",
                    "deps": deps,
                    "params": {"params.yaml": {key: both[used] for key, both in params.items()}},
                    "outs": [{"path": "model.pkl", "md5": model, "size": 1000 + side}],
                }
            },
        }
        found = {
            f"{root}/params.yaml": yaml.safe_dump(wanted),
            f"{root}/dvc.lock": yaml.safe_dump(lock),
            f"{root}/{case['file']}": json.dumps(scores),
        }
        if digests[side] != "null":
            outs = [{"md5": digests[side], "path": path.rpartition("/")[2]}]
            found[f"{root}/{path}.dvc"] = yaml.safe_dump({"outs": outs})
        return found

    return Told(name, files(0), files(1))


def kipoi(case: dict[str, Any]) -> Told:
    """model.yaml, with the weights' md5 beside their URL."""
    name = case["id"].lower()
    versions = case.get("version", [None, None])

    def files(side: int) -> Files:
        version = f"    version: {versions[side]}\n" if versions[side] else ""
        doubled = "    trained_on: another genome\n" if side and "doubled" in case else ""
        return {
            f"kipoi/{name}/model.yaml": (
                "defined_as: model.Net\nargs:\n    weights:\n"
                f"        url: https://weights{side}.example/model.h5\n"
                f"        md5: {case['md5'][side]}\ninfo:\n    authors:\n        - name: somebody\n"
                f"    doc: Predicts something.\n{version}    trained_on: a genome\n{doubled}"
                f"dependencies:\n    conda:\n        - {case.get('conda', 'numpy=1.20.1')}\n"
                "    pip:\n        - h5py==3.1.0\n"
            )
        }

    return Told(f"kipoi/{name}", files(0), files(1))


SHAPES: dict[str, Callable[[dict[str, Any]], Told]] = {
    "monai": monai,
    "ores": ores,
    "openmmlab": openmmlab,
    "spacy": spacy,
    "dvc": dvc,
    "kipoi": kipoi,
}
