"""Request ids, trusted proxies, security headers."""

import ipaddress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from apps.core.middleware import TrustedProxyMiddleware


def through(request: HttpRequest) -> HttpRequest:
    TrustedProxyMiddleware(lambda _: HttpResponse())(request)
    return request


@pytest.fixture
def behind_proxy(settings: Settings) -> None:
    settings.GUREUM_TRUSTED_PROXIES = (ipaddress.ip_network("10.0.0.0/8"),)


@pytest.mark.usefixtures("behind_proxy")
@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # the first may be forged
        ("10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("192.0.2.1", "203.0.113.9", "192.0.2.1"),  # not our proxy
    ],
)
def test_the_client_is_the_last_hop_before_our_proxies(
    peer: str, forwarded: str, client: str
) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert through(request).META["REMOTE_ADDR"] == client


@pytest.mark.usefixtures("behind_proxy")
def test_only_a_trusted_proxy_can_say_that_the_request_was_https() -> None:
    trusted = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_PROTO="https")
    forged = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_PROTO="https")
    assert through(trusted).is_secure()
    assert not through(forged).is_secure()


def test_every_response_forbids_inline_script_and_other_origins(client: Client) -> None:
    response = client.get("/healthz")
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


def test_the_request_id_is_ours_and_differs_each_time(client: Client) -> None:
    first = client.get("/healthz", headers={"X-Request-ID": "forged\nline"})["X-Request-ID"]
    second = client.get("/healthz")["X-Request-ID"]
    assert first != second
    assert first.isalnum()


def test_a_body_that_is_too_large_is_refused_before_it_is_read(
    client: Client, settings: Settings
) -> None:
    settings.GUREUM_LARGEST_BODY = 100
    upload = {"file": SimpleUploadedFile("a", b"x" * 200)}
    response = client.post("/lessons/aws/progress/", upload)
    assert response.status_code == 413
    assert "너무 큽니다" in response.content.decode()
    assert "Content-Security-Policy" in response
