from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Packaging
from packaging.specifiers import InvalidSpecifier
from packaging.utils import canonicalize_name

from snitch.documents import DependencyFile
from snitch.documents import Limits
from snitch.documents import Located
from snitch.documents import Requirement
from snitch.documents import TextDocument
from snitch.documents import is_dependency_file
from snitch.documents import read_dependencies
from snitch.documents.requirement_lines import parse_requirement

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH = "models/churn/requirements.txt"
LIMITS = Limits()


def read(
    text: str, others: Mapping[str, str] | None = None, limits: Limits = LIMITS
) -> DependencyFile:
    files = {PATH: text, **(others or {})}
    blobs = {path: content.encode() for path, content in files.items()}
    return read_dependencies(PATH, blobs.get, limits)


def only(text: str) -> Requirement:
    found = read(text)
    assert (found.unparsable, found.faults) == ((), ())
    (requirement,) = found.requirements
    return requirement


def reasons(found: DependencyFile) -> list[tuple[str, int | None, str]]:
    return [
        (line.place.path, line.place.line, reason.partition(";")[0])
        for line, reason in found.unparsable
    ]


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("requirements.txt", True),
        ("requirements-gpu.txt", True),
        ("requirements_dev.txt", True),
        ("pyproject.toml", True),
        ("environment.yaml", True),
        ("pylock.toml", True),
        ("pylock.gpu.toml", True),
        ("uv.lock", True),
        ("poetry.lock", True),
        ("Pipfile.lock", True),
        ("requirements.md", False),
        ("notes.txt", False),
        ("config.yaml", False),
    ],
)
def test_dependency_files_are_known_by_name(name: str, is_one: bool) -> None:  # noqa: FBT001
    assert is_dependency_file(name) is is_one


@pytest.mark.parametrize(
    ("line", "name", "specifier"),
    [
        ("numpy==1.26.4", "numpy", "==1.26.4"),
        ("Scikit_Learn >= 1.4", "scikit-learn", ">=1.4"),
        ("torch", "torch", ""),
        ("torch>=2.1,<3", "torch", "<3,>=2.1"),
        ("torch (>=2.1)", "torch", ">=2.1"),
        ("torch==2.1.*", "torch", "==2.1.*"),
        ("torch==2.1+cu118", "torch", "==2.1+cu118"),
        ("torch===2.1", "torch", "===2.1"),
        ("a~=1.4.0  # why", "a", "~=1.4.0"),
        ("\ufeffa==1", "a", "==1"),
    ],
)
def test_a_line_gives_its_name_and_its_specifier(line: str, name: str, specifier: str) -> None:
    requirement = only(line + "\n")
    assert (requirement.name, requirement.specifier) == (name, specifier)
    assert requirement.kind == "index"


def test_markers_are_kept() -> None:
    requirement = only("jax[cuda12,tpu]>=0.4 ; python_version >= '3.10'\n")
    assert (requirement.name, requirement.marker) == ("jax", 'python_version >= "3.10"')


@pytest.mark.parametrize(
    ("line", "name", "specifier", "kind", "origin"),
    [
        ("a @ https://x.org/a.zip", "a", "", "url", "https://x.org/a.zip"),
        ("a @ file:///tmp/a.zip", "a", "", "path", "file:///tmp/a.zip"),
        ("a@git+https://x.org/a@v1", "a", "", "vcs", "git+https://x.org/a@v1"),
        ("https://x.org/a-1.2.tar.gz", "a", "==1.2", "url", "https://x.org/a-1.2.tar.gz"),
        ("./w/b_c-1.0-py3-none-any.whl", "b-c", "==1.0", "path", "./w/b_c-1.0-py3-none-any.whl"),
        ("b_c-1.0-py3-none-any.whl", "b-c", "==1.0", "path", "b_c-1.0-py3-none-any.whl"),
        ("../lib", "", "", "path", "../lib"),
        ("-e .", "", "", "path", "."),
        ("-e ./lib[gpu]", "", "", "path", "./lib"),
        ("--editable=git+ssh://x.org/a#egg=A_b", "a-b", "", "vcs", "git+ssh://x.org/a#egg=A_b"),
        ("git+https://${TOKEN}@x.org/a", "", "", "vcs", "git+https://${TOKEN}@x.org/a"),
    ],
)
def test_other_sources_are_told_apart(
    line: str, name: str, specifier: str, kind: str, origin: str
) -> None:
    found = only(line + "\n")
    assert (found.name, found.specifier, found.kind, found.origin) == (
        name,
        specifier,
        kind,
        origin,
    )


def test_lines_are_joined_and_hashes_collected_at_the_first_line() -> None:
    found = read("# why\n  foo==1.0 \\\n    --hash=sha256:aa \\\n    --hash sha256:bb\nbar==2\n")
    foo, bar = found.requirements
    place = foo.spelling.place
    assert foo.hashes == ("sha256:aa", "sha256:bb")
    assert (foo.spelling.value, place.line, place.column, place.width) == ("foo==1.0", 2, 3, 8)
    assert bar.spelling.place.line == 5


def test_a_comment_ends_a_continued_line() -> None:
    found = read("foo \\\n# why\nbar\n")
    assert [one.name for one in found.requirements] == ["foo", "bar"]


def test_included_files_stand_at_their_own_places() -> None:
    found = read(
        "-r ../base.txt\n--constraint=limits/c.txt\nb\n",
        {"models/base.txt": "\na==1\n", "models/churn/limits/c.txt": "six<2\n-r d.txt\n"}
        | {"models/churn/limits/d.txt": "e<3\n"},
    )
    assert [
        (one.name, one.spelling.place.path, one.spelling.place.line, one.constraint)
        for one in found.requirements
    ] == [
        ("a", "models/base.txt", 2, False),
        ("six", "models/churn/limits/c.txt", 1, True),
        ("e", "models/churn/limits/d.txt", 1, True),
        ("b", PATH, 3, False),
    ]


def test_files_that_include_each_other_are_read_once() -> None:
    found = read("-r b.txt\na\n", {"models/churn/b.txt": "-r requirements.txt\n-r b.txt\nb\n"})
    assert [one.name for one in found.requirements] == ["b", "a"]


@pytest.mark.parametrize(
    "target",
    ["../../../x.txt", "/etc/passwd", "https://x.org/r.txt", "file:///r.txt", "none.txt", "${R}"],
)
def test_an_include_that_is_not_read_is_told(target: str) -> None:
    ((path, line, _),) = reasons(read(f"a\n-r {target}\n"))
    assert (path, line) == (PATH, 2)


def test_too_many_includes_are_a_fault() -> None:
    others = {f"models/churn/{n}.txt": f"-r {n + 1}.txt\n" for n in range(50)}
    (fault,) = read("-r 0.txt\n", others).faults
    assert fault.code == "SNT001"
    assert fault.place.path == "models/churn/15.txt"
    assert "max_includes" in fault.message


def test_options_that_change_sources_are_recorded() -> None:
    text = "-i https://a\n--extra-index-url=https://b --find-links ./c\n-fhttps://d\n--pre\n"
    found = read(text)
    assert [(one.value, one.place.line) for one in found.indexes] == [
        ("https://a", 1),
        ("https://b", 2),
        ("./c", 2),
        ("https://d", 3),
    ]
    assert found.unparsable == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("pkg=1.2", "`=` compares nothing"),
        ("pkg 1.2", "no operator"),
        ("==1.2", "it does not begin with the name"),
        ("a; ((((", "the marker"),
        ("a" + ";(" * 5, "the marker"),
        ("a; " + "(" * 1_000, "parentheses nest too deep"),
        ("a==" + "9" * 4_301, "more than 128 characters"),
        ("${X}==1", "only the environment"),
        ("a b", "what follows the name"),
        ("--wat", "an option that pip does not take"),
        ("--extra-index https://x", "an option that pip does not take"),
        ("-r", "a value is expected"),
        ("a --hash='x", "quotation mark"),
    ],
)
def test_lines_that_are_no_requirement_say_why(line: str, reason: str) -> None:
    found = read(f"ok==1\n{line}\n")
    ((spelling, given_reason),) = found.unparsable
    assert reason in given_reason
    assert spelling.place.line == 2
    assert len(given_reason) < 120


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\r"])
def test_a_line_break_that_only_pip_sees_breaks_the_file(mark: str) -> None:
    found = read(f"a==1\n# comment{mark}tensorflow==1.0\n")
    assert found.broken
    assert [(fault.code, fault.place.line, fault.place.column) for fault in found.faults] == [
        ("SNT001", 2, 10)
    ]


def test_a_line_beyond_the_limit_is_a_fault() -> None:
    found = read("a==1\n" + "b" * 9_000 + "\nc\n")
    assert [(fault.code, fault.place.line) for fault in found.faults] == [("SNT001", 2)]
    assert [one.name for one in found.requirements] == ["a", "c"]


def test_a_file_that_is_no_text_is_broken() -> None:
    found = read_dependencies(PATH, {PATH: b"\xff"}.get, LIMITS)
    assert found.broken
    assert [fault.code for fault in found.faults] == ["SNT001"]


LINE_PARTS = st.lists(
    st.sampled_from(
        (
            "a",
            "B_c",
            "==",
            ">=",
            "<",
            "!=",
            "~=",
            "===",
            "1",
            "01",
            ".2",
            "1.0rc1",
            ".*",
            " ",
            "\t",
            ",",
            "[x]",
            ";",
            "os_name=='a'",
            "(",
            ")",
            "@",
            "https://x",
            "é",
            "-",
            "_",
            ".",
            "\n",
            "9" * 12,
            "+l",
            "v1",
            "1!2",
        )
    ),
    max_size=6,
).map("".join)
SIMPLE = st.builds(
    "{}{}{}{}{}".format,
    st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,5}[A-Za-z0-9])?", fullmatch=True),
    st.sampled_from(("", " ", "\t")),
    st.sampled_from(("==", ">=", "<=", "!=", "<", ">", "~=")),
    st.sampled_from(("", " ")),
    st.from_regex(r"[0-9]{1,10}(\.[0-9]{1,3}){0,3}", fullmatch=True),
)


@settings(max_examples=500)
@given(LINE_PARTS | SIMPLE)
def test_every_line_is_read_as_packaging_reads_it(line: str) -> None:
    if "/" in line and "@" not in line:
        return
    found = parse_requirement(Located(line, TextDocument(PATH, line)))
    try:
        wanted = Packaging(line)
    except (InvalidRequirement, InvalidSpecifier):
        assert isinstance(found, str) or found.kind != "index"
        return
    assert isinstance(found, Requirement)
    assert found.name == canonicalize_name(wanted.name)
    assert found.specifier == str(wanted.specifier)
    assert found.marker == (str(wanted.marker) if wanted.marker else "")
    assert found.origin == (wanted.url or "")


@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reader(blob: bytes) -> None:
    read_dependencies(PATH, {PATH: blob}.get, LIMITS)


FILE_PARTS = st.lists(
    st.sampled_from(
        (
            "a==1",
            "\n",
            "\\\n",
            " ",
            "#",
            "-r b.txt",
            "-c b.txt",
            "-e ",
            "--hash=",
            "-",
            "--",
            "=",
            "'",
            '"',
            "${A}",
            "https://x/a.whl",
            "./a[b]",
            ";",
            "é",
            "-i",
            " x",
            "\t",
            "@",
            "(",
        )
    ),
    max_size=12,
).map("".join)


@settings(max_examples=300)
@given(FILE_PARTS, FILE_PARTS)
def test_no_lines_crash_the_reader_and_every_place_stands_in_its_file(one: str, two: str) -> None:
    files = {PATH: one.encode(), "models/churn/b.txt": two.encode()}
    found = read_dependencies(PATH, files.get, LIMITS)
    spellings = [requirement.spelling for requirement in found.requirements]
    for located in (*spellings, *found.indexes, *(line for line, _ in found.unparsable)):
        place = located.place
        lines = files[place.path].decode().split("\n")
        assert place.line is not None
        assert place.column is not None
        assert place.column <= len(lines[place.line - 1]) + 1


@pytest.mark.slow
def test_reading_is_linear() -> None:
    def seconds(count: int) -> float:
        blob = "".join(f"p{n}==1.{n} \\\n --hash=sha256:aa\n" for n in range(count)).encode()
        best = 1e9
        for _ in range(3):
            start = process_time()
            read_dependencies(PATH, {PATH: blob}.get, LIMITS)
            best = min(best, process_time() - start)
        return best

    assert seconds(10_000) < 8 * seconds(2_500)
