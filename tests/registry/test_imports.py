"""What the code imports: found in its syntax, with its place, and never by running it."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snitch.registry.imports import MAX_BYTES
from snitch.registry.imports import scan

if TYPE_CHECKING:
    from collections.abc import Container


def modules(text: str, local: Container[str] = (), path: str = "train.py") -> list[str]:
    return [found.value for found in scan({path: dedent(text).encode()}, local)]


def spot(text: str) -> tuple[int | None, int | None, int]:
    (found,) = scan({"train.py": text.encode()}, ())
    return found.place.line, found.place.column, found.place.width


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import numpy", ["numpy"]),
        ("import numpy as np, pandas.core", ["numpy", "pandas"]),
        ("from sklearn.linear_model import Ridge", ["sklearn"]),
        ("import numpy\nimport torch\nimport numpy.linalg", ["numpy", "torch"]),
        ("def run():\n    import torch\n", ["torch"]),
        ("class A:\n    async def run(self):\n        import torch\n", ["torch"]),
        ("if 1:\n    import a\nelse:\n    import b\n", ["a", "b"]),
        ("try:\n    import a\nexcept ValueError:\n    import b\n", ["a", "b"]),
        ("try:\n    pass\nfinally:\n    import a\n", ["a"]),
        ("with open('x'):\n    import a\n", ["a"]),
        ("match x:\n    case 1:\n        import a\n", ["a"]),
        ("for i in x:\n    import a\nwhile x:\n    import b\n", ["a", "b"]),
    ],
)
def test_needed_modules_are_found(text: str, found: list[str]) -> None:
    assert modules(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "import os, sys\nfrom pathlib import Path\nfrom __future__ import annotations",
        "import tomllib\nimport distutils",
        "import _private",
        "from . import features\nfrom .features import x\nfrom ..shared import y",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import torch",
        "import typing\nif typing.TYPE_CHECKING:\n    import torch",
        "try:\n    import torch\nexcept ImportError:\n    torch = None",
        "try:\n    import a\nexcept (OSError, ImportError):\n    import b\nelse:\n    import c",
        "try:\n    import a\nexcept:\n    pass",
        "try:\n    import a\nexcept ModuleNotFoundError:\n    pass",
        "try:\n    import a\nexcept Exception:\n    pass",
        "try:\n    import a\nexcept builtins.ImportError:\n    pass",
        "from contextlib import suppress\nwith suppress(ImportError):\n    import a",
        "import contextlib\nwith contextlib.suppress(ImportError):\n    import a",
        "import sys\nif sys.version_info < (3, 11):\n    import tomli\nelse:\n    import x",
        "import sys\nif sys.platform == 'win32':\n    import winreg2",
        "text = 'import torch'  # import numpy",
        "import (",
        "x = 1",
        "",
    ],
)
def test_what_the_code_can_do_without_is_not(text: str) -> None:
    assert modules(text) == []


def test_the_finally_of_a_forgiving_try_is_needed() -> None:
    assert modules("try:\n    import a\nexcept ImportError:\n    pass\nfinally:\n    import b") == [
        "b"
    ]


def test_suppressing_another_error_forgives_nothing() -> None:
    assert modules("with suppress(ValueError):\n    import a") == ["a"]
    assert modules("with opened(ImportError):\n    import a") == ["a"]


def test_an_optional_module_that_is_needed_elsewhere_counts_there() -> None:
    text = "try:\n    import torch\nexcept ImportError:\n    pass\nimport torch\n"
    assert spot(text) == (5, 8, 5)


def test_own_modules_are_no_libraries() -> None:
    assert modules(
        "import features\nimport numpy\nfrom churn.io import x", {"features", "churn"}
    ) == ["numpy"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("import numpy\n", (1, 8, 5)),
        ("import os, numpy.linalg as n\n", (1, 12, 5)),
        ("\n\nfrom  sklearn.svm import SVC\n", (3, 7, 7)),
        ("'é'; import numpy\n", (1, 13, 5)),
        ("'é'; from numpy import x\n", (1, 11, 5)),
        ("if x:\r\n    import numpy\r\n", (2, 12, 5)),
        ("x = 1\rimport numpy\r", (2, 8, 5)),
        ("from \\\n  numpy import x\n", (1, 6, 1)),
        ("\ufeffimport numpy\n", (1, 8, 5)),
    ],
)
def test_the_place_is_the_module_s_name(text: str, place: tuple[int, int, int]) -> None:
    assert spot(text) == place


def test_the_first_place_counts_whatever_the_order_of_the_files() -> None:
    sources = {"b.py": b"import numpy", "a.py": b"\nimport numpy"}
    assert [found.place.path for found in scan(sources, ())] == ["a.py"]
    assert scan(sources, ())[0].place == scan(dict(reversed(sources.items())), ())[0].place


@pytest.mark.parametrize(
    "path",
    ["tests/fit.py", "m/test/x.py", "docs/conf.py", "test_fit.py", "m/fit_test.py", "conftest.py",
     "setup.py", "m/noxfile.py"],
)  # fmt: skip
def test_what_is_not_shipped_is_not_looked_at(path: str) -> None:
    assert modules("import pytest", path=path) == []


@pytest.mark.parametrize(
    "path", ["contest/fit.py", "latest.py", "testing.py", "mysetup.py", "m/attest_x.py"]
)
def test_names_that_only_look_like_tests_are_shipped(path: str) -> None:
    assert modules("import numpy", path=path) == ["numpy"]


def test_generated_sources_are_not_read() -> None:
    text = b"import numpy\n"
    full = text + b"#" * (MAX_BYTES - len(text))
    assert len(scan({"train.py": full}, ())) == 1
    assert scan({"train.py": full + b"#"}, ()) == ()


@pytest.mark.parametrize(
    "text",
    [
        "import a\x00b",
        "import a\n" + "(" * 5000,
        "import a\n" + "-" * 50_000 + "1",
        "import a\nx" + ".a" * 50_000 + "(",
        "import a\n" + "if x:\n" * 3,
    ],
)
def test_hostile_sources_yield_nothing(text: str) -> None:
    assert modules(text) == []


def test_escapes_that_python_warns_of_are_no_matter() -> None:
    assert modules("import numpy\nx = '\\d'\nx is 1") == ["numpy"]


@given(st.binary(max_size=200), st.text(alphabet="import fromasxy.,()\n :", max_size=80))
def test_any_bytes_have_an_answer(blob: bytes, text: str) -> None:
    for module in scan({"a.py": b"import x\n" + blob, "b.py": f"import x\n{text}".encode()}, ()):
        assert module.place.line is not None


def test_a_file_that_is_passed_over_does_not_hide_the_next() -> None:
    sources = {"a.py": b"x = 1", "b.py": b"import (", "test_c.py": b"import c", "d.py": b"import d"}
    assert [found.value for found in scan(sources, ())] == ["d"]
