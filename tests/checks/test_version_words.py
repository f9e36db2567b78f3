"""What is said of a version in full, and where nothing is said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from typing import Any

import pytest
from example import DEPLOYED
from measured import findings
from measured import skips
from spoken import edited
from spoken import spots

from snitch.checks.check import Subject
from snitch.checks.versions import changed_files
from snitch.checks.versions import following
from snitch.checks.versions import judge
from snitch.checks.versions import normal
from snitch.policy.model import Policy
from snitch.registry.layout import load_built_in
from snitch.testing import release

if TYPE_CHECKING:
    from snitch.findings import Outcome


def judged(new: dict[str, str], old: dict[str, str] | None, **changes: Any) -> list[Outcome]:
    before = None if old is None else release(old)
    candidate = replace(release(new), **changes)
    return list(judge(Subject(candidate, before, Policy(), date(2026, 11, 23))))


def versioned(version: str, files: dict[str, str] = DEPLOYED) -> dict[str, str]:
    return edited(files, "config.yaml", "version: 1.3.2", f"version: {version}")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"train.py": "x"}, "`train.py` differs"),
        ({"train.py": "x", "more.py": "y"}, "`more.py` and `train.py` differ"),
    ],
)
def test_a_change_under_the_same_version_is_told_in_full(
    changed: dict[str, str], said: str
) -> None:
    found = findings(judged({**DEPLOYED, **changed}, DEPLOYED))
    assert spots(found) == [("CPL106", "config.yaml", 2, 10)]
    assert found[0].message == (
        f"{said} from the deployed release under the same version `1.3.2`; expected a higher one"
    )
    assert found[0].remedy == "raise `version` above `1.3.2`, as 1.3.3, and add its changelog entry"


def test_a_version_without_an_order_has_no_next_one() -> None:
    old = versioned("latest")
    [found] = findings(judged({**old, "train.py": "x"}, old, version_scheme="opaque"))
    assert found.rule.code == "CPL106"
    assert found.remedy == "raise `version` above `latest` and add its changelog entry"


def test_a_family_without_changelogs_is_asked_for_no_entry() -> None:
    layout = load_built_in("app")
    old = release({"models/metadata.json": '{"version": "v0005"}', "a.py": "x"}, layout=layout)
    new = release({"models/metadata.json": '{"version": "v0005"}', "a.py": "y"}, layout=layout)
    [found] = findings(list(judge(Subject(new, old, Policy(), date(2026, 11, 23)))))
    assert found.remedy == "raise `version` above `v0005`"


def test_a_lower_version_is_told_in_full() -> None:
    [found] = findings(judged(versioned("1.3.1"), DEPLOYED))
    assert found.message == "the version is 1.3.1, expected one above the deployed 1.3.2"
    assert found.remedy == (
        "raise `version` above 1.3.2, as 1.3.3, and name it in the changelog; to roll back, "
        "revert the merge of the release instead"
    )
    calendar = {"version_scheme": "calendar"}
    [found] = findings(judged(versioned("'2026-09'"), versioned("'2026-10'"), **calendar))
    assert found.remedy.startswith("raise `version` above 2026-10")


@pytest.mark.parametrize("version", ["latest", "1.4.0-RC.1", "01.4", "1!2", "1.4.0+gpu"])
@pytest.mark.parametrize("scheme", ["pep440", "opaque", "none"])
def test_a_form_is_asked_for_only_by_pep_440(version: str, scheme: str) -> None:
    found = findings(judged(versioned(f"'{version}'"), None, version_scheme=scheme))
    assert [one.rule.code for one in found] == (["CPL111"] if scheme == "pep440" else [])


@pytest.mark.parametrize("version", ["'  '", "''"])
def test_a_blank_version_is_anothers_finding(version: str) -> None:
    assert judged(versioned(version), None) == []
    assert judged(versioned(version), DEPLOYED) == []


def test_a_layout_without_versions_is_asked_for_no_order() -> None:
    assert judged({**DEPLOYED, "train.py": "x"}, DEPLOYED, version_scheme="none") == []
    assert judged(versioned("1.0.0"), DEPLOYED, version_scheme="none") == []


def test_the_normal_form_is_proposed_for_config_and_changelog() -> None:
    [found] = findings(judged(versioned("1.4.0-RC.1"), None))
    assert found.message == "the version is `1.4.0-RC.1`, expected the normal form 1.4.0rc1"
    assert found.remedy == "write `1.4.0rc1` as `version`, and in the changelog's heading too"
    [found] = findings(judged(versioned("newest"), None))
    assert found.message == (
        "the version is `newest`, which has no order; expected numbers separated by dots, as 1.4.0"
    )
    assert found.remedy == "write `version` as numbers separated by dots, as 1.4.0"


@pytest.mark.parametrize(
    ("version", "above"),
    [
        ("1.4.0", "1.4.1"),
        ("1.4.9", "1.4.10"),
        ("2026.10", "2026.11"),
        ("7", "8"),
        ("1.4.0rc1", "1.4.0"),
        ("1.4.0.dev3", "1.4.0"),
        ("1.4.0.post1", "1.4.1"),
        ("v1.4.0", "1.4.1"),
        ("latest", None),
    ],
)
def test_the_next_version_is_the_smallest_release_above(version: str, above: str | None) -> None:
    assert following(version) == above


@pytest.mark.parametrize(
    ("text", "form"),
    [("1!2.0", "2.0"), ("1.4+cu121", "1.4"), ("v1.04", "1.4"), ("1.0-1", "1.0.post1"), ("x", None)],
)
def test_the_normal_form_leaves_epoch_and_local_part_out(text: str, form: str | None) -> None:
    assert normal(text) == form


@pytest.mark.parametrize(
    ("before", "now", "changed"),
    [
        (("a.bin", "b.bin"), ("c.bin", "d.bin"), ()),
        (("a.bin",), ("c.bin", "d.bin"), ("d.bin",)),
        (("a.bin", "b.bin"), ("c.bin",), ("b.bin",)),
        (("a.bin", "b.bin", "c.bin"), ("b.bin", "c.bin", "d.bin"), ()),
        (("a.bin", "b.bin"), ("c.bin", "d.bin", "e.bin", "f.bin"), ("e.bin", "f.bin")),
    ],
)
def test_of_files_of_one_content_as_many_may_move_as_there_were(
    before: tuple[str, ...], now: tuple[str, ...], changed: tuple[str, ...]
) -> None:
    old, new = (release({**DEPLOYED, **dict.fromkeys(paths, "x")}) for paths in (before, now))
    assert changed_files(new, old) == changed


def test_an_older_scheme_of_production_is_compared_as_pep_440() -> None:
    mixed = judged(versioned("1.4.0"), versioned("1.3.2.1"), version_scheme="semver")
    assert findings(mixed) == []
    assert skips(mixed) == []
    lower = judged(versioned("1.3.2"), versioned("1.3.2.1"), version_scheme="semver")
    assert [one.rule.code for one in findings(lower)] == ["CPL107"]
