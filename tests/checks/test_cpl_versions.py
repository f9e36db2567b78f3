from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from example import DEPLOYED
from example import GOOD
from example import config
from example import pointer
from hypothesis import given
from hypothesis import strategies as st
from spoken import FIRST
from spoken import edited
from spoken import findings
from spoken import skips
from spoken import spots
from spoken import without

from snitch.checks import versions
from snitch.checks.completeness import CHECK
from snitch.registry.release import Piece
from snitch.testing import release

if TYPE_CHECKING:
    from snitch.registry.release import Release


def released(version: str) -> dict[str, str]:
    """The good candidate under another version, its changelog in step."""
    files = edited(GOOD, "CHANGELOG.md", "[1.4.0]", f"[{version.strip(chr(34))}]")
    return {**files, "config.yaml": config(version)}


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.4.0", "1.4.0"), ("1.4.0", "v1.4.0"), ("1.4", "1.4.0"), ("latest", "latest"), ("v1", "1")],
)
def test_spellings_of_one_version_are_the_same(one: str, other: str) -> None:
    assert versions.same(one, other)
    assert versions.same(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("1.4.0", "1.4.1"), ("latest", "newest"), ("1.4", "latest"), ("vv1", "1")]
)
def test_different_versions_are_not(one: str, other: str) -> None:
    assert not versions.same(one, other)
    assert not versions.same(other, one)


@pytest.mark.parametrize(
    "text", ["1", "1.4.0", "v1.4.0", "2026.10", "1.4.0rc1", "1.4.0.post1", "1.4.0.dev2", "0.1a1"]
)
def test_the_normal_form_is_valid(text: str) -> None:
    assert versions.is_valid(text)


@pytest.mark.parametrize(
    "text",
    [
        "latest",
        "",
        "1.4.0-rc.1",
        "01.4",
        "1.4.0+cu121",
        "1!1.4.0",
        " 1.4.0",
        "1.4.0\n",
        "V1.4",
        "vv1.4",
        "1.4.0RC1",
        "1.4.x",
        "1." * 64 + "1",
        "9" * 5000,
    ],
)
def test_everything_else_is_not(text: str) -> None:
    assert not versions.is_valid(text)


def test_a_version_of_128_characters_is_still_read() -> None:
    assert versions.is_valid("9" * 128)
    assert not versions.is_valid("9" * 129)


@pytest.mark.parametrize(
    ("text", "above"),
    [
        ("1.4.0", "1.4.1"),
        ("v1.4", "1.5"),
        ("7", "8"),
        ("1.4.0rc1", "1.4.0"),
        ("1.4.0.post1", "1.4.1"),
        ("latest", None),
    ],
)
def test_the_next_version_is_suggested(text: str, above: str | None) -> None:
    assert versions.following(text) == above


@given(st.text(max_size=140))
def test_no_text_makes_a_version_fail(text: str) -> None:
    versions.is_valid(text)
    above = versions.following(text)
    assert above is None or versions.parse(above) > versions.parse(text)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("version", "wanted"),
    [("1.4.0-rc1", "1.4.0rc1"), ("1.4.0+gpu", "1.4.0"), ("1!1.4.0", "1.4.0"), ("01.4", "1.4")],
)
def test_a_version_out_of_form_is_told_its_normal_form(version: str, wanted: str) -> None:
    [finding] = findings(CHECK, released(f'"{version}"'))
    assert spots([finding]) == [("CPL111", "config.yaml", 2, 10)]
    assert f"`{version}`" in finding.message
    assert f"expected the normal form {wanted}" in finding.message
    assert f"`{wanted}`" in finding.remedy


def test_a_word_is_no_version_and_gives_one_finding() -> None:
    [finding] = findings(CHECK, edited(GOOD, "config.yaml", "version: 1.4.0", "version: latest"))
    assert spots([finding]) == [("CPL111", "config.yaml", 2, 10)]
    assert "no order" in finding.message


def test_a_leading_v_is_allowed() -> None:
    assert findings(CHECK, released("v1.4.0")) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("config.yaml", "max_depth: 6", "max_depth: 7"),
        ("metrics.json", "0.911", "0.913"),
        ("requirements.txt", "1.5.2", "1.6.0"),
        ("train.py", "numpy", "pandas"),
    ],
)
def test_another_model_under_the_deployed_version_is_told(name: str, old: str, new: str) -> None:
    [finding] = findings(CHECK, edited(DEPLOYED, name, old, new))
    assert spots([finding]) == [("CPL106", "config.yaml", 2, 10)]
    assert finding.message.startswith(f"`{name}` differs from the deployed release")
    assert "1.3.3" in finding.remedy


@pytest.mark.parametrize("version", ["v1.3.2", '"1.3.2"'])
def test_another_spelling_of_the_deployed_version_is_no_bump(version: str) -> None:
    files = {**DEPLOYED, "config.yaml": DEPLOYED["config.yaml"].replace("1.3.2", version)}
    assert [one.rule.code for one in findings(CHECK, files)] == ["CPL106"]


def test_a_version_without_order_still_tells_two_models_apart() -> None:
    opaque = edited(DEPLOYED, "config.yaml", "version: 1.3.2", "version: latest")
    found = findings(CHECK, edited(opaque, "train.py", "numpy", "pandas"), opaque)
    assert [one.rule.code for one in found] == ["CPL111", "CPL106"]
    assert found[1].remedy == "raise `version` above `latest` and add its changelog entry"


def test_all_differing_files_are_counted_and_the_first_ones_named() -> None:
    new = {f"src/part{number}.py": str(number) for number in range(7)}
    [finding] = findings(CHECK, {**DEPLOYED, **new})
    assert "`src/part3.py` and 3 more differ from" in finding.message


def test_a_new_or_lost_file_makes_another_model() -> None:
    more = {**DEPLOYED, "weights/second.safetensors": pointer("0" * 64)}
    assert spots(findings(CHECK, more)) == [("CPL106", "config.yaml", 2, 10)]
    assert spots(findings(CHECK, DEPLOYED, more)) == [("CPL106", "config.yaml", 2, 10)]


def test_a_file_that_only_moves_needs_no_new_version() -> None:
    moved = {**without(DEPLOYED, "train.py"), "src/train.py": DEPLOYED["train.py"]}
    assert findings(CHECK, moved) == []


def test_two_files_that_change_places_are_another_model() -> None:
    before = {**DEPLOYED, "a.py": "one", "b.py": "two"}
    swapped = {**DEPLOYED, "a.py": "two", "b.py": "one"}
    [finding] = findings(CHECK, swapped, before)
    assert "`a.py` and `b.py` differ" in finding.message


def test_a_second_copy_of_a_moved_file_is_new() -> None:
    one = without(DEPLOYED, "train.py")
    copies = {**one, "x.py": DEPLOYED["train.py"], "y.py": DEPLOYED["train.py"]}
    [finding] = findings(CHECK, copies)
    assert finding.message.startswith("`y.py` differs")


@pytest.mark.parametrize(
    "name", ["README.md", "docs/card.md", "notes.rst", "LICENSE", "LICENSE.txt", ".gitignore"]
)
def test_prose_may_change_under_the_same_version(name: str) -> None:
    assert findings(CHECK, {**DEPLOYED, name: "words"}, {**DEPLOYED, name: "other words"}) == []


def test_weights_are_compared_by_content_checked_out_or_not() -> None:
    deployed = release(DEPLOYED)
    [weights] = deployed.weights
    blobs = {**deployed.digests, "weights/model.safetensors": "0" * 40}
    smudged = replace(deployed, weights=(replace(weights, state="smudged"),), digests=blobs)
    assert versions.changed_files(smudged, deployed) == ()
    other = replace(smudged, weights=(replace(weights, digest="sha256:" + "0" * 64),))
    assert versions.changed_files(other, deployed) == ("weights/model.safetensors",)


def test_metadata_in_markdown_is_no_prose() -> None:
    def card(text: str) -> Release:
        found = release({**DEPLOYED, "README.md": text})
        pieces = {**found.pieces, "config": Piece("present", "models/churn/README.md")}
        return replace(found, pieces=pieces)

    assert versions.changed_files(card("a"), card("b")) == ("README.md",)
    assert versions.changed_files(card("a"), card("a")) == ()


def test_a_changelog_alone_asks_for_no_new_version() -> None:
    longer = edited(DEPLOYED, "CHANGELOG.md", "# Changelog\n", "# The changelog\n")
    assert findings(CHECK, longer) == []
    entry = "version: '1.3.2', date: '2026-07-04', author: ben, ticket: ML-101, summary: July"
    listed = {**without(DEPLOYED, "CHANGELOG.md"), "changelog.yaml": f"- {{{entry}}}\n"}
    longer = {**listed, "changelog.yaml": listed["changelog.yaml"] + "# the end\n"}
    assert findings(CHECK, longer, listed) == []


def test_a_lower_version_is_told_and_the_next_one_named() -> None:
    [finding] = findings(CHECK, released("1.3.1"))
    assert spots([finding]) == [("CPL107", "config.yaml", 2, 10)]
    assert finding.message == "the version is 1.3.1, expected one above the deployed 1.3.2"
    assert "as 1.3.3" in finding.remedy


def test_versions_are_compared_as_numbers() -> None:
    assert findings(CHECK, released("1.10.0")) == []


def test_a_rollback_needs_no_higher_version() -> None:
    assert findings(CHECK, DEPLOYED, GOOD, rollback="abc1234") == []
    [skipped] = skips(CHECK, DEPLOYED, GOOD, rollback="abc1234")
    assert skipped.excused
    assert not skipped.whole
    assert "abc1234" in skipped.reason


def test_without_a_readable_deployed_version_the_order_is_not_judged() -> None:
    opaque = edited(DEPLOYED, "config.yaml", "version: 1.3.2", "version: latest")
    assert findings(CHECK, GOOD, opaque) == []
    [skipped] = skips(CHECK, GOOD, opaque)
    assert "`latest` has no order" in skipped.reason
    assert not skipped.whole
    lost = edited(DEPLOYED, "config.yaml", "version: 1.3.2\n", "")
    [skipped] = skips(CHECK, GOOD, lost)
    assert "no readable version" in skipped.reason
    assert not skipped.whole


@pytest.mark.parametrize(
    ("baseline", "excused", "words"),
    [
        ("first-release", True, "first release"),
        ("none", False, "no production branch"),
        ("unreadable", False, "cannot be read"),
        ("mended", False, "cannot be read"),
    ],
)
def test_what_is_not_compared_without_a_deployed_release_is_said(
    baseline: str,
    excused: bool,  # noqa: FBT001 - an expectation
    words: str,
) -> None:
    assert findings(CHECK, GOOD, FIRST, baseline=baseline) == []
    [skipped] = skips(CHECK, GOOD, FIRST, baseline=baseline)
    assert skipped.excused is excused
    assert not skipped.whole
    assert words in skipped.reason
