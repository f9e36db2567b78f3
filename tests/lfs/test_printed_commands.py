"""The commands that a finding prints are pasted into a shell as they stand."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from example import GOOD
from judging import at
from judging import judge
from repo import Repo

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("plain.bin", "two words.bin", "it's $HOME.bin", "größe.bin", "a[1]*.bin", '"q"#.bin')


@pytest.mark.skipif(shutil.which("git-lfs") is None, reason="git-lfs is not installed")
@pytest.mark.parametrize("name", NAMES)
def test_weights_of_any_name_are_brought_into_git_lfs_by_what_is_printed(
    tmp_path: Path, name: str
) -> None:
    repo = Repo(tmp_path)
    repo.git("lfs", "install", "--local")
    files = {**GOOD, f"weights/{name}": "tensors " * 50}
    del files["weights/model.safetensors"]
    files["config.yaml"] = files["config.yaml"].replace("weights: {path: weights/", "note: {x: ")
    repo.commit("churn", at("models/churn", files))
    [told] = [it for it in judge(repo, everything=True).findings if it.rule.code == "ART602"]
    for command in re.findall(r"`(.+?)`(?:, then | and |$)", told.remedy):
        subprocess.run(
            ["bash", "-ec", command],
            cwd=tmp_path,
            env=repo.environment,
            check=True,
            capture_output=True,
        )
    assert repo.git("show", f":models/churn/weights/{name}").startswith("version https://git-lfs")
    left = judge(repo, everything=True, candidate="index")
    assert not [it for it in left.findings if it.rule.code == "ART602"]


def test_one_of_two_configs_is_removed_by_what_is_printed(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    files = {**GOOD, "config.json": "{}"}
    repo.commit("churn", at("models/two words", files))
    [told] = [it for it in judge(repo, everything=True).findings if it.rule.code == "SNT007"]
    command = told.remedy.rpartition("instance `")[2].removesuffix("`")
    subprocess.run(["bash", "-ec", command], cwd=tmp_path, check=True, capture_output=True)
    assert not [it for it in judge(repo, everything=True).findings if it.rule.code == "SNT007"]
