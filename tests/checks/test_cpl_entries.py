"""Which fields an entry must have where a layout keeps only some, and what copies an older one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from typing import Any

import pytest
from example import CHANGELOG
from example import DEPLOYED
from example import GOOD
from measured import findings
from spoken import spots

from snitch.checks.check import Subject
from snitch.checks.entries import judge
from snitch.policy.model import Policy
from snitch.testing import release

if TYPE_CHECKING:
    from snitch.findings import Finding

OLDER = CHANGELOG[CHANGELOG.index("## [1.3.2]") :]


def judged(entry: str, required: list[str] | None = None, **changes: Any) -> list[Finding]:
    """Of an entry on top of production's, under a default or an author's word."""
    files = {**GOOD, "CHANGELOG.md": f"# Changelog\n\n{entry}\n{OLDER}"}
    candidate = replace(release(files), **changes)
    asked = {} if required is None else {"changelog": {"required": required}}
    policy = Policy.model_validate({"completeness": asked})
    return findings(judge(Subject(candidate, release(DEPLOYED), policy, date(2026, 11, 23))))


@pytest.mark.parametrize(
    ("required", "lacking"),
    [
        (None, "summary; expected date and summary"),
        (["date", "author"], "author; expected date and author"),
        (["date", "author", "summary"], "author and summary; expected date, author and summary"),
        (["date"], None),
    ],
)
def test_a_default_asks_for_no_field_that_the_layout_lacks_and_an_author_does(
    required: list[str] | None, lacking: str | None
) -> None:
    found = judged(
        "## [1.4.0] - 2026-10-04\n", required, not_applicable=frozenset({"changelog.author"})
    )
    messages = [f"the entry for `1.4.0` has no {lacking}"] if lacking else []
    assert [one.message for one in found] == messages


def test_a_default_asks_for_what_the_layout_holds() -> None:
    [found] = judged("## [1.4.0] - 2026-10-04\n")
    assert found.message == (
        "the entry for `1.4.0` has no author and summary; expected date, author and summary"
    )
    assert found.remedy == "add `Author: …` and `Summary: …` to this entry"


BODY = "### Changed\n- Retrained on the July accounts.\n"
FIELDS = "- **Author:** ben@example.com\n- **Ticket:** ML-101\n"


@pytest.mark.parametrize(
    ("entry", "copies"),
    [
        (FIELDS + BODY, True),
        (f"{FIELDS}{BODY}\n\n", True),
        (BODY, False),
        (FIELDS, False),
        (FIELDS.replace("101", "102") + BODY, False),
        (FIELDS + BODY.replace("July", "June"), False),
    ],
)
def test_an_entry_is_a_copy_where_fields_and_text_are_the_same(entry: str, *, copies: bool) -> None:
    found = judged(f"## [1.4.0] - 2026-10-04\n{entry}", ["date"])
    assert [one.message.partition(";")[0] for one in found] == (
        ["the entry for `1.4.0` repeats the one for `1.3.2` word for word"] if copies else []
    )


@pytest.mark.parametrize("words", [BODY, FIELDS])
def test_words_alone_or_fields_alone_are_enough_to_be_a_copy(words: str) -> None:
    older = f"## [1.3.3] - 2026-08-01\n{words}\n"
    found = judged(f"## [1.4.0] - 2026-10-04\n{words}\n{older}", ["date"])
    assert spots(found) == [("CPL105", "CHANGELOG.md", 3, 5)]
    assert "repeats the one for `1.3.3` word for word" in found[0].message
    assert found[0].remedy == "describe this release in the entry's fields and text"
