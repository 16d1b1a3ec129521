"""Export in the browser."""

import pytest
from django.test import Client

from apps.quizzes.models import QuestionShare, Right
from tests.quizzes.factories import NOW
from tests.studio.factories import make_instructor, make_question, make_quiz

pytestmark = pytest.mark.django_db
EXPORT = "/studio/export/"


def test_chosen_questions_are_downloaded_in_their_order(client: Client) -> None:
    owner = make_instructor()
    first, second = (make_question(owner, stem=stem) for stem in ("하나?", "둘?"))
    client.force_login(owner)
    response = client.post(EXPORT, {"format": "gift", "ids": [str(second.uuid), str(first.uuid)]})
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    text = response.content.decode()
    assert text.index("둘?") < text.index("하나?")


def test_losses_can_be_looked_at_first(client: Client) -> None:
    owner = make_instructor()
    make_question(owner, "ordering", title="차례")
    client.force_login(owner)
    page = client.post(EXPORT, {"format": "gift", "go": "look"}).content.decode()
    assert "<strong>차례</strong>" in page
    assert "짝짓기로 바꿔 적습니다." in page


def test_a_quiz_is_downloaded_with_its_questions(client: Client) -> None:
    owner = make_instructor()
    quiz = make_quiz(owner, [make_question(owner, stem="묻습니다?")])
    client.force_login(owner)
    assert quiz.title in client.get(EXPORT, {"quiz": str(quiz.uuid)}).content.decode()
    fields = {"format": "toml", "quiz": str(quiz.uuid)}
    text = client.post(EXPORT, fields).content.decode()
    assert "[[quiz]]" in text
    assert "묻습니다?" in text


def test_what_others_did_not_allow_to_copy_stays_with_them(client: Client) -> None:
    other = make_instructor("lee")
    seen, copied = (make_question(other, stem=stem) for stem in ("보기만?", "복제도?"))
    me = make_instructor()
    for question, right in ((seen, Right.VIEW), (copied, Right.COPY)):
        QuestionShare.objects.create(question=question, user=me, right=right, shared_at=NOW)
    client.force_login(me)
    fields = {"format": "toml", "ids": [str(seen.uuid), str(copied.uuid)]}
    text = client.post(EXPORT, fields).content.decode()
    assert "복제도?" in text
    assert "보기만?" not in text


def test_a_strangers_quiz_is_not_there(client: Client) -> None:
    quiz = make_quiz(make_instructor("lee"))
    client.force_login(make_instructor())
    assert client.get(EXPORT, {"quiz": str(quiz.uuid)}).status_code == 404
    assert client.get(EXPORT, {"quiz": "nonsense"}).status_code == 404


def test_nothing_to_export_is_told(client: Client) -> None:
    client.force_login(make_instructor())
    response = client.post(EXPORT, {"format": "gift"})
    assert response.status_code == 409
    assert "내보낼 문제가 없습니다." in response.content.decode()
