from __future__ import annotations

import subprocess
import sys

import pytest
from reports.scenarios import FAIL

from snitch.reports import FORMATS
from snitch.reports import RenderOptions
from snitch.reports import render


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_ends_in_one_line_break(name: str) -> None:
    text = render(FAIL, name, RenderOptions())
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("name", FORMATS)
def test_rendering_twice_gives_the_same_text(name: str) -> None:
    options = RenderOptions(color=True, width=100)
    assert render(FAIL, name, options) == render(FAIL, name, options)


def test_an_unknown_format_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        render(FAIL, "carrier-pigeon", RenderOptions())


def test_only_the_terminal_loads_rich() -> None:
    code = (
        "import sys\n"
        "from importlib import import_module\n"
        "from snitch.reports import FORMATS\n"
        "[import_module(FORMATS[name]) for name in FORMATS if name != 'terminal']\n"
        "heavy = {'rich', 'pydantic', 'git', 'yaml', 'click', 'markdown_it'} & set(sys.modules)\n"
        "sys.exit(' '.join(heavy) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
