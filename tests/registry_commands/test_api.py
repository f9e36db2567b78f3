from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest
from judging import judge
from pasts import AS_OF
from pasts import files
from pasts import three_releases

import snitch

if TYPE_CHECKING:
    from pathlib import Path


def test_importing_snitch_loads_nothing_of_it() -> None:
    code = (
        "import sys, snitch; snitch.__version__; "
        "print(sorted(name for name in sys.modules if name.startswith(('snitch.', 'pydantic'))))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert ran.stdout.strip() == "[]"


def test_the_registry_answers_in_python(tmp_path: Path) -> None:
    repo, commits = three_releases(tmp_path)
    repo.write(files("1.3.0", "0.94"))
    with snitch.open(repo.root, as_of=AS_OF) as opened:
        assert [model.name for model in opened.models()] == ["churn", "fraud"]
        assert opened.release("churn").metadata.version == "1.2.0"
        assert opened.release("churn", at="worktree").metadata.version == "1.3.0"
        assert opened.release("churn", at="1.0.0").metadata.version == "1.0.0"
        assert opened.release("churn", at=date(2026, 8, 15)).metadata.version == "1.1.0"
        assert [one.commit for one in opened.history("churn").deployments] == commits[::-1]
        assert [row.delta for row in opened.diff("churn").metrics] == ["0.01"]
        assert opened.blame("churn", "auc").movements[0].deployment.commit == commits[2]
        assert opened.check().models == judge(repo, as_of=AS_OF).models


def test_a_release_of_a_day_is_told_whole_and_the_past_without_what_it_does_not_tell(
    tmp_path: Path,
) -> None:
    repo, _ = three_releases(tmp_path)
    with snitch.open(repo.root) as opened:
        now = opened.history("churn").deployments[0].release
        then = opened.release("churn", at=date(2026, 9, 1))
    assert then.changelog is not None
    assert then.dependencies
    assert now is not None
    assert (now.changelog, now.dependencies) == (None, ())
    assert (now.metadata, now.metrics) == (then.metadata, then.metrics)
    assert (now.weights, now.digests) == (then.weights, then.digests)


def test_a_day_before_the_first_release_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    with snitch.open(repo.root) as opened, pytest.raises(snitch.CannotJudgeError) as error:
        opened.release("churn", at=date(2020, 1, 1))
    assert error.value.remedy


def test_what_snitch_does_not_have_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_such"):
        _ = snitch.nothing_such
