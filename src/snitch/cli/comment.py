"""`snitch comment`: put a report on a pull or merge request."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from snitch.cli.output import say

if TYPE_CHECKING:
    from snitch.forges.comment import Forge

GITHUB, GITLAB = "https://api.github.com", "https://gitlab.com"
BUDGETS = {"github": 60_000, "gitlab": 900_000}
"""UTF-16 units that a comment may have, with room for the stamp."""


@click.command()
@click.option("--pr", "number", type=click.IntRange(min=1), required=True, metavar="N")
@click.option(
    "--report",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="What `snitch check --format json=FILE` wrote.",
)
@click.option("--forge", type=click.Choice(["github", "gitlab"]), help="[default: the CI job's]")
@click.option("--repository", metavar="OWNER/NAME", help="[default: the CI job's]")
@click.option("--url", metavar="URL", help="The API of GitHub Enterprise, or a GitLab's address.")
@click.option("--dry-run", is_flag=True, help="Print the comment, post nothing.")
def comment(  # noqa: PLR0913 - one parameter an option
    *,
    number: int,
    path: Path,
    forge: str | None,
    repository: str | None,
    url: str | None,
    dry_run: bool,
) -> None:
    """Post a report as the one comment of a pull request, or bring that up to date.

    The token is read from GITHUB_TOKEN, GH_TOKEN or GITLAB_TOKEN. The exit status is 0 when the
    comment stands, 2 when it does not; the report's verdict is the business of `snitch check`.
    """
    from snitch.forges.comment import ForgeError  # noqa: PLC0415 - `--help` need not load it
    from snitch.forges.comment import post  # noqa: PLC0415
    from snitch.forges.comment import stamped  # noqa: PLC0415
    from snitch.reports import RenderOptions  # noqa: PLC0415
    from snitch.reports import render  # noqa: PLC0415
    from snitch.reports.json_document import MAX_BYTES  # noqa: PLC0415
    from snitch.reports.json_document import read  # noqa: PLC0415
    from snitch.reports.neutral.plain import plain  # noqa: PLC0415

    kind = forge or ("gitlab" if os.environ.get("GITLAB_CI") else "github")
    with path.open("rb") as file:
        report = read(file.read(MAX_BYTES).decode(errors="replace"))
    markdown = render(report, "markdown", RenderOptions(max_chars=BUDGETS[kind]))
    commit, run = report.candidate.commit, _run()
    if dry_run:
        say(stamped(markdown, commit, run))
        return
    try:
        posted = post(_forge(kind, repository, number, url), markdown, commit, run)
    except ForgeError as error:
        message = f"the comment was not posted: {plain(str(error))}"
        raise click.ClickException(message) from None
    click.echo(f"comment {posted.action} {plain(posted.address)}".rstrip(), err=True)


def _run() -> int:
    for name in ("GITHUB_RUN_ID", "CI_PIPELINE_ID", "BUILD_NUMBER"):
        value = os.environ.get(name, "")
        if value.isascii() and value.isdigit():
            return int(value[:20])
    return 0


def _forge(kind: str, repository: str | None, number: int, url: str | None) -> Forge:
    from snitch.forges.github import GitHub  # noqa: PLC0415 - its client is loaded when used
    from snitch.forges.gitlab import GitLab  # noqa: PLC0415

    environ = os.environ
    if kind == "gitlab":
        project = repository or environ.get("CI_PROJECT_PATH")
        token = environ.get("GITLAB_TOKEN")
        address = url or environ.get("CI_SERVER_URL") or GITLAB
        return GitLab(*_given(project, token, "CI_PROJECT_PATH", "GITLAB_TOKEN", number), address)
    project = repository or environ.get("GITHUB_REPOSITORY")
    token = environ.get("GITHUB_TOKEN") or environ.get("GH_TOKEN")
    address = url or environ.get("GITHUB_API_URL") or GITHUB
    return GitHub(*_given(project, token, "GITHUB_REPOSITORY", "GITHUB_TOKEN", number), address)


def _given(
    project: str | None, token: str | None, project_name: str, token_name: str, number: int
) -> tuple[str, int, str]:
    if not project:
        message = f"name the repository with --repository, or in {project_name}"
        raise click.UsageError(message)
    if not token:
        message = f"put a token that may comment into {token_name}"
        raise click.UsageError(message)
    return project, number, token
