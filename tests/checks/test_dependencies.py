"""What the audit says of forbidden and deprecated libraries, and of files that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest
from audited import MODEL
from audited import TENSORFLOW
from audited import UV
from audited import codes
from audited import judged
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from spoken import FIRST
from spoken import findings
from spoken import skips
from spoken import spots

from snitch.checks.dependencies import CHECK
from snitch.findings import Severity

if TYPE_CHECKING:
    from snitch.findings import Finding


def test_a_good_release_is_silent() -> None:
    assert findings(CHECK) == []
    assert skips(CHECK) == []


# DEP501


def forbidden(requirements: str, entries: str = TENSORFLOW, **facts: Any) -> list[Finding]:
    found = judged(f"require_pins: false, disallowed: [{entries}]", requirements, **facts)
    assert set(codes(found)) <= {"DEP501"}
    return found


def test_a_pin_of_a_forbidden_version() -> None:
    found = forbidden("numpy==2.1.0\ntensorflow==2.11.1\n")
    assert spots(found) == [("DEP501", "requirements.txt", 2, 1)]
    assert found[0].message == (
        "`tensorflow==2.11.1` installs what the standard forbids: `TensorFlow<2.12` (CVE exposure)"
    )
    assert found[0].remedy == "use `tensorflow>=2.16` instead"


@pytest.mark.parametrize(
    "line",
    ["tensorflow>=2.10", "tensorflow", "TensorFlow[and-cuda]~=2.11", "tensorflow!=2.11.0",
     "tensorflow>=2.10; sys_platform == 'win32'"],
)  # fmt: skip
def test_a_range_with_a_forbidden_version_in_it(line: str) -> None:
    (found,) = forbidden(line)
    assert found.message.startswith(f"`{line}` can install what the standard forbids")


@pytest.mark.parametrize(
    "line", ["tensorflow==2.12.0", "tensorflow>=2.12", "tensorflow-text==2.11", "tensorflow~=2.16"]
)
def test_other_versions_and_names_are_allowed(line: str) -> None:
    assert forbidden(line) == []


def test_a_library_that_is_forbidden_in_every_version() -> None:
    (found,) = forbidden("nltk==3.9", "{name: nltk}")
    assert found.message == "`nltk==3.9` installs what the standard forbids: `nltk`"
    assert found.remedy == "remove `nltk`"


def test_several_forbidden_ranges_are_one_finding() -> None:
    both = '{name: a, specifier: "<2"}, {name: a, specifier: "<3", reason: old}, {name: b}'
    (found,) = forbidden("a==1", both)
    assert found.message.endswith(": `a<2` and `a<3` (old)")
    assert found.remedy == "ask for a version of `a` outside `<2` and `<3`"


def test_the_first_of_several_alternatives_is_proposed() -> None:
    both = '{name: a, specifier: "<2", use: b}, {name: a, specifier: "<3", use: c}'
    (found,) = forbidden("a==1", both)
    assert found.remedy == "use `b` instead"


def test_a_lock_file_decides_for_a_range() -> None:
    entry = '{name: numpy, specifier: "<2"}'
    assert forbidden("numpy>=1", entry, files={"uv.lock": UV.format("2.1.0")}) == []
    found = forbidden("numpy>=1", entry, files={"uv.lock": UV.format("1.26.4")})
    assert spots(found) == [("DEP501", "uv.lock", 2, 3)]
    assert found[0].remedy.endswith(", and lock again")


def test_a_plain_pin_in_another_file_decides_for_a_range() -> None:
    entry = '{name: numpy, specifier: "<2"}'
    project = '[project]\nname = "x"\nversion = "1"\ndependencies = ["numpy"]\n'
    assert forbidden("numpy==2.1.0", entry, files={"pyproject.toml": project}) == []
    found = forbidden(
        "numpy==2.1.0; sys_platform == 'linux'", entry, files={"pyproject.toml": project}
    )
    assert [one.place.path for one in found if one.place] == ["models/churn/pyproject.toml"]


def test_a_constraint_narrows_a_range() -> None:
    entry = '{name: numpy, specifier: "<2"}'
    assert forbidden("numpy\n-c limits.txt\n", entry, files={"limits.txt": "numpy>=2\n"}) == []
    assert codes(forbidden("numpy\n-c limits.txt\n", entry, files={"limits.txt": "numpy<3\n"}))
    assert forbidden("-c limits.txt\n", entry, files={"limits.txt": "numpy==1\n"}) == []


@pytest.mark.parametrize(
    ("line", "limit", "does"),
    [("numpy>=1", "numpy==1.26", "can install"), ("numpy==1.26", "numpy>=1", "installs")],
)
def test_a_line_is_told_by_what_it_says_itself(line: str, limit: str, does: str) -> None:
    files = {"limits.txt": f"{limit}\n"}
    (found,) = forbidden(f"{line}\n-c limits.txt\n", '{name: numpy, specifier: "<2"}', files=files)
    assert found.message.startswith(f"`{line}` {does} what the standard forbids")


def test_groups_that_are_not_shipped_are_not_judged() -> None:
    project = (
        '[project]\nname = "x"\nversion = "1"\n[project.optional-dependencies]\n{} = ["nltk"]\n'
    )
    for group, count in (("dev", 0), ("Test", 0), ("docs", 0), ("gpu", 1), ("devices", 1)):
        files = {"pyproject.toml": project.format(group)}
        assert len(judged("require_pins: false, disallowed: [{name: nltk}]", files=files)) == count
    for name, count in (("requirements-dev.txt", 0), ("requirements-gpu.txt", 1)):
        found = judged("disallowed: [{name: nltk}]", files={name: "nltk==1\n???\n-i https://x\n"})
        assert bool(found) is bool(count)


def test_what_the_serving_environment_never_installs_is_not_judged() -> None:
    fixed = "serving_markers: {sys_platform: linux}, require_pins: false, disallowed: [{name: a}]"
    assert judged(fixed, "a; sys_platform == 'win32'") == []
    assert codes(judged(fixed, "a; sys_platform == 'linux'")) == ["DEP501"]


@pytest.mark.parametrize("file", ["torch-{}-cp311-cp311-linux_x86_64.whl", "torch-{}.tar.gz"])
def test_a_linked_file_s_name_tells_its_version(file: str) -> None:
    link = f"torch @ https://x.org/{file}"
    allowed = 'allowed_sources: [url, vcs], disallowed: [{name: torch, specifier: "<2"}]'
    assert judged(allowed, link.format("2.1.0")) == []
    assert codes(judged(allowed, link.format("1.9.0%2Bcu111"))) == ["DEP501"]
    commit = "git+https://github.com/x/torch@" + "0" * 40
    assert codes(judged(allowed, f"torch @ {commit}")) == ["DEP501"]


# DEP502


def leaving(requirements: str, as_of: str = "2026-11-23", **facts: Any) -> list[Finding]:
    entry = "{name: nltk, after: 2027-01-01, use: spacy, reason: slow}"
    return judged(f"deprecated: [{entry}]", requirements, as_of=as_of, **facts)


def test_a_library_that_has_to_go_by_a_date() -> None:
    found = leaving("nltk==3.9")
    assert spots(found) == [("DEP502", "requirements.txt", 1, 1)]
    assert found[0].severity is None
    assert found[0].rule.severity is Severity.WARNING
    assert found[0].message == (
        "`nltk==3.9` asks for `nltk` (slow), which is allowed only until 2027-01-01"
    )
    assert found[0].remedy == "use one exact version of `spacy` instead, by 2027-01-01"


def test_the_date_itself_is_still_a_warning() -> None:
    assert leaving("nltk==3.9", as_of="2027-01-01")[0].severity is None
    (found,) = leaving("nltk==3.9", as_of="2027-01-02")
    assert found.severity is Severity.ERROR
    assert found.message.endswith("which is no longer allowed since 2027-01-01")
    assert found.remedy == "use one exact version of `spacy` instead"


def test_a_deprecation_without_a_date_never_becomes_an_error() -> None:
    (found,) = judged("deprecated: [{name: nltk}]", "nltk==1", as_of="2099-01-01")
    assert (found.severity, found.remedy) == (None, "move off `nltk`")
    assert found.message == "`nltk==1` asks for `nltk`, which is deprecated"


def test_the_earliest_of_several_deprecations_speaks() -> None:
    entries = "{name: a}, {name: a, after: 2028-01-01}, {name: a, after: 2026-01-01}"
    (found,) = judged(f"deprecated: [{entries}]", "a==1")
    assert found.severity is Severity.ERROR
    assert "2026-01-01" in found.message


def test_only_versions_that_are_deprecated_count() -> None:
    only = 'deprecated: [{name: a, specifier: "<2"}]'
    assert judged(only, "a==2") == []
    assert codes(judged(only, "a==1.9")) == ["DEP502"]


def test_what_is_forbidden_is_not_called_deprecated_as_well() -> None:
    both = 'deprecated: [{name: a}], disallowed: [{name: a, specifier: "<2"}]'
    assert codes(judged(both, "a==1")) == ["DEP501"]
    assert codes(judged(both, "a==2")) == ["DEP502"]


def test_a_rollback_does_not_wait_for_a_migration() -> None:
    policy = "version: 1\ndependencies: {deprecated: [{name: numpy}], disallowed: [{name: numpy}]}"
    assert codes(findings(CHECK, policy=policy, rollback="abc1234")) == ["DEP501"]
    (skipped,) = skips(CHECK, policy=policy, rollback="abc1234")
    assert skipped.excused
    assert not skipped.whole
    assert "abc1234" in skipped.reason
    assert skips(CHECK, rollback="abc1234") == []


# DEP508, and what is not looked at


def test_a_model_without_any_dependency_file() -> None:
    found = judged("", files={"train.py": "import numpy\n"})
    assert spots(found) == [("DEP508", "requirements.txt", None, None)]
    assert judged("", "") == []


def test_a_file_that_cannot_be_read_is_no_proof_of_anything() -> None:
    files = {**MODEL, "train.py": "import numpy\n", "requirements.txt": "a", "uv.lock": "["}
    assert findings(CHECK, files, FIRST) == []
    (skipped,) = skips(CHECK, files, FIRST)
    assert "`models/churn/uv.lock` cannot be read" in skipped.reason
    assert (skipped.whole, skipped.excused) == (False, False)
    (skipped,) = skips(CHECK, {**files, "poetry.lock": "["}, FIRST)
    assert "`models/churn/poetry.lock` cannot be read" in skipped.reason


LINES = st.lists(
    st.sampled_from(
        ["a==1", "a==2", "a>=1", "a<2", "b", "b==1; python_version < '3.9'", "c>=1,<1", "c==1",
         "d @ git+https://x.org/d", "???", "tensorflow>=2", "tensorflow==2.16", "-i https://x.org"]
    ),
    unique=True,
    max_size=7,
)  # fmt: skip


@settings(max_examples=60)
@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_changes_nothing(lines: list[str], random: Any) -> None:
    shuffled = random.sample(lines, len(lines))
    policy = f"disallowed: [{TENSORFLOW}]"
    first, second = (judged(policy, "\n".join(each)) for each in (lines, shuffled))
    assert sorted(codes(first)) == sorted(codes(second))


def test_a_line_that_is_not_judged_does_not_hide_the_next() -> None:
    project = (
        '[project]\nname = "x"\nversion = "1"\n[project.optional-dependencies]\n'
        'gpu = ["nltk"]\n[dependency-groups]\ndev = ["a"]\ndeploy = ["nltk"]\n'
    )
    found = judged(
        "require_pins: false, disallowed: [{name: nltk}]", files={"pyproject.toml": project}
    )
    assert codes(found) == ["DEP501", "DEP501"]
