"""What notebooks import: the code cells of a Jupyter file, read and never run."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snitch.registry.imports import scan


def notebook(*cells: str | list[str], **metadata: Any) -> bytes:
    """A notebook of code cells."""
    return json.dumps(
        {
            "cells": [
                {"cell_type": "markdown", "source": ["import prose"]},
                *({"cell_type": "code", "outputs": [], "source": cell} for cell in cells),
            ],
            "metadata": metadata,
            "nbformat": 4,
        },
        indent=1,
    ).encode()


def modules(*cells: str | list[str], **metadata: Any) -> list[str]:
    """What the notebook needs."""
    found = scan({"explore.ipynb": notebook(*cells, **metadata)}, {"features"})
    return [one.value for one in found]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (["import numpy\n", "import torch as t"], ["numpy", "torch"]),
        ("import numpy\nfrom sklearn.svm import SVC\n", ["numpy", "sklearn"]),
        (["%matplotlib inline\n", "import seaborn\n", "sns?"], ["seaborn"]),
        (["!pip install thing\n", "import thing"], ["thing"]),
        (["files = !ls\n", "import numpy"], ["numpy"]),
        (["%%time\n", "import numpy"], ["numpy"]),
        (["%%bash\n", "import numpy"], []),
        (["%%writefile train.py\n", "import numpy"], []),
        (["import features, os\n", "from IPython.display import display"], []),
        (["import (\n", "broken"], []),
        (["try:\n", "    import cuml\n", "except ImportError:\n", "    pass"], []),
        ([], []),
    ],
)
def test_imports_of_code_cells_are_found(cell: str | list[str], found: list[str]) -> None:
    assert modules(cell) == found


def test_a_broken_cell_hides_no_other() -> None:
    assert modules("import numpy as", "import torch") == ["torch"]


def test_a_notebook_of_another_language_is_not_read() -> None:
    assert modules("import numpy", kernelspec={"language": "julia"}) == []
    assert modules("import numpy", language_info={"name": "R"}) == []
    assert modules("import numpy", kernelspec={"language": "python"}) == ["numpy"]


def test_an_import_is_found_at_its_line_of_the_file() -> None:
    blob = notebook(["%load_ext x\n", "\n", "import torch\n"])
    (found,) = scan({"a.ipynb": blob}, ())
    text = blob.decode().split("\n")
    assert found.place.line is not None
    assert text[found.place.line - 1].strip() == '"import torch\\n"'


def test_a_script_tells_before_a_notebook_does() -> None:
    sources = {"a.ipynb": notebook("import torch"), "train.py": b"import torch\n"}
    (found,) = scan(sources, ())
    assert found.place.path == "train.py"


def test_a_copy_that_jupyter_keeps_is_not_read() -> None:
    path = ".ipynb_checkpoints/explore-checkpoint.ipynb"
    assert scan({path: notebook("import torch")}, ()) == ()


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading_of_a_notebook(blob: bytes) -> None:
    scan({"a.ipynb": b"import" + blob}, ())


@given(
    st.recursive(
        st.none() | st.booleans() | st.text("import a\n%", max_size=12),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["cells", "source", "cell_type"]), inner, max_size=3)
        ),
    )
)
def test_no_shape_breaks_the_reading_of_a_notebook(shape: Any) -> None:
    blob = json.dumps({"cells": [{"cell_type": "code", "source": shape}], "import": shape})
    scan({"a.ipynb": blob.encode(), "b.ipynb": json.dumps(shape).encode() + b" import"}, ())
