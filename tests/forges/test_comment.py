from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from forges.servers import HEAD
from forges.servers import GitHubServer
from forges.servers import GitLabServer
from forges.servers import Server
from reports.scenarios import SCENARIOS

from snitch.cli import commands
from snitch.forges.comment import stamped
from snitch.reports import RenderOptions
from snitch.reports import render
from snitch.reports.json_document import read
from snitch.reports.markdown.sections import MARKER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

FORGES = {"github": GitHubServer, "gitlab": GitLabServer}
OLDER, COMMIT = "0" * 40, "c" * 40


@pytest.fixture(params=sorted(FORGES))
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with FORGES[request.param]() as running:
        yield running


def run(server: Server, path: Path, *args: str, run: int = 5) -> Result:
    kind = "github" if isinstance(server, GitHubServer) else "gitlab"
    environment = {
        "GITHUB_TOKEN": "t",
        "GITLAB_TOKEN": "t",
        "GITHUB_RUN_ID": str(run),
        "GITHUB_REPOSITORY": "acme/models",
        "CI_PROJECT_PATH": "acme/models",
        "no_proxy": "127.0.0.1",
    }
    options = ["comment", "--pr", "7", "--report", str(path), "--forge", kind]
    return CliRunner().invoke(commands, [*options, "--url", server.url, *args], env=environment)


def report(tmp_path: Path, scenario: str = "fail", commit: str | None = None) -> Path:
    path = tmp_path / "report.json"
    text = render(SCENARIOS[scenario], "json", RenderOptions())
    if commit is not None:
        was = SCENARIOS[scenario].candidate.commit
        text = text.replace(f'"commit": "{was}"', f'"commit": "{commit}"')
    path.write_text(text)
    return path


def body(commit: str, run: int) -> str:
    markdown = "<!-- snitch-report -->\nan old report"
    return stamped(markdown, commit, run)


def test_the_first_run_writes_a_comment(server: Server, tmp_path: Path) -> None:
    result = run(server, report(tmp_path))
    assert result.exit_code == 0, result.output
    [(_, author, text)] = server.notes
    assert author == server.me
    assert text.startswith(MARKER)
    assert "REG301" in text


def test_an_unchanged_report_writes_nothing(server: Server, tmp_path: Path) -> None:
    run(server, report(tmp_path))
    before = list(server.notes)
    result = run(server, report(tmp_path), run=6)
    assert "comment unchanged" in result.output
    assert server.notes == before


def test_a_changed_report_replaces_the_comment_even_on_a_later_page(
    server: Server, tmp_path: Path
) -> None:
    server.notes = [(number, "ana", "hello") for number in range(1, 6)]
    server.notes.append((9, server.me, body(OLDER, 1)))
    result = run(server, report(tmp_path))
    assert "comment updated" in result.output
    assert len(server.notes) == 6
    assert "REG301" in server.notes[-1][2]


def test_a18_a_strangers_comment_with_the_marker_is_left_alone(
    server: Server, tmp_path: Path
) -> None:
    """Nor does it stand for ours, which is brought up to date wherever it stands."""
    theirs = (1, "mallory", body(OLDER, 1))
    server.notes = [theirs]
    for _ in range(2):
        run(server, report(tmp_path))
        assert [author for _, author, _ in server.notes] == ["mallory", server.me]
        assert server.notes[0] == theirs
    assert "REG301" in server.notes[1][2]


@pytest.mark.parametrize(("commit", "number"), [(HEAD, 1), (COMMIT, 99)])
def test_a_late_run_does_not_undo_a_newer_one(
    server: Server, tmp_path: Path, commit: str, number: int
) -> None:
    server.notes = [(1, server.me, body(commit, number))]
    result = run(server, report(tmp_path, commit=COMMIT))
    assert "comment superseded" in result.output
    assert "an old report" in server.notes[0][2]


def test_a_run_on_the_present_head_replaces_an_older_heads_comment(
    server: Server, tmp_path: Path
) -> None:
    server.notes = [(1, server.me, body(OLDER, 99))]
    assert "comment updated" in run(server, report(tmp_path, commit=HEAD)).output


def test_a_rate_limit_is_waited_for(server: Server, tmp_path: Path) -> None:
    server.failures = [(429, {"Retry-After": "0"}, '{"message": "slow down"}')]
    result = run(server, report(tmp_path))
    assert result.exit_code == 0, result.output
    assert len(server.notes) == 1


def test_a_refusal_is_told_in_one_line(server: Server, tmp_path: Path) -> None:
    server.failures = [(401, {}, '{"message": "Bad credentials"}')] * 9
    result = run(server, report(tmp_path))
    assert result.exit_code == 1
    assert "answers 401: Bad credentials" in result.output
    assert server.notes == []


def test_a_dry_run_asks_nobody(server: Server, tmp_path: Path) -> None:
    result = run(server, report(tmp_path), "--dry-run")
    assert result.exit_code == 0
    assert MARKER in result.output
    assert server.log == []


def test_a_workflows_own_token_may_not_ask_who_it_is(tmp_path: Path) -> None:
    with GitHubServer(me="github-actions[bot]", forbidden_user=True) as server:
        run(server, report(tmp_path))
        result = run(server, report(tmp_path, "pass"))
        assert "comment updated" in result.output
        assert len(server.notes) == 1


@pytest.mark.parametrize(
    "text", ["{}", "[]", "", '{"schema": 1}', '{"schema": 2, "verdict": "pass"}']
)
def test_a_report_without_a_verdict_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(text)
    with GitHubServer() as server:
        result = run(server, path)
        assert result.exit_code != 0
        assert server.log == []


@pytest.mark.parametrize("scenario", sorted(SCENARIOS))
def test_a_report_read_back_renders_the_same_comment(tmp_path: Path, scenario: str) -> None:
    path = report(tmp_path, scenario)
    again = render(read(path.read_text()), "markdown", RenderOptions())
    assert again == render(SCENARIOS[scenario], "markdown", RenderOptions())
