"""Lesson pages: the same bytes for everyone, nothing personal in them."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.content.catalogue import Catalogue
from apps.core.public_pages import page_cache
from apps.lessons.models import Lesson

PUBLIC = ["/", "/lessons/aws/", "/lessons/sg-vs-nacl/"]


def test_every_lesson_answers(client: Client, course: Catalogue) -> None:
    for spec in course.lessons:
        response = client.get(f"/lessons/{spec.slug}/")
        assert response.status_code == 200
        assert spec.title in response.content.decode()


def test_a_retired_lesson_is_gone(client: Client, course: Catalogue) -> None:
    Lesson.objects.filter(slug="efs").update(retired_at="2026-03-01T00:00Z")
    assert client.get("/lessons/efs/").status_code == 404


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_identical_for_everyone(
    path: str, client: Client, course: Catalogue
) -> None:
    stranger = client.get(path)
    reader = Client()
    reader.post("/lessons/aws/progress/", {"action": "read"})
    reader.force_login(get_user_model().objects.create_user("kim", display_name="김하늘"))
    page_cache.clear()
    known = reader.get(path)
    assert known.content == stranger.content
    assert known["ETag"] == stranger["ETag"]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_never_touch_the_session(path: str, client: Client, course: Catalogue) -> None:
    response = client.get(path)
    assert "Cookie" not in response["Vary"]
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()


@pytest.mark.parametrize("path", PUBLIC)
def test_a_known_page_is_answered_with_one_small_query(
    path: str,
    client: Client,
    course: Catalogue,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    tag = client.get(path)["ETag"]
    with django_assert_num_queries(1):
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_new_content_changes_the_page_at_once(client: Client, course: Catalogue) -> None:
    from apps.lessons.models import ContentState

    tag = client.get("/lessons/aws/")["ETag"]
    Lesson.objects.filter(slug="aws").update(title="새 제목")
    ContentState.objects.update(digest="another")
    response = client.get("/lessons/aws/", headers={"If-None-Match": tag})
    assert response.status_code == 200
    assert "새 제목" in response.content.decode()


def test_every_correction_is_listed_at_the_end_with_its_source(
    client: Client, course: Catalogue
) -> None:
    total = 0
    for spec in course.lessons:
        page = client.get(f"/lessons/{spec.slug}/").content.decode()
        for erratum in spec.errata:
            assert f'id="errata-{erratum.number}"' in page
            assert f'id="note-{erratum.id}"' in page
            assert f'href="#ref-{erratum.id}"' in page
            total += 1
    assert total == 103


def test_no_page_names_another_origin_except_as_a_source_to_follow(
    client: Client, course: Catalogue
) -> None:
    for spec in course.lessons:
        page = client.get(f"/lessons/{spec.slug}/").content.decode()
        for attribute in ('src="http', "src='http", 'src="//', "srcset=", "url(http"):
            assert attribute not in page
