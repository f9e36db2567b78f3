"""SNT008: names that are read as another name."""

from __future__ import annotations

import json

import pytest
from example import GOOD
from example import metrics
from hypothesis import given
from hypothesis import strategies as st
from spoken import findings

from snitch.checks.confusables import LOOK_ALIKES
from snitch.checks.confusables import folded
from snitch.checks.confusables import is_plain
from snitch.checks.confusables import odd
from snitch.checks.files import CHECK

ODD = {
    "auc ": "blanks at its ends",
    " auc": "blanks at its ends",
    "\u0430uc": "mixes Latin letters with U+0430 cyrillic small letter a",
    "auc\u0436": "mixes Latin letters with U+0436 cyrillic small letter zhe",
    "a\u03c5c": "mixes Latin letters with U+03C5 greek small letter upsilon",
    "a\u200buc": "holds U+200B, which nobody sees",
    "auc\u202e": "holds U+202E, which nobody sees",
    "a\u3164uc": "holds U+3164, which nobody sees",
    "au\nc": "holds U+000A, which nobody sees",
    "auc\ufe00": "holds U+FE00, which nobody sees",
    "auc\U000e0101": "holds U+E0101, which nobody sees",
    "auc\ufe0f": "looks like `auc`",
    "\uff41\uff55\uff43": "looks like `auc`",
    "\u0441\u043e\u0440\u0443": "looks like `copy`",
    "f1\u00a0macro": "holds U+00A0 no-break space",
    "\U0001d41bars": "holds U+1D41B mathematical bold small b",
    "pre\u0301cision": "written with combining characters",
}
HONEST = [
    "auc",
    "val.auc",
    "F1 (macro)",
    "\u03ba_SRME",
    "\u0394AUC",
    "latency_\u00b5s",
    "latency_\u03bcs",
    "R\u00b2",
    "\u0442\u043e\u0447\u043d\u043e\u0441\u0442\u044c",
    "\u7cbe\u5ea6",
    "pr\u00e9cision",
    "\u03c1",
    "\u2714\ufe0f",
]


@pytest.mark.parametrize(("name", "reason"), ODD.items())
def test_a_name_that_misleads_is_told_with_its_character(name: str, reason: str) -> None:
    said = odd(name, {"auc", "copy"})
    assert said is not None
    assert reason in said


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_name_of_any_script_is_fine(name: str) -> None:
    assert odd(name, {"auc", "copy"}) is None


def test_slices_are_values_and_may_hold_what_they_like() -> None:
    assert odd("age 18\u201325\u00a0\u2160", strict=False) is None
    assert odd("\uff41", strict=False) is None
    assert odd("city=S\u00e3o Paulo", strict=False) is None
    assert odd("a\u200b", strict=False)


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E)))
def test_printable_ascii_is_never_confusable(name: str) -> None:
    assert is_plain(name)
    assert odd(name, {name, "auc"}) is None


@given(st.text(), st.sets(st.text(max_size=3), max_size=3))
def test_any_text_is_judged_and_folding_ends(name: str, known: set[str]) -> None:
    said = odd(name, known)
    assert said is None or said
    assert folded(folded(name)) == folded(name)


@given(st.sampled_from(sorted(LOOK_ALIKES)), st.sampled_from(["auc", "recall", "log_loss"]))
def test_one_strange_letter_in_a_latin_word_is_always_seen(letter: str, word: str) -> None:
    assert odd(letter + word) is not None


def spelt(old: str, new: str) -> dict[str, str]:
    """The metrics with one name written otherwise, in escapes."""
    return {**GOOD, "metrics.json": metrics().replace(f'"{old}"', json.dumps(new), 1)}


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("auc", "\u0430uc", 5),
        ("log_loss", "log_loss ", 5),
        ("plan=enterprise", "plan=enterprise\u200b", 6),
        ("benchmark", "benchm\u0430rk", 2),
    ],
)
def test_metrics_slices_and_keys_are_told_at_their_line(old: str, new: str, line: int) -> None:
    found = [one for one in findings(CHECK, spelt(old, new)) if one.rule.code == "SNT008"]
    assert found
    assert {one.place.line for one in found if one.place} == {line}
    assert f"`{old}`" in found[0].remedy


def test_a_field_of_the_config_in_disguise_is_told() -> None:
    files = {**GOOD, "config.yaml": GOOD["config.yaml"].replace("owner:", "\u043ewner:")}
    [found] = [one for one in findings(CHECK, files) if one.rule.code == "SNT008"]
    assert found.place is not None
    assert found.place.line == 3
    assert found.remedy == "type it anew as `owner`"


def test_a_field_below_another_in_disguise_is_told() -> None:
    files = {**GOOD, "config.yaml": GOOD["config.yaml"].replace("  cutoff:", "  \u0441utoff:")}
    [found] = [one for one in findings(CHECK, files) if one.rule.code == "SNT008"]
    assert found.place is not None
    assert found.place.line == 8
    assert found.remedy == "type it anew as `cutoff`"


def trained_with(hyperparameters: str) -> str:
    return GOOD["config.yaml"].replace("{max_depth: 6, learning_rate: 0.1}", hyperparameters)


@pytest.mark.parametrize(
    "written",
    ["{max\u202edepth: 6}", "{tree: {max\u202edepth: 6}}", "{trees: [{max\u202edepth: 6}]}"],
)
def test_a_hyperparameter_in_disguise_is_told_at_any_depth(written: str) -> None:
    config = f"{GOOD['config.yaml']}hyperparameters: {written}\n"
    [found] = [
        one for one in findings(CHECK, {**GOOD, "config.yaml": config}) if one.rule.code == "SNT008"
    ]
    assert "U+202E" in found.message
    assert found.remedy == "type it anew as `maxdepth`"
    assert found.place is not None
    assert found.place.excerpt == f"hyperparameters: {written}"


def test_hyperparameters_may_have_names_of_any_script() -> None:
    config = trained_with("{\u03b1: 1, caf\u00e9: {x: [1]}}")
    assert findings(CHECK, {**GOOD, "config.yaml": config}) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("chur\u200bn", "holds U+200B, which nobody sees"),
        ("\u0441hurn", "mixes Latin letters with U+0441 cyrillic small letter es"),
        ("\u0441\u043e\u0440\u0443", ""),
    ],
)
def test_a_model_s_name_in_disguise_is_told(name: str, reason: str) -> None:
    config = GOOD["config.yaml"].replace("name: churn", f"name: {name}", 1)
    found = [
        one for one in findings(CHECK, {**GOOD, "config.yaml": config}) if one.rule.code == "SNT008"
    ]
    assert [reason in one.message for one in found] == ([True] if reason else [])
    assert [one.place.line for one in found if one.place] == ([1] if reason else [])
    if reason:
        assert found[0].remedy == "type it anew as `churn`"


def test_a_file_in_disguise_is_told() -> None:
    files = {**GOOD, "metri\u0441s.json": "{}"}
    [found] = [one for one in findings(CHECK, files) if one.rule.code == "SNT008"]
    assert found.place is not None
    assert found.place.path == "models/churn/metri\u0441s.json"


def test_text_in_values_may_be_in_any_script() -> None:
    config = GOOD["config.yaml"].replace(
        "Probability that an account closes within 90 days.",
        "\u0412\u0435\u0440\u043e\u044f\u0442\u043d\u043e\u0441\u0442\u044c A\u0412 \uff41",
    )
    assert [one.rule.code for one in findings(CHECK, {**GOOD, "config.yaml": config})] == []


def test_the_good_release_has_no_confusable_name() -> None:
    assert [one.rule.code for one in findings(CHECK, GOOD)] == []
