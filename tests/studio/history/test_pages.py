"""Publishing and looking back through the pages."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.quizzes.models import Question, QuestionShare, QuestionVersion, Right
from apps.quizzes.services.taking import submit_attempt
from apps.studio.models import Draft
from apps.studio.services.publishing import publish
from apps.studio.services.writing import draft_of, save_draft
from tests.quizzes.factories import NOW, make_run, start
from tests.studio.factories import make_draft, make_instructor, make_question, make_quiz

pytestmark = pytest.mark.django_db


def page(name: str, question: Question, *more: int) -> str:
    return reverse(f"studio:{name}", args=[question.uuid, *more])


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def drafted(question: Question, editor: User, **changed: Any) -> Draft:
    now = timezone.now()
    draft = draft_of(question=question, editor=editor, now=now)
    return save_draft(
        draft=draft,
        document={**draft.document, **changed},
        title=draft.title,
        pool=draft.pool,
        tags=draft.tags,
        base_revision=draft.revision,
        now=now,
    )


def letting_edit(question: Question, user: User) -> None:
    QuestionShare.objects.create(question=question, user=user, right=Right.EDIT, shared_at=NOW)


def send(client: Client, draft: Draft, **more: Any) -> Any:
    current = Question.objects.select_related("current").get(pk=draft.question_id).current
    seen = current.number if current else ""
    data = {"go": "publish", "revision": draft.revision, "seen": seen, "note": "", **more}
    return client.post(page("publish", draft.question), data)


def test_the_first_publication_shows_the_question_and_publishes_it() -> None:
    kim = make_instructor()
    draft, client = make_draft(kim), signed_in(kim)
    said = client.get(page("publish", draft.question)).content.decode()
    assert "처음 발행합니다" in said
    assert "허용과 거부" in said
    response = send(client, draft, note="  첫   판 ")
    assert response.status_code == 302
    version = QuestionVersion.objects.get()
    assert (version.author, version.note) == (kim, "첫 판")
    said = client.get(response["Location"]).content.decode()
    assert "발행했습니다" in said


def test_problems_lead_to_their_fields_and_nothing_is_published() -> None:
    kim = make_instructor()
    draft, client = make_draft(kim, stem=""), signed_in(kim)
    said = client.get(page("publish", draft.question)).content.decode()
    assert f"{page('edit', draft.question)}#f-stem" in said
    assert 'value="publish"' not in said
    assert send(client, draft).status_code == 422
    assert not QuestionVersion.objects.exists()


def test_the_difference_stands_in_three_groups() -> None:
    kim = make_instructor()
    question = make_question(kim)
    draft = drafted(question, kim, stem="보안 그룹에 대한 설명으로 옳은 것을 고르세요.")
    said = signed_in(kim).get(page("publish", draft.question)).content.decode()
    for part in ("wording", "key", "structure"):
        assert f'data-part="{part}"' in said
    removed, added = (
        said[said.rindex(f"<{tag}>") : said.rindex(f"</{tag}>")] for tag in ("del", "ins")
    )
    assert "알맞은" in removed
    assert "옳은" in added


def test_what_is_typed_cannot_become_markup() -> None:
    kim = make_instructor()
    question = make_question(kim)
    draft = drafted(question, kim, stem="<script>alert(1)</script>은 무엇인가요?")
    said = signed_in(kim).get(page("publish", draft.question)).content.decode()
    assert "<script>alert" not in said
    assert "&lt;script&gt;" in said


def test_running_attempts_and_given_scores_are_told() -> None:
    kim = make_instructor()
    question = make_question(kim)
    quiz = make_quiz(kim, [question], title="월요일 퀴즈")
    run = make_run(quiz)
    start(run)
    submit_attempt(attempt=start(run), now=NOW)
    choices = [
        {**each, "right": number == 0}
        for number, each in enumerate(
            draft_of(question=question, editor=kim, now=NOW).document["choice"]
        )
    ]
    draft = drafted(question, kim, choice=choices)
    said = signed_in(kim).get(page("publish", draft.question)).content.decode()
    assert "진행 중인 응시 1개는 지금 문제로 끝까지 풉니다" in said
    assert "이미 준 점수는 그대로입니다" in said
    assert "채점한 응시가 1개" in said
    assert "월요일 퀴즈" in said


def test_without_another_key_nothing_is_said_about_scores() -> None:
    kim = make_instructor()
    question = make_question(kim)
    submit_attempt(attempt=start(make_run(make_quiz(kim, [question]))), now=NOW)
    draft = drafted(question, kim, stem="무엇을 고르나요?")
    said = signed_in(kim).get(page("publish", draft.question)).content.decode()
    assert "이미 준 점수" not in said


def test_quizzes_of_others_are_only_counted() -> None:
    kim, lee = make_instructor("kim"), make_instructor("lee")
    question = make_question(kim)
    make_quiz(lee, [question], title="비밀 퀴즈")
    draft = drafted(question, kim, stem="무엇을 고르나요?")
    said = signed_in(kim).get(page("publish", draft.question)).content.decode()
    assert "비밀 퀴즈" not in said
    assert "다른 강사의 퀴즈 1개" in said


def test_a_second_click_leads_to_what_the_first_one_published() -> None:
    kim = make_instructor()
    draft, client = make_draft(kim), signed_in(kim)
    first, second = send(client, draft), send(client, draft)
    assert first["Location"] == second["Location"]
    assert QuestionVersion.objects.count() == 1


def test_without_a_draft_there_is_nothing_to_publish() -> None:
    kim = make_instructor()
    question = make_question(kim)
    response = signed_in(kim).get(page("publish", question))
    assert response.status_code == 200
    assert "발행할 초안이 없습니다" in response.content.decode()
    lee = make_instructor("lee", is_staff=True)
    data = {"go": "publish", "revision": "1", "seen": "1"}
    assert signed_in(lee).post(page("publish", question), data).status_code == 409


def test_another_tab_that_typed_meanwhile_is_seen_before_publishing() -> None:
    kim = make_instructor()
    draft = make_draft(kim)
    client, seen = signed_in(kim), draft.revision
    drafted(draft.question, kim, stem="다른 창에서 쓴 물음은?")
    response = send(client, draft, revision=seen, note="적어 둔 말")
    assert response.status_code == 409
    assert "적어 둔 말" in response.content.decode()
    assert not QuestionVersion.objects.exists()


def stale() -> tuple[Draft, Client]:
    """Lee's draft and browser, after Kim published something else meanwhile."""
    kim, lee = make_instructor("kim"), make_instructor("lee")
    question = make_question(kim)
    letting_edit(question, lee)
    mine = drafted(question, lee, stem="이가 쓴 물음은 무엇인가요?")
    theirs = drafted(question, kim, explanation="김이 고친 해설입니다.")
    publish(draft=theirs, by=kim, now=timezone.now(), note="해설을 고침")
    return mine, signed_in(lee)


def test_both_differences_are_shown_after_somebody_else_published() -> None:
    draft, client = stale()
    said = client.get(page("publish", draft.question)).content.decode()
    theirs, mine = said.split('id="mine"')
    assert "kim 강사" in theirs
    assert "해설을 고침" in theirs
    assert "김이 고친" in theirs
    assert "이가 쓴" in mine
    assert 'value="rebase"' in mine


def test_publishing_what_was_seen_before_the_other_published_is_refused() -> None:
    draft, client = stale()
    response = send(client, draft, seen="1")
    assert response.status_code == 409
    assert "김이 고친" in response.content.decode()
    assert QuestionVersion.objects.count() == 2
    assert Draft.objects.get().document["stem"] == "이가 쓴 물음은 무엇인가요?"


def test_having_seen_it_the_draft_can_be_published_or_gone_on_with() -> None:
    draft, client = stale()
    response = client.post(page("publish", draft.question), {"go": "rebase", "seen": "2"})
    assert response["Location"] == page("edit", draft.question)
    kept = Draft.objects.get()
    assert kept.base is not None
    assert (kept.base.number, kept.document["stem"]) == (2, "이가 쓴 물음은 무엇인가요?")
    assert kept.document["explanation"] == "김이 고친 해설입니다."
    assert send(client, kept).status_code == 302
    assert QuestionVersion.objects.count() == 3


def test_what_going_on_takes_from_the_other_version_is_told_before() -> None:
    draft, client = stale()
    said = client.get(page("publish", draft.question)).content.decode()
    assert "새 발행본을 따르는 곳: 해설" in said
    assert "내 글로 남는 곳" not in said


def test_a_name_alone_makes_no_version() -> None:
    kim = make_instructor()
    question = make_question(kim)
    draft = draft_of(question=question, editor=kim, now=NOW)
    Draft.objects.filter(pk=draft.pk).update(title="새 이름")
    draft.refresh_from_db()
    client = signed_in(kim)
    assert "새 이름" in client.get(page("publish", question)).content.decode()
    response = send(client, draft)
    assert "문제 내용은 지금 발행본과 같습니다" in client.get(response["Location"]).content.decode()
    question.refresh_from_db()
    assert question.title == "새 이름"
    assert QuestionVersion.objects.count() == 1


def test_it_goes_on_only_from_what_the_page_showed() -> None:
    draft, client = stale()
    response = client.post(page("publish", draft.question), {"go": "rebase", "seen": "1"})
    assert response.status_code == 409
    kept = Draft.objects.get()
    assert kept.base is not None
    assert kept.base.number == 1


def test_a_note_that_is_too_long_is_told_at_its_field() -> None:
    kim = make_instructor()
    draft = make_draft(kim)
    response = send(signed_in(kim), draft, note="가" * 201)
    assert response.status_code == 422
    assert "200자까지" in response.content.decode()
    assert Draft.objects.exists()


def test_the_history_says_who_when_why_and_what() -> None:
    draft, client = stale()
    question = draft.question
    said = client.get(page("history", question)).content.decode()
    assert "첫 발행" in said
    assert "part--wording" in said
    assert "part--key" not in said
    assert "해설을 고침" in said
    assert said.index("2번 발행본") < said.index("1번 발행본")


def test_who_is_at_work_is_told_to_the_others_only() -> None:
    kim, lee = make_instructor("kim"), make_instructor("lee", display_name="이하나")
    question = make_question(kim)
    letting_edit(question, lee)
    draft = drafted(question, lee, stem="무엇인가요?")
    Draft.objects.filter(pk=draft.pk).update(created_at=timezone.now() - dt.timedelta(minutes=10))
    assert "이하나 강사가 10분 전부터 고치고 있습니다" in (
        signed_in(kim).get(page("history", question)).content.decode()
    )
    assert "고치고 있습니다" not in (signed_in(lee).get(page("history", question)).content.decode())


def test_a_long_history_comes_in_parts() -> None:
    kim = make_instructor()
    question = make_question(kim)
    for number in range(32):
        draft = drafted(question, kim, stem=f"{number}번째 물음은 무엇인가요?")
        publish(draft=draft, by=kim, now=NOW)
        question.refresh_from_db()
    client = signed_in(kim)
    said = client.get(page("history", question)).content.decode()
    assert "33번 발행본" in said
    assert ">3번 발행본" not in said
    assert "?before=4" in said
    older = client.get(page("history", question) + "?before=4").content.decode()
    assert ">3번 발행본" in older
    assert "첫 발행" in older


def test_a_longer_history_takes_no_more_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    draft, client = stale()
    address = page("history", draft.question)
    client.get(address)
    with django_assert_num_queries(6):
        client.get(address)
    kim = User.objects.get(username="kim")
    for number in range(3):
        question = Question.objects.get()
        more = drafted(question, kim, stem=f"{number}번째 물음은 무엇인가요?")
        publish(draft=more, by=kim, now=NOW)
    with django_assert_num_queries(6):
        client.get(address)


def test_a_version_is_shown_with_both_differences() -> None:
    draft, client = stale()
    said = client.get(page("version", draft.question, 1)).content.decode()
    assert "그때의 문제" in said
    assert "그 뒤 지금 문제까지 바뀐 것" in said
    assert page("restore", draft.question, 1) in said
    said = client.get(page("version", draft.question, 2)).content.decode()
    assert "지금 문제" in said
    assert page("restore", draft.question, 2) not in said
    assert client.get(page("version", draft.question, 9)).status_code == 404


def test_restoring_is_confirmed_and_makes_a_new_version() -> None:
    draft, client = stale()
    address = page("restore", draft.question, 1)
    said = client.get(address).content.decode()
    assert "김이 고친" in said
    assert "내 초안은 그대로 남습니다" in said
    response = client.post(address, {"seen": "2", "note": ""})
    assert response.status_code == 302
    digests = list(QuestionVersion.objects.order_by("number").values_list("digest", flat=True))
    assert digests[2] == digests[0] != digests[1]
    assert Draft.objects.exists()
    assert client.post(address, {"seen": "2", "note": "늦음"}).status_code == 409
    assert QuestionVersion.objects.count() == 3


def test_restoring_without_having_seen_anything_is_refused() -> None:
    draft, client = stale()
    assert client.post(page("restore", draft.question, 1), {}).status_code == 409
    assert QuestionVersion.objects.count() == 2


@pytest.mark.parametrize(
    "kind", ["single", "matching", "numeric", "essay", "scenario", "short_text"]
)
def test_every_kind_is_shown(kind: str) -> None:
    kim = make_instructor()
    question = make_question(kim, kind)
    client = signed_in(kim)
    assert client.get(page("version", question, 1)).status_code == 200
    draft = drafted(question, kim, difficulty=4)
    assert client.get(page("publish", draft.question)).status_code == 200
