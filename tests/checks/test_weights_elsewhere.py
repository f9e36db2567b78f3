"""Weights that metadata points to, and claims of which only some can be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from example import DEPLOYED
from example import GOOD
from example import OID
from example import OLD_OID
from measured import at
from measured import findings
from measured import skips
from spoken import edited
from spoken import without

from snitch.checks.check import Subject
from snitch.checks.weights import judge
from snitch.findings import Fault
from snitch.findings import Place
from snitch.policy.model import Policy
from snitch.registry.layout import parse_layout
from snitch.registry.release import Weights
from snitch.testing import release

if TYPE_CHECKING:
    from snitch.findings import Outcome
    from snitch.registry.release import Release

MAIN = "weights/model.safetensors"
LAYOUT = parse_layout(
    "mine.yaml",
    b"files: {config: [c.yaml]}\npointers: [{piece: config, path: model, digest: sha}]\n",
)


def judged(candidate: Release, deployed: Release | None = None) -> list[Outcome]:
    return list(judge(Subject(candidate, deployed, Policy(), date(2026, 11, 23))))


def test_a_pointer_without_a_digest_is_told_where_it_stands() -> None:
    elsewhere = release({"c.yaml": "name: churn\nmodel: {sha: soon}\n"}, layout=LAYOUT)
    [found] = findings(judged(elsewhere))
    assert at(found) == ("ART606", 2, 8)
    assert found.message == (
        "the pointer to `soon` gives no digest of its content, so nobody can tell which weights "
        "the metrics measure"
    )
    assert found.remedy == "write the content's hash beside its address"


def test_a_pointer_that_stands_nowhere_is_told_at_the_block_of_weights() -> None:
    nameless = tuple(Weights(name, "external", None) for name in ("a.bin", "b.bin"))
    found = findings(judged(replace(release(GOOD), weights=nameless)))
    assert [at(one) for one in found] == [("ART606", 13, 10)] * 2
    known = tuple(replace(one, digest="md5:" + "a" * 32) for one in nameless)
    assert findings(judged(replace(release(GOOD), weights=known))) == []


def test_of_weights_without_a_comparable_digest_the_first_is_named() -> None:
    unnamed = edited(GOOD, "config.yaml", "weights: {path: weights/model.safetensors}\n", "")
    known = tuple(Weights(name, "external", "md5:" + "a" * 32) for name in ("a.bin", "b.bin"))
    [skipped] = skips(judged(replace(release(unnamed), weights=known)))
    assert skipped.reason.startswith("`a.bin` has no SHA-256 that `weights_sha256` could be")


def test_a_claim_that_is_none_hides_no_wrong_one_after_it() -> None:
    config = edited(GOOD, "config.yaml", "safetensors}", f"safetensors, sha256: {OLD_OID}}}")
    silent = edited(config, "metrics.json", f'  "weights_sha256": "{OID}",\n', "")
    assert [at(one)[:2] for one in findings(judged(release(silent)))] == [
        ("ART606", 1),
        ("ART603", 13),
    ]


def test_only_a_path_that_leads_out_itself_is_left_to_its_own_finding() -> None:
    missing = release(without(GOOD, MAIN))
    here = missing.place("weights.path")
    faults = [Fault("SNT005", Place("models/churn/a"), "out", "in"), Fault("SNT001", here, "", "")]
    for fault in faults:
        found = findings(judged(replace(missing, faults=(fault,))))
        assert [one.rule.code for one in found] == ["ART601"]
    out = Fault("SNT005", here, "out", "in")
    assert findings(judged(replace(missing, faults=(*faults, out)))) == []


def test_weights_below_a_link_are_left_to_the_finding_of_the_link() -> None:
    missing = release(without(GOOD, MAIN))
    for path in ("models/churn/weights", f"models/churn/{MAIN}"):
        link = Fault("SNT005", Place(path), "a link", "a file")
        assert findings(judged(replace(missing, faults=(link,)))) == []
        assert findings(judged(replace(missing, weights=(), faults=(link,)))) == []
    beside = Fault("SNT005", Place("models/churn/weights-old"), "a link", "a file")
    found = findings(judged(replace(missing, faults=(beside,))))
    assert [one.rule.code for one in found] == ["ART601"]


def test_weights_of_another_kind_of_digest_are_not_known_to_differ() -> None:
    new, old = release(GOOD), release(DEPLOYED)
    stale = replace(new, metrics=old.metrics, metadata=old.metadata)
    assert "ART604" in [one.rule.code for one in findings(judged(stale, old))]
    md5 = replace(new.weights[0], digest="md5:" + "a" * 32)
    assert "ART604" not in [
        one.rule.code for one in findings(judged(replace(stale, weights=(md5,)), old))
    ]


def test_of_weights_that_a_family_may_do_without_the_first_lost_is_named() -> None:
    layout = parse_layout("bare.yaml", b"files: {config: [c.yaml], metrics: [m.json]}\n")
    had = tuple(Weights(path, "pointer", f"sha256:{OLD_OID}") for path in ("a.pt", "b.pt", "c.pt"))
    candidate = release({"c.yaml": "name: churn\n", "m.json": "{}"}, layout=layout)
    for count, more in ((1, ""), (2, " and 1 more"), (3, " and 2 more")):
        [found] = findings(judged(candidate, replace(candidate, weights=had[:count])))
        assert found.message.endswith(f"the deployed release has `a.pt`{more}")
        assert found.place == Place("a.pt")
