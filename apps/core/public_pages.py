"""Public pages: identical for everyone, rendered once, cached by browsers under a strong ETag.

A public page holds nothing personal (no name, no CSRF token); it is rendered without the request,
so that nothing personal can slip in. The ETag is a hash of the bytes sent, one per encoding.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

ENCODINGS = ("br", "gzip", "identity")  # best first
BROTLI_QUALITY = 9
GZIP_LEVEL = 7
CAPACITY = 512  # pages × encodings; a lesson is about 15 kB compressed


@dataclass(frozen=True)
class Body:
    content: bytes
    etag: str


class PageCache:
    """The bytes of rendered pages, by (page, version, encoding); the oldest go first."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.capacity = capacity
        self._bodies: OrderedDict[tuple[str, str, str], Body] = OrderedDict()
        self._lock = Lock()

    def get(self, page: str, version: str, encoding: str, render: Callable[[], str]) -> Body:
        key = (page, version, encoding)
        with self._lock:
            if key in self._bodies:
                self._bodies.move_to_end(key)
                return self._bodies[key]
        content = _encode(render().encode(), encoding)
        body = Body(content, f'"{hashlib.sha256(content).hexdigest()[:32]}"')
        with self._lock:
            self._bodies[key] = body
            while len(self._bodies) > self.capacity:
                self._bodies.popitem(last=False)
        return body

    def clear(self) -> None:
        with self._lock:
            self._bodies.clear()


page_cache = PageCache()


def public_response(
    request: HttpRequest,
    *,
    version: str,
    render: Callable[[], str],
    content_type: str = "text/html; charset=utf-8",
) -> HttpResponseBase:
    """The page at `request.path`, rendered once per `version` and encoding; 304 where it fits."""
    encoding = negotiate(request.headers.get("Accept-Encoding", ""))
    body = page_cache.get(request.path, version, encoding, render)
    response = HttpResponse(body.content, content_type=content_type)
    if encoding != "identity":
        response["Content-Encoding"] = encoding
    response["ETag"] = body.etag
    response["Vary"] = "Accept-Encoding"
    # Kept by browsers and proxies, but asked for each time: a correction must reach everyone.
    response["Cache-Control"] = "public, no-cache"
    return get_conditional_response(request, etag=body.etag, response=response) or response


def negotiate(accept_encoding: str) -> str:
    """The best of our encodings that the client accepts; `identity` when it names none."""
    weights: dict[str, float] = {}
    for part in accept_encoding.lower().split(","):
        name, _, parameters = part.strip().partition(";")
        if name:
            weights[name.strip()] = _weight(parameters)
    candidates = [
        (weights.get(encoding, weights.get("*", 0.0)), -rank, encoding)
        for rank, encoding in enumerate(ENCODINGS)
        if encoding != "identity"
    ]
    weight, _, encoding = max(candidates)
    return encoding if weight > weights.get("identity", 0.0) else "identity"


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def _encode(content: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(content, quality=BROTLI_QUALITY))
    if encoding == "gzip":
        # mtime=0: the same page has the same bytes, and so the same ETag, on every replica.
        return gzip.compress(content, compresslevel=GZIP_LEVEL, mtime=0)
    return content
