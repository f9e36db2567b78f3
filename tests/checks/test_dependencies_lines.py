"""Open versions, lines that ask for nothing, missing libraries and foreign sources."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest
from audited import UV
from audited import codes
from audited import judged
from spoken import spots

if TYPE_CHECKING:
    from snitch.findings import Finding

# DEP504


@pytest.mark.parametrize("line", ["a", "a>=1", "a==1.*", "a~=1.2", "a<2", "a>=1,<1.1", "a!=1"])
def test_an_open_version_is_told_at_its_line_unless_pins_are_not_asked_for(line: str) -> None:
    found = judged("", f"b==1\n  {line}")
    assert spots(found) == [("DEP504", "requirements.txt", 2, 3)]
    assert found[0].message == f"`{line}` leaves the version open; expected one exact version"
    assert judged("require_pins: false", line) == []


@pytest.mark.parametrize("line", ["a==1", "a===1", "a==1.0+cu1", "a[x]==1 ; python_version>'3.8'"])
def test_an_exact_version_is_a_pin_however_it_is_spelt(line: str) -> None:
    assert judged("", line) == []


def test_a_range_is_pinned_by_a_lock_or_a_constraint_for_that_library_alone() -> None:
    assert judged("", "numpy", files={"uv.lock": UV.format("1.0")}) == []
    assert judged("", "a\n-c limits.txt", files={"limits.txt": "a==3"}) == []
    assert codes(judged("", "a\n-c limits.txt", files={"limits.txt": "a>=3"})) == ["DEP504"]
    assert codes(judged("", "b", files={"uv.lock": UV.format("1.0")})) == ["DEP504"]
    project = '[project]\nname = "x"\nversion = "1"\ndependencies = ["a"]\n'
    assert judged("", "a==1", files={"pyproject.toml": project}) == []


def test_a_pin_for_somewhere_else_pins_nothing() -> None:
    limits = "a==3; sys_platform == 'win32'"
    found = judged("", "a\n-c limits.txt", files={"limits.txt": limits})
    assert codes(found) == ["DEP504"]
    wanted = "a; sys_platform == 'win32'\n-c limits.txt"
    assert judged("", wanted, files={"limits.txt": limits}) == []
    fixed = "serving_markers: {sys_platform: linux}"
    assert codes(judged(fixed, "a\n-c limits.txt", files={"limits.txt": limits})) == ["DEP504"]


def test_an_extra_s_pin_does_not_pin_the_rest() -> None:
    project = (
        '[project]\nname = "x"\nversion = "1"\ndependencies = ["a"]\n'
        '[project.optional-dependencies]\ngpu = ["a==1"]\n'
    )
    assert spots(judged("", files={"pyproject.toml": project})) == [
        ("DEP504", "pyproject.toml", 4, 17)
    ]


def test_conda_pins_by_a_whole_version_and_by_no_prefix() -> None:
    conda = "dependencies: [python=3.11, pip, numpy=1.26.4, scipy=1.13.0=py311, {}]\n"
    assert judged("", files={"environment.yml": conda.format("a=1.0.0")}) == []
    for spec in ("a=1.0", "a=1.0.*", "a=1.0.0.*", "a>=1.0.0.0"):
        files = {"environment.yml": conda.format(f'"{spec}"')}
        assert codes(judged("", files=files)) == ["DEP504"]


def test_sources_that_are_fixed_and_that_are_not() -> None:
    allowed = "allowed_sources: [url, vcs, path]"
    commit = "0123456789abcdef0123456789abcdef01234567"
    fixed = [
        "./libs/own",
        f"a @ git+https://x.org/a@{commit}",
        f"a @ git+https://x.org/a@{commit}#egg=a",
        "a @ https://x.org/a-1.0.tar.gz",
        f"a @ https://x.org/latest.zip --hash=sha256:{'0' * 64}",
    ]
    for line in fixed:
        assert judged(allowed, line) == [], line
    for line in (
        "a @ git+https://x.org/a@main",
        "a @ git+https://x.org/a",
        f"a @ git+https://x.org/{commit}/a",
        "a @ https://x.org/latest.zip",
    ):
        assert codes(judged(allowed, line)) == ["DEP504"], line


# DEP505


def test_a_line_that_is_no_requirement() -> None:
    found = judged("", "a==1\n  numpy=2\n")
    assert spots(found) == [("DEP505", "requirements.txt", 2, 3)]
    assert found[0].message.startswith("`numpy=2` cannot be read as a requirement: ")


@pytest.mark.parametrize("line", ["torch==2.1; python_version<'2'", "torch>=1,<1", "torch==1,==2"])
def test_a_requirement_that_nothing_satisfies(line: str) -> None:
    found = judged("disallowed: [{name: torch}]", line, files={"train.py": "import numpy\n"})
    assert codes(found) == ["DEP505", "DEP506"]
    assert f"`{line}` can never be installed: " in found[0].message


def test_a_void_pin_counts_for_nothing() -> None:
    lines = "torch==2.1; python_version<'2'\ntorch\n"
    assert codes(judged("", lines)) == ["DEP505", "DEP504"]


def test_a_requirement_for_old_pythons_is_nothing_to_tell() -> None:
    assert judged("", "futures; python_version < '3'\nb==1") == []


# DEP506


def imports(code: str, requirements: str = "a==1\n", **facts: Any) -> list[Finding]:
    return judged("", requirements, files={"train.py": code, **facts.pop("files", {})}, **facts)


def test_an_import_that_no_requirement_provides() -> None:
    found = imports("import os\nimport sklearn.svm\n")
    assert spots(found) == [("DEP506", "train.py", 2, 8)]
    assert found[0].message == "the code imports `sklearn`, and no requirement provides it"


@pytest.mark.parametrize("line", ["numpy>=2.5,<2.1", "numpy==2.1; python_version < '2'"])
def test_a_requirement_that_can_never_be_met_is_told_once(line: str) -> None:
    assert codes(imports("import numpy\n", f"{line}\n")) == ["DEP505"]


def test_imports_that_a_requirement_provides() -> None:
    assert imports("import sklearn\n", "scikit-learn==1") == []
    assert imports("import numpy\n", "", files={"uv.lock": UV.format("2.0")}) == []


def test_a_development_group_provides_for_the_code_of_developers() -> None:
    project = '[project]\nname = "x"\nversion = "1"\n[dependency-groups]\ndev = ["pytest"]\n'
    assert imports("import pytest\n", files={"pyproject.toml": project}) == []


def test_a_requirement_for_another_environment_provides_nothing_here() -> None:
    fixed = "serving_markers: {sys_platform: linux}"
    files = {"train.py": "import torch\n"}
    for marker, found in (("win32", ["DEP506"]), ("linux", [])):
        line = f"torch==2.1; sys_platform == '{marker}'"
        assert codes(judged(fixed, line, files=files)) == found


def test_a_constraint_asks_for_nothing() -> None:
    found = imports("import a\n", "-c limits.txt\n", files={"limits.txt": "a==1"})
    assert codes(found) == ["DEP506"]


# DEP507


@pytest.mark.parametrize(
    ("line", "kind", "words"),
    [
        ("a @ https://x.org/a-1.0.tar.gz", "url", "a link"),
        ("git+https://x.org/a@main#egg=a", "vcs", "a version-control repository"),
        ("./libs/own", "path", "a folder or file"),
        ("a @ file:///opt/a", "path", "a folder or file"),
    ],
)
def test_a_source_that_is_not_allowed(line: str, kind: str, words: str) -> None:
    found = judged("", f"b==1\n{line}")
    assert spots(found) == [("DEP507", "requirements.txt", 2, 1)]
    assert found[0].message == f"`{line}` comes from {words}; the policy allows `index`"
    name = "name" if line.startswith(".") else "a"
    assert found[0].remedy == (
        f"ask for a released version, as `{name}==1.2.3`, or have `{kind}` added to "
        "`dependencies.allowed_sources`"
    )
    assert judged(f"allowed_sources: [index, {kind}], require_pins: false", line) == []


def test_the_channels_that_conda_brings_along_are_the_public_index() -> None:
    channels = "".join(f"- https://repo.anaconda.com/pkgs/{it}\n" for it in ("main", "r", "msys2"))
    text = f"channels:\n{channels}dependencies: [python=3.12.1, numpy=2.1.0]\n"
    assert judged("", files={"environment.yml": text}) == []
    other = text.replace("pkgs/r", "pkgs/own")
    assert codes(judged("", files={"environment.yml": other})) == ["DEP507"]


def test_an_index_may_be_no_source_either() -> None:
    found = judged("allowed_sources: []", "a==1")
    assert found[0].message == "`a==1` comes from a package index; the policy allows no source"


def test_a_lock_file_repeats_its_requirement_s_source() -> None:
    lock = '[[package]]\nname = "a"\nversion = "1"\nsource = { git = "https://x.org/a" }\n'
    line = "a @ git+https://x.org/a"
    found = judged("", line, files={"uv.lock": lock})
    assert spots(found) == [("DEP507", "requirements.txt", 1, 1)]
    assert spots(judged("", files={"uv.lock": lock})) == [("DEP507", "uv.lock", 1, 3)]


def test_the_model_s_own_package_in_a_lock_file_is_no_source() -> None:
    lock = '[[package]]\nname = "{}"\nversion = "1"\nsource = {{ directory = "{}" }}\n'
    assert judged("", files={"uv.lock": lock.format("churn", ".")}) == []
    assert codes(judged("", files={"uv.lock": lock.format("churn", "../x")})) == ["DEP507"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("-e .", []),
        ("-e .[train]", []),
        ("--editable=./", []),
        (".", []),
        ("-e ..", ["DEP507"]),
        ("-e ./lib", ["DEP507"]),
        ("-e /srv/churn", ["DEP507"]),
        ("./wheels/churn-1.0-py3-none-any.whl", ["DEP507"]),
    ],
)
def test_the_code_around_the_file_is_no_foreign_source(line: str, expected: list[str]) -> None:
    """The commit pins it; any other folder can hold other code tomorrow."""
    assert codes(judged("", line)) == expected


def test_an_index_of_somebody_else() -> None:
    found = judged("", "-i https://x.org/simple\na==1\n--extra-index-url https://x.org/simple/\n")
    assert spots(found) == [("DEP507", "requirements.txt", 1, 1)]
    assert "`https://x.org/simple` is another package index" in found[0].message
    beside = "-i https://pypi.org/simple\n--extra-index-url https://x.org/simple\n"
    assert spots(judged("", beside)) == [("DEP507", "requirements.txt", 2, 1)]


def test_indexes_that_are_known() -> None:
    lines = "--index-url https://pypi.org/simple/\na==1\n"
    assert judged("", lines) == []
    foreign = "--index-url https://x.org/simple\na==1\n"
    assert judged("allowed_sources: [index, url]", foreign) == []
    assert judged("", foreign, serving="-i https://x.org/simple/\n") == []


def test_endless_lines_about_one_library_cost_no_more_than_others() -> None:
    lines = "".join(f"a=={number}\na>={number}\n" for number in range(1500))
    assert codes(judged("", lines)) == ["DEP503"]
