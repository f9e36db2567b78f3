"""Weights are there, in LFS, and are those that the metrics measured."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from example import DEPLOYED
from example import GOOD
from example import OID
from example import OLD_OID
from example import metrics
from example import pointer
from spoken import FIRST
from spoken import edited
from spoken import findings
from spoken import skips
from spoken import spots
from spoken import without

from snitch.checks.check import Subject
from snitch.checks.weights import CHECK
from snitch.findings import Skipped
from snitch.policy.model import Policy
from snitch.testing import release

if TYPE_CHECKING:
    from collections.abc import Mapping

    from snitch.findings import Finding

MAIN = "weights/model.safetensors"
OTHER = hashlib.sha256(b"other").hexdigest()
STALE = {
    **DEPLOYED,
    MAIN: pointer(),
    "metrics.json": DEPLOYED["metrics.json"].replace(OLD_OID, OID),
}
"""The deployed release's evaluation, relabelled, beside new weights."""


def only(candidate: Mapping[str, str], deployed: Mapping[str, str] = DEPLOYED) -> Finding:
    (found,) = findings(CHECK, candidate, deployed)
    return found


def silent(candidate: Mapping[str, str], deployed: Mapping[str, str] = DEPLOYED) -> bool:
    return not findings(CHECK, candidate, deployed) and not skips(CHECK, candidate, deployed)


def test_a_good_release_is_silent() -> None:
    assert silent(GOOD)
    assert silent(GOOD, FIRST)


def test_of_the_rules_only_that_of_other_weights_is_always_in_force() -> None:
    assert [rule.code for rule in CHECK.rules if rule.fixed] == ["ART603"]


# ART601


def test_weights_that_the_config_names_and_nobody_committed() -> None:
    found = only(without(GOOD, MAIN))
    assert spots([found]) == [("ART601", "config.yaml", 13, 17)]
    assert (
        found.message == "the weights file `models/churn/weights/model.safetensors` does not exist"
    )
    assert "`weights.path`" in found.remedy


def test_no_weights_at_all() -> None:
    unnamed = edited(GOOD, "config.yaml", "weights: {path: weights/model.safetensors}\n", "")
    found = only(without(unnamed, MAIN))
    assert spots([found]) == [("ART601", "weights/", None, None)]
    assert "`weights.path`" not in found.remedy


def test_an_empty_file_is_no_weights() -> None:
    found = only({**GOOD, MAIN: ""})
    assert spots([found]) == [("ART601", MAIN, None, None)]
    assert "is empty" in found.message


# ART602, ART605


def test_weights_in_git_itself() -> None:
    found = only({**GOOD, MAIN: "tensors"})
    assert spots([found]) == [("ART602", MAIN, None, None)]
    path = f"models/churn/{MAIN}"
    assert found.remedy == (
        f"`git lfs track {path}`, then `git rm --cached {path}` and `git add .gitattributes {path}`"
    )


def test_a_pointer_that_somebody_edited() -> None:
    found = only({**GOOD, MAIN: pointer().replace("\n", "\r\n")})
    assert spots([found]) == [("ART605", MAIN, 1, 1)]
    assert found.message.startswith(f"`models/churn/{MAIN}` is no valid Git LFS pointer: ")


def test_every_weights_file_is_looked_at() -> None:
    more = {**GOOD, "weights/a.bin": "tensors", "weights/b.bin": pointer(OTHER)}
    assert spots(findings(CHECK, more)) == [("ART602", "weights/a.bin", None, None)]


# ART603


def test_metrics_of_other_weights() -> None:
    found = only({**GOOD, "metrics.json": metrics(oid=OTHER)})
    assert spots([found]) == [("ART603", "metrics.json", 4, 21)]
    assert found.message == (
        f"the metrics measure `{OTHER}`; expected `{OID}`, the digest of `models/churn/{MAIN}`"
    )


def test_a_digest_s_spelling_is_not_its_value() -> None:
    assert silent({**GOOD, "metrics.json": metrics(oid=f"sha256:{OID}")})
    for spelling in (OID.upper(), f"SHA256:{OID.upper()}", OID[:7]):
        # That one is cut short is SNT004's to tell.
        assert silent({**GOOD, "metrics.json": metrics(oid=spelling)})
    for spelling in (OTHER.upper(), OTHER[:7]):
        assert only({**GOOD, "metrics.json": metrics(oid=spelling)}).rule.code == "ART603"
    for spelling in ("none", OTHER[:6], OID + "0"):
        assert silent({**GOOD, "metrics.json": metrics(oid=spelling)})


@pytest.mark.parametrize(
    ("digest", "mistake"),
    [
        (OLD_OID, ", which is the deployed release"),
        (
            hashlib.sha256(pointer().encode()).hexdigest(),
            f", which is the pointer file `models/churn/{MAIN}` and not its content",
        ),
        (OTHER, ", which is `models/churn/weights/a.bin`"),
        ("f" * 64, ";"),
    ],
)
def test_the_mistake_is_named(digest: str, mistake: str) -> None:
    more = {**GOOD, "weights/a.bin": pointer(OTHER), "metrics.json": metrics(oid=digest)}
    assert f"`{digest}`{mistake}" in only(more).message


def test_a_first_release_has_no_deployed_weights_to_name() -> None:
    assert ", which" not in only({**GOOD, "metrics.json": metrics(oid=OLD_OID)}, FIRST).message


def test_the_config_s_digest_is_held_to_the_weights_too() -> None:
    def named(digest: str) -> dict[str, str]:
        return edited(GOOD, "config.yaml", "safetensors}", f"safetensors, sha256: {digest}}}")

    assert silent(named(OID))
    found = only(named(OTHER))
    assert spots([found]) == [("ART603", "config.yaml", 13, 52)]
    assert found.message.startswith(f"the config names `{OTHER}`")
    both = {**named(OTHER), "metrics.json": metrics(oid=OTHER)}
    assert spots([only(both)]) == [("ART603", "metrics.json", 4, 21)]


def test_one_of_several_weights_will_do_where_the_config_names_none() -> None:
    unnamed = edited(GOOD, "config.yaml", "weights: {path: weights/model.safetensors}\n", "")
    several = {**unnamed, "weights/a.bin": pointer(OTHER)}
    assert silent(several)
    assert silent({**several, "metrics.json": metrics(oid=OTHER)})
    assert only({**several, "metrics.json": metrics(oid="f" * 64)}).rule.code == "ART603"


def test_nothing_is_compared_with_weights_that_nobody_knows() -> None:
    wrong = {**GOOD, "metrics.json": metrics(oid=OTHER)}
    assert [found.rule.code for found in findings(CHECK, without(wrong, MAIN))] == ["ART601"]
    assert [found.rule.code for found in findings(CHECK, {**wrong, MAIN: "x"})] == ["ART602"]


# ART604


def test_an_evaluation_that_stayed_while_the_weights_changed() -> None:
    found = only(STALE)
    assert spots([found]) == [("ART604", "metrics.json", 3, 19)]
    assert f"`models/churn/{MAIN}` changed" in found.message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-07-03T14:00:00Z", "2026-07-03T14:00:01Z"),
        ("0.911", "0.9110001"),
        ('"auc": 0.93}', '"auc": 0.94}'),
        ('"auc": 0.93}', '"auc": 0.93, "f1": 1}'),
    ],
)
def test_an_evaluation_that_changed_at_all_is_another_one(old: str, new: str) -> None:
    assert silent(edited(STALE, "metrics.json", old, new))


def test_a_date_that_is_left_out_makes_no_other_evaluation() -> None:
    day = '"2026-07-03T14:00:00Z"'
    found = only(edited(STALE, "metrics.json", day, "null"))
    assert found.rule.code == "ART604"
    assert found.message.endswith("changed, and all metrics are those of the deployed release")
    undated = edited(DEPLOYED, "metrics.json", day, "null")
    assert only(edited(STALE, "metrics.json", day, "null"), undated).rule.code == "ART604"
    assert silent(STALE, undated)


def test_another_spelling_is_the_same_evaluation() -> None:
    for old, new in (("0.911", "0.9110"), ("14:00:00Z", "16:00:00+02:00")):
        assert only(edited(STALE, "metrics.json", old, new)).rule.code == "ART604"


def test_what_is_no_number_is_compared_as_written() -> None:
    broken = edited(DEPLOYED, "metrics.json", "0.911", '"high"')
    same = edited(STALE, "metrics.json", "0.911", '"high"')
    assert only(same, broken).rule.code == "ART604"
    assert silent(edited(STALE, "metrics.json", "0.911", '"low"'), broken)


def test_a_first_release_and_one_without_metrics_are_not_stale() -> None:
    assert silent(STALE, FIRST)
    empty = '{"weights_sha256": "%s", "metrics": {}}'
    assert silent(
        {**STALE, "metrics.json": empty % OID}, {**DEPLOYED, "metrics.json": empty % OLD_OID}
    )


def test_metrics_left_alone_are_of_other_weights_and_stale() -> None:
    found = findings(CHECK, {**DEPLOYED, MAIN: pointer()}, DEPLOYED)
    assert [finding.rule.code for finding in found] == ["ART603", "ART604"]


def test_weights_that_moved_are_no_change() -> None:
    moved = {**without(DEPLOYED, MAIN), "weights/v2/churn.bin": DEPLOYED[MAIN]}
    assert silent(edited(moved, "config.yaml", MAIN, "weights/v2/churn.bin"))
    changed = edited({**moved, "weights/v2/churn.bin": pointer(),
                      "metrics.json": STALE["metrics.json"]},
                     "config.yaml", MAIN, "weights/v2/churn.bin")  # fmt: skip
    assert only(changed).rule.code == "ART604"


def test_a_second_file_that_was_replaced_is_a_change_and_a_new_one_is_none() -> None:
    old = {**DEPLOYED, "weights/head.bin": pointer(OTHER)}
    assert silent(old)
    assert only({**old, "weights/head.bin": pointer("f" * 64)}, old).rule.code == "ART604"
    assert silent({**old, "weights/new.bin": pointer("f" * 64)}, old)
    assert silent(DEPLOYED, old)
    assert silent({**old, "weights/head.bin": "x"}, {**old, "weights/head.bin": "y"}) is False


def test_weights_that_changed_places_are_a_change() -> None:
    old = {**DEPLOYED, "weights/head.bin": pointer(OTHER)}
    swapped = {
        **old,
        MAIN: pointer(OTHER),
        "weights/head.bin": pointer(OLD_OID),
        "metrics.json": DEPLOYED["metrics.json"].replace(OLD_OID, OTHER),
    }
    assert only(swapped, old).rule.code == "ART604"


# ART606


def test_metrics_that_name_no_weights() -> None:
    found = only(edited(GOOD, "metrics.json", f'  "weights_sha256": "{OID}",\n', ""))
    assert spots([found]) == [("ART606", "metrics.json", 1, 1)]
    assert only(edited(GOOD, "metrics.json", f'"{OID}"', "null")).rule.code == "ART606"


def test_metrics_are_not_asked_for_what_nobody_could_say() -> None:
    unbound = edited(GOOD, "metrics.json", f'  "weights_sha256": "{OID}",\n', "")
    codes = [found.rule.code for found in findings(CHECK, {**unbound, MAIN: "raw"})]
    assert codes == ["ART602"]
    assert silent(without(GOOD, "metrics.json"))
    assert silent({**GOOD, "metrics.json": "{"})
    assert silent(edited(GOOD, "metrics.json", f'"{OID}"', "[1]"))


def test_a_digest_of_another_kind_is_said_not_to_be_compared() -> None:
    new = release({**GOOD, "metrics.json": metrics(oid=OTHER)})
    weights = replace(new.weights[0], state="external", digest=f"md5:{OID[:32]}")
    subject = Subject(replace(new, weights=(weights,)), None, Policy(), date(2026, 11, 23))
    assert CHECK.judge is not None
    (skipped,) = CHECK.judge(subject)
    assert isinstance(skipped, Skipped)
    assert (skipped.whole, skipped.excused) == (False, False)
    assert "no SHA-256" in skipped.reason


def test_a_path_that_leaves_the_model_is_one_finding_and_not_this_familys() -> None:
    files = edited(GOOD, "config.yaml", "path: weights/model.safetensors", "path: ../../x")
    assert [found for found in findings(CHECK, files) if found.rule.code == "ART601"] == []
    files = edited(GOOD, "config.yaml", "path: weights/model.safetensors", "path: weights/none")
    assert "ART601" in [found.rule.code for found in findings(CHECK, files)]
