from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from policies import loaded

from snitch.policy.problem import PolicyError

if TYPE_CHECKING:
    from pathlib import Path

    from snitch.policy.load import LoadedPolicy

WAIVER = "{{rule: {rule}, model: a, reason: b, approved_by: c, expires: 2026-12-31}}"


def refused(text: str, root: Path | None = None, /, **others: str | None) -> str:
    with pytest.raises(PolicyError) as caught:
        loaded(text, root, **others)
    return caught.value.message


def test_files_merge_left_to_right_and_this_one_last() -> None:
    found = loaded(
        "extends: [a.yaml, b.yaml]\nmetrics: {auc: {min: 3}}\n",
        a__yaml="metrics: {auc: {min: 1, max: 9}, f1: {min: 1}}\nplugins: [p]\n",
        b__yaml="metrics: {auc: {min: 2}}\nplugins: [q]\nfreshness: {max_age_days: 7}\n",
    ).policy
    assert str(found.metrics["auc"].min) == "3"
    assert str(found.metrics["auc"].max) == "9"
    assert found.metrics["f1"].min == 1
    assert found.plugins == ("q",)
    assert found.freshness.max_age_days == 7


def test_overrides_and_waivers_of_all_files_are_joined_and_keep_their_places() -> None:
    found = loaded(
        f"extends: [a.yaml]\n\nwaivers:\n  - {WAIVER.format(rule='REG302')}\n",
        a__yaml=f"waivers:\n  - {WAIVER.format(rule='REG301')}\n",
    )
    assert [waiver.rule for waiver in found.policy.waivers] == ["REG301", "REG302"]
    first, second = (found.place(("waivers", index, "rule")) for index in (0, 1))
    assert (first.path, first.line) == ("a.yaml", 2)
    assert (second.path, second.line) == ("snitch.yaml", 4)


def test_a_value_is_placed_in_the_file_that_writes_it_last() -> None:
    found = loaded(
        "extends: [a.yaml]\nmetrics: {auc: {min: 3}}\n",
        a__yaml="metrics: {auc: {min: 1, max: 9}}\nplugins: [p, q]\n",
    )
    assert found.place(("metrics", "auc", "min")).path == "snitch.yaml"
    assert found.place(("metrics", "auc", "max")).path == "a.yaml"
    assert found.place(("plugins", 1)).path == "a.yaml"
    assert found.place(("metrics", "auc", "warn")).path == "snitch.yaml"


def test_a_path_is_relative_to_the_file_that_extends(tmp_path: Path) -> None:
    found = loaded(
        "extends: [p/one.yaml]\n",
        tmp_path,
        **{"p/one__yaml": "extends: [../two.yaml]\n", "two__yaml": "plugins: [x]\n"},
    )
    assert found.policy.plugins == ("x",)


def test_a_file_that_two_extend_counts_once_where_it_comes_first() -> None:
    found = loaded(
        "extends: [a.yaml, b.yaml]\n",
        a__yaml="extends: [c.yaml]\nplugins: [a]\n",
        b__yaml="extends: [c.yaml]\n",
        c__yaml=f"plugins: [c]\nwaivers:\n  - {WAIVER.format(rule='REG301')}\n",
    ).policy
    assert found.plugins == ("a",)
    assert len(found.waivers) == 1


def test_the_digest_covers_everything_extended() -> None:
    text = "extends: [a.yaml]\n"
    one = loaded(text, a__yaml="version: 1\n").source.sha256
    other = loaded(text, a__yaml="version: 1 \n").source.sha256
    assert one != other


@pytest.mark.parametrize(
    "target", ["../a.yaml", "/etc/passwd", "p/../../a.yaml", "..", "a\\\\b.yaml", "https://x/y"]
)
def test_a_path_outside_the_tree_is_refused(target: str) -> None:
    message = refused(f'extends: ["{target}"]\n')
    assert "outside the tree" in message or "no relative path" in message
    assert message.startswith("snitch.yaml:1:11: ")


def test_a_link_a_missing_file_and_a_wrong_list_are_refused() -> None:
    assert "symbolic link" in refused("extends: [a.yaml]\n", a__yaml=None)
    assert "no file `a.yaml` (snitch.yaml → a.yaml)" in refused("extends: [a.yaml]\n")
    assert "expected a list" in refused("extends: a.yaml\n", a__yaml="version: 1\n")
    assert "expected a list" in refused("extends: [3]\n")


def test_a_cycle_is_an_error_with_its_chain() -> None:
    message = refused(
        "extends: [a.yaml]\n", a__yaml="extends: [b.yaml]\n", b__yaml="extends: [a.yaml]\n"
    )
    assert message == "b.yaml:1:11: extends itself (snitch.yaml → a.yaml → b.yaml → a.yaml)"
    assert "extends itself" in refused("extends: [snitch.yaml]\n")


def chain(levels: int) -> LoadedPolicy:
    files = {f"l{level}__yaml": f"extends: [l{level + 1}.yaml]\n" for level in range(1, levels)}
    return loaded("extends: [l1.yaml]\n", **files, **{f"l{levels}__yaml": "plugins: [x]\n"})


def test_eight_levels_are_allowed_and_nine_are_not() -> None:
    assert chain(8).policy.plugins == ("x",)
    with pytest.raises(PolicyError, match="more than 8 levels"):
        chain(9)


def test_a_mistake_in_an_extended_file_is_told_there() -> None:
    message = refused("extends: [a.yaml]\n", a__yaml="version: 1\npluginz: []\n")
    assert message.startswith("a.yaml:2:1: unknown key `pluginz`")


@pytest.fixture
def standard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A distribution `acme-ml-standard`, installed, whose code must not be imported."""
    site = tmp_path / "site"
    package, info = site / "acme_rules", site / "acme_ml_standard-1.0.dist-info"
    package.mkdir(parents=True)
    info.mkdir()
    (package / "__init__.py").write_text("raise RuntimeError('imported')\n")
    (package / "policy.yaml").write_text("extends: [more.yaml]\nplugins: [acme]\n")
    (package / "more.yaml").write_text("freshness: {max_age_days: 3}\n")
    (site / "stray.yaml").write_text("plugins: [stray]\n")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-ml-standard\nVersion: 1.0\n")
    (info / "RECORD").write_text(
        "acme_rules/__init__.py,,\nacme_rules/policy.yaml,,\nacme_rules/more.yaml,,\n"
    )
    monkeypatch.syspath_prepend(str(site))
    return site


@pytest.mark.parametrize(
    "name",
    ["acme_rules/policy.yaml", "acme-ml-standard/acme_rules/policy.yaml"],
)
def test_a_file_of_an_installed_distribution_is_found_without_importing(
    standard: Path, name: str
) -> None:
    found = loaded(f"extends: ['package:{name}']\n", standard / "elsewhere")
    assert found.policy.plugins == ("acme",)
    assert found.policy.freshness.max_age_days == 3
    assert "acme_rules" not in sys.modules
    assert found.place(("plugins", 0)).path == "package:acme_rules/policy.yaml"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere/policy.yaml", "is in no installed distribution"),
        ("acme_rules/none.yaml", "is in no installed distribution"),
        ("acme-ml-standard/stray.yaml", "is in no installed distribution"),
        ("acme_rules/../stray.yaml", "`extends` names"),
        ("acme_rules", "`extends` names"),
    ],
)
def test_what_no_distribution_records_is_refused(standard: Path, name: str, message: str) -> None:
    assert message in refused(f"extends: ['package:{name}']\n", standard / "elsewhere")


def test_a_distribution_inside_the_repository_is_refused(standard: Path) -> None:
    message = refused("extends: ['package:acme_rules/policy.yaml']\n", standard.parent)
    assert "lies inside the repository" in message


def test_a_packages_file_reaches_only_what_the_distribution_records(standard: Path) -> None:
    (standard / "acme_rules" / "policy.yaml").write_text("extends: [../stray.yaml]\n")
    message = refused("extends: ['package:acme_rules/policy.yaml']\n", standard / "x")
    assert "no file `stray.yaml`" in message
