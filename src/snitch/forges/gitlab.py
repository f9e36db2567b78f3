"""GitLab, in the cloud or self-hosted, through python-gitlab."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING
from typing import TypeVar

from snitch.forges.comment import Comment
from snitch.forges.comment import ForgeError

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from gitlab.v4.objects import ProjectMergeRequest

T = TypeVar("T")

TIMEOUT = 60
"""Seconds for one answer."""


class GitLab:
    """One merge request."""

    def __init__(self, project: str, number: int, token: str, url: str) -> None:
        try:
            from gitlab import Gitlab  # noqa: PLC0415 - only who comments needs the client
        except ImportError:
            message = "posting to GitLab needs python-gitlab; pip install 'model-snitch[gitlab]'"
            raise ForgeError(message) from None
        self._project = project
        self._number = number
        self._url = url
        self._client = Gitlab(
            url,
            private_token=token,
            timeout=TIMEOUT,
            per_page=100,
            retry_transient_errors=True,
        )

    @cached_property
    def _request(self) -> ProjectMergeRequest:
        project = self._client.projects.get(self._project, lazy=True)
        return self._asked(lambda: project.mergerequests.get(self._number))

    def identity(self) -> str:
        """The token's account."""

        def ask() -> str:
            self._client.auth()
            return str(self._client.user.username) if self._client.user is not None else ""

        return str(self._asked(ask))

    def head(self) -> str:
        """The commit that the merge request asks to merge."""
        return str(self._request.sha)

    def comments(self) -> Iterator[Comment]:
        """Every note that a person or bot wrote."""
        notes = self._asked(
            lambda: list(self._request.notes.list(iterator=True, sort="asc", order_by="created_at"))
        )
        for note in notes:
            if not note.system:
                yield Comment(note.id, note.author["username"], note.body or "")

    def create(self, body: str) -> str:
        """Post a note."""
        note = self._asked(lambda: self._request.notes.create({"body": body}))
        return self._address(note.id)

    def update(self, comment: int, body: str) -> str:
        """Replace a note's text."""
        self._asked(lambda: self._request.notes.update(comment, {"body": body}))
        return self._address(comment)

    def _address(self, note: int) -> str:
        return f"{self._request.web_url}#note_{note}"

    def _asked(self, ask: Callable[[], T]) -> T:
        from gitlab import GitlabError  # noqa: PLC0415
        from requests import RequestException  # noqa: PLC0415

        try:
            return ask()
        except GitlabError as error:
            message = f"GitLab answers {error.response_code}: {error.error_message}"
            raise ForgeError(message) from error
        except RequestException as error:
            message = f"{self._url} cannot be reached: {type(error).__name__}"
            raise ForgeError(message) from error
