"""A quiz on paper: the sheet, its number, and the key that fits it."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import Learner, User
from apps.content.catalogue import Catalogue
from apps.quizzes.dealing import deal_quiz
from apps.quizzes.domain.kinds import kind_of
from apps.quizzes.domain.kinds.base import Scoring
from apps.quizzes.domain.rules import STALE_AFTER
from apps.quizzes.models import Attempt, AttemptItem, Pool, Question, Quiz, Section
from apps.quizzes.presenting.html import inline_html
from apps.quizzes.presenting.sheet import SheetItem, SheetNumber, read_number, sheet_page
from apps.quizzes.services.publishing import publish_version
from tests.quizzes.factories import (
    EVERY_KIND,
    NOW,
    TOPIC,
    add_draws,
    make_question,
    make_quiz,
    make_spec,
)

pytestmark = pytest.mark.django_db
SEED = SheetNumber(482913)


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def teacher(client: Client) -> Client:
    client.force_login(User.objects.create_user("teacher", is_instructor=True))
    return client


def address(quiz: Quiz, **query: Any) -> str:
    said = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/quizzes/{quiz.slug}/sheet/?{said}"


def page_of(client: Client, quiz: Quiz, **query: Any) -> str:
    response = client.get(address(quiz, **{"seed": SEED, **query}))
    assert response.status_code == 200
    return response.content.decode()


def article_of(page: str) -> str:
    """The part that is printed."""
    return page.split('<article class="paper"', 1)[1].split("</article>", 1)[0]


def paper_of(page: str) -> str:
    """Its words."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", article_of(page))))


def items_of(quiz: Quiz, number: SheetNumber = SEED) -> list[SheetItem]:
    items: list[SheetItem] = sheet_page(quiz, number, now=NOW)["items"]
    return items


def a_quiz(*kinds: str, **changed: Any) -> Quiz:
    return make_quiz([make_question(kind) for kind in kinds or ("single", "numeric")], **changed)


# Who ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("user", "status"),
    [
        (None, 302),
        ({}, 403),
        ({"is_instructor": True}, 200),
        ({"is_staff": True}, 200),
    ],
)
def test_only_instructors_see_a_sheet_or_a_key(
    client: Client, user: dict[str, Any] | None, status: int
) -> None:
    quiz = a_quiz()
    if user is not None:
        client.force_login(User.objects.create_user("somebody", **user))
    for query in ({"seed": SEED}, {"seed": SEED, "key": 1}):
        response = client.get(address(quiz, **query))
        assert response.status_code == status
        assert ("점 만점" in response.content.decode()) == (status == 200)
    if user is None:
        assert response["Location"].startswith("/login/?next=/quizzes/")


def test_the_cover_offers_the_sheet_to_instructors_alone(client: Client) -> None:
    quiz = a_quiz()
    cover, link = f"/quizzes/{quiz.slug}/", f'href="/quizzes/{quiz.slug}/sheet/"'
    assert link not in client.get(cover).content.decode()
    client.force_login(User.objects.create_user("learner"))
    assert link not in client.get(cover).content.decode()
    client.force_login(User.objects.create_user("teacher", is_instructor=True))
    assert link in client.get(cover).content.decode()


def test_printing_stores_nothing(teacher: Client) -> None:
    quiz = a_quiz(*EVERY_KIND)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page_of(teacher, quiz)
        page_of(teacher, quiz, key=1)
        teacher.get(address(quiz))
    written = [q["sql"] for q in queries if re.match(r"(INSERT|UPDATE|DELETE)\b", q["sql"])]
    assert written == []
    assert not Attempt.objects.exists()
    assert not AttemptItem.objects.exists()
    assert not Learner.objects.exists()


# The number ---------------------------------------------------------------------------------------
def test_without_a_number_a_new_sheet_is_dealt(teacher: Client) -> None:
    quiz = a_quiz()
    response = teacher.get(address(quiz, key=1))
    assert response.status_code == 302
    found = re.fullmatch(
        rf"/quizzes/{quiz.slug}/sheet/\?seed=([1-9]\d{{5}}-[0-9A-F]{{4}})&key=1",
        response["Location"],
    )
    assert found
    page = teacher.get(response["Location"]).content.decode()
    assert f"문제지 번호 {found[1]}" in paper_of(page)
    assert "paper-changed" not in page


def test_the_same_number_is_the_same_sheet_and_another_one_another(teacher: Client) -> None:
    quiz = a_quiz(*EVERY_KIND)
    once, again = (paper_of(page_of(teacher, quiz)) for _ in range(2))
    assert once == again
    assert paper_of(page_of(teacher, quiz, seed=SEED.seed + 1)) != once


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("482913", SheetNumber(482913)),
        (" 482913-3f9c ", SheetNumber(482913, "3F9C")),
        ("0", None),
        ("-1", None),
        ("482913-", None),
        ("482913-3f9", None),
        ("4829134829134829", None),
        ("٤٨٢٩١٣", None),
        ("", None),
    ],
)
def test_a_number_is_read_as_it_is_printed(text: str, number: SheetNumber | None) -> None:
    assert read_number(text) == number


def test_what_is_no_number_is_told_and_stays_in_its_field(teacher: Client) -> None:
    response = teacher.get(address(a_quiz(), seed="48-29<"))
    assert response.status_code == 404
    page = response.content.decode()
    assert "문제지 번호가 아닙니다." in page
    assert 'value="48-29&lt;"' in page
    assert 'aria-describedby="sheet-problem"' in page


def test_a_key_to_questions_that_were_changed_since_says_so(teacher: Client) -> None:
    quiz = a_quiz("single")
    given: SheetNumber = sheet_page(quiz, SEED, now=NOW)["number"]
    assert "paper-changed" not in page_of(teacher, quiz, seed=given, key=1)
    spec = make_spec("single")
    reworded = replace(spec, shown=replace(spec.shown, stem="다른 물음입니까?"))
    publish_version(question=Question.objects.get(), spec=reworded, engine="", now=NOW)
    page = page_of(teacher, quiz, seed=given, key=1)
    assert f"{given} 문제지를 만든 뒤에 문제가 바뀌었습니다." in page
    now_given = sheet_page(quiz, SEED, now=NOW)["number"]
    assert now_given != given
    assert f"문제지 번호 {now_given}" in paper_of(page)


def test_the_two_sides_of_a_sheet_lead_to_each_other(teacher: Client) -> None:
    quiz = a_quiz()
    number = sheet_page(quiz, SEED, now=NOW)["number"]
    sheet, key = page_of(teacher, quiz, size="large"), page_of(teacher, quiz, key=1)
    base = f'href="/quizzes/{quiz.slug}/sheet/?seed={number}'
    assert f'{base}&amp;key=1&amp;size=large">정답지 보기' in sheet
    assert f'{base}">보통 글자로' in sheet
    assert 'data-size="large"' in sheet
    assert f'{base}">문제지 보기' in key
    assert f'{base}&amp;key=1&amp;size=large">큰 글자로' in key
    assert 'data-size="large"' not in key


# What is asked ------------------------------------------------------------------------------------
def test_every_kind_is_printed_with_a_place_for_its_answer(teacher: Client) -> None:
    page = page_of(teacher, a_quiz(*EVERY_KIND))
    places = {
        "single": 'class="paper-choices"',
        "true_false": "paper-choices--short",
        "matching": 'class="paper-matching"',
        "ordering": 'class="paper-places"',
        "categorize": 'class="paper-table"',
        "numeric": "paper-field--number",
        "essay": "paper-lines__line",
    }
    for kind, place in places.items():
        assert place in page, kind
    assert page.count('<section class="paper-item"') == len(EVERY_KIND)
    assert "pw-rules" in page  # the picture of a scenario, with its rules
    assert "pw-transport" not in page  # and nothing to press
    assert '<input type="radio"' not in page


def test_a_sheet_is_the_exam_as_it_would_be_dealt_now(teacher: Client) -> None:
    quiz = a_quiz("single", "multiple", "matching", shuffle_choices=True)
    dealt = deal_quiz(quiz, seed=SEED.seed, today=NOW.date())
    paper = paper_of(page_of(teacher, quiz))
    texts = {choice["id"]: choice["text"] for choice in dealt[0].version.spec.shown.body["choices"]}
    at = [paper.index(texts[id_]) for id_ in dealt[0].order["choices"]]
    assert at == sorted(at)


def test_numbers_that_have_aged_are_not_printed_for_an_exam() -> None:
    old, new = (make_question("single", topic="aged", slug=slug) for slug in ("old", "new"))
    Question.objects.filter(pk=old.pk).update(as_of=NOW.date() - 2 * STALE_AFTER)
    quiz = make_quiz()
    section = Section.objects.create(quiz=quiz, position=1)
    add_draws(section, {"topic": "aged", "pool": Pool.EXAM, "count": 1})
    for seed in range(1, 9):
        (dealt,) = deal_quiz(quiz, seed=seed, today=NOW.date())
        assert dealt.version == new.current
        assert items_of(quiz, SheetNumber(seed))


def test_a_quiz_that_cannot_be_dealt_says_so(teacher: Client) -> None:
    quiz = make_quiz()
    section = Section.objects.create(quiz=quiz, position=1)
    add_draws(section, {"topic": TOPIC, "pool": Pool.EXAM, "count": 3})
    for query in ({"seed": SEED}, {}):
        response = teacher.get(address(quiz, **query))
        assert response.status_code == 409
        assert "낼 문제가 모자라 문제지를 만들 수 없습니다." in response.content.decode()


def test_a_quiz_that_was_taken_down_is_not_printed(teacher: Client) -> None:
    quiz = a_quiz(retired_at=NOW)
    assert teacher.get(address(quiz, seed=SEED)).status_code == 404


def test_sections_are_named_once_and_points_are_summed(teacher: Client) -> None:
    quiz = make_quiz()
    for position, title in enumerate(("앞부분", "뒷부분"), start=1):
        section = Section.objects.create(quiz=quiz, position=position, title=title)
        add_draws(section, *({"question": make_question("numeric"), "points": 2} for _ in range(2)))
    paper = paper_of(page_of(teacher, quiz))
    assert paper.count("앞부분") == paper.count("뒷부분") == 1
    assert "4문제 8점 만점" in paper
    assert paper.count("[2점]") == 4
    assert "/ 8점" in paper


# What is right ------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_sheet_tells_nothing_that_the_key_tells(kind: str, teacher: Client) -> None:
    quiz = a_quiz(kind)
    (item,) = items_of(quiz)
    sheet, key = page_of(teacher, quiz), page_of(teacher, quiz, key=1)
    assert item.explanation in key
    assert item.explanation not in sheet
    (dealt,) = deal_quiz(quiz, seed=SEED.seed, today=NOW.date())
    for text in dealt.as_item(1).spec.secret.feedback.values():
        assert inline_html(text) not in sheet


def test_the_sheet_is_the_same_whichever_choice_is_right(teacher: Client) -> None:
    """Nothing on it, seen or unseen, depends on the key, but for the letters of its number."""
    quiz = a_quiz("single")
    pages = set()
    question = Question.objects.get()
    version = question.current
    assert version is not None
    for choice in version.spec.shown.body["choices"]:
        spec = version.spec
        spec = replace(spec, secret=replace(spec.secret, key={"choice": choice["id"]}))
        publish_version(question=question, spec=spec, engine="", now=NOW)
        page = article_of(page_of(teacher, quiz))
        pages.add(re.sub(r"482913-[0-9A-F]{4}", "", page))
    assert len(pages) == 1


def _by_text(listed: Any) -> dict[str, str]:
    return {inline_html(each["text"]): each["id"] for each in listed}


def _answer_by_letters(item: SheetItem, body: Any, order: Any) -> Any:
    """The answer that somebody writes who copies the key, read as a grader reads it."""
    letters = "가나다라마바사아자차카타파하거너더러머버"
    said = str(item.answer)
    match item.name:
        case "single":
            return {"choice": order["choices"][letters.index(said)]}
        case "multiple":
            return {"choices": [order["choices"][letters.index(s)] for s in said.split(", ")]}
        case "true_false":
            texts: dict[str, str] = {
                inline_html(each["text"]): each["id"] for each in body["choices"]
            }
            return {"choice": texts[item.answer]}
        case "matching":
            pairs = [pair.split(" ") for pair in said.split(" · ")]
            return {
                "given": {
                    order["lefts"][int(number) - 1]: order["rights"][letters.index(letter)]
                    for number, letter in pairs
                }
            }
        case "categorize":
            ids: dict[str, str] = {
                inline_html(each["text"]): each["id"] for each in body["categories"]
            }
            return {
                "given": {
                    id_: ids[row.right] for id_, row in zip(order["rows"], item.rows, strict=True)
                }
            }
        case "ordering":
            placed = [order["items"][letters.index(letter)] for letter in said.split(" → ")]
            return {"places": {id_: place for place, id_ in enumerate(placed, start=1)}}
        case "numeric":
            return {"text": said.split(" (")[0]}
        case "short_text":
            return {"text": said.split(" / ")[0]}
    raise NotImplementedError(item.name)


@pytest.mark.parametrize("kind", [kind for kind in EVERY_KIND if kind != "essay"])
@pytest.mark.parametrize("seed", [1, 2, 77, 482913])
def test_who_copies_the_key_gets_all_points(kind: str, seed: int) -> None:
    quiz = a_quiz(kind, shuffle_choices=True)
    (item,) = items_of(quiz, SheetNumber(seed))
    (dealt,) = deal_quiz(quiz, seed=seed, today=NOW.date())
    spec = dealt.as_item(1).spec
    answer = _answer_by_letters(item, spec.shown.body, dealt.order)
    whole = kind_of(item.name).score(
        spec.shown.body, spec.secret.key, answer, Scoring.ALL_OR_NOTHING
    )
    assert whole == 1


def test_the_key_of_an_essay_is_what_is_looked_for(teacher: Client) -> None:
    quiz = make_quiz([make_question("essay", rubric=["상태를 **기억**하는지"])])
    paper = paper_of(page_of(teacher, quiz, key=1))
    assert "채점에서 보는 것" in paper
    assert "상태를 기억 하는지" in paper


def test_the_key_says_how_a_quiz_grades_what_is_partly_right(teacher: Client) -> None:
    whole, partial = a_quiz("multiple"), a_quiz("multiple", scoring=Scoring.PARTIAL.value)
    assert "모두 맞아야 점수를 줍니다." in page_of(teacher, whole, key=1)
    assert "정답 수로 나눕니다" in page_of(teacher, partial, key=1)


def test_every_shipped_quiz_can_be_printed_with_its_key(course: Catalogue, teacher: Client) -> None:
    for quiz in Quiz.objects.current():
        page = paper_of(page_of(teacher, quiz, key=1))
        assert page.count(" 정답 ") + page.count("채점에서 보는 것") >= len(items_of(quiz))
