"""How a file is spelt: bombs, crashes of parsers, values that are read otherwise than meant."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from attacks.shapes import AUC
from attacks.shapes import Attack
from attacks.shapes import a_config
from attacks.shapes import a_metric
from attacks.shapes import an_auc
from attacks.shapes import an_entry
from attacks.shapes import assert_found
from attacks.shapes import errors
from attacks.shapes import judged
from example import config
from example import metrics
from measured import codes
from measured import compared
from measured import measured

from snitch.checks.regression import CHECK
from snitch.reports import RenderOptions
from snitch.reports import render

if TYPE_CHECKING:
    from pathlib import Path


def laughs() -> str:
    lines = ["a: &a [x,x,x,x,x,x,x,x,x]"]
    lines += [f"{b}: &{b} [{','.join(['*' + a] * 9)}]" for a, b in pairwise("abcdefghi")]
    return "\n".join(lines) + "\n"


def merges() -> str:
    lines = ["a: &a {x: 1}"]
    lines += [f"{b}: &{b} {{<<: [{','.join(['*' + a] * 9)}]}}" for a, b in pairwise("abcdefgh")]
    return "\n".join(lines) + "\n"


ATTACKS = [
    Attack("D1", "nesting bomb", {"config.yaml": "- " * 25_000}, {"SNT001"}),
    Attack("D1", "nesting bomb in flow", {"config.yaml": "[" * 25_000}, {"SNT001"}),
    Attack("D2", "merge keys", {"config.yaml": merges()}, set(), {"SNT001", "SNT002"}),
    Attack("D3", "billion laughs", {"config.yaml": laughs()}, {"SNT001"}),
    Attack("D3", "self reference", {"config.yaml": "a: &a [*a]\n"}, set(), {"SNT001", "SNT002"}),
    Attack(
        "D4", "duplicate key", a_config("version: 1.4.0", "version: 1.4.0\nversion: 9"), {"SNT003"}
    ),
    Attack("D4", "by an escape", a_config("owner:", '"\\x6fwner": x\nowner:'), {"SNT003"}),
    Attack(
        "D4",
        "in JSON, escaped",
        an_auc('0.912, "\\u0061uc": 0.99'),
        {"SNT003"},
    ),
    Attack("D5", "merge key override", a_config("owner: risk-ml", "<<: {owner: x}"), {"SNT002"}),
    Attack("D6", "tag that crashes PyYAML", a_config("seed: 7", "seed: !!int ''"), {"SNT002"}),
    Attack(
        "D6",
        "tag that runs code",
        a_config("seed: 7", "seed: !!python/object/apply:os.system [x]"),
        {"SNT002"},
    ),
    Attack("D7", "a day that does not exist", a_config("2026-10-01", "2024-02-30"), {"SNT004"}),
    Attack("D7", "a month that does not exist", a_config("2026-10-01", "2024-99-99"), {"SNT004"}),
    Attack(
        "D8", "version 1.10", {**a_config("1.4.0", "1.10"), **an_entry("1.4.0", "1.10")}, {"SNT006"}
    ),
    Attack("D9", "NaN", an_auc("NaN"), {"REG306"}),
    Attack("D9", "infinity", an_auc("Infinity"), {"REG306"}),
    Attack("D9", "a number beyond binary floats", an_auc("1e999"), {"REG306"}),
    Attack("D10", "true", an_auc("true"), {"REG306"}),
    Attack("D10", "text", an_auc('"0.95"'), {"REG306"}),
    Attack("D10", "percent", an_auc('"95%"'), {"REG306"}),
    Attack("D10", "null", an_auc("null"), {"REG306"}),
    Attack("D10", "a list", an_auc("[0.95]"), {"REG306"}),
    Attack("D10", "an empty mapping", an_auc("{}"), set(), {"REG306", "REG302"}),
    Attack("D12", "an integer of 401 digits", an_auc("1" + "0" * 400), {"REG306"}),
    Attack(
        "D12",
        "an integer of 5,000 digits",
        an_auc("9" * 5_000),
        set(),
        {"REG306", "SNT001", "SNT004"},
    ),
    Attack("D13", "an exponent of nine digits", an_auc("1e100000000"), {"REG306"}),
    Attack("D14", "a loss in the 40th digit", an_auc("0.908" + "9" * 35), {"REG301"}),
    Attack(
        "D16",
        "two spellings of one name",
        {"metrics.json": metrics().replace(AUC, '"val.auc": 0.99, "val": {"auc": 0.1}, ' + AUC)},
        {"SNT003"},
    ),
    Attack(
        "D16", "a metric with unknown keys", an_auc('{"value": 0.912, "then": 0.1}'), {"SNT004"}
    ),
    Attack(
        "D17",
        "a Cyrillic letter",
        {"metrics.json": metrics().replace('"auc": 0.912', '"\u0430uc": 0.99, "auc": 0.912')},
        {"SNT008"},
    ),
    Attack(
        "D17",
        "a blank at the end",
        {"metrics.json": metrics().replace('"auc": 0.912', '"auc ": 0.99, "auc": 0.912')},
        {"SNT008"},
    ),
    Attack(
        "D17",
        "zero width",
        {"metrics.json": metrics().replace('"auc": 0.912', '"a\u200buc": 0.99, "auc": 0.912')},
        {"SNT008"},
    ),
    Attack(
        "D18", "a second document", {"config.yaml": config() + "---\nname: other\n"}, {"SNT002"}
    ),
    Attack("D18", "a directive", {"config.yaml": "%YAML 1.2\n---\n" + config()}, {"SNT002"}),
    Attack("D19", "UTF-16", {"config.yaml": config().encode("utf-16")}, {"SNT001"}),
    Attack(
        "D19",
        "Latin-1",
        {"config.yaml": config().replace("risk-ml", "é").encode("latin-1")},
        {"SNT001"},
    ),
    Attack(
        "D19", "NUL", {"metrics.json": metrics().replace("churn-standard", "churn\0")}, {"SNT001"}
    ),
    Attack(
        "D19",
        "a line break that only YAML knows",
        a_config("risk-ml", "risk\u0085name: x"),
        {"SNT001"},
    ),
    Attack(
        "D21",
        "dotted keys",
        {"config.yaml": None, "config.toml": ".".join(["a"] * 50_000) + " = 1\n"},
        {"SNT001"},
    ),
    Attack("D22", "deep JSON", {"metrics.json": "[" * 100_000}, {"SNT001"}),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.id} {attack.what}")
def test_the_attack_is_found(tmp_path: Path, attack: Attack) -> None:
    assert_found(tmp_path, attack)


@pytest.mark.parametrize("name", [r"x\u001b[2J\u0007", r"x\u0000", r"x\ud800", r"x\u009b1m"])
def test_d20_half_a_character_and_controls_travel_to_no_reader(tmp_path: Path, name: str) -> None:
    """Escaped in JSON, where a message quotes the value."""
    report = judged(tmp_path, a_metric("churn-standard", name))
    assert {"BEN202", "SNT001", "SNT002", "SNT004"} & errors(report)
    for form in ("terminal", "concise", "markdown", "json", "github"):
        text = render(report, form, RenderOptions())
        assert not {"\x1b", "\x07", "\0", "\ud800", "\x9b"} & set(text)
        text.encode()


def test_d11_d15_decimals_are_compared_as_written() -> None:
    """Binary floats call 0.80 - 0.78 more than 0.02, and lose the sign of nothing."""
    keys = "metrics: {auc: {direction: higher, tolerance: 0.02}}"
    for new, old, want in [
        ("0.78", "0.80", []),
        ("0.7799999999999999999999999", "0.80", ["REG301"]),
        ("-0.0", "0", []),
        ("-0.0200000000000000000001", "-0", ["REG301"]),
        ("1e-60", "0.02", []),
    ]:
        after, before = (measured(f'"auc": {value}') for value in (new, old))
        assert codes(compared(CHECK, after, before, keys)) == want
