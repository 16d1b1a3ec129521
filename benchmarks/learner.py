"""A learner over HTTP, as the page's script is one: starts, saves with a count, submits."""

import http.client
import json
import random
import string
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

TIMEOUT = 60
_CSRF_COOKIE, _CSRF_LENGTH = "gureum_csrf", 32


@dataclass
class HttpLearner:
    """One browser with one tab. Not for several threads at once."""

    port: int
    name: str
    cookies: dict[str, str] = field(default_factory=dict)
    attempt: str = ""  # its address
    count: int = 0
    revisions: dict[int, int] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def __post_init__(self) -> None:
        letters = random.Random(self.name).choices(string.ascii_letters, k=_CSRF_LENGTH)
        self.cookies.setdefault(_CSRF_COOKIE, "".join(letters))

    def move_to(self, port: int) -> None:
        """The site came back elsewhere; cookies do not know ports."""
        self.close()
        self.port = port

    def start(self, quiz: str, run: str) -> None:
        """Raises AssertionError if the site does not begin an attempt."""
        status, headers, _ = self.request("POST", f"/quizzes/{quiz}/{run}/start/")
        self.attempt = headers.get("Location", "")
        if status != 302 or not self.attempt.startswith("/attempts/"):
            raise AssertionError(f"start: {status} {self.attempt}")

    def compose(self, position: int, answer: str) -> dict[str, str]:
        """The next save of an item, as the tab would send it, and send it again."""
        self.count += 1
        return {
            "answer": answer,
            "revision": str(self.revisions.get(position, 0)),
            "client": self.name,
            "sequence": str(self.count),
            "try": "1",
        }

    def send(self, position: int, form: dict[str, str]) -> dict[str, Any]:
        """What the site says to a save. Raises AssertionError for anything but an answer to it."""
        status, _, body = self.request(
            "POST", f"{self.attempt}{position}/", form, {"X-Gureum-Save": "1"}
        )
        if status != 200:
            raise AssertionError(f"save: {status}")
        told: dict[str, Any] = json.loads(body)
        self.revisions[position] = told["revision"]
        return told

    def submit(self) -> int:
        """The status: 302 leads to the review."""
        return self.request("POST", f"{self.attempt}submit/")[0]

    def request(
        self,
        method: str,
        path: str,
        form: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """One request on the connection that stays open. Raises OSError or HTTPException."""
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        sent = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **(headers or {}),
        }
        body = None
        if method == "POST":
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            sent["X-CSRFToken"] = self.cookies[_CSRF_COOKIE]
            body = urlencode(form or {})
        self._connection.request(method, path, body, sent)
        response = self._connection.getresponse()
        received = response.read()
        for line in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return response.status, response.headers, received

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
