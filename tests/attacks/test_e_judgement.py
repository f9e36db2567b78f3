"""The judgement itself: what is compared with what, and what happens when something breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attacks.shapes import AUC
from attacks.shapes import Attack
from attacks.shapes import a_config
from attacks.shapes import a_metric
from attacks.shapes import assert_found
from example import BENCHMARK_SHA
from example import CHANGELOG
from example import DEPLOYED
from example import OID
from example import OLD_OID
from example import config
from example import metrics
from example import pointer

if TYPE_CHECKING:
    from pathlib import Path

DAY = ("--as-of", "2026-10-05")
WEIGHTS = "weights/model.safetensors"
SLICES = '"slices": {"plan=enterprise": {"n": 1200, "auc": 0.93}}'


def a_version(text: str) -> dict[str, str | bytes | None]:
    return {
        "config.yaml": config(f'"{text}"'),
        "CHANGELOG.md": CHANGELOG.replace("[1.4.0]", f"[{text}]", 1),
    }


def lfs(old: str, new: str) -> dict[str, str | bytes | None]:
    assert old in pointer()
    return {WEIGHTS: pointer().replace(old, new)}


ATTACKS = [
    Attack("E1", "a metric removed", a_metric(f"{AUC}, ", ""), {"REG302"}),
    Attack("E2", "in other letters", a_metric('"auc": 0.912', '"AUC": 0.912'), {"REG302"}),
    Attack("E2", "in a group", a_metric(AUC, '"val": {"auc": 0.912}'), {"REG302"}),
    Attack("E3", "a slice removed", a_metric(SLICES, '"slices": {}'), {"BEN205"}),
    Attack("E6", "other data, same name", a_metric(BENCHMARK_SHA, "0" * 64), {"BEN203"}),
    Attack("E7", "an old benchmark", a_metric("2026.2", "2025.4"), {"BEN201"}),
    Attack(
        "E8",
        "weights replaced, metrics kept",
        {"metrics.json": DEPLOYED["metrics.json"], WEIGHTS: pointer("1" * 64)},
        set(),
        {"ART603", "ART604"},
    ),
    Attack("E9", "metrics of other weights", {"metrics.json": metrics(oid=OLD_OID)}, {"ART603"}),
    Attack("E11", "upper case", a_metric(OID, OID[:40]), set(), {"ART603", "SNT004"}),
    Attack("E12", "keys reordered", {WEIGHTS: pointer()[44:] + pointer()[:44]}, {"ART605"}),
    Attack("E12", "CRLF", lfs("\n", "\r\n"), {"ART605"}),
    Attack("E12", "a leading zero", lfs("size 2", "size 02"), {"ART605"}),
    Attack("E12", "text behind", {WEIGHTS: pointer() + "more\n"}, {"ART605"}),
    Attack("E12", "blank lines", {WEIGHTS: pointer() + "\n" * 500}, {"ART605"}),
    Attack("E12", "a negative size", lfs("size ", "size -"), {"ART605"}),
    Attack("E12", "a size beyond sizes", lfs("size 22", "size 1" + "0" * 30), {"ART605"}),
    Attack("E12", "short digest", lfs(OID, OID[:-1]), {"ART605"}),
    Attack("E13", "empty weights", {WEIGHTS: ""}, {"ART601"}),
    Attack("E13", "a pointer to nothing", lfs("size 22000000", "size 0"), {"ART601"}),
    Attack("E14", "raw weights", {WEIGHTS: b"\x80" * 4096}, {"ART602"}),
    Attack("E16", "outside the model", a_config(WEIGHTS, "../other/model.safetensors"), {"SNT005"}),
    Attack(
        "E16", "a URL", a_config(WEIGHTS, "https://evil.example/m.bin"), set(), {"SNT005", "ART601"}
    ),
    Attack("E23", "the version of production", a_version("1.3.2"), {"CPL106"}),
    Attack("E23", "the same in other words", a_version("1.3.2.0"), set(), {"CPL106", "CPL111"}),
    Attack("E23", "lower", a_version("1.3.1"), {"CPL107"}),
    Attack("E23", "an epoch", a_version("1!0"), {"CPL111"}),
    Attack("E23", "a local version", a_version("1.4.0+x"), {"CPL111"}),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.id} {attack.what}")
def test_the_attack_is_found(tmp_path: Path, attack: Attack) -> None:
    assert_found(tmp_path, attack)
