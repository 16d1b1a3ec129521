"""The notice about what is kept."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


def test_a_notice_is_there_without_any_setting(client: Client) -> None:
    page = client.get("/privacy/").content.decode()
    assert "보관하는 것" in page
    assert "계정을 지울 때까지" in page


def test_the_operators_own_notice_is_shown_as_text(client: Client, settings: Settings) -> None:
    settings.GUREUM_PRIVACY_NOTICE = "우리 학교의 안내\n\n<script>alert(1)</script>"
    settings.GUREUM_RETENTION_DAYS = 400
    page = client.get("/privacy/").content.decode()
    assert "<p>우리 학교의 안내</p>" in page
    assert "<script>alert" not in page
    assert "400일이 지나면" in page


def test_the_notice_names_every_cookie_of_ours() -> None:
    """A new cookie needs a line in the notice: session, forms, known browser."""
    root = Path(__file__).resolve().parents[2]
    names = {
        word.strip("\"'")
        for path in [*root.glob("apps/**/*.py"), root / "config/settings.py"]
        for word in path.read_text("utf-8").split()
        if word.strip("\"'").startswith("gureum_") and word[0] in "\"'"
    }
    assert names == {"gureum_session", "gureum_csrf", "gureum_known"}


@pytest.mark.parametrize(
    "path", ["/me/", "/accounts/", "/login/", "/setup/", "/join/", "/reports/"]
)
def test_searching_machines_are_kept_from_doors_and_personal_pages(
    client: Client, path: str
) -> None:
    assert f"Disallow: {path}" in client.get("/robots.txt").content.decode().splitlines()
