"""What a file says: requirements, dates, entries, emptiness."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from attacks.shapes import Attack
from attacks.shapes import a_config
from attacks.shapes import a_metric
from attacks.shapes import an_entry
from attacks.shapes import assert_found
from attacks.shapes import errors
from attacks.shapes import judged
from attacks.shapes import more_requirements
from example import CHANGELOG
from example import POLICY
from example import REQUIREMENTS
from example import metrics
from judging import changed
from judging import deployed
from judging import judge

from snitch.findings import CannotJudgeError
from snitch.reports import RenderOptions
from snitch.reports import render

if TYPE_CHECKING:
    from pathlib import Path

LOCK = """\
lock-version = "1.0"
created-by = "x"
[[packages]]
name = "numpy"
version = "1.0.0"
[[packages]]
name = "scikit-learn"
version = "1.5.2"
"""
MEASURED = metrics()[metrics().index('"metrics"') : metrics().index(',\n  "slices"')]

ATTACKS = [
    Attack("D23", "parentheses", more_requirements("a; " + "(" * 1_000 + "\n"), {"DEP505"}),
    Attack(
        "D24",
        "a version of 5,000 digits",
        {**a_config("1.4.0", '"' + "9" * 5_000 + '"')},
        set(),
        {"CPL111", "SNT001", "CPL104"},
    ),
    Attack(
        "D25",
        "include outside",
        more_requirements("-r ../../../x.txt\n"),
        set(),
        {"DEP505", "DEP507"},
    ),
    Attack(
        "D25",
        "another index",
        more_requirements("--index-url https://evil.example/simple\n"),
        {"DEP507"},
    ),
    Attack("D25", "a variable", more_requirements("${EVIL}\n"), {"DEP505"}),
    Attack("D25", "a file", more_requirements("evil @ file:///tmp/evil\n"), {"DEP507"}),
    Attack("D26", "a range that nothing satisfies", more_requirements("torch>=1,<1\n"), {"DEP505"}),
    Attack(
        "D27",
        "requirements and lock disagree",
        {
            "requirements.txt": REQUIREMENTS,
            "pylock.toml": LOCK,
        },
        {"DEP503"},
    ),
    Attack("D28", "a date far off", an_entry("2026-10-04", "9999-12-31"), {"CPL108"}),
    Attack("D28", "a week date", an_entry("2026-10-04", "2026-W40-7"), {"CPL108"}),
    Attack(
        "D29",
        "a time without zone",
        {"metrics.json": metrics().replace("14:00:00Z", "14:00:00")},
        {"SNT004"},
    ),
    Attack(
        "D31",
        "a placeholder in disguise",
        an_entry("ML-123", "TO\u200bDO"),
        {"CPL103"},
    ),
    Attack(
        "D32",
        "two headings for one version",
        an_entry("## [1.3.2]", "## [1.4.0] - 2026-10-03\n- Author: x\n\n## [1.3.2]"),
        {"CPL105"},
    ),
    Attack(
        "D32",
        "an entry in a comment",
        {
            "CHANGELOG.md": CHANGELOG.replace("## [1.4.0]", "<!--\n## [1.4.0]", 1).replace(
                "## [1.3.2]", "-->\n\n## [1.3.2]", 1
            )
        },
        {"CPL104"},
    ),
    Attack(
        "D33", "quotes in quotes", {"CHANGELOG.md": CHANGELOG + ">" * 200_000 + "\n"}, {"SNT001"}
    ),
    Attack("D36", "an empty file", {"config.yaml": ""}, {"SNT004"}),
    Attack("D36", "only a comment", {"config.yaml": "# nothing\n"}, {"SNT004"}),
    Attack("D36", "null", {"metrics.json": "null"}, {"SNT004"}),
    Attack("D36", "a list", {"metrics.json": "[]"}, {"SNT004"}),
    Attack(
        "D36",
        "no metrics",
        {
            "metrics.json": metrics().replace(MEASURED, '"metrics": {}'),
        },
        {"BEN204"},
    ),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.id} {attack.what}")
def test_the_attack_is_found(tmp_path: Path, attack: Attack) -> None:
    assert_found(tmp_path, attack)


def test_d31_an_entry_copied_from_an_older_one_is_told(tmp_path: Path) -> None:
    older = CHANGELOG[CHANGELOG.index("- **Author:** ben") :]
    start, end = CHANGELOG.index("- **Author:** ana"), CHANGELOG.index("## [1.3.2]")
    copied = CHANGELOG[:start] + older + "\n" + CHANGELOG[end:]
    assert "CPL105" in errors(judged(tmp_path, {"CHANGELOG.md": copied}))


def test_d30_a_clock_behind_the_repositorys_dates_is_told(tmp_path: Path) -> None:
    repo = changed(tmp_path)
    report = judge(repo, as_of=date(2020, 1, 1))
    assert report.as_of == date(2020, 1, 1)
    assert {"CPL108", "FRS404"} & errors(report)
    assert report.verdict == "fail"


def test_d34_messages_quote_little_and_nothing_alive(tmp_path: Path) -> None:
    text = "\\u001b[2J\\n::error::" + "x" * 100_000
    report = judged(tmp_path, a_metric('"n": 50000', f'"n": "{text}"'))
    assert report.verdict == "fail"
    for one in report.findings:
        assert len(one.message) < 1_000
    for line in render(report, "github", RenderOptions()).splitlines():
        assert not line.lstrip().startswith("::error::")


def test_d35_a_key_that_nobody_knows_is_no_policy(tmp_path: Path) -> None:
    repo = deployed(tmp_path, policy=POLICY.replace("tolerance: 0.002", "tolerence: 0.002"))
    with pytest.raises(CannotJudgeError, match="tolerance"):
        judge(repo)
