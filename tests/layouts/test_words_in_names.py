"""A family's globs of metrics take words, in any letter case, and no letters inside of others."""

from __future__ import annotations

from decimal import Decimal

import pytest

from snitch.policy.family import family_of
from snitch.registry.globs import takes_name
from snitch.registry.layout import load_built_in

ONE = (Decimal("0.9"),)
GENERAL = ("dvc", "app", "mlflow")


def known(family: str, name: str) -> str:
    """`ignore`, a direction or nothing."""
    prefix = "real_time_error_metrics." if family == "reports" else ""
    rule = family_of({prefix + name: ONE}, load_built_in(family).standards).get(prefix + name, {})
    return "ignore" if rule.get("ignore") else str(rule.get("direction", ""))


@pytest.mark.parametrize("family", [*GENERAL, "reports"])
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Precision (PPV)", "higher"),
        ("Test Accuracy", "higher"),
        ("xgboost_mape", "lower"),
        ("Ridge.R2", "higher"),
        ("sentiment_accuracy", "higher"),
        ("training_loss", "lower"),
        ("fit_time", "ignore"),
        ("time_s", "ignore"),
        ("accuracy_std", "ignore"),
        ("caucasian.parity", ""),
        ("accidents", ""),
        ("acceptance", ""),
    ],
)
def test_a_word_says_the_same_in_every_general_family(
    family: str, name: str, expected: str
) -> None:
    assert known(family, name) == expected


@pytest.mark.parametrize("family", ["dvc", "app", "reports"])
@pytest.mark.parametrize("name", ["n_train", "test.n_samples", "val_rows", "test.fp", "support"])
def test_counts_are_no_quality(family: str, name: str) -> None:
    assert known(family, name) == "ignore"


@pytest.mark.parametrize("family", ["dvc", "app", "reports"])
@pytest.mark.parametrize(
    "name", ["precision_macro", "train_accuracy", "account_precision", "support_f1"]
)
def test_letters_inside_a_word_leave_a_metric_judged(family: str, name: str) -> None:
    assert known(family, name) == "higher"


def test_a_glob_with_capitals_takes_them_alone() -> None:
    assert takes_name("*mse*", "Test MSE")
    assert takes_name("*MSE*", "Test MSE")
    assert not takes_name("*NME*", "environment")
