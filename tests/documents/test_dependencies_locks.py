from __future__ import annotations

import json
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snitch.documents import DependencyFile
from snitch.documents import Limits
from snitch.documents import read_dependencies

LIMITS = Limits()
LOCKS = ("uv.lock", "poetry.lock", "Pipfile.lock", "pylock.toml")


def read(path: str, text: str, limits: Limits = LIMITS) -> DependencyFile:
    return read_dependencies(path, {path: text.encode()}.get, limits)


def told(found: DependencyFile) -> list[tuple[str, str, str, str]]:
    return [(one.name, one.specifier, one.kind, one.origin) for one in found.requirements]


def faults(found: DependencyFile) -> list[tuple[str, int | None]]:
    return [(fault.code, fault.place.line) for fault in found.faults]


def test_a_uv_lock_leaves_the_project_itself_out() -> None:
    found = read(
        "uv.lock",
        """\
version = 1

[[package]]
name = "churn"
version = "0.1"
source = { virtual = "." }

[[package]]
name = "Numpy"
version = "1.26.4"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "fork"
version = "2.0"
source = { git = "https://x.org/fork?rev=1#abc" }

[[package]]
name = "lib"
source = { editable = "../lib" }

[[package]]
version = "1"

[[package]]
name = "odd"
version = "1 2"
""",
    )
    assert found.locked
    assert told(found) == [
        ("numpy", "==1.26.4", "index", "https://pypi.org/simple"),
        ("fork", "==2.0", "vcs", "https://x.org/fork?rev=1#abc"),
        ("lib", "", "path", "../lib"),
    ]
    assert found.requirements[0].spelling.place.line == 8
    assert [(one.value, one.place.line) for one in found.indexes] == [
        ("https://pypi.org/simple", 11)
    ]
    assert faults(found) == [("SNT004", 22), ("SNT004", 27)]


def test_a_poetry_lock_of_either_age() -> None:
    found = read(
        "poetry.lock",
        """\
[[package]]
name = "a"
version = "1.0"
groups = ["main", "dev"]
markers = "os_name == 'posix'"

[[package]]
name = "b"
version = "2.0"
category = "dev"

[package.source]
type = "legacy"
url = "https://inner.example.com/simple"
""",
    )
    assert told(found) == [
        ("a", "==1.0", "index", ""),
        ("b", "==2.0", "index", "https://inner.example.com/simple"),
    ]
    a, b = found.requirements
    assert (a.group, a.marker, b.group) == ("", "os_name == 'posix'", "dev")
    assert [one.value for one in found.indexes] == ["https://inner.example.com/simple"]


def test_a_pipfile_lock_tells_development_apart() -> None:
    found = read(
        "Pipfile.lock",
        json.dumps(
            {
                "_meta": {
                    "sources": [{"name": "pypi", "url": "https://pypi.org/simple"}],
                },
                "default": {
                    "a": {"version": "==1.0", "index": "pypi"},
                    "g": {"git": "https://x.org/g", "ref": "abc"},
                    "o": {"path": ".", "editable": True},
                },
                "develop": {"p": {"version": "==2"}, "q": 3},
            },
            indent=1,
        ),
    )
    assert told(found) == [
        ("a", "==1.0", "index", "pypi"),
        ("g", "", "vcs", "https://x.org/g"),
        ("o", "", "path", "."),
        ("p", "==2", "index", ""),
    ]
    assert [one.group for one in found.requirements] == ["", "", "", "develop"]
    assert [one.value for one in found.indexes] == ["https://pypi.org/simple"]
    assert faults(found) == [("SNT004", 28)]


def test_a_pylock_gives_sources() -> None:
    found = read(
        "pylock.toml",
        """\
lock-version = "1.0"

[[packages]]
name = "attrs"
version = "25.1.0"
marker = "os_name == 'posix'"
index = "https://pypi.org/simple"

[[packages]]
name = "fork"
vcs = {type = "git", url = "https://x.org/fork", commit-id = "abc"}

[[packages]]
name = "lib"
directory = {path = "../lib"}

[[packages]]
name = "file"
archive = {url = "https://x.org/f.zip"}
""",
    )
    assert told(found) == [
        ("attrs", "==25.1.0", "index", "https://pypi.org/simple"),
        ("fork", "", "vcs", "https://x.org/fork"),
        ("lib", "", "path", "../lib"),
        ("file", "", "url", "https://x.org/f.zip"),
    ]


@pytest.mark.parametrize("path", LOCKS)
def test_a_lock_that_does_not_parse_is_broken_under_its_own_name(path: str) -> None:
    found = read(f"models/{path}", "[")
    assert found.broken
    assert [(fault.code, fault.place.path) for fault in found.faults] == [
        ("SNT002", f"models/{path}")
    ]


def test_a_lock_has_a_size_limit_of_its_own() -> None:
    text = f"# {'x' * 500}\n" * 3_000 + '[[package]]\nname = "a"\nversion = "1"\n'
    assert read("poetry.lock", text).requirements
    (fault,) = read("uv.lock", text, Limits(max_lock_kib=1024)).faults
    assert fault.code == "SNT001"
    assert "max_lock_kib" in fault.message


@pytest.mark.parametrize("version", ["9" * 4_301, "", "1.0\\n", 1, [], "1" + ".0" * 100])
def test_a_version_that_is_none_is_a_fault(version: object) -> None:
    text = json.dumps({"default": {"a": {"version": version}}})
    assert faults(read("Pipfile.lock", text)) == [("SNT004", 1)]


@pytest.mark.parametrize("value", ["1", "[]", "[1]", "{a = 1}", "[{}]", "'a'", "[{name = 'a'}]"])
@pytest.mark.parametrize("key", ["package", "packages", "metadata", "requires-python"])
@pytest.mark.parametrize("path", ["uv.lock", "poetry.lock", "pylock.toml"])
def test_no_shape_of_a_lock_crashes_the_reader(path: str, key: str, value: str) -> None:
    assert not read(path, f"{key} = {value}\n").broken


FIELDS = ("source", "sdist", "wheels", "files", "groups", "markers", "vcs", "archive", "index")


@pytest.mark.parametrize("value", ["1", "[1]", "{}", "{git = 1}", "[{hash = 1}]", "{a = [1]}"])
@pytest.mark.parametrize("key", FIELDS)
@pytest.mark.parametrize("path", ["uv.lock", "poetry.lock", "pylock.toml"])
def test_no_shape_of_a_package_crashes_the_reader(path: str, key: str, value: str) -> None:
    array = "packages" if path == "pylock.toml" else "package"
    text = f"[[{array}]]\nname = 'a'\nversion = '1'\n{key} = {value}\n"
    assert len(read(path, text).requirements) == 1


@given(st.sampled_from(LOCKS), st.binary(max_size=100))
def test_no_bytes_crash_the_reader(path: str, blob: bytes) -> None:
    read_dependencies(path, {path: blob}.get, LIMITS)


@pytest.mark.slow
def test_reading_is_linear() -> None:
    def seconds(count: int) -> float:
        text = "".join(
            f'[[package]]\nname = "p{n}"\nversion = "1.{n}"\n'
            'source = { registry = "https://pypi.org/simple" }\n'
            f'wheels = [{{ url = "https://x.org/{n}.whl", hash = "sha256:{n:064}" }}]\n\n'
            for n in range(count)
        )
        best = 1e9
        for _ in range(3):
            start = process_time()
            read("uv.lock", text)
            best = min(best, process_time() - start)
        return best

    assert seconds(5_000) < 8 * seconds(1_250)
