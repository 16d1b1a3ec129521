"""Widgets in lessons, and the predictions made there."""

import re

import pytest
from django.test import Client

from apps.accounts.models import Learner
from apps.content.catalogue import Catalogue
from apps.lessons.embeds import embed_html, known_embeds
from apps.lessons.models import Lesson, WidgetPrediction

pytestmark = pytest.mark.usefixtures("course")
LESSON = "/lessons/sg-vs-nacl/"
PREDICT = "/widgets/packet-walk/predict/"
ANSWER = {"preset": "notes", "ask": "disposition", "answer": "response_denied"}


def test_the_lesson_embeds_the_widget_twice_with_ids_of_their_own(client: Client) -> None:
    page = client.get(LESSON).content.decode()
    assert page.count('data-widget="packet-walk"') == 2
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for target in set(re.findall(r'href="#([^"]+)"', page)):
        assert target in ids


def test_the_links_of_the_tables_lead_to_the_steps(client: Client) -> None:
    page = client.get(LESSON).content.decode()
    for step in range(2, 8):
        assert f'href="#packet-walk-notes-step-{step}"' in page
        assert f'id="packet-walk-notes-step-{step}"' in page


def test_the_lesson_stays_public_with_a_widget_in_it(client: Client) -> None:
    response = client.get(LESSON)
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_what_may_be_embedded_is_what_there_is() -> None:
    assert "notes" in known_embeds()["widget"]["packet-walk"]


def test_a_widget_that_is_gone_leaves_the_lesson_readable(client: Client) -> None:
    assert embed_html("gone", {}) == ""
    lesson = Lesson.objects.get(slug="sg-vs-nacl")
    for block in lesson.blocks:
        if block["kind"] == "widget":
            block["name"] = "gone"
    lesson.save()
    assert client.get(LESSON).status_code == 200


def test_a_prediction_is_kept_in_the_learners_record(client: Client) -> None:
    assert client.post(PREDICT, ANSWER).status_code == 200
    assert client.post(PREDICT, {**ANSWER, "answer": "delivered"}).status_code == 200
    rows = WidgetPrediction.objects.order_by("pk")
    assert [(row.widget, row.ask, row.answer, row.is_right) for row in rows] == [
        ("packet-walk", "disposition", ["response_denied"], True),
        ("packet-walk", "disposition", ["delivered"], False),
    ]
    assert Learner.objects.count() == 1
    page = client.get("/me/").content.decode()
    assert "2번 예측해 1번 맞았습니다" in page
    assert "예측" not in Client().get("/me/").content.decode().split("</h1>")[1]


@pytest.mark.parametrize("sent", [{}, {"answer": ""}, {"answer": "nirgends"}])
def test_without_an_answer_nothing_is_kept_and_nothing_revealed(
    sent: dict[str, str], client: Client
) -> None:
    response = client.post(PREDICT, {"preset": "notes", "ask": "disposition", **sent})
    assert response.status_code == 422
    assert not WidgetPrediction.objects.exists()
    assert not Learner.objects.exists()


def test_a_prediction_needs_a_token() -> None:
    assert Client(enforce_csrf_checks=True).post(PREDICT, ANSWER).status_code == 403


def test_looking_at_widgets_makes_no_learner(client: Client, course: Catalogue) -> None:
    client.get("/widgets/packet-walk/?mode=predict")
    client.get("/widgets/")
    assert not Learner.objects.exists()
