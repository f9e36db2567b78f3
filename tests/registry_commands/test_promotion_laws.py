"""Promotion and rollback over random histories: whole or not at all, and nobody loses a byte."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import event
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from moved import POLICY
from moved import TODAY
from moved import passing
from moved import possessions
from moved import tree
from pasts import on
from repo import Repo

from snitch.engine.ledger.book import open_book
from snitch.engine.ledger.promotion import plan_promotion
from snitch.engine.ledger.promotion import plan_rollback
from snitch.engine.ledger.promotion import prepare
from snitch.findings import CannotJudgeError
from snitch.reports.ledger.promotion import message

if TYPE_CHECKING:
    from collections.abc import Callable

    from snitch.engine.ledger.book import Book
    from snitch.engine.ledger.promotion import Plan
    from snitch.engine.ledger.promotion import Prepared
    from snitch.findings import Report

MODELS = ("churn", "fraud", "young")

STEPS = st.lists(
    st.tuples(
        st.sampled_from(("main", "staging")),
        st.sampled_from(MODELS),
        st.sampled_from(
            (
                "release",
                "release",
                "move",
                "remove",
                "code",
                "merge",
                "stray",
                "rename",
                "twin",
                "mode",
            )
        ),
        st.integers(0, 3),
    ),
    max_size=6,
)

DIRTY = st.lists(
    st.sampled_from(
        ("models/churn/config.yaml", "models/fraud/train.py", "notes.txt", "models/x/config.yaml")
    ),
    max_size=3,
)


def _step(repo: Repo, branch: str, model: str, what: str, number: int) -> None:
    repo.checkout(branch)
    folders = [model, f"{model}-moved"]
    here = [name for name in folders if (repo.root / "models" / name).is_dir()]
    match what, here:
        case "release", _:
            repo.commit(f"{model} {number}", passing(model, number, here[0] if here else None))
        case "move", [only]:
            other = next(name for name in folders if name != only)
            repo.git("mv", f"models/{only}", f"models/{other}")
            repo.commit("move")
        case "remove", [first, *_]:
            repo.git("rm", "-rq", f"models/{first}")
            repo.commit("remove")
        case "code", [first, *_]:
            repo.commit("code", {f"models/{first}/train.py": f"import numpy\n# {number}\n"})
        case "stray", _:
            repo.commit("stray", {f"models/{model}-moved.txt": "a file where a model may go\n"})
        case "merge", _:
            other = "staging" if branch == "main" else "main"
            try:
                repo.merge(other)
            except AssertionError:
                repo.git("merge", "--abort")
        case _, [first, *_]:
            _disturb(repo, model, what, number, first)
        case _:
            pass


def _disturb(repo: Repo, model: str, what: str, number: int, first: str) -> None:
    """What makes it hard to say which model is which."""
    match what:
        case "rename":
            repo.commit("rename", passing(f"{model}-new", number, first))
        case "twin":
            repo.commit("twin", passing(model, number, f"{model}-twin"))
        case "mode":
            (repo.root / "models" / first / "train.py").chmod(0o755)
            repo.commit("mode")
        case _:
            pass


def _history(repo: Repo, steps: list[tuple[str, str, str, int]], dirty: list[str]) -> None:
    on(repo, "2026-10-01").commit(
        "start", {"snitch.yaml": POLICY, **passing("churn", 0), **passing("fraud", 0)}
    )
    repo.git("branch", "staging")
    for step in steps:
        _step(repo, *step)
    repo.checkout("main")
    for index, path in enumerate(dirty):
        repo.write({path: f"half written {index}\n"})
        if index % 2:
            repo.git("add", path)


def _held_to_its_promise(
    repo: Repo, act: Callable[[Book], Plan], said: Callable[[Plan, Report], str]
) -> None:
    before = possessions(repo)
    done: Prepared | None = None
    refused = "not at all"
    try:
        with open_book(repo.root, TODAY) as book:
            done = prepare(book, act(book), said)
    except CannotJudgeError as error:
        event(f"refused: {error.message.split('`')[0][:40]}")
        refused = error.remedy
    except KeyboardInterrupt:
        event("interrupted")
    assert refused
    after = possessions(repo)
    assert (after.head, after.index, after.files) == (before.head, before.index, before.files)
    made = after.refs.keys() - before.refs.keys()
    kept = {name: oid for name, oid in after.refs.items() if name not in made}
    if done is None or done.branch is None:
        assert not made
        assert kept == before.refs
        return
    event("prepared")
    assert made == {f"refs/heads/{done.branch}"}
    assert kept == before.refs
    base, commit = before.refs["refs/heads/main"], after.refs[f"refs/heads/{done.branch}"]
    assert repo.git("rev-parse", f"{commit}^@") == base
    was, now = tree(repo, base), tree(repo, commit)
    mine = set()
    for move in done.plan.moves:
        source = tree(repo, str(move.source.commit), move.location.path)
        assert tree(repo, commit, move.directory) == source
        mine |= {move.directory} | ({move.replaced.path} if move.replaced else set())
    moved = {path for path in was.keys() | now.keys() if was.get(path) != now.get(path)}
    assert all(any(path.startswith(f"{one}/") for one in mine) for path in moved)


def _interrupted(_plan: Plan, _report: Report) -> str:
    raise KeyboardInterrupt


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    steps=STEPS,
    dirty=DIRTY,
    names=st.lists(st.sampled_from(MODELS), unique=True, max_size=2),
    back=st.sampled_from((None, "1.0.0", "1.1.0")),
    interrupt=st.booleans(),
)
def test_whole_or_not_at_all_whatever_happened_before(
    steps: list[tuple[str, str, str, int]],
    dirty: list[str],
    names: list[str],
    back: str | None,
    interrupt: bool,  # noqa: FBT001 - hypothesis gives it
) -> None:
    with tempfile.TemporaryDirectory() as directory, pytest.MonkeyPatch.context() as patch:
        for who in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{who}_NAME", "Ana")
            patch.setenv(f"GIT_{who}_EMAIL", "ana@example.com")
        repo = Repo(Path(directory) / "repo")
        _history(repo, steps, dirty)
        said = _interrupted if interrupt else message

        def act(book: Book) -> Plan:
            if back is not None and names:
                return plan_rollback(book, names[0], back)
            return plan_promotion(book, "staging", "production", names)

        _held_to_its_promise(repo, act, said)
