"""Searching and filtering the bank."""

from typing import Any
from uuid import uuid4

import pytest

from apps.accounts.models import User
from apps.content.catalogue import Catalogue
from apps.quizzes.domain.searching import fold
from apps.quizzes.models import Question, QuestionShare, Right
from apps.studio.queries.bank import BankFilter, counts_by_owner, find_questions, readable_questions
from apps.studio.services.archiving import archive_question
from tests.quizzes.factories import NOW
from tests.quizzes.factories import make_question as make_shipped
from tests.studio.factories import make_instructor, make_question, make_quiz


def found(user: User, **chosen: str) -> list[Question]:
    return list(find_questions(user, BankFilter(**chosen)))


@pytest.mark.parametrize(
    ("said", "q"),
    [
        ({"stem": "서브넷의 기본 라우팅을 고르세요."}, "라우"),
        ({"explanation": "**보안** 그룹은 응답을 기억합니다."}, "보안 그룹"),
        ({"stem": "VPC Peering을 고르세요."}, "vpc peering"),
        ({"stem": "Ménage를 고르세요."}, "ME\u0301NAGE"),
        ({"title": "중간고사 7번"}, "중간고사"),
        ({"stem": "100%를 고르세요. a_b"}, "100%"),
    ],
)
def test_words_are_found_wherever_they_stand(kim: User, said: dict[str, Any], q: str) -> None:
    wanted = make_question(kim, **said)
    make_question(kim, stem="전혀 다른 글", explanation="다른 글")
    assert found(kim, q=q) == [wanted]


def test_choices_are_searched(kim: User) -> None:
    choices = [
        {"text": "게이트웨이 엔드포인트", "right": True},
        {"text": "NAT 게이트웨이", "right": False, "feedback": "사설 주소를 바꿉니다."},
    ]
    wanted = make_question(kim, choice=choices)
    assert found(kim, q="엔드") == [wanted]
    assert found(kim, q="사설 주소") == [wanted]


def test_all_words_must_occur(kim: User) -> None:
    make_question(kim, stem="서브넷을 고르세요.")
    both = make_question(kim, stem="서브넷의 라우팅을 고르세요.")
    assert found(kim, q="라우팅 서브넷") == [both]


def test_percent_and_underscore_are_no_wildcards(kim: User) -> None:
    make_question(kim, stem="가나다라")
    assert found(kim, q="가%라") == []
    assert found(kim, q="가_다라") == []


def test_own_drafts_are_searched_by_what_they_say(kim: User, lee: User) -> None:
    draft = make_question(kim, published=False, stem="아직 쓰는 오토스케일링 문제")
    make_question(lee, published=False, stem="남이 쓰는 오토스케일링 문제")
    assert found(kim, q="오토스케일링") == [draft]


def test_a_drafts_new_wording_is_found_beside_the_live_one(kim: User) -> None:
    from apps.quizzes.domain.reading import dump_question
    from apps.studio.services.writing import draft_of, save_draft

    question = make_question(kim, stem="옛 문장입니다.")
    draft = draft_of(question=question, editor=kim, now=NOW)
    assert question.current is not None
    document = {**dump_question(question.current.spec), "stem": "새로 고친 문장입니다."}
    save_draft(
        draft=draft, document=document, title="", pool="practice", tags=(), base_revision=1, now=NOW
    )
    assert found(kim, q="새로 고친") == [question]
    assert found(kim, q="옛 문장") == [question]


def test_a_published_question_follows_its_new_wording(kim: User) -> None:
    question = make_question(kim, stem="처음 문장")
    assert fold("처음 문장") in Question.objects.get(pk=question.pk).search_text


def test_filters_narrow(kim: User, course: Catalogue) -> None:
    wanted = make_question(
        kim, "numeric", topic="sg-vs-nacl", level="적용", pool="exam", tags=["중간고사"]
    )
    make_question(kim)
    common = {"whose": "mine"}
    assert found(kim, **common, kind="numeric") == [wanted]
    assert found(kim, **common, topic="sg-vs-nacl") == [wanted]
    assert found(kim, **common, level="apply") == [wanted]
    assert found(kim, **common, pool="exam") == [wanted]
    assert found(kim, **common, tag="중간고사") == [wanted]


def test_drafts_are_filtered_by_the_kind_they_say(kim: User) -> None:
    draft = make_question(kim, "essay", published=False)
    make_question(kim, published=False)
    assert found(kim, kind="essay") == [draft]


def test_used_in_a_quiz_and_unused(kim: User) -> None:
    used, unused = make_question(kim), make_question(kim)
    quiz = make_quiz(kim, [used])
    assert found(kim, used=str(quiz.uuid)) == [used]
    assert found(kim, used="unused") == [unused]
    assert found(kim, used=str(uuid4())) == []


def test_archived_ones_are_apart(kim: User) -> None:
    away, here = make_question(kim), make_question(kim)
    draft = make_question(kim, published=False)
    archive_question(question=away, by=kim, now=NOW)
    assert set(found(kim)) == {here, draft}
    assert found(kim, state="archived") == [away]
    assert found(kim, state="published") == [here]
    assert found(kim, state="draft") == [draft]


def test_whose(kim: User, lee: User) -> None:
    mine, theirs, hidden = make_question(kim), make_question(lee), make_question(lee)
    shipped = make_shipped("single")
    QuestionShare.objects.create(question=theirs, user=kim, right=Right.VIEW, shared_at=NOW)
    assert found(kim, whose="mine") == [mine]
    assert found(kim, whose="shared") == [theirs]
    assert found(kim, whose="shipped") == [shipped]
    assert hidden not in found(kim)
    assert found(kim) == [mine, theirs, shipped]
    counts = counts_by_owner(kim, BankFilter())
    assert counts == {"": 3, "mine": 1, "shared": 1, "shipped": 1}


def test_shipped_questions_that_left_the_files_are_gone(kim: User) -> None:
    Question.objects.filter(pk=make_shipped("single").pk).update(retired_at=NOW)
    assert not readable_questions(kim).exists()
    assert found(kim, state="archived") == []


def test_anothers_draft_is_nobodys_to_read(kim: User) -> None:
    boss = make_instructor("boss", is_staff=True)
    make_question(kim, published=False)
    assert found(boss) == []


def test_learners_find_nothing(kim: User) -> None:
    make_question(kim)
    learner = User.objects.create_user("park")
    assert found(learner) == []


@pytest.mark.parametrize("sort", ["", "recent", "title", "topic"])
def test_every_order_is_whole_and_steady(kim: User, sort: str) -> None:
    questions = [make_question(kim, title=title) for title in ("나", "", "가")]
    assert set(found(kim, sort=sort)) == set(questions)
    assert found(kim, sort=sort) == found(kim, sort=sort)


def test_by_title_the_unnamed_come_last(kim: User) -> None:
    second, last, first = (make_question(kim, title=title) for title in ("나", "", "가"))
    assert found(kim, sort="title") == [first, second, last]
