"""Every test sees a scrubbed environment."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import settings

NOISE = ("GIT_", "GITHUB_", "CI", "PRE_COMMIT", "SNITCH_", "BITBUCKET_", "SYSTEM_", "CHANGE_")
NAMES = ("NO_COLOR", "FORCE_COLOR", "COLUMNS")


# A shell's background job ignores Ctrl-C, and so would every process that a test starts.
signal.signal(signal.SIGINT, signal.default_int_handler)


# How long an example takes is the machine's affair, and says nothing of a law.
settings.register_profile("laws", deadline=None)
# A gate draws the same examples each time: nobody's change is refused by another one's luck.
settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "laws"))


@pytest.fixture(autouse=True)
def scrubbed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No CI, colour or Git variable of the machine has a say in a test."""
    for name in list(os.environ):
        if name.startswith(NOISE) or name in NAMES:
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
