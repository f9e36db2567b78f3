"""Progress of long audits: on standard error, on a terminal, after the first second only."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

PATIENCE = 1.0
"""Seconds before anything is shown."""
STEP = 0.1


@contextmanager
def progress() -> Iterator[Callable[[int, int], None] | None]:
    """A function to call with (done, all); None where nobody would see it."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    start = shown = time.monotonic()
    drawn = False

    def show(done: int, everything: int) -> None:
        nonlocal shown, drawn
        now = time.monotonic()
        if now - start < PATIENCE or now - shown < STEP:
            return
        shown, drawn = now, True
        sys.stderr.write(f"\r\x1b[Kjudged {done} of {everything} models")
        sys.stderr.flush()

    try:
        yield show
    finally:
        if drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
