"""What was installed into a repository, or hides in it, is none of the model's code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from judging import judge
from repo import Repo

from snitch.engine.adoption import look
from snitch.registry.foreign import is_foreign

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("train.py", False),
        ("src/venv.py", False),
        ("src/site/packages.py", False),
        (".hidden.py", False),
        ("a/.b", False),
        ("venv/lib/a.py", True),
        ("x/site-packages/a.py", True),
        ("web/node_modules/a.py", True),
        (".venv/a.py", True),
        ("a/.github/b.py", True),
    ],
)
def test_installed_and_hidden_directories_are_others(path: str, *, expected: bool) -> None:
    assert is_foreign(path) is expected


def test_installed_code_is_neither_read_nor_counted(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    installed = {f"venv/lib/m{number}.py": "import torch\n" for number in range(501)}
    own = {"train.py": "import json\n", "metrics.json": '{"f1": 1}', "requirements.txt": "a==1\n"}
    policy = "version: 1\nmodels: [{path: ., layout: dvc}]\n"
    repo.commit("as it is", {**own, **installed, "snitch.yaml": policy})
    assert judge(repo, everything=True).findings == ()
    assert look(repo.root).scripts == 1
