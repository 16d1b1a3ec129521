"""Health, robots, manifest, error pages."""

import json
import logging
from collections.abc import Callable

import pytest
from django.contrib.staticfiles import finders
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from apps.content.catalogue import Catalogue
from apps.core import views


def test_alive_needs_no_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_not_ready_before_content_is_loaded(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"content not loaded" in response.content


def test_ready_with_content(client: Client, course: Catalogue) -> None:
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_not_ready_without_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", fail)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"database unreachable" in response.content


def test_robots_keeps_personal_pages_out_of_indexes(client: Client) -> None:
    assert b"Disallow: /progress/" in client.get("/robots.txt").content


def test_the_web_manifest_names_existing_icons(client: Client) -> None:
    manifest = json.loads(client.get("/site.webmanifest").content)
    assert manifest["lang"] == "ko"
    assert manifest["icons"]
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


def test_an_unknown_address_gets_a_korean_page_with_a_way_on(client: Client) -> None:
    response = client.get("/nirgends/")
    assert response.status_code == 404
    page = response.content.decode()
    assert "그런 페이지가 없습니다" in page
    assert reverse("home:home") in page


def test_the_missing_address_is_escaped(client: Client) -> None:
    page = client.get("/<script>alert(1)</script>/").content.decode()
    assert "<script>alert" not in page


def test_a_wrong_host_gets_a_korean_page(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.CRITICAL, "django.security.DisallowedHost"):
        response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "GUREUM_HOSTS" in response.content.decode()


@pytest.mark.django_db
def test_a_failed_csrf_check_gets_a_korean_page(course: Catalogue) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/lessons/aws/progress/", {"action": "read"})
    assert response.status_code == 403
    assert "보낸 곳을 확인하지 못해" in response.content.decode()


@pytest.mark.parametrize(
    ("view", "status"),
    [(views.bad_request, 400), (views.permission_denied, 403), (views.server_error, 500)],
)
def test_error_pages_need_neither_session_nor_user(
    view: Callable[[HttpRequest], HttpResponse], status: int
) -> None:
    response = view(RequestFactory().get("/"))
    assert response.status_code == status
    assert "요청 번호" in response.content.decode()


@pytest.mark.django_db
def test_the_style_guide_is_for_developers_only(client: Client, settings: Settings) -> None:
    settings.DEBUG = False
    assert client.get("/styleguide/").status_code == 404
    settings.DEBUG = True
    assert client.get("/styleguide/").status_code == 200
