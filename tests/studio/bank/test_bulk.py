"""Many questions at once."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.quizzes.models import Attempt, Draw, Question, QuestionShare, Right
from apps.studio.models import Draft
from apps.studio.services.bulk import MOST
from apps.studio.services.writing import draft_of
from tests.quizzes.factories import NOW, make_run, start
from tests.quizzes.factories import make_question as make_shipped
from tests.studio.factories import make_question, make_quiz

BULK = "/studio/questions/bulk/"


def send(desk: Client, questions: list[Question], action: str, **more: str) -> Any:
    ids = [str(question.uuid) for question in questions]
    if "apply" in more:
        more = {"seen": more.get("value", ""), **more}
    return desk.post(BULK, {"ids": ids, "action": action, **more})


def tags(question: Question) -> list[str]:
    return list(question.tags.values_list("name", flat=True))


def test_nothing_changes_before_it_was_shown(desk: Client, kim: User) -> None:
    question = make_question(kim)
    asked = send(desk, [question], "tag-add")
    assert asked.status_code == 200
    shown = send(desk, [question], "tag-add", value="기말")
    assert len(shown.context["going"]) == 1
    assert tags(question) == []
    send(desk, [question], "tag-add", value="기말", apply="1")
    assert tags(question) == ["기말"]


def test_what_was_not_shown_is_not_applied(desk: Client, kim: User) -> None:
    question = make_question(kim)
    shown = send(desk, [question], "tag-add", value="기말", seen="중간", apply="1")
    assert shown.status_code == 200
    assert 'name="seen" value="기말"' in shown.content.decode()
    assert tags(question) == []


@pytest.mark.parametrize(("action", "value"), [("topic", "other"), ("archive", "")])
def test_the_number_of_queries_does_not_grow(
    desk: Client, kim: User, action: str, value: str
) -> None:
    make_shipped("single", topic="sg-vs-nacl")
    questions = [make_question(kim, topic="sg-vs-nacl", tags=["가"]) for _ in range(9)]

    def count(some: list[Question]) -> int:
        with CaptureQueriesContext(connection) as counted:
            assert send(desk, some, action, value=value).status_code == 200
        return len(counted)

    assert count(questions[:2]) == count(questions)


def test_a_tag_goes(desk: Client, kim: User) -> None:
    question, other = make_question(kim, tags=["가", "나"]), make_question(kim)
    shown = send(desk, [question, other], "tag-remove", value="가")
    assert [row.question for row, _ in shown.context["same"]] == [other]
    send(desk, [question, other], "tag-remove", value="가", apply="1")
    assert tags(question) == ["나"]


def test_publishing_a_draft_later_takes_no_tag_back(desk: Client, kim: User) -> None:
    question = make_question(kim)
    draft_of(question=question, editor=kim, now=NOW)
    send(desk, [question], "tag-add", value="기말", apply="1")
    draft = Draft.objects.get()
    assert draft.tags == ["기말"]
    assert draft.revision == 2


@pytest.mark.parametrize(
    ("action", "value", "field", "after"),
    [
        ("level", "apply", "level", "apply"),
        ("topic", "other", "topic", "other"),
        ("difficulty", "5", None, 5),
    ],
)
def test_what_the_wording_says_becomes_a_new_version(
    desk: Client, kim: User, action: str, value: str, field: str | None, after: Any
) -> None:
    make_shipped("single", topic="sg-vs-nacl")
    question = make_question(kim, topic="sg-vs-nacl")
    shown = send(desk, [question], action, value=value).content.decode()
    assert "새 버전" in shown
    send(desk, [question], action, value=value, apply="1")
    question = Question.objects.select_related("current").get(pk=question.pk)
    assert question.current is not None
    assert question.current.number == 2
    assert question.current.author == kim
    if field:
        assert getattr(question, field) == after
    else:
        assert question.current.spec.about.difficulty == after


def test_running_attempts_keep_their_version(desk: Client, kim: User) -> None:
    question = make_question(kim)
    attempt = start(make_run(make_quiz(kim, [question])))
    before = attempt.items.get().version_id
    send(desk, [question], "level", value="analyze", apply="1")
    assert Attempt.objects.get().items.get().version_id == before
    assert Question.objects.get(pk=question.pk).current_id != before


def test_the_own_draft_knows_the_version_that_this_made(desk: Client, kim: User) -> None:
    question = make_question(kim)
    draft_of(question=question, editor=kim, now=NOW)
    send(desk, [question], "level", value="apply", apply="1")
    draft = Draft.objects.get()
    assert draft.document["level"] == "적용"
    assert draft.base_id == Question.objects.get(pk=question.pk).current_id


def test_a_draft_that_is_all_there_is_changes_without_publishing(desk: Client, kim: User) -> None:
    question = make_question(kim, published=False)
    send(desk, [question], "level", value="apply", apply="1")
    assert Draft.objects.get().document["level"] == "적용"
    question.refresh_from_db()
    assert question.current_id is None


def test_what_may_not_be_changed_is_said_and_stays(desk: Client, kim: User, lee: User) -> None:
    own, shipped, shared, hidden = (
        make_question(kim),
        make_shipped("single"),
        make_question(lee),
        make_question(lee),
    )
    QuestionShare.objects.create(question=shared, user=kim, right=Right.COPY, shared_at=NOW)
    everything = [own, shipped, shared, hidden]
    shown = send(desk, everything, "pool", value="exam")
    reasons = {row.question: outcome.refusal for row, outcome in shown.context["refused"]}
    assert set(reasons) == {shipped, shared}
    assert "복제한 뒤에" in reasons[shipped]
    send(desk, everything, "pool", value="exam", apply="1")
    pools = {question.pk: question.pool for question in Question.objects.all()}
    assert pools[own.pk] == "exam"
    assert pools[shared.pk] == pools[hidden.pk] == "practice"


def test_only_the_owner_archives(desk: Client, kim: User, lee: User) -> None:
    own, edited = make_question(kim), make_question(lee)
    make_quiz(kim, [own])
    QuestionShare.objects.create(question=edited, user=kim, right=Right.EDIT, shared_at=NOW)
    shown = send(desk, [own, edited], "archive")
    assert [row.question for row, _ in shown.context["refused"]] == [edited]
    assert "계속 이 문제를 냅니다" in shown.content.decode()
    response = send(desk, [own, edited], "archive", apply="1", back="whose=mine&next=evil")
    assert response["Location"] == "/studio/questions/?whose=mine&done=archive&n=1"
    assert Question.objects.get(pk=own.pk).retired_at is not None
    assert Question.objects.get(pk=edited.pk).retired_at is None
    send(desk, [own], "restore", apply="1")
    assert Question.objects.get(pk=own.pk).retired_at is None


def test_into_an_own_quiz(desk: Client, kim: User, lee: User) -> None:
    there, shipped, draft = (
        make_question(kim),
        make_shipped("single"),
        make_question(kim, published=False),
    )
    seen = make_question(lee)
    QuestionShare.objects.create(question=seen, user=kim, right=Right.VIEW, shared_at=NOW)
    quiz = make_quiz(kim, [there])
    everything = [there, shipped, draft, seen]
    shown = send(desk, everything, "quiz", value=str(quiz.uuid))
    assert [row.question for row, _ in shown.context["going"]] == [shipped]
    assert {row.question for row, _ in shown.context["refused"]} == {draft, seen}
    response = send(desk, everything, "quiz", value=str(quiz.uuid), apply="1")
    assert response["Location"] == f"/studio/quizzes/{quiz.uuid}/"
    asked = Draw.objects.filter(section__quiz=quiz).values_list("question", flat=True)
    assert list(asked) == [there.pk, shipped.pk]


def test_anothers_quiz_is_no_place_to_put_them(desk: Client, kim: User, lee: User) -> None:
    question, quiz = make_question(kim), make_quiz(lee)
    response = send(desk, [question], "quiz", value=str(quiz.uuid), apply="1")
    assert response.status_code == 422
    assert not Draw.objects.exists()


@pytest.mark.parametrize(
    ("action", "value"),
    [("level", "x"), ("difficulty", "6"), ("tag-add", "  "), ("pool", ""), ("topic", "nowhere")],
)
def test_a_value_that_is_none_is_asked_again(
    desk: Client, kim: User, action: str, value: str
) -> None:
    question = make_question(kim)
    response = send(desk, [question], action, value=value, apply="1")
    assert response.status_code == 422
    assert str(question.uuid) in response.content.decode()


@pytest.mark.parametrize(
    "data", [{}, {"ids": ["x"]}, {"action": "archive"}, {"ids": ["x"], "action": "delete"}]
)
def test_without_questions_or_action_nothing_is_done(desk: Client, data: dict[str, Any]) -> None:
    response = desk.post(BULK, data)
    assert response.status_code == 422
    assert "문제를 하나 이상" in response.content.decode()


def test_there_is_a_most(desk: Client, kim: User) -> None:
    question = make_question(kim)
    Question.objects.bulk_create(
        Question(
            uuid=f"00000000-0000-4000-8000-{number:012}",
            slug=f"q{number}",
            owner=kim,
            authorship="studio",
            pool="practice",
            topic="other",
            current=question.current,
        )
        for number in range(MOST + 1)
    )
    response = send(desk, list(Question.objects.exclude(pk=question.pk)), "archive", apply="1")
    assert response.status_code == 422
    assert not Question.objects.filter(retired_at__isnull=False).exists()


def test_export_leads_to_the_page_that_asks_for_the_format(desk: Client, kim: User) -> None:
    question = make_question(kim)
    response = desk.post(BULK, {"ids": str(question.uuid), "action": ["", "export"]})
    assert response["Location"] == f"/studio/export/?ids={question.uuid}"


def test_learners_change_nothing(client: Client, kim: User) -> None:
    question = make_question(kim)
    client.force_login(User.objects.create_user("park"))
    assert send(client, [question], "archive", apply="1").status_code == 403
