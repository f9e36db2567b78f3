from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet

from snitch.documents import DependencyFile
from snitch.documents import Limits
from snitch.documents import Requirement
from snitch.documents import read_dependencies
from snitch.documents.environment_yml import conda_specifier
from snitch.documents.poetry_constraints import pep440

LIMITS = Limits()


def read(path: str, text: str) -> DependencyFile:
    return read_dependencies(path, {path: text.encode()}.get, LIMITS)


def told(found: DependencyFile) -> list[tuple[str, str, str]]:
    return [(one.name, one.specifier, one.group) for one in found.requirements]


def spot(requirement: Requirement) -> tuple[int | None, int | None, int]:
    place = requirement.spelling.place
    return place.line, place.column, place.width


PYPROJECT = """\
[project]
requires-python = ">=3.10"
dependencies = ["numpy==1.26.4", "torch>=2"]
optional-dependencies.gpu = ["cupy"]

[dependency-groups]
dev = ["pytest", {include-group = "Lint"}]
lint = ["ruff>=0.9"]
"""


def test_a_project_gives_dependencies_extras_and_groups() -> None:
    found = read("pyproject.toml", PYPROJECT)
    assert told(found) == [
        ("numpy", "==1.26.4", ""),
        ("torch", ">=2", ""),
        ("cupy", "", "gpu"),
        ("pytest", "", "dev"),
        ("ruff", ">=0.9", "lint"),
    ]
    assert spot(found.requirements[1]) == (3, 34, 10)
    assert (found.faults, found.unparsable, found.locked) == ((), (), False)


def test_what_is_no_requirement_in_a_project_is_told_at_its_place() -> None:
    found = read(
        "pyproject.toml",
        "[project]\ndependencies = [\n  'a b',\n  3,\n]\noptional-dependencies = 1\n"
        "[dependency-groups]\nx = [{include-group = 'y'}]\nz = 'w'\n",
    )
    assert [(line.value, line.place.line) for line, _ in found.unparsable] == [("a b", 3)]
    assert [(fault.code, fault.place.line) for fault in found.faults] == [
        ("SNT004", 4),
        ("SNT004", 6),
        ("SNT004", 8),
        ("SNT004", 9),
    ]


def test_poetry_tables_are_read_as_pep_440() -> None:
    found = read(
        "pyproject.toml",
        """\
[tool.poetry.dependencies]
python = "^3.10"
pandas = "^2.1"
scipy = {version = "~1.11", extras = ["b", "a"], markers = "os_name == 'posix'"}
lib = {path = "../lib", develop = true}
fork = {git = "https://x.org/fork"}
two = [{version = "1.0", python = "<3.11"}, {version = "2.0"}]
bad = "^^1"
extra = {version = "*", optional = true}

[tool.poetry.extras]
more = ["extra"]

[tool.poetry.group.test.dependencies]
pytest = "*"

[[tool.poetry.source]]
name = "inner"
url = "https://inner.example.com/simple"
""",
    )
    assert told(found) == [
        ("pandas", ">=2.1,<3.0", ""),
        ("scipy", ">=1.11,<1.12", ""),
        ("lib", "", ""),
        ("fork", "", ""),
        ("two", "==1.0", ""),
        ("two", "==2.0", ""),
        ("extra", "", "more"),
        ("pytest", "", "test"),
    ]
    scipy, lib, fork = found.requirements[1:4]
    assert scipy.marker == "os_name == 'posix'"
    assert (lib.kind, lib.origin, fork.kind) == ("path", "../lib", "vcs")
    assert [(line.value, line.place.line) for line, _ in found.unparsable] == [("bad ^^1", 8)]
    assert [(one.value, one.place.line) for one in found.indexes] == [
        ("https://inner.example.com/simple", 19)
    ]


def test_sources_of_uv_change_where_a_name_comes_from() -> None:
    found = read(
        "pyproject.toml",
        """\
[project]
dependencies = ["torch", "fork", "lib"]
[tool.uv]
constraint-dependencies = ["six<2"]
extra-index-url = ["https://more.example.com"]
[tool.uv.sources]
torch = [{index = "gpu"}]
Fork = {git = "https://x.org/fork"}
lib = {workspace = true}
[[tool.uv.index]]
name = "gpu"
url = "https://gpu.example.com"
""",
    )
    assert [(one.name, one.kind, one.origin) for one in found.requirements] == [
        ("torch", "index", "gpu"),
        ("fork", "vcs", "https://x.org/fork"),
        ("lib", "path", "workspace"),
        ("six", "index", ""),
    ]
    assert found.requirements[3].constraint
    assert [one.value for one in found.indexes] == [
        "https://gpu.example.com",
        "https://more.example.com",
    ]


@pytest.mark.parametrize(
    ("constraint", "specifier"),
    [
        ("^1.2.3", ">=1.2.3,<2.0"),
        ("^0.2.3", ">=0.2.3,<0.3"),
        ("^0.0.3", ">=0.0.3,<0.0.4"),
        ("^0.0", ">=0.0,<0.1"),
        ("^0", ">=0,<1.0"),
        ("~1.2.3", ">=1.2.3,<1.3"),
        ("~1", ">=1,<2.0"),
        ("1.2.*", "==1.2.*"),
        ("1.2", "==1.2"),
        ("*", ""),
        (">=1 <2", ">=1,<2"),
        (">= 1, != 1.5", ">=1,!=1.5"),
        ("^1 || ^2", ""),
        ("^1 || ^^2", None),
        ("one", None),
        ("9" * 4_301, None),
    ],
)
def test_poetry_s_constraints_are_translated_or_refused(
    constraint: str, specifier: str | None
) -> None:
    assert pep440(constraint) == specifier


@pytest.mark.parametrize(
    ("version", "specifier"),
    [
        ("", ""),
        ("*", ""),
        ("1.2", "==1.2"),
        ("=1.2", "==1.2.*"),
        ("==1.2", "==1.2"),
        ("=1.2=py310_0", "==1.2"),
        ("1.2 py310_0", "==1.2"),
        ("=1.2.*", "==1.2.*"),
        ("1.2*", "==1.2.*"),
        (">=1.2,<2", ">=1.2,<2"),
        ("=1.1.1k", "===1.1.1k"),
        (">=1|<0.5", ""),
        ("==", None),
        ("=" + "9" * 4_301, None),
    ],
)
def test_conda_s_versions_are_translated_or_refused(version: str, specifier: str | None) -> None:
    assert conda_specifier(version) == specifier


@given(st.text(alphabet="0123456789.*^~=<>!|, abrc", max_size=12))
def test_translated_constraints_are_specifiers(constraint: str) -> None:
    for translated in (pep440(constraint), conda_specifier(constraint)):
        SpecifierSet(translated or "")


def test_a_conda_environment_gives_packages_and_lines_of_pip() -> None:
    found = read(
        "environment.yml",
        """\
channels: [conda-forge, "https://conda.example.com"]
dependencies:
  - python=3.10
  - numpy=1.26.4=py310_0
  - conda-forge::scipy>=1.11
  - "foo[version='>=1']"
  - pip
  - pip:
      - torch==2.1 --hash=sha256:aa
      - --extra-index-url https://pip.example.com
      - bad line
  - {a: b}
  - "what ever =="
""",
    )
    assert told(found) == [
        ("numpy", "==1.26.4", ""),
        ("scipy", ">=1.11", ""),
        ("foo", ">=1", ""),
        ("pip", "", ""),
        ("torch", "==2.1", ""),
    ]
    assert spot(found.requirements[0]) == (4, 5, 20)
    assert found.requirements[1].origin == "conda-forge"
    assert found.requirements[4].hashes == ("sha256:aa",)
    assert [one.value for one in found.indexes] == [
        "https://pip.example.com",
        "https://conda.example.com",
    ]
    assert [line.place.line for line, _ in found.unparsable] == [11, 13]
    assert [(fault.code, fault.place.line) for fault in found.faults] == [("SNT004", 12)]


@pytest.mark.parametrize("path", ["pyproject.toml", "environment.yml"])
@pytest.mark.parametrize(("text", "code"), [("[", "SNT002"), ("a\0", "SNT001")])
def test_a_file_that_does_not_parse_is_broken(path: str, text: str, code: str) -> None:
    found = read(path, text)
    assert found.broken
    assert [fault.code for fault in found.faults] == [code]


DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(("a==1", "^1", "(", "", "*")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("pip", "version", "git", "url", "dependencies", "index", "name")),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(("dependencies", "channels")), DATA))
def test_no_shape_of_an_environment_crashes_the_reader(data: object) -> None:
    read("environment.yml", json.dumps(data))


@pytest.mark.parametrize(
    "key",
    [
        "project",
        "project.dependencies",
        "project.optional-dependencies",
        "dependency-groups",
        "tool",
        "tool.poetry",
        "tool.poetry.dependencies",
        "tool.poetry.dependencies.a",
        "tool.poetry.extras",
        "tool.poetry.group",
        "tool.poetry.group.a",
        "tool.poetry.source",
        "tool.uv",
        "tool.uv.index",
        "tool.uv.pip",
        "tool.uv.sources",
        "tool.uv.extra-index-url",
    ],
)
@pytest.mark.parametrize(
    "value", ["1", "''", "'a'", "[]", "[1]", "['(']", "[{}]", "{}", "{a = 1}", "{a = [{}]}"]
)
def test_no_shape_of_a_project_crashes_the_reader(key: str, value: str) -> None:
    assert not read("pyproject.toml", f"{key} = {value}\n").broken


@given(st.sampled_from(("pyproject.toml", "environment.yml")), st.binary(max_size=100))
def test_no_bytes_crash_the_reader(path: str, blob: bytes) -> None:
    read_dependencies(path, {path: blob}.get, LIMITS)
