"""Public pages: one page for everyone, strong ETags per encoding, 304 without work."""

import gzip

import brotli
import pytest
from django.http import HttpResponseBase
from django.test import RequestFactory

from apps.core.public_pages import PageCache, negotiate, public_response

BROWSER = "gzip, deflate, br, zstd"


def get(
    path: str = "/page/", version: str = "1", body: str = "<p>글</p>", **headers: str
) -> object:
    request = RequestFactory().get(path, headers=headers)
    return public_response(request, version=version, render=lambda: body)


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", "identity"),
        ("gzip", "gzip"),
        ("gzip, br", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("identity;q=1, gzip;q=0.5", "identity"),
        ("gzip;q=nonsense", "identity"),
        ("GZIP", "gzip"),
    ],
)
def test_the_best_accepted_encoding_is_chosen(accepted: str, expected: str) -> None:
    assert negotiate(accepted) == expected


def test_every_encoding_carries_the_same_page() -> None:
    plain = get()
    zipped = get(accept_encoding="gzip")
    brotlied = get(accept_encoding="br")
    assert isinstance(plain, HttpResponseBase)
    assert plain.content == "<p>글</p>".encode()  # type: ignore[attr-defined]
    assert gzip.decompress(zipped.content) == plain.content  # type: ignore[attr-defined]
    assert brotli.decompress(brotlied.content) == plain.content  # type: ignore[attr-defined]


def test_each_encoding_has_its_own_strong_etag() -> None:
    tags = {get(accept_encoding=encoding)["ETag"] for encoding in ("", "gzip", "br")}  # type: ignore[index]
    assert len(tags) == 3
    assert not any(tag.startswith("W/") for tag in tags)


def test_a_known_etag_is_answered_with_304_and_no_body() -> None:
    first = get(accept_encoding=BROWSER)
    again = get(accept_encoding=BROWSER, if_none_match=first["ETag"])  # type: ignore[index]
    assert again.status_code == 304  # type: ignore[attr-defined]
    assert again.content == b""  # type: ignore[attr-defined]
    assert again["ETag"] == first["ETag"]  # type: ignore[index]


def test_the_etag_of_another_encoding_does_not_match() -> None:
    first = get(accept_encoding="gzip")
    other = get(accept_encoding="br", if_none_match=first["ETag"])  # type: ignore[index]
    assert other.status_code == 200  # type: ignore[attr-defined]


def test_new_content_is_a_new_page() -> None:
    assert get(version="1", body="a").content == b"a"  # type: ignore[attr-defined]
    assert get(version="2", body="b").content == b"b"  # type: ignore[attr-defined]


def test_one_version_is_rendered_once() -> None:
    calls: list[int] = []

    def render() -> str:
        calls.append(1)
        return "x"

    for _ in range(3):
        public_response(RequestFactory().get("/once/"), version="1", render=render)
    assert len(calls) == 1


def test_public_pages_vary_by_encoding_only_and_are_revalidated() -> None:
    response = get(accept_encoding=BROWSER)
    assert response["Vary"] == "Accept-Encoding"  # type: ignore[index]
    assert response["Cache-Control"] == "public, no-cache"  # type: ignore[index]


def test_the_cache_forgets_the_oldest_page() -> None:
    cache = PageCache(capacity=2)
    rendered: list[str] = []

    def page(name: str) -> None:
        cache.get(name, "1", "identity", lambda: rendered.append(name) or name)  # type: ignore[func-returns-value]

    for name in ("a", "b", "a", "c", "a", "b"):
        page(name)
    assert rendered == ["a", "b", "c", "b"]
