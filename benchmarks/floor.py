"""The least that an audit must do: read every file of a commit, parse YAML and JSON, nothing else.

`python floor.py REVISION [SUFFIX]` in a repository.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading

import yaml


def main(revision: str) -> None:
    """Read the files of a revision through one batch."""
    command = ["git", "ls-tree", "-r", "-z", revision]
    listing = subprocess.run(command, check=True, capture_output=True).stdout
    files = [line.split(b"\t", 1) for line in listing.split(b"\0")[:-1]]
    with subprocess.Popen(
        ["git", "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as git:
        assert git.stdin is not None
        assert git.stdout is not None
        request = b"".join(meta.split()[2] + b"\n" for meta, _ in files)
        threading.Thread(target=_ask, args=(git.stdin, request)).start()
        for _, path in files:
            size = int(git.stdout.readline().split()[2])
            data = git.stdout.read(size + 1)[:size]
            if path.endswith(b".yaml"):
                yaml.compose(data, yaml.CSafeLoader)
            elif path.endswith(b".json"):
                json.loads(data)


def _ask(stdin, request: bytes) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - a pipe
    stdin.write(request)
    stdin.close()


if __name__ == "__main__":
    main(sys.argv[1])
