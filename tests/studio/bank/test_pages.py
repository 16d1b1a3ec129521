"""The list, the overview, and one question's page."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.content.catalogue import Catalogue
from apps.quizzes.models import Question, QuestionShare, Right
from apps.studio.models import Draft
from tests.quizzes.factories import EVERY_KIND, NOW
from tests.quizzes.factories import make_question as make_shipped
from tests.studio.factories import make_instructor, make_question, make_quiz

BANK = "/studio/questions/"


def page_of(question: Question) -> str:
    return f"/studio/questions/{question.uuid}/"


def test_the_number_of_queries_does_not_grow(desk: Client, kim: User, lee: User) -> None:
    def count(**query: str) -> int:
        with CaptureQueriesContext(connection) as counted:
            assert desk.get(BANK, query).status_code == 200
        return len(counted)

    make_question(kim, tags=["가"])
    make_quiz(kim, [make_question(kim)])
    before = [count(), count(q="보안", sort="recent")]
    for number in range(12):
        question = make_question(kim, tags=["가", f"나{number}"])
        make_quiz(kim, [question])
        make_question(kim, published=False)
        shared = make_question(lee)
        QuestionShare.objects.create(question=shared, user=kim, right=Right.EDIT, shared_at=NOW)
    assert [count(), count(q="보안", sort="recent")] == before
    assert before[0] <= 20


def test_the_overview_asks_no_more_for_more(desk: Client, kim: User) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert desk.get("/studio/").status_code == 200
        return len(counted)

    make_quiz(kim, [make_question(kim)])
    make_question(kim, published=False)
    before = count()
    for _ in range(5):
        make_quiz(kim, [make_question(kim)])
        make_question(kim, published=False)
    assert count() == before


def test_fifty_on_a_page(desk: Client, kim: User) -> None:
    for _ in range(51):
        make_question(kim)
    first, second = desk.get(BANK), desk.get(BANK, {"page": "2"})
    assert len(first.context["rows"]) == 50
    assert len(second.context["rows"]) == 1


def test_a_fragment_holds_the_list_alone(desk: Client, kim: User) -> None:
    make_question(kim, title="찾을 문제")
    whole = desk.get(BANK, {"q": "찾을"})
    part = desk.get(BANK, {"q": "찾을", "topic": ""}, headers={"HX-Request": "true"})
    assert "HX-Request" in part["Vary"]
    assert "찾을 문제" in part.content.decode()
    assert part["HX-Push-Url"] == f"{BANK}?q=%EC%B0%BE%EC%9D%84"
    assert "<h1" not in part.content.decode()
    assert "<h1" in whole.content.decode()


def test_filters_that_are_on_can_be_taken_off_one_by_one(desk: Client, kim: User) -> None:
    make_question(kim, tags=["중간고사"])
    response = desk.get(BANK, {"q": "보안", "tag": "중간고사", "level": "understand"})
    chips = {chip.text: chip.without for chip in response.context["chips"]}
    assert set(chips) == {"찾는 말: ‘보안’", "꼬리표: 중간고사", "인지 수준: 이해"}
    assert "tag" not in chips["꼬리표: 중간고사"]
    assert "level=understand" in chips["꼬리표: 중간고사"]


@pytest.mark.parametrize(
    "query",
    [
        {"topic": "nothing"},
        {"used": "' or 1=1"},
        {"kind": "x", "level": "y", "sort": "z", "state": "w"},
        {"page": "x"},
        {"q": "a\0b"},
        {"q": "가" * 5000},
    ],
)
def test_a_filter_that_makes_no_sense_asks_for_nothing(desk: Client, query: dict[str, str]) -> None:
    assert desk.get(BANK, query).status_code == 200


def test_an_empty_list_says_what_to_do(desk: Client) -> None:
    assert "아직 쓴 문제가 없습니다" in desk.get(BANK, {"whose": "mine"}).content.decode()
    assert "조건에 맞는 문제가 없습니다" in desk.get(BANK, {"q": "없는말"}).content.decode()


def test_the_overview_leads_to_what_is_unfinished(desk: Client, kim: User) -> None:
    assert "처음이라면" in desk.get("/studio/").content.decode()
    draft = make_question(kim, published=False, title="쓰다 만 문제")
    page = desk.get("/studio/").content.decode()
    assert "쓰다 만 문제" in page
    assert f"/studio/questions/{draft.uuid}/edit/" in page
    assert "처음이라면" not in page


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_is_shown_with_its_key(
    desk: Client, kim: User, course: Catalogue, kind: str
) -> None:
    response = desk.get(page_of(make_question(kim, kind)))
    assert response.status_code == 200
    assert response.context["preview"].told is not None
    assert "정답과 해설" in response.content.decode()


def test_a_shipped_question_can_be_copied_and_nothing_else(desk: Client, kim: User) -> None:
    page = desk.get(page_of(make_shipped("single"))).content.decode()
    assert "복제하여 편집" in page
    assert "기본 제공" in page
    assert "/edit/" not in page
    assert "보관하기" not in page


def test_what_is_not_shared_is_not_there(desk: Client, lee: User) -> None:
    question = make_question(lee)
    for address in ("", "copy/", "archive/"):
        send = desk.post if address else desk.get
        assert send(page_of(question) + address, {"do": "archive"}).status_code == 404
    assert desk.get(page_of(question).replace(str(question.uuid), str(uuid4()))).status_code == 404


@pytest.mark.parametrize(
    ("right", "copies", "edits"),
    [(Right.VIEW, False, False), (Right.COPY, True, False), (Right.EDIT, True, True)],
)
def test_a_share_gives_what_it_says(
    desk: Client, kim: User, lee: User, right: Right, copies: bool, edits: bool
) -> None:
    question = make_question(lee)
    QuestionShare.objects.create(question=question, user=kim, right=right, shared_at=NOW)
    page = desk.get(page_of(question)).content.decode()
    assert ("복제하여 편집" in page) == copies
    assert ("/edit/" in page) == edits
    assert "보관하기" not in page
    assert desk.post(page_of(question) + "copy/").status_code == (302 if copies else 403)
    status = desk.post(page_of(question) + "archive/", {"do": "archive"}).status_code
    assert status == (409 if edits else 403)
    question.refresh_from_db()
    assert question.retired_at is None


def test_a_copy_is_an_own_draft_that_says_the_same(desk: Client, kim: User) -> None:
    shipped = make_shipped("single")
    response = desk.post(page_of(shipped) + "copy/")
    draft = Draft.objects.get(editor=kim)
    assert response["Location"] == f"/studio/questions/{draft.question.uuid}/edit/"
    assert draft.question.owner == kim
    assert draft.question.uuid != shipped.uuid
    assert draft.base is None
    assert draft.document["stem"] == "보안 그룹에 대한 설명으로 알맞은 것을 고르세요."
    assert shipped.pool == draft.pool


def test_where_a_question_is_used(desk: Client, kim: User, lee: User) -> None:
    question = make_question(kim)
    make_quiz(kim, [question], title="내 중간고사")
    make_quiz(lee, [question], title="남의 비밀 퀴즈")
    page = desk.get(page_of(question)).content.decode()
    assert "내 중간고사" in page
    assert "남의 비밀 퀴즈" not in page
    assert "다른 강사의 퀴즈 1개" in page


def test_an_archived_question_comes_back(desk: Client, kim: User) -> None:
    question = make_question(kim)
    desk.post(page_of(question) + "archive/", {"do": "archive"})
    question.refresh_from_db()
    assert question.retired_at is not None
    desk.post(page_of(question) + "archive/", {"do": "restore"})
    question.refresh_from_db()
    assert question.retired_at is None


def test_an_administrator_sees_what_everybody_published(kim: User) -> None:
    boss = make_instructor("boss", is_staff=True)
    client = Client()
    client.force_login(boss)
    page = client.get(page_of(make_question(kim))).content.decode()
    assert "kim 강사 님의 문제" in page


def test_the_studio_is_for_instructors(client: Client, kim: User) -> None:
    question = make_question(kim)
    assert client.get(BANK).status_code == 302
    client.force_login(User.objects.create_user("park"))
    for address in ("/studio/", BANK, page_of(question)):
        assert client.get(address).status_code == 403
