"""Forges on loopback: as much of the documented APIs as a comment needs."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from dataclasses import field
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING
from typing import Any
from urllib.parse import parse_qs
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

HEAD = "a" * 40


@dataclass
class Server:
    """One forge with one merge request; `notes` are its comments, as (id, author, body)."""

    me: str = "snitch-bot"
    head: str = HEAD
    page: int = 2
    notes: list[tuple[int, str, str]] = field(default_factory=list)
    failures: list[tuple[int, dict[str, str], str]] = field(default_factory=list)
    """Answers (status, headers, body) to give first, one a request."""
    forbidden_user: bool = False
    log: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: Any) -> None:
                """Nothing on standard error."""

            def answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                sent = json.loads(self.rfile.read(length) or b"{}")
                outer.log.append(f"{self.command} {urlsplit(self.path).path}")
                if outer.failures:
                    status, headers, body = outer.failures.pop(0)
                    self.send(status, headers, body)
                    return
                status, value, headers = outer.route(self.command, self.path, sent)
                self.send(status, headers, json.dumps(value))

            def send(self, status: int, headers: dict[str, str], body: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body.encode())))
                self.end_headers()
                self.wfile.write(body.encode())

            do_GET = do_POST = do_PATCH = do_PUT = answer  # noqa: N815 - the server's names

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def route(self, method: str, path: str, sent: Any) -> tuple[int, Any, dict[str, str]]:
        """The answer to one request: status, body, headers."""
        raise NotImplementedError

    def paged(self, path: str, rows: list[Any]) -> tuple[int, Any, dict[str, str]]:
        """One page of a list, with the link to the next as both forges give it."""
        query = parse_qs(urlsplit(path).query)
        number = int(query.get("page", ["1"])[0])
        start = (number - 1) * self.page
        headers = {}
        if start + self.page < len(rows):
            link = f"{self.url}{urlsplit(path).path}?page={number + 1}"
            headers["Link"] = f'<{link}>; rel="next"'
        return 200, rows[start : start + self.page], headers

    def write(self, sent: Any, number: int | None = None) -> int:
        """Keep a comment that was sent."""
        if number is None:
            number = 1 + max((one[0] for one in self.notes), default=0)
            self.notes.append((number, self.me, sent["body"]))
        else:
            self.notes = [
                (one, author, sent["body"] if one == number else body)
                for one, author, body in self.notes
            ]
        return number


class GitHubServer(Server):
    """The REST API of GitHub."""

    def route(  # noqa: PLR0911 - one return a route
        self, method: str, path: str, sent: Any
    ) -> tuple[int, Any, dict[str, str]]:
        bare, base = urlsplit(path).path, "/repos/acme/models"
        match method, bare.removeprefix(base).split("/")[1:]:
            case "GET", ["user"]:
                if self.forbidden_user:
                    return 403, {"message": "Resource not accessible by integration"}, {}
                return 200, {"login": self.me}, {}
            case "GET", ["pulls", "7"]:
                issue = f"{self.url}{base}/issues/7"
                return (
                    200,
                    {
                        "number": 7,
                        "head": {"sha": self.head},
                        "issue_url": issue,
                        "url": f"{self.url}{base}/pulls/7",
                    },
                    {},
                )
            case "GET", ["issues", "7", "comments"]:
                return self.paged(path, [self.shown(*one) for one in self.notes])
            case "POST", ["issues", "7", "comments"]:
                number = self.write(sent)
                return 201, self.shown(number, self.me, sent["body"]), {}
            case "GET", ["issues", "comments", number]:
                [found] = [one for one in self.notes if one[0] == int(number)]
                return 200, self.shown(*found), {}
            case "PATCH", ["issues", "comments", number]:
                self.write(sent, int(number))
                return 200, self.shown(int(number), self.me, sent["body"]), {}
        return 404, {"message": "Not Found"}, {}

    def shown(self, number: int, author: str, body: str) -> dict[str, Any]:
        return {
            "id": number,
            "user": {"login": author},
            "body": body,
            "url": f"{self.url}/repos/acme/models/issues/comments/{number}",
            "html_url": f"https://forge.example/7#{number}",
        }


class GitLabServer(Server):
    """The REST API of GitLab."""

    def route(self, method: str, path: str, sent: Any) -> tuple[int, Any, dict[str, str]]:
        base = "/api/v4/projects/acme%2Fmodels/merge_requests/7"
        match method, urlsplit(path).path.removeprefix(base).split("/")[1:]:
            case "GET", ["api", "v4", "user"]:
                return 200, {"id": 1, "username": self.me}, {}
            case "GET", []:
                web = "https://forge.example/7"
                return 200, {"iid": 7, "id": 70, "sha": self.head, "web_url": web}, {}
            case "GET", ["notes"]:
                return self.paged(path, [self.shown(*one) for one in self.notes])
            case "POST", ["notes"]:
                number = self.write(sent)
                return 201, self.shown(number, self.me, sent["body"]), {}
            case "PUT", ["notes", number]:
                self.write(sent, int(number))
                return 200, self.shown(int(number), self.me, sent["body"]), {}
        return 404, {"message": "404 Not found"}, {}

    def shown(self, number: int, author: str, body: str) -> dict[str, Any]:
        return {
            "id": number,
            "author": {"username": author},
            "body": body,
            "system": author == "system",
        }
