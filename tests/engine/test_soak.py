from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from repo import Repo

SOAK = """
import gc
import json
import os
import sys
from datetime import date
from pathlib import Path
import snitch

def held():
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return {"memory": pages, "descriptors": len(os.listdir("/proc/self/fd"))}

repo = snitch.open(sys.argv[1], as_of=date(2026, 11, 23))
told = []
for runs in (400, 1000):  # the allocator settles in the first few hundred
    for _ in range(runs):
        repo.check(ref="HEAD")
    told.append(held())
repo.close()
try:
    os.waitpid(-1, os.WNOHANG)
    told.append("a process is left")
except ChildProcessError:
    pass
print(json.dumps(told))
"""


@pytest.mark.slow
def test_a_thousand_checks_leave_no_process_no_descriptor_and_no_memory(released: Repo) -> None:
    # A process of its own: what a worker of the tests did before is no leak of the checks.
    ran = subprocess.run(
        [sys.executable, "-c", SOAK, str(released.root)], capture_output=True, text=True, check=True
    )

    before, after = json.loads(ran.stdout)
    assert after["descriptors"] == before["descriptors"]
    assert after["memory"] <= before["memory"] * 1.05
