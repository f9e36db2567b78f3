"""One comment a merge request: found again, brought up to date, never a newer run's undone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Protocol

from snitch.frozen import dataclass
from snitch.reports.markdown.sections import MARKER

if TYPE_CHECKING:
    from collections.abc import Iterable

STAMP = re.compile(r"<!-- snitch-run head=([0-9a-f]{40,64}|none) run=([0-9]{1,20}) -->")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that stands on the request."""

    id: int
    author: str
    """The account's identity as the forge gives it, never its display name."""
    body: str


class Forge(Protocol):
    """A merge request on GitHub or GitLab. Every call may raise ForgeError."""

    def identity(self) -> str:
        """The account that the token belongs to."""

    def head(self) -> str:
        """The commit that the request asks to merge, as of now."""

    def comments(self) -> Iterable[Comment]:
        """Every comment, the oldest first."""

    def create(self, body: str) -> str:
        """Post a comment; its address."""

    def update(self, comment: int, body: str) -> str:
        """Replace a comment's text; its address."""


class ForgeError(Exception):
    """The forge refused, or could not be reached: one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What was done."""

    action: str
    """`created`, `updated`, `unchanged`, or `superseded` (a newer run's comment stands)."""
    address: str = ""


def stamped(markdown: str, commit: str | None, run: int) -> str:
    """The comment's text: the report, and which run on which commit says so."""
    head, _, rest = markdown.partition("\n")
    if head != MARKER:
        head, rest = MARKER, markdown
    return f"{head}\n<!-- snitch-run head={commit or 'none'} run={run} -->\n{rest}"


def post(forge: Forge, markdown: str, commit: str | None, run: int) -> Posted:
    """Bring the one comment up to date.

    Only a comment of the token's own account is ever touched, whoever else writes the marker.
    Where the comment that stands was written for the request's present head, or by a later run
    on the same commit, a late run leaves it alone.

    Runs grow from one to the next; 0 is one whose number nobody knows.

    Raises:
        ForgeError: the forge refused or could not be reached.
    """
    body = stamped(markdown, commit, run)
    me = forge.identity()
    own = [one for one in forge.comments() if one.author == me and one.body.startswith(MARKER)]
    if not own:
        return Posted("created", forge.create(body))
    standing = own[0]
    if _same(standing.body, body):
        return Posted("unchanged")
    if _is_newer(standing.body, commit, run, forge):
        return Posted("superseded")
    return Posted("updated", forge.update(standing.id, body))


def _same(standing: str, body: str) -> bool:
    """Whether nothing but the run's number differs: no reader needs to be told again."""

    def bare(text: str) -> str:
        return STAMP.sub(lambda found: f"<!-- {found[1]} -->", _lines(text)).rstrip()

    return bare(standing) == bare(body)


def _lines(text: str) -> str:
    # Forges answer with the line ends that a browser would send.
    return text.replace("\r\n", "\n")


def _is_newer(standing: str, commit: str | None, run: int, forge: Forge) -> bool:
    found = STAMP.search(_lines(standing))
    if found is None:
        return False
    head, number = found[1], int(found[2])
    if head == commit:
        return number > run
    return head == forge.head()
