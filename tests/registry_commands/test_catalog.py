from __future__ import annotations

import os
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

from judging import snitch
from pasts import AS_OF
from pasts import book
from pasts import files
from pasts import on
from pasts import release
from pasts import three_releases

from snitch.engine.ledger.book import open_book
from snitch.engine.ledger.catalog import catalog
from snitch.engine.ledger.history import history
from snitch.engine.ledger.models import overview
from snitch.reports.catalog import pages
from snitch.reports.catalog.index import index
from snitch.reports.catalog.names import address

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from repo import Repo


def site(repo: Repo) -> dict[str, str]:
    with book(repo) as opened:
        return dict(pages(catalog(opened)))


def test_the_site_has_a_page_a_model_and_an_index(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    found = site(repo)
    assert set(found) == {"index.html", "models/churn.html", "models/fraud.html"}
    assert 'href="models/churn.html"' in found["index.html"]
    assert "1.1.0" in found["models/churn.html"]
    assert "Retrained on the October accounts." in found["models/churn.html"]


def test_the_past_of_all_models_at_once_is_that_of_each_alone(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    repo.git("mv", "models/churn", "models/leaving")
    repo.commit("moved")
    on(repo, "2026-09-10").git("rm", "-rq", "models/fraud")
    repo.commit("fraud is gone")
    held = files("1.1.0", "0.81", "models/fraud", "fraud")
    release(repo, "2026-09-12", "fraud is back", {**held})
    release(repo, "2026-09-15", "1.3.0", {**files("1.3.0", "0.94", "models/leaving")}, "Cleo")
    release(repo, "2026-09-16", "young", {**files("1.0.0", "0.9", "models/young", "young")})
    on(repo, "2026-09-17", "Dan", "Dan").branch("long")
    repo.commit("churn 1.4.0", files("1.4.0", "0.95", "models/leaving"))
    on(repo, "2026-09-18", "Eve", "Eve").commit("a note", {"README.md": "Three models.\n"})
    on(repo, "2026-09-19", "Ben", "Ben").checkout("main").merge("long")
    assert set(each_alone_and_all_at_once(repo)) == {"churn", "fraud", "young"}


def test_a_model_that_took_over_a_directory_is_told_alone(tmp_path: Path) -> None:
    """By a removal before it, and by a copy whose first holder got another name."""
    repo, _ = three_releases(tmp_path)
    repo.git("rm", "-rq", "models/fraud")
    repo.commit("fraud is gone")
    repo.commit("a newcomer", files("0.1.0", "0.7", "models/fraud", "newcomer"))
    module = f"160000,{repo.head()},models/fraud/vendor"
    repo.git("update-index", "--add", "--cacheinfo", module)
    repo.git("commit", "--quiet", "-m", "a submodule")
    renamed = {**files("1.2.0", "0.93", name="old"), **files("1.2.0", "0.93", "models/moved")}
    repo.commit("a copy", renamed)
    found = each_alone_and_all_at_once(repo)
    assert {name: len(past) for name, past in found.items()} == {
        "newcomer": 1,
        "old": 4,
        "churn": 3,
    }


def test_git_is_asked_as_often_whatever_the_number_of_models_and_releases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of models that stayed where they are; one that may have moved is walked alone."""
    repo, _ = three_releases(tmp_path / "repo")
    log, git = tmp_path / "log", tmp_path / "bin/git"
    git.parent.mkdir()
    git.write_text(f'#!/bin/sh\necho "$@" >> {log}\nexec {shutil.which("git")} "$@"\n')
    git.chmod(0o755)
    monkeypatch.setenv("PATH", f"{git.parent}:{os.environ['PATH']}")
    site(repo)  # the first one asks for the version, too
    log.unlink()
    site(repo)
    few = log.read_text().splitlines()
    log.unlink()
    young = files("1.0.0", "0.9", "models/young", "young")
    release(repo, "2026-09-10", "young", {**young, "docs/young.md": "Young.\n"})
    on(repo, "2026-09-11").git("rm", "-rq", "models/fraud")
    repo.commit("fraud is gone")
    repo.commit("fraud is back", files("1.1.0", "0.81", "models/fraud", "fraud"))
    site(repo)
    assert len(log.read_text().splitlines()) == len(few)


def test_the_site_tells_the_waivers_of_the_policy_that_held_then(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    policy = (repo.root / "snitch.yaml").read_text()
    waiver = "{rule: REG301, model: MODEL, reason: agreed, approved_by: ada, expires: 2026-12-31}"
    own = waiver.replace("MODEL", "churn")
    others = waiver.replace("MODEL", '"fraud*", scope: all')
    waived = f"{policy}waivers:\n  - {own}\n  - {others}\n"
    on(repo, "2026-09-03").commit("1.3.0", {"snitch.yaml": waived, **files("1.3.0", "0.94")})
    on(repo, "2026-09-04").commit("1.4.0", {"snitch.yaml": policy, **files("1.4.0", "0.95")})
    told = [past[-1] for past in each_alone_and_all_at_once(repo)["churn"]]
    assert [[it.model for it in waivers] for waivers in told] == [[], ["churn"], [], [], []]


def each_alone_and_all_at_once(repo: Repo) -> dict[str, list[list[Any]]]:
    """What the site tells of each model's past, which is what the history of each tells."""
    told = ("version", "commit", "effective", "until", "author", "merger", "metrics", "waivers")
    found = {}
    with book(repo) as opened:
        for card in catalog(opened).each(lambda card: card):
            alone = history(opened, card.row.name)
            assert card.history is not None
            assert card.history.trends == alone.trends
            held, other = (
                [[getattr(stay, word) for word in told] for stay in it.deployments]
                for it in (card.history, alone)
            )
            assert held == other
            found[card.row.name] = held
    return found


def test_no_page_asks_anybody_for_anything(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    for text in site(repo).values():
        assert "default-src 'none'" in text
        assert not re.findall(r"(?:src|href)=\"(?:https?:|//)", text)
        assert "unsafe" not in text
        assert len(text.encode()) < 150 * 1024


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    evil = "<script>alert(1)</script>"
    held = files("1.3.0", "0.94")
    path = "models/churn/config.yaml"
    held[path] = held[path].replace("owner: risk-ml", f"owner: '{evil}'")
    held["models/churn/CHANGELOG.md"] = held["models/churn/CHANGELOG.md"].replace(
        "Retrained on the October", f"{evil} on the October"
    )
    release(repo, "2026-09-20", "evil", {**held})
    assert evil not in site(repo)["models/churn.html"]


def test_names_become_file_names_that_never_meet() -> None:
    names = ["churn", "Churn", "ch/urn", "../churn", "ch urn", "chürn", "", "a" * 100, "index"]
    found = [address(name) for name in names]
    assert len({one.lower() for one in found}) == len(names)
    assert all(re.fullmatch(r"models/[a-z0-9_.-]+\.html", one) for one in found)
    assert all(".." not in one for one in found)


def test_pages_that_say_the_same_are_not_written_anew(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path / "repo")
    out = tmp_path / "site"
    first = snitch(repo, "catalog", "--html", str(out), "--as-of", "2026-10-05")
    assert first.status == 0, first.err
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.html")}
    release(repo, "2026-09-20", "fraud", {**files("1.1.0", "0.82", "models/fraud", "fraud")})
    assert snitch(repo, "catalog", "--html", str(out), "--as-of", "2026-10-06").status == 0
    after = {path: path.stat().st_mtime_ns for path in out.rglob("*.html")}
    assert {path.name for path in before if before[path] != after[path]} == {
        "fraud.html",
        "index.html",
    }
    repo.git("rm", "-rq", "models/fraud")
    repo.commit("gone")
    assert snitch(repo, "catalog", "--html", str(out)).status == 0
    assert not (out / "models/fraud.html").exists()
    assert (out / "models/churn.html").exists()


def test_an_index_of_many_models_is_split_by_names(tmp_path: Path) -> None:
    repo, _ = three_releases(tmp_path)
    with book(repo) as opened:
        found = overview(opened)
    models = tuple(
        replace(found.models[0], title=f"{number:04}-{'long-' * 10}") for number in range(3000)
    )
    split = dict(index(replace(found, models=models)))
    assert list(split) == ["index.html", *(f"index-{number}.html" for number in range(2, 6))]
    named = [name for text in split.values() for name in re.findall(r"<tr>.*?>([0-9]{4})-", text)]
    assert named == [f"{number:04}" for number in range(3000)]
    for name, text in split.items():
        assert len(text.encode()) < 138 * 1024
        assert text.count('aria-current="page"') == 1
        assert f'href="{name}" aria-current' in text


def test_a_site_from_many_processes_is_that_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo, _ = three_releases(tmp_path)
    monkeypatch.setattr("snitch.engine.ledger.catalog.CHUNK", 1)
    sites = []
    for jobs in (1, 2):
        with open_book(repo.root, AS_OF, jobs) as opened:
            sites.append(dict(pages(catalog(opened))))
    assert sites[0] == sites[1]
