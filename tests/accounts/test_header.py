"""Who is here: the corner of the header, on personal pages and on public ones."""

import pytest
from django.test import Client
from pytest_django import Settings

from apps.content.catalogue import Catalogue
from tests.accounts.people import browser_with_learner, make_account

HTMX = {"HX-Request": "true"}
PUBLIC = ("/", "/lessons/aws/")


def bar(client: Client, shown: str = "http://testserver/") -> str:
    return client.get("/me/bar/", headers={**HTMX, "HX-Current-URL": shown}).content.decode()


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_hold_nothing_personal(client: Client, course: Catalogue, path: str) -> None:
    client.force_login(make_account())
    page = client.get(path)
    assert "김하늘" not in page.content.decode()
    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert page.content == Client().get(path).content
    assert 'hx-get="/me/bar/"' in page.content.decode()


@pytest.mark.django_db
def test_an_account_is_called_by_name_and_has_a_menu(client: Client) -> None:
    client.force_login(make_account())
    found = bar(client)
    assert "<html" not in found
    assert "김하늘" in found
    for way in ("/me/", "/classrooms/", "/me/password/", "/logout/"):
        assert f'"{way}"' in found
    assert 'href="/accounts/"' not in found


@pytest.mark.django_db
def test_administrators_find_the_accounts(client: Client) -> None:
    client.force_login(make_account("admin", "admin"))
    assert '"/accounts/"' in bar(client)


@pytest.mark.django_db
def test_who_joined_by_name_is_called_by_it_and_may_leave(client: Client) -> None:
    browser_with_learner(client, "이바다", admitted=True)
    found = bar(client)
    assert "이바다" in found
    assert "나가기" in found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("shown", "link"),
    [
        ("http://testserver/quizzes/?a=1", "/login/?next=%2Fquizzes%2F%3Fa%3D1"),
        ("http://testserver/login/?next=/x/", "/login/"),
        ("http://evil.example/x/", "/login/"),
        ("nonsense", "/login/"),
    ],
)
def test_the_way_in_leads_back_to_the_page_that_is_shown(
    client: Client, shown: str, link: str
) -> None:
    assert f'href="{link}"' in bar(client, shown)


def test_a_page_of_its_own_shows_the_corner_directly(client: Client, course: Catalogue) -> None:
    page = client.get("/quizzes/?a=1").content.decode()
    assert 'href="/login/?next=%2Fquizzes%2F%3Fa%3D1"' in page
    client.force_login(make_account())
    page = client.get("/quizzes/").content.decode()
    assert "김하늘" in page
    assert 'hx-get="/me/bar/"' not in page


@pytest.mark.django_db
def test_without_scripts_the_bar_is_a_page_with_the_same_ways(
    client: Client, settings: Settings
) -> None:
    page = client.get("/me/bar/").content.decode()
    assert "<html" in page
    assert '"/signup/"' in page
    settings.GUREUM_SIGNUP = False
    assert '"/signup/"' not in client.get("/me/bar/").content.decode()
    client.force_login(make_account())
    assert "김하늘님" in client.get("/me/bar/").content.decode()


@pytest.mark.django_db
def test_the_bar_is_kept_by_no_cache(client: Client) -> None:
    answer = client.get("/me/bar/", headers=HTMX)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Vary"] == "HX-Request, Cookie"


@pytest.mark.django_db
def test_a_name_is_escaped(client: Client) -> None:
    client.force_login(make_account(display_name="<script>x"))
    assert "<script>x" not in bar(client)


@pytest.mark.django_db
def test_a_stranger_s_bar_asks_nothing_of_the_database(
    client: Client, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        bar(client)


def test_the_menu_has_all_parts_of_the_site(client: Client, course: Catalogue) -> None:
    page = client.get("/").content.decode()
    for path in ("/", "/widgets/", "/quizzes/", "/classrooms/", "/me/"):
        assert f'<a class="site-nav__link" href="{path}"' in page


@pytest.mark.django_db
def test_somebody_without_the_role_is_told_so(client: Client) -> None:
    client.force_login(make_account())
    page = client.get("/accounts/")
    assert page.status_code == 403
    assert "볼 수 없는 페이지입니다" in page.content.decode()
