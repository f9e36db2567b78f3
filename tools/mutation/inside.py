"""`snitch` of the tests run in this process: a mutant, or coverage, is seen by the command too."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from typing import TextIO
from unittest import mock

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from judging import Ran
    from repo import Repo


def pytest_configure() -> None:
    """Before any test is collected: each one takes `snitch` from `judging`."""
    import judging  # noqa: PLC0415 - imports what is mutated

    judging.snitch = snitch


def snitch(repo: Repo, *args: str, **environment: str) -> Ran:
    """What `judging.snitch` does, without a process of its own."""
    from judging import SNITCH  # noqa: PLC0415 - as above
    from judging import Ran  # noqa: PLC0415

    from snitch.cli import run  # noqa: PLC0415

    scrubbed = {
        "PATH": os.environ["PATH"],
        "HOME": str(repo.root.parent),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **environment,
    }
    with (
        _written() as out,
        _written() as err,
        Path(os.devnull).open(encoding="utf-8") as nothing,
        _directory(repo.root),
        mock.patch.dict(os.environ, scrubbed, clear=True),
        mock.patch.multiple(sys, argv=[SNITCH, *args], stdin=nothing, stdout=out, stderr=err),
        mock.patch.object(sys.modules["__main__"], "__package__", None),  # a script, to click
        _installed(environment.get("PYTHONPATH")),
    ):
        ran = Ran(run(), _read(out), _read(err))
    if "Traceback" in ran.err:
        pytest.fail(ran.err)
    return ran


@contextlib.contextmanager
def _directory(path: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(path)
    try:
        yield
    finally:
        os.chdir(before)


@contextlib.contextmanager
def _installed(site: str | None) -> Iterator[None]:
    """What lies there can be imported, and is forgotten afterwards."""
    with mock.patch.object(sys, "path", [*filter(None, [site]), *sys.path]):
        yield
    for name, module in list(sys.modules.items()):
        if site is not None and str(getattr(module, "__file__", None)).startswith(site):
            del sys.modules[name]


def _written() -> TextIO:
    return tempfile.TemporaryFile("w+", encoding="utf-8")


def _read(stream: TextIO) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()
