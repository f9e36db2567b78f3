"""GitHub, in the cloud or on premises, through PyGithub."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING
from typing import TypeVar

from snitch.forges.comment import Comment
from snitch.forges.comment import ForgeError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from github.PullRequest import PullRequest

T = TypeVar("T")

ACTIONS = "github-actions[bot]"
"""Whom a workflow's own token posts as; it may not ask who it is."""
FORBIDDEN = 403
RETRIES = 5


class GitHub:
    """One pull request."""

    def __init__(self, repository: str, number: int, token: str, url: str) -> None:
        try:
            from github import Auth  # noqa: PLC0415 - only who comments needs the client
            from github import Github  # noqa: PLC0415
            from github import GithubRetry  # noqa: PLC0415
        except ImportError:
            message = "posting to GitHub needs PyGithub; pip install 'model-snitch[github]'"
            raise ForgeError(message) from None
        self._repository = repository
        self._number = number
        self._url = url
        self._client = Github(
            auth=Auth.Token(token),
            base_url=url,
            # Waits as long as GitHub's answer asks for.
            retry=GithubRetry(total=RETRIES),
            per_page=100,
            lazy=True,
        )

    @cached_property
    def _request(self) -> PullRequest:
        return self._asked(self._find)

    def _find(self) -> PullRequest:
        return self._client.get_repo(self._repository).get_pull(self._number)

    def identity(self) -> str:
        """The token's account."""
        from github import GithubException  # noqa: PLC0415

        try:
            return self._asked(lambda: self._client.get_user().login)
        except ForgeError as error:
            cause = error.__cause__
            if isinstance(cause, GithubException) and cause.status == FORBIDDEN:
                return ACTIONS
            raise

    def head(self) -> str:
        """The commit that the pull request asks to merge."""
        return self._request.head.sha

    def comments(self) -> Iterator[Comment]:
        """Every comment of the conversation."""
        for one in self._asked(lambda: list(self._request.get_issue_comments())):
            yield Comment(one.id, one.user.login, one.body or "")

    def create(self, body: str) -> str:
        """Post a comment."""
        return self._asked(lambda: self._request.create_issue_comment(body).html_url)

    def update(self, comment: int, body: str) -> str:
        """Replace a comment's text."""

        def edit() -> str:
            one = self._request.get_issue_comment(comment)
            one.edit(body)
            return one.html_url

        return self._asked(edit)

    def _asked(self, ask: Callable[[], T]) -> T:
        from github import GithubException  # noqa: PLC0415
        from requests import RequestException  # noqa: PLC0415

        try:
            return ask()
        except GithubException as error:
            said = error.data.get("message") if isinstance(error.data, dict) else None
            message = f"GitHub answers {error.status}: {said or 'no reason given'}"
            raise ForgeError(message) from error
        except RequestException as error:
            message = f"{self._url} cannot be reached: {type(error).__name__}"
            raise ForgeError(message) from error
