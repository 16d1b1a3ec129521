"""Listens to everything a browser context says and asks for."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

_LOUD = frozenset({"error", "warning"})
# The browser's own line for an answer that the test expects, or for a server that is gone.
_FAILED_TO_LOAD = "Failed to load resource"
_INSIDE = frozenset({"data", "blob", "about"})


class Watch:
    """Collects what must not happen; `expect_status` and `expect_console` name the exceptions."""

    def __init__(self, origin: str) -> None:
        self.origins = {origin}
        self._statuses: set[int] = set()
        self._lines: list[str] = []
        self._seen: list[str] = []

    def expect_status(self, status: int) -> None:
        self._statuses.add(status)

    def expect_console(self, part: str) -> None:
        self._lines.append(part)

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("response", self._response)

    def complaints(self) -> list[str]:
        return self._seen

    def _console(self, message: ConsoleMessage) -> None:
        text = message.text
        if message.type not in _LOUD or any(part in text for part in self._lines):
            return
        if text.startswith(_FAILED_TO_LOAD) and any(f"{code}" in text for code in self._statuses):
            return
        self._seen.append(f"console {message.type}: {text}")

    def _error(self, error: WebError) -> None:
        self._seen.append(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in _INSIDE or f"{parts.scheme}://{parts.netloc}" in self.origins:
            return
        self._seen.append(f"request to another origin: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._statuses:
            self._seen.append(f"HTTP {response.status}: {response.url}")
