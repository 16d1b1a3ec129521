"""A sentence is found as readers copy it, and shown with what stands around it."""

import pytest

from apps.content.asked import sentence_id
from apps.content.catalogue import Catalogue
from apps.lessons.models import Lesson
from apps.reports.places import LessonText
from tests.reports.factories import HTML, SENTENCE, make_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def text() -> LessonText:
    return LessonText(make_lesson())


def test_headings_are_those_of_the_author(text: LessonText) -> None:
    assert [(each.id, each.title) for each in text.headings] == [
        ("groups", "보안 그룹"),
        ("rules", "규칙"),
    ]


@pytest.mark.parametrize(
    "quote",
    [
        SENTENCE,
        "보안  그룹은\n응답을 기억 합니다.",
        "**보안 그룹**은 응답을 기억합니다.",
        "보안 그룹은 응답을",
    ],
)
def test_a_sentence_is_found_across_markup_corrections_and_white_space(
    text: LessonText, quote: str
) -> None:
    place = text.locate(quote, "groups")
    assert place is not None
    assert place.section == "groups"
    assert place.before == "첫 문장입니다. "
    assert place.before + place.text + place.after == (
        "첫 문장입니다. 보안 그룹은 응답을 기억합니다. 그래서 규칙이 하나면 됩니다."
    )


def test_a_wrong_heading_is_put_right(text: LessonText) -> None:
    place = text.locate(SENTENCE, "rules")
    assert place is not None
    assert place.section == "groups"


@pytest.mark.parametrize(
    "quote", ["없는 문장입니다.", "정정: 이 글은 노트가 아닙니다.", "***", " "]
)
def test_what_the_author_did_not_write_is_not_found(text: LessonText, quote: str) -> None:
    assert text.locate(quote, "groups") is None


def test_a_quote_over_several_blocks_is_told_with_both_ends(text: LessonText) -> None:
    place = text.locate("바운드 규칙 아웃바운드", "rules")
    assert place is not None
    assert (place.before, place.text, place.after) == ("인", "바운드 규칙 아웃바운드", " 규칙")


def test_a_quote_over_cells_is_found(text: LessonText) -> None:
    place = text.locate("| 레벨 | 인스턴스 |", "rules")
    assert place is not None
    assert place.after == " 단위"


def test_what_stands_there_twice_is_found_without_surroundings(text: LessonText) -> None:
    place = text.locate("똑같은 문장.", "rules")
    assert place is not None
    assert (place.before, place.text, place.after) == ("", "똑같은 문장.", "")


def test_quotes_of_one_paragraph_belong_together_and_others_do_not(text: LessonText) -> None:
    first = text.locate("첫 문장입니다.", "groups")
    second = text.locate(SENTENCE, "groups")
    other = text.locate("인바운드", "rules")
    assert first is not None
    assert second is not None
    assert other is not None
    assert first.paragraph == second.paragraph != other.paragraph


def test_the_surroundings_are_bounded() -> None:
    text = LessonText(make_lesson(f"<p>{'가나 ' * 500}여기입니다.{' 다라' * 500}</p>"))
    place = text.locate("여기입니다.")
    assert place is not None
    assert len(place.before) <= 161
    assert place.before.startswith("…")
    assert len(place.after) <= 161


def test_the_address_finds_whole_words(text: LessonText) -> None:
    address = text.address("groups", "그룹은 응답을 기")
    page, _, words = address.partition("#groups:~:text=")
    assert page == "/lessons/groups-lesson/"
    # 보안 is a word of its own; 기억 is completed to the next white space.
    assert words.startswith("%EA%B7%B8%EB%A3%B9%EC%9D%80")
    assert "-" not in words
    assert " " not in words


def test_the_address_of_a_sentence_that_a_question_cites_is_its_own() -> None:
    asked = sentence_id("groups", SENTENCE)
    html = HTML.replace("<strong>", f'<span id="{asked}">').replace("</strong>", "</span>")
    text = LessonText(make_lesson(html))
    assert text.address("groups", SENTENCE) == f"/lessons/groups-lesson/#{asked}"


def test_what_is_gone_leads_to_the_heading_or_the_page(text: LessonText) -> None:
    assert text.address("groups", "없는 문장") == "/lessons/groups-lesson/#groups"
    assert text.address("gone", "없는 문장") == "/lessons/groups-lesson/"
    assert text.address("", "") == "/lessons/groups-lesson/"


def test_every_sentence_that_shipped_questions_cite_is_found(course: Catalogue) -> None:
    from apps.quizzes.models import Question

    texts: dict[str, LessonText] = {}
    checked = 0
    for question in Question.objects.current().exclude(lesson="").select_related("current"):
        assert question.current is not None
        about = question.current.spec.about
        if not about.quote:
            continue
        if about.lesson not in texts:
            texts[about.lesson] = LessonText(Lesson.objects.get(slug=about.lesson))
        text = texts[about.lesson]
        assert text.locate(about.quote, about.section) is not None
        asked = sentence_id(about.section, about.quote)
        assert text.address(about.section, about.quote).endswith(f"#{asked}")
        checked += 1
    assert checked > 100
