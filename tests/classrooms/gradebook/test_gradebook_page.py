"""The gradebook on screen and as a file: the same rows, the same words, the same figures."""

import csv
import io
from decimal import Decimal
from urllib.parse import unquote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.classrooms.domain.standing import Judgment
from apps.classrooms.models import Assignment, Classroom, Enrollment
from apps.classrooms.queries.gradebook import key_of
from apps.lessons.models import ReadingProgress
from tests.classrooms.factories import enroll, make_classroom, make_user, signed_in
from tests.classrooms.gradebook.conftest import Clock
from tests.classrooms.gradebook.work import DUE, LATEST, begin, hand_in, say, table_on, words
from tests.classrooms.work_factories import assign_quiz, assign_reading, make_exam_quiz
from tests.quizzes.factories import HOUR, NOW

pytestmark = pytest.mark.django_db


def page_of(classroom: Classroom) -> str:
    return f"/classrooms/{classroom.public_id}/gradebook/"


def file_of(classroom: Classroom) -> str:
    return f"/classrooms/{classroom.public_id}/gradebook.csv"


def lines_of(client: Client, address: str) -> list[list[str]]:
    content = client.get(address).content
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture
def busy(classroom: Classroom, course: object) -> Classroom:
    """Two quizzes and a reading; learners on time, late, missing, excused, overridden, at work."""
    first = assign_quiz(
        classroom,
        title="1주 퀴즈",
        closes_at=DUE,
        late_until=LATEST,
        late_deduction=50,
    )
    second = assign_quiz(classroom, make_exam_quiz("single", "essay"), title="2주 서술형")
    reading = assign_reading(classroom, title="EC2 읽기", due_at=DUE)
    people = {
        name: enroll(classroom, name, student_number=number)
        for name, number in [
            ("가람", "2"),
            ("나래", "10"),
            ("다온", "1"),
            ("라온", ""),
            ("=마루", "3"),
        ]
    }
    hand_in(first, people["가람"], right_ones=2)
    hand_in(first, people["나래"], right_ones=2, now=DUE + HOUR)
    begin(first, people["라온"], now=DUE)
    say(first, people["다온"], Judgment(is_excused=True, reason="병결"))
    say(first, people["=마루"], Judgment(score=Decimal("1.25"), reason="종이로 냄"))
    hand_in(second, people["가람"], right_ones=2)
    assert reading.lesson is not None
    ReadingProgress.objects.create(
        learner=people["나래"].learner, lesson=reading.lesson, read_at=NOW, updated_at=NOW
    )
    return classroom


@pytest.fixture
def after(clock: Clock) -> None:
    clock.now = DUE + 2 * HOUR


@pytest.mark.usefixtures("after")
def test_every_learner_stands_in_every_assignment_in_words_and_figures(
    busy: Classroom, desk: Client
) -> None:
    assert table_on(desk.get(page_of(busy)).content.decode()) == [
        ["1", "다온", "면제", "시작 전", "읽지 않음"],
        ["2", "가람", "2", "2", "100.0", "2", "제출", "1", "채점 중", "읽지 않음"],
        ["3", "=마루", "1.25", "2", "62.5", "1.25", "미제출 · 점수 고침", "시작 전", "읽지 않음"],
        ["10", "나래", "1", "2", "50.0", "1", "지각 제출", "시작 전", "읽음"],
        ["라온", "응시 중", "시작 전", "읽지 않음"],
    ]


@pytest.mark.usefixtures("after")
@pytest.mark.parametrize(
    "query",
    [
        "",
        "?sort=-total",
        "?sort=name",
        "?sort=-name&state=not_started",
        "?q=%EB%9D%BC%EC%98%A8",
        "?state=excused",
        "?state=missing&sort=percent",
        "?sort={first}",
        "?sort=-{first}&state=not_started&of={second}",
        "?q=nobody",
    ],
)
def test_the_file_holds_what_the_screen_shows(busy: Classroom, desk: Client, query: str) -> None:
    first, second = (key_of(each) for each in Assignment.objects.filter(run__isnull=False))
    query = query.format(first=first, second=second)
    page = desk.get(page_of(busy) + query).content.decode()
    shown = table_on(page) if "<tbody>" in page else []
    lines = lines_of(desk, file_of(busy) + query)
    plain = [[each.removeprefix("'") for each in line if each] for line in lines[1:]]
    assert plain == shown
    if "sort" not in query and "=" not in query:
        assert len(shown) == 5


@pytest.mark.usefixtures("after")
def test_the_file_names_its_columns_and_leads_there_with_the_same_filter(
    busy: Classroom, desk: Client
) -> None:
    assert lines_of(desk, file_of(busy))[0] == [
        *("학번", "이름", "합계", "합계 만점", "백분율 (%)"),
        *("1주 퀴즈 점수 (만점 2)", "1주 퀴즈 상태"),
        *("2주 서술형 점수 (만점 2)", "2주 서술형 상태"),
        "EC2 읽기 상태",
    ]
    page = desk.get(f"{page_of(busy)}?sort=-total&state=missing").content.decode()
    assert f'href="{file_of(busy)}?sort=-total&amp;state=missing"' in page


@pytest.mark.usefixtures("after")
def test_a_name_that_looks_like_a_formula_is_text_and_a_figure_stays_a_number(
    busy: Classroom, desk: Client
) -> None:
    (line,) = lines_of(desk, f"{file_of(busy)}?q=%EB%A7%88%EB%A3%A8")[1:]
    assert line[:7] == ["3", "'=마루", "1.25", "2", "62.5", "1.25", "미제출 · 점수 고침"]


def test_the_file_is_named_after_the_class_and_the_korean_day(teacher: User, desk: Client) -> None:
    classroom = make_classroom(teacher, name='클라우드 "1/2"반')
    response = desk.get(file_of(classroom))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    disposition = response["Content-Disposition"]
    plain, full = disposition.removeprefix("attachment; ").split("; ")
    assert plain == 'filename="gradebook-2026-03-06.csv"'
    assert (
        unquote(full.removeprefix("filename*=UTF-8''")) == "클라우드 1 2 반 성적표 2026-03-06.csv"
    )


@pytest.mark.usefixtures("after")
def test_the_filter_tells_how_many_it_left_and_finds_nobody_in_words(
    busy: Classroom, desk: Client
) -> None:
    assert "5명입니다." in words(desk, page_of(busy))
    assert "5명 가운데 1명을 보고 있습니다." in words(desk, f"{page_of(busy)}?state=excused")
    nobody = words(desk, f"{page_of(busy)}?q=nobody")
    assert "5명 가운데 0명" in nobody
    assert "찾는 학습자가 없습니다." in nobody


def test_the_page_says_what_its_sums_leave_out(busy: Classroom, desk: Client) -> None:
    page = words(desk, page_of(busy))
    assert "마감까지 내지 않은 과제는 ‘미제출’ 0점으로 합계에 들어갑니다." in page
    assert "면제한 과제, 마감 전에 아직 내지 않은 과제" in page


def test_the_head_says_by_what_and_which_way_it_is_sorted(busy: Classroom, desk: Client) -> None:
    assert 'scope="col" aria-sort="ascending"><a' in desk.get(page_of(busy)).content.decode()
    page = desk.get(f"{page_of(busy)}?sort=-total").content.decode()
    assert page.count("aria-sort") == 1
    assert 'aria-sort="descending"><a class="gb__sort" href="?sort=total">합계' in page


def test_a_fragment_is_the_table_alone_and_says_that_it_varies(
    busy: Classroom, desk: Client
) -> None:
    response = desk.get(page_of(busy), headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert len(table_on(response.content.decode())) == 5
    assert {"HX-Request", "Cookie"} <= set(response["Vary"].split(", "))
    restored = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in desk.get(page_of(busy), headers=restored).content.decode()


def test_neither_page_nor_file_is_kept_by_caches(busy: Classroom, desk: Client) -> None:
    for address in (page_of(busy), file_of(busy)):
        assert "no-store" in desk.get(address)["Cache-Control"]


def test_removed_learners_and_retired_assignments_are_not_in_it(
    busy: Classroom, desk: Client
) -> None:
    Enrollment.objects.filter(name="가람").update(state=Enrollment.State.REMOVED)
    Assignment.objects.filter(title="1주 퀴즈").update(retired_at=NOW)
    lines = lines_of(desk, file_of(busy))
    assert "1주 퀴즈 상태" not in lines[0]
    assert [line[1] for line in lines[1:]] == ["다온", "'=마루", "나래", "라온"]


def test_a_class_without_assignments_or_learners_says_what_to_do(
    classroom: Classroom, desk: Client
) -> None:
    assert "아직 과제가 없습니다." in words(desk, page_of(classroom))
    assign_quiz(classroom)
    assert "아직 학습자가 없습니다." in words(desk, page_of(classroom))


def test_queries_grow_with_neither_learners_nor_assignments(
    classroom: Classroom, desk: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    quiz = make_exam_quiz("single")
    for count in (1, 4):
        while Assignment.objects.count() < count:
            hand_in(assign_quiz(classroom, quiz), enroll(classroom), right_ones=1)
        # The page counts the open reports of the class too.
        for address, queries in ((page_of(classroom), 12), (file_of(classroom), 11)):
            with django_assert_num_queries(queries):
                desk.get(address)


def test_it_is_for_the_instructors_of_this_class_alone(busy: Classroom) -> None:
    learner = signed_in(make_user())
    stranger = signed_in(make_user(role="instructor"))
    admin = signed_in(make_user(role="admin"))
    for address in (page_of(busy), file_of(busy)):
        anonymous = Client().get(address)
        assert anonymous.status_code == 302
        assert anonymous["Location"].startswith("/login/")
        assert learner.get(address).status_code == 403
        assert stranger.get(address).status_code == 404
        assert admin.get(address).status_code == 200


def test_an_archived_class_can_still_be_read(busy: Classroom, desk: Client) -> None:
    Classroom.objects.update(archived_at=NOW)
    assert len(table_on(desk.get(page_of(busy)).content.decode())) == 5
    assert len(lines_of(desk, file_of(busy))) == 6
