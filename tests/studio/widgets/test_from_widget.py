"""From a state of a widget to the draft of a question about it."""

import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.content.catalogue import Catalogue
from apps.quizzes.models import Pool, Question
from apps.studio.models import Draft
from apps.studio.services.publishing import check_document
from apps.widgetkit.registry import get_widget
from tests.studio.factories import make_instructor

LINK = "이 상태로 문제 만들기"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def teacher(client: Client, db: None) -> Client:
    client.force_login(make_instructor())
    return client


def address(query: str = "", widget: str = "packet-walk") -> str:
    return f"/studio/from-widget/{widget}/{query}"


def page(client: Client, query: str = "", *, status: int = 200, widget: str = "packet-walk") -> str:
    response = client.get(address(query, widget))
    assert response.status_code == status
    return response.content.decode()


# The way there ----------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_an_instructor_finds_the_way_with_the_state_in_it(
    teacher: Client, headers: dict[str, str]
) -> None:
    html = teacher.get("/widgets/packet-walk/?preset=notes", headers=headers).content.decode()
    assert LINK in html
    assert 'href="/studio/from-widget/packet-walk/?preset=notes"' in html


def test_the_way_keeps_a_state_that_was_changed_by_hand(teacher: Client) -> None:
    walk = get_widget("packet-walk")
    assert walk is not None
    scenario = json.loads(json.dumps(walk.presets[0].scenario))
    scenario["flow"]["port"] = 5432
    html = teacher.get("/widgets/packet-walk/", {"json": json.dumps(scenario)}).content.decode()
    way = html.partition('href="/studio/from-widget/packet-walk/?')[2].partition('"')[0]
    assert way
    found = page(teacher, "?" + way.replace("&amp;", "&"))
    assert "직접 고친 상황" in found


def test_a_page_that_asks_offers_the_state_without_the_prediction(teacher: Client) -> None:
    html = teacher.get("/widgets/packet-walk/?preset=notes&mode=predict").content.decode()
    assert 'href="/studio/from-widget/packet-walk/?preset=notes"' in html


def test_an_invalid_state_has_no_way_on(teacher: Client) -> None:
    walk = get_widget("packet-walk")
    assert walk is not None
    names = [name for name, _ in walk.encode(walk.presets[0].scenario)]
    html = teacher.get("/widgets/packet-walk/", {names[0]: "nonsense"}).content.decode()
    assert LINK not in html


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_learners_and_strangers_are_shown_no_way(
    client: Client, db: None, headers: dict[str, str]
) -> None:
    strange = client.get("/widgets/packet-walk/", headers=headers).content.decode()
    client.force_login(User.objects.create_user("lee"))
    signed_in = client.get("/widgets/packet-walk/", headers=headers).content.decode()
    assert LINK not in strange + signed_in


def test_a_stranger_costs_no_query(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        client.get("/widgets/packet-walk/")
        client.get("/widgets/packet-walk/", headers=HTMX)


def test_inside_a_lesson_there_is_none_whoever_reads(teacher: Client) -> None:
    html = teacher.get("/widgets/packet-walk/?preset=notes&uid=e1", headers=HTMX).content.decode()
    assert LINK not in html


# What can be asked ------------------------------------------------------------------------------


def test_every_ask_is_a_card_with_key_feedback_and_explanation(teacher: Client) -> None:
    walk = get_widget("packet-walk")
    assert walk is not None
    preset = walk.preset("notes")
    assert preset is not None
    html = page(teacher, "?preset=notes")
    asks = walk.asks(preset.scenario)
    assert html.count('name="ask"') == len(asks)
    for ask in asks:
        assert f'value="{ask.id}"' in html
    assert html.count('<span class="line__word">정답</span>') == sum(len(ask.key) for ask in asks)
    assert "시험에 내면" in html


def test_choosing_one_makes_a_draft_that_could_be_published(
    teacher: Client, course: Catalogue
) -> None:
    response = teacher.post(address("?preset=notes"), {"ask": "stop"})
    draft = Draft.objects.get()
    assert response.status_code == 302
    assert response["Location"] == draft.get_absolute_url()
    assert draft.document == {
        "kind": "scenario",
        "widget": "packet-walk",
        "preset": "notes",
        "ask": "stop",
        "expect": ["step-6"],
        "topic": "sg-vs-nacl",
        "lesson": "sg-vs-nacl",
        "level": "이해",
        "difficulty": 2,
    }
    assert draft.pool == Pool.PRACTICE
    assert draft.title.startswith("패킷 따라가기: ")
    assert check_document(draft.document).problems == ()


def test_without_the_course_the_place_is_left_to_the_author(teacher: Client) -> None:
    teacher.post(address("?preset=notes"), {"ask": "stop"})
    document = Draft.objects.get().document
    assert document["topic"] == "other"
    assert "lesson" not in document


def test_a_state_changed_by_hand_is_kept_whole(teacher: Client) -> None:
    walk = get_widget("packet-walk")
    assert walk is not None
    scenario = json.loads(json.dumps(walk.presets[0].scenario))
    scenario["flow"]["port"] = 5432
    teacher.post(f"{address()}?{_encoded(scenario)}", {"ask": "disposition"})
    assert Draft.objects.get().document["scenario"] == scenario


def _encoded(scenario: object) -> str:
    from urllib.parse import urlencode

    return urlencode({"json": json.dumps(scenario)})


@pytest.mark.parametrize(
    "query", ["?preset=nowhere", "?json=%5B%5D", "?json=%7B%7D", "?" + "x" * 9000, "?src=%00"]
)
def test_an_invalid_state_says_so_and_makes_nothing(teacher: Client, query: str) -> None:
    html = page(teacher, query, status=422)
    assert "이 상태로는 문제를 만들 수 없습니다" in html
    back = f'href="/widgets/packet-walk/{query if len(query) < 100 else ""}"'
    assert back in html
    assert teacher.post(address(query), {"ask": "stop"}).status_code == 422
    assert not Question.objects.filter(authorship="studio").exists()


def test_an_ask_that_the_state_has_not_is_refused_beside_those_it_has(teacher: Client) -> None:
    response = teacher.post(address("?preset=notes"), {"ask": "nothing"})
    assert response.status_code == 422
    assert "이 상태에는 없습니다" in response.content.decode()
    assert not Draft.objects.exists()


def test_a_widget_that_there_is_not_is_not_found(teacher: Client) -> None:
    page(teacher, widget="nowhere", status=404)


def test_only_instructors_come_in(client: Client, db: None) -> None:
    assert client.get(address()).status_code == 302
    client.force_login(User.objects.create_user("lee"))
    assert client.get(address()).status_code == 403
    assert client.post(address(), {"ask": "stop"}).status_code == 403
    assert not Draft.objects.exists()
