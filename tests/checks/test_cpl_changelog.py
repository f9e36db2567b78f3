from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example import CHANGELOG
from example import DEPLOYED
from example import GOOD
from spoken import FIRST
from spoken import edited
from spoken import findings
from spoken import skips
from spoken import spots
from spoken import without

from snitch.checks.completeness import CHECK

if TYPE_CHECKING:
    from snitch.findings import Finding

ENTRY_140 = CHANGELOG[CHANGELOG.index("## [1.4.0]") : CHANGELOG.index("## [1.3.2]")]
ENTRY_132 = CHANGELOG[CHANGELOG.index("## [1.3.2]") :]


def changelog(*entries: str) -> dict[str, str]:
    return {**GOOD, "CHANGELOG.md": "# Changelog\n\n" + "\n".join(entries)}


def amended(old: str, new: str) -> list[Finding]:
    return findings(CHECK, edited(GOOD, "CHANGELOG.md", old, new))


def test_a_version_without_an_entry_is_told_where_the_entry_belongs() -> None:
    [finding] = findings(CHECK, changelog(ENTRY_132))
    assert spots([finding]) == [("CPL104", "CHANGELOG.md", 3, 5)]
    assert finding.message == (
        "models/churn/CHANGELOG.md starts with `1.3.2`; "
        "expected an entry for the config's version 1.4.0"
    )
    assert "`## [1.4.0] - 2026-11-23` above `1.3.2`" in finding.remedy
    older = ENTRY_132.replace("1.3.2", "1.3.1").replace("2026-07-04", "2026-07-03")
    found = findings(CHECK, changelog(ENTRY_132, older))
    assert "starts with `1.3.2`" in found[0].message


def test_an_empty_changelog_has_no_entry_for_the_version() -> None:
    [finding] = findings(CHECK, changelog(), FIRST)
    assert spots([finding]) == [("CPL104", "CHANGELOG.md", None, None)]
    assert "has no entries" in finding.message


def test_an_unreleased_section_is_to_be_given_its_version() -> None:
    unreleased = ENTRY_140.replace("[1.4.0] - 2026-10-04", "[Unreleased]")
    [finding] = findings(CHECK, changelog(unreleased, ENTRY_132))
    assert spots([finding])[0][:3] == ("CPL104", "CHANGELOG.md", 3)
    assert "turn that heading into `## [1.4.0] - 2026-11-23`" in finding.remedy


def test_a_structured_changelog_is_advised_in_its_own_words() -> None:
    files = {**without(GOOD, "CHANGELOG.md"), "changelog.yaml": "- version: '1.3.2'\n"}
    [finding] = [one for one in findings(CHECK, files, FIRST) if one.rule.code == "CPL104"]
    assert "with `version` 1.4.0 and `date` 2026-11-23" in finding.remedy


def test_a_heading_may_spell_the_version_otherwise() -> None:
    assert amended("[1.4.0]", "[v1.4]") == []


def test_a_version_that_is_none_asks_for_no_entry() -> None:
    files = edited(GOOD, "config.yaml", "version: 1.4.0", "version: 1.5.0-rc1")
    assert [one.rule.code for one in findings(CHECK, files)] == ["CPL111"]


@pytest.mark.parametrize(
    ("old", "new", "lacking"),
    [
        ("- **Author:** ana@example.com\n", "", "author"),
        ("ana@example.com", "", "author"),
        ("- **Ticket:** ML-123\n", "", "ticket"),
        ("### Changed\n- Retrained on the October accounts.\n", "", "summary"),
        ("- Retrained on the October accounts.\n", "", "summary"),
        (" - 2026-10-04", "", "date"),
    ],
)
def test_an_entry_that_lacks_a_required_field_is_told_at_its_heading(
    old: str, new: str, lacking: str
) -> None:
    [finding] = amended(old, new)
    assert spots([finding]) == [("CPL105", "CHANGELOG.md", 3, 5)]
    assert finding.message == (
        f"the entry for `1.4.0` has no {lacking}; expected date, author, ticket and summary"
    )
    day = "the day as YYYY-MM-DD in its heading"
    wanted = day if lacking == "date" else f"`{lacking.capitalize()}: …`"
    assert finding.remedy == f"add {wanted} to this entry"


@pytest.mark.parametrize(
    ("name", "entry", "lines"),
    [
        (
            "changelog.yaml",
            "- version: 1.4.0\n  summary: more\n",
            ["date: 2026-10-04", "author: A"],
        ),
        ("changelog.json", '[{"version": "1.4.0",\n  "summary": "x"\n}]\n', []),
    ],
)
def test_what_an_entry_lacks_is_told_in_the_notation_of_its_file(
    name: str, entry: str, lines: list[str]
) -> None:
    files = {**without(GOOD, "CHANGELOG.md"), name: entry}
    [finding] = findings(CHECK, files, FIRST)
    if lines:
        assert finding.remedy == (
            "add `date: YYYY-MM-DD`, `author: …` and `ticket: …` to this entry"
        )
        mended = entry + "".join(f"  {line}\n" for line in (*lines, "ticket: ML-1"))
    else:
        assert finding.remedy == (
            'add `"date": "YYYY-MM-DD"`, `"author": "…"` and `"ticket": "…"` to this entry'
        )
        added = '"x", "date": "2026-10-04", "author": "A", "ticket": "ML-1"'
        mended = entry.replace('"x"', added)
    assert not findings(CHECK, {**files, name: mended}, FIRST)


def test_all_missing_fields_of_an_entry_are_one_finding() -> None:
    [finding] = findings(CHECK, changelog("## [1.4.0]\n", ENTRY_132))
    assert "has no date, author, ticket and summary" in finding.message


def test_a_summary_may_be_a_field_or_the_text_below() -> None:
    field = "- **Ticket:** ML-123\n- **Summary:** October accounts.\n"
    files = edited(GOOD, "CHANGELOG.md", "- **Ticket:** ML-123\n", field)
    files = edited(files, "CHANGELOG.md", "- Retrained on the October accounts.\n", "")
    assert findings(CHECK, files) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "name"),
    [
        ("ana@example.com", "TBD", 4, 15, "author"),
        ("ML-123", "todo", 5, 15, "ticket"),
        ("Retrained on the October accounts.", "TODO", 7, 3, "summary"),
    ],
)
def test_a_placeholder_in_an_entry_is_told_at_its_value(
    old: str, new: str, line: int, column: int, name: str
) -> None:
    [finding] = amended(old, new)
    assert spots([finding]) == [("CPL103", "CHANGELOG.md", line, column)]
    assert finding.message.startswith(f"`{name}` is the placeholder `{new}`")


def test_an_entry_that_production_holds_is_not_judged_again() -> None:
    old = edited(GOOD, "CHANGELOG.md", "- **Ticket:** ML-101\n", "")
    deployed = edited(DEPLOYED, "CHANGELOG.md", "- **Ticket:** ML-101\n", "")
    assert findings(CHECK, old, deployed) == []


def test_every_new_entry_is_judged_and_not_only_the_versions() -> None:
    between = "## [1.3.3] - 2026-08-01\n- **Author:** TODO\n"
    found = findings(CHECK, changelog(ENTRY_140, between, ENTRY_132))
    assert spots(found) == [
        ("CPL103", "CHANGELOG.md", 11, 15),
        ("CPL105", "CHANGELOG.md", 10, 5),
    ]
    assert "no ticket and summary" in found[1].message


@pytest.mark.parametrize("name", ["alpha", "weekly"])
def test_a_new_entry_of_any_name_but_unreleased_is_judged(name: str) -> None:
    new = STRUCTURED.replace('- version: "1.3.2"', f'- version: {name}\n- version: "1.3.2"')
    files = {**without(GOOD, "CHANGELOG.md"), "changelog.yaml": new}
    assert spots(findings(CHECK, files)) == [("CPL105", "changelog.yaml", 6, 12)]


def test_without_a_deployed_changelog_only_the_versions_entry_is_judged() -> None:
    old = "## [1.0.0]\n"
    assert findings(CHECK, changelog(ENTRY_140, old), FIRST) == []
    assert findings(CHECK, changelog(ENTRY_140, old), without(DEPLOYED, "CHANGELOG.md")) == []


def test_two_headings_for_one_version_are_told_once_at_the_lower_one() -> None:
    twice = ENTRY_140.replace("1.4.0", "v1.4.0").replace("Retrained", "Trained")
    [finding] = findings(CHECK, changelog(ENTRY_140, twice, ENTRY_132))
    assert spots([finding]) == [("CPL105", "CHANGELOG.md", 10, 6)]
    assert "two entries for `1.4.0`" in finding.message


def test_a_new_heading_for_a_released_version_is_told_wherever_it_stands() -> None:
    again = ENTRY_132.replace("July", "June").replace("1.3.2] - 2026-07", "1.4.0] - 2026-10")
    held = changelog(ENTRY_140, ENTRY_132)
    [finding] = findings(CHECK, changelog(again, ENTRY_140, ENTRY_132), held)
    assert finding.rule.code == "CPL105"
    assert "two entries" in finding.message


def test_a_second_heading_for_an_older_version_is_told_on_either_side() -> None:
    again = ENTRY_132.replace("July", "June")
    [finding] = findings(CHECK, changelog(ENTRY_140, again, ENTRY_132))
    assert spots([finding]) == [("CPL105", "CHANGELOG.md", 10, 5)]
    [finding] = findings(CHECK, changelog(ENTRY_140, ENTRY_132, again))
    assert spots([finding]) == [("CPL105", "CHANGELOG.md", 16, 5)]


def test_an_entry_copied_from_an_older_one_is_told() -> None:
    copy = ENTRY_132.replace("1.3.2] - 2026-07-04", "1.4.0] - 2026-10-04")
    [finding] = findings(CHECK, changelog(copy, ENTRY_132))
    assert spots([finding]) == [("CPL105", "CHANGELOG.md", 3, 5)]
    assert "repeats the one for `1.3.2` word for word" in finding.message


def test_two_entries_that_say_nothing_are_not_copies_of_each_other() -> None:
    found = findings(
        CHECK, changelog("## [1.4.0] - 2026-10-04\n", "## [1.3.2] - 2026-07-04\n"), FIRST
    )
    assert [one.rule.code for one in found] == ["CPL105"]
    assert "has no author" in found[0].message


@pytest.mark.parametrize(
    "day",
    ["04/10/2026", "2026-10-4", "20261004", "2026-02-30", "1999-12-31", "2101-01-01", "yesterday"],
)
def test_a_date_that_is_no_day_is_told_at_the_date(day: str) -> None:
    [finding] = amended("2026-10-04", day)
    assert spots([finding]) == [("CPL108", "CHANGELOG.md", 3, 14)]
    assert f"the date is `{day}`; expected a calendar day as YYYY-MM-DD" in finding.message


@pytest.mark.parametrize("day", ["2000-01-01", "2100-12-31"])
def test_the_first_and_last_day_that_count_are_days(day: str) -> None:
    files = changelog(ENTRY_140.replace("2026-10-04", day))
    assert findings(CHECK, files, FIRST, as_of="2100-12-31") == []


def test_a_date_tomorrow_is_forgiven_and_one_later_is_not() -> None:
    assert findings(CHECK, GOOD, as_of="2026-10-03") == []
    [finding] = findings(CHECK, GOOD, as_of="2026-10-02")
    assert spots([finding]) == [("CPL108", "CHANGELOG.md", 3, 14)]
    assert "2026-10-04 lies in the future; expected 2026-10-02 or earlier" in finding.message


def test_a_date_before_the_entry_below_is_told_and_an_equal_one_is_not() -> None:
    assert amended("2026-10-04", "2026-07-04") == []
    [finding] = amended("2026-10-04", "2026-07-03")
    assert spots([finding]) == [("CPL108", "CHANGELOG.md", 3, 14)]
    assert "2026-07-03 is before 2026-07-04, that of `1.3.2` below" in finding.message


OLDEST = ENTRY_132.replace("1.3.2", "1.3.1").replace("2026-07-04", "2026-06-04")


def test_a_new_entry_below_an_older_one_is_told_where_the_newest_is_on_top() -> None:
    held = {**DEPLOYED, **changelog(ENTRY_132, OLDEST)}
    last = changelog(ENTRY_132, OLDEST, ENTRY_140)
    [finding] = findings(CHECK, last, held)
    assert spots([finding]) == [("CPL108", "CHANGELOG.md", 15, 14)]
    assert "2026-10-04 is after 2026-06-04, that of `1.3.1` above" in finding.message
    assert findings(CHECK, last, held, rollback="abc1234") == []
    [finding] = findings(CHECK, changelog(ENTRY_132, ENTRY_140, OLDEST), held)
    assert "2026-10-04 is after 2026-07-04, that of `1.3.2` above" in finding.message


@pytest.mark.parametrize("older", [(), (OLDEST,)])
def test_a_file_that_may_be_kept_oldest_first_is_in_order(older: tuple[str, ...]) -> None:
    held = {**DEPLOYED, **changelog(*older, ENTRY_132)}
    assert findings(CHECK, changelog(*older, ENTRY_132, ENTRY_140), held) == []


def test_an_entry_without_a_readable_date_is_passed_over_in_the_order() -> None:
    broken = "## [1.3.9] - unknown\n- **Author:** ana\n"
    held = {**DEPLOYED, "CHANGELOG.md": "# Changelog\n\n" + broken + "\n" + ENTRY_132}
    files = changelog(ENTRY_140.replace("2026-10-04", "2026-07-03"), broken, ENTRY_132)
    assert [one.rule.code for one in findings(CHECK, files, held)] == ["CPL108"]


def test_a_rollback_is_not_asked_for_the_order_of_dates() -> None:
    files = edited(GOOD, "CHANGELOG.md", "2026-10-04", "2026-07-03")
    assert findings(CHECK, files, rollback="abc1234") == []


def test_a_missing_date_that_nobody_requires_is_no_invalid_one() -> None:
    files = changelog("## [1.4.0]\n\nRetrained.\n")
    policy = "version: 1\ncompleteness: {changelog: {required: [summary]}}\n"
    assert findings(CHECK, files, FIRST, policy=policy) == []


def test_a_changed_entry_of_production_names_the_line() -> None:
    [finding] = amended("ML-101", "ML-102")
    assert spots([finding]) == [("CPL109", "CHANGELOG.md", 11, 1)]
    assert finding.message == (
        "the entry for `1.3.2` differs from the one that production holds: "
        "its line 3 is `- **Ticket:** ML-102`, expected `- **Ticket:** ML-101`"
    )


def test_a_changed_entry_that_is_data_is_told_where_it_begins() -> None:
    text = "- {version: 1.3.2, date: 2026-07-04, author: ana, ticket: %s, summary: July.}\n"
    old, new = ({**GOOD, "changelog.yaml": text % ticket} for ticket in ("ML-101", "ML-102"))
    found = findings(CHECK, without(new, "CHANGELOG.md"), without(old, "CHANGELOG.md"))
    assert ("CPL109", "changelog.yaml", 1, 13) in spots(found)


def test_the_first_of_two_entries_of_a_version_is_held_against_production() -> None:
    twice = changelog(ENTRY_140, ENTRY_132.replace("ML-101", "ML-102"), ENTRY_132 + "- More.\n")
    found = [one for one in findings(CHECK, twice) if one.rule.code == "CPL109"]
    assert ["its line 3 is `- **Ticket:** ML-102`" in one.message for one in found] == [True]


def test_lines_added_to_or_cut_from_an_entry_of_production_are_told() -> None:
    [finding] = findings(CHECK, edited(GOOD, "CHANGELOG.md", ENTRY_132, ENTRY_132 + "- More.\n"))
    assert finding.message.endswith("its line 6 is `- More.`, expected nothing")
    assert spots([finding]) == [("CPL109", "CHANGELOG.md", 14, 1)]
    [finding] = amended("- Retrained on the July accounts.\n", "")
    assert spots([finding]) == [("CPL109", "CHANGELOG.md", 9, 5)]
    assert "its line 5 is nothing, expected `- Retrained on the July accounts.`" in finding.message


def test_a_removed_entry_of_production_is_told() -> None:
    [finding] = findings(CHECK, changelog(ENTRY_140))
    assert spots([finding]) == [("CPL109", "CHANGELOG.md", 3, 5)]
    assert "the entry for `1.3.2`, which production holds, is gone" in finding.message


def test_a_removed_entry_is_told_at_the_older_one_that_it_stood_above() -> None:
    older = ENTRY_132.replace("1.3.2", "1.3.1").replace("07-04", "07-01")
    deployed = {**DEPLOYED, "CHANGELOG.md": f"# Changelog\n\n{ENTRY_132}\n{older}"}
    [finding] = findings(CHECK, changelog(ENTRY_140, older), deployed)
    assert spots([finding]) == [("CPL109", "CHANGELOG.md", 10, 5)]


def test_blanks_at_line_ends_rewrite_nothing() -> None:
    assert amended("- **Ticket:** ML-101\n", "- **Ticket:** ML-101  \n") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("### Changed\n- Retrained on the J", "### Changed\n\n- Retrained on the J"),
        ("ML-101\n### ", "ML-101\n\n### "),
        ("- **Ticket:** ML-101", "\n- **Ticket:** ML-101"),
    ],
)
def test_blank_lines_that_a_formatter_puts_in_or_takes_out_rewrite_nothing(
    old: str, new: str
) -> None:
    assert old in ENTRY_132
    assert amended(old, new) == []
    held = {**DEPLOYED, "CHANGELOG.md": DEPLOYED["CHANGELOG.md"].replace(old, new)}
    assert findings(CHECK, GOOD, held) == []


def test_the_line_that_differs_is_counted_with_the_blank_ones() -> None:
    [finding] = amended("### Changed\n- Retrained", "\n### Changed\n\n- Trained")
    assert "its line 7 is `- Trained on the July accounts.`" in finding.message


def test_an_unreleased_section_may_come_and_go() -> None:
    unreleased = "## [Unreleased]\n- **Author:** TODO\n"
    held = {**DEPLOYED, "CHANGELOG.md": "# Changelog\n\n" + unreleased + "\n" + ENTRY_132}
    assert findings(CHECK, GOOD, held) == []
    assert findings(CHECK, changelog(unreleased, ENTRY_140, ENTRY_132)) == []


def test_a_rollback_takes_later_entries_away_and_may_not_change_others() -> None:
    assert findings(CHECK, DEPLOYED, GOOD, rollback="abc1234") == []
    forged = edited(DEPLOYED, "CHANGELOG.md", "ML-101", "ML-102")
    codes = [one.rule.code for one in findings(CHECK, forged, GOOD, rollback="abc1234")]
    assert codes == ["CPL109"]


STRUCTURED = """\
- version: "1.4.0"
  date: "2026-10-04"
  author: ana@example.com
  ticket: ML-123
  summary: Retrained on the October accounts.
- version: "1.3.2"
  date: "2026-07-04"
  author: ben@example.com
  ticket: ML-101
  summary: Retrained on the July accounts.
"""


def test_a_changelog_may_change_its_format_but_not_its_versions_and_dates() -> None:
    files = {**without(GOOD, "CHANGELOG.md"), "changelog.yaml": STRUCTURED}
    assert findings(CHECK, files) == []
    held = edited(files, "changelog.yaml", STRUCTURED[: STRUCTURED.index('- version: "1.3.2"')], "")
    assert (
        findings(CHECK, GOOD, {**without(DEPLOYED, "CHANGELOG.md"), **without(held, *GOOD)}) == []
    )
    moved = edited(files, "changelog.yaml", "2026-07-04", "2026-07-05")
    assert [one.rule.code for one in findings(CHECK, moved)] == ["CPL109"]
    cut = edited(files, "changelog.yaml", STRUCTURED[STRUCTURED.index('- version: "1.3.2"') :], "")
    assert [one.rule.code for one in findings(CHECK, cut)] == ["CPL109"]


def test_an_entry_cannot_be_buried_under_new_ones() -> None:
    many = [f"## [1.3.{number}] - 2026-07-04\n" for number in range(400, 2, -1)]
    found = findings(CHECK, changelog(ENTRY_140, *many))
    assert [one.rule.code for one in found if one.rule.code == "CPL109"] == ["CPL109"]


def test_a_broken_changelog_is_left_to_its_own_finding() -> None:
    files = {**without(GOOD, "CHANGELOG.md"), "changelog.yaml": "- {"}
    assert findings(CHECK, files) == []
    assert [one.reason for one in skips(CHECK, files)] == ["the changelog cannot be read"]
    held = {**without(DEPLOYED, "CHANGELOG.md"), "changelog.yaml": "- {"}
    assert findings(CHECK, GOOD, held) == []


def test_of_two_new_entries_out_of_order_one_is_told() -> None:
    early = ENTRY_140.replace("1.4.0", "1.5.0").replace("2026-10-04", "2026-10-03")
    early = early.replace("October accounts", "same accounts again")
    older = ENTRY_132.replace("1.3.2", "1.3.1").replace("2026-07-04", "2026-07-03")
    files = changelog(early, ENTRY_140, ENTRY_132, older.replace("July", "June"))
    deployed = {
        **DEPLOYED,
        "CHANGELOG.md": changelog(ENTRY_132, older.replace("July", "June"))["CHANGELOG.md"],
    }
    files["config.yaml"] = files["config.yaml"].replace("version: 1.4.0", "version: 1.5.0")
    [finding] = findings(CHECK, files, deployed)
    assert finding.rule.code == "CPL108"
    assert "2026-10-03 is before 2026-10-04, that of `1.4.0` below" in finding.message
