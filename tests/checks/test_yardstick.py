"""What a candidate is compared with on another benchmark, in full words and at exact places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import OID
from example import OLD_OID
from measured import at
from measured import compared
from measured import findings
from measured import measured
from measured import only

from snitch.checks.regression import CHECK
from snitch.checks.yardstick import alike
from snitch.checks.yardstick import bare

if TYPE_CHECKING:
    from snitch.findings import Outcome

OLD = '"benchmark": {"name": "churn-standard", "version": "2026.1"}'
NEW = '"benchmark": {"name": "churn-standard", "version": "2026.2"}'
AGAIN = "and give these numbers as `incumbent`, or measure the candidate on the deployed benchmark"


def judged(
    new: str, old: str, *claim: str, policy: str = "", benchmarks: tuple[str, str] = (NEW, OLD)
) -> list[Outcome]:
    """Metrics, or `metrics | slices`, on two benchmarks."""
    candidate, deployed = (text.split(" | ") for text in (new, old))
    return compared(
        CHECK,
        measured(candidate[0], "".join(candidate[1:]), *claim, benchmark=benchmarks[0]),
        measured(deployed[0], "".join(deployed[1:]), benchmark=benchmarks[1]),
        policy,
    )


def claim(metrics: str, digest: str | None = OLD_OID, slices: str = "") -> str:
    bound = "" if digest is None else f'"weights_sha256": "{digest}", '
    return f'"incumbent": {{{bound}"metrics": {{{metrics}}}, "slices": {{{slices}}}}}'


SLICES = 'metrics: {"slices.*.auc": {}}'


@pytest.mark.parametrize(
    ("new", "said", "about"),
    [
        ('"auc": 1', "`auc` was measured on", ("auc", None)),
        ('"f1": 1 | "a": {"auc": 1}', "`f1` and `a.auc` were measured on", (None, None)),
        (' | "a": {"auc": 1}', "`a.auc` was measured on", ("auc", "a")),
        ('"f1": 1, "auc": 1', "`auc` and `f1` were measured on", (None, None)),
    ],
)
def test_what_cannot_be_compared_is_named(
    new: str, said: str, about: tuple[str | None, str | None]
) -> None:
    found = only(judged(new, new, policy=SLICES))
    assert found.message == (
        f"{said} `churn-standard 2026.2`, in the deployed release on `churn-standard 2026.1`"
    )
    assert found.remedy == (
        f"measure the deployed weights `{OLD_OID}` on the candidate's benchmark {AGAIN}"
    )
    assert (found.metric, found.slice) == about
    assert at(found) == ("REG305", 2, 52)


@pytest.mark.parametrize(
    ("policy", "why", "remedy"),
    [
        (
            "",
            f"; the `incumbent` block is bound to weights `{OID}`, not to the deployed `{OLD_OID}`",
            f"measure the deployed weights `{OLD_OID}` on the candidate's benchmark {AGAIN}",
        ),
        (
            "regression: {incumbent: refuse}",
            "; the policy refuses `incumbent` blocks",
            "measure the candidate on the benchmark of the deployed release",
        ),
    ],
)
def test_a_claim_that_does_not_count_is_told_why(policy: str, why: str, remedy: str) -> None:
    found = only(judged('"auc": 1', '"auc": 1', claim('"auc": 1', OID), policy=policy))
    assert found.message == (
        "`auc` was measured on `churn-standard 2026.2`, in the deployed release on "
        f"`churn-standard 2026.1`{why}"
    )
    assert found.remedy == remedy


def test_a_refused_claim_is_not_told_where_there_is_none() -> None:
    found = only(judged('"auc": 1', '"auc": 1', policy="regression: {incumbent: refuse}"))
    assert found.message.endswith("on `churn-standard 2026.1`")


@pytest.mark.parametrize(
    ("metrics", "slices", "lacks", "about"),
    [
        ('"f1": 1', '"a": {"auc": 1}', "`auc`", ("auc", None)),
        ('"auc": 1, "f1": 1', "", "`a.auc`", ("auc", "a")),
        ('"f1": 1', "", "`auc` and `a.auc`", (None, None)),
    ],
)
def test_a_claim_that_lacks_a_value_is_told_which(
    metrics: str, slices: str, lacks: str, about: tuple[str | None, str | None]
) -> None:
    both = '"auc": 1, "f1": 1 | "a": {"auc": 1}'
    found = judged(both, both, claim(metrics, OLD_OID, slices), policy=SLICES)
    lack, claimed = sorted(findings(found), key=lambda one: one.rule.code)
    assert at(lack) == ("REG305", 5, 1)
    assert lack.message == (
        f"the `incumbent` block lacks {lacks}, which the deployed release has on another benchmark"
    )
    assert lack.remedy == f"measure {lacks} of the deployed weights too"
    assert (lack.metric, lack.slice) == about
    assert claimed.rule.code == "REG317"


def test_a_value_on_the_same_benchmark_is_compared_though_the_claim_has_it() -> None:
    pinned = NEW.replace("}", f', "sha256": "{OID}"}}')
    found = judged('"auc": 0.9', '"auc": 1', claim('"auc": 0.1'), benchmarks=(pinned, NEW))
    assert [one.rule.code for one in findings(found)] == ["REG301"]


@pytest.mark.parametrize(
    ("old", "told", "column"),
    [
        ('"benchmark": {"name": "churn-standard"}', "`churn-standard`", 52),
        ('"benchmark": {"version": "2026.2"}', "`2026.2`", 23),
        ('"x": 1', "no benchmark that it names", 23),
        (f'"benchmark": {{"sha256": "{OID}"}}', f"data {OID[:20]}…", 23),
        (
            f'"benchmark": {{"name": "churn-standard", "sha256": "{OID}"}}',
            f"`churn-standard` (data {OID[:12]}…)",
            52,
        ),
    ],
)
def test_a_benchmark_is_told_by_what_is_known_of_it(old: str, told: str, column: int) -> None:
    found = only(judged('"auc": 1', '"auc": 1', benchmarks=(NEW, old)))
    assert found.message == (
        f"`auc` was measured on `churn-standard 2026.2`, in the deployed release on {told}"
    )
    assert at(found) == ("REG305", 2, column)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("a", "1", "d"), ("a", "1", "d"), True),
        (("a", "1", "d"), ("a", "1", None), True),
        (("a", "1", None), ("a", "1", "d"), True),
        (("a", "1", None), ("a", "1", None), True),
        (("a", "1", "d"), ("a", "1", "e"), False),
        (("a", "1", "d"), ("a", "2", "d"), False),
        (("a", "1", "d"), ("b", "1", "d"), False),
        (("a", "1", None), ("a", "2", "d"), False),
        (("a", None, "d"), ("a", "1", "d"), False),
        (("a", "1"), ("a", "1", "d"), False),
        (("a", "1", "d"), ("a", "1"), False),
    ],
)
def test_identities_are_alike_where_all_that_both_give_is_equal(
    one: tuple[str | None, ...], other: tuple[str | None, ...], *, same: bool
) -> None:
    assert alike(one, other) is same


@pytest.mark.parametrize(
    ("digest", "expected"),
    [
        (None, None),
        ("", None),
        ("sha256:", None),
        ("md5:abc", None),
        ("ABC", "abc"),
        ("sha256:ABC", "abc"),
        ("sha256:md5:abc", None),
    ],
)
def test_a_digest_is_compared_without_its_kind(digest: str | None, expected: str | None) -> None:
    assert bare(digest) == expected
